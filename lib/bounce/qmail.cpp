#include "bounce/dialect.hpp"
#include "bounce/qmail_words.hpp"

namespace relaytool::bounce {
namespace {

/// All that write QSBMF (D. J. Bernstein's bounce format: a sentence, then `<address>:` and its text in a
/// paragraph for each recipient): qmail, netqmail, vpopmail, IndiMail, and gateways that learned from them.
constexpr std::string_view sentences[] = {
    "This is the qmail-send program",
    "wasn't able to deliver your message to the following addresses",
    "wasn't able to deliver your message to one or more addresses",
    "tried to deliver a bounce message to this address, but the bounce bounced",
    "Your mail message to the following address(es) could not be delivered",
    "Unable to deliver message to the following address",
};

bool claims_qmail(const Source& source) {
    for (const std::string_view words : sentences)
        if (report_has(source, words)) return true;
    return false;
}

void read_qmail(const Source& source, Bounce& bounce) {
    std::vector<Recipient> told = read_text_report(source.report, {.block = Block::paragraph});
    read_qmail_words(told);
    add_told(source, bounce, std::move(told));
}

} // namespace

extern const Dialect qmail;
const Dialect qmail{"qmail", claims_qmail, read_qmail};

} // namespace relaytool::bounce
