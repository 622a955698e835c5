#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace relaytool {

/// "mx.example.com:25", "[2001:db8::1]:25" (RFC 3986 section 3.2.2).
std::string place_of(std::string_view host, std::uint16_t port);

} // namespace relaytool
