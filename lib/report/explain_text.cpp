#include "diagnosis/catalogue.hpp"
#include "diagnosis/fill.hpp"
#include "report/explain.hpp"
#include "report/finding.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace relaytool::report {
namespace {

using diagnosis::Chapter;
using diagnosis::Finding;
using diagnosis::Rule;

/// What a reader of the catalogue sees the row by.
std::string recognised_by(const Rule& rule) {
    if (!rule.sample.empty()) return std::string(rule.sample);
    if (rule.when.local_error != 0) return fmt::format("0x{:08X}", rule.when.local_error);
    if (!rule.when.status.empty()) return std::string(rule.when.status);
    return std::string(rule.when.code);
}

std::string one_line(std::string_view text) {
    std::string out;
    for (const char c : text)
        out += c == '\n' ? ' ' : c;
    return out;
}

} // namespace

std::string explanation_text(const diagnosis::Explanation& explanation, const Style& style) {
    const Finding& finding = explanation.finding;
    std::string out = headline(finding, style) + "\n\n";
    out += labelled("Answer", without_diagnostics(explanation.input), style, Tone::strong);
    out += labelled("Server", explanation.reply.host, style);
    return out + advice(finding, style);
}

void Causes::add(diagnosis::Explanation explanation) {
    constexpr std::size_t max_causes =
        2000; // titles hold addresses: a hostile log could make one cause a line
    ++total_;
    std::string key = explanation.finding.id + '\n' + explanation.finding.title;
    if (causes_.size() >= max_causes && places_.count(key) == 0) key = explanation.finding.id;
    const auto [place, is_new] = places_.emplace(std::move(key), causes_.size());
    if (is_new) causes_.push_back({std::move(explanation), 0});
    ++causes_[place->second].times;
}

std::string Causes::text(const Style& style) const {
    if (total_ == 1) return explanation_text(causes_.front().first, style);
    std::vector<const Cause*> ranked;
    for (const Cause& cause : causes_)
        ranked.push_back(&cause);
    std::stable_sort(ranked.begin(), ranked.end(),
                     [](const Cause* a, const Cause* b) { return a->times > b->times; });
    std::string out = paint(fmt::format("{} texts", total_), Tone::strong, style) + ":\n";
    for (const Cause* cause : ranked)
        out += fmt::format("{:>6} {} {}\n", cause->times, sanitise("×", style),
                           wrap(sanitise(cause->first.finding.title, style), 9, 9, style));
    for (const Cause* cause : ranked)
        out += fmt::format(
            "\n{}\n{}", paint(std::string(std::min<std::size_t>(style.width, 72), '-'), Tone::quiet, style),
            explanation_text(cause->first, style));
    return out;
}

std::string rule_text(const Rule& rule, const Style& style) {
    const Finding finding = diagnosis::fill(rule, {});
    std::string out = headline(finding, style) + "\n\n";
    out += labelled("Category", to_string(rule.category), style);
    out += labelled("As in", recognised_by(rule), style);
    return out + advice(finding, style);
}

std::string catalogue_text(const Style& style) {
    std::string out;
    for (const Chapter& chapter : diagnosis::catalogue()) {
        out += fmt::format("{}{}\n", out.empty() ? "" : "\n", paint(chapter.title, Tone::strong, style));
        for (const Rule& rule : chapter.rows)
            out += fmt::format("  {:<40} {}\n", rule.id, sanitise(diagnosis::fill(rule, {}).title, style));
    }
    return out;
}

std::string catalogue_markdown() {
    std::string out =
        "# What relaytool knows\n\n"
        "Made by `relaytool explain --markdown` from the rows in lib/diagnosis; the tests compare the two.\n";
    for (const Chapter& chapter : diagnosis::catalogue()) {
        out += fmt::format("\n## {}\n", chapter.title);
        for (const Rule& rule : chapter.rows) {
            const Finding finding = diagnosis::fill(rule, {});
            out += fmt::format("\n### {}\n\n**{}** · {} · {}\n", rule.id, finding.title,
                               to_string(rule.category), who_acts(rule.owner));
            if (const std::string sample = recognised_by(rule); !sample.empty())
                out += fmt::format("\n    {}\n", one_line(sample));
            if (!finding.cause.empty()) out += fmt::format("\n{}\n", finding.cause);
            if (!finding.steps.empty()) out += '\n';
            std::size_t number = 0;
            for (const std::string& step : finding.steps)
                out += fmt::format("{}. {}\n", ++number, step);
            if (!rule.reference.empty()) out += fmt::format("\nReference: {}\n", rule.reference);
        }
    }
    return out;
}

} // namespace relaytool::report
