#include "route/route.hpp"

#include "base/ascii.hpp"
#include "route/clocks.hpp"

#include <algorithm>

namespace relaytool::route {
namespace {

/// A side of the way: who runs a server, as far as its names and address tell.
struct Side {
    bool is_microsoft = false;
    const Carrier* carrier = nullptr;
    std::string_view domain; ///< of its name
    bool is_local = false;   ///< the same machine, or a network that nobody outside sees

    bool is_same_as(const Side& other) const {
        if (is_microsoft || other.is_microsoft) return is_microsoft && other.is_microsoft;
        if (carrier || other.carrier) return carrier == other.carrier;
        return same_organisation(domain, other.domain);
    }
    bool is_known() const { return is_microsoft || carrier != nullptr; }
};

Side side_of_host(std::string_view host) {
    Side side;
    side.is_microsoft = microsoft_host(host) != MicrosoftHost::none;
    side.carrier = side.is_microsoft ? nullptr : carrier_of(host);
    side.domain = host;
    return side;
}

bool is_local_name(std::string_view name) {
    return ascii::iequals(name, "localhost") || ascii::istarts_with(name, "localhost.") ||
           name == "127.0.0.1";
}

/// The name that a server found for its client; "" when it found none, or does not say.
std::string_view found_name(const Received& received, const Filter& filter) {
    return received.host.empty() ? filter.reverse_name(received.ip) : std::string_view(received.host);
}

/// Who handed the mail to the server that wrote `received`. Only what that server saw itself counts: the
/// address, and the name it found for it. The client's own word tells no more than whose domain it wants to
/// be.
Side client_of(const Received& received, const Filter& filter) {
    Side side;
    if (received.local || (received.ip && ip::is_private(*received.ip)) ||
        (!received.ip && (is_local_name(received.helo) || received.helo.empty()))) {
        side.is_local = true;
        return side;
    }
    if (is_from_microsoft(received, filter)) return {true, nullptr, "outlook.com", false};
    const std::string_view name = found_name(received, filter);
    if (!name.empty() || !received.ip) return side_of_host(name.empty() ? received.helo : name);
    side.domain = received.helo;
    return side;
}

/// A bare Google address (`by 2002:a05:…`) is Google's own way of hiding an inner host.
Side server_of(const Received& received) {
    if (received.software == Software::google) return {false, carrier_of("google.com"), "google.com", false};
    return side_of_host(received.by);
}

/// Walks from the mailbox towards the sender, as far as the fields are credible.
void find_border(Route& route, const Filter& filter) {
    std::vector<Hop>& hops = route.hops;
    Trust trust = Trust::own;
    Side voucher; // who handed the mail over
    for (std::size_t left = hops.size(); left > 0; --left) {
        Hop& hop = hops[left - 1];
        const Side server = server_of(hop.received);
        if (trust == Trust::vouched && !server.is_same_as(voucher)) return;
        hop.trust = trust;
        const Side client = client_of(hop.received, filter);
        // One tenant's mail to another goes out of Microsoft's cloud and in again.
        const bool is_next_tenant = client.is_microsoft && hop.microsoft == MicrosoftHost::entry;
        if ((client.is_local || client.is_same_as(server)) && !is_next_tenant) continue;
        if (trust == Trust::own) route.border = left - 1;
        if (!client.is_known() || trust == Trust::vouched) return;
        trust = Trust::vouched;
        voucher = client;
    }
}

} // namespace

std::string_view to_string(Trust trust) {
    switch (trust) {
    case Trust::own: return "own";
    case Trust::vouched: return "vouched";
    case Trust::claimed: return "claimed";
    }
    return "";
}

std::string_view to_string(Clock clock) {
    switch (clock) {
    case Clock::unknown: return "unknown";
    case Clock::fine: return "fine";
    case Clock::ahead: return "ahead";
    case Clock::behind: return "behind";
    }
    return "";
}

bool is_from_microsoft(const Received& received, const Filter& filter) {
    if (received.ip && is_microsoft_address(*received.ip)) return true;
    const std::string_view found = found_name(received, filter);
    const bool has_address = received.ip && !ip::is_private(*received.ip);
    return microsoft_host(found.empty() && !has_address ? received.helo : found) != MicrosoftHost::none;
}

Route read_route(const mail::Fields& fields, const Filter& filter, std::optional<std::int64_t> date) {
    Route route;
    const std::vector<mail::Field>& all = fields.all();
    for (std::size_t i = all.size(); i-- > 0;) {
        if (!ascii::iequals(all[i].name, "Received")) continue;
        Hop hop;
        hop.received = read_received(all[i].raw);
        hop.text = mail::unfold(all[i].raw);
        hop.field = i;
        hop.carrier = server_of(hop.received).carrier;
        hop.microsoft = microsoft_host(hop.received.by);
        route.hops.push_back(std::move(hop));
    }
    find_border(route, filter);
    set_clocks(route, date);
    return route;
}

} // namespace relaytool::route
