#include "report/headers_page.hpp"

#include "report/headers.hpp"
#include "report/headers_words.hpp"
#include "report/html.hpp"
#include "report/style.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace relaytool::report {
namespace {

using diagnosis::HeadersVerdict;
using diagnosis::Severity;

constexpr std::size_t most_in_full = 200;            ///< messages
constexpr std::size_t most_listed = 5000;            ///< messages
constexpr std::size_t most_octets = 8 * 1024 * 1024; ///< once a page has these, what follows is only listed

/// Nothing is loaded, nothing runs, nothing is sent. Telephones make no links of numbers.
std::string head() {
    return fmt::format(
        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; img-src 'none'; "
        "style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'\">\n"
        "<meta name=\"referrer\" content=\"no-referrer\">\n"
        "<meta name=\"color-scheme\" content=\"light dark\">\n"
        "<meta name=\"format-detection\" content=\"telephone=no, address=no, email=no, date=no\">\n"
        "<style>\n{}{}</style>\n",
        style_sheet(), headers_style());
}

std::string message_table(const route::Headers& headers) {
    std::string out;
    for (const auto& [label, value] : message_lines(headers))
        out += fmt::format("<tr><th scope=\"row\">{}</th><td>{}</td></tr>\n", label, html_value(value, 1000));
    return out.empty() ? out : "<table class=\"message\">\n" + out + "</table>\n";
}

/// The first finding that is wrong says what to do, far below.
std::string way_to_findings(const HeadersVerdict& verdict, const PagePlace& place) {
    if (verdict.findings.empty() || verdict.is_good()) return {};
    return fmt::format("<p><a href=\"#{}-do\">What to do</a></p>\n", place.id);
}

/// All about one header.
std::string message_html(const HeadersVerdict& verdict, const PagePlace& place) {
    const PagePlace below = place.below();
    return html_heading(
               place.level,
               fmt::format("{} {}.", html_mark(worst_severity(verdict)), html_value(verdict_title(verdict))),
               place.id + "-title") +
           message_table(verdict.headers) + way_to_findings(verdict, place) + route_part(verdict, below) +
           evidence_part(verdict, below) + proofs_part(verdict, below) + filter_part(verdict, below) +
           findings_part(verdict, below);
}

class HeadersPage {
public:
    explicit HeadersPage(const std::vector<HeadersReport>& reports) : reports_(reports) {}

    std::string html() {
        const PagePlace place{"m1", reports_.size() == 1 ? 1 : 2};
        std::string full;
        for (in_full_ = 0; in_full_ < std::min(reports_.size(), most_in_full); ++in_full_) {
            if (full.size() > most_octets) break;
            full += article(reports_[in_full_], {fmt::format("m{}", in_full_ + 1), place.level}, full.size());
        }
        const std::string title = reports_.size() == 1 ? verdict_title(reports_.front().verdict)
                                                       : plural(reports_.size(), "message");
        return html_document(
            title + " - relaytool headers", head(),
            fmt::format("<main id=\"top\">\n{}{}</main>\n"
                        "<footer class=\"quiet\">Written by <code>relaytool headers --html</code>. "
                        "This page loads nothing and runs nothing.</footer>\n",
                        overview(), full));
    }

private:
    std::string article(const HeadersReport& report, const PagePlace& place, std::size_t octets) const {
        std::string out = fmt::format(
            "<article id=\"{0}\" aria-labelledby=\"{0}-title\">\n<p class=\"quiet\">{1}{2}</p>\n", place.id,
            html_value(report.source), reports_.size() == 1 ? "" : " · <a href=\"#top\">all messages</a>");
        out += message_html(report.verdict, place);
        const std::size_t count = report.originals.size();
        for (std::size_t i = 0; i < count; ++i) {
            if (octets + out.size() > most_octets) return out + html_left_out(count, i) + "</article>\n";
            const PagePlace inner{fmt::format("{}-inside{}", place.id, i + 1), place.level + 1};
            out += fmt::format("<article class=\"inside\" id=\"{0}\" aria-labelledby=\"{0}-title\">\n"
                               "<p class=\"quiet\">The mail inside it{1}</p>\n{2}</article>\n",
                               inner.id, count == 1 ? "" : fmt::format(", {} of {}", i + 1, count),
                               message_html(report.originals[i], inner));
        }
        return out + "</article>\n";
    }

    /// A line for each message, where there are several.
    std::string overview() const {
        if (reports_.size() == 1) return {};
        std::string out =
            fmt::format("<h1>{}</h1>\n<p>{}</p>\n", plural(reports_.size(), "message"), counts());
        if (in_full_ < reports_.size())
            out +=
                fmt::format("<p><b>The first {} stand here in full.</b> Of the others there is a line each; "
                            "<code>--json</code> has all about them.</p>\n",
                            in_full_);
        out += "<nav aria-label=\"Messages\">\n<ol class=\"overview\">\n";
        const std::size_t listed = std::min(reports_.size(), most_listed);
        for (std::size_t i = 0; i < listed; ++i)
            out += overview_line(i);
        return out + "</ol>\n" + html_left_out(reports_.size(), listed) + "</nav>\n";
    }

    std::string overview_line(std::size_t i) const {
        const HeadersVerdict& verdict = reports_[i].verdict;
        std::string title = html_value(verdict_title(verdict));
        if (i < in_full_) title = fmt::format("<a href=\"#m{}\">{}</a>", i + 1, title);
        std::string rest;
        for (const std::string& part :
             {mailbox_words(verdict.headers.people.from), verdict.headers.subject, reports_[i].source})
            if (!part.empty()) rest += (rest.empty() ? "" : " · ") + html_value(part, 100);
        return fmt::format("<li>{} {}<br><span class=\"quiet\">{}</span></li>\n",
                           html_mark(worst_severity(verdict)), title, rest);
    }

    std::string counts() const {
        std::string out;
        for (const Severity severity : {Severity::error, Severity::warning, Severity::ok}) {
            const auto count =
                std::count_if(reports_.begin(), reports_.end(), [&](const HeadersReport& report) {
                    return worst_severity(report.verdict) == severity;
                });
            if (count > 0) out += fmt::format("{}{} {}", out.empty() ? "" : " ", count, html_mark(severity));
        }
        return out;
    }

    const std::vector<HeadersReport>& reports_;
    std::size_t in_full_ = 0;
};

} // namespace

std::string html_heading(int level, std::string_view html, std::string_view id) {
    const std::string anchor = id.empty() ? std::string{} : fmt::format(" id=\"{}\"", id);
    return fmt::format("<h{0}{1}>{2}</h{0}>\n", std::min(level, 6), anchor, html);
}

std::string html_mark(Severity severity) {
    return fmt::format("<span class=\"mark {}\">{}</span>", to_string(severity), severity_word(severity));
}

std::string headers_page(const std::vector<HeadersReport>& reports) {
    return HeadersPage(reports).html();
}

} // namespace relaytool::report
