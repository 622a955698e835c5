#pragma once

#include "diagnosis/paths_verdict.hpp"
#include "report/style.hpp"

#include <string>

namespace relaytool::report {

/// For people: which way to take and why, how each does from here, what each needs.
std::string paths_text(const diagnosis::PathsVerdict& verdict, const Style& style);

/// One object on one line, without a line end (docs/json.md).
std::string paths_json(const diagnosis::PathsVerdict& verdict);

} // namespace relaytool::report
