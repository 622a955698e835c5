#pragma once

#include "diagnosis/finding.hpp"
#include "oauth/claims.hpp"
#include "oauth/grants.hpp"

#include <string>
#include <vector>

namespace relaytool::diagnosis {

/// How a token that is over is replaced.
enum class Renewal {
    elsewhere, ///< not by us: it came from somewhere else
    by_login,  ///< by logging in again
    by_itself,
};

/// Who asks for a token.
struct TokenSeeker {
    std::string user;
    std::string tenant;
    std::string client_id;
    const oauth::Provider* provider = nullptr; ///< null: a service named by its address
    std::int64_t now = 0;                      ///< seconds since 1970-01-01 UTC
    Renewal renewal = Renewal::elsewhere;
};

/// Why there is no token: Entra's codes by their rows, others by what RFC 6749 and RFC 8628 call them.
Finding judge_denial(const oauth::Denial& denial, const TokenSeeker& seeker);

/// What is wrong with a token: errors for what makes a server refuse it, warnings for the rest.
std::vector<Finding> judge_token(const oauth::Claims& claims, const TokenSeeker& seeker);

/// What is wrong with a text as a token; with `expires`, the end that its service named (seconds since
/// 1970-01-01 UTC, 0: none), when that comes before the token's own.
std::vector<Finding> judge_text(const std::string& token, std::int64_t expires, const TokenSeeker& seeker);

/// What Exchange Online has to know of an application without a user, with the names filled in.
Finding application_steps(const TokenSeeker& seeker);

/// Why the token cannot serve at the server that calls itself so, in a few words; "" when it may: it fits, or
/// nobody but its maker can read it.
std::string doubt_of(const std::string& token, const std::string& server_name, std::int64_t now);

} // namespace relaytool::diagnosis
