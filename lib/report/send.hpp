#pragma once

#include "diagnosis/finding.hpp"
#include "mail/pickup.hpp"
#include "report/style.hpp"
#include "smtp/outcome.hpp"
#include "smtp/transcript.hpp"

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace relaytool::report {

/// One attempt to send one message.
struct SendReport {
    smtp::Outcome outcome;
    std::vector<diagnosis::Finding> findings;
    std::string host;
    std::uint16_t port = 0;
    std::string login;
    std::string sender; ///< of the envelope; "" is the null sender
    std::string message_id;
    std::size_t size = 0;          ///< octets of the message as it was written; 0 when it was not
    std::vector<mail::Note> notes; ///< what was mended in a pickup file
};

/// For people: the verdict, who was talked to, what became of each recipient, what to do.
std::string send_text(const SendReport& report, const Style& style);

/// One object on one line, without a line end (docs/json.md). `transcript` may be null.
std::string send_json(const SendReport& report, const smtp::Transcript* transcript);

/// A line of a transcript as swaks marks them: `->` and `<-` in clear, `~>` and `<~` inside TLS, `***` what
/// broke,
/// `===` remarks; the time in front. Ends in a line end.
std::string transcript_line(const smtp::TranscriptLine& line, const Style& style);

} // namespace relaytool::report
