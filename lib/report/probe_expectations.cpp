#include "mail/date.hpp"
#include "report/finding.hpp"
#include "report/probe.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace relaytool::report {
namespace {

using diagnosis::ExpectationLine;
using diagnosis::Met;
using diagnosis::ProbeVerdict;
using diagnosis::StepChange;

constexpr std::size_t longest_detail = 400; ///< octets of a server's words on one line

std::string short_line(const std::string& text, const Style& style) {
    std::string line = sanitise_line(without_diagnostics(text), style);
    if (line.size() <= longest_detail) return line;
    std::size_t end = longest_detail;
    while (end > 0 && (static_cast<unsigned char>(line[end]) & 0xC0u) == 0x80u)
        --end; // not in the middle of a character
    return line.substr(0, end) + (style.unicode ? "…" : "...");
}

std::string terms_that_are(Met met, const ProbeVerdict& verdict, const Style& style) {
    std::string text;
    for (const ExpectationLine& line : verdict.expectations)
        if (line.met == met)
            text += (text.empty() ? "" : "; ") + short_line(line.term + ": " + line.detail, style);
    return text;
}

std::string place_of_change(const StepChange& change, const Style& style) {
    std::string name(to_string(change.after.step));
    if (change.after.address.empty()) return name;
    return sanitise_line(fmt::format("{} <{}>", name, change.after.address), style);
}

} // namespace

std::string expectations_text(const ProbeVerdict& verdict, const Style& style) {
    const auto& lines = verdict.expectations;
    const auto met = std::count_if(lines.begin(), lines.end(),
                                   [](const ExpectationLine& line) { return line.met == Met::yes; });
    const std::string broken = terms_that_are(Met::no, verdict, style);
    const std::string open = terms_that_are(Met::unknown, verdict, style);
    if (!broken.empty()) return paint("NOT MET", Tone::bad, style) + ": " + broken + "\n";
    if (!open.empty()) return paint("CANNOT TELL", Tone::warning, style) + ": " + open + "\n";
    return paint("ok", Tone::good, style) +
           fmt::format(": {} of {} met\n", met, plural(lines.size(), "expectation"));
}

std::string dated_line(std::int64_t at, std::string_view line) {
    return fmt::format("{} {}", mail::to_rfc3339(at), line);
}

std::string changes_text(const diagnosis::ProbeChanges& changes, std::int64_t at, const Style& style) {
    const std::string time = mail::to_rfc3339(at);
    const std::string_view arrow = style.unicode ? "→" : "->";
    std::string out;
    for (const StepChange& change : changes.steps) {
        out += fmt::format("{} {}: {} {} {}", time, place_of_change(change, style),
                           to_string(change.before.verdict), arrow, to_string(change.after.verdict));
        if (!change.title.empty()) out += ": " + short_line(change.title, style);
        out += change.after.evidence.empty() ? "\n" : ": " + short_line(change.after.evidence, style) + "\n";
    }
    for (const diagnosis::Finding& finding : changes.come)
        out +=
            fmt::format("{} {}: {}\n", time, to_string(finding.severity), short_line(finding.title, style));
    for (const diagnosis::Finding& finding : changes.gone)
        out += fmt::format("{} no more: {}\n", time, short_line(finding.title, style));
    return out;
}

} // namespace relaytool::report
