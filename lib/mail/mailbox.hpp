#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace relaytool::mail {

/// Somebody in From, To and the like (RFC 5322 section 3.4).
struct Mailbox {
    std::string name;    ///< for people: UTF-8, without quotes and encoded words; may be empty
    std::string address; ///< fit for an envelope (is_envelope_address)

    bool operator==(const Mailbox&) const = default;
};

/// Most mailboxes that are kept of one list.
inline constexpr std::size_t max_mailboxes = 10000;

struct MailboxList {
    std::vector<Mailbox> mailboxes;
    std::vector<std::string> broken; ///< entries without a usable address, as written
};

/// Reads a list of mailboxes as people and programs write it: names in quotes or not, even with commas in them
/// (`Doe, John <john@example.com>`), comments, groups, routes; `;` separates as well. Linear in its length.
MailboxList read_mailboxes(std::string_view value);

} // namespace relaytool::mail
