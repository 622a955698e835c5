#include "sandbox/mx.hpp"

#include "base/ascii.hpp"
#include "mail/address.hpp"
#include "sandbox/identity.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace relaytool::sandbox {
namespace {

using smtp::Answer;
using smtp::Request;
using smtp::State;
using smtp::Step;

constexpr std::string_view host = "mx.sandbox.test";

} // namespace

Answer Mx::play(const State& state, const Request& request) {
    switch (request.step) {
    case Step::connect: return {.reply = fmt::format("220 {} ESMTP", host)};
    case Step::hello:
        if (!request.is_extended) return {.reply = fmt::format("250 {}", host)};
        return {.reply = fmt::format(
                    "250 {}\nSIZE {}\nPIPELINING\nDSN\nENHANCEDSTATUSCODES\n{}8BITMIME\nBINARYMIME\n"
                    "CHUNKING\nSMTPUTF8",
                    host, play_.size_limit, state.tls == smtp::Tls::none ? "STARTTLS\n" : "")};
    case Step::mechanism: return {.reply = "503 5.5.1 Error: authentication not enabled"};
    case Step::rcpt:
        if (is_local(request.text)) return smtp::standard_answer(request);
        return refuse("relay-denied", values(state, request));
    case Step::message: return {.reply = fmt::format("250 2.0.0 Ok: queued as {}", id())};
    default: return smtp::standard_answer(request);
    }
}

Values Mx::values(const State& state, const Request& request) const {
    Values values = Player::values(state, request);
    values.front_end = exchanger;
    return values;
}

bool Mx::is_local(std::string_view address) const {
    const std::string_view domain = mail::domain_of(address);
    if (play_.domains.empty() || domain.empty()) return true; // postmaster has no domain
    return std::any_of(play_.domains.begin(), play_.domains.end(),
                       [&](const std::string& own) { return ascii::iequals(domain, own); });
}

} // namespace relaytool::sandbox
