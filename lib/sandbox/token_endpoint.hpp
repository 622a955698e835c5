#pragma once

#include "sandbox/entra_errors.hpp"
#include "sandbox/token_scope.hpp"
#include "sandbox/web.hpp"

#include <cstddef>
#include <cstdint>
#include <deque>
#include <functional>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

/// login.microsoftonline.com's part of the sandbox: device code (RFC 8628), client credentials, password and
/// refresh tokens (RFC 6749), with the errors of Entra ID.
namespace relaytool::sandbox {

/// What a token says (RFC 7519, with Entra's names).
struct Claims {
    std::string audience;            ///< aud
    std::string tenant;              ///< tid
    std::string client;              ///< appid
    std::string login;               ///< upn; empty for an application of its own
    std::vector<std::string> scopes; ///< scp, for a login
    std::vector<std::string> roles;  ///< roles, for an application
    std::int64_t issued = 0;         ///< iat, seconds since 1970-01-01 UTC
    std::int64_t expires = 0;        ///< exp
    std::string id;                  ///< uti
};

struct TokenSettings {
    std::string address = "http://127.0.0.1"; ///< of this server, with its port: where the code is confirmed
    std::vector<const EntraError*> failing;   ///< played to everybody
    std::string approved_login;               ///< confirms every device code at once; empty: a person does
    std::string client_secret;                ///< the only good one; empty: any
    std::int64_t token_seconds = 3599;
    std::int64_t device_seconds = 900; ///< how long a device code is good
    std::int64_t interval = 5;         ///< seconds between two polls
    /// The two signed parts of a JWT, `header.payload`.
    std::function<std::string(const Claims&)> write_claims;
    std::function<std::uint64_t()> random;
};

/// RFC 8628 section 3.2.
struct DeviceCode {
    std::string device_code;
    std::string user_code;
    std::string verification_uri;
    std::int64_t expires_in = 0;
    std::int64_t interval = 0;
};

/// RFC 6749 section 5.1.
struct Token {
    std::string access_token;
    std::string refresh_token; ///< empty: none was asked for
    std::string scope;         ///< empty for an application
    std::int64_t expires_in = 0;
};

/// RFC 6749 section 5.2, as Entra words it.
struct TokenRefusal {
    const EntraError* error = nullptr;
    std::string description; ///< begins with "AADSTSnnnnn: " where the error has a number
    std::int64_t time = 0;   ///< seconds since 1970-01-01 UTC
    std::string trace_id;
    std::string correlation_id;
};

/// The page on which a person confirms a code.
struct DevicePage {
    enum class State { asks, unknown_code, confirmed, declined };
    State state = State::asks;
    std::string user_code;
    std::string login;
};

/// The request was none of the protocol.
struct TokenMisuse {
    int status = 405;
};

using TokenAnswer = std::variant<DeviceCode, Token, TokenRefusal, DevicePage, TokenMisuse>;

/// What SMTP has to think of a token.
enum class TokenState {
    good,
    expired,
    wrong_audience, ///< for another resource, such as Microsoft Graph
    no_permission,  ///< neither SMTP.Send nor SMTP.SendAsApp
    wrong_login,    ///< somebody else's
    unknown,        ///< not from here, or changed
};

/// What it remembers of each kind; the oldest are forgotten.
inline constexpr std::size_t max_device_codes = 100;
inline constexpr std::size_t max_tokens = 1000;

/// May be used by several threads at once.
class TokenEndpoint {
public:
    explicit TokenEndpoint(TokenSettings settings) : settings_(std::move(settings)) {}

    /// Nothing when the path is none of `/{tenant}/oauth2/v2.0/devicecode`, `/{tenant}/oauth2/v2.0/token` and
    /// `/device`. `now`: seconds since 1970-01-01 UTC.
    std::optional<TokenAnswer> answer(const WebRequest& request, std::int64_t now);

    /// Whether SMTP takes `token` from `login` at that time.
    TokenState state_of(std::string_view login, std::string_view token, std::int64_t now) const;

    /// Where the server listens is known only when it does.
    void set_address(std::string address);

private:
    struct Asked;

    struct DeviceGrant {
        DeviceCode code;
        std::string client;
        TokenScope scope;
        std::string scope_text;
        std::int64_t expires = 0;
        std::int64_t interval = 0;
        std::optional<std::int64_t> last_poll;
        DevicePage::State state = DevicePage::State::asks;
        std::string login;
    };
    struct RefreshGrant {
        std::string token;
        std::string client;
        std::string login;
        TokenScope scope;
        std::string scope_text;
    };
    struct Issued {
        std::string token;
        Claims claims;
    };

    TokenAnswer on_device_code(const Asked& asked);
    TokenAnswer on_token(const Asked& asked);
    TokenAnswer on_device_grant(const Asked& asked);
    TokenAnswer on_client_credentials(const Asked& asked);
    TokenAnswer on_password(const Asked& asked);
    TokenAnswer on_refresh(const Asked& asked);
    TokenAnswer on_device_page(const WebRequest& request, std::int64_t now);
    TokenAnswer issue(const Asked& asked, const std::string& login, const TokenScope& scope,
                      const std::string& scope_text);

    const EntraError* ordered(EntraStep step, const Asked& asked) const;
    TokenAnswer refuse(const EntraError& error, const Asked& asked, std::string_view parameter = {});
    std::string random_text(std::size_t length, std::string_view alphabet);
    std::string random_guid();

    mutable std::mutex mutex_;
    TokenSettings settings_;
    std::deque<DeviceGrant> devices_;
    std::deque<RefreshGrant> refreshes_;
    std::deque<Issued> issued_;
};

} // namespace relaytool::sandbox
