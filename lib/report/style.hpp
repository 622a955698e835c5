#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace relaytool::report {

/// What the terminal (or the file) that text goes to can show.
struct Style {
    bool colour = false;
    bool unicode = false;   ///< the locale is UTF-8; else everything is ASCII
    std::size_t width = 80; ///< columns
};

/// The colours there are, by meaning.
enum class Tone { plain, strong, bad, warning, good, quiet, command };

/// `text` in that tone, when the style has colours.
std::string paint(std::string_view text, Tone tone, const Style& style);

/// Makes text of strangers safe for a terminal: control characters (C0 but for line ends and tabs, DEL, C1),
/// escape sequences and characters that change the direction of writing (U+200E-F, U+202A-E, U+2066-9,
/// U+061C) appear as `\x1b` or `\u202e`; broken UTF-8 is replaced. With `unicode` false every character above
/// 127 appears as `?`, but for the quotation marks and dashes of our own texts.
std::string sanitise(std::string_view text, const Style& style);

/// sanitise() on one line: line ends and tabs appear as `\\n`, `\\t`. For names of files.
std::string sanitise_line(std::string_view text, const Style& style);

/// Breaks `text` at blanks so that no line is longer than the style's width; lines after the first are
/// indented by `indent` columns. Words that are longer (commands, addresses) stay whole, so that they can be
/// copied. `used` columns of the first line are taken already.
std::string wrap(std::string_view text, std::size_t indent, std::size_t used, const Style& style);

/// Columns that `text` takes on a terminal, roughly: wide East Asian characters count two, joiners none.
std::size_t columns(std::string_view text);

/// "1 look-up", "2 look-ups": for nouns that take an s.
std::string plural(std::size_t count, std::string_view noun);

} // namespace relaytool::report
