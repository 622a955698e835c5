#pragma once

#include "dns/zone.hpp"

#include <string>
#include <string_view>

namespace relaytool::dns {

/// How a query came: an answer over UDP has to fit.
enum class Transport { udp, tcp };

/// The answer of a name server that knows these zones and nothing else, as octets (RFC 1035 section 4, RFC
/// 6891). Queries that are none get no answer: an empty text. A name outside the zones is refused. What is
/// longer than the client can take is cut, to be asked again over TCP.
std::string answer_query(std::string_view query, const ZoneResolver& zones, Transport transport);

} // namespace relaytool::dns
