#include "base/ascii.hpp"
#include "diagnosis/host_family.hpp"
#include "diagnosis/probe_sheet.hpp"
#include "smtp/dialogue.hpp"

#include <algorithm>

namespace relaytool::diagnosis {
namespace {

using probe::Facts;
using probe::RecipientTrial;
using probe::SenderTrial;

/// `address: 250 2.1.0 Sender OK`.
std::string answer_words(const std::string& address, const smtp::Reply& reply) {
    return "<" + address + ">: " + smtp::flatten(reply.text);
}

/// Whether one of the lines so far says how the connection ended.
bool tells_the_end(const ProbeSheet& sheet) {
    const auto& lines = sheet.lines();
    return std::any_of(lines.begin(), lines.end(), [](const StepLine& line) {
        return (line.step == ProbeStep::mail || line.step == ProbeStep::rcpt) && !line.finding.empty();
    });
}

/// The line of the command whose answer did not come, and why. Silence does not tell what the answer is; what
/// is no reply tells that the server is not good.
void judge_end(ProbeSheet& sheet, ProbeStep step, const std::string& address, const smtp::Broken& broken) {
    const StepVerdict verdict =
        broken.kind == smtp::Break::not_smtp ? StepVerdict::problem : StepVerdict::unknown;
    sheet.line(step, verdict, "<" + address + ">: " + broken.detail).address = address;
    smtp::Outcome ended = sheet.outcome();
    ended.fate = smtp::Fate::not_sent;
    ended.broken = broken;
    for (Finding& finding :
         judge_sending(ended, {sheet.facts().host, sheet.facts().port, sheet.facts().login, {}}))
        sheet.take(std::move(finding));
}

/// One line for one answer. Returns whether it was good.
bool judge_answer(ProbeSheet& sheet, ProbeStep step, const std::string& address, const smtp::Reply& reply,
                  std::chrono::microseconds time) {
    if (reply.code == 0) {
        const auto& broken = sheet.facts().envelope_broken;
        if (broken && !tells_the_end(sheet))
            judge_end(sheet, step, address, *broken);
        else
            sheet
                .line(step, StepVerdict::skipped,
                      "<" + address + ">: " + (broken ? "the connection was over" : "no sender was taken"))
                .address = address;
        return false;
    }
    const bool is_good = smtp::is_positive(reply);
    StepLine& line =
        sheet.line(step, is_good ? StepVerdict::ok : StepVerdict::problem, answer_words(address, reply));
    line.time = time;
    line.address = address;
    return is_good;
}

const std::string& first_taken(const Facts& facts) {
    static const std::string none;
    const auto taken =
        std::find_if(facts.senders.begin(), facts.senders.end(),
                     [](const SenderTrial& sender) { return smtp::is_positive(sender.reply); });
    return taken == facts.senders.end() ? none : taken->address;
}

void judge_senders(ProbeSheet& sheet) {
    const Facts& facts = sheet.facts();
    if (facts.senders.empty()) {
        sheet.line(ProbeStep::mail, StepVerdict::skipped,
                   sheet.broke_at() ? "not reached" : "no --from was given");
        return;
    }
    for (const SenderTrial& sender : facts.senders) {
        if (!judge_answer(sheet, ProbeStep::mail, sender.address, sender.reply, sender.time)) {
            if (sender.reply.code != 0)
                sheet.take(judge_reply(sender.reply, smtp::Stage::mail_from, sheet.seen(sender.address)));
            continue;
        }
        // Exchange Online compares sender and login only when the whole message is there.
        const bool is_late = !facts.login.empty() && !ascii::iequals(sender.address, facts.login) &&
                             !sender.message && family_of_host(sheet.seen().host) == HostFamily::microsoft;
        if (is_late) sheet.find("probe-send-as-late", {{"from", sender.address}, {"name", facts.login}});
    }
}

void judge_recipients(ProbeSheet& sheet) {
    const Facts& facts = sheet.facts();
    if (facts.recipients.empty()) {
        sheet.line(ProbeStep::rcpt, StepVerdict::skipped,
                   sheet.broke_at() ? "not reached" : "no --to was given");
        return;
    }
    for (const RecipientTrial& recipient : facts.recipients)
        if (!judge_answer(sheet, ProbeStep::rcpt, recipient.address, recipient.reply, recipient.time) &&
            recipient.reply.code != 0)
            sheet.take(judge_reply(recipient.reply, smtp::Stage::rcpt_to, sheet.seen(first_taken(facts)),
                                   recipient.address));
}

void judge_message(ProbeSheet& sheet, const SenderTrial& sender) {
    const smtp::Outcome& sent = *sender.message;
    const bool is_good = sent.fate == smtp::Fate::accepted;
    const bool is_known = sent.reply.code != 0 || sent.obstacle != smtp::Obstacle::none;
    std::string words = is_known      ? smtp::flatten(sent.reply.text)
                        : sent.broken ? sent.broken->detail
                                      : std::string("not sent");
    StepLine& line = sheet.line(ProbeStep::send_as,
                                is_good    ? StepVerdict::ok
                                : is_known ? StepVerdict::problem
                                           : StepVerdict::unknown,
                                "<" + sender.address + ">: " + words);
    line.address = sender.address;
    if (is_good) return;
    for (Finding& finding :
         judge_sending(sent, {sheet.facts().host, sheet.facts().port, sheet.facts().login, sender.address}))
        sheet.take(std::move(finding));
}

void judge_messages(ProbeSheet& sheet) {
    const Facts& facts = sheet.facts();
    bool any = false;
    for (const SenderTrial& sender : facts.senders) {
        if (!sender.message) continue;
        judge_message(sheet, sender);
        any = true;
    }
    if (!any)
        sheet.line(ProbeStep::send_as, StepVerdict::skipped,
                   sheet.broke_at() ? "not reached" : "not asked for (--send-as-test)");
}

} // namespace

void judge_envelope(ProbeSheet& sheet) {
    judge_senders(sheet);
    judge_recipients(sheet);
    judge_messages(sheet);
}

} // namespace relaytool::diagnosis
