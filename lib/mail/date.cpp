#include "mail/date.hpp"

#include "base/ascii.hpp"

#include <fmt/format.h>

#include <array>
#include <charconv>
#include <chrono>
#include <vector>

namespace relaytool::mail {
namespace {

using std::chrono::day;
using std::chrono::month;
using std::chrono::sys_days;
using std::chrono::year;
using std::chrono::year_month_day;

constexpr std::array<std::string_view, 12> months{"jan", "feb", "mar", "apr", "may", "jun",
                                                  "jul", "aug", "sep", "oct", "nov", "dec"};

struct Zone {
    std::string_view name;
    int hours;
};

/// RFC 5322 section 4.3, and names that servers write and that mean one zone in mail; what is not here counts
/// as UTC, as that section demands.
constexpr std::array<Zone, 19> zones{{{"est", -5},
                                      {"edt", -4},
                                      {"cst", -6},
                                      {"cdt", -5},
                                      {"mst", -7},
                                      {"mdt", -6},
                                      {"pst", -8},
                                      {"pdt", -7},
                                      {"cet", 1},
                                      {"cest", 2},
                                      {"wet", 0},
                                      {"west", 1},
                                      {"bst", 1},
                                      {"eet", 2},
                                      {"eest", 3},
                                      {"msk", 3},
                                      {"jst", 9},
                                      {"kst", 9},
                                      {"hkt", 8}}};

std::optional<int> number(std::string_view text) {
    int value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
    return value;
}

/// Without comments, and without blanks around the colons of the time (RFC 5322 appendix A.6.3).
std::string tidied(std::string_view text) {
    constexpr std::size_t longest_date = 200;
    std::string out;
    int depth = 0;
    for (const char c : text.substr(0, longest_date)) {
        if (c == '(') ++depth;
        const bool in_comment = depth > 0;
        if (c == ')' && depth > 0) --depth;
        if (in_comment) continue;
        if (c == ':')
            while (!out.empty() && ascii::is_space(out.back()))
                out.pop_back();
        if (!(ascii::is_space(c) && out.ends_with(':'))) out += c;
    }
    return out;
}

std::vector<std::string_view> words_of(std::string_view text) {
    std::vector<std::string_view> words;
    while (!text.empty()) {
        const std::size_t begin = std::min(text.find_first_not_of(" \t\r\n,"), text.size());
        const std::size_t end = std::min(text.find_first_of(" \t\r\n,", begin), text.size());
        if (end > begin) words.push_back(text.substr(begin, end - begin));
        text.remove_prefix(end);
    }
    return words;
}

/// Seconds since midnight of `17:51:32` or `17:51`.
std::optional<int> read_time(std::string_view word) {
    const std::size_t first = word.find(':');
    if (first == std::string_view::npos) return std::nullopt;
    const std::size_t second = word.find(':', first + 1);
    const auto hours = number(word.substr(0, first));
    const auto minutes =
        number(word.substr(first + 1, second == std::string_view::npos ? second : second - first - 1));
    const auto seconds = second == std::string_view::npos ? 0 : number(word.substr(second + 1, 2));
    if (!hours || !minutes || !seconds) return std::nullopt;
    if (*hours < 0 || *hours > 23 || *minutes < 0 || *minutes > 59 || *seconds < 0 || *seconds > 60)
        return std::nullopt;
    return *hours * 3600 + *minutes * 60 + *seconds;
}

/// Seconds east of UTC of `+0200`, `+02:00`, `GMT+0200` or a name.
int read_zone(std::string_view word) {
    const std::size_t sign = word.find_first_of("+-");
    if (sign != std::string_view::npos) {
        std::string digits(word.substr(sign + 1, 5));
        if (digits.size() == 5 && digits[2] == ':') digits.erase(2, 1);
        const auto value = digits.size() >= 4 ? number(std::string_view(digits).substr(0, 4)) : std::nullopt;
        if (!value) return 0;
        const int seconds = *value / 100 * 3600 + *value % 100 * 60;
        return word[sign] == '-' ? -seconds : seconds;
    }
    for (const Zone& zone : zones)
        if (ascii::iequals(word, zone.name)) return zone.hours * 3600;
    return 0;
}

std::optional<unsigned> read_month(std::string_view word) {
    for (unsigned i = 0; i < months.size(); ++i)
        if (ascii::istarts_with(word, months[i])) return i + 1;
    return std::nullopt;
}

using Words = std::vector<std::string_view>;

/// ISO 8601: `2026-01-02T03:04:05+01:00`, with a blank for the T. Brings the words into the order of RFC
/// 5322.
bool reorder_iso(Words& words) {
    const std::string_view day = words.front();
    if (day.size() < 10 || day[4] != '-' || day[7] != '-') return false;
    const auto month_number = number(day.substr(5, 2));
    if (!month_number || *month_number < 1 || *month_number > 12) return false;
    const std::size_t index = static_cast<std::size_t>(*month_number) - 1;
    Words out{day.substr(8, 2), months[index], day.substr(0, 4)};
    if (day.size() > 11 && day[10] == 'T') {
        const std::string_view time = day.substr(11);
        const std::size_t zone = std::min(time.find_first_of("+-Zz"), time.size());
        out.push_back(time.substr(0, zone));
        if (zone < time.size()) out.push_back(time.substr(zone));
    }
    out.insert(out.end(), words.begin() + 1, words.end());
    words = std::move(out);
    return true;
}

/// ctime(): `Jun 29 17:51:32 2020`, with a zone in front of the year or behind it.
void reorder_ctime(Words& words) {
    if (words.size() < 4) return;
    const bool zone_first = !number(words[3]) && words.size() > 4 && number(words[4]);
    const std::size_t year_at = zone_first ? 4 : 3;
    Words out{words[1], words[0], words[year_at], words[2]};
    if (words.size() > 4) out.push_back(words[zone_first ? 3 : 4]);
    words = std::move(out);
}

/// `29-Jun-2020`
void split_dashes(Words& words) {
    const std::string_view word = words.front();
    const std::size_t first = word.find('-');
    const std::size_t second = first == std::string_view::npos ? first : word.find('-', first + 1);
    if (second == std::string_view::npos || !read_month(word.substr(first + 1))) return;
    Words out{word.substr(0, first), word.substr(first + 1, second - first - 1), word.substr(second + 1)};
    out.insert(out.end(), words.begin() + 1, words.end());
    words = std::move(out);
}

/// Day, month, year, time and what follows, whatever their order was. The weekday is gone; in some languages
/// it begins like a month.
void reorder(Words& words) {
    const bool word_first = !words.empty() && !ascii::is_digit(words.front().front());
    const auto is_month = [&](std::size_t i) { return i < words.size() && read_month(words[i]); };
    if (word_first && (!is_month(0) || is_month(2))) words.erase(words.begin());
    if (words.empty() || reorder_iso(words)) return;
    if (is_month(0)) {
        reorder_ctime(words);
    } else {
        split_dashes(words);
    }
}

/// Twelve-hour clocks: what `AM` or `PM` at `i` adds to the seconds of the day. The word goes.
int read_half(Words& words, std::size_t i, int time) {
    if (i >= words.size() || time >= 13 * 3600) return 0;
    const bool am = ascii::iequals(words[i], "AM");
    const bool pm = ascii::iequals(words[i], "PM");
    if (!am && !pm) return 0;
    words.erase(words.begin() + static_cast<std::ptrdiff_t>(i));
    const bool twelve = time >= 12 * 3600;
    if (am) return twelve ? -12 * 3600 : 0;
    return twelve ? 0 : 12 * 3600;
}

/// The zone among the words from `i` on: a number counts more than a name in front of it.
int zone_of(const Words& words, std::size_t i) {
    if (i >= words.size()) return 0;
    if (i + 1 < words.size() && words[i + 1].size() == 5 &&
        (words[i + 1].front() == '+' || words[i + 1].front() == '-'))
        return words[i].find_first_of("+-") == std::string_view::npos ? read_zone(words[i + 1])
                                                                      : read_zone(words[i]);
    return read_zone(words[i]);
}

/// RFC 5322 section 4.3: two digits mean 19xx or 20xx, three digits count from 1900.
int full_year(int value) {
    if (value < 50) return value + 2000;
    return value < 1000 ? value + 1900 : value;
}

/// A point in time in the calendar, UTC.
struct Moment {
    int year = 0;
    unsigned month = 1; ///< from 1
    unsigned day = 1;
    unsigned weekday = 0;    ///< from 0, Sunday
    std::int64_t of_day = 0; ///< seconds
};

Moment moment_of(std::int64_t seconds) {
    const std::int64_t of_day = ((seconds % 86400) + 86400) % 86400;
    const sys_days days{std::chrono::days{(seconds - of_day) / 86400}};
    const year_month_day date{days};
    return {static_cast<int>(date.year()), static_cast<unsigned>(date.month()),
            static_cast<unsigned>(date.day()), std::chrono::weekday{days}.c_encoding(), of_day};
}

} // namespace

std::optional<std::int64_t> read_date(std::string_view text) {
    const std::string plain = tidied(text);
    Words words = words_of(plain);
    reorder(words);
    if (words.size() < 4) return std::nullopt;
    const auto day_number = number(words[0]);
    const auto month_number = read_month(words[1]);
    const auto year_number = number(words[2]);
    const auto time = read_time(words[3]);
    if (!day_number || !month_number || !year_number || !time || *year_number < 0 || *year_number > 9999)
        return std::nullopt;
    const year_month_day date{year{full_year(*year_number)}, month{*month_number},
                              day{static_cast<unsigned>(*day_number)}};
    if (*day_number < 1 || !date.ok()) return std::nullopt;
    const std::int64_t days = sys_days{date}.time_since_epoch().count();
    const int half = read_half(words, 4, *time);
    return days * 86400 + *time + half - zone_of(words, 4);
}

std::string to_rfc3339(std::int64_t seconds) {
    const Moment moment = moment_of(seconds);
    return fmt::format("{:04}-{:02}-{:02}T{:02}:{:02}:{:02}Z", moment.year, moment.month, moment.day,
                       moment.of_day / 3600, moment.of_day / 60 % 60, moment.of_day % 60);
}

std::string to_rfc5322(std::int64_t seconds, int minutes_east) {
    constexpr std::array<std::string_view, 7> weekdays{"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
    constexpr std::array<std::string_view, 12> names{"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                                     "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
    const std::int64_t local = seconds + std::int64_t{minutes_east} * 60;
    const std::int64_t of_day = ((local % 86400) + 86400) % 86400;
    const sys_days midnight{std::chrono::days{(local - of_day) / 86400}};
    const year_month_day date{midnight};
    const int east = minutes_east < 0 ? -minutes_east : minutes_east;
    return fmt::format("{}, {:02} {} {:04} {:02}:{:02}:{:02} {}{:02}{:02}",
                       weekdays[std::chrono::weekday{midnight}.c_encoding()],
                       static_cast<unsigned>(date.day()), names[static_cast<unsigned>(date.month()) - 1],
                       static_cast<int>(date.year()), of_day / 3600, of_day / 60 % 60, of_day % 60,
                       minutes_east < 0 ? '-' : '+', east / 60, east % 60);
}

} // namespace relaytool::mail
