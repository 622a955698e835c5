#include "diagnosis/verdict.hpp"

#include "base/ascii.hpp"
#include "diagnosis/match.hpp"
#include "iis/bdr.hpp"
#include "mail/address.hpp"
#include "mail/fields.hpp"

namespace relaytool::diagnosis {
namespace {

using bounce::Action;
using bounce::Bounce;
using bounce::Kind;
using bounce::Recipient;

constexpr std::uint32_t bad_pickup_file = 0xC00402CE; // KB Q319285

Event event_of(const Bounce& bounce, const Recipient& recipient) {
    switch (bounce.kind) {
    case Kind::auto_reply: return Event::auto_reply;
    case Kind::complaint: return Event::complaint;
    case Kind::not_a_bounce: return Event::ordinary_mail;
    case Kind::unreadable:
    case Kind::bounce:
    case Kind::delay:
    case Kind::success: break;
    }
    switch (recipient.action) {
    case Action::delayed: return Event::delay;
    case Action::delivered:
    case Action::relayed:
    case Action::expanded: return Event::success;
    case Action::failed: return Event::failure;
    case Action::none: break;
    }
    return bounce.kind == Kind::delay     ? Event::delay
           : bounce.kind == Kind::success ? Event::success
                                          : Event::failure;
}

Evidence evidence_of(const Bounce& bounce, const Recipient& recipient) {
    Evidence evidence;
    evidence.reply = recipient.reply;
    evidence.notice = recipient.notice.empty() ? bounce.notice : recipient.notice;
    evidence.stated = recipient.status;
    evidence.stage = recipient.stage;
    evidence.local_error = bounce.local_error;
    evidence.event = event_of(bounce, recipient);
    evidence.given_up = evidence.event == Event::failure;
    evidence.seen.from = bounce.original.from;
    evidence.seen.recipient = recipient.address.empty() ? bounce.original.to : recipient.address;
    evidence.seen.relay = bounce.reporting_host;
    evidence.seen.client = bounce.submitted_by;
    evidence.seen.host = recipient.reply.host;
    return evidence;
}

Finding of_bdr(const iis::BadMailReport& report, const Bounce& bounce) {
    Evidence evidence;
    evidence.notice = report.sentence;
    evidence.local_error = report.error_code;
    evidence.seen.from = bounce.original.from;
    evidence.seen.recipient = bounce.original.to;
    evidence.seen.relay = bounce.reporting_host;
    return diagnose(evidence);
}

bool is_report(Kind kind) {
    return kind == Kind::bounce || kind == Kind::delay || kind == Kind::success;
}

/// The mail itself is in BadMail, not a report about it: the .BDR tells why.
void take_over(const iis::BadMailReport& report, Bounce& bounce) {
    bounce.kind = Kind::bounce;
    bounce.format = "iis-badmail";
    bounce.local_error = report.error_code;
    bounce.notice = report.sentence;
    bounce.recipients.clear();
    for (const std::string& address : report.addresses) {
        if (ascii::iequals(address, bounce.original.from)) continue;
        Recipient& recipient = bounce.recipients.emplace_back();
        recipient.address = address;
        recipient.action = Action::failed;
        recipient.notice = report.sentence;
    }
    if (!bounce.recipients.empty() || bounce.original.to.empty()) return;
    Recipient& recipient = bounce.recipients.emplace_back();
    recipient.address = bounce.original.to;
    recipient.action = Action::failed;
    recipient.notice = report.sentence;
}

/// A mail without From or without recipients, found in BadMail: IIS could not make a mail of the pickup file.
bool is_bad_pickup_file(std::string_view message) {
    const mail::Header header = mail::read_header(message);
    const mail::Fields& fields = header.fields;
    const bool has_sender = fields.has("From") || fields.has("X-Sender") || fields.has("Sender");
    const bool has_recipient =
        fields.has("To") || fields.has("Cc") || fields.has("Bcc") || fields.has("X-Receiver");
    return !has_sender || !has_recipient;
}

void judge_recipients(Verdict& verdict) {
    for (const Recipient& recipient : verdict.bounce.recipients)
        verdict.findings.push_back(diagnose(evidence_of(verdict.bounce, recipient)));
    if (verdict.findings.empty()) verdict.findings.push_back(diagnose(evidence_of(verdict.bounce, {})));
}

} // namespace

Category Verdict::category() const {
    for (std::size_t i = 0; i < bounce.recipients.size() && i < findings.size(); ++i)
        if (bounce.recipients[i].action == Action::failed) return findings[i].category;
    return findings.empty() ? Category::unknown : findings.front().category;
}

Verdict judge(std::string_view message, std::string_view bdr, Place place) {
    Verdict verdict;
    Bounce& bounce = verdict.bounce;
    if (bdr.empty() && mail::read_header(message.substr(0, 1000)).fields.empty() && iis::is_bdr(message))
        std::swap(message, bdr);
    if (!message.empty()) bounce = bounce::read(message);
    if (!bdr.empty()) {
        const iis::BadMailReport report = iis::read_bdr(bdr);
        if (is_report(bounce.kind))
            verdict.badmail = of_bdr(report, bounce);
        else
            take_over(report, bounce);
    } else if (bounce.kind == Kind::unreadable) {
        return unreadable("this is no mail: it does not begin with header fields");
    } else if (place == Place::badmail && bounce.kind == Kind::not_a_bounce && is_bad_pickup_file(message)) {
        take_over({.sentence = {}, .error_code = bad_pickup_file, .addresses = {}}, bounce);
    }
    judge_recipients(verdict);
    return verdict;
}

Verdict unreadable(std::string why) {
    Verdict verdict;
    verdict.bounce.kind = Kind::unreadable;
    verdict.bounce.format = "none";
    verdict.bounce.notice = std::move(why);
    return verdict;
}

} // namespace relaytool::diagnosis
