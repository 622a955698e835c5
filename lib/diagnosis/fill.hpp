#pragma once

#include "diagnosis/match.hpp"

#include <functional>
#include <optional>
#include <string>
#include <string_view>

namespace relaytool::diagnosis {

/// Adds to `seen` what the reply's own words give away: who may not send as whom, which address is blocked.
void read_seen(std::string_view reply, Seen& seen);

/// `text` with its placeholders replaced by `seen`. What was not seen, and what is not plain enough to be
/// pasted into a shell (strangers write these values), becomes a name in angle brackets.
std::string fill(std::string_view text, const Seen& seen);

/// `text` with each placeholder replaced by what `look_up` gives for its name; where it gives nothing, the
/// braces stay (PowerShell has them too).
std::string fill_with(std::string_view text,
                      const std::function<std::optional<std::string>(std::string_view name)>& look_up);

/// Whether rows with Event::check may use that placeholder.
bool is_check_placeholder(std::string_view name);

/// The row as a finding, filled with `seen`; evidence and permanence are left to the caller.
Finding fill(const Rule& rule, const Seen& seen);

} // namespace relaytool::diagnosis
