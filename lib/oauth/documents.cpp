#include "oauth/documents.hpp"

#include "base/base64.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>

namespace relaytool::oauth {
namespace {

using Json = nlohmann::json;

constexpr std::size_t longest_document = 256 * 1024;
constexpr std::size_t longest_value = 64 * 1024;
constexpr std::size_t longest_words = 2 * 1024; ///< of a description
constexpr std::size_t most_items = 200;
constexpr int deepest = 8;
constexpr std::int64_t longest_time = 366LL * 24 * 3600;

/// An object, or nothing. Deep nesting is refused while it is read: it would overflow the stack later.
std::optional<Json> read_object(std::string_view text) {
    if (text.size() > longest_document) return std::nullopt;
    bool is_too_deep = false;
    const auto watch = [&is_too_deep](int depth, Json::parse_event_t, Json&) {
        is_too_deep = is_too_deep || depth > deepest;
        return !is_too_deep;
    };
    Json document = Json::parse(text, watch, false);
    if (is_too_deep || !document.is_object()) return std::nullopt;
    return document;
}

std::string text_in(const Json& object, const char* name) {
    const auto found = object.find(name);
    if (found == object.end() || !found->is_string()) return {};
    std::string value = found->get<std::string>();
    return value.size() > longest_value ? std::string{} : value;
}

/// The beginning of a text that may be long; no character is cut in two.
std::string words_in(const Json& object, const char* name) {
    const auto found = object.find(name);
    if (found == object.end() || !found->is_string()) return {};
    const auto& whole = found->get_ref<const std::string&>();
    if (whole.size() <= longest_words) return whole;
    std::size_t end = longest_words;
    while (end > 0 && (static_cast<unsigned char>(whole[end]) & 0xC0U) == 0x80U)
        --end;
    return whole.substr(0, end) + " ...";
}

/// Google and old servers write numbers as texts, too.
std::int64_t number_in(const Json& object, const char* name) {
    const auto found = object.find(name);
    if (found == object.end()) return 0;
    if (found->is_number_integer()) return found->get<std::int64_t>();
    if (found->is_number_float()) {
        const double value = found->get<double>();
        return value > 0 && value < 1e15 ? static_cast<std::int64_t>(value) : 0;
    }
    if (!found->is_string()) return 0;
    std::int64_t value = 0;
    for (const char c : found->get_ref<const std::string&>()) {
        if (c < '0' || c > '9' || value > longest_time * 1000) return 0;
        value = value * 10 + (c - '0');
    }
    return value;
}

std::int64_t span_in(const Json& object, const char* name) {
    return std::clamp<std::int64_t>(number_in(object, name), 0, longest_time);
}

/// A list of texts, or one text that is taken apart at its blanks.
std::vector<std::string> list_in(const Json& object, const char* name) {
    std::vector<std::string> list;
    const auto found = object.find(name);
    if (found == object.end()) return list;
    if (found->is_array()) {
        for (const Json& item : *found)
            if (item.is_string() && list.size() < most_items) list.push_back(item.get<std::string>());
        return list;
    }
    const std::string text = text_in(object, name);
    for (std::size_t begin = 0; begin < text.size() && list.size() < most_items;) {
        const std::size_t end = std::min(text.find(' ', begin), text.size());
        if (end > begin) list.push_back(text.substr(begin, end - begin));
        begin = end + 1;
    }
    return list;
}

std::string dumped(const Json& document) {
    return document.dump(-1, ' ', false, Json::error_handler_t::replace);
}

} // namespace

std::string to_base64url(std::string_view octets) {
    std::string text = encoding::to_base64(octets);
    std::replace(text.begin(), text.end(), '+', '-');
    std::replace(text.begin(), text.end(), '/', '_');
    while (text.ends_with('='))
        text.pop_back();
    return text;
}

std::optional<DeviceCode> device_code_from_json(std::string_view text) {
    const auto json = read_object(text);
    if (!json) return std::nullopt;
    DeviceCode code;
    code.device_code = text_in(*json, "device_code");
    code.user_code = text_in(*json, "user_code");
    code.address = text_in(*json, "verification_uri");
    if (code.address.empty()) code.address = text_in(*json, "verification_url"); // Google
    code.expires_in = span_in(*json, "expires_in");
    if (const std::int64_t interval = span_in(*json, "interval"); interval > 0) code.interval = interval;
    if (code.device_code.empty() || code.user_code.empty() || code.address.empty()) return std::nullopt;
    return code;
}

std::optional<Token> token_from_json(std::string_view text) {
    const auto json = read_object(text);
    if (!json) return std::nullopt;
    Token token;
    token.access = text_in(*json, "access_token");
    token.refresh = text_in(*json, "refresh_token");
    if (json->contains("expires_in")) token.expires_in = span_in(*json, "expires_in");
    if (json->contains("token_type")) token.type = text_in(*json, "token_type");
    if (!is_token_text(token.access)) return std::nullopt;
    return token;
}

std::optional<Refusal> refusal_from_json(std::string_view text) {
    const auto json = read_object(text);
    if (!json) return std::nullopt;
    Refusal refusal{text_in(*json, "error"), words_in(*json, "error_description")};
    if (refusal.error.empty()) return std::nullopt;
    return refusal;
}

std::optional<Claims> claims_from_json(std::string_view text) {
    const auto json = read_object(text);
    if (!json) return std::nullopt;
    Claims claims;
    claims.audiences = list_in(*json, "aud");
    claims.issuer = text_in(*json, "iss");
    claims.tenant = text_in(*json, "tid");
    claims.application = text_in(*json, "appid");
    if (claims.application.empty()) claims.application = text_in(*json, "azp");
    for (const char* name : {"upn", "preferred_username", "unique_name", "email"})
        if (claims.login.empty()) claims.login = text_in(*json, name);
    claims.scopes = list_in(*json, "scp");
    claims.roles = list_in(*json, "roles");
    claims.issued = number_in(*json, "iat");
    claims.not_before = number_in(*json, "nbf");
    claims.expires = number_in(*json, "exp");
    return claims;
}

std::optional<CachedLogin> cached_login_from_json(std::string_view text) {
    const auto json = read_object(text);
    if (!json) return std::nullopt;
    CachedLogin login;
    login.user = text_in(*json, "user");
    login.provider = text_in(*json, "provider");
    login.tenant = text_in(*json, "tenant");
    login.client_id = text_in(*json, "client_id");
    login.scope = text_in(*json, "scope");
    login.token_address = text_in(*json, "token_address");
    login.device_address = text_in(*json, "device_address");
    login.ca_file = text_in(*json, "ca_file");
    login.is_app = json->value("app", Json()) == Json(true);
    login.secret_file = text_in(*json, "client_secret_file");
    login.secret_command = text_in(*json, "client_secret_command");
    login.certificate_file = text_in(*json, "certificate_file");
    login.key_file = text_in(*json, "key_file");
    login.access = text_in(*json, "access_token");
    login.refresh = text_in(*json, "refresh_token");
    login.expires = number_in(*json, "expires");
    login.is_end_assumed = json->value("expires_assumed", Json()) == Json(true);
    if (login.user.empty() || login.token_address.empty() || login.client_id.empty()) return std::nullopt;
    return login;
}

std::string to_json_text(const CachedLogin& login) {
    const Json json{
        {"user", login.user},
        {"provider", login.provider},
        {"tenant", login.tenant},
        {"client_id", login.client_id},
        {"scope", login.scope},
        {"token_address", login.token_address},
        {"device_address", login.device_address},
        {"ca_file", login.ca_file},
        {"app", login.is_app},
        {"client_secret_file", login.secret_file},
        {"client_secret_command", login.secret_command},
        {"certificate_file", login.certificate_file},
        {"key_file", login.key_file},
        {"access_token", login.access},
        {"refresh_token", login.refresh},
        {"expires", login.expires},
        {"expires_assumed", login.is_end_assumed},
    };
    return dumped(json) + "\n";
}

std::string assertion_text(const Assertion& assertion) {
    constexpr std::int64_t lifetime = 300; // seconds; Entra takes up to ten minutes
    const Json header{{"alg", "PS256"}, {"typ", "JWT"}, {"x5t#S256", assertion.thumbprint}};
    const Json claims{
        {"aud", assertion.audience},
        {"iss", assertion.client_id},
        {"sub", assertion.client_id},
        {"jti", assertion.id},
        {"iat", assertion.now},
        {"nbf", assertion.now},
        {"exp", assertion.now + lifetime},
    };
    return to_base64url(dumped(header)) + "." + to_base64url(dumped(claims));
}

} // namespace relaytool::oauth
