#pragma once

#include "diagnosis/finding.hpp"
#include "report/style.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace relaytool::report {

/// A stretch of a finding's sentences: between backticks stands a command to paste, or a word to look for.
struct Piece {
    std::string_view text; ///< without the backticks
    bool is_command = false;
};

/// The next piece of a sentence; `rest` moves on.
Piece take_piece(std::string_view& rest);

/// The title in the tone of the finding's severity: the verdict in one line.
std::string headline(const diagnosis::Finding& finding, const Style& style);

/// Its severity and its title, indented: a line of an overview. Ends in a line end.
std::string title_line(const diagnosis::Finding& finding, const Style& style);

/// Cause, whose move it is, numbered steps, reference: everything below the headline. Ends in a line end.
std::string advice(const diagnosis::Finding& finding, const Style& style);

/// What needs no hurry (Severity::info), a line each under a heading, and how to read more; "" when there is
/// nothing of that kind.
std::string notes_text(const std::vector<diagnosis::Finding>& findings, const Style& style);

/// A label in its column and a value wrapped beside it: `  From     app@contoso.com`. Ends in a line end;
/// nothing for an empty value. The value may come from a stranger.
std::string labelled(std::string_view label, std::string_view value, const Style& style,
                     Tone tone = Tone::plain);

/// A server's words without what Exchange adds to them: a kilobyte of numbers between [BeginDiagnosticData]
/// and [EndDiagnosticData]. The JSON forms keep it.
std::string without_diagnostics(std::string text);

/// "The administrator of the recipient's mail server": whose move it is, in plain words.
std::string_view who_acts(diagnosis::Owner owner);

} // namespace relaytool::report
