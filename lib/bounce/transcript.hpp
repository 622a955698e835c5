#pragma once

#include "bounce/bounce.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace relaytool::bounce {

/// The record of an SMTP dialogue as sendmail and its kin print it into a report:
///
///     ... while talking to mx.example.com.:
///     >>> RCPT To:<user@example.com>
///     <<< 550 5.1.1 no such user
///     550 5.1.1 <user@example.com>... User unknown
///
/// The last line is the sending server's own verdict; it names the recipient all lines before it are about.
struct Transcript {
    std::vector<Recipient> recipients; ///< in order of appearance
    std::string rest;                  ///< what was said and belongs to no recipient by name
    smtp::Stage rest_stage = smtp::Stage::unknown;
    std::string rest_host;
};

/// Reads the lines of a transcript; `text` holds nothing else.
Transcript read_transcript(std::string_view text);

/// Gives the rest to the only recipient of `told` without words.
void tell_rest(std::vector<Recipient>& told, const Transcript& transcript);

} // namespace relaytool::bounce
