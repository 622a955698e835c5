#include "base/quoted_printable.hpp"

#include "base/ascii.hpp"

#include <cstddef>

namespace relaytool::encoding {

namespace {

/// Value of the two hexadecimal digits at `at`, or -1.
int octet_at(std::string_view text, std::size_t at) {
    if (at + 1 >= text.size()) return -1;
    const int high = ascii::hex_value(text[at]);
    const int low = ascii::hex_value(text[at + 1]);
    return high < 0 || low < 0 ? -1 : high * 16 + low;
}

std::size_t skip_blanks(std::string_view text, std::size_t at) {
    while (at < text.size() && ascii::is_blank(text[at]))
        ++at;
    return at;
}

bool at_line_end(std::string_view text, std::size_t at) {
    return at >= text.size() || text[at] == '\r' || text[at] == '\n';
}

/// Offset after the line break at `at`.
std::size_t skip_line_break(std::string_view text, std::size_t at) {
    if (text.substr(at, 2) == "\r\n") return at + 2;
    return at < text.size() ? at + 1 : at;
}

constexpr std::string_view digits = "0123456789ABCDEF";

void put_octet(std::string& out, char c) {
    const unsigned byte = static_cast<unsigned char>(c);
    out.append({'=', digits[byte >> 4U], digits[byte & 0xFU]});
}

/// One line without its end.
void encode_line(std::string_view line, std::string& out) {
    constexpr std::size_t longest_line = 76;
    const bool is_odd = line == "." || line.starts_with("From ");
    std::string token;
    std::size_t column = 0;
    for (std::size_t i = 0; i < line.size(); ++i) {
        const char c = line[i];
        const bool is_last = i + 1 == line.size();
        const bool is_plain = (c > ' ' && c <= '~' && c != '=') || (ascii::is_blank(c) && !is_last);
        token.clear();
        if (is_plain && !(is_odd && i == 0))
            token += c;
        else
            put_octet(token, c);
        if (column + token.size() > longest_line - (is_last ? 0 : 1)) {
            out += "=\r\n";
            column = 0;
        }
        out += token;
        column += token.size();
    }
}

} // namespace

std::string to_quoted_printable(std::string_view text) {
    std::string out;
    out.reserve(text.size() + text.size() / 8);
    while (!text.empty()) {
        const std::size_t end = text.find('\n');
        std::string_view line = text.substr(0, end);
        if (end != std::string_view::npos && line.ends_with('\r')) line.remove_suffix(1);
        encode_line(line, out);
        if (end == std::string_view::npos) break;
        out += "\r\n";
        text.remove_prefix(end + 1);
    }
    return out;
}

std::string to_q_encoded(std::string_view text) {
    std::string out;
    for (const char c : text) {
        if (ascii::is_alnum(c) || std::string_view{"!*+-/"}.find(c) != std::string_view::npos)
            out += c;
        else if (c == ' ')
            out += '_';
        else
            put_octet(out, c);
    }
    return out;
}

std::string quoted_printable(std::string_view text) {
    std::string out;
    out.reserve(text.size());
    std::size_t i = 0;
    while (i < text.size()) {
        const char c = text[i];
        if (c != '=' && !ascii::is_blank(c)) {
            out += c;
            ++i;
            continue;
        }
        if (const int octet = c == '=' ? octet_at(text, i + 1) : -1; octet >= 0) {
            out += static_cast<char>(octet);
            i += 3;
            continue;
        }
        const std::size_t after = skip_blanks(text, i + 1);
        if (!at_line_end(text, after)) out += text.substr(i, after - i);
        i = after;
        // A `=` at the very end is a soft break too: the line break before a boundary belongs to the
        // boundary.
        if (c == '=' && at_line_end(text, after)) i = skip_line_break(text, after);
    }
    return out;
}

std::string q_encoded(std::string_view text) {
    std::string out;
    out.reserve(text.size());
    for (std::size_t i = 0; i < text.size(); ++i) {
        const int octet = text[i] == '=' ? octet_at(text, i + 1) : -1;
        if (octet >= 0) {
            out += static_cast<char>(octet);
            i += 2;
        } else {
            out += text[i] == '_' ? ' ' : text[i];
        }
    }
    return out;
}

} // namespace relaytool::encoding
