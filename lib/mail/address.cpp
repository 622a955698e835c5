#include "mail/address.hpp"

#include "base/ascii.hpp"
#include "base/utf8.hpp"

#include <algorithm>

namespace relaytool::mail {
namespace {

constexpr std::size_t max_addresses = 100;

/// RFC 5322 section 3.2.3 atext and the dot, RFC 6531 section 3.3 for bytes above 127.
bool is_local_char(char c) {
    return ascii::is_alnum(c) || static_cast<unsigned char>(c) > 127 ||
           std::string_view{"!#$%&'*+-/=?^_`{|}~."}.find(c) != std::string_view::npos;
}

bool is_domain_char(char c) {
    return ascii::is_alnum(c) || c == '-' || c == '.' || c == '_' || static_cast<unsigned char>(c) > 127;
}

/// Blanks out comments, keeps quoted strings: one pass.
std::string without_comments(std::string_view value) {
    std::string out;
    out.reserve(value.size());
    int depth = 0;
    bool quoted = false;
    for (std::size_t i = 0; i < value.size(); ++i) {
        const char c = value[i];
        if (c == '\\' && i + 1 < value.size()) {
            if (depth == 0) out.append({c, value[i + 1]});
            ++i;
        } else if (quoted || (depth == 0 && c == '"')) {
            quoted = quoted ? c != '"' : true;
            out += c;
        } else if (c == '(') {
            ++depth;
        } else if (c == ')' && depth > 0) {
            --depth;
        } else if (depth == 0) {
            out += c;
        }
    }
    return out;
}

/// `<@a,@b:user@c>` without its route, RFC 5322 section 4.4.
std::string_view without_route(std::string_view path) {
    if (!path.starts_with('@')) return path;
    const std::size_t colon = path.find(':');
    return colon == std::string_view::npos ? path : path.substr(colon + 1);
}

/// Length of `group name:` in front of its first member; colons in quotes and `[IPv6:…]` are none.
std::size_t behind_group_name(std::string_view mailbox) {
    bool quoted = false;
    std::size_t behind = 0;
    for (std::size_t i = 0; i < mailbox.size() && mailbox[i] != '['; ++i) {
        if (mailbox[i] == '"') quoted = !quoted;
        if (mailbox[i] == ':' && !quoted) behind = i + 1;
    }
    return behind;
}

void add(std::string_view mailbox, std::vector<std::string>& found) {
    const std::size_t open = mailbox.rfind('<');
    if (open != std::string_view::npos) {
        mailbox.remove_prefix(open + 1);
        mailbox = mailbox.substr(0, mailbox.find('>'));
    } else {
        mailbox.remove_prefix(behind_group_name(mailbox));
    }
    mailbox = without_route(ascii::trim(mailbox));
    if (is_address(mailbox)) found.emplace_back(mailbox);
}

} // namespace

bool is_address(std::string_view text) {
    if (text.size() < 3 || text.size() > longest_address) return false;
    const std::size_t at = text.rfind('@');
    if (at == std::string_view::npos || at == 0 || at + 1 == text.size()) return false;
    const std::string_view local = text.substr(0, at);
    std::string_view domain = text.substr(at + 1);
    if (domain.starts_with('[') && domain.ends_with(']')) domain = domain.substr(1, domain.size() - 2);
    if (domain.empty() || domain.front() == '.' || domain.front() == '-') return false;
    const bool domain_ok =
        std::all_of(domain.begin(), domain.end(), [](char c) { return is_domain_char(c) || c == ':'; });
    if (!domain_ok) return false;
    if (local.front() == '"') return local.size() > 2 && local.back() == '"';
    return std::all_of(local.begin(), local.end(), [](char c) { return is_local_char(c) || c == ':'; });
}

bool is_envelope_address(std::string_view text) {
    if (!is_address(text) || !encoding::is_utf8(text)) return false;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const auto byte = static_cast<unsigned char>(text[i]);
        if (byte <= 0x20 || byte == 0x7F || byte == '<' || byte == '>') return false;
        if (byte == 0xC2 && static_cast<unsigned char>(text[i + 1]) < 0xA0) return false; // C1 controls
    }
    return true;
}

std::vector<std::string> read_addresses(std::string_view value) {
    std::vector<std::string> found;
    const std::string plain = without_comments(value);
    bool quoted = false;
    bool angle = false;
    std::size_t begin = 0;
    for (std::size_t i = 0; i <= plain.size() && found.size() < max_addresses; ++i) {
        const char c = i < plain.size() ? plain[i] : ',';
        if (c == '\\') {
            ++i;
        } else if (c == '"') {
            quoted = !quoted;
        } else if (!quoted && (c == '<' || c == '>')) {
            angle = c == '<';
        } else if (i >= plain.size() || (!quoted && !angle && (c == ',' || c == ';'))) {
            add(std::string_view(plain).substr(begin, i - begin), found);
            begin = i + 1;
        }
    }
    return found;
}

std::string first_address(std::string_view value) {
    const std::vector<std::string> found = read_addresses(value);
    return found.empty() ? std::string{} : found.front();
}

std::string_view find_address(std::string_view text) {
    for (std::size_t at = text.find('@'); at != std::string_view::npos; at = text.find('@', at + 1)) {
        std::size_t begin = at;
        if (begin > 0 && text[begin - 1] == '"') { // "quoted local"@domain
            const std::size_t open = begin < 2 ? std::string_view::npos : text.rfind('"', begin - 2);
            if (open != std::string_view::npos && at - open < 66) begin = open;
        } else {
            while (begin > 0 && at - begin < 128 && is_local_char(text[begin - 1]))
                --begin;
        }
        std::size_t end = at + 1;
        if (end < text.size() && text[end] == '[') {
            end = std::min(text.find(']', end), text.size());
            if (end < text.size()) ++end;
        } else {
            while (end < text.size() && end - at < 256 && is_domain_char(text[end]))
                ++end;
        }
        std::string_view found = text.substr(begin, end - begin);
        while (found.ends_with('.') || found.ends_with('-'))
            found.remove_suffix(1);
        while (found.starts_with('\'') || found.starts_with('`') || found.starts_with('.'))
            found.remove_prefix(1);
        if (is_address(found)) return found;
    }
    return {};
}

std::string_view domain_of(std::string_view address) {
    const std::size_t at = address.rfind('@');
    return at == std::string_view::npos ? std::string_view{} : address.substr(at + 1);
}

} // namespace relaytool::mail
