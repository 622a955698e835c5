#include "bounce/dialect.hpp"
#include "bounce/transcript.hpp"

namespace relaytool::bounce {
namespace {

/// Sendmail before version 8 and its kin (IDA, SunOS, 5.65): nothing but a transcript tells the recipients.
bool claims_v5sendmail(const Source& source) {
    return report_has(source, "----- Transcript of session follows -----") &&
           !report_has(source, "The following addresses") &&
           !report_has(source, "The original message was received at");
}

void read_v5sendmail(const Source& source, Bounce& bounce) {
    static constexpr std::string_view starts[] = {"Transcript of session follows"};
    static constexpr std::string_view ends[] = {"Unsent message follows", "Message header follows"};
    Transcript transcript = read_transcript(section_of(source.report, starts, ends));
    std::erase_if(transcript.recipients, [](const Recipient& r) { return r.action == Action::delivered; });
    add_told(source, bounce, std::move(transcript.recipients));
}

} // namespace

extern const Dialect v5sendmail;
const Dialect v5sendmail{"v5sendmail", claims_v5sendmail, read_v5sendmail};

} // namespace relaytool::bounce
