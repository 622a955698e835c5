#include "base/ascii.hpp"
#include "bounce/dialect.hpp"
#include "mail/address.hpp"
#include "mail/dsn.hpp"
#include "mail/text.hpp"

#include <utility>

namespace relaytool::bounce {
namespace {

/// The SMTP MTA of Lotus Notes 4: the reason stands in front of the address.
bool claims_notes(const Source& source) {
    return report_has(source, "- Failure Reasons ") &&
           (subject_has(source, "undeliverable") || sent_by_daemon(source));
}

void read_notes(const Source& source, Bounce& bounce) {
    static constexpr std::string_view starts[] = {"- Failure Reasons "};
    static constexpr std::string_view ends[] = {"- Returned Message "};
    std::vector<Recipient> told;
    std::string reason;
    bool named = false; // somebody stands behind the reason already
    mail::Lines lines(section_of(source.report, starts, ends));
    std::string_view line;
    while (lines.next(line) && told.size() < mail::max_recipients) {
        line = ascii::trim(line);
        const std::string_view address = mail::find_address(line);
        if (!address.empty() && address.size() == line.size()) {
            Recipient& recipient = told.emplace_back();
            recipient.address = address;
            recipient.action = Action::failed;
            set_words(recipient, reason);
            named = true;
        } else if (!line.empty() && reason.size() < 4000) {
            if (std::exchange(named, false)) reason.clear();
            reason += line;
            reason += '\n';
        }
    }
    add_told(source, bounce, std::move(told));
}

} // namespace

extern const Dialect notes;
const Dialect notes{"notes", claims_notes, read_notes};

} // namespace relaytool::bounce
