#include "base/ascii.hpp"
#include "route/received_parts.hpp"

#include <array>

namespace relaytool::route {
namespace {

constexpr std::size_t most_words = 40;

bool is_separator(char c) {
    return ascii::is_space(c) || c == ',' || c == '(' || c == ')';
}

using Words = std::vector<std::string_view>;

/// The word behind `key`, or nothing.
std::string_view behind(const Words& words, std::string_view key) {
    for (std::size_t i = 0; i + 1 < words.size(); ++i)
        if (ascii::iequals(words[i], key)) return words[i + 1];
    return {};
}

/// `TLSv1.3:TLS_AES_256_GCM_SHA384:256:NO` (Exim, OpenSMTPD), `TLSv1.2` alone.
bool read_tls_row(std::string_view row, Draft& out) {
    const std::size_t colon = row.find(':');
    const std::string version = tls_version(row.substr(0, colon));
    if (version.empty()) return false;
    tell_tls(out, version);
    if (colon == std::string_view::npos) return true;
    std::string_view cipher = row.substr(colon + 1);
    // The numbers behind it are bits; its name may have colons of its own (GnuTLS with Exim:
    // `TLS1.2:ECDHE:AES`).
    cipher = cipher.substr(0, cipher.find(':'));
    set_if_empty(out.cipher, cipher);
    return true;
}

/// `version=TLS1_2, cipher=X`, also with blanks in place of the comma; `user=x mech=PLAIN`.
bool read_settings(const Words& words, Draft& out) {
    bool found = false;
    for (const std::string_view word : words) {
        const std::size_t equals = word.find('=');
        if (equals == std::string_view::npos) continue;
        const std::string_view key = word.substr(0, equals);
        const std::string_view value = bare(word.substr(equals + 1));
        if (ascii::iequals(key, "version") && !tls_version(value).empty()) {
            tell_tls(out, tls_version(value));
            found = true;
        }
        if (ascii::iequals(key, "user") && !value.empty()) {
            set_if_empty(out.user, value);
            found = true;
        }
        if (ascii::iequals(key, "cipher") && !value.empty()) {
            set_if_empty(out.cipher, value);
            found = true;
        }
    }
    return found;
}

/// `using TLSv1.3 with cipher X (256/256 bits)` (Postfix, OpenSSL's users).
bool read_using(const Words& words, Draft& out) {
    if (words.size() < 2 || !ascii::iequals(words[0], "using")) return false;
    if (!read_tls_row(words[1], out)) return false;
    set_if_empty(out.cipher, behind(words, "cipher"));
    return true;
}

/// Courier: `AUTH: LOGIN user, TLS: TLSv1.2,256bits,CIPHER`, each part alone too.
bool read_courier(const Words& words, Draft& out) {
    const std::string_view login = behind(words, "AUTH:");
    bool found = false;
    for (std::size_t i = 0; i + 1 < words.size(); ++i) {
        if (!login.empty() && words[i].data() == login.data()) {
            out.authenticated = true;
            set_if_empty(out.user, words[i + 1]);
            found = true;
        }
        if (!ascii::iequals(words[i], "TLS:") && !ascii::iequals(words[i], "SSL:")) continue;
        found |= read_tls_row(words[i + 1], out);
        if (i + 3 < words.size() && ascii::iends_with(words[i + 2], "bits"))
            set_if_empty(out.cipher, words[i + 3]);
    }
    if (found) out.software = Software::courier;
    return found;
}

/// What may stand between "authenticated" and a name.
bool is_filler(std::string_view word) {
    constexpr std::array<std::string_view, 7> fillers{"sender:", "sender", "user", "user:", "as", "id", "by"};
    for (const std::string_view filler : fillers)
        if (ascii::iequals(word, filler)) return true;
    return false;
}

/// `Authenticated sender: x`, `authenticated user x`, `authenticated as x`, `authenticated bits=0`,
/// `smtp-auth username x, mechanism y`.
bool read_login(const Words& words, Draft& out) {
    if (ascii::istarts_with(words[0], "smtp-auth")) {
        out.authenticated = true;
        set_if_empty(out.user, behind(words, "username"));
        return true;
    }
    if (words.size() == 2 && ascii::iequals(words[0], "AUTH")) { // Mirapoint
        set_if_empty(out.user, bare(words[1]));
        return true;
    }
    const std::size_t begin =
        ascii::istarts_with(words[0], "authenticated") ? 0 : 1; // `SquirrelMail authenticated`
    if (begin >= words.size() || !ascii::istarts_with(words[begin], "authenticated") ||
        ascii::iequals(words[0], "not"))
        return false;
    out.authenticated = true;
    std::size_t i = begin + 1;
    while (i < words.size() && is_filler(words[i]))
        ++i;
    if (i > begin + 1 && i < words.size() && words[i].find('=') == std::string_view::npos)
        set_if_empty(out.user, bare(words[i]));
    return true;
}

/// qmail: `AES256-SHA encrypted`, `AES256-SHA encrypted, authenticated`.
bool read_encrypted(const Words& words, Draft& out) {
    if (words.size() < 2 || !ascii::iequals(words[1], "encrypted")) return false;
    tell_tls(out, "TLS");
    set_if_empty(out.cipher, words[0]);
    if (ascii::iequals(words.back(), "authenticated")) out.authenticated = true;
    return true;
}

bool read_sender(const Words& words, Draft& out) {
    if (ascii::iequals(words[0], "envelope") && words.size() > 2) { // `envelope sender: <a>`
        set_if_empty(out.sender, bare(words[2]));
        return true;
    }
    if (!ascii::istarts_with(words[0], "envelope-from") && !ascii::istarts_with(words[0], "envelope-sender"))
        return false;
    if (words.size() > 1) set_if_empty(out.sender, bare(words[1]));
    return true;
}

/// Certificates and warnings: remarks without a place in Received.
bool is_chatter(std::string_view comment) {
    constexpr std::array<std::string_view, 7> beginnings{
        "no client cert", "client did not", "client cn ",          "client cert",
        "verified ",      "may be forged",  "misconfigured sender"};
    if (ascii::iequals(comment, "not verified")) return true;
    for (const std::string_view beginning : beginnings)
        if (ascii::istarts_with(comment, beginning)) return true;
    return false;
}

} // namespace

std::vector<std::string_view> comment_words(std::string_view comment) {
    Words words;
    std::size_t i = 0;
    while (i < comment.size() && words.size() < most_words) {
        while (i < comment.size() && is_separator(comment[i]))
            ++i;
        const std::size_t begin = i;
        while (i < comment.size() && !is_separator(comment[i]))
            ++i;
        if (i > begin) words.push_back(comment.substr(begin, i - begin));
    }
    return words;
}

std::string_view bare(std::string_view word) {
    const auto is_wrapping = [](char c) { return c == '<' || c == '>' || c == '"' || c == ','; };
    for (const std::string_view link : {"<http", "<mailto:"}) { // pasted by way of Outlook or Teams
        const std::size_t at = word.find(link);
        if (at != std::string_view::npos && at > 0) word = word.substr(0, at);
    }
    while (!word.empty() && (is_wrapping(word.front()) || ascii::is_space(word.front())))
        word.remove_prefix(1);
    while (!word.empty() && (is_wrapping(word.back()) || ascii::is_space(word.back())))
        word.remove_suffix(1);
    return word;
}

std::string tls_version(std::string_view word) {
    for (const std::string_view family : {"SSL/", "TLS\\"}) // `SSL/TLSv1.2`, SmarterMail's `TLS\Tls12`
        if (ascii::istarts_with(word, family)) word.remove_prefix(family.size());
    const bool ssl = ascii::istarts_with(word, "ssl");
    if (!ssl && !ascii::istarts_with(word, "tls")) return {};
    std::string_view rest = word.substr(3);
    if (rest.empty()) return "TLS";
    if (ascii::lower(rest.front()) == 'v') rest.remove_prefix(1);
    if (rest.empty() || !ascii::is_digit(rest.front())) return {};
    // OpenSSL once called every protocol so.
    if (rest.find('/') != std::string_view::npos) return "TLS";
    if (ssl) return std::string("SSLv") + rest.front();
    std::string version = std::string("TLSv") + rest.front() + '.';
    const bool has_minor =
        rest.size() > 2 && (rest[1] == '.' || rest[1] == '_' || rest[1] == '-') && ascii::is_digit(rest[2]);
    const bool is_glued = rest.size() == 2 && ascii::is_digit(rest[1]); // `Tls12`
    version += has_minor ? rest[2] : is_glued ? rest[1] : '0';
    return version;
}

bool read_remark(std::string_view comment, Draft& out) {
    const Words words = comment_words(comment);
    if (words.empty() || is_chatter(ascii::trim(comment))) return true;
    if (ascii::iequals(words[0], "cipher") && words.size() > 1) return read_tls_row(words[1], out);
    return read_sender(words, out) || read_using(words, out) || read_courier(words, out) ||
           read_login(words, out) || read_encrypted(words, out) || read_tls_row(words[0], out) ||
           read_settings(words, out);
}

} // namespace relaytool::route
