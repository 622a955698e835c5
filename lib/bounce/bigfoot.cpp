#include "bounce/dialect.hpp"
#include "bounce/transcript.hpp"

namespace relaytool::bounce {
namespace {

/// bigfoot.com: the transcript of sendmail behind fields of RFC 3464.
bool claims_bigfoot(const Source& source) {
    return from_has(source, "@bigfoot.com") && report_has(source, "Transcript of session follows");
}

void read_bigfoot(const Source& source, Bounce& bounce) {
    static constexpr std::string_view starts[] = {"Transcript of session follows"};
    add_told(source, bounce, read_transcript(section_of(source.report, starts, {})).recipients);
}

} // namespace

extern const Dialect bigfoot;
const Dialect bigfoot{"bigfoot", claims_bigfoot, read_bigfoot};

} // namespace relaytool::bounce
