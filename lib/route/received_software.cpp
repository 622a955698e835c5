#include "base/ascii.hpp"
#include "route/received_parts.hpp"

#include <array>

namespace relaytool::route {
namespace {

struct Mark {
    std::string_view text;
    Software software;
};

/// How the comment begins in which a server names its software.
constexpr std::array<Mark, 21> comment_marks{{{"Postfix", Software::postfix},
                                              {"Exim", Software::exim},
                                              {"OpenSMTPD", Software::opensmtpd},
                                              {"Haraka", Software::haraka},
                                              {"Halon", Software::halon},
                                              {"MDaemon", Software::mdaemon},
                                              {"hMailServer", Software::hmailserver},
                                              {"MailEnable", Software::mailenable},
                                              {"Courier", Software::courier},
                                              {"qmail", Software::qmail},
                                              {"netqmail", Software::qmail},
                                              {"nullmailer", Software::qmail},
                                              {"invoked ", Software::qmail},
                                              {"qpsmtpd", Software::qmail},
                                              {"Sendmail", Software::sendmail},
                                              {"V8/", Software::sendmail},
                                              {"Switch-", Software::sendmail},
                                              {"Google", Software::google},
                                              {"Yahoo", Software::yahoo},
                                              {"Dovecot", Software::lmtp_store},
                                              {"Cyrus", Software::lmtp_store}}};

/// Words in the name of the protocol.
constexpr std::array<Mark, 9> protocol_marks{{{"Microsoft SMTPSVC", Software::iis},
                                              {"Microsoft SMTP Server", Software::exchange},
                                              {"mapi", Software::exchange},
                                              {"ShadowRedundancy", Software::exchange},
                                              {"bizsmtp", Software::bizsmtp},
                                              {"MailEnable", Software::mailenable},
                                              {"hMailServer", Software::hmailserver},
                                              {"LMTP", Software::lmtp_store},
                                              {"MDaemon", Software::mdaemon}}};

/// Ends of the name of the server that wrote the field.
constexpr std::array<Mark, 9> host_marks{{{".google.com", Software::google},
                                          {".gmail.com", Software::google},
                                          {".googlemail.com", Software::google},
                                          {".yahoo.com", Software::yahoo},
                                          {".yahoo.co.jp", Software::yahoo},
                                          {".amazonses.com", Software::amazon_ses},
                                          {".amazonaws.com", Software::amazon_ses},
                                          {".outlook.com", Software::exchange},
                                          {".office365.com", Software::exchange}}};

/// `8.14.4/8.14.4/Submit`, `8.17.1/8.17.1`, `8.10.2+Sun/8.10.2`: Sendmail and its configuration.
bool is_sendmail_version(std::string_view comment) {
    if (!ascii::istarts_with(comment, "8.") && !ascii::istarts_with(comment, "5.")) return false;
    return comment.find('/') != std::string_view::npos && comment.size() < 60;
}

/// Google's servers name themselves by addresses of 2002:a05::/32 (RFC 3056 around 10.5.x.x) or 10.0.0.0/8.
bool is_google(const Draft& draft) {
    if (!draft.by_ip || !(draft.helo.empty() || ascii::iends_with(draft.helo, ".google.com"))) return false;
    if (draft.by_ip->family() == ip::Family::v6) return draft.by_ip->high() >> 32 == 0x20020a05;
    return (draft.by_ip->low() >> 24) == 10 && (draft.with == "SMTP" || draft.with == "HTTP");
}

/// `invoked by uid 89`, `from userid 33`; qmail's notifications are `invoked for bounce`, what its aliases
/// forward `invoked by alias`.
void read_program(const std::vector<std::string_view>& words, Draft& out) {
    for (std::size_t i = 0; i + 1 < words.size(); ++i) {
        const std::string_view word = words[i];
        const std::string_view next = words[i + 1];
        if (ascii::iequals(word, "uid") || ascii::iequals(word, "userid")) {
            out.local = true;
            set_if_empty(out.account, "uid " + std::string(next));
        }
        if (ascii::iequals(word, "by") && ascii::iequals(next, "alias")) out.local = true;
        if (ascii::iequals(word, "for") && ascii::iequals(next, "bounce")) out.local = true;
    }
}

void read_name_of_software(std::string_view comment, Draft& out) {
    if (out.software != Software::unknown) return;
    if (is_sendmail_version(comment)) out.software = Software::sendmail;
    for (const Mark& mark : comment_marks)
        if (ascii::istarts_with(comment, mark.text)) out.software = mark.software;
}

/// `[ip]`, `name [ip]`, and, alone in its comment, `ip`.
std::optional<ip::Address> address_of(const std::vector<std::string_view>& words) {
    if (words.empty() || words.size() > 2) return std::nullopt;
    if (words.size() == 2 && !words.back().starts_with('[')) return std::nullopt;
    return read_client_address(words.back());
}

} // namespace

std::string_view to_string(Software software) {
    switch (software) {
    case Software::unknown: return "unknown";
    case Software::exchange: return "exchange";
    case Software::iis: return "iis";
    case Software::postfix: return "postfix";
    case Software::exim: return "exim";
    case Software::sendmail: return "sendmail";
    case Software::qmail: return "qmail";
    case Software::google: return "google";
    case Software::yahoo: return "yahoo";
    case Software::bizsmtp: return "bizsmtp";
    case Software::amazon_ses: return "amazon-ses";
    case Software::mdaemon: return "mdaemon";
    case Software::hmailserver: return "hmailserver";
    case Software::mailenable: return "mailenable";
    case Software::haraka: return "haraka";
    case Software::opensmtpd: return "opensmtpd";
    case Software::courier: return "courier";
    case Software::halon: return "halon";
    case Software::lmtp_store: return "lmtp-store";
    }
    return "unknown";
}

void read_opening_comment(std::string_view comment, Draft& out) {
    comment = ascii::trim(comment);
    read_name_of_software(comment, out);
    const std::vector<std::string_view> words = comment_words(comment);
    read_program(words, out);
    if (words.size() > 1 && ascii::iequals(words[0], "from")) { // Sendmail: `from root@localhost`
        out.local = true;
        set_if_empty(out.account, bare(words[1]));
    }
}

void read_server_comment(std::string_view comment, Draft& out) {
    comment = ascii::trim(comment);
    read_name_of_software(comment, out);
    const std::vector<std::string_view> words = comment_words(comment);
    read_program(words, out);
    if (!out.by_ip) out.by_ip = address_of(words);
}

Software software_of(const Draft& draft) {
    for (const Mark& mark : protocol_marks)
        if (ascii::icontains(draft.with, mark.text)) return mark.software;
    for (const Mark& mark : host_marks)
        if (ascii::iends_with(draft.by, mark.text)) return mark.software;
    if (is_google(draft)) return Software::google;
    // qmail names itself nowhere, but it writes addresses without brackets and dates without a weekday.
    if (draft.ip_is_bare && !draft.date.empty() && ascii::is_digit(draft.date.front()))
        return Software::qmail;
    return Software::unknown;
}

} // namespace relaytool::route
