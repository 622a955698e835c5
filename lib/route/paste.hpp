#pragma once

#include <string>
#include <string_view>

namespace relaytool::route {

/// What was mended in a pasted header.
struct Repair {
    bool indented = false;  ///< all lines began with the same blanks
    bool quoted = false;    ///< all lines began with `> `
    bool unwrapped = false; ///< lines were broken, or folds had lost their blanks
    bool split = false;     ///< line ends were lost
};

/// Makes a header block out of what people paste; see paste.cpp for the forms. A well-formed message comes
/// back unchanged and uncopied; else the result reaches into `storage`.
std::string_view repair_header(std::string_view text, std::string& storage, Repair& done);

} // namespace relaytool::route
