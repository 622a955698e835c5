#pragma once

#include "mail/fields.hpp"

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace relaytool::mail {

/// The body of a message/delivery-status part, RFC 3464 section 2.1: fields about the mail, then one group of
/// fields for each recipient. Views reach into the parsed text.
struct DeliveryStatus {
    Fields message;
    std::vector<Fields> recipients;
    std::size_t left_out = 0; ///< groups behind the first max_recipients
};

/// Recipients kept of one report; RFC 5321 section 4.5.3.1.8 lets servers stop at 100, lists go to thousands.
inline constexpr std::size_t max_recipients = 5000;

/// Reads a delivery status as servers really write it: any number of blank lines between groups, groups run
/// together, and the lines of a multi-line reply that IIS and Exchange 2003 put behind a blank line at column
/// 0 (they are made part of the Diagnostic-Code in front of them). Never fails.
DeliveryStatus read_delivery_status(std::string_view text);

/// A field like `dns; mx.example.com` (RFC 3464 section 2.1.2) taken apart.
struct TypedValue {
    std::string type;  ///< lower case; empty when there is none
    std::string value; ///< trimmed, unfolded
};

TypedValue read_typed(std::string_view raw);

/// The reply in a Diagnostic-Code field: its type removed, folded text on one line, each line of a multi-line
/// reply on a line of its own, separated by '\n'.
std::string reply_of_diagnostic(std::string_view raw);

} // namespace relaytool::mail
