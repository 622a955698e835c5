#include "report/headers_page.hpp"
#include "report/headers_words.hpp"
#include "report/html.hpp"
#include "report/style.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace relaytool::report {
namespace {

using diagnosis::AuthLine;
using diagnosis::FilterWord;
using diagnosis::HeadersVerdict;

std::string value(std::string_view text) {
    return text.empty() ? std::string{} : html_value(text);
}

std::string value_cell(std::string_view text) {
    return fmt::format("<td>{}</td>", value(text));
}

/// Narrow pages show a row as lines below each other; without roles it would be no row for a screen reader
/// then.
std::string proof_cell(std::string_view html) {
    return fmt::format("<td role=\"cell\">{}</td>", html);
}

std::string proof_row(const AuthLine& line) {
    return fmt::format("<tr role=\"row\"><th scope=\"row\" role=\"rowheader\">{}</th>{}{}{}</tr>\n",
                       html_value(line.method),
                       proof_cell(html_mark(line.severity) + " " + value(line.result)),
                       proof_cell(value(proof_domain(line))), proof_cell(value(proof_words(line))));
}

std::string proof_heads() {
    std::string out;
    for (const std::string_view name : {"Proof", "Result", "Domain", "What it means"})
        out += fmt::format("<th scope=\"col\" role=\"columnheader\">{}</th>", name);
    return out;
}

std::string filter_row(const FilterWord& word) {
    return fmt::format("<tr><th scope=\"row\">{}</th>{}{}</tr>\n", html_value(word.key),
                       value_cell(word.value), value_cell(word.says));
}

} // namespace

std::string html_left_out(std::size_t size, std::size_t shown) {
    if (size <= shown) return {};
    return fmt::format("<p class=\"quiet\">{} more; --json has them all.</p>\n", size - shown);
}

std::string proofs_part(const HeadersVerdict& verdict, const PagePlace& place) {
    std::string out = html_heading(place.level, html_value(proofs_title(verdict)));
    if (verdict.authentication.empty()) return out + fmt::format("<p>{}</p>\n", no_proofs_words);
    out += fmt::format("<table class=\"proofs\" role=\"table\">\n<thead role=\"rowgroup\"><tr "
                       "role=\"row\">{}</tr></thead>\n<tbody role=\"rowgroup\">\n",
                       proof_heads());
    const std::size_t shown = std::min(verdict.authentication.size(), most_page_rows);
    for (std::size_t i = 0; i < shown; ++i)
        out += proof_row(verdict.authentication[i]);
    return out + "</tbody>\n</table>\n" + html_left_out(verdict.authentication.size(), shown);
}

std::string filter_part(const HeadersVerdict& verdict, const PagePlace& place) {
    const std::string title = filter_title(verdict.filter);
    if (title.empty()) return {};
    std::string judged;
    std::string told;
    const std::size_t shown = std::min(verdict.filter.words.size(), most_page_rows);
    for (std::size_t i = 0; i < shown; ++i) {
        const FilterWord& word = verdict.filter.words[i];
        (word.is_verdict ? judged : told) += filter_row(word);
    }
    std::string out = html_heading(place.level, html_value(title));
    if (!verdict.filter.says.empty()) out += fmt::format("<p>{}</p>\n", html_value(verdict.filter.says));
    if (judged.empty() && told.empty()) return out;
    out += "<table class=\"words\">\n<thead><tr><th scope=\"col\">Entry</th><th scope=\"col\">Value</th>"
           "<th scope=\"col\">What it means</th></tr></thead>\n";
    if (!judged.empty()) out += "<tbody>\n" + judged + "</tbody>\n";
    if (!told.empty())
        out +=
            "<tbody class=\"quiet\">\n<tr><th colspan=\"3\" scope=\"rowgroup\">Where it came from</th></tr>\n" +
            told + "</tbody>\n";
    return out + "</table>\n" + html_left_out(verdict.filter.words.size(), shown);
}

} // namespace relaytool::report
