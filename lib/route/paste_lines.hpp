#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

/// The steps of repair_header(). They look at the header only: up to the first blank line.
namespace relaytool::route {

/// The lines of a paste, without their ends.
using PastedLines = std::vector<std::string_view>;

/// What is looked at; behind it stands what nobody pastes.
inline constexpr std::size_t longest_paste = 8 * 1024 * 1024;
inline constexpr std::size_t most_pasted_lines = 200'000;
inline constexpr std::size_t most_blank_lines = 4000; ///< a header in which every other line is blank

/// Nothing but white space.
bool is_blank(std::string_view line);
/// Goes on with the field in front of it (RFC 5322 section 2.2.3).
bool is_fold(std::string_view line);

/// Lines end in LF or CRLF, or in CR where there is no LF. Stops behind that many blank lines, and at the
/// bounds above; `rest` is what follows then.
PastedLines lines_of(std::string_view text, std::string_view& rest,
                     std::size_t blank_lines = most_blank_lines);

/// Whether a line begins with a no-break space, or `<` appears as `&lt;` only.
bool needs_decoding(const PastedLines& lines);
/// No-break spaces become blanks, `&lt;` and the like what they stand for.
void decode_blanks_and_entities(std::string& text);

/// Whether the header has fields and their folds only.
bool has_only_fields(const PastedLines& lines);

/// Blank lines in front of everything.
void drop_blank_start(PastedLines& lines);

/// Takes away what stands in front of a header, if the first line is no field and fields follow that only a
/// header has.
bool drop_lead(PastedLines& lines);

/// Takes `> ` away, if the first line has it; false when it has not.
bool strip_quotes(PastedLines& lines);

/// Takes the blanks away with which all fields begin, if the first does; false when it does not.
bool strip_indentation(PastedLines& lines);

/// Whether the lines up to the first blank one have too little for a header, which has its From and more
/// fields than that one: then blank lines may stand between its fields.
bool may_be_spaced(const PastedLines& lines);
/// Whether blank lines stand between the fields of one header.
bool is_spaced(const PastedLines& lines);
void drop_blank_lines(PastedLines& lines);

/// Whether lines hold several fields each.
bool has_lost_line_ends(const PastedLines& lines);
void split_fields(PastedLines& lines);

/// The lines with LF behind each; those of the header that begin no field become folds. `changed` when there
/// were any.
std::string unwrapped(const PastedLines& lines, bool& changed);

} // namespace relaytool::route
