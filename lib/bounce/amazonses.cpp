#include "base/ascii.hpp"
#include "bounce/dialect.hpp"
#include "bounce/ses_event.hpp"

namespace relaytool::bounce {
namespace {

bool holds_event(const Source& source) {
    return report_has(source, "\"bouncedRecipients") || report_has(source, "\"notificationType") ||
           report_has(source, "\\\"bouncedRecipients") || report_has(source, "\\\"notificationType") ||
           report_has(source, "\"delayedRecipients") || report_has(source, "\\\"delayedRecipients");
}

/// Its own bounces, which hold fields of RFC 3464, and its events, which SNS sends as mail.
bool claims_amazonses(const Source& source) {
    if (from_has(source, "@sns.") && holds_event(source)) return true;
    const bool by_daemon = from_has(source, "mailer-daemon") && from_has(source, "amazonses.com");
    return by_daemon && subject_has(source, "delivery status notification");
}

void read_amazonses(const Source& source, Bounce& bounce) {
    SesEvent event = holds_event(source) ? read_ses_event(source.report) : SesEvent{};
    if (event.type.empty()) {
        static constexpr std::string_view starts[] = {"to the following recipients"};
        static constexpr std::string_view ends[] = {"Technical report"};
        return read_shape(source, bounce, {.starts = starts, .ends = ends});
    }
    if (bounce.reporting_host.empty()) bounce.reporting_host = std::move(event.reporting_host);
    bounce.queue_id = std::move(event.message_id);
    bounce.original.from = std::move(event.source);
    bounce.original.subject = std::move(event.subject);
    merge(bounce.recipients, std::move(event.recipients));
}

} // namespace

extern const Dialect amazonses;
const Dialect amazonses{"amazonses", claims_amazonses, read_amazonses};

} // namespace relaytool::bounce
