#include "base/ascii.hpp"
#include "base/utf8.hpp"
#include "bounce/dialect.hpp"
#include "mail/address.hpp"

namespace relaytool::bounce {
namespace {

/// Gmail and Google Workspace, before and since they write fields of RFC 3464.
bool claims_gmail(const Source& source) {
    const bool by_google = from_has(source, "mailer-daemon@googlemail.com") ||
                           from_has(source, "mailer-daemon@google.com") ||
                           from_has(source, "mailer-daemon@gmail.com");
    return by_google || report_has(source, "Technical details of permanent failure:") ||
           report_has(source, "Technical details of temporary failure:");
}

/// `The error that the other server returned was:` and what it said; without it the whole explanation.
std::string_view cause_in(std::string_view report) {
    for (const std::string_view label :
         {"The error that the other server returned was:", "The response from the remote server was:",
          "The response was:", "Technical details of permanent failure:",
          "Technical details of temporary failure:"}) {
        const std::size_t at = ascii::ifind(report, label);
        if (at == std::string_view::npos) continue;
        const std::string_view rest = report.substr(at + label.size());
        return ascii::trim(rest.substr(0, ascii::ifind(rest, "----- Original message -----")));
    }
    return {};
}

/// `by mx.example.com. [192.0.2.1].`
std::string_view host_in(std::string_view report) {
    std::string_view rest = behind(report, "for the recipient domain ");
    rest = behind(rest.substr(0, 600), " by ");
    std::string_view host = rest.substr(0, rest.find_first_of(" \t\r\n["));
    while (host.ends_with('.'))
        host.remove_suffix(1);
    return host;
}

/// The notice of a delay that tells no cause.
std::string_view first_line_with(std::string_view report, std::string_view words) {
    const std::size_t at = ascii::ifind(report, words);
    if (at == std::string_view::npos) return {};
    const std::string_view line = report.substr(at);
    return line.substr(0, line.find_first_of("\r\n"));
}

/// `** Message not delivered **` and its sentence, up to the reply.
std::string explanation_in(std::string_view report) {
    for (const std::string_view heading :
         {"** Message not delivered **", "** Address not found **", "** Message blocked **",
          "** Delivery incomplete **", "** Message too large **"}) {
        const std::string_view text = behind(report, heading);
        if (!text.empty())
            return ascii::fold_space(
                encoding::beginning_of(text.substr(0, ascii::ifind(text, "The response")), 1000));
    }
    return {};
}

void read_gmail(const Source& source, Bounce& bounce) {
    static constexpr std::string_view starts[] = {"Delivery to the following recipient"};
    static constexpr std::string_view ends[] = {"Technical details of", "Message will be retried",
                                                "----- Original message"};
    std::vector<Recipient> told = read_list(section_of(source.report, starts, ends));
    if (told.empty() && bounce.recipients.empty())
        for (const std::string& address : mail::read_addresses(source.header().value("X-Failed-Recipients")))
            told_about(told, address);
    tell_all(told, cause_in(source.report));
    tell_all(told, first_line_with(source.report, "Message will be retried"));
    for (Recipient& recipient : told)
        if (recipient.reply.code != 0 && recipient.reply.host.empty())
            recipient.reply.host = host_in(source.report);
    add_told(source, bounce, std::move(told));
    if (bounce.notice.empty()) bounce.notice = explanation_in(source.report);
}

} // namespace

extern const Dialect gmail;
const Dialect gmail{"gmail", claims_gmail, read_gmail};

} // namespace relaytool::bounce
