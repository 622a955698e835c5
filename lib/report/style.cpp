#include "report/style.hpp"

#include "base/encoding.hpp"

#include <fmt/format.h>

#include <array>
#include <utility>

namespace relaytool::report {
namespace {

std::string_view sequence_of(Tone tone) {
    switch (tone) {
    case Tone::plain: return "";
    case Tone::strong: return "\x1b[1m";
    case Tone::bad: return "\x1b[1;31m";
    case Tone::warning: return "\x1b[1;33m";
    case Tone::good: return "\x1b[1;32m";
    case Tone::quiet: return "\x1b[2m";
    case Tone::command: return "\x1b[36m";
    }
    return "";
}

bool changes_direction(char32_t c) {
    return c == 0x061C || c == 0x200E || c == 0x200F || (c >= 0x202A && c <= 0x202E) ||
           (c >= 0x2066 && c <= 0x2069);
}

bool is_control(char32_t c) {
    return (c < 0x20 && c != '\n' && c != '\t') || (c >= 0x7F && c <= 0x9F);
}

/// What our own texts use, in ASCII.
constexpr std::array<std::pair<char32_t, std::string_view>, 9> plain_forms{{
    {0x2018, "'"},
    {0x2019, "'"},
    {0x201C, "\""},
    {0x201D, "\""},
    {0x2013, "-"},
    {0x2014, "-"},
    {0x2026, "..."},
    {0x00D7, "x"},
    {0x2192, "->"},
}};

std::string_view plain_form(char32_t c) {
    for (const auto& [value, text] : plain_forms)
        if (value == c) return text;
    return "?";
}

bool is_wide(char32_t c) {
    return (c >= 0x1100 && c <= 0x115F) || (c >= 0x2E80 && c <= 0xA4CF) || (c >= 0xAC00 && c <= 0xD7A3) ||
           (c >= 0xF900 && c <= 0xFAFF) || (c >= 0xFE30 && c <= 0xFE6F) || (c >= 0xFF00 && c <= 0xFF60) ||
           (c >= 0x1F300 && c <= 0x1FAFF) || (c >= 0x20000 && c <= 0x3FFFD);
}

bool is_joined(char32_t c) {
    return (c >= 0x0300 && c <= 0x036F) || c == 0x200B || c == 0x200D || (c >= 0xFE00 && c <= 0xFE0F);
}

} // namespace

std::string paint(std::string_view text, Tone tone, const Style& style) {
    const std::string_view sequence = sequence_of(tone);
    if (!style.colour || sequence.empty() || text.empty()) return std::string(text);
    return fmt::format("{}{}\x1b[0m", sequence, text);
}

std::string sanitise(std::string_view text, const Style& style) {
    const std::string valid = encoding::repair_utf8(text);
    std::string out;
    out.reserve(valid.size());
    std::size_t at = 0;
    while (at < valid.size()) {
        const encoding::CodePoint c = encoding::code_point_at(valid, at);
        if (c.value == '\r' && at + 1 < valid.size() && valid[at + 1] == '\n') {
            // the line feed behind it is enough
        } else if (is_control(c.value)) {
            out += fmt::format("\\x{:02x}", static_cast<unsigned>(c.value));
        } else if (changes_direction(c.value)) {
            out += fmt::format("\\u{:04x}", static_cast<unsigned>(c.value));
        } else if (c.value > 0x7F && !style.unicode) {
            out += plain_form(c.value);
        } else {
            out.append(valid, at, c.length);
        }
        at += c.length;
    }
    return out;
}

std::string sanitise_line(std::string_view text, const Style& style) {
    std::string out;
    for (const char c : sanitise(text, style)) {
        if (c == '\n')
            out += "\\n";
        else if (c == '\t')
            out += "\\t";
        else
            out += c;
    }
    return out;
}

std::size_t columns(std::string_view text) {
    std::size_t count = 0;
    std::size_t at = 0;
    while (at < text.size()) {
        const encoding::CodePoint c = encoding::code_point_at(text, at);
        if (!is_joined(c.value)) count += is_wide(c.value) ? 2U : 1U;
        at += c.length;
    }
    return count;
}

std::string wrap(std::string_view text, std::size_t indent, std::size_t used, const Style& style) {
    std::string out;
    bool at_start = true;
    const auto new_line = [&] {
        out += '\n';
        out.append(indent, ' ');
        used = indent;
        at_start = true;
    };
    while (!text.empty()) {
        if (text.front() == '\n') {
            new_line();
            text.remove_prefix(1);
            continue;
        }
        if (text.front() == ' ') {
            text.remove_prefix(1);
            continue;
        }
        const std::string_view word = text.substr(0, text.find_first_of(" \n"));
        text.remove_prefix(word.size());
        const std::size_t size = columns(word);
        if (!at_start && used + 1 + size > style.width) new_line();
        if (!at_start) {
            out += ' ';
            ++used;
        }
        out += word;
        used += size;
        at_start = false;
    }
    return out;
}

std::string plural(std::size_t count, std::string_view noun) {
    return fmt::format("{} {}{}", count, noun, count == 1 ? "" : "s");
}

} // namespace relaytool::report
