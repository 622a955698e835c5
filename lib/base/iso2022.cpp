#include "base/iso2022.hpp"

#include <cstddef>

namespace relaytool::encoding {

namespace {

constexpr char escape = '\x1B';
constexpr char shift_out = '\x0E';
constexpr char shift_in = '\x0F';
constexpr char kana_prefix = '\x8E';     // SS2 of EUC-JP
constexpr char jis_0212_prefix = '\x8F'; // SS3 of EUC-JP
constexpr char invalid = '\xFF';

enum class Set { ascii, kana, kanji, supplementary };

struct Designation {
    std::string_view sequence; ///< after the ESC
    Set set;
};

/// JIS X 0201 Roman counts as US-ASCII: its yen sign and overline are `\` and `~` in all text of today. `(H`
/// is an old mistake for `(J`; JIS X 0213 plane 1 contains JIS X 0208.
constexpr Designation designations[] = {
    {"(B", Set::ascii},  {"(J", Set::ascii},  {"(H", Set::ascii},  {"(I", Set::kana},
    {"$B", Set::kanji},  {"$@", Set::kanji},  {"$(B", Set::kanji}, {"$(D", Set::supplementary},
    {"$(O", Set::kanji}, {"$(Q", Set::kanji},
};

constexpr bool is_line_end(char c) {
    return c == '\n' || c == '\r';
}

/// One of the 94 characters a 7-bit set has.
constexpr bool is_graphic(char c) {
    return c > ' ' && c < '\x7F';
}

constexpr char high(char c) {
    return static_cast<char>(static_cast<unsigned char>(c) | 0x80U);
}

constexpr bool is_high(char c) {
    return (static_cast<unsigned char>(c) & 0x80U) != 0;
}

/// Appends the pair at `at` with the high bits set, or `invalid`; gives the offset after it. Not more than
/// the broken half of a pair is lost.
std::size_t append_pair(std::string& out, std::string_view bytes, std::size_t at) {
    if (at + 1 >= bytes.size() || !is_graphic(bytes[at + 1])) {
        out += invalid;
        return at + 1;
    }
    out += high(bytes[at]);
    out += high(bytes[at + 1]);
    return at + 2;
}

/// One byte of half-width kana: 0x21-0x5F, or the same with the high bit.
void append_kana(std::string& out, char c) {
    const auto kana = static_cast<unsigned char>(high(c));
    if (kana < 0xA1 || kana > 0xDF) {
        out += invalid;
        return;
    }
    out += kana_prefix;
    out += static_cast<char>(kana);
}

const Designation* designation_at(std::string_view bytes, std::size_t at) {
    for (const Designation& designation : designations)
        if (bytes.substr(at).starts_with(designation.sequence)) return &designation;
    return nullptr;
}

} // namespace

std::string iso2022_jp_to_euc(std::string_view bytes) {
    std::string out;
    out.reserve(bytes.size());
    Set set = Set::ascii;
    bool shifted = false; // SO selects kana until SI: cp50222
    for (std::size_t i = 0; i < bytes.size();) {
        const char c = bytes[i];
        if (c == escape) {
            const Designation* designation = designation_at(bytes, i + 1);
            i += 1 + (designation != nullptr ? designation->sequence.size() : 0);
            if (designation != nullptr)
                set = designation->set;
            else
                out += invalid;
            continue;
        }
        if (is_line_end(c)) set = Set::ascii;
        if (is_line_end(c) || c == shift_out || c == shift_in) shifted = c == shift_out;
        const Set current = shifted ? Set::kana : set;
        if (is_high(c) || (current == Set::kana && is_graphic(c))) {
            append_kana(out, c);
        } else if (c == shift_out || c == shift_in) {
            // has no text of its own
        } else if (!is_graphic(c) || current == Set::ascii) {
            out += c;
        } else {
            if (current == Set::supplementary && i + 1 < bytes.size() && is_graphic(bytes[i + 1]))
                out += jis_0212_prefix;
            i = append_pair(out, bytes, i);
            continue;
        }
        ++i;
    }
    return out;
}

std::string iso2022_kr_to_euc(std::string_view bytes) {
    constexpr std::string_view header = "\x1B$)C"; // says that SO means KS C 5601, which is all it can mean
    std::string out;
    out.reserve(bytes.size());
    bool korean = false;
    for (std::size_t i = 0; i < bytes.size();) {
        const char c = bytes[i];
        if (bytes.substr(i).starts_with(header)) {
            i += header.size();
        } else if (korean && is_graphic(c)) {
            i = append_pair(out, bytes, i);
        } else {
            if (is_line_end(c) || c == shift_in || c == shift_out) korean = c == shift_out;
            if (c != shift_in && c != shift_out) out += c;
            ++i;
        }
    }
    return out;
}

std::string hz_to_euc(std::string_view bytes) {
    std::string out;
    out.reserve(bytes.size());
    bool chinese = false;
    for (std::size_t i = 0; i < bytes.size();) {
        const char c = bytes[i];
        const char next = c == '~' && i + 1 < bytes.size() ? bytes[i + 1] : '\0';
        if (next == '{' || next == '}') {
            chinese = next == '{';
            i += 2;
        } else if (!chinese && (next == '~' || next == '\n')) {
            if (next == '~') out += '~'; // else a line continued
            i += 2;
        } else if (chinese && is_graphic(c)) {
            i = append_pair(out, bytes, i);
        } else {
            if (is_line_end(c)) chinese = false;
            out += c;
            ++i;
        }
    }
    return out;
}

} // namespace relaytool::encoding
