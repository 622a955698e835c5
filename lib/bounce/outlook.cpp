#include "base/ascii.hpp"
#include "base/utf8.hpp"
#include "bounce/dialect.hpp"

namespace relaytool::bounce {
namespace {

/// Hotmail and Outlook.com, whose reports are those of IIS without the field that gives it away.
bool claims_outlook(const Source& source) {
    for (const std::string_view domain : {"hotmail.", "outlook.com", "live.com", "msn.com"})
        if (from_has(source, "postmaster@") && from_has(source, domain) &&
            report_has(source, "This is an automatically generated Delivery Status Notification"))
            return true;
    return false;
}

void read_outlook(const Source& source, Bounce& bounce) {
    static constexpr std::string_view starts[] = {"following recipient"};
    read_shape(source, bounce, {.starts = starts});
    if (bounce.notice.empty())
        for (const std::string_view words : {"Delivery to the following", "Unable to deliver message"})
            if (const std::size_t at = ascii::ifind(source.report, words);
                at != std::string::npos && bounce.notice.empty())
                bounce.notice = ascii::fold_space(
                    encoding::beginning_of(first_paragraph(std::string_view(source.report).substr(at)), 400));
}

} // namespace

extern const Dialect outlook;
const Dialect outlook{"outlook", claims_outlook, read_outlook};

} // namespace relaytool::bounce
