#include "bounce/quoted_header.hpp"

#include "base/ascii.hpp"
#include "mail/fields.hpp"
#include "mail/text.hpp"

#include <algorithm>
#include <array>

namespace relaytool::bounce {
namespace {

/// Besides Received.
bool is_header_name(std::string_view name) {
    constexpr std::array<std::string_view, 6> names{"From",    "To",         "Date",
                                                    "Subject", "Message-ID", "Return-Path"};
    return std::any_of(names.begin(), names.end(),
                       [&](std::string_view other) { return ascii::iequals(name, other); });
}

/// Fields in a row.
struct Run {
    std::size_t begin = 0;
    std::size_t end = 0;
    std::size_t names = 0;
    bool has_received = false;

    bool is_header() const { return has_received && names >= 2; }
};

} // namespace

std::string_view find_quoted_header(std::string_view text) {
    Run run;
    bool is_open = false;
    mail::Lines lines(text);
    std::string_view line;
    while (true) {
        const std::size_t begin = lines.offset();
        if (!lines.next(line)) break;
        mail::Field field;
        const bool is_fold =
            is_open && !line.empty() && ascii::is_blank(line.front()) && !ascii::trim(line).empty();
        const bool is_field = !is_fold && mail::read_field_line(line, field);
        if (!is_fold && !is_field) {
            if (run.is_header()) break;
            is_open = false;
            continue;
        }
        if (!is_open) run = Run{begin, begin, 0, false};
        is_open = true;
        run.end = lines.offset();
        run.has_received |= is_field && ascii::iequals(field.name, "Received");
        if (is_field && is_header_name(field.name)) ++run.names;
    }
    return run.is_header() ? text.substr(run.begin, run.end - run.begin) : std::string_view{};
}

} // namespace relaytool::bounce
