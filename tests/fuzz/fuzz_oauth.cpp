#include "oauth/claims.hpp"
#include "oauth/documents.hpp"
#include "oauth/token_cache.hpp"

#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

using namespace relaytool;

namespace {

void check_token(std::string_view input) {
    const auto token = oauth::token_from_json(input);
    if (!token) return;
    if (token->access.empty() || token->expires_in < 0) std::abort();
    for (const char c : token->access)
        if (c <= ' ' || c > '~') std::abort();
}

void check_claims(std::string_view input) {
    auto claims = oauth::claims_from_json(input);
    if (!claims) claims = oauth::read_claims(input);
    if (!claims) return;
    for (const oauth::Provider& provider : oauth::providers())
        oauth::check(*claims, {&provider, claims->tenant, "u", 1'800'000'000});
}

/// What was read is written so that it can be read again.
void check_login(std::string_view input) {
    const auto login = oauth::cached_login_from_json(input);
    if (!login) return;
    oauth::is_fresh(*login, 1'800'000'000);
    if (oauth::TokenCache::file_name(login->user).find('/') != std::string::npos) std::abort();
    const std::string text = oauth::to_json_text(*login);
    const auto again = oauth::cached_login_from_json(text);
    if (again && oauth::to_json_text(*again) != text) std::abort();
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view input(reinterpret_cast<const char*>(data), size);
    oauth::device_code_from_json(input);
    oauth::refusal_from_json(input);
    check_token(input);
    check_claims(input);
    check_login(input);
    return 0;
}
