#include "bounce/dialect.hpp"

namespace relaytool::bounce {
namespace {

bool claims_courier(const Source& source) {
    return report_has(source, "running the Courier mail server") ||
           subject_has(source, "NOTICE: mail delivery status.") ||
           subject_has(source, "WARNING: delayed mail.");
}

void read_courier(const Source& source, Bounce& bounce) {
    static constexpr std::string_view starts[] = {"following recipients cannot be delivered",
                                                  "following recipients has been delayed",
                                                  "UNDELIVERABLE MAIL", "DELAYED MAIL"};
    static constexpr std::string_view ends[] = {"----------", "If your message was also sent"};
    // The command that was sent; the reply stands behind `<<<`.
    static constexpr std::string_view drops[] = {">>> "};
    read_shape(source, bounce, {.starts = starts, .ends = ends, .drops = drops, .block = Block::paragraph});
}

} // namespace

extern const Dialect courier;
const Dialect courier{"courier", claims_courier, read_courier};

} // namespace relaytool::bounce
