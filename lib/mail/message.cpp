#include "mail/message.hpp"

#include "base/ascii.hpp"
#include "base/encoding.hpp"
#include "mail/address.hpp"
#include "mail/date.hpp"
#include "mail/fields.hpp"
#include "mail/text.hpp"

#include <algorithm>

namespace relaytool::mail {
namespace {

bool is_fold(std::string_view line) {
    return !line.empty() && ascii::is_blank(line.front()) && !ascii::trim(line).empty();
}

/// The first address of Sender, else of From.
void take_sender(StoredMessage& stored) {
    for (const std::string_view name : {"Sender", "From"}) {
        const MailboxList list = read_mailboxes(stored.message.value(name));
        if (list.mailboxes.empty()) continue;
        stored.envelope.sender = list.mailboxes.front().address;
        return;
    }
}

void take_recipients(StoredMessage& stored) {
    for (const HeaderField& field : stored.message.fields) {
        const bool names_recipients = ascii::iequals(field.name, "To") || ascii::iequals(field.name, "Cc") ||
                                      ascii::iequals(field.name, "Bcc");
        if (!names_recipients) continue;
        MailboxList list = read_mailboxes(field.raw);
        for (const Mailbox& mailbox : list.mailboxes) {
            if (stored.envelope.recipients.size() > max_recipients_of_message) return;
            stored.envelope.add(mailbox.address);
        }
        std::move(list.broken.begin(), list.broken.end(), std::back_inserter(stored.broken));
    }
}

bool same_recipient(std::string_view a, std::string_view b) {
    const std::string_view domain = domain_of(a);
    return a.size() == b.size() && ascii::iequals(domain, domain_of(b)) &&
           a.substr(0, a.size() - domain.size()) == b.substr(0, b.size() - domain.size());
}

} // namespace

std::string Message::value(std::string_view name) const {
    for (const HeaderField& field : fields)
        if (ascii::iequals(field.name, name)) return unfold(field.raw);
    return {};
}

bool Message::has(std::string_view name) const {
    return std::any_of(fields.begin(), fields.end(),
                       [name](const HeaderField& field) { return ascii::iequals(field.name, name); });
}

void Message::set(std::string_view name, std::string raw) {
    for (HeaderField& field : fields)
        if (ascii::iequals(field.name, name)) {
            field.raw = std::move(raw);
            return;
        }
    fields.push_back({std::string(name), std::move(raw)});
}

void Message::remove(std::string_view name) {
    std::erase_if(fields, [name](const HeaderField& field) { return ascii::iequals(field.name, name); });
}

void Envelope::add(std::string_view recipient) {
    const bool is_known = std::any_of(recipients.begin(), recipients.end(), [recipient](std::string_view known) {
        return same_recipient(known, recipient);
    });
    if (!is_known) recipients.emplace_back(recipient);
}

Parts cut(std::string_view crlf_text) {
    Parts parts;
    Lines lines(crlf_text);
    std::string_view line;
    Field field;
    while (true) {
        parts.body = lines.offset();
        if (!lines.next(line)) return parts;
        if (is_fold(line) && !parts.fields.empty()) {
            parts.fields.back().raw.append("\r\n").append(line);
        } else if (ascii::trim(line).empty()) {
            parts.body = lines.offset();
            parts.has_blank_line = true;
            return parts;
        } else if (read_field_line(line, field)) {
            parts.fields.push_back({std::string(field.name), std::string(field.raw)});
        } else {
            return parts;
        }
    }
}

Result<StoredMessage> read_message(std::string_view bytes) {
    const auto no_mail = [](std::string why) { return tl::unexpected(Error{"the message", std::move(why)}); };
    if (bytes.size() > longest_message) return no_mail("it is larger than 64 MiB");
    const std::string plain = encoding::decode_text_file(bytes);
    if (plain.find('\0') != std::string::npos) return no_mail("it holds a NUL, which no mail may (RFC 5322)");
    LineEnds ignored;
    std::string text = to_crlf(plain, ignored);
    if (text.starts_with("From ") || text.starts_with(">From ")) text.erase(0, text.find('\n') + 1);
    Parts parts = cut(text);
    if (parts.fields.empty())
        return no_mail("it does not begin with header fields (From: …, To: …, Subject: …)");
    if (parts.body > longest_header) return no_mail("its header is larger than 256 KiB");
    StoredMessage stored;
    stored.message.fields = std::move(parts.fields);
    stored.message.body = text.substr(parts.body);
    take_sender(stored);
    take_recipients(stored);
    if (stored.envelope.recipients.size() > max_recipients_of_message)
        return no_mail("it names more than 1000 recipients");
    stored.message.remove("Bcc");
    return stored;
}

void add_missing(Message& message, const Stamp& stamp) {
    if (!message.has("Date")) message.set("Date", " " + to_rfc5322(stamp.seconds));
    if (!message.has("Message-ID")) message.set("Message-ID", " <" + stamp.message_id + ">");
}

std::string make_message_id(std::string_view random, std::string_view host) {
    constexpr std::string_view digits = "0123456789abcdef";
    constexpr std::size_t longest_host = 255;
    std::string id;
    for (const char c : random) {
        const unsigned byte = static_cast<unsigned char>(c);
        id.append({digits[byte >> 4U], digits[byte & 0xFU]});
    }
    const bool is_name = !host.empty() && host.size() <= longest_host && ascii::is_alnum(host.front()) &&
                         std::all_of(host.begin(), host.end(),
                                     [](char c) { return ascii::is_alnum(c) || c == '-' || c == '.'; });
    return id.append(".relaytool@").append(is_name ? host : "localhost");
}

} // namespace relaytool::mail
