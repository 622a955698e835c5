#include "bounce/dialect.hpp"

namespace relaytool::bounce {
namespace {

/// Yandex: Postfix with a Russian preface.
bool claims_yandex(const Source& source) {
    return from_has(source, "mailer-daemon@yandex.") ||
           report_has(source, "This is the mail system at host yandex.");
}

void read_yandex(const Source& source, Bounce& bounce) {
    static constexpr std::string_view starts[] = {"Please, do not reply to this message", "The mail system"};
    read_shape(source, bounce, {.starts = starts, .block = Block::paragraph});
}

} // namespace

extern const Dialect yandex;
const Dialect yandex{"yandex", claims_yandex, read_yandex};

} // namespace relaytool::bounce
