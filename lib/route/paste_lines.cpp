#include "route/paste_lines.hpp"

#include "base/ascii.hpp"
#include "mail/fields.hpp"
#include "route/field_names.hpp"

#include <algorithm>
#include <array>

namespace relaytool::route {
namespace {

/// The first line of a mailbox file.
bool is_mbox_line(std::string_view line) {
    return line.starts_with("From ");
}

/// Where the header ends: at the first blank line.
std::size_t end_of_header(const PastedLines& lines) {
    return static_cast<std::size_t>(std::find_if(lines.begin(), lines.end(), is_blank) - lines.begin());
}

bool is_field(std::string_view line) {
    mail::Field field;
    return mail::read_field_line(line, field);
}

std::string_view indentation_of(std::string_view line) {
    return line.substr(0, std::min(line.find_first_not_of(" \t"), line.size()));
}

/// Without quotation marks and blanks in front.
std::string_view naked(std::string_view line) {
    while (!line.empty() && (line.front() == '>' || ascii::is_blank(line.front())))
        line.remove_prefix(1);
    return line;
}

std::string_view common_prefix(std::string_view a, std::string_view b) {
    std::size_t size = 0;
    while (size < a.size() && size < b.size() && a[size] == b[size])
        ++size;
    return a.substr(0, size);
}

/// Names that a header has and a text hardly.
bool is_header_name(std::string_view name) {
    constexpr std::array<std::string_view, 12> names{
        "Received",     "From",           "To",           "Date",
        "Message-ID",   "Subject",        "Return-Path",  "MIME-Version",
        "Content-Type", "DKIM-Signature", "Delivered-To", "Authentication-Results"};
    return std::any_of(names.begin(), names.end(),
                       [&](std::string_view other) { return ascii::iequals(name, other); });
}

/// A run of lines without a blank one.
struct Block {
    std::size_t begin = 0;
    std::size_t end = 0;
};

Block block_at(const PastedLines& lines, std::size_t at) {
    while (at < lines.size() && is_blank(lines[at]))
        ++at;
    Block block{at, at};
    while (block.end < lines.size() && !is_blank(lines[block.end]))
        ++block.end;
    return block;
}

bool is_header_block(const PastedLines& lines, Block block) {
    for (std::size_t i = block.begin; i < block.end; ++i)
        if (!is_fold(lines[i]) && plausible_name(lines[i]).empty()) return false;
    return block.begin < block.end;
}

/// What a header says of itself in the lines of a block.
struct Census {
    std::size_t fields = 0;
    std::size_t header_names = 0;
    bool has_from = false;
    bool is_part =
        true; ///< has only what describes a MIME part: behind it stands its body, a message perhaps

    void add(const PastedLines& lines, Block block) {
        for (std::size_t i = block.begin; i < block.end; ++i) {
            if (is_fold(lines[i])) continue;
            ++fields;
            const std::string_view name = plausible_name(lines[i]);
            if (is_header_name(name)) ++header_names;
            if (ascii::iequals(name, "From")) has_from = true;
            if (!ascii::istarts_with(name, "Content-")) is_part = false;
        }
    }
};

/// Behind the last block that belongs to the header, when blank lines stand inside it; 0 when none do.
std::size_t end_of_spaced(const PastedLines& lines) {
    if (!may_be_spaced(lines)) return 0;
    Block block = block_at(lines, 0);
    Census others;
    std::size_t end = block.end;
    while (true) {
        block = block_at(lines, block.end);
        if (!is_header_block(lines, block)) break;
        others.add(lines, block);
        end = block.end;
    }
    return others.header_names >= 2 ? end : 0;
}

} // namespace

bool is_blank(std::string_view line) {
    return ascii::trim(line).empty();
}

bool is_fold(std::string_view line) {
    return !line.empty() && ascii::is_blank(line.front());
}

PastedLines lines_of(std::string_view text, std::string_view& rest, std::size_t blank_lines) {
    PastedLines lines;
    const char ending = text.find('\n') == std::string_view::npos ? '\r' : '\n';
    std::size_t at = 0;
    const std::size_t end = std::min(text.size(), longest_paste);
    while (at < end && lines.size() < most_pasted_lines && blank_lines > 0) {
        const std::size_t stop = std::min(text.find(ending, at), text.size());
        std::string_view line = text.substr(at, stop - at);
        if (ending == '\n' && line.ends_with('\r')) line.remove_suffix(1);
        lines.push_back(line);
        if (is_blank(line)) --blank_lines;
        at = std::min(stop + 1, text.size());
    }
    rest = text.substr(at);
    return lines;
}

bool has_only_fields(const PastedLines& lines) {
    const std::size_t end = end_of_header(lines);
    std::size_t begin = 0;
    if (begin < end && is_mbox_line(lines[begin])) ++begin;
    if (begin < end && (!is_field(lines[begin]) || lines[begin].starts_with('>'))) return false;
    for (std::size_t i = begin; i < end; ++i)
        if (!is_fold(lines[i]) && !is_field(lines[i])) return false;
    return begin < end;
}

void drop_blank_start(PastedLines& lines) {
    lines.erase(lines.begin(), std::find_if_not(lines.begin(), lines.end(), is_blank));
}

bool may_be_spaced(const PastedLines& lines) {
    const Block block = block_at(lines, 0);
    if (block.begin != 0 || !is_header_block(lines, block)) return false;
    Census census;
    census.add(lines, block);
    return !census.is_part && !(census.fields > 1 && census.has_from);
}

bool drop_lead(PastedLines& lines) {
    constexpr std::size_t longest_lead = 200; // lines
    constexpr std::size_t fewest_names = 3;   // one of them Received
    if (lines.empty() || is_mbox_line(lines.front()) || is_field(naked(lines.front()))) return false;
    std::size_t first = 0;
    std::size_t names = 0;
    bool has_received = false;
    for (std::size_t i = 1; i < lines.size() && i < 2 * longest_lead; ++i) {
        const std::string_view name = plausible_name(naked(lines[i]));
        if (name.empty()) continue;
        if (first == 0) first = i;
        if (is_header_name(name)) ++names;
        has_received |= ascii::iequals(name, "Received");
    }
    if (first == 0 || first > longest_lead || names < fewest_names || !has_received) return false;
    lines.erase(lines.begin(), lines.begin() + static_cast<std::ptrdiff_t>(first));
    return true;
}

bool is_spaced(const PastedLines& lines) {
    return end_of_spaced(lines) != 0;
}

void drop_blank_lines(PastedLines& lines) {
    const auto end = lines.begin() + static_cast<std::ptrdiff_t>(end_of_spaced(lines));
    lines.erase(std::remove_if(lines.begin(), end, is_blank), end);
}

bool strip_quotes(PastedLines& lines) {
    constexpr int deepest = 20;
    // A quotation may be indented as a whole.
    const auto is_quoted = [](std::string_view line) {
        return line.substr(std::min(line.find_first_not_of(" \t"), line.size())).starts_with('>');
    };
    bool stripped = false;
    for (int depth = 0; depth < deepest; ++depth) {
        if (lines.empty() || !is_quoted(lines.front())) break;
        if (plausible_name(naked(lines.front())).empty()) break;
        const bool has_blank = lines.front().find("> ") == lines.front().find('>');
        for (std::size_t i = 0; i < lines.size(); ++i) {
            std::string_view& line = lines[i];
            if (is_blank(line) && (i + 1 == lines.size() || !is_quoted(lines[i + 1])))
                break; // the quote is over
            if (!is_quoted(line)) continue;
            line.remove_prefix(line.find('>') + 1);
            if (has_blank && line.starts_with(' ')) line.remove_prefix(1);
        }
        stripped = true;
    }
    return stripped;
}

bool strip_indentation(PastedLines& lines) {
    if (lines.empty() || !is_fold(lines.front()) || plausible_name(ascii::trim(lines.front())).empty())
        return false;
    const std::size_t end = end_of_header(lines);
    std::string_view common = indentation_of(lines.front());
    for (std::size_t i = 1; i < end; ++i)
        if (is_known_field(plausible_name(ascii::trim(lines[i]))))
            common = common_prefix(common, indentation_of(lines[i]));
    if (common.empty()) { // only the first line was shifted
        lines.front() = ascii::trim(lines.front());
        return true;
    }
    for (std::string_view& line : lines)
        if (line.starts_with(common)) line.remove_prefix(common.size());
    return true;
}

} // namespace relaytool::route
