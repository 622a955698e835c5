#pragma once

#include "commands/probe_output.hpp"
#include "context.hpp"
#include "diagnosis/probe_verdict.hpp"

#include <chrono>
#include <functional>
#include <string>

namespace relaytool::cli {

/// One look at the server.
struct Look {
    diagnosis::ProbeVerdict verdict;
    std::string shown; ///< in the form that was asked for
};

/// Looks again and again, `pause` between two looks, until Ctrl-C. Text: the first answer in full, then a
/// line for each change; the other forms: each answer.
Exit watch(std::chrono::milliseconds pause, const ProbeOutput& output,
           const std::function<Result<Look>()>& look, Context& context);

} // namespace relaytool::cli
