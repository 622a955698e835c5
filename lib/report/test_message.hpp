#pragma once

#include <cstdint>
#include <string>

namespace relaytool::report {

/// What a test message tells about itself, so that it is recognised at the other end.
struct TestMessage {
    std::string sender;
    std::string recipients; ///< as many as are to be shown
    std::string through;    ///< "smtp.office365.com:587", "the Pickup folder C:\…", "the MX of example.org"
    std::string computer;   ///< that sent it
    std::string message_id; ///< without angle brackets
    std::string version;    ///< of this program
    std::int64_t seconds = 0; ///< since 1970-01-01 UTC
};

/// One line, without control characters.
std::string test_subject(const TestMessage& message);

/// Plain text, lines end in LF.
std::string test_text(const TestMessage& message);

} // namespace relaytool::report
