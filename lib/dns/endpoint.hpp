#pragma once

#include "base/ip.hpp"
#include "base/result.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace relaytool::dns {

inline constexpr std::uint16_t dns_port = 53;

/// A server as people write it.
struct Endpoint {
    std::string host; ///< a name, or the address as it was written
    std::optional<ip::Address> address;
    std::uint16_t port = dns_port;
};

/// "192.0.2.53", "192.0.2.53:5353", "::1", "[::1]:5353", "dns.example.com", "dns.example.com:5353".
Result<Endpoint> read_endpoint(std::string_view text);

/// "192.0.2.53:53", "[::1]:53".
std::string to_string(const ip::Address& address, std::uint16_t port);

} // namespace relaytool::dns
