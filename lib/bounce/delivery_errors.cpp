#include "bounce/dialect.hpp"

namespace relaytool::bounce {
namespace {

/// A gateway that signs as "Mail Deliver System": an address and its reason in brackets on one line.
bool claims_delivery_errors(const Source& source) {
    return report_has(source, "---The following addresses had delivery errors---");
}

void read_delivery_errors(const Source& source, Bounce& bounce) {
    static constexpr std::string_view starts[] = {"The following addresses had delivery errors"};
    read_shape(source, bounce, {.starts = starts, .block = Block::paragraph});
}

} // namespace

extern const Dialect delivery_errors;
const Dialect delivery_errors{"delivery-errors", claims_delivery_errors, read_delivery_errors};

} // namespace relaytool::bounce
