#pragma once

#include "spf/lint.hpp"

namespace relaytool::spf {

/// The part of lint() that needs no more than the text of one record (and what its terms came to).
void lint_record(const Tree& tree, std::vector<Issue>& issues);

/// A TXT record that was meant to be an SPF record and is none: `v=spf1ip4:…`, a blank or quote in front. Not
/// one of Sender ID.
bool is_almost_a_record(std::string_view text);

} // namespace relaytool::spf
