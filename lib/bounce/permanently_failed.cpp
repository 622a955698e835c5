#include "bounce/dialect.hpp"

namespace relaytool::bounce {
namespace {

/// A server that signs as "Mail Delivery System" with no address: bullets, then lines such as
/// `SMTP:RCPT host 192.0.2.1: 553 …` between rulers.
bool claims_permanently_failed(const Source& source) {
    return subject_has(source, "Delivery status notification") && from_has(source, "Mail Delivery System") &&
           (report_has(source, "following recipients failed permanently:") ||
            report_has(source, "following recipients was aborted after"));
}

void read_permanently_failed(const Source& source, Bounce& bounce) {
    static constexpr std::string_view starts[] = {"Delivery to the following recipients"};
    static constexpr std::string_view drops[] = {"=====", "-----", "Did not try again"};
    read_shape(source, bounce, {.starts = starts, .drops = drops});
}

} // namespace

extern const Dialect permanently_failed;
const Dialect permanently_failed{"permanently-failed", claims_permanently_failed, read_permanently_failed};

} // namespace relaytool::bounce
