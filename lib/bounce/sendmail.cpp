#include "base/ascii.hpp"
#include "bounce/dialect.hpp"
#include "bounce/transcript.hpp"
#include "mail/address.hpp"
#include "mail/dsn.hpp"
#include "mail/text.hpp"

#include <algorithm>

namespace relaytool::bounce {
namespace {

constexpr std::string_view address_headings[] = {
    "The following addresses had",
    "The following addresses have",
    "The following recipients",
    "Recipients of this delivery",
};
constexpr std::string_view transcript_headings[] = {"Transcript of session follows",
                                                    "Transcript of the session follows"};
constexpr std::string_view ends[] = {"Transcript of session follows", "Transcript of the session follows",
                                     "message follows", "Original message", "Message header follows"};

bool claims_sendmail(const Source& source) {
    return report_has(source, "Transcript of session follows") ||
           report_has(source, "Transcript of the session follows") ||
           (report_has(source, "----- The following addresses had") &&
            report_has(source, "The original message was received at"));
}

/// `(reason: 550 5.1.1 no such user)` → what stands inside.
std::string_view inside(std::string_view line, std::string_view label) {
    std::string_view text = behind(line, label);
    if (text.ends_with(')')) text.remove_suffix(1);
    return ascii::trim(text);
}

/// The list of recipients:
///
///     <user@example.com>
///         (reason: 550 5.1.1 no such user)
///         (expanded from: <list@example.com>)
///
/// A program or a file has no address of its own: `"|/usr/bin/filter"` goes by what it was expanded from.
struct Listed {
    std::string address;
    std::string expanded_from;
    std::string reason;
};

std::vector<Listed> read_listed(std::string_view section) {
    std::vector<Listed> listed;
    mail::Lines lines(section);
    std::string_view line;
    while (lines.next(line) && listed.size() < mail::max_recipients) {
        line = ascii::trim(line);
        if (line.empty()) continue;
        if (line.starts_with('(') && !listed.empty()) {
            Listed& last = listed.back();
            if (line.starts_with("(reason:"))
                last.reason = inside(line, "(reason:");
            else if (line.starts_with("(expanded from:"))
                last.expanded_from = mail::find_address(line);
        } else if (line.front() == '<' || line.front() == '"' ||
                   mail::find_address(line).data() == line.data()) {
            Listed& added = listed.emplace_back();
            added.address = mail::find_address(line);
            // Sendmail 8.8 wrote `<user@example.com>  (unrecoverable error)`.
            if (const std::size_t open = line.find("  ("); open != std::string_view::npos)
                added.reason = inside(line.substr(open), "(");
        }
    }
    return listed;
}

const Recipient* said_about(const Transcript& transcript, const Listed& listed) {
    for (const std::string* address : {&listed.address, &listed.expanded_from})
        for (const Recipient& said : transcript.recipients)
            if (!address->empty() && ascii::iequals(said.address, *address)) return &said;
    return nullptr;
}

void read_sendmail(const Source& source, Bounce& bounce) {
    const std::vector<Listed> listed = read_listed(section_of(source.report, address_headings, ends));
    const Transcript transcript = read_transcript(section_of(source.report, transcript_headings, ends));
    std::vector<Recipient> told;
    for (const Listed& entry : listed) {
        const std::string& address = entry.address.empty() ? entry.expanded_from : entry.address;
        if (address.empty()) continue;
        Recipient& recipient = told_about(told, address);
        if (const Recipient* said = said_about(transcript, entry)) recipient = *said;
        recipient.address = address;
        recipient.action = Action::failed;
    }
    if (listed.empty()) told = transcript.recipients;
    std::erase_if(told, [](const Recipient& r) { return r.action == Action::delivered; });
    tell_rest(told, transcript);
    for (std::size_t i = 0; i < told.size() && i < listed.size(); ++i)
        if (told[i].reply.text.empty() && told[i].notice.empty()) set_words(told[i], listed[i].reason);
    add_told(source, bounce, std::move(told));
}

} // namespace

extern const Dialect sendmail;
const Dialect sendmail{"sendmail", claims_sendmail, read_sendmail};

} // namespace relaytool::bounce
