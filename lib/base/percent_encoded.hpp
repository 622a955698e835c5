#pragma once

#include <string>
#include <string_view>

namespace relaytool {

/// Everything but the unreserved characters as %XX (RFC 3986 section 2.3).
std::string percent_encoded(std::string_view text);

} // namespace relaytool
