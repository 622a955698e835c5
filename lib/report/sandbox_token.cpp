#include "base/base64.hpp"
#include "mail/date.hpp"
#include "report/json.hpp"
#include "report/sandbox_web.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace relaytool::report {
namespace {

constexpr int seconds_to_wait = 10;

std::string base64url(std::string_view bytes) {
    std::string text = encoding::to_base64(bytes);
    std::replace(text.begin(), text.end(), '+', '-');
    std::replace(text.begin(), text.end(), '/', '_');
    while (text.ends_with('='))
        text.pop_back();
    return text;
}

std::string joined(const std::vector<std::string>& words) {
    std::string text;
    for (const std::string& word : words)
        text.append(text.empty() ? "" : " ").append(word);
    return text;
}

sandbox::WebReply reply_of(const sandbox::DeviceCode& code) {
    Json json = object_of(6);
    add(json, "user_code", code.user_code);
    add(json, "device_code", code.device_code);
    add(json, "verification_uri", code.verification_uri);
    add(json, "expires_in", code.expires_in);
    add(json, "interval", code.interval);
    add(json, "message",
        fmt::format(
            "To sign in, use a web browser to open the page {} and enter the code {} to authenticate.",
            code.verification_uri, code.user_code));
    return json_reply(200, dump(json));
}

sandbox::WebReply reply_of(const sandbox::Token& token) {
    Json json = object_of(6);
    add(json, "token_type", "Bearer");
    if (!token.scope.empty()) add(json, "scope", token.scope);
    add(json, "expires_in", token.expires_in);
    add(json, "ext_expires_in", token.expires_in);
    add(json, "access_token", token.access_token);
    if (!token.refresh_token.empty()) add(json, "refresh_token", token.refresh_token);
    return json_reply(200, dump(json));
}

sandbox::WebReply reply_of(const sandbox::TokenRefusal& refusal) {
    const sandbox::EntraError& error = *refusal.error;
    Json json = object_of(8);
    add(json, "error", std::string(error.error));
    add(json, "error_description", refusal.description);
    add(json, "error_codes", error.code == 0 ? Json::array() : Json::array({error.code}));
    std::string time = mail::to_rfc3339(refusal.time);
    std::replace(time.begin(), time.end(), 'T', ' ');
    add(json, "timestamp", time);
    add(json, "trace_id", refusal.trace_id);
    add(json, "correlation_id", refusal.correlation_id);
    if (error.code != 0)
        add(json, "error_uri", fmt::format("https://login.microsoftonline.com/error?code={}", error.code));
    if (!error.suberror.empty()) add(json, "suberror", std::string(error.suberror));
    sandbox::WebReply reply = json_reply(error.status, dump(json));
    if (error.status == 429 || error.status == 503)
        reply.headers.emplace_back("Retry-After", std::to_string(seconds_to_wait));
    return reply;
}

sandbox::WebReply reply_of(const sandbox::DevicePage& page) {
    const bool is_unknown = page.state == sandbox::DevicePage::State::unknown_code;
    return page_reply(is_unknown ? 404 : 200, device_page(page));
}

sandbox::WebReply reply_of(const sandbox::TokenMisuse& misuse) {
    Json json = object_of(2);
    add(json, "error", "invalid_request");
    add(json, "error_description", "This method is not allowed here: send a form with POST.");
    sandbox::WebReply reply = json_reply(misuse.status, dump(json));
    reply.headers.emplace_back("Allow", "POST");
    return reply;
}

} // namespace

sandbox::WebReply json_reply(int status, std::string json) {
    // A token is nobody's to keep (RFC 6749 section 5.1).
    return {status,
            "application/json; charset=utf-8",
            std::move(json),
            {{"Cache-Control", "no-store"}, {"X-Content-Type-Options", "nosniff"}}};
}

std::string token_text(const sandbox::Claims& claims) {
    Json header = object_of(2);
    add(header, "typ", "JWT");
    add(header, "alg", "none");
    Json json = object_of(14);
    add(json, "aud", claims.audience);
    add(json, "iss", fmt::format("https://sts.windows.net/{}/", claims.tenant));
    add(json, "iat", claims.issued);
    add(json, "nbf", claims.issued);
    add(json, "exp", claims.expires);
    add(json, "appid", claims.client);
    add(json, "idtyp", claims.login.empty() ? "app" : "user");
    if (!claims.roles.empty()) add(json, "roles", claims.roles);
    if (!claims.scopes.empty()) add(json, "scp", joined(claims.scopes));
    add(json, "tid", claims.tenant);
    if (!claims.login.empty()) add(json, "unique_name", claims.login);
    if (!claims.login.empty()) add(json, "upn", claims.login);
    add(json, "uti", claims.id);
    add(json, "ver", "1.0");
    return base64url(dump(header)) + '.' + base64url(dump(json));
}

sandbox::WebReply web_reply(const sandbox::TokenAnswer& answer) {
    return std::visit([](const auto& what) { return reply_of(what); }, answer);
}

} // namespace relaytool::report
