#pragma once

#include "base/secrets.hpp"
#include "oauth/documents.hpp"

#include <optional>
#include <string>
#include <vector>

namespace relaytool::oauth {

/// The logins on this machine: one file for each mailbox.
class TokenCache {
public:
    explicit TokenCache(Secrets& secrets) : secrets_(secrets) {}

    /// To be held from load() to save(), so that no two processes spend the same refresh token.
    Result<std::unique_ptr<Secrets::Lock>> lock(const std::string& user);

    /// Nothing when there is no login of that name. The Error names the file when it cannot be read.
    Result<std::optional<CachedLogin>> load(const std::string& user);
    Result<void> save(const CachedLogin& login);
    /// Whether there was one.
    Result<bool> remove(const std::string& user);
    /// All of them, by name; files that cannot be read are in `broken`.
    Result<std::vector<CachedLogin>> list(std::vector<Error>& broken);
    std::string path(const std::string& user) { return secrets_.path(file_name(user)); }

    /// "oliver@shortstraw.be.json": case does not matter, and what may not stand in a file's name becomes
    /// %XX.
    static std::string file_name(const std::string& user);

private:
    Secrets& secrets_;
};

/// Whether the token is good for long enough to be used (soon_seconds).
bool is_fresh(const CachedLogin& login, std::int64_t now);

/// The login with the token that came; without a new refresh token the old one stays (RFC 6749 section 6).
CachedLogin with_token(CachedLogin login, Token token, std::int64_t now);

} // namespace relaytool::oauth
