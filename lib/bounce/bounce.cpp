#include "bounce/bounce.hpp"

#include "base/ascii.hpp"
#include "base/encoding.hpp"
#include "bounce/dialect.hpp"
#include "bounce/source.hpp"
#include "mail/address.hpp"
#include "mail/encoded_word.hpp"

#include <algorithm>
#include <array>

namespace relaytool::bounce {
namespace {

using mail::Fields;
using mail::Part;

std::string without_brackets(std::string text) {
    if (text.starts_with('<') && text.ends_with('>')) return text.substr(1, text.size() - 2);
    return text;
}

void read_original(const Fields& fields, Original& original) {
    original.from = mail::first_address(fields.value("From"));
    original.to = mail::first_address(fields.value("To"));
    original.subject = mail::decode_header(fields.raw("Subject"));
    original.message_id = without_brackets(fields.value("Message-ID"));
    original.date = fields.value("Date");
}

bool holds_a_mail(const Fields& fields) {
    return fields.has("From") || fields.has("To") || fields.has("Subject") || fields.has("Message-ID");
}

/// The returned mail: a part of its own, its header only, or the end of the report's text.
void find_original(const Source& source, Bounce& bounce) {
    for (const Part& part : source.mime.parts) {
        if (part.parent == Part::none) continue;
        const Part& parent = source.mime.parts[part.parent];
        const bool embedded = parent.type.value == "message/rfc822" || parent.type.value == "message/global";
        if (embedded && holds_a_mail(part.header)) return read_original(part.header, bounce.original);
        if (part.type.value == "text/rfc822-headers" || part.type.value == "text/rfc822-header" ||
            part.type.value == "message/global-headers") {
            const std::string text = decoded_body(part, 256 * 1024);
            const mail::Header header = mail::read_header(text);
            if (holds_a_mail(header.fields)) return read_original(header.fields, bounce.original);
        }
    }
    const std::size_t begin = std::min(source.original.find_first_not_of("\r\n"), source.original.size());
    const mail::Header header = mail::read_header(std::string_view(source.original).substr(begin));
    if (holds_a_mail(header.fields)) read_original(header.fields, bounce.original);
}

Action implied_action(const Recipient& recipient) {
    if (recipient.action != Action::none) return recipient.action;
    return recipient.status.starts_with('2') ? Action::delivered : Action::failed;
}

Kind kind_of(const Bounce& bounce) {
    bool delayed = false;
    for (const Recipient& recipient : bounce.recipients) {
        const Action action = implied_action(recipient);
        if (action == Action::failed) return Kind::bounce;
        delayed = delayed || action == Action::delayed;
    }
    return delayed ? Kind::delay : Kind::success;
}

/// A person's answer may quote a whole report.
bool is_conversation(const Source& source) {
    static constexpr std::array<std::string_view, 5> answers{"re:", "aw:", "antw:", "sv:", "re :"};
    const auto answered = [&](std::string_view word) { return ascii::istarts_with(source.subject, word); };
    return std::any_of(answers.begin(), answers.end(), answered) && !sent_by_daemon(source) &&
           ascii::trim(source.header().value("Return-Path")) != "<>";
}

bool read_by_dialect(const Source& source, Bounce& bounce) {
    if (bounce.recipients.empty() && is_conversation(source)) return false;
    for (const Dialect& dialect : dialects()) {
        if (!dialect.claims(source)) continue;
        bounce.format = dialect.name;
        dialect.read(source, bounce);
        return true;
    }
    return false;
}

/// An answer written by a program: the one who "sent" it is the recipient who was reached.
void read_auto_reply(const Source& source, Bounce& bounce) {
    bounce.kind = Kind::auto_reply;
    bounce.format = "auto-reply";
    std::string address = mail::first_address(source.header().value("From"));
    if (!address.empty()) bounce.recipients.emplace_back().address = std::move(address);
    bounce.original.message_id = without_brackets(source.header().value("In-Reply-To"));
}

/// A report may hold any bytes; what leaves here is text.
void repair(Bounce& bounce) {
    const auto mend = [](std::string& text) {
        if (!encoding::is_utf8(text)) text = encoding::to_utf8(text, {});
    };
    for (std::string* text : {&bounce.reporting_host, &bounce.submitted_by, &bounce.queue_id, &bounce.arrival,
                              &bounce.retry_until, &bounce.notice, &bounce.original.from, &bounce.original.to,
                              &bounce.original.subject, &bounce.original.message_id, &bounce.original.date})
        mend(*text);
    for (Recipient& recipient : bounce.recipients)
        for (std::string* text : {&recipient.address, &recipient.status, &recipient.notice,
                                  &recipient.reply.text, &recipient.reply.host})
            mend(*text);
}

/// A report that names nobody (cut short, or in words that are not known) is a report all the same.
bool is_report(const Source& source, const Bounce& bounce) {
    if (source.mime.parts.front().type.parameter("report-type") == "delivery-status") return true;
    return sent_by_daemon(source) && smtp::read_reply(bounce.notice).code >= 400;
}

Bounce read_facts(std::string_view message) {
    const Source source = prepare(message);
    Bounce bounce;
    bounce.format = "mail";
    if (read_complaint(source, bounce)) {
        bounce.kind = Kind::complaint;
        bounce.format = "arf";
        find_original(source, bounce);
        return bounce;
    }
    const bool structured = read_structured(source, bounce);
    const bool claimed = read_by_dialect(source, bounce);
    if (structured && !claimed) bounce.format = "rfc3464";
    if (bounce.recipients.empty() && is_auto_reply(source)) {
        read_auto_reply(source, bounce);
        return bounce;
    }
    if (bounce.recipients.empty() && (claimed || (looks_like_bounce(source) && !is_conversation(source)))) {
        if (!claimed) bounce.format = "unrecognised";
        read_heuristically(source, bounce);
    }
    if (bounce.recipients.empty() && !claimed && !is_report(source, bounce)) {
        bounce.kind = source.header().empty() ? Kind::unreadable : Kind::not_a_bounce;
        bounce.format = "mail";
        read_original(source.header(), bounce.original);
        return bounce;
    }
    bounce.kind = bounce.recipients.empty() ? Kind::bounce : kind_of(bounce);
    find_original(source, bounce);
    return bounce;
}

} // namespace

std::string_view to_string(Kind kind) {
    static constexpr std::array<std::string_view, 7> names{
        "bounce", "delay", "success", "auto-reply", "complaint", "not-a-bounce", "unreadable"};
    return names[static_cast<std::size_t>(kind)];
}

std::string_view to_string(Action action) {
    static constexpr std::array<std::string_view, 6> names{"",          "failed",  "delayed",
                                                           "delivered", "relayed", "expanded"};
    return names[static_cast<std::size_t>(action)];
}

Bounce read(std::string_view message) {
    Bounce bounce = read_facts(message);
    repair(bounce);
    return bounce;
}

} // namespace relaytool::bounce
