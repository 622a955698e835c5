#include "base/charset.hpp"

#include "base/charset_iconv.hpp"
#include "base/charset_names.hpp"
#include "base/iso2022.hpp"
#include "base/utf16.hpp"
#include "base/utf7.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <optional>

namespace relaytool::encoding {

namespace {

constexpr std::string_view utf8_mark = "\xEF\xBB\xBF";

/// Windows-1252 from 0x80 to 0x9F; the five bytes it leaves undefined become U+FFFD.
constexpr std::array<char16_t, 32> windows1252_upper = {
    0x20AC, 0xFFFD, 0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160,
    0x2039, 0x0152, 0xFFFD, 0x017D, 0xFFFD, 0xFFFD, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022,
    0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0xFFFD, 0x017E, 0x0178};

std::string windows1252(std::string_view bytes) {
    std::string out;
    out.reserve(bytes.size() + bytes.size() / 8);
    while (true) {
        const std::size_t ascii = ascii_length(bytes);
        out += bytes.substr(0, ascii);
        if (ascii == bytes.size()) return out;
        const unsigned byte = static_cast<unsigned char>(bytes[ascii]);
        append_utf8(out, byte < 0xA0 ? windows1252_upper[byte - 0x80] : byte);
        bytes.remove_prefix(ascii + 1);
    }
}

std::string_view without_mark(std::string_view bytes) {
    if (bytes.starts_with(utf8_mark)) bytes.remove_prefix(utf8_mark.size());
    return bytes;
}

/// Nothing is known of `bytes`. Text of another charset is hardly ever valid UTF-8 by chance.
std::string guess(std::string_view bytes) {
    return is_utf8(bytes) ? std::string(without_mark(bytes)) : windows1252(bytes);
}

/// Gateways convert text and leave the `charset=utf-16` of an attachment behind: in UTF-16 so long a text
/// without a single NUL or non-ASCII byte would be CJK of improbable luck.
bool never_was_utf16(std::string_view bytes) {
    return bytes.size() >= 16 && ascii_length(bytes) == bytes.size() &&
           bytes.find('\0') == std::string_view::npos;
}

std::string by_iconv(std::string_view bytes, const Charset& charset) {
    if (charset.layout != Layout::other && ascii_length(bytes) == bytes.size()) return std::string(bytes);
    if (std::optional<std::string> text = iconv_to_utf8(bytes, charset)) return *std::move(text);
    return guess(bytes);
}

/// Mail programs of today forget to change the name when they stop writing ISO-2022-JP.
bool is_utf8_without_shifts(std::string_view bytes) {
    return bytes.find_first_of("\x1B\x0E\x0F") == std::string_view::npos && is_utf8(bytes);
}

std::string iso2022_jp(std::string_view bytes, const Charset& charset) {
    if (is_utf8_without_shifts(bytes)) return std::string(without_mark(bytes));
    return by_iconv(iso2022_jp_to_euc(bytes), charset);
}

} // namespace

std::string to_utf8(std::string_view bytes, std::string_view charset) {
    const Charset found = find_charset(charset);
    switch (found.kind) {
    case Kind::unknown: return guess(bytes);
    case Kind::utf8: return repair_utf8(without_mark(bytes));
    case Kind::utf7: return utf7(bytes);
    case Kind::utf16: return never_was_utf16(bytes) ? std::string(bytes) : utf16(bytes);
    case Kind::utf16_little: return utf16(bytes, ByteOrder::little);
    case Kind::utf16_big: return utf16(bytes, ByteOrder::big);
    case Kind::utf32: return utf32(bytes);
    case Kind::utf32_little: return utf32(bytes, ByteOrder::little);
    case Kind::utf32_big: return utf32(bytes, ByteOrder::big);
    case Kind::windows1252: return windows1252(bytes);
    case Kind::iso2022_jp: return iso2022_jp(bytes, found);
    case Kind::iso2022_kr: return by_iconv(iso2022_kr_to_euc(bytes), found);
    case Kind::hz: return by_iconv(hz_to_euc(bytes), found);
    case Kind::iconv: return by_iconv(bytes, found);
    }
    return guess(bytes);
}

std::string decode_text_file(std::string_view bytes) {
    if (bytes.starts_with(utf8_mark)) return std::string(without_mark(bytes));
    if (bytes.starts_with("\xFF\xFE") || bytes.starts_with("\xFE\xFF")) return utf16(bytes);
    if (const std::optional<ByteOrder> order = utf16_order_of_text(bytes)) return utf16(bytes, order);
    return std::string(bytes);
}

} // namespace relaytool::encoding
