#include "bounce/dialect.hpp"

namespace relaytool::bounce {

// One line each, in the file of that name.
extern const Dialect iis;
extern const Dialect exchange2003;
extern const Dialect exchange;
extern const Dialect postfix;
extern const Dialect exim;

std::span<const Dialect> dialects() {
    static const Dialect all[] = {iis, exchange2003, exchange, exim, postfix};
    return all;
}

} // namespace relaytool::bounce
