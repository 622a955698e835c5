#include "base/ascii.hpp"
#include "base/utf8.hpp"
#include "bounce/dialect.hpp"

namespace relaytool::bounce {
namespace {

bool claims_facebook(const Source& source) {
    return from_has(source, "mailer-daemon@mx.facebook.com") ||
           report_has(source, "This message was created automatically by Facebook.");
}

void read_facebook(const Source& source, Bounce& bounce) {
    static constexpr std::string_view starts[] = {"This message was created automatically by Facebook"};
    if (bounce.notice.empty())
        bounce.notice = ascii::fold_space(
            encoding::beginning_of(first_paragraph(section_of(source.report, starts, {})), 1000));
}

} // namespace

extern const Dialect facebook;
const Dialect facebook{"facebook", claims_facebook, read_facebook};

} // namespace relaytool::bounce
