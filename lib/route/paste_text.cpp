#include "base/ascii.hpp"
#include "mail/fields.hpp"
#include "route/field_names.hpp"
#include "route/paste_lines.hpp"

#include <algorithm>
#include <array>
#include <charconv>

namespace relaytool::route {
namespace {

constexpr std::string_view no_break_space = "\xC2\xA0";

struct Entity {
    std::string_view name;
    std::string_view text;
};

constexpr std::array<Entity, 7> entities{{{"&lt;", "<"},
                                          {"&gt;", ">"},
                                          {"&amp;", "&"},
                                          {"&quot;", "\""},
                                          {"&apos;", "'"},
                                          {"&nbsp;", " "},
                                          {no_break_space, " "}}};

/// `&#43;`: its character, when it is one of ASCII that can be printed.
std::string_view numeric_entity(std::string_view text, char& character) {
    if (!text.starts_with("&#")) return {};
    const std::size_t end = text.substr(0, 8).find(';');
    if (end == std::string_view::npos) return {};
    const bool is_hex = ascii::lower(text[2]) == 'x';
    const std::string_view digits = text.substr(is_hex ? 3 : 2, end - (is_hex ? 3 : 2));
    unsigned value = 0;
    const auto [stop, error] =
        std::from_chars(digits.data(), digits.data() + digits.size(), value, is_hex ? 16 : 10);
    if (error != std::errc{} || stop != digits.data() + digits.size() || value < ' ' || value > '~')
        return {};
    character = static_cast<char>(value);
    return text.substr(0, end + 1);
}

/// Whether what follows `before` in a field of that name is inside a signature's list of names (RFC 6376
/// section 3.5: h=), which stand between colons.
bool is_in_name_list(std::string_view name, std::string_view before) {
    if (!ascii::iends_with(name, "Signature") && !ascii::iends_with(name, "Seal")) return false;
    before = ascii::trim(before);
    return before.ends_with(':') && before.size() > name.size() + 1;
}

/// A line that a body begins with and no header has: HTML, the border of a MIME part, the end of a chat's
/// code block.
bool begins_body(std::string_view line) {
    constexpr std::array<std::string_view, 9> beginnings{"<!",  "<html",  "<head", "<body", "<div",
                                                         "<p>", "<table", "--",    "```"};
    return std::any_of(beginnings.begin(), beginnings.end(),
                       [&](std::string_view beginning) { return ascii::istarts_with(line, beginning); });
}

/// Mail programs break lines that are longer than this.
constexpr std::size_t shortest_wrapped = 60;

/// Behind the last line of the header. Lines without a name belong to it when fields follow, or when they go
/// on from a line that was long enough to be broken.
std::size_t end_of_wrapped(const PastedLines& lines) {
    std::size_t end = 0; // behind the last line that is sure
    bool has_strays = false;
    std::size_t i = 0;
    for (; i < lines.size() && !is_blank(lines[i]); ++i) {
        if (begins_body(lines[i])) break;
        if (is_fold(lines[i]) || !plausible_name(lines[i]).empty()) {
            has_strays |= end < i;
            end = i + 1;
        }
    }
    if (end < i && end > 0 && (has_strays || lines[end - 1].size() >= shortest_wrapped)) end = i;
    return end;
}

} // namespace

bool needs_decoding(const PastedLines& lines) {
    bool has_entities = false;
    bool has_brackets = false;
    for (const std::string_view line : lines) {
        if (is_blank(line)) break;
        if (line.starts_with(no_break_space) || line.starts_with("&nbsp;")) return true;
        has_brackets |= line.find('<') != std::string_view::npos;
        if (has_entities || line.find("&lt;") == std::string_view::npos) continue;
        const std::string_view name = plausible_name(line);
        has_entities = !ascii::iequals(name, "Subject");
    }
    return has_entities && !has_brackets;
}

void decode_blanks_and_entities(std::string& text) {
    std::string out;
    out.reserve(text.size());
    for (std::size_t at = 0; at < text.size();) {
        if (text[at] != '&' && text[at] != no_break_space.front()) {
            out += text[at++];
            continue;
        }
        const std::string_view here = std::string_view(text).substr(at);
        const auto entity = std::find_if(entities.begin(), entities.end(),
                                         [&](const Entity& row) { return here.starts_with(row.name); });
        char character = '\0';
        const std::string_view numeric = numeric_entity(here, character);
        if (entity != entities.end()) {
            out += entity->text;
            at += entity->name.size();
        } else if (!numeric.empty()) {
            out += character;
            at += numeric.size();
        } else {
            out += text[at++];
        }
    }
    text = std::move(out);
}

bool has_lost_line_ends(const PastedLines& lines) {
    constexpr std::size_t shortest = 80; // a line with several fields
    constexpr std::size_t fewest = 3;
    std::size_t fields = 0;
    std::size_t inside = 0;
    for (const std::string_view line : lines) {
        if (is_blank(line)) break;
        if (!is_fold(line)) ++fields;
        if (line.size() < shortest) continue;
        for (std::size_t at = find_field_inside(line, 1); at != std::string_view::npos;
             at = find_field_inside(line, at + 1))
            ++inside;
    }
    return inside >= fewest && inside >= fields;
}

void split_fields(PastedLines& lines) {
    PastedLines out;
    bool in_header = true;
    for (const std::string_view line : lines) {
        in_header = in_header && !is_blank(line);
        std::size_t begin = 0;
        for (std::size_t at = in_header ? find_field_inside(line, 1) : std::string_view::npos;
             at != std::string_view::npos; at = find_field_inside(line, at + 1)) {
            if (is_in_name_list(plausible_name(line.substr(begin)), line.substr(begin, at - begin))) continue;
            out.push_back(line.substr(begin, at - begin));
            begin = at;
        }
        out.push_back(line.substr(begin));
    }
    lines = std::move(out);
}

std::string unwrapped(const PastedLines& lines, bool& changed) {
    changed = false;
    const std::size_t end = end_of_wrapped(lines);
    std::string out;
    std::string_view open; // the name of the field that the lines belong to
    for (std::size_t i = 0; i < lines.size(); ++i) {
        const std::string_view line = lines[i];
        if (i < end && !is_fold(line)) {
            const std::string_view name = plausible_name(line);
            const bool begins = !name.empty() && !(i > 0 && is_in_name_list(open, lines[i - 1]));
            if (begins || i == 0) {
                open = name;
            } else {
                out += ' ';
                changed = true;
            }
        }
        out.append(line).append("\n");
    }
    return out;
}

} // namespace relaytool::route
