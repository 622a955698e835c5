#include "base/place.hpp"
#include "diagnosis/host_family.hpp"
#include "diagnosis/probe_sheet.hpp"
#include "smtp/login.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace relaytool::diagnosis {
namespace {

using probe::AddressSource;
using probe::Facts;
using probe::Reach;
using smtp::Break;

constexpr std::size_t most_shown = 3; ///< addresses on one line

std::string address_words(const probe::Resolution& resolution) {
    std::string words;
    for (std::size_t i = 0; i < std::min(resolution.addresses.size(), most_shown); ++i)
        words += (i == 0 ? "" : ", ") + ip::to_string(resolution.addresses[i]);
    if (resolution.total > most_shown) words += fmt::format(", {} in all", resolution.total);
    return words;
}

std::string resolve_words(const Facts& facts) {
    const probe::Resolution& resolution = facts.resolution;
    switch (resolution.source) {
    case AddressSource::literal: return "an address was given, no name";
    case AddressSource::dns: break;
    case AddressSource::system:
        return facts.outcome.address.empty() ? resolution.detail
                                             : facts.outcome.address + ", by this system and not by the DNS";
    }
    std::string words;
    for (const std::string& alias : resolution.aliases)
        words += "alias of " + alias + ": ";
    return words + address_words(resolution);
}

/// Office 365 and Gmail change their addresses, and are known by their names.
void judge_literal(ProbeSheet& sheet) {
    const auto address = ip::read_address(sheet.facts().host);
    if (!address || ip::is_private(*address)) return;
    const std::string said = smtp::greeting_name(sheet.outcome().greeting);
    if (family_of_host(said) == HostFamily::any) return;
    sheet.find("probe-address-literal", {{"ip", sheet.facts().host}, {"name", said}});
}

/// The name was typed by hand, or stands in a profile: it is no recipient's domain. Returns whether it is so.
bool judge_unknown_name(ProbeSheet& sheet) {
    const Facts& facts = sheet.facts();
    const probe::Resolution& resolution = facts.resolution;
    const bool is_circle = resolution.detail.find("circle") != std::string::npos;
    if (!sheet.broke(ProbeStep::resolve)) return false;
    if (facts.outcome.broken->kind != Break::host_unknown && !is_circle) return false;
    const std::string why = resolution.detail.empty() ? facts.outcome.broken->detail : resolution.detail;
    sheet.line(ProbeStep::resolve, StepVerdict::problem, facts.host + ": " + why).time = resolution.time;
    sheet.find(is_circle ? "probe-alias-circle" : "probe-host-unknown", {{"why", why}}, why);
    return true;
}

void judge_names(ProbeSheet& sheet) {
    const Facts& facts = sheet.facts();
    if (judge_unknown_name(sheet)) return;
    sheet.walked(ProbeStep::resolve, facts.resolution.time, resolve_words(facts));
    if (facts.resolution.source == AddressSource::literal) judge_literal(sheet);
}

/// An IPv6 address does not answer where this machine has no IPv6: nobody's fault.
bool is_missing(const Reach& reach) {
    if (!reach.broken) return false;
    return reach.address.family() == ip::Family::v4 || reach.broken->kind != Break::unreachable;
}

void judge_addresses(ProbeSheet& sheet) {
    const std::vector<Reach>& tried = sheet.facts().addresses;
    std::string missing;
    std::size_t count = 0;
    for (const Reach& reach : tried) {
        if (!is_missing(reach)) continue;
        ++count;
        missing +=
            (missing.empty() ? "" : ", ") + ip::to_string(reach.address) + " (" + reach.broken->detail + ")";
    }
    if (count == 0 || count == tried.size()) return;
    sheet.find(
        "probe-some-addresses",
        {{"count", std::to_string(count)}, {"number", std::to_string(tried.size())}, {"list", missing}},
        missing);
}

std::string connect_words(const Facts& facts) {
    if (facts.outcome.times.connected.count() == 0 && facts.outcome.greeting.code == 0) return {};
    const std::string& address = facts.outcome.address;
    std::string words = place_of(address.empty() ? facts.host : address, facts.port);
    if (facts.addresses.empty()) return words;
    const auto answering = std::count_if(facts.addresses.begin(), facts.addresses.end(),
                                         [](const Reach& reach) { return !reach.broken; });
    return words + fmt::format("; {} of {} addresses answer", answering, facts.addresses.size());
}

/// The port that answers where the one asked for does not.
const Reach* open_port(const Facts& facts) {
    const auto open = std::find_if(facts.other_ports.begin(), facts.other_ports.end(),
                                   [](const Reach& reach) { return !reach.broken; });
    return open == facts.other_ports.end() ? nullptr : &*open;
}

void judge_connection(ProbeSheet& sheet) {
    const Facts& facts = sheet.facts();
    const Reach* open = open_port(facts);
    if (!sheet.broke(ProbeStep::connect) || open == nullptr) {
        sheet.walked(ProbeStep::connect, facts.outcome.times.connected - facts.resolution.time,
                     connect_words(facts));
        if (sheet.passed(ProbeStep::connect)) judge_addresses(sheet);
        return;
    }
    const std::string& why = facts.outcome.broken->detail;
    sheet.line(ProbeStep::connect, StepVerdict::problem,
               fmt::format("{}: {}; port {} answers", place_of(facts.host, facts.port), why, open->port));
    constexpr std::uint16_t smtp_port = 25;
    const bool is_filtered = facts.outcome.broken->kind == Break::timed_out;
    sheet.find(facts.port == smtp_port && is_filtered ? "probe-port-25-blocked" : "probe-other-port",
               {{"number", std::to_string(facts.port)}, {"after", std::to_string(open->port)}, {"why", why}},
               why);
}

const smtp::Exchange* exchange_of(const Facts& facts, std::string_view command) {
    const auto found =
        std::find_if(facts.exchanges.begin(), facts.exchanges.end(),
                     [&](const smtp::Exchange& exchange) { return exchange.command == command; });
    return found == facts.exchanges.end() ? nullptr : &*found;
}

std::chrono::microseconds time_of(const Facts& facts, std::string_view command) {
    const smtp::Exchange* exchange = exchange_of(facts, command);
    const bool has_times = exchange != nullptr && exchange->answered > exchange->sent;
    return has_times ? exchange->answered - exchange->sent : std::chrono::microseconds{0};
}

void judge_banner(ProbeSheet& sheet) {
    const Facts& facts = sheet.facts();
    const smtp::Outcome& outcome = facts.outcome;
    sheet.walked(ProbeStep::banner, time_of(facts, ""), smtp::flatten(outcome.greeting.text));
    const HostFamily asked = family_of_host(facts.host);
    const std::string said = smtp::greeting_name(outcome.greeting);
    // Where the certificate is good, it is the server that was asked for, whatever it calls itself.
    if (asked == HostFamily::any || said.empty() || outcome.tls.is_verified ||
        family_of_host(said) == asked || !sheet.passed(ProbeStep::banner))
        return;
    sheet.find("probe-other-operator", {{"name", said}}, smtp::flatten(outcome.greeting.text));
}

/// A server that knows HELO only (RFC 5321 section 3.2). Returns whether it is one.
bool judge_old_hello(ProbeSheet& sheet) {
    const Facts& facts = sheet.facts();
    const smtp::Exchange* asked = exchange_of(facts, "EHLO");
    const smtp::Exchange* again = exchange_of(facts, "HELO");
    constexpr int hangs_up = 421;
    if (asked == nullptr || asked->wire != smtp::Wire::plain || asked->reply.code < 400 ||
        asked->reply.code == hangs_up)
        return false;
    const bool is_taken = again != nullptr && again->reply.code == 250;
    if (!is_taken && !sheet.broke(ProbeStep::hello)) return false;
    const std::string reply = smtp::flatten(asked->reply.text);
    // Without EHLO there is neither STARTTLS nor AUTH.
    const bool is_enough = is_taken && facts.login.empty() && facts.mode != smtp::TlsMode::starttls;
    sheet
        .line(ProbeStep::hello, is_enough ? StepVerdict::ok : StepVerdict::problem,
              "EHLO refused (" + reply + ")" + (is_taken ? ", HELO taken" : ""))
        .time = std::max(time_of(facts, "EHLO"), std::chrono::microseconds{0});
    sheet.find("probe-ehlo-refused", {{"found", reply}}, reply);
    return true;
}

void judge_hello(ProbeSheet& sheet) {
    const Facts& facts = sheet.facts();
    if (facts.mode == smtp::TlsMode::implicit) {
        sheet.line(ProbeStep::hello, StepVerdict::skipped, "TLS comes first on this port");
        return;
    }
    const smtp::Capabilities& offered = facts.outcome.before_tls;
    if (judge_old_hello(sheet)) return;
    sheet.walked(ProbeStep::hello, time_of(facts, "EHLO"),
                 sheet.passed(ProbeStep::hello) ? offered_words(offered) : std::string{});
    if (sheet.passed(ProbeStep::hello) && offered.starttls && !offered.auth.empty())
        sheet.find("probe-auth-in-clear", {{"list", smtp::mechanism_names(offered)}},
                   "AUTH " + smtp::mechanism_names(offered));
}

} // namespace

void judge_road(ProbeSheet& sheet) {
    judge_names(sheet);
    judge_connection(sheet);
    judge_banner(sheet);
    judge_hello(sheet);
}

} // namespace relaytool::diagnosis
