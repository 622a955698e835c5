#pragma once

#include <string>
#include <string_view>

namespace relaytool::mail {

/// A header value for people: unfolded, encoded words (RFC 2047) decoded, blanks between two of them dropped
/// (section 6.2), raw 8-bit bytes taken as UTF-8 or Windows-1252. Always valid UTF-8; a broken word stays as
/// it is.
std::string decode_header(std::string_view raw);

} // namespace relaytool::mail
