#include "base/time_span.hpp"

#include <array>
#include <charconv>
#include <utility>

namespace relaytool {
namespace {

using std::chrono::milliseconds;

constexpr milliseconds longest_span = std::chrono::hours(24);

} // namespace

std::optional<milliseconds> read_span(std::string_view text) {
    double value = 0;
    const char* const end = text.data() + text.size();
    const auto [unit, error] = std::from_chars(text.data(), end, value);
    if (error != std::errc{} || !(value >= 0)) return std::nullopt;
    const std::string_view name(unit, static_cast<std::size_t>(end - unit));
    constexpr std::array units{
        std::pair{std::string_view(""), 1000.0}, std::pair{std::string_view("s"), 1000.0},
        std::pair{std::string_view("ms"), 1.0}, std::pair{std::string_view("m"), 60'000.0},
        std::pair{std::string_view("h"), 3'600'000.0}};
    for (const auto& [word, factor] : units)
        if (word == name && value * factor <= static_cast<double>(longest_span.count()))
            return milliseconds(static_cast<milliseconds::rep>(value * factor));
    return std::nullopt;
}

} // namespace relaytool
