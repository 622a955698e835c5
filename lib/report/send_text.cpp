#include "base/place.hpp"
#include "mail/date.hpp"
#include "report/finding.hpp"
#include "report/send.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <string_view>

namespace relaytool::report {
namespace {

constexpr std::size_t date_width = 10; ///< of 2026-11-25

using smtp::Fate;
using smtp::Outcome;

std::string server_words(const SendReport& report) {
    std::string place = place_of(report.host, report.port);
    const std::string& address = report.outcome.address;
    return address.empty() || address == report.host ? place : place + " (" + address + ")";
}

std::string stage_words(const Outcome& outcome) {
    switch (outcome.stage) {
    case smtp::Stage::helo: return "after EHLO";
    case smtp::Stage::starttls: return "with TLS";
    case smtp::Stage::auth: return "after the login";
    case smtp::Stage::mail_from: return "after MAIL FROM";
    case smtp::Stage::rcpt_to: return "after RCPT TO";
    case smtp::Stage::data: return "at DATA";
    case smtp::Stage::connect:
    case smtp::Stage::unknown: break;
    }
    return "after connecting";
}

std::string verdict(const SendReport& report, const Style& style) {
    const Outcome& outcome = report.outcome;
    const std::string host = sanitise_line(report.host, style);
    switch (outcome.fate) {
    case Fate::accepted:
        return paint(fmt::format("Accepted: {} has taken the message", host), Tone::good, style);
    case Fate::partly:
        return paint(fmt::format("Partly refused: {} took the message for some recipients only", host),
                     Tone::bad, style);
    case Fate::stopped:
        return paint(fmt::format("Good so far: stopped {} as asked, nothing was sent", stage_words(outcome)),
                     Tone::good, style);
    case Fate::refused:
    case Fate::unknown:
    case Fate::not_sent: break;
    }
    if (!report.findings.empty()) return headline(report.findings.front(), style);
    return paint("Not sent", Tone::bad, style);
}

std::string tls_words(const SendReport& report) {
    const smtp::TlsFacts& tls = report.outcome.tls;
    if (!tls.is_on()) {
        if (report.outcome.broken || report.outcome.greeting.code == 0) return "";
        return "none: the connection is in clear";
    }
    std::string words = tls.version + " " + tls.cipher;
    if (!tls.is_verified) return words + ", certificate not verified";
    words += ", certificate verified";
    if (!tls.chain.empty() && tls.chain.front().not_after != 0)
        words += ", valid until " + mail::to_rfc3339(tls.chain.front().not_after).substr(0, date_width);
    return words;
}

std::string_view fate_words(Fate fate) {
    switch (fate) {
    case Fate::accepted: return "accepted";
    case Fate::refused: return "refused";
    case Fate::unknown: return "unknown";
    default: return "not sent";
    }
}

std::string recipients_text(const SendReport& report, const Style& style) {
    constexpr std::size_t most = 20;
    std::string out;
    std::size_t shown = 0;
    // Those that were refused first: they are what somebody has to act on.
    std::vector<smtp::RecipientOutcome> recipients = report.outcome.recipients;
    std::stable_partition(recipients.begin(), recipients.end(), [](const smtp::RecipientOutcome& recipient) {
        return recipient.fate == Fate::refused;
    });
    for (const smtp::RecipientOutcome& recipient : recipients) {
        if (++shown > most && recipient.fate != Fate::refused) break;
        const bool tells = recipient.fate == Fate::refused && report.outcome.recipients.size() > 1;
        const std::string value =
            fmt::format("{} {}{}{}", recipient.address, fate_words(recipient.fate), tells ? ": " : "",
                        tells ? smtp::flatten(recipient.reply.text) : "");
        out += labelled(shown == 1 ? "To" : "", value, style,
                        recipient.fate == Fate::refused ? Tone::bad : Tone::plain);
    }
    const std::size_t told = shown > most ? shown - 1 : shown;
    if (recipients.size() > told)
        out += labelled("", fmt::format("and {} more", recipients.size() - told), style);
    return out;
}

std::string times_text(const smtp::Times& times) {
    std::string out;
    std::chrono::microseconds before{0};
    const auto add = [&](std::string_view name, std::chrono::microseconds at) {
        if (at.count() <= 0) return;
        out += fmt::format("{}{} {:.0f} ms", out.empty() ? "" : ", ", name,
                           static_cast<double>((at - before).count()) / 1000);
        before = at;
    };
    add("connect", times.connected);
    add("TLS", times.secured);
    add("hello", times.ready);
    add("login", times.logged_in);
    add("envelope", times.enveloped);
    if (times.enveloped.count() > 0) add("message", times.ended);
    if (times.ended.count() <= 0) return {};
    const std::string total = fmt::format("{:.2f} s", static_cast<double>(times.ended.count()) / 1e6);
    return out.empty() ? total : fmt::format("{} ({})", total, out);
}

std::string_view note_words(mail::Note note) {
    using mail::Note;
    switch (note) {
    case Note::no_blank_line: return "no blank line before the text";
    case Note::bare_line_feed: return "lines end in LF instead of CR LF";
    case Note::bare_carriage_return: return "lines end in CR instead of CR LF";
    case Note::lone_dot: return "a line that is only a dot (old IIS ends the message there)";
    case Note::leading_dot: return "lines that begin with a dot (old IIS takes it away)";
    case Note::utf16: return "saved as UTF-16";
    case Note::byte_order_mark: return "a byte order mark in front";
    case Note::charset_guessed: return "special characters without a charset";
    case Note::mime_added: return "MIME fields added";
    case Note::bcc_removed: return "Bcc taken out";
    case Note::late_envelope_line: return "x-sender or x-receiver behind other fields does not count";
    case Note::several_senders: return "several senders, the first one counts";
    case Note::from_added: return "From added";
    case Note::duplicate_recipient: return "a recipient named twice";
    }
    return "";
}

std::string mended(const std::vector<mail::Note>& notes) {
    std::string out;
    for (const mail::Note note : notes)
        out += fmt::format("{}{}", out.empty() ? "" : "; ", note_words(note));
    return out;
}

std::string facts(const SendReport& report, const Style& style) {
    const Outcome& outcome = report.outcome;
    if (report.host.empty()) return {}; // a file that IIS would not take: nobody was asked
    std::string out = labelled("Server", server_words(report), style);
    out += labelled("TLS", tls_words(report), style,
                    outcome.tls.is_on() && !outcome.tls.is_verified ? Tone::warning : Tone::plain);
    if (!report.login.empty())
        out += labelled(
            "Login",
            report.login + (outcome.mechanism ? " (" + std::string(to_string(*outcome.mechanism)) + ")" : ""),
            style);
    out += labelled("From", report.sender.empty() ? "<> (no sender)" : report.sender, style);
    out += recipients_text(report, style);
    if (!report.message_id.empty())
        out += labelled("Message",
                        report.message_id + (report.size == 0 ? "" : fmt::format(", {} octets", report.size)),
                        style);
    if (!report.notes.empty()) out += labelled("Mended", mended(report.notes), style);
    out += labelled("Queue id", outcome.queue_id, style);
    if (!outcome.went_wrong()) out += labelled("Answer", outcome.reply.text, style, Tone::strong);
    return out + labelled("Time", times_text(outcome.times), style);
}

/// A relay would keep the message and try again; we do not.
bool is_for_later(const smtp::Outcome& outcome) {
    const bool is_put_off = outcome.reply.code >= 400 && outcome.reply.code < 500;
    return outcome.fate != Fate::unknown && outcome.went_wrong() &&
           (is_put_off || outcome.broken.has_value());
}

} // namespace

std::string send_text(const SendReport& report, const Style& style) {
    std::string out = verdict(report, style) + "\n\n" + facts(report, style);
    bool first = report.outcome.fate != Fate::partly;
    for (const diagnosis::Finding& finding : report.findings) {
        if (!first) out += "\n" + headline(finding, style) + "\n";
        out += labelled("Answer", without_diagnostics(finding.evidence), style, Tone::strong);
        out += advice(finding, style);
        first = false;
    }
    if (is_for_later(report.outcome))
        out +=
            "\n" +
            wrap(
                "relaytool keeps no queue: this message is not tried again by itself. Send it again later, or "
                "when the cause is mended.",
                0, 0, style) +
            "\n";
    if (report.outcome.fate == Fate::accepted)
        out += "\n" +
               wrap("Accepted is not delivered yet: look for it in the recipient's mailbox, in Junk too. A "
                    "bounce would come back to the sender.",
                    0, 0, style) +
               "\n";
    return out;
}

std::string transcript_line(const smtp::TranscriptLine& line, const Style& style) {
    const bool tls = line.wire == smtp::Wire::tls;
    std::string_view mark = "===";
    Tone tone = Tone::quiet;
    if (line.speaker == smtp::Speaker::client) {
        mark = tls ? " ~>" : " ->";
        tone = Tone::plain;
    } else if (line.speaker == smtp::Speaker::server) {
        mark = tls ? "<~ " : "<- ";
        tone = Tone::strong;
    } else if (line.speaker == smtp::Speaker::fault) {
        mark = "***";
        tone = Tone::bad;
    }
    return fmt::format("{:9.3f} {} {}\n", static_cast<double>(line.at.count()) / 1e6, mark,
                       paint(sanitise_line(line.text, style), tone, style));
}

} // namespace relaytool::report
