#include "probe/tls_versions.hpp"

#include "base/ascii.hpp"
#include "smtp/client.hpp"

#include <algorithm>

namespace relaytool::probe {
namespace {

using smtp::Break;

/// OpenSSL's words when it is its own rules, and not the server, that rule a version out.
bool is_ours(const std::string& detail) {
    constexpr std::string_view words[] = {"no protocols available", "unsupported protocol version",
                                          "no ciphers available", "unsupported ssl version"};
    return std::any_of(std::begin(words), std::end(words),
                       [&](std::string_view word) { return ascii::icontains(detail, word); });
}

/// Whether the handshake was what failed, and not the way there.
bool came_to_handshake(const smtp::Target& target, const smtp::Outcome& outcome) {
    if (target.tls.mode == smtp::TlsMode::implicit) return outcome.times.connected.count() > 0;
    return outcome.stage == smtp::Stage::starttls || outcome.stage == smtp::Stage::helo;
}

Offer offer_of(const smtp::Target& target, const smtp::Outcome& outcome) {
    if (outcome.tls.is_on() && !outcome.went_wrong()) return Offer::yes;
    if (outcome.reply.code >= 400) {
        if (outcome.stage < smtp::Stage::helo) return Offer::unknown;
        return outcome.times.secured.count() > 0 ? Offer::turned_away : Offer::no;
    }
    if (!outcome.broken || outcome.broken->kind == Break::tls_not_offered) return Offer::unknown;
    if (is_ours(outcome.broken->detail)) return Offer::cannot_test;
    const bool is_refusal = outcome.broken->kind == Break::tls_handshake ||
                            outcome.broken->kind == Break::closed || outcome.broken->kind == Break::reset;
    return is_refusal && came_to_handshake(target, outcome) ? Offer::no : Offer::unknown;
}

} // namespace

VersionTrial try_version(const smtp::Target& target, smtp::TlsVersion version, const Surroundings& around) {
    smtp::Target one = target;
    one.tls.oldest = one.tls.newest = version;
    one.tls.verification = smtp::Verification::none;
    smtp::Transcript transcript(around.clock);
    smtp::Client client(around.connector, one, transcript);
    client.open(smtp::StopAfter::tls, {});
    client.quit();
    smtp::Outcome& outcome = client.outcome;
    VersionTrial trial;
    trial.version = version;
    trial.offer = offer_of(target, outcome);
    trial.detail = outcome.broken ? outcome.broken->detail : outcome.reply.text;
    if (trial.offer != Offer::yes) return trial;
    trial.tls = std::move(outcome.tls);
    trial.offered = std::move(outcome.now);
    trial.detail.clear();
    return trial;
}

std::optional<smtp::Broken> try_certificate(const smtp::Target& target, const Surroundings& around) {
    smtp::Target strict = target;
    strict.tls.verification = smtp::Verification::full;
    smtp::Transcript transcript(around.clock);
    smtp::Client client(around.connector, strict, transcript);
    client.open(smtp::StopAfter::tls, {});
    client.quit();
    std::optional<smtp::Broken>& broken = client.outcome.broken;
    return broken && smtp::is_about_certificate(broken->kind) ? std::move(broken) : std::nullopt;
}

} // namespace relaytool::probe
