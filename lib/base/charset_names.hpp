#pragma once

#include <string_view>

/// Internal to charset.cpp: which decoder a charset name of a message means.
namespace relaytool::encoding {

/// How a charset is decoded.
enum class Kind {
    unknown,
    utf8,
    utf7,
    utf16,
    utf16_little,
    utf16_big,
    utf32,
    utf32_little,
    utf32_big,
    windows1252,
    iso2022_jp,
    iso2022_kr,
    hz,
    iconv
};

/// What a byte which cannot be decoded takes with it.
enum class Layout {
    single, ///< nothing: one byte is one character; below 0x80 it is US-ASCII
    pairs,  ///< its trail byte; below 0x80 a lead byte is US-ASCII
    euc,    ///< the same, and 0x8F begins three bytes
    other   ///< unknown: bytes below 0x80 are not US-ASCII, or there are shift states
};

struct Charset {
    Kind kind = Kind::unknown;
    Layout layout = Layout::other;
    const char* name = nullptr;     ///< for iconv; for `iso2022_*` and `hz` of the matching 8-bit charset
    const char* fallback = nullptr; ///< the name, or the next best charset, on systems without `name`
};

/// What `name` means; Kind::unknown when it means nothing. Only names of the table here get to iconv: some of
/// its converters have a history of endless loops and worse, and a message must not choose among them.
Charset find_charset(std::string_view name);

} // namespace relaytool::encoding
