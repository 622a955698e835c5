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

} // namespace

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
