#include "bounce/dialect.hpp"

namespace relaytool::bounce {
namespace {

/// AOL: complete fields.
bool claims_aol(const Source& source) {
    return from_has(source, "postmaster@aol.com") || from_has(source, "mailer-daemon@aol.com") ||
           source.header().has("X-BounceIO-Id");
}

} // namespace

extern const Dialect aol;
const Dialect aol{"aol", claims_aol, read_nothing};

} // namespace relaytool::bounce
