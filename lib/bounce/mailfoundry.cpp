#include "bounce/dialect.hpp"

namespace relaytool::bounce {
namespace {

bool claims_mailfoundry(const Source& source) {
    return report_has(source, "Delivery failed for the following reason:") &&
           report_has(source, "Unable to deliver message to:");
}

void read_mailfoundry(const Source& source, Bounce& bounce) {
    static constexpr std::string_view leads[] = {"Unable to deliver message to:"};
    static constexpr std::string_view drops[] = {"Delivery failed for the following reason:"};
    static constexpr std::string_view ends[] = {"This has been a permanent failure",
                                                "This has been a temporary failure"};
    std::vector<Recipient> told =
        read_text_report(source.report, {.ends = ends, .leads = leads, .drops = drops});
    for (Recipient& recipient : told)
        if (recipient.reply.code != 0 && recipient.reply.host.empty())
            recipient.reply.host = host_before_bracket(recipient.reply.text);
    add_told(source, bounce, std::move(told));
}

} // namespace

extern const Dialect mailfoundry;
const Dialect mailfoundry{"mailfoundry", claims_mailfoundry, read_mailfoundry};

} // namespace relaytool::bounce
