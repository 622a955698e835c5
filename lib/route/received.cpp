#include "route/received.hpp"

#include "base/ascii.hpp"
#include "mail/date.hpp"
#include "route/received_parts.hpp"

#include <array>

namespace relaytool::route {
namespace {

enum class Key { none, from, by, with, via, id, for_, over, tls, sender };

struct KeyWord {
    std::string_view word;
    Key key;
};

/// The clauses of RFC 5321 section 4.4, and the words with which servers begin others.
constexpr std::array<KeyWord, 10> key_words{{{"from", Key::from},
                                             {"by", Key::by},
                                             {"with", Key::with},
                                             {"via", Key::via},
                                             {"id", Key::id},
                                             {"for", Key::for_},
                                             {"over", Key::over},
                                             {"tls", Key::tls},
                                             {"envelope-from", Key::sender},
                                             {"envelope-sender", Key::sender}}};

Key key_of(const ReceivedToken& token) {
    if (!token.is_word()) return Key::none;
    for (const KeyWord& row : key_words)
        if (ascii::iequals(token.text, row.word)) return row.key;
    return Key::none;
}

bool is_standard(Key key) {
    return key >= Key::from && key <= Key::for_;
}

/// `id`, `for` and the like have one word; what servers call their protocol may have several.
constexpr std::size_t most_words = 6;

std::string joined_words(std::span<const ReceivedToken> tokens) {
    std::string out;
    std::size_t count = 0;
    for (const ReceivedToken& token : tokens) {
        if (token.is_word() && token.text.find('=') != std::string_view::npos) break; // auth=yes
        if (token.is_word()) {
            if (++count > most_words) break;
            if (!out.empty()) out += ' ';
            out += token.text;
        } else if (!out.empty()) {
            break;
        }
    }
    return out;
}

std::string first_word(std::span<const ReceivedToken> tokens) {
    for (const ReceivedToken& token : tokens)
        if (token.is_word()) return std::string(bare(token.text));
    return {};
}

/// One field in the making.
class Clauses {
public:
    explicit Clauses(Draft& out) : out_(out) {}

    /// Every token belongs to the key word in front of it.
    void read(std::span<const ReceivedToken> tokens) {
        std::size_t begin = 0;
        Key key = Key::none;
        for (std::size_t i = 0; i <= tokens.size(); ++i) {
            if (i < tokens.size() && !begins_clause(tokens, i, begin, key)) continue;
            take(key, tokens.subspan(begin, i - begin));
            if (i == tokens.size()) break;
            key = key_of(tokens[i]);
            begin = i + 1;
        }
    }

private:
    /// Hosts may be called "by" or "tls": what follows `from` directly is a name when a comment follows it.
    static bool begins_clause(std::span<const ReceivedToken> tokens, std::size_t i, std::size_t begin,
                              Key current) {
        const Key key = key_of(tokens[i]);
        if (key == Key::none) return false;
        if (i != begin || current == Key::none) return true;
        if (!is_standard(key)) return false;
        return current != Key::from || i + 1 >= tokens.size() || !tokens[i + 1].is_comment();
    }

    void take(Key key, std::span<const ReceivedToken> tokens) {
        if (key == Key::from) {
            take_from(tokens);
            return;
        }
        read_words(key, tokens);
        for (const ReceivedToken& token : tokens)
            if (token.is_comment()) take_comment(key, token.text);
    }

    void take_from(std::span<const ReceivedToken> tokens) {
        if (!seen_from_) {
            seen_from_ = true;
            read_client(tokens, out_);
        } else if (!tokens.empty() && tokens.front().text.starts_with('<')) {
            set_if_empty(out_.sender, first_word(tokens)); // XMail: `for <a> from <b>`
        }
    }

    void take_comment(Key key, std::string_view comment) {
        if (read_remark(comment, out_)) return;
        if (key == Key::none) {
            read_opening_comment(comment, out_);
        } else {
            read_server_comment(comment, out_);
        }
    }

    void read_words(Key key, std::span<const ReceivedToken> tokens) {
        for (const ReceivedToken& token : tokens)
            if (token.is_word()) read_setting(token.text);
        switch (key) {
        case Key::by: take_by(tokens); break;
        case Key::with: take_protocol(tokens); break;
        case Key::via: set_if_empty(out_.via, joined_words(tokens)); break;
        case Key::id: set_if_empty(out_.id, first_word(tokens)); break;
        case Key::for_: take_recipient(tokens); break;
        case Key::over: tell_tls(out_, tls_version(first_word(tokens))); break;
        case Key::tls:
            set_if_empty(out_.cipher, first_word(tokens));
            tell_tls(out_, "TLS");
            break;
        case Key::sender: set_if_empty(out_.sender, first_word(tokens)); break;
        case Key::none:
        case Key::from: break;
        }
    }

    /// OpenSMTPD's `auth=yes user=name`.
    void read_setting(std::string_view word) {
        if (ascii::iequals(word, "auth=yes")) out_.authenticated = true;
        if (ascii::istarts_with(word, "user=")) set_if_empty(out_.user, bare(word.substr(5)));
    }

    void take_by(std::span<const ReceivedToken> tokens) {
        if (!out_.by.empty()) return;
        // indimail: `by host mail.example.com`
        if (tokens.size() > 1 && ascii::iequals(tokens[0].text, "host") && tokens[1].is_word())
            tokens = tokens.subspan(1);
        for (const ReceivedToken& token : tokens) {
            if (!token.is_word()) continue;
            if (out_.by.empty()) out_.by = bare(token.text);
            if (!out_.by_ip) out_.by_ip = read_client_address(token.text);
        }
    }

    void take_protocol(std::span<const ReceivedToken> tokens) {
        const std::string protocol = joined_words(tokens);
        if (ascii::iequals(protocol, "STARTTLS")) tell_tls(out_, "TLS"); // `with ESMTP with STARTTLS`
        set_if_empty(out_.with, protocol);
    }

    /// `for multiple recipients` names nobody.
    void take_recipient(std::span<const ReceivedToken> tokens) {
        if (tokens.size() > 1 && ascii::iequals(tokens[1].text, "recipients")) return;
        set_if_empty(out_.for_, first_word(tokens));
    }

    Draft& out_;
    bool seen_from_ = false;
};

/// What RFC 3848, RFC 6531 and older habits say by the name of the protocol.
void read_protocol(Draft& out) {
    constexpr std::array<std::string_view, 5> names{"smtp", "esmtp", "lmtp", "utf8smtp", "utf8lmtp"};
    for (const ReceivedToken& token : received_tokens(out.with)) {
        std::string word = ascii::to_lower(token.text);
        if (word == "https") out.encrypted = true;
        if (word == "asmtp") out.authenticated = true; // Exim before RFC 3848
        bool login = false;
        bool secure = false;
        if (word.ends_with('a')) {
            login = true;
            word.pop_back();
        }
        if (word.ends_with('s')) {
            secure = true;
            word.pop_back();
        }
        for (const std::string_view name : names) {
            if (word != name) continue;
            out.authenticated |= login;
            out.encrypted |= secure;
        }
    }
}

/// `with DHE-RSA-AES256-SHA encrypted SMTP` and `with ESMTP/TLS/DHE-RSA-AES256-SHA`.
void read_cipher_in_protocol(Draft& out) {
    const std::size_t encrypted = ascii::ifind(out.with, " encrypted ");
    if (encrypted != std::string::npos) {
        set_if_empty(out.cipher, out.with.substr(0, encrypted));
        tell_tls(out, "TLS");
        return;
    }
    const std::size_t tls = ascii::ifind(out.with, "/tls");
    if (tls == std::string::npos) return;
    tell_tls(out, "TLS");
    if (out.with.size() > tls + 5 && out.with[tls + 4] == '/')
        set_if_empty(out.cipher, out.with.substr(tls + 5));
}

/// Who handed the message over when nobody did so over a network.
void read_local(Draft& out) {
    const bool by_program = ascii::iequals(out.with, "local") || ascii::istarts_with(out.with, "local-");
    if (by_program || ascii::istarts_with(out.with, "mapi")) out.local = true;
    if (by_program && !out.ip) {
        set_if_empty(out.account, out.helo);
        out.helo.clear();
    }
    // Sendmail's own notifications.
    if (!out.ip && out.with.empty() && ascii::iequals(out.helo, "localhost")) out.local = true;
}

void conclude(Draft& out) {
    read_cipher_in_protocol(out);
    read_protocol(out);
    read_local(out);
    if (out.software == Software::unknown) out.software = software_of(out);
    // Both write the name that they found in front, and the greeting only when it was another: Exim's
    // $sender_rcvhost, qmail's received.c.
    const bool name_first = out.software == Software::exim || out.software == Software::qmail;
    if (name_first && out.host.empty() && out.ip && !out.helo_is_told && !read_client_address(out.helo) &&
        !ascii::iequals(out.helo, "unknown"))
        out.host = out.helo;
    if (!out.user.empty()) out.authenticated = true;
    if (!out.tls.empty() || !out.cipher.empty()) out.encrypted = true;
}

} // namespace

bool is_key_word(const ReceivedToken& token) {
    return key_of(token) != Key::none;
}

Received read_received(std::string_view value) {
    Draft out;
    const std::string_view text = value.substr(0, longest_received);
    const std::vector<ReceivedToken> tokens = received_tokens(text);
    const ReceivedDate date = find_date(tokens, text);
    const std::span<const ReceivedToken> all(tokens);
    out.date = ascii::fold_space(date.text);
    out.time = date.time;
    Clauses clauses(out);
    clauses.read(all.first(date.begin));
    clauses.read(all.subspan(date.end)); // Courier writes `id` there, Sendmail `(envelope-from a)`
    if (value.size() > longest_received && !out.time) {
        const std::size_t last = value.rfind(';');
        if (last != std::string_view::npos && value.size() - last < 200) {
            out.date = ascii::fold_space(value.substr(last + 1));
            out.time = mail::read_date(out.date);
        }
    }
    conclude(out);
    return std::move(static_cast<Received&>(out));
}

} // namespace relaytool::route
