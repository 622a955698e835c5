#include "sandbox/identity.hpp"

#include "mail/date.hpp"

#include <fmt/format.h>

namespace relaytool::sandbox {
namespace {

constexpr std::int64_t seconds_of_a_day = 86'400;
constexpr std::string_view days[] = {"Thu", "Fri", "Sat", "Sun",
                                     "Mon", "Tue", "Wed"}; // 1970-01-01 was a Thursday
constexpr std::string_view months[] = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                       "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};

} // namespace

std::string hex16(std::uint64_t number) {
    return fmt::format("{:016X}", number);
}

std::string banner_time(std::int64_t seconds) {
    std::string text = mail::to_rfc3339(seconds); // 2026-02-19T07:20:02Z
    if (text.size() != 20 || seconds < 0) return text;
    const auto month = static_cast<std::size_t>((text[5] - '0') * 10 + (text[6] - '0') - 1);
    const auto day = static_cast<std::size_t>(seconds / seconds_of_a_day % 7);
    return fmt::format("{}, {} {} {} {} +0000", days[day], std::string_view(text).substr(8, 2),
                       months[month % 12], std::string_view(text).substr(0, 4),
                       std::string_view(text).substr(11, 8));
}

std::string reply_time(std::int64_t seconds) {
    std::string text = mail::to_rfc3339(seconds);
    if (text.ends_with('Z')) text.insert(text.size() - 1, ".000");
    return text;
}

} // namespace relaytool::sandbox
