#include "bounce/dialect.hpp"

namespace relaytool::bounce {
namespace {

bool claims_amazonworkmail(const Source& source) {
    return source.header().value("X-Mailer") == "Amazon WorkMail" &&
           subject_has(source, "delivery status notification");
}

void read_amazonworkmail(const Source& source, Bounce& bounce) {
    static constexpr std::string_view starts[] = {"to the following recipients"};
    static constexpr std::string_view ends[] = {"Technical report"};
    read_shape(source, bounce, {.starts = starts, .ends = ends});
}

} // namespace

extern const Dialect amazonworkmail;
const Dialect amazonworkmail{"amazonworkmail", claims_amazonworkmail, read_amazonworkmail};

} // namespace relaytool::bounce
