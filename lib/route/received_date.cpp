#include "base/ascii.hpp"
#include "mail/date.hpp"
#include "route/received_parts.hpp"

#include <array>

namespace relaytool::route {
namespace {

constexpr std::size_t longest_date = 120;

bool begins_with_one_of(std::string_view word, std::span<const std::string_view> names) {
    for (const std::string_view name : names)
        if (ascii::istarts_with(word, name)) return true;
    return false;
}

bool is_weekday(std::string_view word) {
    constexpr std::array<std::string_view, 7> names{"mon", "tue", "wed", "thu", "fri", "sat", "sun"};
    return word.size() <= 12 && begins_with_one_of(word, names);
}

bool is_month(std::string_view word) {
    constexpr std::array<std::string_view, 12> names{"jan", "feb", "mar", "apr", "may", "jun",
                                                     "jul", "aug", "sep", "oct", "nov", "dec"};
    return word.size() <= 10 && begins_with_one_of(word, names);
}

bool is_iso_day(std::string_view word) {
    return word.size() >= 10 && ascii::is_digit(word[0]) && word[4] == '-' && word[7] == '-';
}

/// Whether a date may begin at `i`; read_date() decides.
bool may_begin_date(std::span<const ReceivedToken> tokens, std::size_t i) {
    const std::string_view word = tokens[i].text;
    const bool has_next = i + 1 < tokens.size() && tokens[i + 1].is_word();
    if (is_iso_day(word)) return true;
    if (!has_next) return false;
    const std::string_view next = tokens[i + 1].text;
    if (is_weekday(word)) return ascii::is_digit(next.front()) || is_month(next);
    return ascii::is_digit(word.front()) && word.size() <= 2 && is_month(next);
}

std::size_t offset_of(const ReceivedToken& token, std::string_view text) {
    return static_cast<std::size_t>(token.text.data() - text.data());
}

/// The date from token `begin` on: until a clause begins, a semicolon, or a comment with a word and more in
/// it.
ReceivedDate date_at(std::span<const ReceivedToken> tokens, std::size_t begin, std::string_view text) {
    ReceivedDate date{begin, begin, {}, {}};
    while (date.end < tokens.size()) {
        const ReceivedToken& token = tokens[date.end];
        if (token.kind == ReceivedToken::Kind::semicolon || is_key_word(token)) break;
        if (token.is_comment() && token.text.find(' ') != std::string_view::npos) break;
        ++date.end;
    }
    if (date.end == begin) return date;
    const ReceivedToken& last = tokens[date.end - 1];
    const std::size_t from = offset_of(tokens[begin], text);
    const std::size_t to = offset_of(last, text) + last.text.size() + (last.is_comment() ? 1 : 0);
    date.text = ascii::trim(text.substr(from, to - from));
    date.time = mail::read_date(date.text.substr(0, longest_date));
    return date;
}

/// A date in front of which the semicolon is missing.
ReceivedDate bare_date(std::span<const ReceivedToken> tokens, std::string_view text) {
    int tries = 16;
    for (std::size_t i = 0; i < tokens.size() && tries > 0; ++i) {
        if (!tokens[i].is_word() || !may_begin_date(tokens, i)) continue;
        --tries;
        const ReceivedDate date = date_at(tokens, i, text);
        if (date.time) return date;
    }
    return {};
}

} // namespace

ReceivedDate find_date(std::span<const ReceivedToken> tokens, std::string_view text) {
    ReceivedDate unread{tokens.size(), tokens.size(), {}, {}};
    int tries = 8;
    for (std::size_t i = tokens.size(); i-- > 0 && tries > 0;) {
        if (tokens[i].kind != ReceivedToken::Kind::semicolon) continue;
        --tries;
        const ReceivedDate date = date_at(tokens, i + 1, text);
        if (date.time) return date;
        if (unread.text.empty()) unread = date;
    }
    const ReceivedDate date = bare_date(tokens, text);
    return date.time ? date : unread;
}

} // namespace relaytool::route
