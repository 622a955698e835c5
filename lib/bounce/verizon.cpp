#include "base/ascii.hpp"
#include "bounce/dialect.hpp"

namespace relaytool::bounce {
namespace {

/// Verizon's gateways from mail to text and picture messages.
bool claims_verizon(const Source& source) {
    const bool by_them = from_has(source, "post_master@vtext.com") || from_has(source, "@vzwpix.com") ||
                         ascii::icontains(source.header().value("Sender"), "@vzwpix.com");
    return by_them && subject_has(source, "Undeliverable Message");
}

void read_verizon(const Source& source, Bounce& bounce) {
    static constexpr std::string_view leads[] = {"RCPT TO:", "To:"};
    std::vector<Recipient> told = read_text_report(source.report, {.leads = leads});
    const std::string_view error = behind(source.report, "Error:");
    for (Recipient& recipient : told)
        set_words(recipient, error.substr(0, error.find_first_of("\r\n")));
    add_told(source, bounce, std::move(told));
}

} // namespace

extern const Dialect verizon;
const Dialect verizon{"verizon", claims_verizon, read_verizon};

} // namespace relaytool::bounce
