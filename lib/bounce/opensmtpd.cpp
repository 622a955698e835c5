#include "bounce/dialect.hpp"

namespace relaytool::bounce {
namespace {

bool claims_opensmtpd(const Source& source) {
    return report_has(source, "This is the MAILER-DAEMON, please DO NOT REPLY to this");
}

void read_opensmtpd(const Source& source, Bounce& bounce) {
    // "for the following\n    list of recipients:" in delays.
    static constexpr std::string_view starts[] = {"list of recipients:"};
    static constexpr std::string_view ends[] = {"Below is a copy of the original",
                                                "Please note that this is only",
                                                "The message is kept in the queue"};
    read_shape(source, bounce, {.starts = starts, .ends = ends});
}

} // namespace

extern const Dialect opensmtpd;
const Dialect opensmtpd{"opensmtpd", claims_opensmtpd, read_opensmtpd};

} // namespace relaytool::bounce
