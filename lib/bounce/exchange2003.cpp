#include "bounce/dialect.hpp"

#include <algorithm>
#include <iterator>

namespace relaytool::bounce {
namespace {

/// What stands in front of the recipients, in the languages of Outlook and Exchange.
constexpr std::string_view starts[] = {
    "did not reach the following recipient",       "following recipient(s) could not be reached",
    "Empfänger kann/können nicht erreicht werden", "Empfänger konnte nicht erreicht werden",
    "destinataire(s) suivant(s) ne peu",           "ontvanger(s) is/zijn niet bereikt",
};

/// The Internet Mail Service of Exchange 5.5, Exchange 2000/2003 when it writes no DSN, and Outlook itself.
bool claims_exchange2003(const Source& source) {
    if (report_has(source, "MSEXCH:IM")) return true;
    if (report_has(source, "did not reach some or all of the intended recipients")) return true;
    return std::any_of(std::begin(starts), std::end(starts),
                       [&](std::string_view words) { return report_has(source, words); });
}

void read_exchange2003(const Source& source, Bounce& bounce) {
    // An identifier that Exchange wraps anywhere.
    static constexpr std::string_view drops[] = {"The MTS-ID of the original message", ";l=", ";p="};
    read_shape(source, bounce, {.starts = starts, .drops = drops});
}

} // namespace

extern const Dialect exchange2003;
const Dialect exchange2003{"exchange-2003", claims_exchange2003, read_exchange2003};

} // namespace relaytool::bounce
