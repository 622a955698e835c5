#pragma once

#include "diagnosis/finding.hpp"

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace relaytool::diagnosis {

/// What fills the placeholders of a row that a check of ours leads to: {domain}, {term}, {count}, … by name.
using Values = std::vector<std::pair<std::string_view, std::string>>;

/// The row of that id (one with Event::check) as a finding. Values are shown as they are when they are
/// printable ASCII without backticks; anything else (strangers publish them), and what is missing, appears as
/// its name in angle brackets. A step that speaks of a value which is there, but empty, is left out.
Finding finding_of(std::string_view rule_id, const Values& values, std::string evidence);

} // namespace relaytool::diagnosis
