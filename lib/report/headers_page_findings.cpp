#include "report/finding.hpp"
#include "report/headers_page.hpp"
#include "report/headers_words.hpp"
#include "report/html.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace relaytool::report {
namespace {

using diagnosis::Finding;
using diagnosis::HeadersVerdict;
using diagnosis::Severity;

/// A sentence; what stands between backticks is to be typed.
std::string sentence(std::string_view text) {
    std::string out;
    while (!text.empty()) {
        const Piece piece = take_piece(text);
        out +=
            piece.is_command ? fmt::format("<code>{}</code>", html_text(piece.text)) : html_text(piece.text);
    }
    return out;
}

std::string finding_html(const Finding& finding, const PagePlace& place) {
    std::string out = fmt::format("<div class=\"finding {}\">\n", to_string(finding.severity)) +
                      html_heading(place.level, fmt::format("{} {}", html_mark(finding.severity),
                                                            html_text(finding.title)));
    if (!finding.cause.empty()) out += fmt::format("<p>{}</p>\n", sentence(finding.cause));
    out += fmt::format("<p><b>Whose move:</b> {}</p>\n", html_text(who_acts(finding.owner)));
    if (!finding.steps.empty()) {
        out += "<ol>\n";
        for (const std::string& step : finding.steps)
            out += fmt::format("<li>{}</li>\n", sentence(step));
        out += "</ol>\n";
    }
    if (!finding.evidence.empty())
        out +=
            fmt::format("<p class=\"quiet\">Seen: <code>{}</code></p>\n", html_value(finding.evidence, 1000));
    const std::string source = finding.reference.empty() ? std::string{} : html_text(finding.reference) + " ";
    return out + fmt::format("<p class=\"quiet\">More: {}[{}]</p>\n</div>\n", source, html_text(finding.id));
}

bool is_wrong(const Finding& finding) {
    return finding.severity == Severity::error || finding.severity == Severity::warning;
}

} // namespace

std::string findings_part(const HeadersVerdict& verdict, const PagePlace& place) {
    std::string wrong;
    std::string rest;
    std::string notes;
    const std::size_t shown = std::min(verdict.findings.size(), most_page_rows);
    for (std::size_t i = 0; i < shown; ++i) {
        const Finding& finding = verdict.findings[i];
        std::string& part = !is_wrong(finding) ? notes : wrong.empty() ? wrong : rest;
        part += finding_html(finding, place.below());
    }
    std::string out;
    if (!wrong.empty()) out += html_heading(place.level, "What to do", place.id + "-do") + wrong;
    if (!rest.empty()) out += html_heading(place.level, "What else is wrong") + rest;
    if (!notes.empty()) out += html_heading(place.level, "Worth knowing") + notes;
    return out + html_left_out(verdict.findings.size(), shown);
}

} // namespace relaytool::report
