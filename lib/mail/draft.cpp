#include "mail/draft.hpp"

#include "base/ascii.hpp"
#include "base/encoding.hpp"
#include "mail/address.hpp"
#include "mail/date.hpp"
#include "mail/field_writer.hpp"
#include "mail/fields.hpp"
#include "mail/text.hpp"

#include <algorithm>
#include <array>
#include <cstdint>

namespace relaytool::mail {
namespace {

struct FileType {
    std::string_view extension;
    std::string_view type;
};

constexpr std::array<FileType, 26> file_types{{{".pdf", "application/pdf"},
                                               {".txt", "text/plain"},
                                               {".log", "text/plain"},
                                               {".csv", "text/csv"},
                                               {".htm", "text/html"},
                                               {".html", "text/html"},
                                               {".xml", "application/xml"},
                                               {".json", "application/json"},
                                               {".zip", "application/zip"},
                                               {".gz", "application/gzip"},
                                               {".doc", "application/msword"},
                                               {".xls", "application/vnd.ms-excel"},
                                               {".ppt", "application/vnd.ms-powerpoint"},
                                               {".docx", "application/vnd.openxmlformats-officedocument."
                                                         "wordprocessingml.document"},
                                               {".xlsx", "application/vnd.openxmlformats-officedocument."
                                                         "spreadsheetml.sheet"},
                                               {".pptx", "application/vnd.openxmlformats-officedocument."
                                                         "presentationml.presentation"},
                                               {".odt", "application/vnd.oasis.opendocument.text"},
                                               {".ods", "application/vnd.oasis.opendocument.spreadsheet"},
                                               {".rtf", "application/rtf"},
                                               {".ics", "text/calendar"},
                                               {".png", "image/png"},
                                               {".jpg", "image/jpeg"},
                                               {".jpeg", "image/jpeg"},
                                               {".gif", "image/gif"},
                                               {".tif", "image/tiff"},
                                               {".tiff", "image/tiff"}}};

/// Fields that compose() writes itself.
constexpr std::array<std::string_view, 4> own_fields{"Bcc", "Content-Type", "Content-Transfer-Encoding",
                                                     "MIME-Version"};

constexpr std::string_view text_parameters = "; charset=utf-8";

bool is_control(char c) {
    return static_cast<unsigned char>(c) < 0x20 || c == 0x7F;
}

/// One MIME entity: what stands behind `Content-Type:`, other fields, and the body.
struct Entity {
    std::string type;
    std::string encoding; ///< empty for multiparts
    std::string disposition;
    std::string body;
};

bool has_long_line(std::string_view text) {
    Lines lines(text);
    std::string_view line;
    while (lines.next(line))
        if (line.size() > longest_line) return true;
    return false;
}

Entity text_entity(std::string_view type, std::string_view text, Offer eight_bit) {
    LineEnds ignored;
    Entity entity;
    entity.body = to_crlf(encoding::to_utf8(text, {}), ignored);
    std::erase(entity.body, '\0'); // no mail may hold one, RFC 5321 section 4.5.2
    entity.type = " " + std::string(type) + std::string(text_parameters);
    const bool is_ascii = encoding::ascii_length(entity.body) == entity.body.size();
    if (!has_long_line(entity.body) && (is_ascii || eight_bit == Offer::yes)) {
        entity.encoding = is_ascii ? " 7bit" : " 8bit";
        return entity;
    }
    std::string printable = encoding::to_quoted_printable(entity.body);
    const bool is_short = printable.size() <= entity.body.size() / 3 * 4 + 80;
    entity.encoding = is_short ? " quoted-printable" : " base64";
    entity.body = is_short ? std::move(printable) : encoding::to_base64_lines(entity.body);
    return entity;
}

/// RFC 2045 section 5.1 token/token; message and multipart must not be in base64 (section 6.4).
bool is_attachable(std::string_view type) {
    const std::size_t slash = type.find('/');
    if (slash == std::string_view::npos || slash == 0 || slash + 1 == type.size()) return false;
    if (ascii::istarts_with(type, "multipart/") || ascii::istarts_with(type, "message/")) return false;
    return std::count(type.begin(), type.end(), '/') == 1 &&
           std::all_of(type.begin(), type.end(), [](char c) {
               return ascii::is_alnum(c) || std::string_view{"/.+-_!#$&^"}.find(c) != std::string_view::npos;
           });
}

Entity attached(const Attachment& attachment) {
    const std::string_view given = attachment.type.empty() ? type_of_file(attachment.name) : attachment.type;
    const std::string_view type = is_attachable(given) ? given : "application/octet-stream";
    Entity entity;
    entity.type = write_parameterised("Content-Type", type, {{"name", attachment.name}});
    entity.disposition =
        write_parameterised("Content-Disposition", "attachment", {{"filename", attachment.name}});
    entity.encoding = " base64";
    entity.body = encoding::to_base64_lines(attachment.bytes);
    return entity;
}

/// A line that is in none of the parts: `=_` is in no quoted-printable and in no base64, and 8-bit text is
/// searched.
std::string boundary_for(const std::vector<Entity>& parts, std::string_view seed) {
    std::uint64_t hash = 0xCBF29CE484222325U; // FNV-1a
    for (const char c : seed)
        hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001B3U;
    while (true) {
        std::string boundary = "=_" + std::to_string(hash);
        const bool is_taken = std::any_of(parts.begin(), parts.end(), [&](const Entity& part) {
            return part.body.find(boundary) != std::string::npos;
        });
        if (!is_taken) return boundary;
        ++hash;
    }
}

/// RFC 2046 section 5.1.1.
Entity multipart(std::string_view kind, const std::vector<Entity>& parts, std::string_view seed) {
    const std::string boundary = boundary_for(parts, seed);
    Entity whole;
    whole.type = " multipart/" + std::string(kind) + ";\r\n boundary=\"" + boundary + "\"";
    for (const Entity& part : parts) {
        whole.body.append("--").append(boundary).append("\r\nContent-Type:").append(part.type).append("\r\n");
        if (!part.encoding.empty())
            whole.body.append("Content-Transfer-Encoding:").append(part.encoding).append("\r\n");
        if (!part.disposition.empty())
            whole.body.append("Content-Disposition:").append(part.disposition).append("\r\n");
        whole.body.append("\r\n").append(part.body);
        if (!part.body.ends_with("\r\n")) whole.body.append("\r\n");
    }
    whole.body.append("--").append(boundary).append("--\r\n");
    return whole;
}

Entity content_of(const Draft& draft, Transfer transfer) {
    Entity content = text_entity("text/plain", draft.text, transfer.eight_bit);
    if (!draft.html.empty())
        content =
            multipart("alternative", {content, text_entity("text/html", draft.html, transfer.eight_bit)},
                      draft.stamp.message_id + "a");
    if (draft.attachments.empty()) return content;
    std::vector<Entity> parts{std::move(content)};
    for (const Attachment& attachment : draft.attachments)
        parts.push_back(attached(attachment));
    return multipart("mixed", parts, draft.stamp.message_id + "m");
}

/// What nobody checked yet: a draft may be filled by anybody.
Result<void> check(const Draft& draft) {
    if (draft.from.empty()) return tl::unexpected(Error{"--from", "who sends the message?"});
    const std::array<std::pair<std::string_view, const std::vector<Mailbox>*>, 5> lists{
        {{"--from", &draft.from},
         {"--to", &draft.to},
         {"--cc", &draft.cc},
         {"--bcc", &draft.bcc},
         {"--reply-to", &draft.reply_to}}};
    for (const auto& [option, list] : lists)
        for (const Mailbox& mailbox : *list) {
            if (!is_envelope_address(mailbox.address))
                return tl::unexpected(
                    Error{std::string(option) + " " + mailbox.address, "this is no mail address"});
            if (const auto name = read_text_option(option, mailbox.name); !name)
                return tl::unexpected(name.error());
        }
    if (const auto subject = read_text_option("--subject", draft.subject); !subject)
        return tl::unexpected(subject.error());
    for (const auto& [name, value] : draft.extra) {
        std::string line = name;
        line.append(": ").append(value);
        if (const auto field = read_field_option("--header", line); !field)
            return tl::unexpected(field.error());
    }
    for (const Attachment& attachment : draft.attachments)
        if (const auto name = read_text_option("--attach", attachment.name); !name)
            return tl::unexpected(name.error());
    const std::string& id = draft.stamp.message_id;
    if (!is_envelope_address(id))
        return tl::unexpected(Error{"--message-id", "write it as unique-text@example.com"});
    return {};
}

HeaderForm form_of(const Draft& draft) {
    for (const std::vector<Mailbox>* list : {&draft.from, &draft.to, &draft.cc, &draft.reply_to})
        for (const Mailbox& mailbox : *list)
            if (encoding::ascii_length(mailbox.address) != mailbox.address.size()) return HeaderForm::utf8;
    return HeaderForm::ascii;
}

} // namespace

Result<std::string> read_text_option(std::string_view option, std::string_view value) {
    const auto refuse = [option](std::string why) {
        return tl::unexpected(Error{std::string(option), std::move(why)});
    };
    if (value.size() > longest_option) return refuse("longer than 64 KiB");
    if (value.find_first_of("\r\n") != std::string_view::npos)
        return refuse("a line end in it would begin another header field; write it on one line");
    if (std::any_of(value.begin(), value.end(), is_control))
        return refuse("there is a control character in it");
    return encoding::to_utf8(value, {});
}

Result<std::vector<Mailbox>> read_mailbox_option(std::string_view option, std::string_view value) {
    const Result<std::string> text = read_text_option(option, value);
    if (!text) return tl::unexpected(text.error());
    MailboxList list = read_mailboxes(*text);
    if (!list.broken.empty())
        return tl::unexpected(
            Error{std::string(option) + " " + list.broken.front(),
                  "this is no mail address; write name@example.com or \"Name <name@example.com>\""});
    if (list.mailboxes.empty())
        return tl::unexpected(Error{std::string(option), "there is no address in it"});
    return std::move(list.mailboxes);
}

Result<std::pair<std::string, std::string>> read_field_option(std::string_view option,
                                                              std::string_view value) {
    const Result<std::string> text = read_text_option(option, value);
    if (!text) return tl::unexpected(text.error());
    Field field;
    if (!read_field_line(*text, field))
        return tl::unexpected(Error{std::string(option), "write it as \"Name: value\""});
    for (const std::string_view own : own_fields)
        if (ascii::iequals(field.name, own))
            return tl::unexpected(
                Error{std::string(option), std::string(own) + " is written by this program itself"});
    return std::pair{std::string(field.name), std::string(ascii::trim(field.raw))};
}

std::string_view type_of_file(std::string_view name) {
    for (const FileType& row : file_types)
        if (ascii::iends_with(name, row.extension)) return row.type;
    return "application/octet-stream";
}

Envelope envelope_of(const Draft& draft) {
    Envelope envelope;
    if (!draft.from.empty()) envelope.sender = draft.from.front().address;
    for (const std::vector<Mailbox>* list : {&draft.to, &draft.cc, &draft.bcc})
        for (const Mailbox& mailbox : *list)
            envelope.add(mailbox.address);
    return envelope;
}

Result<Message> compose(const Draft& draft, Transfer transfer) {
    if (const Result<void> good = check(draft); !good) return tl::unexpected(good.error());
    const HeaderForm form = form_of(draft);
    Message message;
    message.set("Date", " " + to_rfc5322(draft.stamp.seconds));
    const auto add = [&](std::string_view name, const std::vector<Mailbox>& list) {
        if (!list.empty()) message.set(name, write_mailboxes(name, list, form));
    };
    add("From", draft.from);
    if (draft.from.size() > 1) // RFC 5322 section 3.6.2
        message.set("Sender", " " + draft.from.front().address);
    add("Reply-To", draft.reply_to);
    add("To", draft.to);
    add("Cc", draft.cc);
    message.set("Subject", write_text("Subject", draft.subject, form));
    message.set("Message-ID", " <" + draft.stamp.message_id + ">");
    for (const auto& [name, value] : draft.extra) {
        // An existing field (Subject, Date, …) is meant to be replaced.
        const Result<std::string> raw = rewrite(name, " " + value, form);
        if (!raw) return tl::unexpected(raw.error());
        if (message.has(name))
            message.set(name, *raw);
        else
            message.fields.push_back({name, *raw});
    }
    Entity content = content_of(draft, transfer);
    message.set("MIME-Version", " 1.0");
    message.set("Content-Type", std::move(content.type));
    if (!content.encoding.empty()) message.set("Content-Transfer-Encoding", std::move(content.encoding));
    message.body = std::move(content.body);
    return message;
}

} // namespace relaytool::mail
