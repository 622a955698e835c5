#include "bounce/dialect.hpp"

namespace relaytool::bounce {
namespace {

/// 1&1, GMX, mail.com, WEB.DE: one program, which borrowed the first sentences of Exim.
bool is_united_internet(const Source& source) {
    return source.header().has("X-UI-Out-Filterresults") || source.header().has("X-GMX-Antispam") ||
           from_has(source, "kundenserver.") || from_has(source, "@gmx.") || from_has(source, "mail.gmx.") ||
           report_has(source, "SMTP error from remote server for ") ||
           report_has(source, "SMTP error from remote server after ") ||
           report_has(source, "--- The header of the original message is following. ---");
}

bool claims_einsundeins(const Source& source) {
    return report_has(source, "This message was created automatically by mail delivery software") &&
           is_united_internet(source);
}

void read_einsundeins(const Source& source, Bounce& bounce) {
    // "The following address\nfailed:" is wrapped anywhere.
    static constexpr std::string_view starts[] = {"This is a permanent error", "The following address"};
    static constexpr std::string_view ends[] = {"--- The header of the original", "--- The "};
    static constexpr std::string_view drops[] = {"For the following reason:", "Reason:"};
    const TextShape shape{.starts = starts, .ends = ends, .drops = drops};
    std::vector<Recipient> told = read_text_report(source.report, shape);
    for (Recipient& recipient : told) {
        std::string_view host = behind(recipient.reply.text, "host: ");
        host = host.substr(0, host.find_first_of(" \t\n"));
        if (recipient.reply.host.empty()) recipient.reply.host = host;
    }
    if (!told.empty()) return add_told(source, bounce, std::move(told));
    read_shape(source, bounce, shape);
}

} // namespace

extern const Dialect einsundeins;
const Dialect einsundeins{"einsundeins", claims_einsundeins, read_einsundeins};

} // namespace relaytool::bounce
