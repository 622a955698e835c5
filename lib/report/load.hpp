#pragma once

#include "diagnosis/finding.hpp"
#include "report/style.hpp"

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace relaytool::report {

/// Messages that ended in the same way.
struct LoadCause {
    diagnosis::Finding finding;
    std::uint64_t times = 0;
};

/// What `send --count` measured.
struct LoadReport {
    std::string host;
    std::uint16_t port = 0;
    std::uint64_t wanted = 0;
    std::uint64_t accepted = 0;
    std::uint64_t refused = 0;
    std::uint64_t unanswered = 0; ///< not sent, or in flight when a connection broke
    std::size_t connections = 0;
    std::size_t message_size = 0;         ///< octets
    std::chrono::microseconds took{0};    ///< from the first connection to the last answer
    std::vector<std::uint32_t> latencies; ///< microseconds, one for each answered message, sorted
    std::vector<LoadCause> causes;        ///< the most frequent first

    double rate() const; ///< accepted messages a second
    /// Microseconds; `share` from 0 to 1. 0 when nothing was answered.
    std::uint32_t percentile(double share) const;
};

std::string load_text(const LoadReport& report, const Style& style);
/// One object on one line, without a line end (docs/json.md).
std::string load_json(const LoadReport& report);
/// `12,345 of 20,000 messages, 3,210/s` for a terminal, without a line end.
std::string load_progress(std::uint64_t done, std::uint64_t wanted, std::chrono::microseconds elapsed);

} // namespace relaytool::report
