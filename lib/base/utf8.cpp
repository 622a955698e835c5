#include "base/utf8.hpp"

#include <cstdint>
#include <cstring>

namespace relaytool::encoding {

namespace {

struct Sequence {
    std::size_t length = 1; ///< of the character, or of the part to replace
    bool valid = false;
};

/// What a lead byte promises: how many bytes follow, and the range of the first of them, which is what
/// excludes overlong forms and surrogates (RFC 3629 section 4).
struct Lead {
    std::size_t more = 0;
    unsigned low = 0x80;
    unsigned high = 0xBF;
};

Lead lead_of(unsigned byte) {
    if (byte >= 0xC2 && byte <= 0xDF) return {1};
    if (byte == 0xE0) return {2, 0xA0, 0xBF};
    if (byte == 0xED) return {2, 0x80, 0x9F};
    if (byte >= 0xE1 && byte <= 0xEF) return {2};
    if (byte == 0xF0) return {3, 0x90, 0xBF};
    if (byte == 0xF4) return {3, 0x80, 0x8F};
    if (byte >= 0xF1 && byte <= 0xF3) return {3};
    return {};
}

/// The sequence `bytes` begins with; its first byte is not US-ASCII.
Sequence first_sequence(std::string_view bytes) {
    Lead lead = lead_of(static_cast<unsigned char>(bytes.front()));
    if (lead.more == 0) return {};
    for (std::size_t k = 1; k <= lead.more; ++k) {
        if (k >= bytes.size()) return {k, false};
        const unsigned byte = static_cast<unsigned char>(bytes[k]);
        if (byte < lead.low || byte > lead.high) return {k, false};
        lead.low = 0x80;
        lead.high = 0xBF;
    }
    return {lead.more + 1, true};
}

/// Length of the well-formed part `bytes` begins with.
std::size_t valid_length(std::string_view bytes) {
    std::size_t i = 0;
    while (true) {
        i += ascii_length(bytes.substr(i));
        if (i >= bytes.size()) return i;
        const Sequence sequence = first_sequence(bytes.substr(i));
        if (!sequence.valid) return i;
        i += sequence.length;
    }
}

} // namespace

std::string_view beginning_of(std::string_view text, std::size_t limit) {
    if (text.size() <= limit) return text;
    while (limit > 0 && (static_cast<unsigned char>(text[limit]) & 0xC0) == 0x80)
        --limit;
    return text.substr(0, limit);
}

std::size_t ascii_length(std::string_view bytes) {
    std::size_t i = 0;
    for (std::uint64_t word = 0; i + sizeof word <= bytes.size(); i += sizeof word) {
        std::memcpy(&word, bytes.data() + i, sizeof word);
        if ((word & 0x8080808080808080U) != 0) break;
    }
    while (i < bytes.size() && static_cast<unsigned char>(bytes[i]) < 0x80)
        ++i;
    return i;
}

bool is_utf8(std::string_view bytes) {
    return valid_length(bytes) == bytes.size();
}

std::string repair_utf8(std::string_view bytes) {
    std::string out;
    std::size_t valid = valid_length(bytes);
    out.reserve(bytes.size());
    while (true) {
        out += bytes.substr(0, valid);
        bytes.remove_prefix(valid);
        if (bytes.empty()) return out;
        out += replacement;
        bytes.remove_prefix(first_sequence(bytes).length);
        valid = valid_length(bytes);
    }
}

CodePoint code_point_at(std::string_view text, std::size_t at) {
    const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[at + i]); };
    const unsigned char first = byte(0);
    if (first < 0x80) return {first, 1};
    const std::size_t length = first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : 2;
    if (at + length > text.size()) return {0xFFFD, 1};
    char32_t value = first & (0xFFu >> (length + 1));
    for (std::size_t i = 1; i < length; ++i)
        value = value << 6 | (byte(i) & 0x3Fu);
    return {value, length};
}

void append_utf8(std::string& out, char32_t code_point) {
    const auto put = [&out](char32_t byte) { out += static_cast<char>(static_cast<unsigned char>(byte)); };
    const auto tail = [&](unsigned shift) { put(0x80 | ((code_point >> shift) & 0x3F)); };
    if (code_point > 0x10FFFF || (code_point >= 0xD800 && code_point <= 0xDFFF)) {
        out += replacement;
    } else if (code_point < 0x80) {
        put(code_point);
    } else if (code_point < 0x800) {
        put(0xC0 | (code_point >> 6));
        tail(0);
    } else if (code_point < 0x10000) {
        put(0xE0 | (code_point >> 12));
        tail(6);
        tail(0);
    } else {
        put(0xF0 | (code_point >> 18));
        tail(12);
        tail(6);
        tail(0);
    }
}

} // namespace relaytool::encoding
