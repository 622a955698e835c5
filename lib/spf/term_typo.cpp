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

/// An address alone is an ip4 or ip6.
std::string with_mechanism(const std::string& text) {
    const auto network = ip::read_network(text);
    if (!network) return text;
    return (network->address.family() == ip::Family::v4 ? "ip4:" : "ip6:") + text;
}

/// ip4 with an IPv6 address, and the other way round.
std::string with_right_family(const std::string& text) {
    if (!ascii::istarts_with(text, "ip4:") && !ascii::istarts_with(text, "ip6:")) return text;
    return ip::read_network(std::string_view(text).substr(4)) ? with_mechanism(text.substr(4)) : text;
}

} // namespace

std::string corrected(const Term& term) {
    std::string text = term.text;
    for (const auto& [wrong, right] : wrong_signs)
        text = replace_all(std::move(text), wrong, right);
    text = with_right_family(with_colon(with_mechanism(with_right_name(text))));
    if (text == term.text || text.empty()) return {};
    const Record record = read_record("v=spf1 " + text);
    const bool is_better =
        record.is_valid && record.terms.size() == 1 && record.terms.front().kind != Kind::unknown_modifier;
    return is_better ? text : std::string{};
}

} // namespace relaytool::spf
