#pragma once

#include <string>
#include <string_view>

namespace relaytool::encoding {

/// Decodes quoted-printable, RFC 2045 section 6.7. Soft line breaks may end in LF, CRLF or a bare CR and have
/// blanks before it; blanks at the end of a line are dropped; hard line breaks stay as they are. A `=` with
/// anything else after it is kept. Never longer than `text`.
std::string quoted_printable(std::string_view text);

/// Decodes the text inside a "Q" encoded word, RFC 2047 section 4.2: `_` is a blank, and there are no lines.
std::string q_encoded(std::string_view text);

/// Encodes text as quoted-printable, RFC 2045 section 6.7: lines of at most 76 characters, ended by CRLF where
/// `text` has CRLF or LF. A line that is only a dot, and `From ` at its start, are encoded too: careless
/// servers change them.
std::string to_quoted_printable(std::string_view text);

/// Encodes text for a "Q" encoded word, RFC 2047 section 5 rule 3: safe in a phrase as well.
std::string to_q_encoded(std::string_view text);

} // namespace relaytool::encoding
