#include "mail/mbox.hpp"

#include "base/ascii.hpp"
#include "mail/fields.hpp"
#include "mail/text.hpp"

#include <algorithm>

namespace relaytool::mail {
namespace {

/// `From sender date`: the line must hold a time, for a sentence may begin with "From " too.
bool is_separator(std::string_view line) {
    if (!line.starts_with("From ") || line.size() > 1000) return false;
    for (std::size_t i = 6; i + 1 < line.size(); ++i)
        if (line[i] == ':' && ascii::is_digit(line[i - 1]) && ascii::is_digit(line[i + 1])) return true;
    return false;
}

/// RFC 4155: a blank line stands in front of a separator. One that ends the header of a MIME part does not
/// count: returned mails keep their own `From ` line.
bool ends_a_message(std::string_view text, std::size_t at) {
    std::string_view before = text.substr(0, at);
    if (before.ends_with('\r')) before.remove_suffix(1);
    if (!before.ends_with('\n')) return false;
    while (before.ends_with('\n') || before.ends_with('\r'))
        before.remove_suffix(1);
    const std::size_t line = before.rfind('\n');
    return !ascii::istarts_with(before.substr(line == std::string_view::npos ? 0 : line + 1), "Content-");
}

} // namespace

Mbox::Mbox(std::string_view text) : text_(text) {
    Lines lines(text);
    std::string_view line;
    while (lines.next(line) && ascii::trim(line).empty()) {
    }
    const std::size_t first = lines.offset();
    is_mbox_ = line.starts_with("From ") && next_separator(first) != std::string_view::npos;
    search_from_ = first;
}

std::size_t Mbox::next_separator(std::size_t from) const {
    for (std::size_t at = text_.find("\nFrom ", from); at != std::string_view::npos;
         at = text_.find("\nFrom ", at + 1)) {
        Lines lines(text_.substr(at + 1));
        std::string_view line;
        Field field;
        if (!lines.next(line) || !is_separator(line)) continue;
        // A header must follow: the line is then no part of somebody's text.
        if (!ends_a_message(text_, at)) continue;
        if (lines.next(line) && (read_field_line(line, field) || line.starts_with(">From "))) return at + 1;
    }
    return std::string_view::npos;
}

bool Mbox::next(std::string_view& message) {
    if (at_ >= text_.size()) return false;
    const std::size_t end = is_mbox_ ? std::min(next_separator(search_from_), text_.size()) : text_.size();
    message = text_.substr(at_, end - at_);
    at_ = end;
    search_from_ = end;
    return true;
}

} // namespace relaytool::mail
