#include "base/ascii.hpp"
#include "base/encoding.hpp"
#include "mail/field_writer.hpp"
#include "mail/message.hpp"
#include "mail/mime.hpp"
#include "mail/text.hpp"

namespace relaytool::mail {
namespace {

bool is_ascii(std::string_view text) {
    return encoding::ascii_length(text) == text.size();
}

bool has_long_line(std::string_view text) {
    Lines lines(text);
    std::string_view line;
    while (lines.next(line))
        if (line.size() > longest_line) return true;
    return false;
}

/// The first address that is not ASCII: only SMTPUTF8 can carry it (RFC 6531 section 3.1).
std::string utf8_address(const Message& message) {
    for (const HeaderField& field : message.fields) {
        if (!is_address_field(field.name) || is_ascii(field.raw)) continue;
        for (const Mailbox& mailbox : read_mailboxes(field.raw).mailboxes)
            if (!is_ascii(mailbox.address)) return mailbox.address;
    }
    return {};
}

/// Puts the body into quoted-printable or base64, whichever is shorter; what is no text into base64.
void recode(Message& message) {
    const Parameterised type = read_parameterised(message.value("Content-Type"));
    const std::string how = ascii::to_lower(message.value("Content-Transfer-Encoding"));
    std::string bytes = std::move(message.body);
    if (how == "base64") bytes = encoding::base64(bytes);
    if (how == "quoted-printable") bytes = encoding::quoted_printable(bytes);
    const bool is_text = type.value.empty() || type.value.starts_with("text/");
    if (type.value.empty())
        message.set("Content-Type", encoding::is_utf8(bytes) ? " text/plain; charset=utf-8"
                                                             : " text/plain; charset=windows-1252");
    if (!message.has("MIME-Version")) message.set("MIME-Version", " 1.0");
    std::string printable = is_text ? encoding::to_quoted_printable(bytes) : std::string{};
    const bool is_shorter = is_text && printable.size() <= bytes.size() / 3 * 4 + bytes.size() / 28 + 8;
    message.body = is_shorter ? std::move(printable) : encoding::to_base64_lines(bytes);
    if (!message.body.ends_with("\r\n")) message.body += "\r\n";
    message.set("Content-Transfer-Encoding", is_shorter ? " quoted-printable" : " base64");
}

/// Makes the body one that the server can take.
Result<void> fit_body(Message& message, Offer eight_bit) {
    const bool is_plain = is_ascii(message.body);
    const bool is_long = has_long_line(message.body);
    if (!is_long && (is_plain || eight_bit == Offer::yes)) return {};
    const std::string type = read_parameterised(message.value("Content-Type")).value;
    const bool has_parts = type.starts_with("multipart/") || type.starts_with("message/");
    if (has_parts && !is_plain && eight_bit == Offer::no)
        return tl::unexpected(Error{"the message", "it has parts with 8-bit text, and this server does not offer "
                                                   "8BITMIME; save it with quoted-printable parts"});
    if (!has_parts) recode(message);
    return {};
}

} // namespace

Result<Written> write(const Message& original, Transfer transfer) {
    const std::string needs_utf8 = utf8_address(original);
    if (!needs_utf8.empty() && transfer.smtputf8 == Offer::no)
        return tl::unexpected(
            Error{needs_utf8, "the address is not ASCII, and this server does not offer SMTPUTF8 (RFC 6531)"});
    Message message = original;
    if (const Result<void> fits = fit_body(message, transfer.eight_bit); !fits)
        return tl::unexpected(fits.error());
    Written written;
    written.addresses = needs_utf8.empty() ? AddressForm::ascii : AddressForm::utf8;
    const HeaderForm form = needs_utf8.empty() ? HeaderForm::ascii : HeaderForm::utf8;
    written.octets.reserve(message.body.size() + 4096);
    for (const HeaderField& field : message.fields) {
        const Result<std::string> raw = rewrite(field.name, field.raw, form);
        if (!raw) return tl::unexpected(raw.error());
        written.octets.append(field.name).append(":").append(*raw).append("\r\n");
    }
    written.octets.append("\r\n").append(message.body);
    written.content = is_ascii(written.octets) ? Content::seven_bit : Content::eight_bit;
    return written;
}

} // namespace relaytool::mail
