#pragma once

#include <array>
#include <string_view>

namespace relaytool::route {

/// What a company does that carries other people's mail.
enum class Carriage {
    isp,       ///< an internet provider: its smart hosts take mail of every customer
    hosting,   ///< a web or mail hoster
    mailboxes, ///< a mailbox service
    filter,    ///< stands in front of, or behind, somebody else's mailboxes
    bulk,      ///< for mailings and programs
};
std::string_view to_string(Carriage carriage);

/// A company whose mail servers are known by the names of their hosts. Microsoft is told apart further:
/// microsoft_host.hpp.
struct Carrier {
    std::string_view name; ///< for people
    Carriage carriage;
    /// The domains its hosts are in, as reverse names and Received fields show them.
    std::array<std::string_view, 6> hosts = {};
    std::string_view provider = {}; ///< spf::provider_by_id, which has its include; "" when none is known
};

/// The company whose host that is, or null.
const Carrier* carrier_of(std::string_view host);

/// Whether `host` is `domain`, or a name below it; case ignored.
bool is_within(std::string_view host, std::string_view domain);

/// The domain that an organisation registered, as far as it can be told without asking the DNS: two labels,
/// or three where the second is one that countries use ("co.uk"). An address literal or a single label stays
/// as it is.
std::string_view registered_domain(std::string_view host);

/// Whether two names belong together by registered_domain(). Never for an empty name.
bool same_organisation(std::string_view a, std::string_view b);

} // namespace relaytool::route
