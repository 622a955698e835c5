#pragma once

#include <algorithm>
#include <cstddef>
#include <string>
#include <string_view>

/// Locale-free ASCII helpers: mail protocols compare keywords as US-ASCII whatever the locale is.
namespace relaytool::ascii {

constexpr char lower(char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
}
constexpr char upper(char c) {
    return c >= 'a' && c <= 'z' ? static_cast<char>(c - 32) : c;
}
constexpr bool is_digit(char c) {
    return c >= '0' && c <= '9';
}
constexpr bool is_alpha(char c) {
    return lower(c) >= 'a' && lower(c) <= 'z';
}
constexpr bool is_alnum(char c) {
    return is_digit(c) || is_alpha(c);
}
constexpr bool is_space(char c) {
    return c == ' ' || (c >= '\t' && c <= '\r');
}
constexpr bool is_blank(char c) {
    return c == ' ' || c == '\t';
}
constexpr bool is_hex(char c) {
    return is_digit(c) || (lower(c) >= 'a' && lower(c) <= 'f');
}

/// Value of one hexadecimal digit, or -1.
constexpr int hex_value(char c) {
    if (is_digit(c)) return c - '0';
    return is_hex(c) ? lower(c) - 'a' + 10 : -1;
}

/// `text` in lower case; bytes outside A-Z stay as they are.
std::string to_lower(std::string_view text);
std::string to_upper(std::string_view text); ///< the same in upper case

/// Equal but for the case of A-Z.
inline bool iequals(std::string_view a, std::string_view b) {
    return a.size() == b.size() &&
           std::equal(a.begin(), a.end(), b.begin(), [](char x, char y) { return lower(x) == lower(y); });
}
inline bool istarts_with(std::string_view text, std::string_view prefix) {
    return text.size() >= prefix.size() && iequals(text.substr(0, prefix.size()), prefix);
}
inline bool iends_with(std::string_view text, std::string_view suffix) {
    return text.size() >= suffix.size() && iequals(text.substr(text.size() - suffix.size()), suffix);
}

/// Offset of `needle` in `text` at or after `from`, ignoring case, or `npos`. An empty needle is never found.
std::size_t ifind(std::string_view text, std::string_view needle, std::size_t from = 0);
bool icontains(std::string_view text, std::string_view needle);

/// Without white space at both ends.
inline std::string_view trim(std::string_view text) {
    while (!text.empty() && is_space(text.front()))
        text.remove_prefix(1);
    while (!text.empty() && is_space(text.back()))
        text.remove_suffix(1);
    return text;
}

/// Every run of white space becomes one blank; none at the ends.
std::string fold_space(std::string_view text);

} // namespace relaytool::ascii
