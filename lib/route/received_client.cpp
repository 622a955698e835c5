#include "base/ascii.hpp"
#include "route/received_parts.hpp"

#include <array>

namespace relaytool::route {
namespace {

bool is_one_of(std::string_view word, std::initializer_list<std::string_view> words) {
    for (const std::string_view other : words)
        if (ascii::iequals(word, other)) return true;
    return false;
}

/// What servers write when they found no name.
bool is_no_name(std::string_view word) {
    return is_one_of(word, {"unknown", "[unknown]", "unavailable", "[unavailable]", "<unknown>", "null",
                            "verified", "not"});
}

/// Letters, digits, dots, dashes and underscores: what a name in the DNS has.
bool is_host_name(std::string_view word) {
    if (word.empty() || is_no_name(word)) return false;
    for (const char c : word)
        if (!ascii::is_alnum(c) && c != '.' && c != '-' && c != '_' && (c & 0x80) == 0) return false;
    return true;
}

std::string_view without_dot(std::string_view name) {
    if (name.size() > 1 && name.back() == '.') name.remove_suffix(1);
    return name;
}

/// Reads one comment behind the client's name. What stands there is told by form, not by place: `rdns [ip]`,
/// `[ip]:port helo=x ident=y`, `HELO x`, `user@ip`, `IDENT:user@host [ip]`, `account u HELO x`, `uid 0`.
class ClientComment {
public:
    explicit ClientComment(Draft& out) : out_(out) {}

    void read(std::string_view comment) {
        const std::vector<ReceivedToken> tokens = received_tokens(comment);
        for (std::size_t i = 0; i < tokens.size(); ++i) {
            if (!tokens[i].is_word()) continue;
            const bool has_next = i + 1 < tokens.size() && tokens[i + 1].is_word();
            if (has_next && read_pair(tokens[i].text, tokens[i + 1].text)) {
                ++i;
            } else {
                read_word(tokens[i].text);
            }
        }
        // Several names are a sentence: the name and version of a product.
        if (names_ == 1) set_if_empty(out_.host, without_dot(name_));
    }

private:
    void tell_helo(std::string_view helo) {
        if (out_.helo_is_told) return;
        out_.helo = bare(helo);
        out_.helo_is_told = true;
    }

    bool read_pair(std::string_view key, std::string_view value) {
        if (is_one_of(key, {"HELO", "EHLO", "LHLO"})) {
            tell_helo(value);
        } else if (ascii::iequals(key, "uid")) {
            out_.local = true;
            set_if_empty(out_.account, "uid " + std::string(value));
        } else if (ascii::iequals(key, "account")) {
            set_if_empty(out_.user, bare(value));
        } else if (ascii::iequals(key, "with") && has_remote_) { // `user@ip with plain`
            out_.authenticated = true;
            set_if_empty(out_.user, remote_user_);
        } else if (!is_one_of(key, {"port", "ident", "via"})) {
            return false;
        }
        return true;
    }

    void read_word(std::string_view word) {
        if (word.starts_with('"')) { // ZMailer: `[ip]:port "EHLO x" rhost-flags-OK`
            const std::vector<std::string_view> words = comment_words(bare(word));
            if (words.size() == 2) read_pair(words[0], words[1]);
            return;
        }
        const std::size_t equals = word.find('=');
        if (equals != std::string_view::npos) {
            if (ascii::iequals(word.substr(0, equals), "helo")) tell_helo(word.substr(equals + 1));
            return;
        }
        if (ascii::iequals(word, "[local]")) {
            out_.local = true;
            return;
        }
        word = bare(word);
        const std::size_t bracket = word.find('[');
        if (bracket != std::string_view::npos && read_ip(word.substr(bracket)))
            word = word.substr(0, bracket);
        if (word.empty() || read_ip(word) || ascii::istarts_with(word, "rhost-flags")) return;
        const std::size_t at = word.rfind('@');
        if (at != std::string_view::npos) {
            read_user_at(word.substr(0, at), word.substr(at + 1));
            return;
        }
        if (is_no_name(word)) return;
        ++names_;
        if (is_host_name(word)) name_ = word;
    }

    bool read_ip(std::string_view word) {
        const auto ip = read_client_address(word);
        if (!ip) return false;
        has_remote_ = true;
        if (!out_.ip) {
            out_.ip = ip;
            out_.ip_is_bare = !word.starts_with('[');
        }
        return true;
    }

    /// What stands before the at sign is what the client's machine said about its user (RFC 1413), or, when
    /// it is an address itself, who had logged in (netqmail, Plesk).
    void read_user_at(std::string_view user, std::string_view place) {
        if (user.find('@') != std::string_view::npos) set_if_empty(out_.user, user);
        remote_user_ = user;
        has_remote_ = true;
        if (read_ip(place) || !is_host_name(place)) return;
        ++names_;
        name_ = place;
    }

    Draft& out_;
    std::string_view name_;
    std::string_view remote_user_;
    bool has_remote_ = false;
    std::size_t names_ = 0;
};

/// The words in front of the first comment; an address in brackets behind the first word is the client's.
void read_name(std::span<const ReceivedToken> tokens, Draft& out) {
    constexpr std::size_t most_words = 6; // names of Windows machines and of iPhones have blanks
    std::size_t words = 0;
    bool complete = false;
    for (const ReceivedToken& token : tokens) {
        if (!token.is_word()) {
            complete = true;
            continue;
        }
        if (words > 0 && !out.ip && token.text.front() == '[') {
            out.ip = read_client_address(token.text);
            complete = true;
        }
        if (complete || ++words > most_words) continue;
        std::string_view word = bare(token.text);
        const std::size_t bracket = word.find('[');
        if (bracket != std::string_view::npos && bracket > 0 && !out.ip) { // `name[ip]`
            out.ip = read_client_address(word.substr(bracket));
            if (out.ip) word = word.substr(0, bracket);
        }
        if (words > 1) out.helo += ' ';
        out.helo += word;
    }
}

/// `word` stood behind `from`, but the client's greeting stands elsewhere: it is a name or an address that
/// the server knows.
void read_known_name(std::string_view word, Draft& out) {
    if (!out.ip) out.ip = read_client_address(word);
    const std::size_t at = word.rfind('@');
    if (at != std::string_view::npos) word.remove_prefix(at + 1);
    if (is_host_name(word) && !read_client_address(word)) set_if_empty(out.host, without_dot(word));
}

} // namespace

std::optional<ip::Address> read_client_address(std::string_view word) {
    word = bare(word);
    constexpr std::size_t shortest = 2; // "::"
    if (word.size() < shortest || word.size() > 80) return std::nullopt;
    std::string_view inner = word;
    if (word.front() == '[') {
        const std::size_t end = word.find(']');
        if (end == std::string_view::npos) return std::nullopt;
        inner = word.substr(1, end - 1);
    }
    if (ascii::istarts_with(inner, "IPv6:")) inner.remove_prefix(5);
    inner = inner.substr(0, inner.find('%'));
    while (!inner.empty() && (inner.back() == '.' || inner.back() == ','))
        inner.remove_suffix(1);
    auto address = ip::read_address(inner);
    if (!address && inner.find('.') != std::string_view::npos) {
        const std::size_t colon = inner.rfind(':'); // a port
        if (colon != std::string_view::npos) address = ip::read_address(inner.substr(0, colon));
    }
    if (!address) return std::nullopt;
    return ip::unmapped(*address);
}

void read_client(std::span<const ReceivedToken> tokens, Draft& out) {
    read_name(tokens, out);
    const std::string word = out.helo;
    for (const ReceivedToken& token : tokens)
        if (token.is_comment() && !read_remark(token.text, out)) ClientComment(out).read(token.text);
    if (out.helo_is_told) {
        read_known_name(word, out);
    } else if (!out.ip) {
        out.ip = read_client_address(word);
    }
    if (ascii::iequals(word, "mail pickup service")) {
        out.helo.clear();
        out.local = true;
    }
    if (out.local && out.account.starts_with("uid ") && !word.empty()) {
        out.account = word; // DragonFly: `from root (uid 0)`
        out.helo.clear();
    }
}

} // namespace relaytool::route
