#pragma once

#include <string_view>

namespace relaytool::bounce {

/// The first mail header that stands in a text: lines of fields and folds, among them Received and two more
/// that only a header has. Empty when there is none; what follows it is left out, as nobody can tell where
/// that ends. Linear.
std::string_view find_quoted_header(std::string_view text);

} // namespace relaytool::bounce
