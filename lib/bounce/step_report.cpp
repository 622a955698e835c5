#include "bounce/dialect.hpp"
#include "bounce/qmail_words.hpp"

namespace relaytool::bounce {
namespace {

/// A Japanese relay: the words of qmail, and the step of the dialogue.
bool claims_step_report(const Source& source) {
    return report_has(source, "NOTICE: Delivery Failure.") && report_has(source, "Delivery failed:");
}

void read_step_report(const Source& source, Bounce& bounce) {
    static constexpr std::string_view leads[] = {"Delivery failed:"};
    std::vector<Recipient> told =
        read_text_report(source.report, {.leads = leads, .block = Block::paragraph});
    read_qmail_words(told);
    add_told(source, bounce, std::move(told));
}

} // namespace

extern const Dialect step_report;
const Dialect step_report{"step-report", claims_step_report, read_step_report};

} // namespace relaytool::bounce
