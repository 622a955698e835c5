#include "diagnosis/waiting_time.hpp"

#include <fmt/format.h>

namespace relaytool::diagnosis {

std::string waiting_time(std::int64_t seconds) {
    const std::int64_t minutes = seconds / 60;
    if (seconds < 100) return fmt::format("{} s", seconds);
    if (minutes < 100) return fmt::format("{} min", minutes);
    if (minutes < 48 * 60) return fmt::format("{} h {} min", minutes / 60, minutes % 60);
    return fmt::format("{} days", minutes / (24 * 60));
}

} // namespace relaytool::diagnosis
