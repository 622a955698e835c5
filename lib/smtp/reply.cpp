#include "smtp/reply.hpp"

#include "base/ascii.hpp"
#include "base/gram_set.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace relaytool::smtp {
namespace {

using ascii::is_alnum;
using ascii::is_digit;

bool is_code_at(std::string_view text, std::size_t at) {
    if (at + 3 > text.size()) return false;
    const char first = text[at];
    return first >= '2' && first <= '5' && text[at + 1] >= '0' && text[at + 1] <= '7' &&
           is_digit(text[at + 2]);
}

/// A reply code standing alone, with what it takes to tell it from any other number in a sentence.
struct Code {
    std::size_t at = std::string_view::npos;
    bool has_status = false; ///< an enhanced status follows
    char separator = ' ';
};

/// Length of what may stand between a code and its status: a blank, a hyphen, ` (#`, `, b'`.
std::size_t status_gap(std::string_view after) {
    for (const std::string_view gap : {" ", "-", " #", " (#", ", b'", ", b\"", ", ", ": ", " - ", "; ", " <"})
        if (after.starts_with(gap) && read_status(after.substr(gap.size()))) return gap.size();
    return 0;
}

/// Words after which a bare three-digit number is a reply code.
bool introduced(std::string_view before) {
    const std::string_view trimmed = ascii::trim(before);
    if (trimmed.empty()) return true;
    for (const std::string_view sign : {"...", "],", "<<<"})
        if (trimmed.ends_with(sign)) return true;
    const char last = trimmed.back();
    if (last == ':' || last == '\'' || last == '"' || last == '(' || last == '>' || last == ';' ||
        last == '[')
        return true;
    for (const std::string_view word :
         {"returned", "error", "with", "code", "reply", "response", "status", "said", "problem"})
        if (ascii::iends_with(trimmed, word)) return true;
    return false;
}

bool starts_line(std::string_view text, std::size_t at) {
    while (at > 0 && ascii::is_blank(text[at - 1]))
        --at;
    return at == 0 || text[at - 1] == '\n' || text[at - 1] == '\r';
}

/// A port (`host:465`), a process (`[421]`), an area code (`(425) 555`).
bool is_other_number(std::string_view text, std::size_t at) {
    if (at == 0) return false;
    const std::string_view after = text.substr(at + 3);
    const char before = text[at - 1];
    if (before == ':') return at > 1 && (is_alnum(text[at - 2]) || text[at - 2] == ']');
    if (before == '[') return after.starts_with(']');
    return before == '(' && after.size() > 2 && after.starts_with(") ") && is_digit(after[2]);
}

/// The code at `at`, when the characters around it make it one.
bool read_code(std::string_view text, std::size_t at, Code& code) {
    if (!is_code_at(text, at)) return false;
    const char before = at == 0 ? ' ' : text[at - 1];
    if (is_alnum(before) || before == '.' || before == '-' || before == '/' || before == '_' || before == '=')
        return false;
    const std::string_view after = text.substr(at + 3);
    if (!after.empty() && (is_alnum(after[0]) || after[0] == '.' || after[0] == '/' || after[0] == '_'))
        return false;
    code.at = at;
    code.separator = after.empty() ? ' ' : after[0];
    code.has_status = status_gap(after) > 0;
    if (code.has_status) return true;
    if (starts_line(text, at)) return text[at] != '3';
    return text[at] != '2' && text[at] != '3' && !is_other_number(text, at) && introduced(text.substr(0, at));
}

std::string_view strip_code(std::string_view line) {
    if (!is_code_at(line, 0) || line.size() < 4 || (line[3] != '-' && line[3] != ' ')) return line;
    line.remove_prefix(4);
    if (!read_status(line)) return line;
    const std::size_t blank = line.find(' ');
    return blank == std::string_view::npos ? std::string_view{} : line.substr(blank + 1);
}

bool is_host_char(char c) {
    return is_alnum(c) || c == '.' || c == '-' || c == '_';
}

std::string_view take_host(std::string_view text) {
    std::size_t n = 0;
    while (n < text.size() && is_host_char(text[n]))
        ++n;
    std::string_view host = text.substr(0, n);
    while (host.ends_with('.'))
        host.remove_suffix(1);
    return host.find('.') == std::string_view::npos ? std::string_view{} : host;
}

/// `… The server response was: 5.7.1 Unable to relay`: .NET drops the code. Where the status begins, or 0.
std::size_t quoted_status(std::string_view text) {
    static constexpr std::string_view words = "response was: ";
    std::size_t found = 0;
    for (std::size_t at = ascii::ifind(text, words); at != std::string_view::npos;
         at = ascii::ifind(text, words, at + 1))
        if (read_status(text.substr(at + words.size()))) found = at + words.size();
    return found;
}

} // namespace

std::string_view to_string(Stage stage) {
    switch (stage) {
    case Stage::unknown: return "";
    case Stage::connect: return "connect";
    case Stage::helo: return "helo";
    case Stage::starttls: return "starttls";
    case Stage::auth: return "auth";
    case Stage::mail_from: return "mail-from";
    case Stage::rcpt_to: return "rcpt-to";
    case Stage::data: return "data";
    }
    return "";
}

std::size_t innermost_reply(std::string_view text) {
    Code best;
    for (std::size_t i = 0; i + 3 <= text.size(); ++i) {
        Code code;
        if (!read_code(text, i, code)) continue;
        // A bare code never beats one with a status, unless it introduces a new line or a quoted reply.
        const bool weaker = best.at != std::string_view::npos && best.has_status && !code.has_status;
        // `550-…` and `550 …` are lines of one reply: its first line is where it begins.
        const bool same_reply = best.at != std::string_view::npos && best.separator == '-' &&
                                text.substr(best.at, 3) == text.substr(i, 3);
        if (same_reply) {
            best.separator = code.separator;
            best.has_status |= code.has_status;
        } else if (!weaker) {
            best = code;
        }
        i += 2;
    }
    return std::max(best.at == std::string_view::npos ? 0 : best.at, quoted_status(text));
}

Reply read_reply(std::string_view text) {
    text = ascii::trim(text);
    Reply reply;
    reply.text = text;
    const std::size_t at = innermost_reply(text);
    Code code;
    if (read_code(text, at, code)) {
        reply.code = (text[at] - '0') * 100 + (text[at + 1] - '0') * 10 + (text[at + 2] - '0');
        const std::string_view after = text.substr(at + 3);
        if (code.has_status)
            reply.enhanced = read_status(after.substr(status_gap(after)));
        else
            reply.enhanced = find_status(after);
    } else {
        reply.enhanced = at > 0 ? read_status(text.substr(at)) : find_status(text);
    }
    reply.host = replying_host(text);
    return reply;
}

std::string_view replying_host(std::string_view text) {
    // Exchange Online says which server it tried, then signs with its own name.
    constexpr std::string_view tried = "LastAttemptedServerName=";
    if (const std::size_t at = text.find(tried); at != std::string_view::npos)
        if (const std::string_view host = take_host(text.substr(at + tried.size())); !host.empty())
            return host;
    // Microsoft: the host in square brackets, alone or with a time and an id behind it.
    for (std::size_t at = text.rfind('['); at != std::string_view::npos && at > 0;
         at = text.rfind('[', at - 1)) {
        std::string_view inside = text.substr(at + 1);
        if (inside.starts_with("Hostname=")) inside.remove_prefix(9);
        const std::string_view host = take_host(inside);
        if (!host.empty() && ascii::iends_with(host, "outlook.com")) return host;
    }
    for (const std::string_view lead :
         {"host ", "remote server ", "remote mail server ", "server for the recipient domain "})
        for (std::size_t at = ascii::ifind(text, lead); at != std::string_view::npos;
             at = ascii::ifind(text, lead, at + 1)) {
            if (at > 0 && is_alnum(text[at - 1])) continue;
            const std::string_view host = take_host(text.substr(at + lead.size()));
            if (!host.empty() && ascii::is_alpha(host.back())) return host;
        }
    if (text.starts_with('<')) {
        const std::string_view host = take_host(text.substr(1));
        if (!host.empty() && text.substr(1 + host.size()).starts_with(" #")) return host;
    }
    return {};
}

Stage stage_of(std::string_view text) {
    static constexpr std::array<std::pair<std::string_view, Stage>, 25> wordings{{
        {"in reply to RCPT TO", Stage::rcpt_to},
        {"in reply to MAIL FROM", Stage::mail_from},
        {"in reply to end of DATA", Stage::data},
        {"in reply to DATA", Stage::data},
        {"in reply to EHLO", Stage::helo},
        {"in reply to HELO", Stage::helo},
        {"in reply to STARTTLS", Stage::starttls},
        {"in reply to AUTH", Stage::auth},
        {"while receiving the initial server greeting", Stage::connect},
        {"after RCPT TO", Stage::rcpt_to},
        {"after pipelined RCPT TO", Stage::rcpt_to},
        {"after RCPT command", Stage::rcpt_to},
        {"following RCPT command", Stage::rcpt_to},
        {"after MAIL FROM", Stage::mail_from},
        {"after pipelined MAIL FROM", Stage::mail_from},
        {"after end of data", Stage::data},
        {"after DATA", Stage::data},
        {"did not like our RCPT TO", Stage::rcpt_to},
        {"did not like our MAIL FROM", Stage::mail_from},
        {"did not like our final DATA", Stage::data},
        {"did not like our DATA", Stage::data},
        {"during MAIL FROM", Stage::mail_from},
        {"[RCPT_TO]", Stage::rcpt_to},
        {"[MAIL_FROM]", Stage::mail_from},
        {"[END_OF_DATA]", Stage::data},
    }};
    const GramSet grams(text);
    for (const auto& [words, stage] : wordings)
        if (grams.may_hold(words) && ascii::icontains(text, words)) return stage;
    return Stage::unknown;
}

std::string flatten(std::string_view text) {
    std::string joined;
    joined.reserve(text.size());
    bool first = true;
    while (!text.empty()) {
        const std::size_t end = std::min(text.find_first_of("\r\n"), text.size());
        const std::string_view line = ascii::trim(text.substr(0, end));
        text.remove_prefix(end == text.size() ? end : end + 1);
        if (line.empty()) continue;
        if (!first) joined += ' ';
        joined += first ? line : strip_code(line);
        first = false;
    }
    return ascii::fold_space(joined);
}

} // namespace relaytool::smtp
