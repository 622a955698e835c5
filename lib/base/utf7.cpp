#include "base/utf7.hpp"

#include "base/ascii.hpp"
#include "base/utf16.hpp"
#include "base/utf8.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdint>

namespace relaytool::encoding {

namespace {

constexpr bool is_upper(char c) {
    return c >= 'A' && c <= 'Z';
}
constexpr bool is_lower(char c) {
    return c >= 'a' && c <= 'z';
}
constexpr bool is_base64(char c) {
    return ascii::is_alnum(c) || c == '+' || c == '/';
}

constexpr unsigned sextet(char c) {
    if (is_upper(c)) return static_cast<unsigned>(c - 'A');
    if (is_lower(c)) return static_cast<unsigned>(c - 'a') + 26;
    if (ascii::is_digit(c)) return static_cast<unsigned>(c - '0') + 52;
    return c == '+' ? 62 : 63;
}

/// What may be base64 after a `+`.
struct Run {
    std::size_t begin = 0; ///< of the base64, after the `+`
    std::size_t end = 0;
    bool closed = false; ///< by an explicit `-`

    std::size_t size() const { return end - begin; }
};

/// Whole 16-bit units and nothing but zero bits behind them, RFC 2152 section "UTF-7 Definition", rule 2.
bool well_formed(std::string_view base64) {
    const std::size_t spare = base64.size() * 6 % 16;
    return !base64.empty() && spare < 6 && (sextet(base64.back()) & ((1U << spare) - 1)) == 0;
}

std::u16string units_of(std::string_view base64) {
    std::u16string units;
    units.reserve(base64.size() * 3 / 8 + 1);
    std::uint32_t bits = 0;
    unsigned count = 0;
    for (const char c : base64) {
        bits = (bits << 6) | sextet(c);
        count += 6;
        if (count < 16) continue;
        count -= 16;
        units += static_cast<char16_t>((bits >> count) & 0xFFFF);
    }
    if (count >= 6) units += u'\uFFFD'; // cut off inside a character
    return units;
}

/// Of the blocks living scripts are in: a random unit is elsewhere one time in three.
bool is_common(char16_t unit) {
    return unit < 0x3100 || (unit >= 0x4E00 && unit < 0xA000) || (unit >= 0xAC00 && unit < 0xD7A4) ||
           unit >= 0xFF00;
}

/// Text which was cut off or damaged, rather than a key or a signature which happens to have a `+` in it.
bool is_damaged_text(std::string_view base64) {
    constexpr std::size_t enough = 24; // 9 units
    const std::u16string units = units_of(base64.substr(0, enough));
    return base64.size() >= enough && std::all_of(units.begin(), units.end(), is_common);
}

/// The `+` stands in the local part of an address: `name+tag@host`. Looks no further than a local part goes
/// (RFC 5321 section 4.5.3.1.1).
bool in_address(std::string_view text, std::size_t plus) {
    constexpr std::size_t longest_local_part = 64;
    if (plus == 0 || !(ascii::is_alnum(text[plus - 1]) || text[plus - 1] == '_')) return false;
    const std::string_view rest = text.substr(plus + 1, longest_local_part);
    const auto end = std::find_if_not(rest.begin(), rest.end(), [](char c) {
        return ascii::is_alnum(c) || std::string_view("._-+=%").find(c) != std::string_view::npos;
    });
    return end != rest.end() && *end == '@';
}

/// Whether `run` was written by an encoder. Decoding an innocent word gives a plausible CJK character as
/// often as not, so the shape alone does not decide.
bool is_encoded(std::string_view text, const Run& run) {
    const std::string_view base64 = text.substr(run.begin, run.size());
    if (base64.starts_with("++")) return false; // a ruler
    if (std::all_of(base64.begin(), base64.end(), ascii::is_digit)) return false;
    if (!run.closed && std::all_of(base64.begin(), base64.end(), is_lower)) return false;
    if (!well_formed(base64)) return is_damaged_text(base64);
    // Encoded Latin, Greek, Cyrillic, Hebrew and Arabic letters begin with A or B, tags seldom do.
    const bool alphabetic = run.closed && (base64.front() == 'A' || base64.front() == 'B');
    return alphabetic || !in_address(text, run.begin - 1);
}

bool has_controls(std::u16string_view units) {
    return std::any_of(units.begin(), units.end(), [](char16_t unit) {
        return unit < 0x20 && unit != u'\t' && unit != u'\n' && unit != u'\r' && unit != u'\f';
    });
}

/// Finds the run after the `+` at `plus`. `known_end` is the end of a run found before: with it, text of many
/// `+` is not read again from each of them.
Run find_run(std::string_view text, std::size_t plus, std::size_t known_end) {
    Run run{plus + 1, std::max(plus + 1, known_end)};
    while (run.end < text.size() && is_base64(text[run.end]))
        ++run.end;
    run.closed = run.end < text.size() && text[run.end] == '-';
    return run;
}

} // namespace

std::string utf7(std::string_view text) {
    std::string out;
    out.reserve(text.size());
    std::size_t known_end = 0;
    std::size_t i = 0;
    while (i < text.size()) {
        const std::size_t plus = std::min(text.find('+', i), text.size());
        out += text.substr(i, plus - i);
        if (plus == text.size()) break;
        const Run run = find_run(text, plus, known_end);
        known_end = run.end;
        i = plus + 1;
        if (run.size() == 0) {
            out += '+';
            if (run.closed) ++i;
        } else if (!is_encoded(text, run)) {
            out += '+'; // the real beginning may be a later `+` of the same run: `C++AOk-`
        } else if (const std::u16string units = units_of(text.substr(run.begin, run.size()));
                   has_controls(units)) {
            out += text.substr(plus, run.end - plus);
            i = run.end;
        } else {
            append_utf16(out, units);
            i = run.end + (run.closed ? 1 : 0);
        }
    }
    return is_utf8(out) ? out : repair_utf8(out);
}

} // namespace relaytool::encoding
