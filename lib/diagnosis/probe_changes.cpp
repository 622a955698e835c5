#include "diagnosis/probe_changes.hpp"

#include <algorithm>
#include <string>

namespace relaytool::diagnosis {
namespace {

const StepLine* line_like(const StepLine& line, const std::vector<StepLine>& lines) {
    const auto found = std::find_if(lines.begin(), lines.end(), [&](const StepLine& other) {
        return other.step == line.step && other.address == line.address;
    });
    return found == lines.end() ? nullptr : &*found;
}

bool is_change(const StepLine& before, const StepLine& after) {
    if (before.verdict != after.verdict) return true;
    return after.verdict == StepVerdict::problem && before.finding != after.finding;
}

StepLine absent(const StepLine& like) {
    StepLine line;
    line.step = like.step;
    line.address = like.address;
    return line;
}

std::string title_of(const StepLine& line, const std::vector<Finding>& findings) {
    const auto found = std::find_if(findings.begin(), findings.end(),
                                    [&](const Finding& finding) { return finding.id == line.finding; });
    return line.finding.empty() || found == findings.end() ? std::string{} : found->title;
}

/// Findings in `some` that are not in `others`, and that no changed step tells about.
std::vector<Finding> difference(const std::vector<Finding>& some, const std::vector<Finding>& others,
                                const std::vector<StepChange>& steps) {
    std::vector<Finding> result;
    for (const Finding& finding : some) {
        const auto is_same = [&](const Finding& other) { return other.id == finding.id; };
        const bool is_told = std::any_of(steps.begin(), steps.end(), [&](const StepChange& change) {
            return change.before.finding == finding.id || change.after.finding == finding.id;
        });
        if (is_told || std::any_of(others.begin(), others.end(), is_same) ||
            std::any_of(result.begin(), result.end(), is_same))
            continue;
        result.push_back(finding);
    }
    return result;
}

} // namespace

ProbeChanges changes_between(const ProbeVerdict& before, const ProbeVerdict& after) {
    ProbeChanges changes;
    for (const StepLine& line : after.steps) {
        const StepLine* earlier = line_like(line, before.steps);
        const StepLine was = earlier == nullptr ? absent(line) : *earlier;
        if (is_change(was, line)) changes.steps.push_back({was, line, title_of(line, after.findings)});
    }
    for (const StepLine& line : before.steps)
        if (line_like(line, after.steps) == nullptr && is_change(line, absent(line)))
            changes.steps.push_back({line, absent(line), {}});
    std::stable_sort(changes.steps.begin(), changes.steps.end(),
                     [](const StepChange& a, const StepChange& b) { return a.after.step < b.after.step; });
    changes.come = difference(after.findings, before.findings, changes.steps);
    changes.gone = difference(before.findings, after.findings, changes.steps);
    return changes;
}

} // namespace relaytool::diagnosis
