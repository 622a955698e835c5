#include "bounce/dialect.hpp"
#include "bounce/qmail_words.hpp"

namespace relaytool::bounce {
namespace {

bool claims_yahoo(const Source& source) {
    return report_has(source, "Sorry, we were unable to deliver your message to the following address");
}

/// The format of qmail; the reply ends in the command that it answers: `550 no such user [RCPT_TO]`.
void read_yahoo(const Source& source, Bounce& bounce) {
    static constexpr std::string_view starts[] = {"unable to deliver your message to the following address"};
    std::vector<Recipient> told =
        read_text_report(source.report, {.starts = starts, .block = Block::paragraph});
    read_qmail_words(told);
    add_told(source, bounce, std::move(told));
}

} // namespace

extern const Dialect yahoo;
const Dialect yahoo{"yahoo", claims_yahoo, read_yahoo};

} // namespace relaytool::bounce
