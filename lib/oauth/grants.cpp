#include "oauth/grants.hpp"

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
    return broken(address, "answers with status " + std::to_string(answer.status) +
                               ", and not in the form of RFC 6749: is it the address of a token service?");
}

Granted<Token> ask_token(Web& web, const Asking& asking, const HttpForm& form) {
    const auto answer = web.post(asking.endpoints.token, form, asking.ca_file);
    if (!answer) return tl::unexpected(broken(answer.error().what, answer.error().why));
    if (answer->status == 200)
        if (auto token = token_from_json(answer->body)) return *std::move(token);
    return tl::unexpected(denial_of(asking.endpoints.token, *answer));
}

} // namespace

Granted<DeviceCode> ask_device_code(Web& web, const Asking& asking) {
    const std::string& address = asking.endpoints.device;
    if (address.empty())
        return tl::unexpected(
            broken("--device-endpoint", "missing: this service has no known address for codes"));
    const auto answer =
        web.post(address, {{"client_id", asking.client_id}, {"scope", asking.scope}}, asking.ca_file);
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
        const bool goes_on = is_slow_down || is_pending || denial.broken;
        if (!goes_on) return token;
        if (machine.uptime() < end) continue;
        if (denial.broken) return token;
        return tl::unexpected(Denial{Refusal{"expired_token", "the code is over"}, std::nullopt, false});
    }
}

Granted<Token> ask_as_application(Web& web, const Asking& asking, const Proof& proof) {
    HttpForm form{
        {"grant_type", "client_credentials"}, {"client_id", asking.client_id}, {"scope", asking.scope}};
    add_proof(form, proof);
    return ask_token(web, asking, form);
}

Granted<Token> refresh(Web& web, const Asking& asking, const std::string& refresh_token, const Proof& proof) {
    HttpForm form{{"grant_type", "refresh_token"},
                  {"client_id", asking.client_id},
                  {"refresh_token", refresh_token},
                  {"scope", asking.scope}};
    add_proof(form, proof);
    return ask_token(web, asking, form);
}

} // namespace relaytool::oauth
