#pragma once

#include "smtp/reply.hpp"
#include "smtp/transcript.hpp"

#include <chrono>
#include <string>
#include <vector>

namespace relaytool::smtp {

/// One command and its answer, or the server's greeting (no command).
struct Exchange {
    std::string command; ///< verb in upper case: "EHLO", "STARTTLS"; "" for the greeting
    Wire wire = Wire::plain;
    Reply reply;                           ///< code 0 when none came
    std::chrono::microseconds sent{0};     ///< since the transcript began; of the greeting: connected
    std::chrono::microseconds answered{0}; ///< its last line; 0 when none came
};

/// What was said before pipelining began, command by command. Lines that are no replies are left out.
std::vector<Exchange> read_exchanges(const Transcript& transcript);

} // namespace relaytool::smtp
