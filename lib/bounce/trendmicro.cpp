#include "base/ascii.hpp"
#include "bounce/dialect.hpp"
#include "bounce/transcript.hpp"
#include "mail/dsn.hpp"
#include "mail/text.hpp"

namespace relaytool::bounce {
namespace {

/// Trend Micro InterScan Messaging Security Suite and Virtual Appliance.
bool claims_trendmicro(const Source& source) {
    if (report_has(source, "Sent <<< ") && report_has(source, "Received >>> ")) return true;
    // It tells of viruses by the same banner.
    const bool by_them = report_has(source, "Message from InterScan") || from_has(source, "InterScan ");
    return by_them && (report_has(source, "Unable to deliver message to") ||
                       report_has(source, "could not be delivered"));
}

/// Their arrows point the other way: `Sent <<< RCPT TO:<a@b>`, `Received >>> 550 …`.
std::string turned_around(std::string_view report) {
    std::string out;
    mail::Lines lines(report);
    std::string_view line;
    while (lines.next(line)) {
        line = ascii::trim(line);
        const bool sent = line.starts_with("Sent <<<");
        if (!sent && !line.starts_with("Received >>>")) continue;
        out += sent ? ">>> " : "<<< ";
        out += behind(line, sent ? "<<<" : ">>>");
        out += '\n';
    }
    return out;
}

void read_trendmicro(const Source& source, Bounce& bounce) {
    if (report_has(source, "Received >>>")) {
        const std::string dialogue = turned_around(source.report);
        add_told(source, bounce, read_transcript(dialogue).recipients);
        if (!bounce.recipients.empty()) return;
    }
    static constexpr std::string_view leads[] = {"Unable to deliver message to", "could not be delivered to"};
    std::vector<Recipient> told;
    mail::Lines lines(source.report);
    std::string_view line;
    while (lines.next(line) && told.size() < mail::max_recipients) {
        std::vector<Recipient> named = read_text_report(line, {.leads = leads});
        if (named.empty()) continue;
        const std::string_view reason = behind(line, "Reason:");
        set_words(told_about(told, named.front().address), reason.empty() ? line : reason);
    }
    add_told(source, bounce, std::move(told));
}

} // namespace

extern const Dialect trendmicro;
const Dialect trendmicro{"trendmicro", claims_trendmicro, read_trendmicro};

} // namespace relaytool::bounce
