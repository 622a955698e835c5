#include "diagnosis/probe_sheet.hpp"
#include "smtp/dialogue.hpp"

namespace relaytool::diagnosis {
namespace {

using probe::Exposure;

/// Replies that say whether a mailbox exists; 252 says only that mail would be taken (RFC 5321 section
/// 3.5.3).
bool tells_of_mailboxes(const smtp::Reply& vrfy) {
    return vrfy.code == 550 || vrfy.code == 551 || vrfy.code == 553;
}

StepVerdict verdict_of_silence(const Exposure& exposure) {
    return exposure.broken ? StepVerdict::unknown : StepVerdict::ok;
}

void judge_relaying(ProbeSheet& sheet, const Exposure& exposure) {
    std::string taken;
    for (const Exposure::Relayed& relayed : exposure.relayed)
        if (smtp::is_positive(relayed.reply)) taken += (taken.empty() ? "" : ", ") + relayed.recipient;
    if (!taken.empty()) {
        sheet.line(ProbeStep::relaying, StepVerdict::problem, "takes mail from strangers for " + taken);
        sheet.find("probe-open-relay", {{"list", taken}}, taken);
    } else if (!exposure.relayed.empty()) {
        sheet.line(ProbeStep::relaying, StepVerdict::ok,
                   "refused: " + smtp::flatten(exposure.relayed.front().reply.text));
    } else {
        sheet.line(ProbeStep::relaying, verdict_of_silence(exposure),
                   exposure.broken ? exposure.broken->detail : "refused: mail from strangers is not taken");
    }
}

void judge_mailboxes(ProbeSheet& sheet, const Exposure& exposure) {
    if (exposure.vrfy.code == 0) {
        sheet.line(ProbeStep::exposure, StepVerdict::unknown, exposure.broken ? exposure.broken->detail : "");
        return;
    }
    const bool tells = tells_of_mailboxes(exposure.vrfy) || smtp::is_positive(exposure.expn);
    sheet.line(ProbeStep::exposure, tells ? StepVerdict::problem : StepVerdict::ok,
               "VRFY: " + smtp::flatten(exposure.vrfy.text) + "; EXPN: " + smtp::flatten(exposure.expn.text));
    if (tells_of_mailboxes(exposure.vrfy)) sheet.find("probe-vrfy", {}, smtp::flatten(exposure.vrfy.text));
    if (smtp::is_positive(exposure.expn)) sheet.find("probe-expn", {}, smtp::flatten(exposure.expn.text));
}

void judge_line_feeds(ProbeSheet& sheet, const Exposure& exposure) {
    const bool is_fooled = exposure.smuggled && smtp::is_positive(*exposure.smuggled);
    const bool is_lax = exposure.bare_line_feed && smtp::is_positive(*exposure.bare_line_feed);
    if (is_fooled) {
        sheet.line(ProbeStep::line_feeds, StepVerdict::problem,
                   "LF . LF ends a message: " + smtp::flatten(exposure.smuggled->text));
        sheet.find("probe-smuggling", {}, smtp::flatten(exposure.smuggled->text));
        return;
    }
    std::string words = is_lax ? "LF alone ends a command" : "LF alone ends no command";
    words +=
        exposure.tried_smuggling ? ", and LF . LF no message" : "; messages were not tried (--from and --to)";
    sheet.line(ProbeStep::line_feeds, StepVerdict::ok, words);
    if (is_lax) sheet.find("probe-bare-line-feed", {}, smtp::flatten(exposure.bare_line_feed->text));
}

} // namespace

void judge_exposure(ProbeSheet& sheet) {
    if (!sheet.facts().exposure) return; // not asked for: three lines less to read
    const Exposure exposure = *sheet.facts().exposure;
    judge_relaying(sheet, exposure);
    judge_mailboxes(sheet, exposure);
    judge_line_feeds(sheet, exposure);
}

} // namespace relaytool::diagnosis
