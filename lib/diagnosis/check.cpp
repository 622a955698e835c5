#include "diagnosis/check.hpp"

#include "diagnosis/catalogue.hpp"
#include "diagnosis/fill.hpp"

#include <algorithm>

namespace relaytool::diagnosis {
namespace {

/// Safe to show inside a step, and to paste into a form: not into a shell.
bool is_showable(std::string_view value) {
    constexpr std::size_t longest = 2000;
    return !value.empty() && value.size() <= longest &&
           std::all_of(value.begin(), value.end(), [](char c) { return c >= ' ' && c <= '~' && c != '`'; });
}

const std::string* find(const Values& values, std::string_view name) {
    const auto found =
        std::find_if(values.begin(), values.end(), [&](const auto& value) { return value.first == name; });
    return found == values.end() ? nullptr : &found->second;
}

bool speaks_of_nothing(std::string_view step, const Values& values) {
    return std::any_of(values.begin(), values.end(), [&](const auto& value) {
        return value.second.empty() &&
               step.find("{" + std::string(value.first) + "}") != std::string_view::npos;
    });
}

} // namespace

Finding finding_of(std::string_view rule_id, const Values& values, std::string evidence) {
    Finding finding;
    finding.id = rule_id;
    finding.evidence = std::move(evidence);
    const Rule* rule = find_rule(rule_id);
    if (rule == nullptr) return finding;
    const auto look_up = [&](std::string_view name) -> std::optional<std::string> {
        const std::string* value = find(values, name);
        if (value == nullptr && !is_check_placeholder(name)) return std::nullopt;
        return value != nullptr && is_showable(*value) ? *value : "<" + std::string(name) + ">";
    };
    finding.category = rule->category;
    finding.severity = rule->severity;
    finding.owner = rule->owner;
    finding.title = fill_with(rule->title, look_up);
    finding.cause = fill_with(rule->cause, look_up);
    for (const std::string_view step : steps_of(*rule))
        if (!speaks_of_nothing(step, values)) finding.steps.push_back(fill_with(step, look_up));
    finding.reference = rule->reference;
    return finding;
}

} // namespace relaytool::diagnosis
