#include "bounce/dialect.hpp"

namespace relaytool::bounce {
namespace {

/// Mail.Ru: Exim, with all it says in Russian first.
bool claims_mailru(const Source& source) {
    return from_has(source, "mail.ru") && from_has(source, "mailer-daemon") && report_has(source, "Mail.Ru");
}

void read_mailru(const Source& source, Bounce& bounce) {
    static constexpr std::string_view starts[] = {
        "The following address(es) failed", "has not been delivered to", "has not yet been delivered is"};
    read_shape(source, bounce, {.starts = starts, .block = Block::paragraph});
}

} // namespace

extern const Dialect mailru;
const Dialect mailru{"mailru", claims_mailru, read_mailru};

} // namespace relaytool::bounce
