#include "base/ascii.hpp"
#include "bounce/dialect.hpp"
#include "mail/address.hpp"
#include "mail/dsn.hpp"
#include "mail/text.hpp"

namespace relaytool::bounce {
namespace {

bool claims_zoho(const Source& source) {
    return from_has(source, "mailer-daemon@mail.zoho.") || from_has(source, "mailer-daemon@zoho.") ||
           (report_has(source, "ERROR_CODE :") && sent_by_daemon(source));
}

/// `user@example.com Invalid Address, ERROR_CODE :550, …` and
/// `[Status: Error, Address: <user@example.com>, ResponseCode 421, , Host not reachable.]`
void read_zoho(const Source& source, Bounce& bounce) {
    std::vector<Recipient> told;
    mail::Lines lines(source.report);
    std::string_view line;
    while (lines.next(line) && told.size() < mail::max_recipients) {
        line = ascii::trim(line);
        const std::string_view address = mail::find_address(line.substr(0, 2000));
        const bool opens =
            !address.empty() && (address.data() == line.data() || line.starts_with("[Status:"));
        if (!opens) continue;
        Recipient& recipient = told_about(told, address);
        const auto end = static_cast<std::size_t>(address.data() - line.data()) + address.size();
        const std::size_t begin = line.substr(end).find_first_not_of(" >,");
        if (begin != std::string_view::npos) set_words(recipient, line.substr(end + begin));
    }
    add_told(source, bounce, std::move(told));
}

} // namespace

extern const Dialect zoho;
const Dialect zoho{"zoho", claims_zoho, read_zoho};

} // namespace relaytool::bounce
