#pragma once

#include "base/utf8.hpp"

#include <string>
#include <string_view>

namespace relaytool::encoding {

/// `bytes` in the charset a message names (RFC 2045 section 5.1, RFC 2046 section 4.1.2, RFC 2047 section 2)
/// as UTF-8. Always valid UTF-8, without a byte order mark, at most three times as long; what cannot be
/// decoded becomes U+FFFD.
///
/// Names are taken as mail has them: any case, quoted, `x-` or `cs` before them, an RFC 2231 language after
/// them, Windows and IBM code pages by number. A name may stand for its superset, as in browsers: ISO-8859-1
/// is Windows-1252, GB2312 is GB18030, Shift_JIS is cp932. Where the name says nothing (missing, US-ASCII,
/// `default`, `x-unknown`, `unknown-8bit`, never heard of) the bytes are UTF-8 when they are valid, else
/// Windows-1252.
std::string to_utf8(std::string_view bytes, std::string_view charset);

/// A whole file as the user's editor or shell wrote it: UTF-16 (by its byte order mark, or beyond reasonable
/// doubt without one) becomes UTF-8, a UTF-8 mark is dropped; all else stays as it is, byte for byte, for
/// mail in it declares its charsets itself.
std::string decode_text_file(std::string_view bytes);

} // namespace relaytool::encoding
