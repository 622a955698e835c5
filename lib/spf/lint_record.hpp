#pragma once

#include "spf/lint.hpp"

namespace relaytool::spf {

/// The part of lint() that needs no more than the text of one record (and what its terms came to).
void lint_record(const Tree& tree, std::vector<Issue>& issues);

/// Whether no mail can come from there: all of it private or reserved. The documentation's blocks count as
/// public, since examples use them.
bool is_private(const ip::Network& network);

} // namespace relaytool::spf
