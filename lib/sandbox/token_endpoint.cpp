#include "sandbox/token_endpoint.hpp"

#include "base/ascii.hpp"
#include "mail/date.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace relaytool::sandbox {
namespace {

constexpr std::string_view letters = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"; // none that look alike
constexpr std::string_view code_characters =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
constexpr std::size_t user_code_length = 9;
constexpr std::size_t long_code_length = 86;
constexpr std::size_t longest_value = 1024; ///< of a name that an error repeats

constexpr std::string_view device_grant = "urn:ietf:params:oauth:grant-type:device_code";

/// `2026-01-13 09:20:21Z`.
std::string entra_time(std::int64_t seconds) {
    std::string text = mail::to_rfc3339(seconds);
    std::replace(text.begin(), text.end(), 'T', ' ');
    return text;
}

bool is_guid(std::string_view text) {
    constexpr std::string_view form = "00000000-0000-0000-0000-000000000000";
    return text.size() == form.size() &&
           std::equal(text.begin(), text.end(), form.begin(),
                      [](char c, char f) { return f == '-' ? c == '-' : ascii::is_hex(c); });
}

bool is_shared_tenant(std::string_view tenant) {
    return tenant == "common" || tenant == "organizations" || tenant == "consumers";
}

bool is_tenant(std::string_view tenant) {
    return is_shared_tenant(tenant) || is_guid(tenant) || tenant.find('.') != std::string_view::npos;
}

template <class T>
void add_bounded(std::deque<T>& list, T item, std::size_t most) {
    if (list.size() >= most) list.pop_front();
    list.push_back(std::move(item));
}

} // namespace

/// A request that is well-formed.
struct TokenEndpoint::Asked {
    std::string tenant;
    std::string client;
    Form form;
    std::int64_t now = 0;
    std::string login = {};
};

std::string TokenEndpoint::random_text(std::size_t length, std::string_view alphabet) {
    std::string text;
    for (std::size_t i = 0; i < length; ++i)
        text += alphabet[settings_.random() % alphabet.size()];
    return text;
}

std::string TokenEndpoint::random_guid() {
    constexpr std::string_view digits = "0123456789abcdef";
    return fmt::format("{}-{}-4{}-8{}-{}", random_text(8, digits), random_text(4, digits),
                       random_text(3, digits), random_text(3, digits), random_text(12, digits));
}

void TokenEndpoint::set_address(std::string address) {
    const std::lock_guard lock(mutex_);
    settings_.address = std::move(address);
}

/// The error that was ordered for this step: by flag, or by a name.
const EntraError* TokenEndpoint::ordered(EntraStep step, const Asked& asked) const {
    for (const EntraError* error : settings_.failing)
        if (error->step == step) return error;
    for (const std::string& name : {asked.tenant, asked.client, asked.login})
        if (const EntraError* error = entra_error_named_in(name); error != nullptr && error->step == step)
            return error;
    return nullptr;
}

TokenAnswer TokenEndpoint::refuse(const EntraError& error, const Asked& asked, std::string_view parameter) {
    TokenRefusal refusal{&error, {}, asked.now, random_guid(), random_guid()};
    const std::string_view scope = asked.form.value("scope");
    const std::pair<std::string_view, std::string_view> values[] = {
        {"{client}", asked.client},
        {"{tenant}", asked.tenant},
        {"{login}", asked.login.empty() ? std::string_view("{EUII Hidden}") : asked.login},
        {"{scope}", scope},
        {"{parameter}", parameter.empty() ? std::string_view("scope") : parameter}};
    if (error.code != 0) refusal.description = fmt::format("AADSTS{}: ", error.code);
    std::string_view rest = error.message;
    while (!rest.empty()) { // in one pass: what is filled in is not looked at again
        const auto* value = std::find_if(std::begin(values), std::end(values),
                                         [rest](const auto& v) { return rest.starts_with(v.first); });
        if (value == std::end(values)) {
            refusal.description += rest.front();
            rest.remove_prefix(1);
        } else {
            refusal.description += value->second.substr(0, longest_value);
            rest.remove_prefix(value->first.size());
        }
    }
    refusal.description += fmt::format(" Trace ID: {} Correlation ID: {} Timestamp: {}", refusal.trace_id,
                                       refusal.correlation_id, entra_time(asked.now));
    return refusal;
}

std::optional<TokenAnswer> TokenEndpoint::answer(const WebRequest& request, std::int64_t now) {
    const std::lock_guard lock(mutex_);
    if (request.path == "/device") return on_device_page(request, now);
    const std::size_t slash = request.path.find('/', 1);
    if (slash == std::string::npos || slash < 2) return std::nullopt;
    const std::string_view rest = std::string_view(request.path).substr(slash);
    const bool is_device = rest == "/oauth2/v2.0/devicecode";
    if (!is_device && rest != "/oauth2/v2.0/token") return std::nullopt;
    if (request.method != "POST") return TokenMisuse{405};
    Asked asked{
        percent_decoded(std::string_view(request.path).substr(1, slash - 1)), {}, Form(request.body), now};
    asked.client = asked.form.value("client_id");
    if (const EntraError* error = ordered(EntraStep::request, asked)) return refuse(*error, asked);
    if (asked.client.empty()) return refuse(entra_error(900144), asked, "client_id");
    const bool is_ordered = entra_error_named_in(asked.tenant) != nullptr;
    if (!is_tenant(asked.tenant) && !is_ordered) return refuse(entra_error(90002), asked);
    return is_device ? on_device_code(asked) : on_token(asked);
}

TokenAnswer TokenEndpoint::on_device_code(const Asked& asked) {
    const std::string scope_text(asked.form.value("scope"));
    if (scope_text.empty()) return refuse(entra_error(900144), asked, "scope");
    const auto scope = read_scope(scope_text);
    if (!scope) return refuse(entra_error(70011), asked);
    if (!is_known_resource(scope->audience)) return refuse(entra_error(500011), asked);
    DeviceGrant grant;
    grant.code = {random_text(long_code_length, code_characters), random_text(user_code_length, letters),
                  settings_.address + "/device", settings_.device_seconds, settings_.interval};
    grant.client = asked.client;
    grant.scope = *scope;
    grant.scope_text = scope_text;
    grant.expires = asked.now + settings_.device_seconds;
    grant.interval = settings_.interval;
    if (!settings_.approved_login.empty()) {
        grant.state = DevicePage::State::confirmed;
        grant.login = settings_.approved_login;
    }
    const DeviceCode code = grant.code;
    add_bounded(devices_, std::move(grant), max_device_codes);
    return code;
}

TokenAnswer TokenEndpoint::on_token(const Asked& asked) {
    if (const EntraError* error = ordered(EntraStep::token, asked)) return refuse(*error, asked);
    const std::string_view grant = asked.form.value("grant_type");
    if (grant.empty()) return refuse(entra_error(900144), asked, "grant_type");
    if (grant == device_grant) return on_device_grant(asked);
    if (grant == "client_credentials") return on_client_credentials(asked);
    if (grant == "password") return on_password(asked);
    if (grant == "refresh_token") return on_refresh(asked);
    return refuse(entra_error(70003), asked, grant.substr(0, 100));
}

TokenAnswer TokenEndpoint::on_device_grant(const Asked& asked) {
    if (const EntraError* error = ordered(EntraStep::device, asked)) return refuse(*error, asked);
    const std::string_view code = asked.form.value("device_code");
    if (code.empty()) return refuse(entra_error(900144), asked, "device_code");
    if (asked.form.has("client_secret")) return refuse(entra_error(700025), asked);
    const auto found = std::find_if(devices_.begin(), devices_.end(), [code](const DeviceGrant& grant) {
        return grant.code.device_code == code;
    });
    if (found == devices_.end()) return refuse(entra_error(70018), asked);
    if (found->client != asked.client) return refuse(entra_error(70000), asked);
    if (asked.now >= found->expires) return refuse(entra_error(70019), asked);
    if (found->last_poll && asked.now - *found->last_poll < found->interval) {
        found->interval += 5; // RFC 8628 section 3.5
        found->last_poll = asked.now;
        return refuse(*find_entra_error("slow-down"), asked);
    }
    found->last_poll = asked.now;
    if (found->state == DevicePage::State::declined) return refuse(entra_error(65004), asked);
    if (found->state != DevicePage::State::confirmed) return refuse(entra_error(70016), asked);
    Asked known = asked;
    known.login = found->login;
    for (const EntraStep step : {EntraStep::request, EntraStep::token, EntraStep::device})
        if (const EntraError* error = ordered(step, known)) return refuse(*error, known);
    const DeviceGrant grant = *found;
    devices_.erase(found);
    return issue(asked, grant.login, grant.scope, grant.scope_text);
}

TokenAnswer TokenEndpoint::on_client_credentials(const Asked& asked) {
    const std::string_view secret = asked.form.value("client_secret");
    if (secret.empty() && !asked.form.has("client_assertion")) return refuse(entra_error(7000218), asked);
    if (is_shared_tenant(asked.tenant)) return refuse(entra_error(9001023), asked);
    if (!settings_.client_secret.empty() && secret != settings_.client_secret)
        return refuse(entra_error(7000215), asked);
    const std::string scope_text(asked.form.value("scope"));
    if (scope_text.empty()) return refuse(entra_error(900144), asked, "scope");
    const auto scope = read_scope(scope_text);
    if (!scope || !scope->is_default) return refuse(entra_error(70011), asked);
    if (!is_known_resource(scope->audience)) return refuse(entra_error(500011), asked);
    return issue(asked, {}, *scope, {});
}

TokenAnswer TokenEndpoint::on_password(const Asked& asked) {
    Asked known = asked;
    known.login = asked.form.value("username");
    if (known.login.empty()) return refuse(entra_error(900144), asked, "username");
    for (const EntraStep step : {EntraStep::request, EntraStep::token})
        if (const EntraError* error = ordered(step, known)) return refuse(*error, known);
    const std::string scope_text(asked.form.value("scope"));
    const auto scope = read_scope(scope_text);
    if (!scope) return refuse(entra_error(70011), known);
    if (!is_known_resource(scope->audience)) return refuse(entra_error(500011), known);
    return issue(asked, known.login, *scope, scope_text);
}

/// Stricter than Entra, where the old token stays good: a client that keeps it finds out here.
TokenAnswer TokenEndpoint::on_refresh(const Asked& asked) {
    const std::string_view token = asked.form.value("refresh_token");
    if (token.empty()) return refuse(entra_error(900144), asked, "refresh_token");
    const auto found = std::find_if(refreshes_.begin(), refreshes_.end(),
                                    [token](const RefreshGrant& grant) { return grant.token == token; });
    if (found == refreshes_.end() || found->client != asked.client) return refuse(entra_error(70000), asked);
    Asked known = asked;
    known.login = found->login;
    for (const EntraStep step : {EntraStep::token, EntraStep::refresh})
        if (const EntraError* error = ordered(step, known)) return refuse(*error, known);
    RefreshGrant grant = *found;
    if (asked.form.has("scope")) {
        const auto scope = read_scope(asked.form.value("scope"));
        if (!scope) return refuse(entra_error(70011), asked);
        if (!is_known_resource(scope->audience)) return refuse(entra_error(500011), asked);
        grant.scope = *scope;
        grant.scope.wants_refresh = true;
        grant.scope_text = asked.form.value("scope");
    }
    refreshes_.erase(found);
    return issue(asked, grant.login, grant.scope, grant.scope_text);
}

TokenAnswer TokenEndpoint::issue(const Asked& asked, const std::string& login, const TokenScope& scope,
                                 const std::string& scope_text) {
    Claims claims{.audience = scope.audience, .tenant = asked.tenant, .client = asked.client, .login = login};
    claims.issued = asked.now;
    claims.expires = asked.now + settings_.token_seconds;
    claims.id = random_text(22, code_characters);
    const bool is_mail = is_mail_resource(scope.audience);
    if (login.empty() && is_mail) claims.roles = {"SMTP.SendAsApp"};
    if (!login.empty()) claims.scopes = scope.permissions;
    if (!login.empty() && scope.is_default && is_mail) claims.scopes = {"SMTP.Send"};
    Token token;
    token.access_token =
        settings_.write_claims(claims) + '.' + random_text(long_code_length, code_characters);
    token.expires_in = settings_.token_seconds;
    token.scope = scope_text;
    add_bounded(issued_, Issued{token.access_token, claims}, max_tokens);
    if (scope.wants_refresh && !login.empty()) {
        token.refresh_token = "1." + random_text(2 * long_code_length, code_characters);
        add_bounded(refreshes_, RefreshGrant{token.refresh_token, asked.client, login, scope, scope_text},
                    max_tokens);
    }
    return token;
}

TokenAnswer TokenEndpoint::on_device_page(const WebRequest& request, std::int64_t now) {
    if (request.method == "GET")
        return DevicePage{DevicePage::State::asks, std::string(Form(request.query).value("code")), {}};
    if (request.method != "POST") return TokenMisuse{405};
    const Form form(request.body);
    DevicePage page;
    page.user_code = ascii::trim(form.value("user_code"));
    page.login = ascii::trim(form.value("login"));
    const auto found = std::find_if(devices_.begin(), devices_.end(), [&](const DeviceGrant& grant) {
        return ascii::iequals(grant.code.user_code, page.user_code) && now < grant.expires;
    });
    const bool is_declined = form.value("answer") == "decline";
    if (found == devices_.end()) {
        page.state = DevicePage::State::unknown_code;
    } else if (is_declined || !page.login.empty()) {
        page.state = is_declined ? DevicePage::State::declined : DevicePage::State::confirmed;
        found->state = page.state;
        found->login = page.login;
    }
    return page;
}

TokenState TokenEndpoint::state_of(std::string_view login, std::string_view token, std::int64_t now) const {
    const std::lock_guard lock(mutex_);
    const auto found = std::find_if(issued_.begin(), issued_.end(),
                                    [token](const Issued& issued) { return issued.token == token; });
    if (found == issued_.end()) return TokenState::unknown;
    const Claims& claims = found->claims;
    if (now >= claims.expires) return TokenState::expired;
    if (!is_mail_resource(claims.audience)) return TokenState::wrong_audience;
    if (claims.login.empty()) return claims.roles.empty() ? TokenState::no_permission : TokenState::good;
    if (std::find(claims.scopes.begin(), claims.scopes.end(), "SMTP.Send") == claims.scopes.end())
        return TokenState::no_permission;
    return ascii::iequals(claims.login, login) ? TokenState::good : TokenState::wrong_login;
}

} // namespace relaytool::sandbox
