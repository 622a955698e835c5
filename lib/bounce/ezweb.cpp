#include "base/ascii.hpp"
#include "bounce/dialect.hpp"
#include "bounce/transcript.hpp"
#include "mail/address.hpp"
#include "mail/text.hpp"

#include <algorithm>

namespace relaytool::bounce {
namespace {

/// au / EZweb (KDDI): Japanese sentences, then English ones in several shapes.
bool claims_ezweb(const Source& source) {
    const bool by_them = from_has(source, "@ezweb.ne.jp") || from_has(source, "@au.com");
    return by_them && (sent_by_daemon(source) || subject_has(source, "Mail System Error"));
}

constexpr std::string_view lists[] = {"did not receive this message"};

/// The English sentences in front of the list are the reason.
bool tells_reason(std::string_view line) {
    if (line.empty() || !mail::find_address(line).empty() || ascii::icontains(line, lists[0])) return false;
    return std::all_of(line.begin(), line.end(), [](char c) { return static_cast<unsigned char>(c) < 128; });
}

std::string read_reason(std::string_view report) {
    std::string reason;
    mail::Lines lines(report);
    std::string_view line;
    while (lines.next(line) && reason.size() < 2000) {
        line = ascii::trim(line);
        if (line.starts_with("Each of the following") || line.starts_with("mail server.")) continue;
        if (!tells_reason(line) || line.starts_with(">>>") || line.starts_with("<<<")) continue;
        if (!reason.empty()) reason += ' ';
        reason += line;
    }
    return reason;
}

void read_ezweb(const Source& source, Bounce& bounce) {
    std::vector<Recipient> told;
    if (report_has(source, ">>> RCPT TO") || report_has(source, "<<< ")) {
        Transcript transcript = read_transcript(source.report);
        told = std::move(transcript.recipients);
    }
    for (const Recipient& listed : read_list(source.report))
        if (told.size() < 100) told_about(told, listed.address);
    tell_all(told, read_reason(source.report));
    add_told(source, bounce, std::move(told));
}

} // namespace

extern const Dialect ezweb;
const Dialect ezweb{"ezweb", claims_ezweb, read_ezweb};

} // namespace relaytool::bounce
