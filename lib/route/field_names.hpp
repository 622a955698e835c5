#pragma once

#include <cstddef>
#include <string_view>

/// Which words are names of header fields, for headers that have lost their form.
namespace relaytool::route {

/// Whether mail is known to have a field of that name (case ignored).
bool is_known_field(std::string_view name);

/// Whether `name` can be taken for a field's name where a line need not be the first of a field: a known one,
/// `X-…`, `ARC-…`, or `Words-With-Hyphens`.
bool is_plausible_field(std::string_view name);

/// The name at the start of `line`, with a colon and then a blank or nothing behind it; "" when it has none
/// that is plausible.
std::string_view plausible_name(std::string_view line);

/// Offset of the first field that begins inside `line` at `from` or later, where a line end got lost; `npos`
/// when there is none. A blank stands in front of it, or it is a known name in its usual spelling behind
/// something that cannot belong to it (`+0200Received: from`).
std::size_t find_field_inside(std::string_view line, std::size_t from);

} // namespace relaytool::route
