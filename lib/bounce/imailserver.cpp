#include "base/ascii.hpp"
#include "bounce/dialect.hpp"
#include "mail/address.hpp"
#include "mail/dsn.hpp"
#include "mail/text.hpp"

namespace relaytool::bounce {
namespace {

/// Ipswitch IMail: a reason and an address on one line, sometimes the reply below.
bool claims_imailserver(const Source& source) {
    return ascii::icontains(source.header().value("X-Mailer"), "<SMTP32 v") &&
           subject_has(source, "Undeliverable");
}

void read_imailserver(const Source& source, Bounce& bounce) {
    static constexpr std::string_view response[] = {"generated response:"};
    std::vector<Recipient> told;
    mail::Lines lines(source.report);
    std::string_view line;
    while (lines.next(line) && told.size() < mail::max_recipients) {
        line = ascii::trim(line);
        if (ascii::icontains(line, response[0])) break;
        const std::string_view address = mail::find_address(line);
        if (address.empty() || !(line.ends_with(address) || line.ends_with(">"))) continue;
        const std::string_view reason =
            line.substr(0, static_cast<std::size_t>(address.data() - line.data()));
        const bool is_field = ascii::istarts_with(reason, "To:") || ascii::istarts_with(reason, "From:") ||
                              ascii::istarts_with(reason, "CC:");
        if (is_field || ascii::trim(reason).empty()) continue;
        Recipient& recipient = told_about(told, address);
        if (!ascii::istarts_with(reason, "undeliverable to"))
            set_words(recipient, reason.substr(0, reason.rfind(':')));
    }
    tell_all(told, section_of(source.report, response, {}));
    add_told(source, bounce, std::move(told));
}

} // namespace

extern const Dialect imailserver;
const Dialect imailserver{"imailserver", claims_imailserver, read_imailserver};

} // namespace relaytool::bounce
