#pragma once

#include "dns/cache.hpp"
#include "probe/facts.hpp"
#include "smtp/connector.hpp"

#include <string>

namespace relaytool::probe {

/// The addresses of a host, IPv4 and IPv6 asked for at the same time. `dns` may be null.
Resolution resolve(const smtp::Target& target, dns::Cache* dns);

} // namespace relaytool::probe
