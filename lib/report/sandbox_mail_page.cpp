#include "mail/date.hpp"
#include "report/html.hpp"
#include "report/sandbox_mail.hpp"
#include "report/sandbox_web.hpp"
#include "sandbox/mail_view.hpp"

#include <fmt/format.h>

namespace relaytool::report {
namespace {

std::string joined(const std::vector<smtp::Path>& paths) {
    std::string text;
    for (const smtp::Path& path : paths)
        text.append(text.empty() ? "" : ", ").append(path.address);
    return text;
}

std::string subject_of(const sandbox::MailSummary& summary) {
    return summary.subject.empty() ? "(no subject)" : summary.subject;
}

std::string envelope_table(const sandbox::StoredMail& mail) {
    std::string body = "<h2>Envelope</h2>\n<table>\n";
    body += html_row("MAIL FROM", '<' + mail.mail.sender.address + '>');
    body += html_row("RCPT TO", joined(mail.mail.recipients));
    body += html_row("Login", mail.mail.login.empty() ? "none" : mail.mail.login);
    body += html_row("Client", mail.mail.helo + " [" + mail.mail.client + ']');
    body += html_row("Received", mail::to_rfc3339(mail.time));
    body += html_row("Reply", mail.mail.reply);
    return body + "</table>\n";
}

std::string header_table(const sandbox::MailView& view) {
    std::string body = "<h2>Header</h2>\n<table>\n";
    for (const auto& [name, value] : view.header)
        body += html_row(name, value);
    return body + "</table>\n";
}

std::string attachment_table(const sandbox::MailView& view) {
    if (view.attachments.empty()) return {};
    std::string body = "<h2>Attachments</h2>\n<table>\n";
    for (const sandbox::MailAttachment& attachment : view.attachments)
        body += html_row(attachment.name.empty() ? "(no name)" : attachment.name,
                         fmt::format("{}, {} octets", attachment.type, attachment.size));
    return body + "</table>\n";
}

} // namespace

std::string mail_page(const sandbox::MailListing& listing) {
    std::string body = fmt::format("<h1>Accepted mail: {}</h1>\n", listing.total);
    if (listing.mails.empty())
        return html_page("Sandbox",
                         body + "<p>Nothing here yet. Reload the page when a mail was sent.</p>\n");
    body += "<table>\n<tr><th scope=\"col\">Received</th><th scope=\"col\">From</th><th scope=\"col\">To</th>"
            "<th scope=\"col\">Subject</th><th scope=\"col\">Octets</th></tr>\n";
    for (const auto& mail : listing.mails) {
        const sandbox::MailSummary summary = sandbox::summary_of(mail->mail.octets);
        body += "<tr>" + html_cell(mail::to_rfc3339(mail->time)) + html_cell(summary.from.address) +
                html_cell(joined(mail->mail.recipients));
        body += fmt::format("<td><a href=\"/view/{}\">{}</a></td>", html_text(mail->id),
                            html_text(subject_of(summary)));
        body += fmt::format("<td>{}</td></tr>\n", mail->mail.octets.size());
    }
    body += "</table>\n";
    const std::size_t next = listing.start + listing.mails.size();
    if (next < listing.total) body += fmt::format("<p><a href=\"/?start={}\">Older mail</a></p>\n", next);
    return html_page("Sandbox", body);
}

std::string mail_page(const sandbox::StoredMail& mail) {
    const sandbox::MailView view = sandbox::view_of(mail.mail.octets);
    std::string body =
        fmt::format("<p><a href=\"/\">All mail</a></p>\n<h1>{}</h1>\n", html_text(subject_of(view.summary)));
    body += envelope_table(mail);
    body += header_table(view);
    body += fmt::format("<h2>Text</h2>\n<pre>{}</pre>\n", html_text(view.text));
    body += attachment_table(view);
    body += fmt::format("<p><a href=\"/api/v1/message/{0}/raw\">As it came</a></p>\n", html_text(mail.id));
    return html_page(subject_of(view.summary), body);
}

} // namespace relaytool::report
