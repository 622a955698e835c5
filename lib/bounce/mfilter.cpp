#include "base/ascii.hpp"
#include "bounce/dialect.hpp"

namespace relaytool::bounce {
namespace {

/// Digital Arts m-FILTER.
bool claims_mfilter(const Source& source) {
    return report_has(source, "-------server message") ||
           (source.header().value("X-Mailer") == "m-FILTER" && subject_has(source, "failure notice"));
}

smtp::Stage stage_in(std::string_view command) {
    if (ascii::icontains(command, "RCPT")) return smtp::Stage::rcpt_to;
    if (ascii::icontains(command, "MAIL")) return smtp::Stage::mail_from;
    return ascii::icontains(command, "DATA") ? smtp::Stage::data : smtp::Stage::unknown;
}

void read_mfilter(const Source& source, Bounce& bounce) {
    static constexpr std::string_view message[] = {"-------server message"};
    static constexpr std::string_view command[] = {"-------SMTP command"};
    static constexpr std::string_view any[] = {"-------"};
    const std::string_view report = source.report;
    std::vector<Recipient> told = read_list(report.substr(0, ascii::ifind(report, message[0])));
    tell_all(told, section_of(report, message, any));
    const smtp::Stage stage = stage_in(section_of(report, command, any));
    for (Recipient& recipient : told)
        if (recipient.stage == smtp::Stage::unknown) recipient.stage = stage;
    add_told(source, bounce, std::move(told));
}

} // namespace

extern const Dialect mfilter;
const Dialect mfilter{"mfilter", claims_mfilter, read_mfilter};

} // namespace relaytool::bounce
