#include "mail/html.hpp"

#include "base/ascii.hpp"
#include "base/encoding.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <utility>

namespace relaytool::mail {
namespace {

constexpr std::array<std::pair<std::string_view, std::string_view>, 8> entities{{
    {"lt", "<"},
    {"gt", ">"},
    {"amp", "&"},
    {"quot", "\""},
    {"apos", "'"},
    {"nbsp", " "},
    {"shy", ""},
    {"zwnj", ""},
}};

constexpr std::array<std::string_view, 13> breaking{"br", "p",  "div", "tr", "li", "table", "h1",
                                                    "h2", "h3", "h4",  "hr", "ul", "pre"};

std::string_view tag_name(std::string_view tag) {
    if (tag.starts_with('/')) tag.remove_prefix(1);
    std::size_t n = 0;
    while (n < tag.size() && ascii::is_alnum(tag[n]))
        ++n;
    return tag.substr(0, n);
}

/// Resolves the entity behind the `&` at `at`; returns its length, 0 when it is none.
std::size_t take_entity(std::string_view html, std::size_t at, std::string& out) {
    const std::size_t end = html.substr(at, 12).find(';');
    if (end == std::string_view::npos) return 0;
    const std::string_view name = html.substr(at + 1, end - 1);
    if (name.starts_with('#')) {
        const bool hex = name.size() > 1 && ascii::lower(name[1]) == 'x';
        const std::string_view digits = name.substr(hex ? 2 : 1);
        unsigned value = 0;
        const auto read = std::from_chars(digits.data(), digits.data() + digits.size(), value, hex ? 16 : 10);
        if (read.ec != std::errc{} || read.ptr != digits.data() + digits.size()) return 0;
        encoding::append_utf8(out, value);
        return end + 1;
    }
    for (const auto& [known, text] : entities)
        if (ascii::iequals(name, known)) {
            out += text;
            return end + 1;
        }
    return 0;
}

/// Where the text goes on behind the tag at `at`, the content of <style> and <script> included.
std::size_t behind_tag(std::string_view html, std::size_t at, std::string& out) {
    if (html.substr(at).starts_with("<!--")) {
        const std::size_t end = html.find("-->", at);
        return end == std::string_view::npos ? html.size() : end + 3;
    }
    const std::size_t end = html.find('>', at);
    if (end == std::string_view::npos) return html.size();
    const std::string_view tag = html.substr(at + 1, end - at - 1);
    const std::string name = ascii::to_lower(tag_name(tag));
    if (std::find(breaking.begin(), breaking.end(), name) != breaking.end())
        out += '\n';
    else if (name == "td" || name == "th")
        out += ' ';
    if (tag.starts_with('/') || (name != "style" && name != "script")) return end + 1;
    const std::size_t close = ascii::ifind(html, "</" + name, end);
    return close == std::string_view::npos ? html.size() : close;
}

/// `<` begins a tag only before a letter, `/` or `!`: bounces quote <user@example.com> without escaping it.
bool begins_tag(std::string_view html, std::size_t at) {
    if (at + 1 >= html.size()) return false;
    const char next = html[at + 1];
    if (next == '/' || next == '!') return true;
    if (!ascii::is_alpha(next)) return false;
    std::string_view inside = html.substr(at, 256);
    inside = inside.substr(0, inside.find('>'));
    const std::size_t address = inside.find('@');
    return address == std::string_view::npos || inside.find_first_of(" \t\r\n") < address;
}

} // namespace

std::string html_to_text(std::string_view html) {
    std::string out;
    out.reserve(html.size() / 2);
    std::size_t at = 0;
    while (at < html.size()) {
        if (html[at] == '<' && begins_tag(html, at)) {
            at = behind_tag(html, at, out);
        } else if (html[at] == '&') {
            const std::size_t length = take_entity(html, at, out);
            if (length == 0) out += '&';
            at += std::max<std::size_t>(length, 1);
        } else {
            out += html[at++];
        }
    }
    return out;
}

} // namespace relaytool::mail
