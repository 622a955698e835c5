#include "base/ascii.hpp"
#include "bounce/dialect.hpp"
#include "bounce/transcript.hpp"
#include "mail/text.hpp"

namespace relaytool::bounce {
namespace {

/// MDaemon: a session log, and a line for each recipient in some of its reports.
bool claims_mdaemon(const Source& source) {
    if (report_has(source, "--- Session Transcript ---")) return true;
    return from_has(source, "MDaemon@") &&
           (report_has(source, "Failed address:") || subject_has(source, "delivery failure"));
}

/// `Tue 2012-01-03 10:00:00: <-- 550 no such user` → `<<< 550 no such user`, the form of a transcript.
std::string dialogue_in(std::string_view log) {
    std::string out;
    mail::Lines lines(log);
    std::string_view line;
    while (lines.next(line)) {
        for (const std::string_view arrow : {"<-- ", "--> "}) {
            const std::size_t at = line.find(arrow);
            if (at == std::string_view::npos) continue;
            const std::string_view words = ascii::trim(line.substr(at + arrow.size()));
            const bool received = arrow.front() == '<';
            if (received && (words.starts_with('2') || words.starts_with('3'))) break;
            out += received ? "<<< " : ">>> ";
            out += words;
            out += '\n';
            break;
        }
    }
    return out;
}

void read_mdaemon(const Source& source, Bounce& bounce) {
    static constexpr std::string_view log[] = {"Session Transcript"};
    static constexpr std::string_view end[] = {"End Transcript"};
    static constexpr std::string_view leads[] = {"Failed address:", "Failed recipient:"};
    const std::string dialogue = dialogue_in(section_of(source.report, log, end));
    const Transcript transcript = read_transcript(dialogue);
    std::vector<Recipient> told = read_text_report(section_of(source.report, {}, log), {.leads = leads});
    for (const Recipient& said : transcript.recipients) {
        if (!told.empty() && told.size() < 100) told_about(told, said.address) = said;
    }
    if (told.empty()) told = transcript.recipients;
    tell_rest(told, transcript);
    add_told(source, bounce, std::move(told));
}

} // namespace

extern const Dialect mdaemon;
const Dialect mdaemon{"mdaemon", claims_mdaemon, read_mdaemon};

} // namespace relaytool::bounce
