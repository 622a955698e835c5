#include "oauth/token_cache.hpp"

#include "base/ascii.hpp"
#include "base/percent_encoded.hpp"

#include <chrono>
#include <utility>

namespace relaytool::oauth {
namespace {

constexpr std::chrono::seconds longest_wait{30};
constexpr std::int64_t usual_lifetime =
    3600; ///< seconds, when the service says nothing (RFC 6749 section 5.1)
constexpr std::string_view ending = ".json";

} // namespace

std::string TokenCache::file_name(const std::string& user) {
    std::string name = percent_encoded(ascii::to_lower(user), "@._-+");
    if (name.starts_with('.')) name.replace(0, 1, "%2E"); // neither hidden, nor the folder itself
    constexpr std::size_t longest_name = 200;
    if (name.size() > longest_name) name.resize(longest_name);
    return name.append(ending);
}

Result<std::unique_ptr<Secrets::Lock>> TokenCache::lock(const std::string& user) {
    return secrets_.lock(file_name(user), longest_wait);
}

Result<std::optional<CachedLogin>> TokenCache::load(const std::string& user) {
    const auto text = secrets_.read(file_name(user));
    if (!text) return tl::unexpected(text.error());
    if (!*text) return std::optional<CachedLogin>();
    auto login = cached_login_from_json(**text);
    // A name that was cut short may belong to somebody else.
    if (!login || !ascii::iequals(login->user, user))
        return tl::unexpected(
            Error{path(user),
                  "this is no token file of relaytool: remove it, and log in anew with relaytool login"});
    return login;
}

Result<void> TokenCache::save(const CachedLogin& login) {
    return secrets_.write(file_name(login.user), to_json_text(login));
}

Result<bool> TokenCache::remove(const std::string& user) {
    return secrets_.remove(file_name(user));
}

Result<std::vector<CachedLogin>> TokenCache::list(std::vector<Error>& broken) {
    const auto names = secrets_.list();
    if (!names) return tl::unexpected(names.error());
    std::vector<CachedLogin> logins;
    for (const std::string& name : *names) {
        if (!name.ends_with(ending)) continue;
        const auto text = secrets_.read(name);
        auto login = text && *text ? cached_login_from_json(**text) : std::nullopt;
        if (login)
            logins.push_back(*std::move(login));
        else
            broken.push_back(text ? Error{secrets_.path(name), "this is no token file of relaytool"}
                                  : text.error());
    }
    return logins;
}

bool is_fresh(const CachedLogin& login, std::int64_t now) {
    return is_token_text(login.access) && login.expires >= now + soon_seconds;
}

CachedLogin with_token(CachedLogin login, Token token, std::int64_t now) {
    login.access = std::move(token.access);
    if (!token.refresh.empty()) login.refresh = std::move(token.refresh);
    login.is_end_assumed = !token.expires_in;
    login.expires = now + token.expires_in.value_or(usual_lifetime);
    return login;
}

} // namespace relaytool::oauth
