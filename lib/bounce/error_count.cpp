#include "base/ascii.hpp"
#include "bounce/dialect.hpp"
#include "mail/address.hpp"
#include "mail/dsn.hpp"
#include "mail/text.hpp"

namespace relaytool::bounce {
namespace {

/// A server that counts: `1 error(s):` and a sentence for each.
bool claims_error_count(const Source& source) {
    return report_has(source, "We had trouble delivering your message. Full details follow") ||
           (subject_has(source, "There was an error sending your mail") && report_has(source, "error(s):"));
}

/// `SMTP Server <mx.example.com> rejected recipient <user@example.com> (Error following RCPT command). It
/// responded as follows: [550 5.1.1 User unknown]`
void read_error_count(const Source& source, Bounce& bounce) {
    static constexpr std::string_view starts[] = {"error(s):"};
    std::vector<Recipient> told;
    mail::Lines lines(section_of(source.report, starts, {}));
    std::string_view line;
    while (lines.next(line) && told.size() < mail::max_recipients) {
        const std::string_view address = mail::find_address(behind(line, " recipient ").substr(0, 1000));
        if (address.empty()) continue;
        Recipient& recipient = told_about(told, address);
        std::string_view said = behind(line, "as follows: [");
        said = said.substr(0, said.rfind(']'));
        set_words(recipient, said.empty() ? ascii::trim(line) : said);
        recipient.stage = smtp::stage_of(line);
        const std::string_view host = behind(line, "SMTP Server <");
        if (recipient.reply.code != 0) recipient.reply.host = host.substr(0, host.find('>'));
    }
    add_told(source, bounce, std::move(told));
}

} // namespace

extern const Dialect error_count;
const Dialect error_count{"error-count", claims_error_count, read_error_count};

} // namespace relaytool::bounce
