#include "spf/term_typo.hpp"

#include "base/ascii.hpp"

#include <algorithm>
#include <utility>

namespace relaytool::spf {
namespace {

/// What people write for a mechanism.
constexpr std::pair<std::string_view, std::string_view> wrong_names[] = {
    {"ipv4", "ip4"},       {"ip", "ip4"},           {"ipv6", "ip6"},       {"ip-4", "ip4"},
    {"ipadd", "ip4"},      {"includes", "include"}, {"includ", "include"}, {"inlcude", "include"},
    {"incude", "include"}, {"inclued", "include"},  {"incl", "include"},   {"a4", "a"},
    {"exist", "exists"},   {"al", "all"},           {"alll", "all"},       {"everything", "all"},
    {"mail", "mx"},
};

/// Signs that word processors put in place of ASCII ones.
constexpr std::pair<std::string_view, std::string_view> wrong_signs[] = {
    {"\xE2\x80\x90", "-"},
    {"\xE2\x80\x91", "-"},
    {"\xE2\x80\x92", "-"},
    {"\xE2\x80\x93", "-"},
    {"\xE2\x80\x94", "-"},
    {"\xE2\x88\x92", "-"},
    {"\x96", "-"},
    {"\x97", "-"},
    {"\xC2\xA0", ""},
    {"\xE2\x80\x8B", ""},
    {"\xE2\x80\x9C", ""},
    {"\xE2\x80\x9D", ""},
    {"\xEF\xBB\xBF", ""},
    {"\t", ""},
    {"\"", ""},
    {"\r", ""},
    {"\n", ""},
};

std::string replace_all(std::string text, std::string_view from, std::string_view to) {
    for (std::size_t at = text.find(from); at != std::string::npos; at = text.find(from, at + to.size()))
        text.replace(at, from.size(), to);
    return text;
}

std::string with_right_name(const std::string& text) {
    const std::size_t sign = text.find_first_not_of("+-~?");
    if (sign == std::string::npos) return text;
    const std::size_t end = std::min(text.find_first_of(":/=", sign), text.size());
    const std::string_view name = std::string_view(text).substr(sign, end - sign);
    for (const auto& [wrong, right] : wrong_names)
        if (ascii::iequals(name, wrong)) return text.substr(0, sign).append(right) + text.substr(end);
    return text;
}

/// `include=x` is a modifier that does nothing; `include:x` was meant.
std::string with_colon(const std::string& text) {
    const std::size_t end = text.find_first_of(":/=");
    if (end == std::string::npos || text[end] != '=') return text;
    const std::string with = text.substr(0, end) + ":" + text.substr(end + 1);
    const Record record = read_record("v=spf1 " + with);
    return record.terms.size() == 1 && record.is_valid ? with : text;
}

/// `redirect:x` and `exp:x` are modifiers: an equals sign belongs there.
std::string with_equals(const std::string& text) {
    const std::size_t colon = text.find(':');
    if (colon == std::string::npos) return text;
    const std::string_view name = std::string_view(text).substr(0, colon);
    if (!ascii::iequals(name, "redirect") && !ascii::iequals(name, "exp")) return text;
    return text.substr(0, colon) + "=" + text.substr(colon + 1);
}

/// An address alone is an ip4 or ip6.
std::string with_mechanism(const std::string& text) {
    const auto network = ip::read_network(text);
    if (!network) return text;
    return (network->address.family() == ip::Family::v4 ? "ip4:" : "ip6:") + text;
}

/// ip4 with an IPv6 address, and the other way round; ip4 with a host's name, and a with an address.
std::string with_right_kind(const std::string& text) {
    const std::size_t colon = text.find(':');
    if (colon == std::string::npos) return text;
    const std::string_view name = std::string_view(text).substr(0, colon);
    const std::string argument = text.substr(colon + 1);
    const bool is_ip = ascii::iequals(name, "ip4") || ascii::iequals(name, "ip6");
    if ((is_ip || ascii::iequals(name, "a")) && ip::read_network(argument)) return with_mechanism(argument);
    const std::string host = "a:" + argument;
    return is_ip && read_record("v=spf1 " + host).is_valid ? host : text;
}

/// Commas for blanks, and `ip4:192.0.2.1-all`.
std::string with_blanks(std::string text) {
    if (text.find('%') == std::string::npos) std::replace(text.begin(), text.end(), ',', ' ');
    std::replace(text.begin(), text.end(), ';', ' ');
    constexpr std::size_t length = 4; // -all
    if (text.size() > length && ascii::iends_with(text, "all") &&
        std::string_view{"-~?+"}.find(text[text.size() - length]) != std::string_view::npos)
        text.insert(text.size() - length, " ");
    return text;
}

std::string corrected_word(const std::string& word) {
    return with_right_kind(with_equals(with_colon(with_mechanism(with_right_name(word)))));
}

} // namespace

std::string corrected(const Term& term) {
    std::string text = term.text;
    for (const auto& [wrong, right] : wrong_signs)
        text = replace_all(std::move(text), wrong, right);
    std::string better;
    std::string_view rest = text = with_blanks(std::move(text));
    while (true) {
        const std::size_t begin = rest.find_first_not_of(' ');
        if (begin == std::string_view::npos) break;
        const std::size_t end = std::min(rest.find(' ', begin), rest.size());
        better += (better.empty() ? "" : " ") + corrected_word(std::string(rest.substr(begin, end - begin)));
        rest.remove_prefix(end);
    }
    if (better == term.text || better.empty()) return {};
    const Record record = read_record("v=spf1 " + better);
    const bool all_known = std::none_of(record.terms.begin(), record.terms.end(), [](const Term& found) {
        return found.kind == Kind::unknown_modifier;
    });
    return record.is_valid && all_known ? better : std::string{};
}

} // namespace relaytool::spf
