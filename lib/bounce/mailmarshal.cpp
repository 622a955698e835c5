#include "bounce/dialect.hpp"

namespace relaytool::bounce {
namespace {

/// Trustwave (Marshal) MailMarshal.
bool claims_mailmarshal(const Source& source) {
    return report_has(source, "The following recipients were affected:") ||
           (report_has(source, "MessageName:") && report_has(source, "Original Sender:") &&
            report_has(source, "not be delivered"));
}

void read_mailmarshal(const Source& source, Bounce& bounce) {
    static constexpr std::string_view reason[] = {"Could not be delivered because",
                                                  "could not be delivered because"};
    static constexpr std::string_view list[] = {"following recipients were affected"};
    static constexpr std::string_view end[] = {"Additional Information", "======="};
    std::vector<Recipient> told = read_list(section_of(source.report, list, end));
    tell_all(told, section_of(source.report, reason, list));
    add_told(source, bounce, std::move(told));
}

} // namespace

extern const Dialect mailmarshal;
const Dialect mailmarshal{"mailmarshal", claims_mailmarshal, read_mailmarshal};

} // namespace relaytool::bounce
