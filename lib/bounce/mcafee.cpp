#include "bounce/dialect.hpp"

namespace relaytool::bounce {
namespace {

/// McAfee Email Gateway and its predecessors.
bool claims_mcafee(const Source& source) {
    return report_has(source, "--- The following addresses had delivery problems ---");
}

void read_mcafee(const Source& source, Bounce& bounce) {
    static constexpr std::string_view starts[] = {"The following addresses had delivery problems"};
    read_shape(source, bounce, {.starts = starts, .block = Block::paragraph});
}

} // namespace

extern const Dialect mcafee;
const Dialect mcafee{"mcafee", claims_mcafee, read_mcafee};

} // namespace relaytool::bounce
