#include "report/cell.hpp"
#include "report/finding.hpp"
#include "report/paths.hpp"

#include <fmt/format.h>

namespace relaytool::report {
namespace {

using diagnosis::PathLine;
using diagnosis::PathNeeds;
using diagnosis::PathsVerdict;
using diagnosis::StepVerdict;

std::string_view mark_of(StepVerdict verdict) {
    switch (verdict) {
    case StepVerdict::ok: return "works";
    case StepVerdict::problem: return "does not work";
    case StepVerdict::unknown:
    case StepVerdict::skipped: break;
    }
    return "not known";
}

Tone tone_of(StepVerdict verdict) {
    return verdict == StepVerdict::ok        ? Tone::good
           : verdict == StepVerdict::problem ? Tone::bad
                                             : Tone::warning;
}

std::string path_text(const PathLine& line, const Style& style) {
    const PathNeeds& needs = diagnosis::needs_of(line.path);
    const std::string place = line.place.empty() ? "" : " (" + sanitise_line(line.place, style) + ")";
    std::string out = fmt::format("\n{}{}: {}\n", paint(needs.title, Tone::strong, style), place,
                                  paint(mark_of(line.verdict), tone_of(line.verdict), style));
    out += labelled("Seen", line.evidence, style);
    out += labelled("Login", needs.login, style, Tone::quiet);
    out += labelled("Address", needs.address, style, Tone::quiet);
    out += labelled("Reaches", needs.recipients, style, Tone::quiet);
    out += labelled("Sender", needs.sender, style, Tone::quiet);
    return out + labelled("TLS", needs.encryption, style, Tone::quiet);
}

std::string verdict_line(const PathsVerdict& verdict, const Style& style) {
    if (!verdict.recommended) return paint("No way to recommend: " + verdict.why, Tone::bad, style);
    const bool works =
        verdict.lines[static_cast<std::size_t>(*verdict.recommended)].verdict == StepVerdict::ok;
    return paint(wrap(fmt::format("Take {}: {}", to_string(*verdict.recommended), verdict.why), 0, 0, style),
                 works ? Tone::good : Tone::warning, style);
}

} // namespace

std::string paths_text(const PathsVerdict& verdict, const Style& style) {
    std::string out = verdict_line(verdict, style) + "\n";
    for (const PathLine& line : verdict.lines)
        out += path_text(line, style);
    for (const diagnosis::Finding& finding : verdict.findings)
        out += "\n" + headline(finding, style) + "\n" + advice(finding, style);
    return out;
}

} // namespace relaytool::report
