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

/// The row as a finding, filled with `seen`; evidence and permanence are left to the caller. Of a check's row
/// every placeholder becomes a name in angle brackets: check.hpp fills those.
Finding fill(const Rule& rule, const Seen& seen);

/// What a placeholder becomes: its value, "" when there is none that may be shown, nothing when there is no
/// placeholder of that name (PowerShell has braces too).
using ValueOf = std::function<std::optional<std::string>(std::string_view name)>;

/// The row as a finding, filled by `value_of`.
Finding fill_from(const Rule& rule, const ValueOf& value_of);

/// Safe inside a PowerShell or shell line without quotes.
bool is_pasteable(std::string_view value);

} // namespace relaytool::diagnosis
