#pragma once

#include "diagnosis/finding.hpp"
#include "oauth/documents.hpp"
#include "report/style.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace relaytool::report {

/// How a login stands.
enum class LoginOutcome {
    granted, ///< there is a token, new or kept
    refused, ///< the service said no, or the token will not do
    failed,  ///< the service was not reached
    unknown, ///< only the server can tell whether the token will do
    removed, ///< `--logout`
    absent,  ///< there is no such login
};
/// "granted", "refused", "failed", "unknown", "removed", "absent".
std::string_view to_string(LoginOutcome outcome);

/// What is shown of a login; never its token.
struct LoginReport {
    LoginOutcome outcome = LoginOutcome::granted;
    oauth::CachedLogin login;
    std::optional<oauth::Claims> claims; ///< absent: the token is for its maker's eyes only, or there is none
    std::string file;                    ///< where it is kept; empty: nowhere
    std::int64_t now = 0;                ///< seconds since 1970-01-01 UTC
    std::vector<diagnosis::Finding> findings;
};

std::string login_text(const LoginReport& report, const Style& style);

/// One object on one line, without a line end (docs/json.md).
std::string login_json(const LoginReport& report);

/// A line for `--list`.
std::string login_line(const oauth::CachedLogin& login, std::int64_t now, const Style& style);

/// What the person at the keyboard has to do, for standard error.
std::string device_prompt(const oauth::DeviceCode& code, const std::string& user, const Style& style);

} // namespace relaytool::report
