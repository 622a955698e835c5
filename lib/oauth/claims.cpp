#include "oauth/claims.hpp"

#include "base/ascii.hpp"
#include "base/base64.hpp"
#include "oauth/documents.hpp"

#include <algorithm>

namespace relaytool::oauth {
namespace {

constexpr std::size_t longest_token = 64 * 1024;
constexpr std::int64_t clock_skew = 300; ///< seconds by which clocks may differ
constexpr std::size_t guid_length = 36;

bool fits_audience(const Claims& claims, const Provider& provider) {
    return std::any_of(claims.audiences.begin(), claims.audiences.end(),
                       [&](const std::string& audience) { return takes_audience(provider, audience); });
}

bool holds(const std::vector<std::string>& list, std::string_view wanted) {
    return std::any_of(list.begin(), list.end(),
                       [&](const std::string& one) { return ascii::iequals(one, wanted); });
}

bool has_permission(const Claims& claims, const Provider& provider) {
    return holds(claims.scopes, provider.user_permission) || holds(claims.roles, provider.app_permission);
}

} // namespace

bool is_token_text(std::string_view text) {
    return !text.empty() && std::all_of(text.begin(), text.end(), [](char c) { return c > ' ' && c <= '~'; });
}

std::optional<Claims> read_claims(std::string_view token) {
    if (token.size() > longest_token) return std::nullopt;
    const std::size_t first = token.find('.');
    const std::size_t second = first == std::string_view::npos ? first : token.find('.', first + 1);
    if (second == std::string_view::npos) return std::nullopt;
    std::string payload(token.substr(first + 1, second - first - 1));
    std::replace(payload.begin(), payload.end(), '-', '+'); // RFC 7515 section 2: base64url
    std::replace(payload.begin(), payload.end(), '_', '/');
    payload.append((4 - payload.size() % 4) % 4, '=');
    return claims_from_json(encoding::base64(payload));
}

std::vector<Fault> check(const Claims& claims, const Expectation& expected) {
    std::vector<Fault> faults;
    const Provider* provider = expected.provider;
    const bool is_readable = provider != nullptr && !provider->audiences.empty();
    const bool fits = !is_readable || fits_audience(claims, *provider);
    if (!fits) faults.push_back(Fault::wrong_audience);
    if (is_readable && fits && !has_permission(claims, *provider)) faults.push_back(Fault::no_permission);
    const bool is_guid = expected.tenant.size() == guid_length;
    if (is_guid && !claims.tenant.empty() && !ascii::iequals(claims.tenant, expected.tenant))
        faults.push_back(Fault::wrong_tenant);
    if (claims.expires != 0 && claims.expires <= expected.now)
        faults.push_back(Fault::expired);
    else if (claims.expires != 0 && claims.expires - expected.now < soon_seconds)
        faults.push_back(Fault::ends_soon);
    if (claims.not_before > expected.now + clock_skew) faults.push_back(Fault::not_yet_valid);
    if (!expected.login.empty() && !claims.login.empty() && !ascii::iequals(claims.login, expected.login))
        faults.push_back(Fault::other_login);
    return faults;
}

bool is_fatal(Fault fault) {
    return fault != Fault::ends_soon && fault != Fault::other_login;
}

} // namespace relaytool::oauth
