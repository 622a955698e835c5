// How large a large input is. Sanitizers make loops over octets ten times slower, and what grows as a square
// shows in a tenth of the octets just as well.
#pragma once

#include <cstddef>

namespace relaytool::test {

#ifdef RELAYTOOL_SANITIZED
constexpr std::size_t sized(std::size_t octets) {
    return octets / 10;
}
#else
constexpr std::size_t sized(std::size_t octets) {
    return octets;
}
#endif

} // namespace relaytool::test
