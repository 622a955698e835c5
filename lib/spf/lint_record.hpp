#pragma once

#include "spf/lint.hpp"

namespace relaytool::spf {

/// The part of lint() that needs no more than the text of one record (and what its terms came to).
void lint_record(const Tree& tree, std::vector<Issue>& issues);

} // namespace relaytool::spf
