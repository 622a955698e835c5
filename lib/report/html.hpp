#pragma once

#include <cstddef>
#include <string>
#include <string_view>

/// What all HTML of this program is made of: the sandbox's pages and the page of `headers`.
namespace relaytool::report {

/// `text` of strangers for a place between tags or inside a quoted attribute: valid UTF-8, markup characters
/// and quotes as entities, control characters and those that change the direction of writing as `\x1b` or
/// `\u202e`.
std::string html_text(std::string_view text);

/// The same for a value on one line, between tags: line ends and tabs as `\n` and `\t`, writing from right to
/// left kept apart from what stands around it. Of a value longer than `most` octets the beginning, and how
/// many more there are.
std::string html_value(std::string_view text, std::size_t most = 300);

/// A cell with text of strangers.
std::string html_cell(std::string_view text);

/// A row of a table of two columns: a name and its value.
std::string html_row(std::string_view name, std::string_view text);

/// A whole document. `head` and `body` are HTML already, the title is not.
std::string html_document(std::string_view title, std::string_view head, std::string_view body);

/// How all pages look: CSS. Colours are variables, so that a page's own rules hold in the dark, too.
std::string_view style_sheet();

} // namespace relaytool::report
