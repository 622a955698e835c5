#pragma once

#include "bounce/bounce.hpp"

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace relaytool::bounce {

/// How one program lays out a report in plain text. Words are compared without regard to case.
struct TextShape {
    /// The recipients come behind the first line that holds one of these; empty: anywhere in the text.
    std::span<const std::string_view> starts = {};
    /// They end in front of a line that holds one of these.
    std::span<const std::string_view> ends = {};
    /// Words directly in front of an address inside a sentence: "Unable to deliver message to". The recipient's
    /// text is then what follows the sentence.
    std::span<const std::string_view> leads = {};
};

/// Reads recipients out of a report that has no fields. A line that begins with an address (bare or in angle
/// brackets, behind a bullet, before a colon or bracket) opens a recipient; the rest of that line and the lines
/// up to the next one are its text. What looks like a server's reply becomes `reply`, other text `notice`.
std::vector<Recipient> read_text_report(std::string_view report, const TextShape& shape);

/// Puts `text` into the recipient: as `reply` (with stage and host) when it holds one, else as `notice`.
void set_words(Recipient& recipient, std::string_view text);

/// Adds what `told` says to the recipients that have no reply of their own: by address, or to the only one. With
/// no recipients yet, `told` becomes the list.
void merge(std::vector<Recipient>& recipients, std::vector<Recipient> told);

} // namespace relaytool::bounce
