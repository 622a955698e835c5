#include "report/html.hpp"

#include "base/utf8.hpp"
#include "report/style.hpp"

#include <fmt/format.h>

namespace relaytool::report {
namespace {

constexpr Style page_style{.colour = false, .unicode = true, .width = 1000};

/// Entities for what would be markup. The text is clean otherwise.
std::string escaped(std::string_view text) {
    std::string out;
    out.reserve(text.size());
    for (const char c : text) {
        switch (c) {
        case '&': out += "&amp;"; break;
        case '<': out += "&lt;"; break;
        case '>': out += "&gt;"; break;
        case '"': out += "&quot;"; break;
        case '\'': out += "&#39;"; break;
        default: out += c;
        }
    }
    return out;
}

} // namespace

std::string html_text(std::string_view text) {
    return escaped(sanitise(text, page_style));
}

std::string html_value(std::string_view text, std::size_t most) {
    const std::string_view shown = encoding::beginning_of(text, most);
    const std::string safe = escaped(sanitise_line(shown, page_style));
    if (shown.size() == text.size()) return fmt::format("<bdi>{}</bdi>", safe);
    return fmt::format("<bdi>{}</bdi><span class=\"cut\">… and {} more</span>", safe,
                       plural(text.size() - shown.size(), "octet"));
}

std::string html_cell(std::string_view text) {
    return fmt::format("<td>{}</td>", html_text(text));
}

std::string html_row(std::string_view name, std::string_view text) {
    return fmt::format("<tr><th scope=\"row\">{}</th>{}</tr>\n", html_text(name), html_cell(text));
}

std::string html_document(std::string_view title, std::string_view head, std::string_view body) {
    return fmt::format("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
                       "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
                       "{}<title>{}</title>\n</head>\n<body>\n{}</body>\n</html>\n",
                       head, html_text(title), body);
}

std::string_view style_sheet() {
    return ":root{color-scheme:light dark;--page:#fff;--ink:#1b1b1b;--line:#ddd;--quiet:#565656;--sheet:#f5f5f5;"
           "--link:#0b57d0}\n"
           "@media screen and (prefers-color-scheme:dark){:root{--page:#161616;--ink:#e6e6e6;--line:#444;--quiet:#ababab;"
           "--sheet:#222;--link:#8ab4f8}}\n"
           "body{font:16px/1.5 system-ui,sans-serif;margin:0;color:var(--ink);background:var(--page)}\n"
           "main{max-width:70rem;margin:0 auto;padding:1rem}\n"
           "table{border-collapse:collapse;width:100%}\n"
           "th,td{text-align:left;vertical-align:top;padding:.3rem .6rem;border-bottom:1px solid var(--line);"
           "overflow-wrap:anywhere}\n"
           "th{white-space:nowrap}\n"
           "pre{white-space:pre-wrap;overflow-wrap:anywhere;background:var(--sheet);padding:1rem}\n"
           "input,button{font:inherit;padding:.3rem .6rem}\n"
           "a{color:var(--link)}\n";
}

} // namespace relaytool::report
