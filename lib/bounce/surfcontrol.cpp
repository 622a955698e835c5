#include "base/ascii.hpp"
#include "bounce/dialect.hpp"

namespace relaytool::bounce {
namespace {

/// SurfControl (later Websense) E-mail Filter.
bool claims_surfcontrol(const Source& source) {
    const bool by_filter = ascii::icontains(source.header().value("X-Mailer"), "SurfControl E-mail Filter");
    return report_has(source, "A transcript of the attempts to send the message follows") ||
           (by_filter && report_has(source, "Your message could not be sent"));
}

/// `user@example.com: [192.0.2.1], 550 no such user`
void read_surfcontrol(const Source& source, Bounce& bounce) {
    static constexpr std::string_view starts[] = {"Failed to send to"};
    static constexpr std::string_view ends[] = {"--- Message non-deliverable"};
    std::vector<Recipient> told = read_text_report(source.report, {.starts = starts, .ends = ends});
    for (Recipient& recipient : told) {
        const std::string said(behind(recipient.notice, "], "));
        if (!said.empty()) recipient.notice.clear();
        set_words(recipient, said);
    }
    add_told(source, bounce, std::move(told));
    if (!bounce.recipients.empty()) return;
    static constexpr std::string_view leads[] = {"Addressed To:"};
    read_shape(source, bounce, {.ends = ends, .leads = leads});
}

} // namespace

extern const Dialect surfcontrol;
const Dialect surfcontrol{"surfcontrol", claims_surfcontrol, read_surfcontrol};

} // namespace relaytool::bounce
