#include "base/ascii.hpp"
#include "bounce/dialect.hpp"
#include "mail/address.hpp"
#include "mail/text.hpp"

#include <algorithm>
#include <array>

namespace relaytool::bounce {
namespace {

/// Nobody else sends under these names.
constexpr std::array<std::string_view, 7> daemons{
    "mailer-daemon", "mailerdaemon",       "mail-daemon",   "mailer daemon",
    "mdaemon@",      "delivery subsystem", "mail delivery",
};

/// People answer under these names, too.
constexpr std::array<std::string_view, 3> masters{"postmaster", "post_master", "mail administrator"};

/// Only bounces have these in their subject.
constexpr std::array<std::string_view, 16> subjects{
    "undeliver",
    "delivery failure",
    "returned mail",
    "failure notice",
    "non-deliver",
    "nondeliver",
    "non delivery",
    "returning message",
    "unzustellbar",
    "onbestelbaar",
    "message not delivered",
    "mail failure",
    "warning: could not send",
    "could not be deliver",
    "can not be delivered",
    "cannot be delivered",
};

/// Parcels and newsletters have these, too.
constexpr std::array<std::string_view, 9> vague_subjects{
    "delivery fail",         "delivery status", "mail delivery",  "non remis",       "no se puede entregar",
    "delivery notification", "delayed mail",    "delivery error", "failed delivery",
};

/// In front of the one who was not reached.
constexpr std::string_view leads[] = {
    "could not be delivered to",
    "cannot be delivered to",
    "can not be delivered to",
    "was not delivered to",
    "unable to deliver message to",
    "unable to deliver to",
    "unable to deliver mail to",
    "unable to send to",
    "delivering your mail to",
    "did not reach",
    "following recipient",
    "following recipient(s)",
    "following address",
    "failed recipient",
    "failed address",
    "delivery failed to",
    "delivery failed:",
    "delivery to",
    "intended recipient",
    "recipient address:",
    "rejected recipient",
    "recipient:",
    "undeliverable to",
    "following email address",
    "your message to",
    "your mail to",
    "rcpt to:",
};

/// In front of anybody: the last thing to go by.
constexpr std::string_view vague_leads[] = {
    "to:", "for:", "address:", "user:", "mailbox:", "sent to", "addressed to"};

constexpr std::array<std::string_view, 17> trouble{
    "unknown",  "not found", "does not exist", "doesn't exist", "full",          "quota",
    "rejected", "refused",   "failed",         "could not",     "unable",        "not exist",
    "denied",   "invalid",   "did not reach",  "not delivered", "undeliverable",
};

/// The line that tells why, for a report that names nobody.
std::string_view reason_in(std::string_view report) {
    mail::Lines lines(report);
    std::string_view line;
    std::string_view vague;
    while (lines.next(line)) {
        line = ascii::trim(line);
        const smtp::Reply reply = smtp::read_reply(line.substr(0, 2000));
        if (reply.code >= 400 || (reply.enhanced && reply.enhanced->klass != 2)) return line;
        const bool tells = std::any_of(trouble.begin(), trouble.end(),
                                       [&](std::string_view words) { return ascii::icontains(line, words); });
        if (tells && vague.empty()) vague = line;
    }
    return vague;
}

void read_failed_recipients(const Source& source, Bounce& bounce) {
    for (const mail::Field& field : source.header().all()) {
        if (!ascii::iequals(field.name, "X-Failed-Recipients")) continue;
        std::vector<Recipient> told;
        for (std::string& address : mail::read_addresses(mail::unfold(field.raw))) {
            Recipient& recipient = told.emplace_back();
            recipient.address = std::move(address);
            recipient.action = speaks_of_delay(source) ? Action::delayed : Action::failed;
        }
        merge(bounce.recipients, std::move(told));
    }
}

/// The mail that came back knows to whom it was sent.
void read_original_to(const Source& source, Bounce& bounce) {
    std::string to = mail::first_address(mail::read_header(source.original).fields.value("To"));
    for (const mail::Part& part : source.mime.parts) {
        if (!to.empty()) break;
        if (part.parent != mail::Part::none) to = mail::first_address(part.header.value("To"));
    }
    if (to.empty()) return;
    Recipient& recipient = bounce.recipients.emplace_back();
    recipient.address = std::move(to);
    recipient.action = speaks_of_delay(source) ? Action::delayed : Action::failed;
}

/// The reporter and the one it reports to are not those who were not reached, when others are named.
void drop_correspondents(const Source& source, std::vector<Recipient>& told) {
    const std::string from = mail::first_address(source.header().value("From"));
    const std::string to = mail::first_address(source.header().value("To"));
    const auto is_one = [&](const Recipient& recipient) {
        return ascii::iequals(recipient.address, from) || ascii::iequals(recipient.address, to);
    };
    if (!std::all_of(told.begin(), told.end(), is_one)) std::erase_if(told, is_one);
}

void read_told(const Source& source, Bounce& bounce, const TextShape& shape) {
    if (!bounce.recipients.empty()) return;
    std::vector<Recipient> told = read_text_report(source.report, shape);
    drop_correspondents(source, told);
    add_told(source, bounce, std::move(told));
}

} // namespace

bool from_has(const Source& source, std::string_view words) {
    return source.grams.may_hold(words) && ascii::icontains(source.from, words);
}
bool subject_has(const Source& source, std::string_view words) {
    return source.grams.may_hold(words) && ascii::icontains(source.subject, words);
}
bool report_has(const Source& source, std::string_view words) {
    return source.grams.may_hold(words) && ascii::icontains(source.report, words);
}

bool speaks_of_delay(const Source& source) {
    // A subject may repeat that of the original.
    if (subject_has(source, "undeliver") || subject_has(source, "returned mail")) return false;
    if (subject_has(source, "delay") || subject_has(source, "warning: could not send")) return true;
    if (ascii::istarts_with(source.subject, "warning:") && !subject_has(source, "fail")) return true;
    for (const std::string_view words :
         {"this is a warning message only", "has not been delivered yet", "not yet been delivered",
          "will be retried", "will keep trying", "has been delayed", "you do not need to resend",
          "will continue trying", "only a temporary failure report", "no need to resend your message",
          "attempts will continue for some time"})
        if (report_has(source, words)) return true;
    return false;
}

bool sent_by_daemon(const Source& source) {
    const auto in_from = [&](std::string_view words) { return from_has(source, words); };
    return std::any_of(daemons.begin(), daemons.end(), in_from) ||
           std::any_of(masters.begin(), masters.end(), in_from);
}

void add_told(const Source& source, Bounce& bounce, std::vector<Recipient> told) {
    if (speaks_of_delay(source))
        for (Recipient& recipient : told)
            recipient.action = Action::delayed;
    merge(bounce.recipients, std::move(told));
}

void read_nothing(const Source&, Bounce&) {}

bool says_all(const Bounce& bounce) {
    return !bounce.recipients.empty() &&
           std::all_of(bounce.recipients.begin(), bounce.recipients.end(),
                       [](const Recipient& recipient) { return !recipient.reply.text.empty(); });
}

void read_shape(const Source& source, Bounce& bounce, const TextShape& shape) {
    if (says_all(bounce)) return;
    std::vector<Recipient> told = read_text_report(source.report, shape);
    if (told.empty() && bounce.recipients.empty() && !shape.starts.empty()) {
        TextShape anywhere = shape;
        anywhere.starts = {};
        told = read_text_report(source.report, anywhere);
    }
    add_told(source, bounce, std::move(told));
}

bool looks_like_bounce(const Source& source) {
    const auto in_from = [&](std::string_view words) { return from_has(source, words); };
    const auto in_subject = [&](std::string_view words) { return subject_has(source, words); };
    if (source.header().has("X-Failed-Recipients")) return true;
    if (std::any_of(daemons.begin(), daemons.end(), in_from)) return true;
    const std::string_view reason = reason_in(source.report);
    const bool refused = smtp::read_reply(reason).code >= 400;
    const bool no_way_back = ascii::trim(source.header().value("Return-Path")) == "<>";
    if (std::any_of(subjects.begin(), subjects.end(), in_subject))
        return no_way_back || !reason.empty() || sent_by_daemon(source);
    if (source.header().has("List-Unsubscribe")) return false;
    const bool master = std::any_of(masters.begin(), masters.end(), in_from);
    const bool vague = std::any_of(vague_subjects.begin(), vague_subjects.end(), in_subject);
    if (vague) return no_way_back || master || refused;
    return (no_way_back || master) && refused;
}

void read_heuristically(const Source& source, Bounce& bounce) {
    read_failed_recipients(source, bounce);
    read_told(source, bounce, {.block = Block::paragraph});
    read_told(source, bounce, {.leads = leads, .block = Block::paragraph});
    if (bounce.recipients.empty()) read_original_to(source, bounce);
    read_told(source, bounce, {.leads = vague_leads, .block = Block::paragraph});
    const std::string_view reason = reason_in(source.report);
    if (bounce.recipients.empty())
        bounce.notice = reason;
    else if (bounce.recipients.size() == 1 && bounce.recipients[0].reply.text.empty() &&
             bounce.recipients[0].notice.empty())
        set_words(bounce.recipients[0], reason);
}

} // namespace relaytool::bounce
