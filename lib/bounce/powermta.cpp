#include "bounce/dialect.hpp"

namespace relaytool::bounce {
namespace {

bool claims_powermta(const Source& source) {
    return report_has(source, "Hello, this is the mail server on") ||
           source.header().has("X-PowerMTA-BounceCategory");
}

void read_powermta(const Source& source, Bounce& bounce) {
    if (bounce.recipients.empty()) read_shape(source, bounce, {.block = Block::paragraph});
}

} // namespace

extern const Dialect powermta;
const Dialect powermta{"powermta", claims_powermta, read_powermta};

} // namespace relaytool::bounce
