#pragma once

#include "diagnosis/probe_verdict.hpp"
#include "report/style.hpp"
#include "smtp/transcript.hpp"

#include <string>

namespace relaytool::report {

/// For people: the verdict, the road step by step, what to do.
std::string probe_text(const diagnosis::ProbeVerdict& verdict, const Style& style);

/// One object on one line, without a line end (docs/json.md). `transcript` may be null.
std::string probe_json(const diagnosis::ProbeVerdict& verdict, const smtp::Transcript* transcript);

} // namespace relaytool::report
