#pragma once

#include "oauth/provider.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace relaytool::oauth {

/// What an access token says of itself (RFC 7519 section 4.1, with Entra's names). Its signature is not
/// looked at: that is for the server it is made for.
struct Claims {
    std::vector<std::string> audiences; ///< aud
    std::string issuer;                 ///< iss
    std::string tenant;                 ///< tid
    std::string application;            ///< appid, azp
    std::string login;                  ///< upn, preferred_username, unique_name, email: the first there is
    std::vector<std::string> scopes;    ///< scp: permissions of a person's token
    std::vector<std::string> roles;     ///< roles: permissions of an application's
    std::int64_t issued = 0;            ///< iat, seconds since 1970-01-01 UTC; 0: not said
    std::int64_t not_before = 0;        ///< nbf
    std::int64_t expires = 0;           ///< exp
};

/// Whether a text can be an access token: it goes into a line of SMTP, so there are neither blanks nor
/// control characters in it (RFC 6750 section 2.1), and it is not empty.
bool is_token_text(std::string_view text);

/// The claims of a JWT; nothing for a token that is none, which only the operator can read (Google's are).
std::optional<Claims> read_claims(std::string_view token);

/// Why a token will not do.
enum class Fault {
    wrong_audience, ///< made for another service
    no_permission,  ///< neither of the permissions that SMTP wants
    wrong_tenant,
    expired,
    not_yet_valid,
    ends_soon,   ///< in less than soon_seconds: High Volume Email refuses such
    other_login, ///< made for another person; right when that one may use the mailbox
};
inline constexpr std::int64_t soon_seconds = 600;

/// What the token has to fit.
struct Expectation {
    const Provider* provider = nullptr; ///< null: any service
    std::string tenant;                 ///< a GUID; anything else is not compared
    std::string login;                  ///< empty: any
    std::int64_t now = 0;               ///< seconds since 1970-01-01 UTC
};

/// What is wrong with it, the worst first. other_login and ends_soon are no reason not to try.
std::vector<Fault> check(const Claims& claims, const Expectation& expected);

/// Whether the server would refuse a token with that fault, as far as is known.
bool is_fatal(Fault fault);

} // namespace relaytool::oauth
