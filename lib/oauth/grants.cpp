#include "oauth/grants.hpp"

#include "base/ascii.hpp"
#include "base/secret_words.hpp"

#include <algorithm>
#include <chrono>

namespace relaytool::oauth {
namespace {

constexpr std::string_view device_grant = "urn:ietf:params:oauth:grant-type:device_code";
constexpr std::string_view assertion_type = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";
constexpr std::int64_t longest_wait = 3600; ///< seconds, whatever the service says
constexpr std::int64_t longest_interval = 60;
constexpr std::int64_t slower = 5; ///< RFC 8628 section 3.5

Denial broken(const std::string& what, const std::string& why) {
    return {std::nullopt, Error{what, why}, false};
}

void add_proof(HttpForm& form, const Proof& proof) {
    if (!proof.secret.empty()) form.emplace_back("client_secret", proof.secret);
    if (proof.assertion.empty()) return;
    form.emplace_back("client_assertion_type", assertion_type);
    form.emplace_back("client_assertion", proof.assertion);
}

/// What came instead of what was asked for.
Denial denial_of(const std::string& address, const HttpAnswer& answer) {
    if (auto refusal = refusal_from_json(answer.body)) return {std::move(refusal), std::nullopt, false};
    Denial denial = broken(address, "status " + std::to_string(answer.status) +
                                        (answer.redirect.empty() ? "" : ", sends us to " + answer.redirect));
    denial.status = answer.status;
    return denial;
}

/// What the service says may repeat what it was told.
Denial without_secrets(Denial denial, const HttpForm& form) {
    SecretWords secrets;
    for (const auto& [name, value] : form)
        if (name == "client_secret" || name == "client_assertion" || name == "refresh_token" ||
            name == "device_code")
            secrets.add(value);
    if (denial.refusal)
        denial.refusal =
            Refusal{secrets.hidden_in(denial.refusal->error), secrets.hidden_in(denial.refusal->description)};
    if (denial.broken)
        denial.broken = Error{secrets.hidden_in(denial.broken->what), secrets.hidden_in(denial.broken->why)};
    return denial;
}

Granted<Token> ask_token(Web& web, const Asking& asking, const HttpForm& form) {
    const auto answer = web.post(asking.endpoints.token, form, asking.ca_file);
    if (!answer)
        return tl::unexpected(without_secrets(broken(answer.error().what, answer.error().why), form));
    if (answer->status == 200)
        if (auto token = token_from_json(answer->body)) {
            if (ascii::iequals(token->type, "Bearer")) return *std::move(token);
            // RFC 6749 section 7.1: a client must not use a type that it does not know.
            Denial denial{Refusal{"token_type", "its tokens are of the type " + token->type +
                                                    ", and SMTP takes Bearer only"},
                          std::nullopt, false};
            return tl::unexpected(without_secrets(std::move(denial), form));
        }
    return tl::unexpected(without_secrets(denial_of(asking.endpoints.token, *answer), form));
}

/// A scope is optional (RFC 6749 section 4.4.2); an empty one is none.
void add_scope(HttpForm& form, const Asking& asking) {
    if (!asking.scope.empty()) form.emplace_back("scope", asking.scope);
}

/// What passes by itself: the network, a service that is busy or being mended.
bool may_pass(const Denial& denial) {
    constexpr int too_many = 429;
    constexpr int server_errors = 500;
    return denial.broken &&
           (denial.status == 0 || denial.status == too_many || denial.status >= server_errors);
}

} // namespace

Granted<DeviceCode> ask_device_code(Web& web, const Asking& asking) {
    const std::string& address = asking.endpoints.device;
    if (address.empty())
        return tl::unexpected(
            broken("--device-endpoint", "missing: this service has no known address for codes"));
    HttpForm form{{"client_id", asking.client_id}};
    add_scope(form, asking);
    const auto answer = web.post(address, form, asking.ca_file);
    if (!answer) return tl::unexpected(broken(answer.error().what, answer.error().why));
    if (answer->status == 200)
        if (auto code = device_code_from_json(answer->body)) return *std::move(code);
    return tl::unexpected(denial_of(address, *answer));
}

Granted<Token> wait_for_person(Web& web, Machine& machine, const Asking& asking, const DeviceCode& code,
                               const Proof& proof) {
    HttpForm form{{"grant_type", std::string(device_grant)},
                  {"client_id", asking.client_id},
                  {"device_code", code.device_code}};
    add_proof(form, proof);
    const std::chrono::seconds limit(std::clamp<std::int64_t>(code.expires_in, 1, longest_wait));
    const std::chrono::microseconds end = machine.uptime() + limit;
    std::int64_t interval = std::clamp<std::int64_t>(code.interval, 1, longest_interval);
    for (;;) {
        if (machine.sleep_interruptibly(std::chrono::seconds(interval)) == Waking::interrupted)
            return tl::unexpected(Denial{std::nullopt, std::nullopt, true});
        auto token = ask_token(web, asking, form);
        if (token) return token;
        const Denial& denial = token.error();
        const bool is_slow_down = denial.refusal && denial.refusal->error == "slow_down";
        const bool is_pending = denial.refusal && denial.refusal->error == "authorization_pending";
        if (is_slow_down) interval = std::min(interval + slower, longest_interval);
        // The network may come back; the service's no is final.
        const bool goes_on = is_slow_down || is_pending || may_pass(denial);
        if (!goes_on) return token;
        if (machine.uptime() < end) continue;
        if (denial.broken) return token;
        return tl::unexpected(Denial{Refusal{"expired_token", "the code is over"}, std::nullopt, false});
    }
}

Granted<Token> ask_as_application(Web& web, const Asking& asking, const Proof& proof) {
    HttpForm form{{"grant_type", "client_credentials"}, {"client_id", asking.client_id}};
    add_scope(form, asking);
    add_proof(form, proof);
    return ask_token(web, asking, form);
}

Granted<Token> refresh(Web& web, const Asking& asking, const std::string& refresh_token, const Proof& proof) {
    HttpForm form{
        {"grant_type", "refresh_token"}, {"client_id", asking.client_id}, {"refresh_token", refresh_token}};
    add_scope(form, asking);
    add_proof(form, proof);
    return ask_token(web, asking, form);
}

} // namespace relaytool::oauth
