#include "bounce/dialect.hpp"

namespace relaytool::bounce {
namespace {

/// BIGLOBE (Japan): a list, then the reason.
bool claims_biglobe(const Source& source) {
    return report_has(source, "----- Non-delivered information -----") ||
           (from_has(source, "biglobe.ne.jp") && report_has(source, "addresses had delivery problems"));
}

void read_biglobe(const Source& source, Bounce& bounce) {
    static constexpr std::string_view list[] = {"addresses had delivery problems"};
    static constexpr std::string_view reason[] = {"Non-delivered information"};
    static constexpr std::string_view end[] = {"-----"};
    std::vector<Recipient> told = read_list(section_of(source.report, list, reason));
    tell_all(told, section_of(source.report, reason, end));
    add_told(source, bounce, std::move(told));
}

} // namespace

extern const Dialect biglobe;
const Dialect biglobe{"biglobe", claims_biglobe, read_biglobe};

} // namespace relaytool::bounce
