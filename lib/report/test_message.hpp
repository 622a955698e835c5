#pragma once

#include <cstdint>
#include <string>

namespace relaytool::report {

/// What a test message tells about itself, so that it is recognised at the other end.
struct TestMessage {
    std::string from;
    std::string through;      ///< server and port
    std::string login;        ///< empty: none
    std::string host;         ///< the machine it comes from
    std::int64_t seconds = 0; ///< since 1970-01-01 UTC
};

/// "Test of smtp.office365.com:587 from SRV01, 2026-11-25 08:00:00 UTC".
std::string test_subject(const TestMessage& test);
/// A few lines of plain ASCII for whoever finds it in a mailbox.
std::string test_text(const TestMessage& test);

} // namespace relaytool::report
