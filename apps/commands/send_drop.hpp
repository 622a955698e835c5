#pragma once

#include "context.hpp"
#include "options/output.hpp"

#include <chrono>
#include <string>
#include <vector>

namespace relaytool::cli {

/// `send --drop DIR`, `--mailroot DIR`, `--wait 2m`.
struct DropOptions {
    std::string drop;     ///< the Pickup folder; empty: the one in `mailroot`
    std::string mailroot; ///< the folder that holds Pickup, Queue, BadMail; empty: what is beside `drop`
    std::chrono::seconds wait{120};
    OutputOptions output;
};

/// The longest that --wait takes.
inline constexpr std::chrono::seconds longest_wait = std::chrono::hours(24);

/// A pickup file (as from mail::write_pickup).
struct DropMessage {
    std::string bytes;
    std::string message_id; ///< without angle brackets; it stands in `bytes`
    std::vector<std::string> recipients;
};

/// Puts the message into the Pickup folder, follows it, and prints what became of it. Needs Context::folders and
/// machine. Exit::good: handed to the next hop. Exit::bad: it came back into BadMail.
/// Exit::could_not_tell: never picked up, still queued, or the folders cannot be used.
Exit run_drop(const DropOptions& options, const DropMessage& message, Context& context);

} // namespace relaytool::cli
