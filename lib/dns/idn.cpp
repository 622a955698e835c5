#include "dns/idn.hpp"

#include "base/ascii.hpp"
#include "base/ip.hpp"
#include "base/utf8.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <idn2.h>
#include <memory>
#include <optional>

namespace relaytool::dns {
namespace {

/// Four octets for each character of the longest name.
constexpr std::size_t longest_input = 1024;
constexpr int rules = IDN2_NFC_INPUT | IDN2_NONTRANSITIONAL;

struct Free {
    void operator()(char* text) const { idn2_free(text); }
};
using Owned = std::unique_ptr<char, Free>;

bool is_ascii(std::string_view text) {
    return encoding::ascii_length(text) == text.size();
}

/// What libidn2 makes of UTF-8 without zeros in it; its reason when it does not.
tl::expected<std::string, std::string> to_ascii(const std::string& text) {
    char* out = nullptr;
    const int status = idn2_to_ascii_8z(text.c_str(), &out, rules);
    const Owned owned(out);
    if (status != IDN2_OK) return tl::unexpected(std::string(idn2_strerror(status)));
    return std::string(out);
}

/// Why from_text() refuses it, and what to do.
std::string why_no_name(std::string_view text) {
    if (text.empty()) return "no domain name is given: write one such as example.com";
    if (text.front() == '.') return "a domain name does not begin with a dot: remove it";
    if (text.find("..") != std::string_view::npos) return "two dots beside each other: remove one";
    if (text.ends_with('.')) text.remove_suffix(1);
    for (std::size_t begin = 0; begin < text.size();) {
        const std::size_t end = std::min(text.find('.', begin), text.size());
        if (end - begin > longest_label)
            return fmt::format(
                "the part \"{}\" has {} characters, and {} is the most between two dots: shorten it",
                text.substr(begin, end - begin), end - begin, longest_label);
        begin = end + 1;
    }
    return fmt::format("a domain name has at most 253 characters, this one has {}: shorten it", text.size());
}

std::optional<std::string> for_people(const std::string& text) {
    char* out = nullptr;
    const int status = idn2_to_unicode_8z8z(text.c_str(), &out, rules);
    const Owned owned(out);
    if (status != IDN2_OK || !encoding::is_utf8(out)) return std::nullopt;
    std::string shown(out);
    const auto back = to_ascii(shown);
    if (!back || !ascii::iequals(*back, text)) return std::nullopt;
    return shown;
}

/// What may be the domain in an address or a link.
std::string_view domain_part(std::string_view typed) {
    std::string_view word = ascii::trim(typed);
    if (word.ends_with('>') && word.find('<') != std::string_view::npos)
        word = word.substr(word.rfind('<') + 1, word.size() - word.rfind('<') - 2);
    const std::size_t scheme = word.find("://");
    if (scheme != std::string_view::npos) {
        word.remove_prefix(scheme + 3);
        word = word.substr(0, word.find_first_of("/?#"));
    }
    if (const std::size_t at = word.rfind('@'); at != std::string_view::npos) word.remove_prefix(at + 1);
    return scheme == std::string_view::npos ? word : word.substr(0, word.find(':')); // without its port
}

/// Letters, digits, hyphens and underscores (RFC 5890 section 2.3.1 with the names of SRV and DKIM).
bool is_host_name(const Name& name) {
    const std::string text = name.text();
    return !name.is_root() && std::all_of(text.begin(), text.end(), [](char c) {
        return ascii::is_alnum(c) || c == '-' || c == '_' || c == '.';
    });
}

} // namespace

Result<Name> name_from_input(std::string_view typed) {
    const std::string text(ascii::trim(typed));
    const auto bad = [&](std::string why) { return tl::unexpected(Error{text, std::move(why)}); };
    if (is_ascii(text)) {
        const auto name = Name::from_text(text);
        if (!name) return bad(why_no_name(text));
        return *name;
    }
    if (text.size() > longest_input) return bad("a domain name has at most 253 characters: shorten it");
    if (!encoding::is_utf8(text) || text.find('\0') != std::string::npos)
        return bad(
            "letters outside ASCII have to be UTF-8: set the terminal to UTF-8, or write the xn-- form");
    const auto converted = to_ascii(text);
    if (!converted)
        return bad(
            fmt::format("no valid international domain name ({}): check its letters, or write the xn-- "
                        "form",
                        converted.error()));
    const auto name = Name::from_text(*converted);
    if (!name) return bad(why_no_name(*converted));
    return *name;
}

Result<Name> domain_from_input(std::string_view typed) {
    const std::string_view word = domain_part(typed);
    const auto name = name_from_input(word);
    if (!name) return tl::unexpected(Error{std::string(ascii::trim(typed)), name.error().why});
    if (!is_host_name(*name) || ip::read_address(name->text()))
        return tl::unexpected(
            Error{std::string(ascii::trim(typed)), "this is no domain name; give it like example.com"});
    return *name;
}

std::string name_for_people(const Name& name) {
    std::string text = name.text();
    if (text.find('\\') != std::string::npos || ascii::ifind(text, "xn--") == std::string_view::npos)
        return text;
    return for_people(text).value_or(text);
}

} // namespace relaytool::dns
