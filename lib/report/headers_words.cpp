#include "base/ascii.hpp"
#include "diagnosis/headers_sheet.hpp"
#include "report/headers.hpp"

#include <fmt/format.h>

namespace relaytool::report {
namespace {

using diagnosis::Origin;
using diagnosis::OriginKind;
using diagnosis::Placement;

std::string_view way_words(OriginKind through) {
    switch (through) {
    case OriginKind::smtp_auth: return " (SMTP AUTH)";
    case OriginKind::direct_send: return " (direct send, without a login)";
    case OriginKind::connector: return " (connector)";
    default: return "";
    }
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

std::string_view placement_words(Placement placement) {
    switch (placement) {
    case Placement::inbox: return "the inbox";
    case Placement::junk: return "Junk";
    case Placement::quarantine: return "quarantine";
    case Placement::custom: return "a folder of the recipient's choice";
    case Placement::unknown: break;
    }
    return "not said";
}

std::string client_words(const route::Received& received) {
    const std::string address = received.ip ? ip::to_string(*received.ip) : std::string{};
    const std::string& name = received.host.empty() ? received.helo : received.host;
    if (name.empty())
        return address.empty() ? received.local ? "a program on the same machine" : "not said" : address;
    if (address.empty() || name.find(address) != std::string::npos) return name;
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
    case route::Clock::ahead: return "clock " + diagnosis::time_words(hop.clock_off) + " fast";
    case route::Clock::behind: return "clock " + diagnosis::time_words(hop.clock_off) + " slow";
    case route::Clock::unknown: return "no time";
    case route::Clock::fine: break;
    }
    return hop.delay ? "+" + diagnosis::time_words(*hop.delay) : std::string{};
}

} // namespace relaytool::report
