#include "base/ascii.hpp"
#include "bounce/dialect.hpp"
#include "bounce/ses_event.hpp"
#include "mail/address.hpp"
#include "mail/dsn.hpp"

namespace relaytool::bounce {
namespace {

using mail::Part;

void add_recipient(Bounce& bounce, std::string address) {
    if (address.empty() || bounce.recipients.size() >= 100) return;
    for (const Recipient& known : bounce.recipients)
        if (ascii::iequals(known.address, address)) return;
    bounce.recipients.emplace_back().address = std::move(address);
}

/// Who complained, RFC 5965 section 3.2: the field may come once for each.
void read_fields(const mail::Fields& fields, Bounce& bounce) {
    for (const mail::Field& field : fields.all())
        if (ascii::iequals(field.name, "Original-Rcpt-To") || ascii::iequals(field.name, "Removal-Recipient"))
            add_recipient(bounce, std::string(mail::find_address(field.raw)));
    bounce.reporting_host = mail::read_typed(fields.raw("Reporting-MTA")).value;
    bounce.arrival = fields.value("Arrival-Date");
    if (bounce.arrival.empty()) bounce.arrival = fields.value("Received-Date");
    bounce.notice = fields.value("Feedback-Type");
}

/// Hotmail's complaints have no report of their own: the field stands in the mail or in the one it encloses.
std::string hotmail_recipient(const Source& source) {
    const bool by_them = from_has(source, "staff@hotmail.com") || from_has(source, "complaints@");
    if (!by_them) return {};
    for (const Part& part : source.mime.parts)
        if (std::string address = mail::first_address(part.header.value("X-HmXmrOriginalRecipient"));
            !address.empty())
            return address;
    return {};
}

/// The To of the mail complained about.
std::string complained_about(const Source& source) {
    for (const Part& part : source.mime.parts) {
        std::string to =
            part.parent == Part::none ? std::string{} : mail::first_address(part.header.value("To"));
        if (part.type.value == "text/rfc822-headers" || part.type.value == "text/rfc822-header") {
            const std::string text = mail::decoded_body(part, 256 * 1024);
            to = mail::first_address(mail::read_header(text).fields.value("To"));
        }
        if (!to.empty()) return to;
    }
    return {};
}

/// Amazon SES tells of complaints as it tells of bounces.
bool read_ses_complaint(const Source& source, Bounce& bounce) {
    if (!report_has(source, "complainedRecipients")) return false;
    SesEvent event = read_ses_event(source.report);
    if (event.type != "Complaint") return false;
    bounce.recipients = std::move(event.recipients);
    bounce.queue_id = std::move(event.message_id);
    bounce.notice = std::move(event.feedback);
    bounce.original.from = std::move(event.source);
    bounce.original.subject = std::move(event.subject);
    return true;
}

/// Apple Mail unsubscribes its user by mail: the one who wants no more is the sender.
bool read_apple_unsubscribe(const Source& source, Bounce& bounce) {
    if (!ascii::iequals(source.header().value("X-Apple-Unsubscribe"), "true")) return false;
    add_recipient(bounce, mail::first_address(source.header().value("From")));
    return true;
}

} // namespace

bool read_complaint(const Source& source, Bounce& bounce) {
    if (read_ses_complaint(source, bounce) || read_apple_unsubscribe(source, bounce)) return true;
    const Part* report = source.mime.find("message/feedback-report");
    const std::string hotmail = hotmail_recipient(source);
    if (report == nullptr && hotmail.empty()) return false;
    if (report != nullptr) {
        const std::string text = mail::decoded_body(*report, 64 * 1024);
        read_fields(mail::read_header(text).fields, bounce);
    }
    if (bounce.recipients.empty()) add_recipient(bounce, hotmail);
    if (bounce.recipients.empty()) add_recipient(bounce, complained_about(source));
    return true;
}

} // namespace relaytool::bounce
