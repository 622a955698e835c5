#include "bounce/dialect.hpp"

namespace relaytool::bounce {
namespace {

bool claims_postfix(const Source& source) {
    return report_has(source, "This is the Postfix program at host") ||
           report_has(source, "This is the mail system at host") ||
           report_has(source, "Your message could not be delivered for more than") ||
           source.header().value("Content-Description") == "Postfix";
}

void read_postfix(const Source& source, Bounce& bounce) {
    static constexpr std::string_view starts[] = {"The Postfix program", "The mail system", "The Postfix on"};
    if (bounce.queue_id.empty()) bounce.queue_id = source.header().value("X-Postfix-Queue-ID");
    read_shape(source, bounce, {.starts = starts, .block = Block::paragraph});
}

} // namespace

extern const Dialect postfix;
const Dialect postfix{"postfix", claims_postfix, read_postfix};

} // namespace relaytool::bounce
