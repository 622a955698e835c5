#include "report/test_message.hpp"

#include "mail/date.hpp"

#include <fmt/format.h>

namespace relaytool::report {
namespace {

/// `2026-11-25 08:00:00 UTC`.
std::string time_of(std::int64_t seconds) {
    std::string text = mail::to_rfc3339(seconds);
    if (text.size() < 20) return text;
    text[10] = ' ';
    return text.substr(0, 19) + " UTC";
}

} // namespace

std::string test_subject(const TestMessage& test) {
    return fmt::format("Test of {} from {}, {}", test.through, test.host, time_of(test.seconds));
}

std::string test_text(const TestMessage& test) {
    std::string text =
        "This is a test message. It tells that mail comes through; nobody needs to answer it.\n\n";
    text += fmt::format("Sent     {}\n", time_of(test.seconds));
    text += fmt::format("By       relaytool, on {}\n", test.host);
    text += fmt::format("Through  {}\n", test.through);
    text += fmt::format("Login    {}\n", test.login.empty() ? "none" : test.login);
    text += fmt::format("From     {}\n\n", test.from);
    return text + "Is it in Junk? Keep the header of this message: it says why.\n";
}

} // namespace relaytool::report
