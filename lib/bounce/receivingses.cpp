#include "bounce/dialect.hpp"

namespace relaytool::bounce {
namespace {

/// Amazon SES as the receiving side: complete fields.
bool claims_receivingses(const Source& source) {
    return source.header().has("X-SES-Outgoing") &&
           report_has(source, "This message could not be delivered.") &&
           subject_has(source, "delivery status notification");
}

} // namespace

extern const Dialect receivingses;
const Dialect receivingses{"receivingses", claims_receivingses, read_nothing};

} // namespace relaytool::bounce
