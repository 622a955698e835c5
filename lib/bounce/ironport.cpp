#include "base/ascii.hpp"
#include "bounce/dialect.hpp"

namespace relaytool::bounce {
namespace {

/// Cisco IronPort (AsyncOS), the program behind early Amazon SES, too.
bool claims_ironport(const Source& source) {
    return report_has(source, "The following message to <") &&
           report_has(source, "The reason for the problem:");
}

void read_ironport(const Source& source, Bounce& bounce) {
    static constexpr std::string_view leads[] = {"The following message to"};
    static constexpr std::string_view drops[] = {"The reason for the problem:"};
    std::vector<Recipient> told = read_text_report(source.report, {.leads = leads, .drops = drops});
    for (Recipient& recipient : told)
        for (const std::string_view phrase : {"was undeliverable.", "was undeliverable"})
            if (recipient.notice.starts_with(phrase))
                recipient.notice =
                    std::string(ascii::trim(std::string_view(recipient.notice).substr(phrase.size())));
    add_told(source, bounce, std::move(told));
}

} // namespace

extern const Dialect ironport;
const Dialect ironport{"ironport", claims_ironport, read_ironport};

} // namespace relaytool::bounce
