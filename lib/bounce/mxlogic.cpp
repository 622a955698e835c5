#include "bounce/dialect.hpp"

namespace relaytool::bounce {
namespace {

/// MX Logic (later McAfee SaaS Email Protection), which borrowed the first sentence of Exim.
bool claims_mxlogic(const Source& source) {
    // All that passes the filter has the second field.
    return source.header().has("X-MX-Bounce") ||
           (source.header().has("X-MXL-NoteHash") && sent_by_daemon(source) &&
            report_has(source, "could not be delivered to"));
}

void read_mxlogic(const Source& source, Bounce& bounce) {
    static constexpr std::string_view starts[] = {"The following address failed", "following address"};
    static constexpr std::string_view ends[] = {"Included is a copy"};
    read_shape(source, bounce, {.starts = starts, .ends = ends, .block = Block::paragraph});
}

} // namespace

extern const Dialect mxlogic;
const Dialect mxlogic{"mxlogic", claims_mxlogic, read_mxlogic};

} // namespace relaytool::bounce
