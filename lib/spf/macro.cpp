#include "spf/macro.hpp"

#include "base/ascii.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace relaytool::spf {
namespace {

constexpr std::string_view delimiter_characters = ".-+,/_=";
constexpr std::size_t longest_domain = 253; // RFC 7208 section 7.3

/// macro-literal, RFC 7208 section 7.1.
bool is_literal_character(char c, MacroPlace place) {
    return (c >= 0x21 && c <= 0x7E && c != '%') || (place == MacroPlace::explanation && c == ' ');
}

bool is_macro_letter(char letter, MacroPlace place) {
    // c, r and t are for explanations only, RFC 7208 section 7.2. `modifier` is a macro-string, which the
    // grammar gives all letters.
    const std::string_view letters = place == MacroPlace::domain ? "slodiphv" : "slodiphcrtv";
    return letters.find(letter) != std::string_view::npos;
}

/// The inside of `%{…}`.
std::optional<MacroPart> read_braces(std::string_view inside, MacroPlace place) {
    MacroPart part;
    if (inside.empty() || !is_macro_letter(ascii::lower(inside.front()), place)) return std::nullopt;
    part.letter = ascii::lower(inside.front());
    part.url_escaped = part.letter != inside.front();
    inside.remove_prefix(1);
    bool has_digits = false;
    while (!inside.empty() && ascii::is_digit(inside.front())) {
        constexpr unsigned enough = 1000; // more parts than any value has
        part.keep = std::min(part.keep * 10 + static_cast<unsigned>(inside.front() - '0'), enough);
        has_digits = true;
        inside.remove_prefix(1);
    }
    if (has_digits && part.keep == 0) return std::nullopt; // RFC 7208 section 7.1: must not be zero
    if (!inside.empty() && ascii::lower(inside.front()) == 'r') {
        part.reversed = true;
        inside.remove_prefix(1);
    }
    if (inside.empty()) return part;
    if (inside.find_first_not_of(delimiter_characters) != std::string_view::npos) return std::nullopt;
    part.delimiters = inside;
    return part;
}

/// The value of a `%…` at the start of `text` and how many characters it takes; 0 when it is none.
std::size_t read_percent(std::string_view text, MacroPlace place, std::string& literal,
                         std::optional<MacroPart>& macro) {
    if (text.size() < 2) return 0;
    switch (text[1]) {
    case '%': literal += '%'; return 2;
    case '_': literal += ' '; return 2;
    case '-': literal += "%20"; return 2;
    case '{': break;
    default: return 0;
    }
    const std::size_t close = text.find('}');
    if (close == std::string_view::npos) return 0;
    macro = read_braces(text.substr(2, close - 2), place);
    return macro ? close + 1 : 0;
}

/// toplabel of RFC 7208 section 7.1: letters, digits and inner hyphens, not digits alone.
bool is_top_label(std::string_view label) {
    if (label.empty() || label.front() == '-' || label.back() == '-') return false;
    const bool allowed =
        std::all_of(label.begin(), label.end(), [](char c) { return ascii::is_alnum(c) || c == '-'; });
    return allowed && !std::all_of(label.begin(), label.end(), ascii::is_digit);
}

/// domain-end of RFC 7208 section 7.1: `.` toplabel [`.`], or a macro.
bool ends_as_domain(std::string_view text) {
    if (text.ends_with('}')) {
        const std::size_t open = text.rfind("%{");
        return open != std::string_view::npos;
    }
    if (text.ends_with("%%") || text.ends_with("%_") || text.ends_with("%-")) return true;
    if (text.ends_with('.')) text.remove_suffix(1);
    const std::size_t dot = text.rfind('.');
    return dot != std::string_view::npos && is_top_label(text.substr(dot + 1));
}

std::string address_value(const ip::Address& address) {
    if (address.family() == ip::Family::v4) return ip::to_string(address);
    std::string out;
    for (unsigned nibble = 32; nibble > 0; --nibble) {
        const std::uint64_t half = nibble > 16 ? address.high() : address.low();
        out += fmt::format("{:X}", half >> (4 * ((nibble - 1) % 16)) & 0xF);
        if (nibble > 1) out += '.';
    }
    return out;
}

std::string value_of(char letter, const MacroValues& values) {
    switch (letter) {
    case 's': return fmt::format("{}@{}", values.sender_local, values.sender_domain);
    case 'l': return std::string(values.sender_local);
    case 'o': return std::string(values.sender_domain);
    case 'd': return std::string(values.domain);
    case 'i': return address_value(values.ip);
    case 'p': return std::string(values.validated);
    case 'h': return std::string(values.helo);
    case 'c': return ip::to_string(values.ip);
    case 'r': return std::string(values.receiver);
    case 't': return fmt::format("{}", values.now);
    case 'v': return values.ip.family() == ip::Family::v4 ? "in-addr" : "ip6";
    default: return {};
    }
}

/// Splits, reverses and shortens a value: RFC 7208 section 7.3.
std::string transform(std::string value, const MacroPart& part) {
    if (part.keep == 0 && !part.reversed && part.delimiters == ".") return value;
    std::vector<std::string_view> pieces;
    std::string_view rest = value;
    while (true) {
        const std::size_t end = rest.find_first_of(part.delimiters);
        pieces.push_back(rest.substr(0, end));
        if (end == std::string_view::npos) break;
        rest.remove_prefix(end + 1);
    }
    if (part.reversed) std::reverse(pieces.begin(), pieces.end());
    const std::size_t skip = part.keep != 0 && part.keep < pieces.size() ? pieces.size() - part.keep : 0;
    std::string out;
    for (std::size_t i = skip; i < pieces.size(); ++i) {
        if (i > skip) out += '.';
        out += pieces[i];
    }
    return out;
}

/// Everything but the unreserved characters of RFC 3986 section 2.3 as %XX.
std::string url_escape(std::string_view text) {
    std::string out;
    for (const char c : text) {
        if (ascii::is_alnum(c) || std::string_view{"-._~"}.find(c) != std::string_view::npos)
            out += c;
        else
            out += fmt::format("%{:02X}", static_cast<unsigned char>(c));
    }
    return out;
}

} // namespace

bool MacroString::uses(char letter) const {
    return std::any_of(parts_.begin(), parts_.end(),
                       [letter](const MacroPart& part) { return part.letter == letter; });
}

bool MacroString::is_fixed() const {
    return std::all_of(parts_.begin(), parts_.end(),
                       [](const MacroPart& part) { return part.letter == 0 || part.letter == 'd'; });
}

std::optional<MacroString> read_macro_string(std::string_view text, MacroPlace place) {
    if (place == MacroPlace::domain && !ends_as_domain(text)) return std::nullopt;
    std::vector<MacroPart> parts;
    std::string literal;
    const auto flush = [&] {
        if (!literal.empty()) parts.push_back({.literal = std::move(literal)});
        literal.clear();
    };
    bool has_macro = false;
    while (!text.empty()) {
        if (is_literal_character(text.front(), place)) {
            literal += text.front();
            text.remove_prefix(1);
            continue;
        }
        if (text.front() != '%') return std::nullopt;
        std::optional<MacroPart> macro;
        const std::size_t taken = read_percent(text, place, literal, macro);
        if (taken == 0) return std::nullopt;
        if (macro) {
            flush();
            parts.push_back(std::move(*macro));
            has_macro = true;
        }
        text.remove_prefix(taken);
    }
    if (!has_macro) return MacroString(std::move(literal));
    flush();
    return MacroString(std::move(parts));
}

std::string expand(const MacroString& macro, const MacroValues& values) {
    if (macro.is_literal()) return macro.literal();
    std::string out;
    for (const MacroPart& part : macro.parts()) {
        if (part.letter == 0) {
            out += part.literal;
        } else {
            const std::string value = transform(value_of(part.letter, values), part);
            out += part.url_escaped ? url_escape(value) : value;
        }
        if (out.size() > longest_expansion) {
            out.resize(longest_expansion);
            break;
        }
    }
    return out;
}

std::string expand_domain(const MacroString& macro, const MacroValues& values) {
    std::string name = expand(macro, values);
    if (name.ends_with('.')) name.pop_back();
    std::size_t from = 0;
    while (name.size() - from > longest_domain) {
        const std::size_t dot = name.find('.', from);
        if (dot == std::string::npos) break;
        from = dot + 1;
    }
    return name.substr(from);
}

} // namespace relaytool::spf
