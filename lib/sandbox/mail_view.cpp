#include "sandbox/mail_view.hpp"

#include "base/ascii.hpp"
#include "base/charset.hpp"
#include "mail/address.hpp"
#include "mail/encoded_word.hpp"
#include "mail/fields.hpp"
#include "mail/html.hpp"
#include "mail/mime.hpp"

#include <algorithm>

namespace relaytool::sandbox {
namespace {

/// `"Name" <address>`; the name is what stands in front of the brackets.
MailAddress read_mailbox(std::string_view raw) {
    MailAddress mailbox;
    mailbox.address = encoding::repair_utf8(mail::first_address(raw));
    const std::size_t open = raw.find('<');
    if (open == std::string_view::npos) return mailbox;
    mailbox.name = ascii::trim(mail::decode_header(raw.substr(0, open)));
    if (mailbox.name.size() >= 2 && mailbox.name.front() == '"' && mailbox.name.back() == '"')
        mailbox.name = mailbox.name.substr(1, mailbox.name.size() - 2);
    return mailbox;
}

std::vector<std::string> addresses_in(const mail::Fields& fields, std::string_view name) {
    std::vector<std::string> addresses = mail::read_addresses(fields.value(name));
    for (std::string& address : addresses)
        address = encoding::repair_utf8(address);
    return addresses;
}

MailSummary summary_of(const mail::Fields& fields) {
    MailSummary summary;
    const std::string message_id = fields.value("Message-ID");
    std::string_view id = message_id;
    if (id.starts_with('<') && id.ends_with('>')) id = id.substr(1, id.size() - 2);
    summary.message_id = encoding::repair_utf8(id);
    summary.from = read_mailbox(fields.raw("From"));
    summary.to = addresses_in(fields, "To");
    summary.cc = addresses_in(fields, "Cc");
    summary.reply_to = addresses_in(fields, "Reply-To");
    summary.subject = mail::decode_header(fields.raw("Subject"));
    summary.date = encoding::repair_utf8(fields.value("Date"));
    return summary;
}

std::string name_of(const mail::Part& part) {
    const auto disposition = mail::read_parameterised(part.header.value("Content-Disposition"));
    const std::string_view name = disposition.parameter("filename");
    return mail::decode_header(name.empty() ? part.type.parameter("name") : name);
}

bool is_attachment(const mail::Part& part, const std::string& name) {
    const auto disposition = mail::read_parameterised(part.header.value("Content-Disposition"));
    return disposition.value == "attachment" || !name.empty() || !part.type.value.starts_with("text/");
}

void add_part(const mail::Part& part, MailView& view) {
    std::string name = name_of(part);
    if (is_attachment(part, name)) {
        const std::size_t size = mail::decoded_body(part, part.body.size()).size();
        view.attachments.push_back({std::move(name), part.type.value, size});
    } else if (part.type.value == "text/html") {
        if (view.html.empty())
            view.html = encoding::to_utf8(mail::decoded_body(part, longest_shown_text),
                                          part.type.parameter("charset"));
    } else if (view.text.empty()) {
        view.text = mail::text_of(part, longest_shown_text);
    }
}

} // namespace

MailSummary summary_of(std::string_view octets) {
    return summary_of(mail::read_header(octets).fields);
}

MailView view_of(std::string_view octets) {
    const mail::Mime mime = mail::read_mime(octets);
    const mail::Part& top = mime.parts.front();
    MailView view;
    view.summary = summary_of(top.header);
    for (const mail::Field& field : top.header.all())
        view.header.emplace_back(encoding::repair_utf8(field.name), mail::decode_header(field.raw));
    for (const mail::Part& part : mime.parts)
        if (!mime.has_children(part)) add_part(part, view);
    if (view.text.empty()) view.text = mail::html_to_text(view.html);
    return view;
}

} // namespace relaytool::sandbox
