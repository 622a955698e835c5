#include "base/ascii.hpp"
#include "bounce/dialect.hpp"
#include "mail/address.hpp"

namespace relaytool::bounce {
namespace {

/// Google Groups refuses in the language of the sender; its name and address are the same in all of them.
bool claims_googlegroups(const Source& source) {
    const bool by_google =
        from_has(source, "mailer-daemon@googlemail.com") || from_has(source, "mailer-daemon@google.com");
    return by_google && report_has(source, "https://groups.google.com/support/");
}

/// The paragraph behind the greeting and the list of possible reasons.
std::string reasons_in(std::string_view report) {
    std::string reasons;
    std::string_view rest = report;
    for (int paragraphs = 0; paragraphs < 6 && !rest.empty(); ++paragraphs) {
        const std::string_view paragraph = first_paragraph(rest);
        rest.remove_prefix(paragraph.size());
        if (paragraphs == 0) continue;
        if (!reasons.empty()) reasons += ' ';
        reasons += ascii::fold_space(paragraph);
        if (ascii::icontains(paragraph, "https://groups.google.com")) break; // the same in every language
    }
    return reasons;
}

void read_googlegroups(const Source& source, Bounce& bounce) {
    std::vector<Recipient> told;
    for (const std::string& address : mail::read_addresses(source.header().value("X-Failed-Recipients")))
        told_about(told, address);
    tell_all(told, reasons_in(source.report));
    merge(bounce.recipients, std::move(told));
}

} // namespace

extern const Dialect googlegroups;
const Dialect googlegroups{"googlegroups", claims_googlegroups, read_googlegroups};

} // namespace relaytool::bounce
