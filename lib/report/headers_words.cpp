#include "report/headers_words.hpp"

#include "diagnosis/waiting_time.hpp"

#include <fmt/format.h>

namespace relaytool::report {
namespace {

using diagnosis::AuthLine;
using diagnosis::HeadersVerdict;
using diagnosis::Origin;
using diagnosis::OriginKind;
using diagnosis::Placement;
using diagnosis::Severity;

std::string_view way_words(OriginKind through) {
    switch (through) {
    case OriginKind::smtp_auth: return " (SMTP AUTH)";
    case OriginKind::direct_send: return " (direct send, without a login)";
    case OriginKind::connector: return " (connector)";
    default: return "";
    }
}

/// Whether a server said it, by its name or not.
bool is_said_by_server(const AuthLine& line) {
    return line.source != "verified now" && line.source != "recomputed" && line.source != "the header";
}

} // namespace

std::string origin_title(const Origin& origin) {
    switch (origin.kind) {
    case OriginKind::smtp_auth: return "Sent with a login (SMTP AUTH) through Microsoft 365";
    case OriginKind::direct_send: return "Direct send: given to the MX of Microsoft 365 without a login";
    case OriginKind::connector: return "Relayed by Microsoft 365 through a connector";
    case OriginKind::iis_relay:
        return fmt::format("Sent through an IIS SMTP relay, then Microsoft 365{}", way_words(origin.through));
    case OriginKind::isp:
        return fmt::format("Sent through {}, not through Microsoft 365",
                           origin.carrier ? origin.carrier->name : origin.host);
    case OriginKind::other_provider:
        if (origin.carrier)
            return fmt::format("Sent through {}, not through Microsoft 365", origin.carrier->name);
        return fmt::format("Sent straight from {}, not through Microsoft 365",
                           origin.sender ? ip::to_string(*origin.sender) : "an unknown address");
    case OriginKind::mailbox: return "Sent from a mailbox of Microsoft 365";
    case OriginKind::internal: return "It never left the organisation";
    case OriginKind::unknown: break;
    }
    return "The way it went cannot be told from this header";
}

std::string verdict_title(const HeadersVerdict& verdict) {
    std::string title = origin_title(verdict.origin);
    if (verdict.filter.placement == Placement::junk)
        title += "; it went to Junk";
    else if (verdict.dmarc == false)
        title += "; nothing proves who sent it";
    return title;
}

Severity worst_severity(const HeadersVerdict& verdict) {
    return verdict.count(Severity::error) > 0     ? Severity::error
           : verdict.count(Severity::warning) > 0 ? Severity::warning
                                                  : Severity::ok;
}

std::string_view severity_word(Severity severity) {
    switch (severity) {
    case Severity::ok: return "ok";
    case Severity::info: return "note";
    case Severity::warning: return "warning";
    case Severity::error: return "wrong";
    }
    return "";
}

std::string mailbox_words(const std::vector<mail::Mailbox>& mailboxes) {
    if (mailboxes.empty()) return {};
    const mail::Mailbox& first = mailboxes.front();
    std::string out = first.name.empty() ? first.address : fmt::format("{} <{}>", first.name, first.address);
    if (mailboxes.size() > 1) out += fmt::format(" and {} more", mailboxes.size() - 1);
    return out;
}

std::vector<std::pair<std::string_view, std::string>> message_lines(const route::Headers& headers) {
    std::vector<std::pair<std::string_view, std::string>> lines;
    const auto add = [&](std::string_view label, std::string value) {
        if (!value.empty()) lines.emplace_back(label, std::move(value));
    };
    add("From", mailbox_words(headers.people.from));
    const bool same = headers.return_path && !headers.people.from.empty() &&
                      *headers.return_path == headers.people.from.front().address;
    if (headers.return_path && !same)
        add("Envelope", headers.return_path->empty() ? "<> (a report)" : *headers.return_path);
    add("To", headers.people.to.empty() ? headers.delivered_to : mailbox_words(headers.people.to));
    add("Subject", headers.subject);
    std::string date = headers.date;
    if (headers.route.total)
        date += fmt::format(" (arrived after {})", diagnosis::waiting_time(*headers.route.total));
    add("Date", std::move(date));
    return lines;
}

std::string_view placement_words(Placement placement) {
    switch (placement) {
    case Placement::inbox: return "the inbox";
    case Placement::junk: return "Junk";
    case Placement::custom: return "a folder of the recipient's choice";
    case Placement::unknown: break;
    }
    return "not said";
}

std::string filter_title(const diagnosis::FilterVerdict& filter) {
    if (filter.words.empty() && filter.decided_by.empty()) return {};
    std::string title = fmt::format("Where the filter put it: {}", placement_words(filter.placement));
    if (!filter.decided_by.empty()) title += ", by " + filter.decided_by;
    return title;
}

std::string client_words(const route::Received& received) {
    const std::string address = received.ip ? ip::to_string(*received.ip) : std::string{};
    const std::string_view name = received.client_name();
    if (name.empty() && address.empty() && received.local)
        return received.account.empty() ? "a program on the same machine"
                                        : fmt::format("a program on the same machine ({})", received.account);
    if (name.empty()) return address.empty() ? "not said" : address;
    if (address.empty() || name.find(address) != std::string_view::npos) return std::string(name);
    return fmt::format("{} ({})", name, address);
}

std::string protocol_words(const route::Received& received) {
    std::string out = received.with;
    const auto add = [&](std::string_view what) {
        if (what.empty()) return;
        if (!out.empty()) out += ", ";
        out += what;
    };
    if (!received.tls.empty())
        add(received.tls);
    else if (received.encrypted)
        add("TLS");
    if (received.authenticated) add(received.user.empty() ? "logged in" : "logged in as " + received.user);
    if (!received.via.empty()) add("via " + received.via);
    return out;
}

std::string delay_words(const route::Hop& hop) {
    switch (hop.clock) {
    case route::Clock::ahead: return "clock " + diagnosis::waiting_time(hop.clock_off) + " fast";
    case route::Clock::behind: return "clock " + diagnosis::waiting_time(hop.clock_off) + " slow";
    case route::Clock::unknown: return "no time";
    case route::Clock::fine: break;
    }
    return hop.delay ? "+" + diagnosis::waiting_time(*hop.delay) : std::string{};
}

bool has_wrong_clock(const route::Hop& hop) {
    return hop.clock == route::Clock::ahead || hop.clock == route::Clock::behind;
}

std::string_view trust_words(route::Trust trust) {
    switch (trust) {
    case route::Trust::own: return "the recipient's side wrote this line";
    case route::Trust::vouched: return "only servers of a known company write such lines";
    case route::Trust::claimed: return "a stranger could have made this line up";
    }
    return "";
}

std::string proofs_title(const HeadersVerdict& verdict) {
    for (const AuthLine& line : verdict.authentication)
        if (is_said_by_server(line) && !line.source.empty()) return "Who vouches for it, says " + line.source;
    return "Who vouches for it";
}

std::string proof_domain(const AuthLine& line) {
    return line.aligned && !*line.aligned ? line.domain + " (not From's)" : line.domain;
}

std::string proof_words(const AuthLine& line) {
    if (line.source == "verified now")
        return line.says.empty() ? line.source : fmt::format("{}: {}", line.source, line.says);
    if (line.source == "recomputed") return "worked out from the lines above";
    return line.says;
}

} // namespace relaytool::report
