#include "mail/fields.hpp"

#include "base/ascii.hpp"
#include "mail/text.hpp"

namespace relaytool::mail {
namespace {

/// Longest field name that is believed; a longer run up to a colon is a sentence.
constexpr std::size_t longest_name = 76;

bool is_fold(std::string_view line) {
    return !line.empty() && ascii::is_blank(line.front());
}

bool is_blank_line(std::string_view line) {
    return ascii::trim(line).empty();
}

std::size_t end_of(std::string_view text, std::string_view line) {
    return static_cast<std::size_t>(line.data() - text.data()) + line.size();
}

} // namespace

bool read_field_line(std::string_view line, Field& field) {
    const std::string_view start = line.substr(0, longest_name + 1);
    const std::size_t colon = start.find(':');
    if (colon == std::string_view::npos || colon == 0) return false;
    const std::string_view name = ascii::trim(start.substr(0, colon));
    if (name.empty() || ascii::is_blank(line.front())) return false;
    for (const char c : name)
        if (c <= ' ' || c > '~') return false;
    field.name = name;
    field.raw = line.substr(colon + 1);
    return true;
}

Header read_header(std::string_view text, std::size_t most) {
    Header header;
    Lines lines(text);
    std::string_view line;
    Field open;
    bool in_field = false;
    const auto close = [&] {
        if (in_field && header.fields.all().size() < most) header.fields.add(open);
        in_field = false;
    };
    while (true) {
        header.body = lines.offset();
        if (!lines.next(line)) break;
        if (is_fold(line) && in_field && (!is_blank_line(line))) {
            const auto begin = static_cast<std::size_t>(open.raw.data() - text.data());
            open.raw = text.substr(begin, end_of(text, line) - begin);
            continue;
        }
        if (is_blank_line(line)) {
            header.body = lines.offset();
            break;
        }
        close();
        if (read_field_line(line, open)) {
            in_field = true;
            continue;
        }
        // A stray line: junk between fields, or a body without a blank line in front of it.
        Lines ahead = lines;
        std::string_view next;
        Field ignored;
        if (header.fields.empty() || !ahead.next(next) || !read_field_line(next, ignored)) break;
    }
    close();
    return header;
}

std::string unfold(std::string_view raw) {
    if (raw.find('\n') == std::string_view::npos) return std::string(ascii::trim(raw));
    std::string out;
    out.reserve(raw.size());
    Lines lines(raw);
    std::string_view line;
    while (lines.next(line)) {
        line = ascii::trim(line);
        if (line.empty()) continue;
        if (!out.empty()) out += ' ';
        out += line;
    }
    return out;
}

std::string_view Fields::raw(std::string_view name) const {
    for (const Field& field : fields_)
        if (ascii::iequals(field.name, name)) return field.raw;
    return {};
}

std::string Fields::value(std::string_view name) const {
    return unfold(raw(name));
}

bool Fields::has(std::string_view name) const {
    return raw(name).data() != nullptr;
}

} // namespace relaytool::mail
