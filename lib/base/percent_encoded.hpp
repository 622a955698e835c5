#pragma once

#include <string>
#include <string_view>

namespace relaytool {

/// Beside letters and digits, what need not be encoded in an address (RFC 3986 section 2.3).
inline constexpr std::string_view unreserved = "-._~";

/// Everything but letters, digits and `kept` as %XX.
std::string percent_encoded(std::string_view text, std::string_view kept = unreserved);

} // namespace relaytool
