#include "bounce/dialect.hpp"

namespace relaytool::bounce {
namespace {

/// The Internet Mail Service of Exchange 5.5, and Exchange 2000/2003 when it writes no DSN.
bool claims_exchange2003(const Source& source) {
    return report_has(source, "MSEXCH:IM") ||
           report_has(source, "did not reach the following recipient(s)") ||
           report_has(source, "did not reach some or all of the intended recipients");
}

void read_exchange2003(const Source& source, Bounce& bounce) {
    static constexpr std::string_view starts[] = {"did not reach the following recipient",
                                                  "following recipient(s) could not be reached"};
    // An identifier that Exchange wraps anywhere.
    static constexpr std::string_view drops[] = {"The MTS-ID of the original message", ";l=", ";p="};
    read_shape(source, bounce, {.starts = starts, .drops = drops});
}

} // namespace

extern const Dialect exchange2003;
const Dialect exchange2003{"exchange-2003", claims_exchange2003, read_exchange2003};

} // namespace relaytool::bounce
