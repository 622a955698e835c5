#include "bounce/dialect.hpp"

namespace relaytool::bounce {
namespace {

/// Apache James.
bool claims_james(const Source& source) {
    return report_has(source, "This is the James mail server at") ||
           (report_has(source, "Error message below:") && report_has(source, "RCPT TO:"));
}

void read_james(const Source& source, Bounce& bounce) {
    static constexpr std::string_view list[] = {"Failed recipient(s):"};
    static constexpr std::string_view error[] = {"Error message below:", "Error message:"};
    std::vector<Recipient> told = read_list(section_of(source.report, list, error));
    if (told.empty()) {
        static constexpr std::string_view leads[] = {"RCPT TO:"};
        told = read_text_report(section_of(source.report, {}, error), {.leads = leads});
        for (Recipient& recipient : told)
            recipient.notice.clear();
    }
    tell_all(told, first_paragraph(section_of(source.report, error, {})));
    add_told(source, bounce, std::move(told));
}

} // namespace

extern const Dialect james;
const Dialect james{"james", claims_james, read_james};

} // namespace relaytool::bounce
