#include "support/outline.hpp"

#include <cstdio>
#include <string_view>

namespace relaytool::test {
namespace {

void line(std::string& out, std::string_view label, std::string_view value) {
    if (!value.empty()) out.append(label).append(value).append("\n");
}

std::string outline(const bounce::Recipient& recipient) {
    std::string out;
    line(out, "to ", recipient.address.empty() ? "?" : recipient.address);
    line(out, "  action ", to_string(recipient.action));
    line(out, "  status ", recipient.status);
    if (recipient.reply.code != 0) line(out, "  code ", std::to_string(recipient.reply.code));
    if (recipient.reply.enhanced) line(out, "  enhanced ", to_string(*recipient.reply.enhanced));
    line(out, "  text ", recipient.reply.text);
    line(out, "  host ", recipient.reply.host);
    line(out, "  stage ", to_string(recipient.stage));
    line(out, "  notice ", recipient.notice);
    return out;
}

} // namespace

std::string outline(const bounce::Bounce& bounce) {
    std::string out;
    line(out, "", std::string(to_string(bounce.kind)) + " by " + std::string(bounce.format));
    line(out, "reporting ", bounce.reporting_host);
    line(out, "submitted by ", bounce.submitted_by);
    line(out, "queue id ", bounce.queue_id);
    line(out, "arrival ", bounce.arrival);
    line(out, "retry until ", bounce.retry_until);
    if (bounce.local_error != 0) {
        char digits[9] = {};
        std::snprintf(digits, sizeof digits, "%08X", bounce.local_error);
        line(out, "local error ", digits);
    }
    line(out, "notice ", bounce.notice);
    line(out, "original from ", bounce.original.from);
    line(out, "original to ", bounce.original.to);
    line(out, "subject ", bounce.original.subject);
    line(out, "message id ", bounce.original.message_id);
    line(out, "date ", bounce.original.date);
    for (const bounce::Recipient& recipient : bounce.recipients)
        out += outline(recipient);
    return out;
}

} // namespace relaytool::test
