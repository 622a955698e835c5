#include "bounce/dialect.hpp"

namespace relaytool::bounce {
namespace {

bool claims_barracuda(const Source& source) {
    return subject_has(source, "blocked by our bulk email filter") ||
           report_has(source, "was blocked by our Spam & Virus Firewall") ||
           report_has(source, "was blocked by our Spam Firewall");
}

void read_barracuda(const Source& source, Bounce& bounce) {
    static constexpr std::string_view leads[] = {"Your message to:"};
    static constexpr std::string_view ends[] = {"Subject:", "Reporting-MTA:"};
    read_shape(source, bounce, {.ends = ends, .leads = leads});
}

} // namespace

extern const Dialect barracuda;
const Dialect barracuda{"barracuda", claims_barracuda, read_barracuda};

} // namespace relaytool::bounce
