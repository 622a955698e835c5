#include "base/ascii.hpp"
#include "bounce/dialect.hpp"

namespace relaytool::bounce {
namespace {

bool claims_exim(const Source& source) {
    return source.header().has("X-Failed-Recipients") || report_has(source, "This message was created automatically by mail delivery software") ||
           report_has(source, "A message that you sent was rejected by the local scanning code") ||
           report_has(source, "A message that you sent contained one or more recipient addresses that were") ||
           report_has(source, "A message that you sent could not be delivered to");
}

void read_exim(const Source& source, Bounce& bounce) {
    static constexpr std::string_view starts[] = {
        "could not be delivered to",         "following address(es) failed", "The following address(es) have",
        "has not been delivered to",         "delivery has been attempted",  "following address",
        "incorrectly constructed recipient", "one or more recipient addresses that were", "following text was generated",
    };
    if (bounce.queue_id.empty()) bounce.queue_id = source.header().value("X-Message-ID");
    read_shape(source, bounce, {.starts = starts});
    if (bounce.recipients.empty()) read_shape(source, bounce, {});
}

} // namespace

extern const Dialect exim;
const Dialect exim{"exim", claims_exim, read_exim};

} // namespace relaytool::bounce
