#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace relaytool::mail {

/// Reads a mail date, RFC 5322 section 3.3 with the obsolete forms of 4.3 and what servers really write
/// (`29 Jun 20 17:51:32 -0700 (PDT)`, no seconds, no weekday, no zone, `Jun 29 17:51:32 2020`, `29-Jun-2020`,
/// ISO 8601, a zone such as `GMT+0200`, twelve-hour clocks). Seconds since 1970-01-01 UTC; nothing
/// when it is no date.
std::optional<std::int64_t> read_date(std::string_view text);

/// `2020-06-30T00:51:32Z` (RFC 3339).
std::string to_rfc3339(std::int64_t seconds);

/// `Tue, 30 Jun 2020 00:51:32 +0000` (RFC 5322 section 3.3), in the zone that many minutes east of UTC.
std::string to_rfc5322(std::int64_t seconds, int minutes_east = 0);

} // namespace relaytool::mail
