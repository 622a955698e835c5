#include "base/ascii.hpp"
#include "bounce/dialect.hpp"
#include "mail/address.hpp"
#include "mail/dsn.hpp"
#include "mail/text.hpp"

#include <algorithm>
#include <iterator>

namespace relaytool::bounce {
namespace {

/// Oracle (Sun, iPlanet) Messaging Server and its ancestor PMDF; iCloud sent with it.
bool claims_messagingserver(const Source& source) {
    return report_has(source, "Recipient address:") &&
           report_has(source, "This report relates to a message you sent");
}

/// The labels of one recipient's block; a longer value goes on in the next line, which has none.
constexpr std::string_view labels[] = {
    "Original address:", "Reason:", "Diagnostic code:", "Remote system:", "Delivery attempt history"};

struct Told {
    std::string address;
    std::string reason;
    std::string diagnostic;
};

/// The value that a line begins, or none.
std::string* begin_value(std::string_view line, Told& told) {
    if (ascii::istarts_with(line, "Reason:")) return &told.reason;
    if (ascii::istarts_with(line, "Diagnostic code:")) return &told.diagnostic;
    return nullptr;
}

void close(const Told& told, std::vector<Recipient>& recipients) {
    if (told.address.empty()) return;
    Recipient& recipient = recipients.emplace_back();
    recipient.address = told.address;
    recipient.action = Action::failed;
    set_words(recipient, told.diagnostic.empty() ? told.reason : told.diagnostic);
    if (recipient.notice.empty() && !told.diagnostic.empty()) recipient.notice = told.reason;
}

std::vector<Recipient> read_blocks(std::string_view text) {
    std::vector<Recipient> found;
    Told told;
    std::string* open = nullptr;
    mail::Lines lines(text);
    std::string_view line;
    while (lines.next(line) && found.size() < mail::max_recipients) {
        line = ascii::trim(line);
        if (ascii::istarts_with(line, "Recipient address:")) {
            close(told, found);
            told = {std::string(mail::find_address(line)), {}, {}};
            open = nullptr;
        } else if (std::any_of(std::begin(labels), std::end(labels),
                               [&](std::string_view label) { return ascii::istarts_with(line, label); })) {
            open = begin_value(line, told);
            if (open != nullptr) *open = behind(line, ":");
        } else if (line.empty()) {
            open = nullptr;
        } else if (open != nullptr && open->size() + line.size() < 8192) {
            *open += '\n';
            *open += line;
        }
    }
    close(told, found);
    return found;
}

void read_messagingserver(const Source& source, Bounce& bounce) {
    static constexpr std::string_view ends[] = {"Reporting-MTA:", "Original-envelope-id:"};
    add_told(source, bounce, read_blocks(section_of(source.report, {}, ends)));
}

} // namespace

extern const Dialect messagingserver;
const Dialect messagingserver{"messagingserver", claims_messagingserver, read_messagingserver};

} // namespace relaytool::bounce
