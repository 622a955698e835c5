#include "base/ascii.hpp"
#include "base/utf8.hpp"
#include "bounce/dialect.hpp"

namespace relaytool::bounce {
namespace {

bool claims_mimecast(const Source& source) {
    return report_has(source,
                      "An email that you attempted to send to the following address could not be delivered");
}

void read_mimecast(const Source& source, Bounce& bounce) {
    static constexpr std::string_view list[] = {"to the following address could not be delivered"};
    static constexpr std::string_view problem[] = {"The problem appears to be"};
    static constexpr std::string_view details[] = {"Additional information follows"};
    static constexpr std::string_view ends[] = {"Additional information follows",
                                                "This condition occurred after"};
    const auto words = [&](std::span<const std::string_view> label) {
        std::string_view text = ascii::trim(first_paragraph(section_of(source.report, label, ends)));
        while (text.starts_with('-') || text.starts_with(' '))
            text.remove_prefix(1);
        return text;
    };
    std::vector<Recipient> told = read_list(section_of(source.report, list, problem));
    const std::string_view reason = words(details);
    tell_all(told, reason.empty() ? words(problem) : reason);
    for (Recipient& recipient : told)
        if (recipient.notice.empty())
            recipient.notice = ascii::fold_space(encoding::beginning_of(words(problem), 1000));
    add_told(source, bounce, std::move(told));
}

} // namespace

extern const Dialect mimecast;
const Dialect mimecast{"mimecast", claims_mimecast, read_mimecast};

} // namespace relaytool::bounce
