#include "mail/date.hpp"
#include "report/sandbox_mail.hpp"
#include "report/sandbox_web.hpp"
#include "sandbox/mail_view.hpp"

#include <fmt/format.h>

namespace relaytool::report {
namespace {

/// A cell with text of strangers.
std::string cell(std::string_view text) {
    return fmt::format("<td>{}</td>", html_text(text));
}

std::string row(std::string_view name, std::string_view text) {
    return fmt::format("<tr><th scope=\"row\">{}</th>{}</tr>\n", html_text(name), cell(text));
}

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
    body += row("MAIL FROM", '<' + mail.mail.sender.address + '>');
    body += row("RCPT TO", joined(mail.mail.recipients));
    body += row("Login", mail.mail.login.empty() ? "none" : mail.mail.login);
    body += row("Client", mail.mail.helo + " [" + mail.mail.client + ']');
    body += row("Received", mail::to_rfc3339(mail.time));
    body += row("Reply", mail.mail.reply);
    return body + "</table>\n";
}

std::string header_table(const sandbox::MailView& view) {
    std::string body = "<h2>Header</h2>\n<table>\n";
    for (const auto& [name, value] : view.header)
        body += row(name, value);
    return body + "</table>\n";
}

std::string attachment_table(const sandbox::MailView& view) {
    if (view.attachments.empty()) return {};
    std::string body = "<h2>Attachments</h2>\n<table>\n";
    for (const sandbox::MailAttachment& attachment : view.attachments)
        body += row(attachment.name.empty() ? "(no name)" : attachment.name,
                    fmt::format("{}, {} octets", attachment.type, attachment.size));
    return body + "</table>\n";
}

} // namespace

std::string_view style_sheet() {
    return "body{font:16px/1.5 system-ui,sans-serif;margin:0;color:#1b1b1b;background:#fff}"
           "main{max-width:70rem;margin:0 auto;padding:1rem}"
           "table{border-collapse:collapse;width:100%}"
           "th,td{text-align:left;vertical-align:top;padding:.3rem .6rem;border-bottom:1px solid #ddd;"
           "overflow-wrap:anywhere}"
           "th{white-space:nowrap}"
           "pre{white-space:pre-wrap;overflow-wrap:anywhere;background:#f5f5f5;padding:1rem}"
           "input,button{font:inherit;padding:.3rem .6rem}"
           "@media(prefers-color-scheme:dark){body{color:#e6e6e6;background:#161616}th,td{border-color:#444}"
           "pre{background:#222}a{color:#8ab4f8}}\n";
}

std::string mail_page(const sandbox::MailListing& listing) {
    std::string body = fmt::format("<h1>Accepted mail: {}</h1>\n", listing.total);
    if (listing.mails.empty())
        return html_page("Sandbox",
                         body + "<p>Nothing here yet. Reload the page when a mail was sent.</p>\n");
    body += "<table>\n<tr><th scope=\"col\">Received</th><th scope=\"col\">From</th><th scope=\"col\">To</th>"
            "<th scope=\"col\">Subject</th><th scope=\"col\">Octets</th></tr>\n";
    for (const auto& mail : listing.mails) {
        const sandbox::MailSummary summary = sandbox::summary_of(mail->mail.octets);
        body += "<tr>" + cell(mail::to_rfc3339(mail->time)) + cell(summary.from.address) +
                cell(joined(mail->mail.recipients));
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
