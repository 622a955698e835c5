#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace relaytool::mail {

/// A header value for people: unfolded, encoded words (RFC 2047) decoded, blanks between two of them dropped
/// (section 6.2), raw 8-bit bytes taken as UTF-8 or Windows-1252. Always valid UTF-8; a broken word stays as
/// it is.
std::string decode_header(std::string_view raw);

/// UTF-8 text as encoded words (RFC 2047 section 2) of at most 75 characters and of whole characters, to be
/// joined by blanks or folds: "Q" unless "B" is much shorter. The first word is short enough for what is
/// left of a line of 76 characters of which `used` are taken, if that is worth while.
std::vector<std::string> encode_words(std::string_view text, std::size_t used = 0);

} // namespace relaytool::mail
