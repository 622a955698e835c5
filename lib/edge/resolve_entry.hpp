#pragma once

#include "base/ip.hpp"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace relaytool::edge {

/// For CURLOPT_RESOLVE: "host:443:192.0.2.1,[2001:db8::1]", where the host is, so that libcurl does not look
/// it up. Empty without addresses.
std::string resolve_entry(std::string_view host, std::uint16_t port,
                          const std::vector<ip::Address>& addresses);

} // namespace relaytool::edge
