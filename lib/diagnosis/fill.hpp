#pragma once

#include "diagnosis/match.hpp"

#include <string>
#include <string_view>

namespace relaytool::diagnosis {

/// Adds to `seen` what the reply's own words give away: who may not send as whom, which address is blocked.
void read_seen(std::string_view reply, Seen& seen);

/// `text` with its placeholders replaced by `seen`. What was not seen, and what is not plain enough to be
/// pasted into a shell (strangers write these values), becomes a name in angle brackets.
std::string fill(std::string_view text, const Seen& seen);

/// The row as a finding, filled with `seen`; evidence and permanence are left to the caller.
Finding fill(const Rule& rule, const Seen& seen);

} // namespace relaytool::diagnosis
