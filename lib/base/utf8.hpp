#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace relaytool::encoding {

/// U+FFFD in UTF-8, for whatever cannot be decoded.
inline constexpr std::string_view replacement = "\xEF\xBF\xBD";

/// Well-formed UTF-8, RFC 3629 section 4: no overlong forms, surrogates, nor anything above U+10FFFF.
bool is_utf8(std::string_view bytes);

/// `bytes` with every ill-formed part made U+FFFD, one for each maximal subpart (Unicode 15 section 3.9). At
/// most three times as long.
std::string repair_utf8(std::string_view bytes);

/// One character of a text.
struct CodePoint {
    char32_t value = 0;
    std::size_t length = 1; ///< bytes
};

/// The character that begins at `at` < text.size() of well-formed UTF-8; U+FFFD of one byte where the text is
/// cut off.
CodePoint code_point_at(std::string_view text, std::size_t at);

/// Appends one code point, RFC 3629 section 3; U+FFFD for a surrogate or a number above U+10FFFF.
void append_utf8(std::string& out, char32_t code_point);

/// At most `limit` bytes of the beginning of a UTF-8 text, no character cut.
std::string_view beginning_of(std::string_view text, std::size_t limit);

/// Number of US-ASCII bytes `bytes` begins with.
std::size_t ascii_length(std::string_view bytes);

} // namespace relaytool::encoding
