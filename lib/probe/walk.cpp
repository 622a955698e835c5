#include "probe/walk.hpp"

#include "probe/envelope.hpp"
#include "probe/exposure.hpp"
#include "probe/resolve.hpp"
#include "probe/tls_versions.hpp"
#include "smtp/client.hpp"

#include <algorithm>
#include <array>
#include <future>
#include <utility>

namespace relaytool::probe {
namespace {

using smtp::Break;
using smtp::TlsMode;

/// Where mail is taken (RFC 6409 section 3.1, RFC 5321 section 4.5.4.2, RFC 8314 section 3.3).
constexpr std::array<std::uint16_t, 3> mail_ports{587, 25, 465};
/// A port that says nothing for so long is filtered, and nobody wants to wait longer to hear about others.
constexpr std::chrono::milliseconds patience_beside{5000};

Reach reach(smtp::Target target, const Surroundings& around) {
    Reach result;
    if (!target.addresses.empty()) result.address = target.addresses.front();
    result.port = target.port;
    target.tls.mode = TlsMode::off;
    smtp::Transcript transcript(around.clock);
    auto made = around.connector.connect(target, smtp::Opening::socket, transcript);
    if (!made) result.broken = std::move(made.error());
    result.time = transcript.elapsed();
    return result;
}

template <class T>
std::vector<T> results_of(std::vector<std::future<T>>& futures) {
    std::vector<T> results;
    results.reserve(futures.size());
    for (std::future<T>& future : futures)
        results.push_back(future.get());
    return results;
}

/// What is tried beside the walk, over connections of its own.
class Beside {
public:
    Beside(const Plan& plan, const smtp::Target& target, const Surroundings& around) {
        const auto start = [](auto function) { return std::async(std::launch::async, std::move(function)); };
        if (target.addresses.size() > 1)
            for (const ip::Address& address : target.addresses) {
                smtp::Target one = target;
                one.addresses = {address};
                addresses_.push_back(start([one, &around] { return reach(one, around); }));
            }
        if (target.tls.mode != TlsMode::off) {
            for (const smtp::TlsVersion version : smtp::all_tls_versions)
                versions_.push_back(
                    start([&target, version, &around] { return try_version(target, version, around); }));
            if (target.tls.verification == smtp::Verification::none)
                certificate_ = start([&target, &around] { return try_certificate(target, around); });
        }
        if (plan.depth == Depth::deep)
            exposure_ = start([&plan, &target, &around] { return expose(plan, target, around); });
    }

    void collect(Facts& facts) {
        facts.addresses = results_of(addresses_);
        facts.versions = results_of(versions_);
        if (certificate_.valid()) facts.certificate_fault = certificate_.get();
        if (exposure_.valid()) facts.exposure = exposure_.get();
    }

private:
    std::vector<std::future<Reach>> addresses_;
    std::vector<std::future<VersionTrial>> versions_;
    std::future<std::optional<smtp::Broken>> certificate_;
    std::future<Exposure> exposure_;
};

void try_messages(smtp::Client& client, const Plan& plan, Facts& facts) {
    for (SenderTrial& sender : facts.senders) {
        if (client.dialogue() == nullptr) return;
        smtp::Delivery delivery;
        delivery.envelope.sender = sender.address;
        delivery.envelope.recipients = {plan.login.user};
        delivery.write = [&](mail::Transfer transfer) { return plan.test_message(sender.address, transfer); };
        client.outcome.broken.reset();
        client.outcome.obstacle = smtp::Obstacle::none;
        client.send(delivery);
        sender.message = client.outcome;
        // A refusal of MAIL or RCPT leaves an envelope open.
        if (client.dialogue() != nullptr && sender.message->fate != smtp::Fate::accepted)
            static_cast<void>(client.dialogue()->ask("RSET", plan.target.patience.command));
    }
}

void walk_road(const Plan& plan, const smtp::Target& target, const Surroundings& around,
               smtp::Transcript& transcript, Facts& facts) {
    smtp::Client client(around.connector, target, transcript);
    const bool ready = client.open(smtp::StopAfter::message, plan.login) && client.login(plan.login);
    if (ready) client.outcome.fate = smtp::Fate::stopped;
    facts.outcome = client.outcome;
    facts.exchanges = smtp::read_exchanges(transcript);
    if (ready) {
        try_envelope(*client.dialogue(), plan, client.outcome.now, facts);
        if (plan.test_message && !facts.envelope_broken) try_messages(client, plan, facts);
    }
    client.quit();
    facts.outcome.times.ended = transcript.elapsed();
}

bool is_unreached(const smtp::Outcome& outcome) {
    if (!outcome.broken || outcome.times.connected.count() > 0) return false;
    const Break kind = outcome.broken->kind;
    return kind == Break::refused || kind == Break::unreachable || kind == Break::timed_out;
}

std::vector<Reach> try_other_ports(const smtp::Target& target, const Surroundings& around) {
    std::vector<std::future<Reach>> ports;
    for (const std::uint16_t port : mail_ports) {
        if (port == target.port) continue;
        smtp::Target other = target;
        other.port = port;
        other.patience.connect = std::min(other.patience.connect, patience_beside);
        ports.push_back(std::async(std::launch::async, [other, &around] { return reach(other, around); }));
    }
    return results_of(ports);
}

std::vector<ip::Address> answering(const std::vector<Reach>& tried) {
    std::vector<ip::Address> addresses;
    for (const Reach& one : tried)
        if (!one.broken) addresses.push_back(one.address);
    return addresses;
}

/// The road, and what is tried beside it.
void look(const Plan& plan, const smtp::Target& target, const Surroundings& around,
          smtp::Transcript& transcript, Facts& facts) {
    Beside beside(plan, target, around);
    walk_road(plan, target, around, transcript, facts);
    beside.collect(facts);
}

/// The road again, where the first attempt went to an address that is dead and others are not.
void look_at_living(const Plan& plan, smtp::Target target, const Surroundings& around,
                    const smtp::Transcript& before, Facts& facts) {
    target.addresses = answering(facts.addresses);
    if (target.addresses.empty()) return;
    smtp::Transcript transcript(around.clock);
    transcript.on_line = before.on_line;
    std::vector<Reach> addresses = std::move(facts.addresses);
    look(plan, target, around, transcript, facts);
    facts.addresses = std::move(addresses);
}

/// Whether the server may have turned us away only because so many connections came at once.
bool is_crowded(const Facts& facts) {
    const smtp::Outcome& outcome = facts.outcome;
    const bool put_off = outcome.greeting.code >= 400 && outcome.greeting.code < 500;
    const bool hung_up = outcome.broken && outcome.stage == smtp::Stage::connect &&
                         outcome.times.connected.count() > 0 && outcome.broken->kind == Break::closed;
    return put_off || hung_up;
}

} // namespace

Facts walk(const Plan& plan, const Surroundings& around, smtp::Transcript& transcript) {
    Facts facts;
    facts.host = plan.target.host;
    facts.port = plan.target.port;
    facts.mode = plan.target.tls.mode;
    facts.login = plan.login.user;
    facts.resolution = resolve(plan.target, around.dns);
    facts.resolution.time = transcript.elapsed();
    smtp::Target target = plan.target;
    if (facts.resolution.source == AddressSource::dns) target.addresses = facts.resolution.addresses;
    look(plan, target, around, transcript, facts);
    if (is_unreached(facts.outcome)) look_at_living(plan, target, around, transcript, facts);
    if (is_crowded(facts)) {
        smtp::Transcript alone(around.clock);
        alone.on_line = transcript.on_line;
        walk_road(plan, target, around, alone, facts);
    }
    // Without an answer from the DNS, the system's "no such name" is a guess.
    if (facts.resolution.failed() && facts.outcome.broken &&
        facts.outcome.broken->kind == Break::host_unknown)
        facts.outcome.broken->kind = Break::dns_failed;
    if (is_unreached(facts.outcome)) facts.other_ports = try_other_ports(target, around);
    facts.time = transcript.elapsed();
    return facts;
}

} // namespace relaytool::probe
