#include "bounce/dialect.hpp"

namespace relaytool::bounce {
namespace {

/// The DragonFly Mail Agent (dma): one recipient a mail.
bool claims_dragonfly(const Source& source) {
    return report_has(source, "This is the DragonFly Mail Agent") ||
           (report_has(source, "There was an error delivering your mail to <") &&
            subject_has(source, "Mail delivery failed"));
}

void read_dragonfly(const Source& source, Bounce& bounce) {
    static constexpr std::string_view leads[] = {"error delivering your mail to"};
    static constexpr std::string_view ends[] = {"Message headers follow", "Original message follows"};
    std::vector<Recipient> told = read_text_report(source.report, {.ends = ends, .leads = leads});
    for (Recipient& recipient : told)
        if (recipient.reply.code != 0 && recipient.reply.host.empty())
            recipient.reply.host = host_before_bracket(recipient.reply.text);
    add_told(source, bounce, std::move(told));
}

} // namespace

extern const Dialect dragonfly;
const Dialect dragonfly{"dragonfly", claims_dragonfly, read_dragonfly};

} // namespace relaytool::bounce
