#include "bounce/dialect.hpp"

namespace relaytool::bounce {
namespace {

bool claims_mailenable(const Source& source) {
    if (report_has(source, "Recipient: [SMTP:")) return report_has(source, "Reason:");
    return report_has(source, "MailEnable") && report_has(source, "Recipient:") && sent_by_daemon(source);
}

void read_mailenable(const Source& source, Bounce& bounce) {
    static constexpr std::string_view leads[] = {"Recipient: [SMTP:", "Recipient:"};
    static constexpr std::string_view ends[] = {"Message headers follow", "Message header follows"};
    std::vector<Recipient> told = read_text_report(source.report, {.ends = ends, .leads = leads});
    for (Recipient& recipient : told)
        if (const std::string_view reason = behind(recipient.notice, "Reason:"); !reason.empty())
            recipient.notice = std::string(reason);
    add_told(source, bounce, std::move(told));
}

} // namespace

extern const Dialect mailenable;
const Dialect mailenable{"mailenable", claims_mailenable, read_mailenable};

} // namespace relaytool::bounce
