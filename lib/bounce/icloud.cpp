#include "bounce/dialect.hpp"

namespace relaytool::bounce {
namespace {

/// iCloud, me.com, mac.com: complete fields.
bool claims_icloud(const Source& source) {
    for (const std::string_view domain : {"@icloud.com", "@me.com", "@mac.com"})
        if (from_has(source, domain) && sent_by_daemon(source)) return true;
    return false;
}

} // namespace

extern const Dialect icloud;
const Dialect icloud{"icloud", claims_icloud, read_nothing};

} // namespace relaytool::bounce
