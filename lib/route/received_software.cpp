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
constexpr std::array<Mark, 19> comment_marks{{{"Postfix", Software::postfix},
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
constexpr std::array<Mark, 10> host_marks{{{".google.com", Software::google},
                                           {".gmail.com", Software::google},
                                           {".googlemail.com", Software::google},
                                           {".yahoo.com", Software::yahoo},
                                           {".yahoo.co.jp", Software::yahoo},
                                           {".aol.com", Software::yahoo},
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
    if (!draft.by_ip || !draft.helo.empty()) return false;
    if (draft.by_ip->family() == ip::Family::v6) return draft.by_ip->high() >> 32 == 0x20020a05;
    return (draft.by_ip->low() >> 24) == 10 && (draft.with == "SMTP" || draft.with == "HTTP");
}

void read_account_behind(const std::vector<std::string_view>& words, std::string_view key, Draft& out) {
    for (std::size_t i = 0; i + 1 < words.size(); ++i) {
        if (!ascii::iequals(words[i], key)) continue;
        out.local = true;
        set_if_empty(out.account, "uid " + std::string(words[i + 1]));
        return;
    }
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
    const std::vector<std::string_view> words = words_of(comment);
    if (words.empty()) return;
    if (ascii::iends_with(words[0], "qmail") || ascii::iequals(words[0], "nullmailer"))
        out.software = Software::qmail;
    read_account_behind(words, "uid", out);
    if (words.size() > 1 && ascii::iequals(words[0], "from")) { // Sendmail: `from root@localhost`
        out.local = true;
        set_if_empty(out.account, bare(words[1]));
    }
    if (ascii::icontains(comment, "invoked for bounce") || ascii::icontains(comment, "invoked by alias"))
        out.local = true;
}

void read_server_comment(std::string_view comment, Draft& out) {
    comment = ascii::trim(comment);
    if (out.software == Software::unknown) {
        if (is_sendmail_version(comment)) out.software = Software::sendmail;
        for (const Mark& mark : comment_marks)
            if (ascii::istarts_with(comment, mark.text)) out.software = mark.software;
    }
    const std::vector<std::string_view> words = words_of(comment);
    read_account_behind(words, "userid", out);
    if (out.by_ip || words.empty() || words.size() > 2) return;
    out.by_ip = read_client_address(words.back()); // `[ip]`, `name [ip]`
    if (!out.by_ip) out.by_ip = read_client_address(words.front());
}

Software software_of(const Draft& draft) {
    for (const Mark& mark : protocol_marks)
        if (ascii::icontains(draft.with, mark.text)) return mark.software;
    for (const Mark& mark : host_marks)
        if (ascii::iends_with(draft.by, mark.text)) return mark.software;
    if (is_google(draft)) return Software::google;
    // qmail has neither a name nor a comment of its own, but it alone says HELO, and writes no weekday.
    if (draft.helo_is_told && !draft.date.empty() && ascii::is_digit(draft.date.front())) return Software::qmail;
    return Software::unknown;
}

} // namespace relaytool::route
