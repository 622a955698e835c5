#pragma once

#include "oauth/claims.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

/// The JSON documents of OAuth, read and written. Servers and files are hostile: what is not of the right
/// form is absent.
namespace relaytool::oauth {

/// RFC 8628 section 3.2.
struct DeviceCode {
    std::string device_code;
    std::string user_code;
    std::string address;         ///< where the person goes: verification_uri
    std::int64_t expires_in = 0; ///< seconds
    std::int64_t interval = 5;   ///< seconds between two questions
};

/// RFC 6749 section 5.1.
struct Token {
    std::string access;
    std::string refresh;                    ///< empty: none was given
    std::optional<std::int64_t> expires_in; ///< seconds, 0 to a year; absent: not said
    std::string type = "Bearer";            ///< token_type; absent counts as Bearer: some leave it out
};

/// RFC 6749 section 5.2.
struct Refusal {
    std::string error;       ///< "invalid_grant", "authorization_pending"
    std::string description; ///< in the server's words, its first 2 KiB; Entra's begins with AADSTS
};

std::optional<DeviceCode> device_code_from_json(std::string_view text);
std::optional<Token> token_from_json(std::string_view text);
std::optional<Refusal> refusal_from_json(std::string_view text);
std::optional<Claims> claims_from_json(std::string_view text);

/// One login in the cache: its token, and all that is needed to get the next one.
struct CachedLogin {
    std::string user;     ///< mailbox
    std::string provider; ///< name of a row of provider.hpp; empty: addresses by hand
    std::string tenant;
    std::string client_id;
    std::string scope;
    std::string token_address;
    std::string device_address; ///< empty: none is known
    std::string ca_file;        ///< authorities for that address; empty: the system's
    bool is_app = false;        ///< an application of its own, without a person
    // Where the application's secret is found again; it is never kept here.
    std::string secret_file;
    std::string secret_command;
    std::string certificate_file;
    std::string key_file;
    std::string access;
    std::string refresh;
    std::int64_t expires = 0;    ///< seconds since 1970-01-01 UTC
    bool is_end_assumed = false; ///< its service did not say when it ends
};

std::optional<CachedLogin> cached_login_from_json(std::string_view text);
std::string to_json_text(const CachedLogin& login);

/// What an application signs to prove who it is (RFC 7523 section 3): header and claims of a JWT, each in
/// base64url, a dot between them.
struct Assertion {
    std::string client_id;
    std::string audience;   ///< the token address
    std::string thumbprint; ///< of the certificate: SHA-256 in base64url (x5t#S256, RFC 7515 section 4.1.8)
    std::string id;         ///< of this one
    std::int64_t now = 0;   ///< seconds since 1970-01-01 UTC
};
std::string assertion_text(const Assertion& assertion);

/// RFC 7515 section 2.
std::string to_base64url(std::string_view octets);

} // namespace relaytool::oauth
