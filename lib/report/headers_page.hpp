#pragma once

#include "diagnosis/headers_verdict.hpp"

#include <cstddef>
#include <string>
#include <string_view>

/// The parts of headers_page() (report/headers_page*.cpp); not for the outside. All of it is HTML, and
/// everything of the mail in it is escaped.
namespace relaytool::report {

/// Where a part stands: the anchors in it begin with `id`, its headings are of that level (1 to 6).
struct PagePlace {
    std::string id;
    int level = 1;

    PagePlace below() const { return {id, level + 1}; }
};

inline constexpr std::size_t most_drawn_hops = 200; ///< of longer ways the first and the last
inline constexpr std::size_t most_page_rows = 200;  ///< of any other list

/// A heading of that level (6 at most); `html` is its text, `id` its anchor, if it has one.
std::string html_heading(int level, std::string_view html, std::string_view id = {});
/// "warning" in a frame.
std::string html_mark(diagnosis::Severity severity);
/// How many of a list are left out, and where they are; "" when none is.
std::string html_left_out(std::size_t size, std::size_t shown);

/// The way as a line of stations, oldest first, with times and delays.
std::string route_part(const diagnosis::HeadersVerdict& verdict, const PagePlace& place);
/// What shows which way it went.
std::string evidence_part(const diagnosis::HeadersVerdict& verdict, const PagePlace& place);
std::string proofs_part(const diagnosis::HeadersVerdict& verdict, const PagePlace& place);
std::string filter_part(const diagnosis::HeadersVerdict& verdict, const PagePlace& place);
/// Every finding in full: what is wrong, then what is worth knowing.
std::string findings_part(const diagnosis::HeadersVerdict& verdict, const PagePlace& place);

/// CSS, beside style_sheet().
std::string_view headers_style();

} // namespace relaytool::report
