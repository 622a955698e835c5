#include "bounce/dialect.hpp"

namespace relaytool::bounce {
namespace {

/// Symantec (MessageLabs) Email Security.cloud.
bool claims_messagelabs(const Source& source) {
    return from_has(source, "mailer-daemon@messagelabs.com") ||
           (from_has(source, "messagelabs.com") && subject_has(source, "Mail Delivery Failure"));
}

void read_messagelabs(const Source& source, Bounce& bounce) {
    static constexpr std::string_view drops[] = {"The following message was undeliverable", "Reason:"};
    if (bounce.recipients.empty()) read_shape(source, bounce, {.drops = drops, .block = Block::paragraph});
}

} // namespace

extern const Dialect messagelabs;
const Dialect messagelabs{"messagelabs", claims_messagelabs, read_messagelabs};

} // namespace relaytool::bounce
