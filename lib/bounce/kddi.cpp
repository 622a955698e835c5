#include "bounce/dialect.hpp"

namespace relaytool::bounce {
namespace {

bool claims_kddi(const Source& source) {
    return report_has(source, "Could not be delivered to: <") && report_has(source, "Your mail ");
}

void read_kddi(const Source& source, Bounce& bounce) {
    static constexpr std::string_view leads[] = {"Could not be delivered to:"};
    read_shape(source, bounce, {.leads = leads, .block = Block::paragraph});
}

} // namespace

extern const Dialect kddi;
const Dialect kddi{"kddi", claims_kddi, read_kddi};

} // namespace relaytool::bounce
