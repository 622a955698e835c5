#include "sandbox/office365.hpp"

#include "base/ascii.hpp"
#include "mail/address.hpp"
#include "mail/fields.hpp"
#include "sandbox/identity.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace relaytool::sandbox {
namespace {

using smtp::After;
using smtp::Answer;
using smtp::Request;
using smtp::State;
using smtp::Step;
using smtp::Tls;

/// Connections that may submit for one login at a time.
constexpr std::size_t max_connections = 3;
/// Refused logins, then the connection ends.
constexpr std::size_t max_login_errors = 3;
/// Octets of a Message-ID that is repeated in the reply.
constexpr std::size_t longest_message_id = 250;

/// A reply without the host name and time in brackets at its end.
std::string_view without_suffix(std::string_view reply) {
    const std::size_t open = reply.ends_with(']') ? reply.rfind(" [") : std::string_view::npos;
    return reply.substr(0, open);
}

bool is_plain(std::string_view text) {
    return std::all_of(text.begin(), text.end(), [](char c) { return c > ' ' && c < '\x7f'; });
}

} // namespace

Office365::~Office365() {
    if (login_.empty()) return;
    auto& connections = connections_.by_login[login_];
    connections.erase(number());
    if (connections.empty()) connections_.by_login.erase(login_);
}

Answer Office365::play(const State& state, const Request& request) {
    // The handshake is granted; the first command is told.
    if (state.tls == Tls::old) return refuse("tls-old", values(state, request));
    switch (request.step) {
    case Step::connect:
        return {.reply = fmt::format("220 {} Microsoft ESMTP MAIL Service ready at {} [{}]", banner_host,
                                     banner_time(play_.now()), id())};
    case Step::hello: return {.reply = hello(state, request)};
    case Step::mechanism:
        if (state.tls != Tls::none &&
            (ascii::iequals(request.text, "LOGIN") || ascii::iequals(request.text, "XOAUTH2")))
            return smtp::standard_answer(request);
        return refuse("auth-mechanism", values(state, request));
    case Step::auth: return on_auth(state, request);
    case Step::mail: return on_mail(state, request);
    case Step::message: return on_message(state, request);
    case Step::trouble: return on_trouble(state, request);
    default: return smtp::standard_answer(request);
    }
}

std::string Office365::hello(const State& state, const Request& request) const {
    std::string first = fmt::format("250 {} Hello [{}]", banner_host, state.client);
    if (!request.is_extended) return first;
    return fmt::format(
        "{}\nSIZE {}\nPIPELINING\nDSN\nENHANCEDSTATUSCODES\n{}\n8BITMIME\nBINARYMIME\nCHUNKING\n"
        "SMTPUTF8",
        first, play_.size_limit, state.tls == Tls::none ? "STARTTLS" : "AUTH LOGIN XOAUTH2");
}

bool Office365::is_good(const smtp::Credentials& credentials) const {
    return std::any_of(play_.logins.begin(), play_.logins.end(), [&](const Login& login) {
        // A login that names a scenario has everybody's password.
        const bool is_named = ascii::iequals(login.name, credentials.login) ||
                              scenario_of_address(credentials.login) != nullptr;
        return is_named && login.password == credentials.password;
    });
}

Answer Office365::on_auth(const State& state, const Request& request) {
    const smtp::Credentials& credentials = *request.credentials;
    TokenVerdict verdict = TokenVerdict::bad;
    if (credentials.mechanism == "LOGIN") {
        if (is_good(credentials)) verdict = TokenVerdict::good;
    } else if (std::find(play_.tokens.begin(), play_.tokens.end(), credentials.token) != play_.tokens.end()) {
        verdict = TokenVerdict::good;
    } else if (play_.token_verdict) {
        verdict = play_.token_verdict(credentials.login, credentials.token);
    }
    if (verdict == TokenVerdict::good) {
        login_ = ascii::to_lower(credentials.login);
        connections_.by_login[login_].insert(number());
        return smtp::standard_answer(request);
    }
    const std::string_view scenario = verdict == TokenVerdict::expires_soon ? "token-expires-soon"
                                      : credentials.mechanism == "LOGIN"    ? "wrong-password"
                                                                            : "bad-token";
    Answer answer = refuse(scenario, values(state, request));
    if (state.login_errors + 1 >= max_login_errors) answer.after = After::close;
    return answer;
}

Answer Office365::on_mail(const State& state, const Request& request) {
    if (state.tls == Tls::none) return refuse("starttls-required", values(state, request));
    if (!state.login.empty()) return smtp::standard_answer(request);
    Answer answer = refuse("not-authenticated", values(state, request));
    if (state.login_error.empty()) return answer;
    const std::string suffix = answer.reply.substr(without_suffix(answer.reply).size());
    answer.reply = fmt::format("{} Error: {}{}", without_suffix(answer.reply),
                               without_suffix(state.login_error), suffix);
    return answer;
}

bool Office365::may_send_as(const std::string& login, std::string_view address) const {
    if (address.empty() || ascii::iequals(address, login)) return true;
    return std::any_of(play_.allowed_senders.begin(), play_.allowed_senders.end(),
                       [&](const std::string& allowed) {
                           return allowed.starts_with('@') ? ascii::iends_with(address, allowed)
                                                           : ascii::iequals(address, allowed);
                       });
}

/// Whether three older connections have the same login.
bool Office365::is_one_too_many() const {
    const auto found = connections_.by_login.find(login_);
    if (found == connections_.by_login.end()) return false;
    const auto older = std::distance(found->second.begin(), found->second.find(number()));
    return static_cast<std::size_t>(older) >= max_connections;
}

Answer Office365::on_message(const State& state, const Request& request) {
    Values seen = values(state, request);
    if (is_one_too_many()) return refuse("too-many-connections", seen);
    const mail::Header header = mail::read_header(request.text);
    std::vector<std::string> senders = mail::read_addresses(header.fields.value("From"));
    senders.insert(senders.begin(), state.sender->address);
    for (const std::string& sender : senders) {
        // A login that names a scenario is there to play that scenario.
        if (may_send_as(state.login, sender) || scenario_of_address(sender) != nullptr) continue;
        seen.from = sender;
        return refuse("sendas-denied", seen);
    }
    // RFC 5322 section 3.6.2. The first one is the envelope's.
    if (senders.size() > 2 && !header.fields.has("Sender")) return refuse("several-from", seen);
    std::string message_id = header.fields.value("Message-ID");
    if (message_id.empty() || message_id.size() > longest_message_id || !is_plain(message_id))
        message_id = fmt::format("<{}@{}>", seen.id, mailbox_host);
    return {.reply = fmt::format("250 2.0.0 OK {} [Hostname={}]", message_id, mailbox_host)};
}

Answer Office365::on_trouble(const State& state, const Request& request) const {
    const std::string suffix = fmt::format(" [{} {} {}]", front_end, reply_time(play_.now()), id());
    Answer answer = smtp::standard_answer(request);
    if (request.trouble == smtp::Trouble::unknown_verb) {
        answer.reply = fmt::format("500 5.3.3 Unrecognized command 'Length: {}'", request.text.size());
        answer.delay = play_.tarpit;
    }
    if (request.trouble == smtp::Trouble::auth_broken && request.text == "XOAUTH2")
        return refuse("malformed-token", values(state, request));
    answer.reply += suffix;
    return answer;
}

} // namespace relaytool::sandbox
