#pragma once

#include <compare>
#include <optional>
#include <string>
#include <string_view>

namespace relaytool::smtp {

/// An enhanced mail system status code, RFC 3463: `class.subject.detail`, as in 5.7.60.
struct Status {
    int klass = 0;   ///< 2 success, 4 persistent transient failure, 5 permanent failure
    int subject = 0; ///< 0-999; 1 address, 2 mailbox, 3 system, 4 network, 5 protocol, 6 content, 7 policy
    int detail = 0;  ///< 0-999

    auto operator<=>(const Status&) const = default;
};

/// "5.7.60".
std::string to_string(const Status& status);

/// Reads a status code at the start of `text`: class 2, 4 or 5 and at most three digits in each other part
/// (RFC 3463 section 2). What follows may be anything but a digit, or a dot and a digit (an IP address).
std::optional<Status> read_status(std::string_view text);

/// The first status code anywhere in `text` that is not a part of a longer number or name.
std::optional<Status> find_status(std::string_view text);

} // namespace relaytool::smtp
