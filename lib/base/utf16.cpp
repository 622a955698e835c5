#include "base/utf16.hpp"

#include "base/ascii.hpp"
#include "base/utf8.hpp"

#include <algorithm>
#include <cstddef>

namespace relaytool::encoding {

namespace {

unsigned byte_at(std::string_view bytes, std::size_t at) {
    return static_cast<unsigned char>(bytes[at]);
}

/// How often each half of a two-byte unit is NUL.
struct Nulls {
    std::size_t first = 0;
    std::size_t second = 0;
    std::size_t units = 0;
};

Nulls count_nulls(std::string_view bytes) {
    constexpr std::size_t sample = 8192; // enough to tell, and cheap on a large file
    Nulls nulls;
    nulls.units = std::min(bytes.size(), sample) / 2;
    for (std::size_t i = 0; i < nulls.units; ++i) {
        if (bytes[2 * i] == '\0') ++nulls.first;
        if (bytes[2 * i + 1] == '\0') ++nulls.second;
    }
    return nulls;
}

char16_t unit_at(std::string_view bytes, std::size_t at, ByteOrder order) {
    const unsigned first = byte_at(bytes, at);
    const unsigned second = byte_at(bytes, at + 1);
    return static_cast<char16_t>(order == ByteOrder::big ? first << 8 | second : second << 8 | first);
}

constexpr bool is_high(char16_t unit) {
    return unit >= 0xD800 && unit <= 0xDBFF;
}
constexpr bool is_low(char16_t unit) {
    return unit >= 0xDC00 && unit <= 0xDFFF;
}

} // namespace

void append_utf16(std::string& out, std::u16string_view units) {
    for (std::size_t i = 0; i < units.size(); ++i) {
        char32_t code_point = units[i];
        if (is_high(units[i]) && i + 1 < units.size() && is_low(units[i + 1])) {
            code_point = 0x10000 + ((code_point - 0xD800) << 10) + (units[i + 1] - 0xDC00U);
            ++i;
        }
        append_utf8(out, code_point);
    }
}

std::string utf16(std::string_view bytes, std::optional<ByteOrder> declared) {
    // A mark against the declared order would be U+FFFE, which is no character: believe the mark.
    if (bytes.starts_with("\xFF\xFE") || bytes.starts_with("\xFE\xFF")) {
        declared = bytes.front() == '\xFF' ? ByteOrder::little : ByteOrder::big;
        bytes.remove_prefix(2);
    }
    if (!declared) {
        const Nulls nulls = count_nulls(bytes);
        declared = nulls.second > nulls.first ? ByteOrder::little : ByteOrder::big;
    }
    std::u16string units;
    units.reserve(bytes.size() / 2);
    for (std::size_t i = 0; i + 1 < bytes.size(); i += 2)
        units += unit_at(bytes, i, *declared);
    std::string out;
    out.reserve(bytes.size());
    append_utf16(out, units);
    if (bytes.size() % 2 != 0) out += replacement;
    return out;
}

std::string utf32(std::string_view bytes, std::optional<ByteOrder> declared) {
    using namespace std::string_view_literals;
    if (bytes.starts_with("\xFF\xFE\0\0"sv) || bytes.starts_with("\0\0\xFE\xFF"sv)) {
        declared = bytes.front() == '\xFF' ? ByteOrder::little : ByteOrder::big;
        bytes.remove_prefix(4);
    }
    // The uppermost byte of every UTF-32 unit is NUL.
    if (!declared) declared = bytes.empty() || bytes.front() == '\0' ? ByteOrder::big : ByteOrder::little;
    std::string out;
    out.reserve(bytes.size());
    for (std::size_t i = 0; i + 3 < bytes.size(); i += 4) {
        const char32_t first = unit_at(bytes, i, *declared);
        const char32_t second = unit_at(bytes, i + 2, *declared);
        append_utf8(out, *declared == ByteOrder::big ? first << 16 | second : second << 16 | first);
    }
    if (bytes.size() % 4 != 0) out += replacement;
    return out;
}

std::optional<ByteOrder> utf16_order_of_text(std::string_view bytes) {
    const Nulls nulls = count_nulls(bytes);
    if (nulls.units < 2) return std::nullopt;
    const ByteOrder order = nulls.second > nulls.first ? ByteOrder::little : ByteOrder::big;
    const auto [few, many] = std::minmax(nulls.first, nulls.second);
    if (many * 2 < nulls.units || few * 50 > nulls.units) return std::nullopt;
    // Arrays of small numbers look the same but for the control characters in them.
    for (std::size_t i = 0; i < nulls.units; ++i) {
        const char16_t unit = unit_at(bytes, 2 * i, order);
        if (unit != 0 && unit < 0x20 && unit != 0x1B && !ascii::is_space(static_cast<char>(unit)))
            return std::nullopt;
    }
    return order;
}

} // namespace relaytool::encoding
