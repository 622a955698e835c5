#include "bounce/dialect.hpp"

namespace relaytool::bounce {
namespace {

bool claims_hmailserver(const Source& source) {
    return report_has(source, "hMailServer") && report_has(source, "could not be reached") &&
           (sent_by_daemon(source) || subject_has(source, "undeliverable"));
}

void read_hmailserver(const Source& source, Bounce& bounce) {
    static constexpr std::string_view starts[] = {"could not be reached"};
    // What was sent and to whom; the reply stands behind "replied".
    static constexpr std::string_view drops[] = {"Error Type", "hMailServer sent", "Tried "};
    read_shape(source, bounce, {.starts = starts, .drops = drops, .block = Block::paragraph});
}

} // namespace

extern const Dialect hmailserver;
const Dialect hmailserver{"hmailserver", claims_hmailserver, read_hmailserver};

} // namespace relaytool::bounce
