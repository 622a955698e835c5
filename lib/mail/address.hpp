#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace relaytool::mail {

/// Longest address that is believed; RFC 5321 section 4.5.3.1 allows 64 + 1 + 255 octets.
inline constexpr std::size_t longest_address = 320;

/// Whether `text` is `local-part@domain` without white space or angle brackets. The domain may lack a dot
/// (old hosts in a LAN) and the local part may be quoted.
bool is_address(std::string_view text);

/// Whether `text` is an address that may stand in MAIL FROM:<> or RCPT TO:<>: without white space, control
/// characters and angle brackets even in a quoted local part, so that it cannot end the command (RFC 5321
/// section 4.1.2 allows blanks there; nobody has them).
bool is_envelope_address(std::string_view text);

/// The addresses of a header value such as `To: "A, B" <a@x>, b@y (c)` (RFC 5322 section 3.4), at most 100.
/// Names, comments, groups and routes (`<@relay:a@x>`) are dropped.
std::vector<std::string> read_addresses(std::string_view value);

/// The first address of a header value, or "".
std::string first_address(std::string_view value);

/// The first `<address>` or bare address in free text, with what stands around it cut off; an empty view when
/// there is none. Reaches into `text`.
std::string_view find_address(std::string_view text);

/// The part behind the last `@`, or "".
std::string_view domain_of(std::string_view address);

} // namespace relaytool::mail
