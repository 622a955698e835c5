#include "report/cell.hpp"
#include "report/finding.hpp"
#include "report/headers.hpp"
#include "report/headers_words.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace relaytool::report {
namespace {

using diagnosis::AuthLine;
using diagnosis::Finding;
using diagnosis::HeadersVerdict;
using diagnosis::Severity;
using route::Hop;
using route::Trust;

constexpr std::size_t most_hops = 40;   ///< that are drawn; of longer ways the first and the last
constexpr std::size_t narrow = 72;      ///< below it there is no chart
constexpr std::size_t chart_width = 10; ///< columns

Tone tone_of(Severity severity) {
    switch (severity) {
    case Severity::ok: return Tone::good;
    case Severity::info: return Tone::quiet;
    case Severity::warning: return Tone::warning;
    case Severity::error: return Tone::bad;
    }
    return Tone::plain;
}

/// The delays along the way as bars: the longest one is as long as the column is wide.
class Chart {
public:
    Chart(const std::vector<Hop>& hops, const Style& style) : style_(style) {
        for (const Hop& hop : hops)
            longest_ = std::max(longest_, hop.delay.value_or(0));
    }

    bool is_shown() const { return style_.width >= narrow && longest_ > 0; }

    std::string bar(const Hop& hop) const {
        const auto length = static_cast<std::size_t>(
            std::ceil(static_cast<double>(hop.delay.value_or(0)) * static_cast<double>(chart_width) /
                      static_cast<double>(std::max<std::int64_t>(longest_, 1))));
        std::string out;
        for (std::size_t i = 0; i < length; ++i)
            out += style_.unicode ? "█" : "#";
        return paint(out, Tone::command, style_) + std::string(chart_width - length, ' ');
    }

private:
    const Style& style_;
    std::int64_t longest_ = 0;
};

class RouteText {
public:
    RouteText(const route::Route& route, const Style& style)
        : hops_(route.hops), border_(route.border), chart_(route.hops, style), style_(style) {
        for (const Hop& hop : hops_)
            time_width_ = std::max(time_width_, delay_words(hop).size());
        indent_ = 2 + number_width() + 2 + (time_width_ > 0 ? time_width_ + 2 : 0) +
                  (chart_.is_shown() ? chart_width + 2 : 0);
        if (style.width < narrow) indent_ = 2 + number_width() + 2;
    }

    std::string text() const {
        std::string out;
        for (std::size_t i = 0; i < hops_.size(); ++i) {
            if (hops_.size() > most_hops && i == most_hops / 2) {
                const std::size_t left_out = hops_.size() - most_hops;
                out += paint(fmt::format("  ... {} more; --json has them all ...\n", left_out), Tone::quiet,
                             style_);
                i += left_out;
            }
            if (border_ == i && i > 0) out += boundary();
            out += hop_text(i);
        }
        const bool has_claims = std::any_of(hops_.begin(), hops_.end(),
                                            [](const Hop& hop) { return hop.trust == Trust::claimed; });
        if (has_claims)
            out += "  " + paint(fmt::format("? {}", trust_words(Trust::claimed)), Tone::quiet, style_) + "\n";
        return out;
    }

private:
    std::size_t number_width() const { return std::to_string(hops_.size()).size(); }

    std::string boundary() const {
        const std::string line = fmt::format("{0} {1} {0}", style_.unicode ? "──" : "--", border_words);
        return "  " + paint(line, Tone::quiet, style_) + "\n";
    }

    std::string hop_text(std::size_t i) const {
        const Hop& hop = hops_[i];
        const std::string time = delay_words(hop);
        std::string out =
            fmt::format("  {:>{}}{} ", i + 1, number_width(), hop.trust == Trust::claimed ? "?" : " ");
        if (style_.width >= narrow) {
            if (time_width_ > 0)
                out += paint(fmt::format("{:<{}}  ", time, time_width_),
                             has_wrong_clock(hop) ? Tone::warning : Tone::plain, style_);
            if (chart_.is_shown()) out += chart_.bar(hop) + "  ";
        } else if (!time.empty()) {
            out += time + "\n" + std::string(indent_, ' ');
        }
        // Where both do not fit, the name tells more than the address.
        const std::string_view name = hop.received.client_name();
        const std::string client = client_words(hop.received);
        const bool both_fit = name.empty() || indent_ + client.size() <= style_.width;
        out += shown(both_fit ? client : name, indent_) + "\n";
        const std::string protocol = protocol_words(hop.received);
        std::string server =
            fmt::format("{} {}", style_.unicode ? "→" : "->", shown(hop.received.by, indent_ + 3));
        const bool fits = indent_ + columns(server) + 2 + protocol.size() <= style_.width;
        if (!protocol.empty())
            server += (fits ? "  " : "\n" + std::string(indent_ + 2, ' ')) +
                      paint(shown(protocol, indent_ + 2), Tone::quiet, style_);
        return out + std::string(indent_, ' ') + server + "\n";
    }

    /// A stranger's words on what is left of the line behind `used` columns.
    std::string shown(std::string_view text, std::size_t used) const {
        if (text.empty()) return "not said";
        const std::size_t room = std::max<std::size_t>(style_.width - std::min(used, style_.width), 30);
        const auto lines = cell_lines(sanitise_line(text, Style{}), room, {1, style_.unicode ? "…" : "~"});
        return lines.empty() ? std::string{} : lines.front();
    }

    const std::vector<Hop>& hops_;
    std::optional<std::size_t> border_;
    Chart chart_;
    const Style& style_;
    std::size_t time_width_ = 0; ///< 0: no hop has a time to show
    std::size_t indent_ = 0;
};

std::string heading(std::string_view text, const Style& style) {
    return "\n" + paint(text, Tone::strong, style) + "\n";
}

std::string proof_line(const AuthLine& line, std::size_t domain_width, const Style& style) {
    const std::string_view mark = line.severity == Severity::info ? "-" : severity_word(line.severity);
    std::string out = "  " + paint(mark, tone_of(line.severity), style) + std::string(9 - mark.size(), ' ');
    out += fmt::format("{:<10}{:<10}", line.method, sanitise_line(line.result.substr(0, 20), Style{}));
    const std::string domain = sanitise_line(proof_domain(line), Style{});
    const std::string says = proof_words(line);
    out += fmt::format("{:<{}}  ", domain, domain_width);
    const std::size_t indent = style.width < narrow ? 11 : 33 + domain_width;
    const bool below = style.width < narrow || indent + 20 > style.width;
    if (!says.empty()) {
        const std::size_t margin = below ? 11 : indent;
        while (below && out.ends_with(' '))
            out.pop_back();
        if (below) out += "\n" + std::string(margin, ' ');
        out += wrap(sanitise_line(says, Style{}), margin, margin, style);
    }
    while (out.ends_with(' '))
        out.pop_back();
    return out + "\n";
}

std::string proofs_text(const HeadersVerdict& verdict, const Style& style) {
    std::string out = heading(sanitise_line(proofs_title(verdict), style), style);
    if (verdict.authentication.empty()) return out + fmt::format("  {}\n", no_proofs_words);
    std::size_t domain_width = 4;
    for (const AuthLine& line : verdict.authentication)
        domain_width = std::max(domain_width,
                                std::min<std::size_t>(sanitise_line(proof_domain(line), Style{}).size(), 40));
    for (const AuthLine& line : verdict.authentication)
        out += proof_line(line, domain_width, style);
    return out;
}

std::string filter_text(const HeadersVerdict& verdict, const Style& style) {
    const diagnosis::FilterVerdict& filter = verdict.filter;
    const std::string title = filter_title(filter);
    if (title.empty()) return {};
    std::string out = heading(sanitise_line(title, style), style);
    for (const diagnosis::FilterWord& word : filter.words) {
        if (!word.is_verdict) continue; // where it came from stands above; --json has all of it
        std::string line = fmt::format("  {:<10}{:<20}", sanitise_line(word.key, Style{}),
                                       sanitise_line(word.value, Style{}));
        if (!line.ends_with(' ')) line += "  ";
        const std::size_t used = columns(line);
        line += used + 20 > style.width ? "\n" + std::string(12, ' ') + wrap(word.says, 12, 12, style)
                                        : wrap(word.says, used, used, style);
        out += line + "\n";
    }
    return out;
}

std::string verdict_line(const HeadersVerdict& verdict, const Style& style) {
    const std::string title = sanitise_line(verdict_title(verdict), style) + ".";
    return paint(wrap(title, 0, 0, style), tone_of(worst_severity(verdict)), style) + "\n";
}

std::string message_text(const route::Headers& headers, const Style& style) {
    std::string out = "\n";
    for (const auto& [label, value] : message_lines(headers))
        out += labelled(label, value, style);
    return out;
}

/// The first one says what to do; what else is wrong mostly goes away with it, so it gets a line each.
std::string findings_text(const std::vector<Finding>& findings, const Style& style) {
    std::string out;
    for (const Finding& finding : findings) {
        if (finding.severity != Severity::error && finding.severity != Severity::warning) continue;
        if (out.empty()) {
            out = "\n" + headline(finding, style) + "\n" + advice(finding, style);
            continue;
        }
        if (&finding == &findings[1]) out += heading("What else is wrong", style);
        out += title_line(finding, style);
    }
    return out;
}

std::string one_text(const HeadersVerdict& verdict, const Style& style) {
    std::string out = verdict_line(verdict, style) + message_text(verdict.headers, style);
    if (!verdict.headers.route.hops.empty())
        out += heading("The way it went", style) + RouteText(verdict.headers.route, style).text();
    out += proofs_text(verdict, style) + filter_text(verdict, style);
    out += findings_text(verdict.findings, style);
    const std::string notes = notes_text(verdict.findings, style);
    return notes.empty() ? out : out + "\n" + notes;
}

} // namespace

std::string headers_line(const HeadersReport& report, const Style& style) {
    return fmt::format("{}: {}", paint(sanitise_line(report.source, style), Tone::strong, style),
                       paint(sanitise_line(verdict_title(report.verdict), style),
                             tone_of(worst_severity(report.verdict)), style));
}

std::string source_line(std::string_view source, const Style& style) {
    return paint(sanitise_line(source, style), Tone::quiet, style) + "\n";
}

std::string headers_text(const HeadersReport& report, const Style& style) {
    std::string out = one_text(report.verdict, style);
    for (const HeadersVerdict& original : report.originals)
        out += heading("--- The mail inside it ---", style) + "\n" + one_text(original, style);
    return out;
}

} // namespace relaytool::report
