#include "bounce/dialect.hpp"

namespace relaytool::bounce {
namespace {

/// HCL (Lotus) Domino; its fields do not always tell what its sentence tells.
bool claims_domino(const Source& source) {
    if (subject_has(source, "DELIVERY FAILURE:")) return report_has(source, "Your message");
    return sent_by_daemon(source) && report_has(source, "was not delivered to:") &&
           report_has(source, "because:");
}

void read_domino(const Source& source, Bounce& bounce) {
    static constexpr std::string_view list[] = {"was not delivered to:"};
    static constexpr std::string_view reason[] = {"because:"};
    std::vector<Recipient> told = read_list(section_of(source.report, list, reason));
    tell_all(told, first_paragraph(section_of(source.report, reason, {})));
    add_told(source, bounce, std::move(told));
}

} // namespace

extern const Dialect domino;
const Dialect domino{"domino", claims_domino, read_domino};

} // namespace relaytool::bounce
