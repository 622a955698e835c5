#pragma once

#include "base/ip.hpp"
#include "base/result.hpp"

#include <string>
#include <vector>

namespace relaytool::edge {

/// The addresses that the system knows for a host name, in the order to try them; at least one.
Result<std::vector<ip::Address>> host_addresses(const std::string& host);

} // namespace relaytool::edge
