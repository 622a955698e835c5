#include "base/ascii.hpp"
#include "bounce/dialect.hpp"
#include "mail/address.hpp"

namespace relaytool::bounce {
namespace {

bool claims_exim(const Source& source) {
    if (source.header().has("X-Failed-Recipients")) return true;
    for (const std::string_view words :
         {"This message was created automatically by mail delivery software",
          "A message that you sent was rejected by the local scanning code",
          "A message that you sent contained one or more recipient addresses that were",
          "A message that you sent could not be delivered to",
          "A message that you sent contained no recipient addresses",
          "A message that you sent using the -t command line option contained no addresses"})
        if (report_has(source, words)) return true;
    return false;
}

/// Exim counts on a subject that a user cannot have chosen for the identifier of the message.
std::string identifier_in(const Source& source) {
    std::string_view id = behind(source.report, "The message identifier is:");
    if (id.empty()) id = behind(source.subject, "message ");
    id = id.substr(0, id.find_first_of(" \t\r\n"));
    const bool looks_like_one = id.size() > 10 && id.size() < 40 && id.find('-') != std::string_view::npos;
    return looks_like_one ? std::string(id) : std::string{};
}

/// Recipients that are pipes and files go by what they were generated from; the header names what failed.
void read_generated(const Source& source, Bounce& bounce) {
    static constexpr std::string_view leads[] = {"generated from"};
    std::vector<Recipient> told =
        read_text_report(source.report, {.leads = leads, .block = Block::paragraph});
    const std::vector<std::string> failed =
        mail::read_addresses(source.header().value("X-Failed-Recipients"));
    if (told.size() == 1 && failed.size() == 1) told.front().address = failed.front();
    if (told.empty())
        for (const std::string& address : failed)
            told_about(told, address);
    add_told(source, bounce, std::move(told));
}

void read_exim(const Source& source, Bounce& bounce) {
    static constexpr std::string_view starts[] = {
        "could not be delivered to",     "following address",           "has not been delivered to",
        "has not yet been delivered to", "delivery has been attempted", "recipient addresses that were",
        "incorrectly constructed",
    };
    static constexpr std::string_view ends[] = {
        "The following text was generated", "This address has been ignored",
        "These addresses have been ignored", "No action is required on your part"};
    if (bounce.queue_id.empty()) bounce.queue_id = source.header().value("X-Message-ID");
    if (bounce.queue_id.empty()) bounce.queue_id = identifier_in(source);
    const TextShape shape{.starts = starts, .ends = ends, .block = Block::paragraph};
    std::vector<Recipient> told = read_text_report(source.report, shape);
    if (!told.empty()) return add_told(source, bounce, std::move(told));
    if (bounce.recipients.empty()) read_generated(source, bounce);
    if (bounce.recipients.empty()) read_shape(source, bounce, {.ends = ends, .block = Block::paragraph});
}

} // namespace

extern const Dialect exim;
const Dialect exim{"exim", claims_exim, read_exim};

} // namespace relaytool::bounce
