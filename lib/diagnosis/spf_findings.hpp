#pragma once

#include "diagnosis/finding.hpp"
#include "spf/evaluate.hpp"
#include "spf/lint.hpp"

#include <string_view>
#include <vector>

namespace relaytool::diagnosis {

/// The id of the row for a problem.
std::string_view id_of(spf::Problem problem);

/// What lint() found, in words.
std::vector<Finding> findings_of(const spf::Tree& tree, const std::vector<spf::Issue>& issues);

/// What one check means: why it ended so, and what to change.
Finding finding_of(const spf::Check& check);

} // namespace relaytool::diagnosis
