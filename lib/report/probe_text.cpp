#include "base/place.hpp"
#include "report/cell.hpp"
#include "report/finding.hpp"
#include "report/probe.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace relaytool::report {
namespace {

using diagnosis::Finding;
using diagnosis::ProbeVerdict;
using diagnosis::Severity;
using diagnosis::StepLine;
using diagnosis::StepVerdict;

constexpr std::size_t mark_width = 9;
constexpr std::size_t name_width = 12;
constexpr std::size_t time_width = 7;
constexpr std::size_t narrow = 72; ///< below it the evidence stands under the step
constexpr std::size_t lines_of_good = 2;
constexpr std::size_t lines_of_bad = 6;

struct Mark {
    std::string_view word;
    Tone tone;
};

Mark mark_of(StepVerdict verdict) {
    switch (verdict) {
    case StepVerdict::ok: return {"ok", Tone::good};
    case StepVerdict::problem: return {"PROBLEM", Tone::bad};
    case StepVerdict::unknown: return {"?", Tone::warning};
    case StepVerdict::skipped: return {"-", Tone::quiet};
    }
    return {"", Tone::plain};
}

std::string time_words(std::chrono::microseconds time) {
    if (time.count() <= 0) return {};
    const double milliseconds = static_cast<double>(time.count()) / 1000;
    if (milliseconds >= 9999.5) return fmt::format("{:.1f} s", milliseconds / 1000);
    return milliseconds < 1 ? "<1 ms" : fmt::format("{:.0f} ms", milliseconds);
}

/// The same step again: its name stands once.
enum class Named { yes, no };

std::string step_line(const StepLine& line, Named named, const Style& style) {
    const bool is_narrow = style.width < narrow;
    const std::size_t indent = is_narrow ? 2 + mark_width : 2 + mark_width + name_width + time_width + 2;
    const Mark mark = mark_of(line.verdict);
    std::string out =
        "  " + paint(mark.word, mark.tone, style) + std::string(mark_width - mark.word.size(), ' ');
    const std::string name(named == Named::yes ? to_string(line.step) : "");
    out += fmt::format("{:<{}}{:>{}}", name, name_width, time_words(line.time), time_width);
    while (is_narrow && out.ends_with(' '))
        out.pop_back();
    const bool is_bad = line.verdict == StepVerdict::problem || line.verdict == StepVerdict::unknown;
    const Cut cut{is_bad ? lines_of_bad : lines_of_good, style.unicode ? "…" : "~"};
    bool is_first = true;
    // cell_lines counts octets: a server's words outside ASCII are shown as such in the JSON form.
    for (const std::string& text :
         cell_lines(sanitise_line(line.evidence, Style{}), style.width - indent, cut)) {
        out += is_first && !is_narrow ? "  " : "\n" + std::string(indent, ' ');
        out += line.verdict == StepVerdict::skipped ? paint(text, Tone::quiet, style) : text;
        is_first = false;
    }
    while (out.ends_with(' '))
        out.pop_back();
    return out + "\n";
}

/// Of the first step that is a problem; null when none is, or when it has none.
const Finding* finding_of_problem(const ProbeVerdict& verdict) {
    const auto line = std::find_if(verdict.steps.begin(), verdict.steps.end(),
                                   [](const StepLine& step) { return step.verdict == StepVerdict::problem; });
    if (line == verdict.steps.end()) return nullptr;
    const auto finding = std::find_if(verdict.findings.begin(), verdict.findings.end(),
                                      [&](const Finding& one) { return one.id == line->finding; });
    return finding == verdict.findings.end() ? nullptr : &*finding;
}

std::string verdict_line(const ProbeVerdict& verdict, const Style& style) {
    const std::string place = sanitise_line(place_of(verdict.facts.host, verdict.facts.port), style);
    const bool has_problem =
        !verdict.findings.empty() && verdict.findings.front().severity == Severity::error;
    if (has_problem) return headline(verdict.findings.front(), style);
    if (const Finding* finding = finding_of_problem(verdict)) return headline(*finding, style);
    if (verdict.verdict == StepVerdict::ok && verdict.facts.certificate_fault)
        return paint(
            wrap(fmt::format("Good but for the certificate, which was not demanded: all else that was tried "
                             "at {} works",
                             place),
                 0, 0, style),
            Tone::good, style);
    if (verdict.verdict == StepVerdict::ok)
        return paint(wrap(fmt::format("Good: everything that was tried at {} works", place), 0, 0, style),
                     Tone::good, style);
    return paint(wrap(fmt::format("Not everything about {} could be found out", place), 0, 0, style),
                 Tone::warning, style);
}

std::string finding_text(const Finding& finding, const Style& style) {
    return "\n" + headline(finding, style) + "\n" + advice(finding, style);
}

std::string walked_text(const probe::Facts& facts) {
    const auto sent = static_cast<std::size_t>(
        std::count_if(facts.senders.begin(), facts.senders.end(), [](const probe::SenderTrial& sender) {
            return sender.message && sender.message->fate == smtp::Fate::accepted;
        }));
    const bool tried_smuggling = facts.exposure && facts.exposure->tried_smuggling;
    return fmt::format("Walked in {}; {}.", time_words(facts.time),
                       sent > 0          ? plural(sent, "test message") + " sent"
                       : tried_smuggling ? "a test message was begun (--deep)"
                                         : "no message was sent");
}

} // namespace

std::string probe_text(const ProbeVerdict& verdict, const Style& style) {
    std::string out = verdict_line(verdict, style) + "\n\n";
    const StepLine* before = nullptr;
    for (const StepLine& line : verdict.steps) {
        out +=
            step_line(line, before != nullptr && before->step == line.step ? Named::no : Named::yes, style);
        before = &line;
    }
    out += "\n  " + walked_text(verdict.facts) + "\n";
    const auto errors = static_cast<std::size_t>(
        std::count_if(verdict.findings.begin(), verdict.findings.end(),
                      [](const Finding& finding) { return finding.severity == Severity::error; }));
    if (errors > 0) out += advice(verdict.findings.front(), style);
    // Whoever has a broken road to mend wants to read of nothing else: the rest is a line each.
    for (std::size_t i = errors > 0 ? 1 : 0; i < verdict.findings.size(); ++i) {
        const Finding& finding = verdict.findings[i];
        const bool is_warning = finding.severity == Severity::warning;
        if (finding.severity == Severity::error || (is_warning && errors == 0))
            out += finding_text(finding, style);
        else if (is_warning)
            out += (i == errors ? "\n" : "") + title_line(finding, style);
    }
    const std::string notes = notes_text(verdict.findings, style);
    return notes.empty() ? out : out + "\n" + notes;
}

} // namespace relaytool::report
