#include "sandbox/player.hpp"

#include "sandbox/identity.hpp"

#include <algorithm>

namespace relaytool::sandbox {
namespace {

using smtp::After;
using smtp::Answer;
using smtp::Request;
using smtp::State;
using smtp::Step;

/// The addresses that may name a scenario at a step.
std::vector<std::string_view> addresses_at(const State& state, const Request& request) {
    std::vector<std::string_view> found;
    if (request.step == Step::auth || request.step == Step::mail || request.step == Step::rcpt)
        found.push_back(request.text);
    if (!state.login.empty()) found.push_back(state.login);
    if (state.sender) found.push_back(state.sender->address);
    if (request.step == Step::message)
        for (const smtp::Path& recipient : state.recipients)
            found.push_back(recipient.address);
    return found;
}

} // namespace

Answer Player::answer(const State& state, const Request& request) {
    const Scenario* scenario = scenario_for(state, request);
    Answer answer = scenario != nullptr ? refuse(*scenario, values(state, request)) : play(state, request);
    answer.delay += play_.slow;
    if (play_.drop_after == request.step) answer.after = After::drop;
    if (play_.stall_after == request.step) answer.after = After::stall;
    // The handshake begins when the client has the reply to STARTTLS.
    if (request.step == Step::starttls && play_.drop_after == Step::tls) answer.after = After::close;
    if (request.step == Step::starttls && play_.stall_after == Step::tls) answer.after = After::hang;
    return answer;
}

bool Player::applies(const Scenario& scenario, const State& state, Step step) const {
    // What Office 365 has against old TLS it says when the connection is encrypted.
    return scenario.server == server_ && scenario.step == step &&
           (scenario.category != diagnosis::Category::tls_version || state.tls != smtp::Tls::none);
}

const Scenario* Player::scenario_for(const State& state, const Request& request) const {
    for (const Scenario* scenario : play_.failing)
        if (applies(*scenario, state, request.step)) return scenario;
    for (const std::string_view address : addresses_at(state, request)) {
        const Scenario* scenario = scenario_of_address(address);
        if (scenario == nullptr || scenario->server != server_) continue;
        if (applies(*scenario, state, request.step)) return scenario;
        // A recipient's name comes too late for what is said before it.
        if (request.step == Step::rcpt && address == request.text && scenario->step < Step::rcpt)
            return scenario;
    }
    return nullptr;
}

Answer Player::refuse(const Scenario& scenario, const Values& values) const {
    return {.reply = fill(scenario.reply, values),
            .delay = play_.tarpit * scenario.tarpits,
            .after = scenario.after,
            .challenge = std::string(scenario.challenge)};
}

Answer Player::refuse(std::string_view scenario, const Values& values) const {
    const Scenario* found = find_scenario(scenario);
    return found == nullptr ? Answer{.reply = "451 4.3.0 " + std::string(scenario)} : refuse(*found, values);
}

std::string Player::id() const {
    // Looks like Exchange's, which begin with 08D.
    return hex16(0x08DE'0000'0000'0000U + static_cast<std::uint64_t>(play_.now()) * 0x1'0000U + number_);
}

Values Player::values(const State& state, const Request& request) const {
    Values values;
    values.front_end = front_end;
    values.mailbox_host = mailbox_host;
    values.login = state.login;
    values.from = state.sender ? state.sender->address : "";
    values.client = state.client;
    values.time = reply_time(play_.now());
    values.id = id();
    if (request.step == Step::auth) values.login = request.text;
    if (request.step == Step::mail) values.from = request.text;
    if (request.step == Step::rcpt)
        values.recipient = request.text;
    else if (!state.recipients.empty())
        values.recipient = state.recipients.front().address;
    return values;
}

} // namespace relaytool::sandbox
