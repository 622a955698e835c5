#include "diagnosis/check.hpp"

#include "diagnosis/catalogue.hpp"
#include "diagnosis/fill.hpp"

#include <algorithm>

namespace relaytool::diagnosis {
namespace {

constexpr std::string_view words[] = {"domain",   "host",   "ip",    "name",  "type",   "tag",
                                      "selector", "target", "count", "limit", "number", "provider",
                                      "include",  "before", "after", "from",  "to"};
constexpr std::string_view texts[] = {"record",  "term",       "expected", "found",  "value",
                                      "chain",   "policy",     "range",    "list",   "why",
                                      "subject", "correction", "detail",   "carrier"};

constexpr std::size_t longest_text = 4096;

bool is_printable(std::string_view value) {
    return !value.empty() && value.size() <= longest_text &&
           std::all_of(value.begin(), value.end(), [](char c) { return c >= ' ' && c <= '~' && c != '`'; });
}

bool speaks_of_nothing(std::string_view step, const Values& values) {
    return std::any_of(values.begin(), values.end(), [&](const auto& value) {
        return value.second.empty() &&
               step.find("{" + std::string(value.first) + "}") != std::string_view::npos;
    });
}

/// Steps about a value that is known to be empty have nothing to say.
void leave_out_steps(std::string_view rule_id, const Values& values, std::vector<std::string>& steps) {
    const Rule* rule = find_rule(rule_id);
    if (rule == nullptr) return;
    std::vector<std::string> kept;
    const std::span<const std::string_view> templates = steps_of(*rule);
    for (std::size_t i = 0; i < steps.size(); ++i)
        if (!speaks_of_nothing(templates[i], values)) kept.push_back(std::move(steps[i]));
    steps = std::move(kept);
}

} // namespace

Placeholder placeholder_of(std::string_view name) {
    if (std::find(std::begin(words), std::end(words), name) != std::end(words)) return Placeholder::word;
    if (std::find(std::begin(texts), std::end(texts), name) != std::end(texts)) return Placeholder::text;
    return Placeholder::none;
}

Finding finding_of(std::string_view rule_id, const Values& values, std::string evidence) {
    Finding finding;
    finding.id = rule_id;
    finding.title = rule_id;
    if (const Rule* rule = find_rule(rule_id))
        finding = fill_from(*rule, [&](std::string_view name) -> std::optional<std::string> {
            const Placeholder kind = placeholder_of(name);
            if (kind == Placeholder::none) return std::nullopt;
            const auto found = std::find_if(values.begin(), values.end(),
                                            [&](const auto& value) { return value.first == name; });
            if (found == values.end()) return std::string{};
            const bool safe =
                kind == Placeholder::word ? is_pasteable(found->second) : is_printable(found->second);
            return safe ? found->second : std::string{};
        });
    leave_out_steps(rule_id, values, finding.steps);
    finding.evidence = std::move(evidence);
    return finding;
}

} // namespace relaytool::diagnosis
