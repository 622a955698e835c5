#include "sandbox/scenario.hpp"

#include "base/ascii.hpp"

#include <utility>
#include <vector>

namespace relaytool::sandbox {
namespace {

using smtp::Step;

constexpr std::pair<Step, std::string_view> step_names[] = {
    {Step::connect, "connect"}, {Step::hello, "helo"}, {Step::starttls, "starttls"},
    {Step::tls, "tls"},         {Step::auth, "auth"},  {Step::mail, "mail"},
    {Step::rcpt, "rcpt"},       {Step::data, "data"},  {Step::message, "dot"},
};

} // namespace

std::span<const Scenario> scenarios() {
    static const std::vector<Scenario> all = [] {
        std::vector<Scenario> rows;
        for (const std::span<const Scenario> part : {submission_scenarios(), mx_scenarios()})
            rows.insert(rows.end(), part.begin(), part.end());
        return rows;
    }();
    return all;
}

const Scenario* find_scenario(std::string_view name) {
    for (const Scenario& scenario : scenarios())
        if (ascii::iequals(scenario.name, name)) return &scenario;
    return nullptr;
}

const Scenario* scenario_of_address(std::string_view address) {
    return find_scenario(address.substr(0, address.rfind('@')));
}

std::string_view to_string(Step step) {
    for (const auto& [known, word] : step_names)
        if (known == step) return word;
    return {};
}

std::optional<Step> step_from(std::string_view word) {
    for (const auto& [step, known] : step_names)
        if (ascii::iequals(known, word)) return step;
    return std::nullopt;
}

} // namespace relaytool::sandbox
