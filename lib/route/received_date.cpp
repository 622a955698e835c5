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
bool may_begin_date(std::span<const Token> tokens, std::size_t i) {
    const std::string_view word = tokens[i].text;
    const bool has_next = i + 1 < tokens.size() && tokens[i + 1].is_word();
    if (is_iso_day(word)) return true;
    if (!has_next) return false;
    const std::string_view next = tokens[i + 1].text;
    if (is_weekday(word)) return ascii::is_digit(next.front()) || is_month(next);
    return ascii::is_digit(word.front()) && word.size() <= 2 && is_month(next);
}

std::string_view text_from(const Token& token, std::string_view text) {
    return text.substr(static_cast<std::size_t>(token.text.data() - text.data()));
}

/// A date in front of which the semicolon is missing.
bool find_bare_date(std::span<const Token> tokens, std::string_view text, ReceivedDate& date) {
    int tries = 16;
    for (std::size_t i = 0; i < tokens.size() && tries > 0; ++i) {
        if (!tokens[i].is_word() || !may_begin_date(tokens, i)) continue;
        --tries;
        const std::string_view here = text_from(tokens[i], text);
        const auto time = mail::read_date(here.substr(0, longest_date));
        if (!time) continue;
        date = {i, here.substr(0, longest_date), time};
        return true;
    }
    return false;
}

} // namespace

ReceivedDate find_date(std::span<const Token> tokens, std::string_view text) {
    ReceivedDate date{tokens.size(), {}, {}};
    std::size_t end = text.size();
    int tries = 8;
    for (std::size_t i = tokens.size(); i-- > 0 && tries > 0;) {
        if (tokens[i].kind != Token::Kind::semicolon) continue;
        --tries;
        const std::size_t begin = text.size() - text_from(tokens[i], text).size() + 1;
        const std::string_view part = ascii::trim(text.substr(begin, end - begin));
        end = begin - 1;
        const auto time = mail::read_date(part.substr(0, longest_date));
        if (time) return {i, part, time};
        if (date.text.empty() && !part.empty()) date = {i, part, {}};
    }
    ReceivedDate found;
    if (find_bare_date(tokens, text, found)) return found;
    // Behind a semicolon, but no date: a clause of a strange server, or a date that nobody can read.
    for (std::size_t i = date.token; i < tokens.size(); ++i)
        if (tokens[i].is_word() && (ascii::iequals(tokens[i].text, "by") || ascii::iequals(tokens[i].text, "for")))
            return {tokens.size(), {}, {}};
    return date;
}

} // namespace relaytool::route
