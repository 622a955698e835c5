#pragma once

#include <chrono>
#include <optional>
#include <string_view>

namespace relaytool {

/// "30", "30s", "500ms", "2m", "1h": a span of time, of a day at most. A bare number counts seconds.
std::optional<std::chrono::milliseconds> read_span(std::string_view text);

} // namespace relaytool
