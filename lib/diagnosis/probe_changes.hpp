#pragma once

#include "diagnosis/probe_verdict.hpp"

#include <string>
#include <vector>

namespace relaytool::diagnosis {

/// A step that fares differently, or fails for another reason.
struct StepChange {
    StepLine before;   ///< skipped when there was no such line
    StepLine after;    ///< the same
    std::string title; ///< of the finding of `after`; "" when it has none
};

/// What is different between two looks at one server. Times and a server's words change all the time and do
/// not count.
struct ProbeChanges {
    std::vector<StepChange> steps; ///< in the order of the road
    std::vector<Finding> come;     ///< those that belong to none of these steps
    std::vector<Finding> gone;     ///< the same

    bool empty() const { return steps.empty() && come.empty() && gone.empty(); }
};

ProbeChanges changes_between(const ProbeVerdict& before, const ProbeVerdict& after);

} // namespace relaytool::diagnosis
