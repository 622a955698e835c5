#pragma once

#include "base/charset_names.hpp"

#include <optional>
#include <string>
#include <string_view>

/// Internal to charset.cpp: the one place which needs the system's iconv (POSIX). Another system's converter
/// takes the place of charset_iconv.cpp.
namespace relaytool::encoding {

/// `bytes` as valid UTF-8, at most three times as long, with U+FFFD for what is invalid; nothing when the
/// system does not know the charset.
std::optional<std::string> iconv_to_utf8(std::string_view bytes, const Charset& charset);

} // namespace relaytool::encoding
