#pragma once

#include <optional>
#include <string>
#include <string_view>

/// Transfer encodings and charsets of mail. Nothing here fails: broken input gives what can be had of it, in
/// time linear in its length.
namespace relaytool::encoding {

/// Decodes base64, RFC 2045 section 6.8. Characters outside the alphabet are skipped; a padded chunk may be
/// followed by another one; text which clearly is not base64 ends the data when it comes after padding
/// (footers of mailing lists); input cut off anywhere gives its whole bytes. At most 3/4 the size of `text`.
std::string base64(std::string_view text);

/// Decodes what must be base64, RFC 4648 section 4: white space does not count, and padding may be missing.
/// Nothing when there is anything else in it, or when it is cut off inside an octet.
std::optional<std::string> strict_base64(std::string_view text);

/// Encodes as base64 with padding and without line breaks, RFC 4648 section 4.
std::string to_base64(std::string_view bytes);

/// The same in lines of 76 characters, each ended by CRLF, as a body part has them (RFC 2045 section 6.8).
std::string to_base64_lines(std::string_view bytes);

} // namespace relaytool::encoding
