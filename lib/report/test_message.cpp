#include "report/test_message.hpp"

#include "mail/date.hpp"
#include "report/style.hpp"

#include <fmt/format.h>

namespace relaytool::report {
namespace {

constexpr Style plain{.colour = false, .unicode = true, .width = 72};

std::string line(std::string_view label, std::string_view value) {
    return value.empty() ? std::string{} : fmt::format("{:<12}{}\n", label, sanitise_line(value, plain));
}

} // namespace

std::string test_subject(const TestMessage& message) {
    return fmt::format("Test through {} at {}", sanitise_line(message.through, plain),
                       mail::to_rfc3339(message.seconds));
}

std::string test_text(const TestMessage& message) {
    return "This is a test message. That you read it means that the way it came works.\n\n" +
           line("From", message.sender) + line("To", message.recipients) + line("Through", message.through) +
           line("Sent on", message.computer) + line("Sent at", mail::to_rfc5322(message.seconds)) +
           line("Message-ID", message.message_id) + line("Sent by", "relaytool " + message.version) +
           "\nNobody has to answer it. Whoever looks for it in a log looks for the Message-ID.\n";
}

} // namespace relaytool::report
