#pragma once

#include <optional>
#include <string>
#include <string_view>

/// UTF-16 and UTF-32 to UTF-8, without iconv, whose treatment of byte order marks differs between systems.
namespace relaytool::encoding {

enum class ByteOrder { little, big };

/// Appends UTF-16 code units as UTF-8, RFC 2781 section 2.2; a lone surrogate becomes U+FFFD.
void append_utf16(std::string& out, std::u16string_view units);

/// Decodes UTF-16, RFC 2781 section 4. A byte order mark decides and is dropped; without one `declared` does;
/// without that the NULs of US-ASCII characters; else big-endian. A lone last byte becomes U+FFFD.
std::string utf16(std::string_view bytes, std::optional<ByteOrder> declared = std::nullopt);

/// Decodes UTF-32 (Unicode 15 section 3.10) by the same rules.
std::string utf32(std::string_view bytes, std::optional<ByteOrder> declared = std::nullopt);

/// The byte order of `bytes` when they are text in UTF-16 without a byte order mark beyond reasonable doubt:
/// half the characters or more are US-ASCII text, and next to none has a NUL on the wrong side.
std::optional<ByteOrder> utf16_order_of_text(std::string_view bytes);

} // namespace relaytool::encoding
