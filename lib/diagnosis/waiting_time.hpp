#pragma once

#include <cstdint>
#include <string>

namespace relaytool::diagnosis {

/// How long something took, roughly: "90 s", "17 min", "2 h 5 min", "3 days". `seconds` is not negative.
std::string waiting_time(std::int64_t seconds);

} // namespace relaytool::diagnosis
