#include "bounce/dialect.hpp"

namespace relaytool::bounce {
namespace {

bool claims_sendgrid(const Source& source) {
    return report_has(source, "automatically generated message from SendGrid") ||
           (source.header().value("Return-Path") == "<apps@sendgrid.net>" && sent_by_daemon(source));
}

void read_sendgrid(const Source& source, Bounce& bounce) {
    static constexpr std::string_view starts[] = {"please contact SendGrid support",
                                                  "one of its intended recipients"};
    read_shape(source, bounce, {.starts = starts, .block = Block::paragraph});
}

} // namespace

extern const Dialect sendgrid;
const Dialect sendgrid{"sendgrid", claims_sendgrid, read_sendgrid};

} // namespace relaytool::bounce
