#pragma once

#include "bounce/bounce.hpp"

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace relaytool::bounce {

using Words = std::span<const std::string_view>;

/// What ends the text of a recipient, besides the next one.
enum class Block {
    open,      ///< nothing: the text may hold blank lines
    paragraph, ///< a blank line behind words
};

/// How one program lays out a report in plain text. Words are compared without regard to case.
struct TextShape {
    /// The recipients come behind the first line that holds one of these; empty: anywhere in the text.
    Words starts = {};
    /// They end in front of a line that holds one of these.
    Words ends = {};
    /// Words directly in front of an address inside a sentence: "Unable to deliver message to". The
    /// recipient's text is then what follows the sentence.
    Words leads = {};
    /// Lines that begin with one of these tell nothing; a label ("Reason:") does so when nothing follows it.
    Words drops = {};
    Block block = Block::open;
};

/// Reads recipients out of a report that has no fields. A line that begins with an address (bare or in angle
/// brackets, behind a bullet, before a colon or bracket) opens a recipient; the rest of that line and the
/// lines up to the next one are its text. What looks like a server's reply becomes `reply`, other text
/// `notice`.
std::vector<Recipient> read_text_report(std::string_view report, const TextShape& shape);

/// The lines of `text` behind the first line that holds one of `starts` (none given: from the beginning), up
/// to a line that holds one of `ends`. Empty when none of `starts` is there.
std::string_view section_of(std::string_view text, Words starts, Words ends);

/// Text up to the first blank line behind its first words: one paragraph.
std::string_view first_paragraph(std::string_view text);

/// What follows `label` on its line, trimmed; empty when the line does not hold it.
std::string_view behind(std::string_view line, std::string_view label);

/// The host of `mx.example.com [192.0.2.1] did not like …`: the word in front of the first bracket, if it is
/// one.
std::string_view host_before_bracket(std::string_view text);

/// The recipients of a text that lists them one a line, without words of their own.
std::vector<Recipient> read_list(std::string_view text);

/// Gives the words to every recipient that has none: reports with one reason for all.
void tell_all(std::vector<Recipient>& recipients, std::string_view words);

/// The recipient of that address, added when there is none yet.
Recipient& told_about(std::vector<Recipient>& recipients, std::string_view address);

/// Puts `text` into the recipient: as `reply` (with stage and host) when it holds one, else as `notice`.
void set_words(Recipient& recipient, std::string_view text);

/// Adds what `told` says to the recipients that have no reply of their own, or only its last line: by
/// address, or to the only one. With no recipients yet, `told` becomes the list.
void merge(std::vector<Recipient>& recipients, std::vector<Recipient> told);

} // namespace relaytool::bounce
