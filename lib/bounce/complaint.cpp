#include "base/ascii.hpp"
#include "bounce/dialect.hpp"
#include "mail/address.hpp"
#include "mail/dsn.hpp"

namespace relaytool::bounce {
namespace {

/// Who was complained about, RFC 5965 section 3.2; else the To of the mail that came back.
void read_fields(const mail::Fields& fields, Bounce& bounce) {
    for (const mail::Field& field : fields.all()) {
        const bool wanted = ascii::iequals(field.name, "Original-Rcpt-To") ||
                            ascii::iequals(field.name, "Removal-Recipient");
        if (!wanted) continue;
        Recipient recipient;
        recipient.address = mail::find_address(field.raw);
        if (!recipient.address.empty() && bounce.recipients.empty()) bounce.recipients.push_back(std::move(recipient));
    }
    bounce.reporting_host = mail::read_typed(fields.raw("Reporting-MTA")).value;
    bounce.arrival = fields.value("Arrival-Date");
    if (bounce.arrival.empty()) bounce.arrival = fields.value("Received-Date");
    bounce.notice = fields.value("Feedback-Type");
}

} // namespace

bool read_complaint(const Source& source, Bounce& bounce) {
    const mail::Part* report = source.mime.find("message/feedback-report");
    const bool opted_out = ascii::istarts_with(source.header().value("X-HmXmrOriginalRecipient"), "") &&
                           source.header().has("X-HmXmrOriginalRecipient");
    const bool by_sender = from_has(source, "staff@hotmail.com") || from_has(source, "complaints@");
    if (report == nullptr && !(opted_out && by_sender)) return false;
    if (report != nullptr) {
        const std::string text = mail::decoded_body(*report, 64 * 1024);
        read_fields(mail::read_header(text).fields, bounce);
    }
    if (bounce.recipients.empty() && opted_out)
        bounce.recipients.emplace_back().address =
            mail::first_address(source.header().value("X-HmXmrOriginalRecipient"));
    if (!bounce.recipients.empty()) return true;
    // The To of the mail complained about.
    for (const mail::Part& part : source.mime.parts) {
        std::string to = part.parent == mail::Part::none ? std::string{} : mail::first_address(part.header.value("To"));
        if (part.type.value == "text/rfc822-headers" || part.type.value == "text/rfc822-header") {
            const std::string text = mail::decoded_body(part, 256 * 1024);
            to = mail::first_address(mail::read_header(text).fields.value("To"));
        }
        if (to.empty()) continue;
        bounce.recipients.emplace_back().address = std::move(to);
        break;
    }
    return true;
}

} // namespace relaytool::bounce
