#pragma once

#include <string>
#include <string_view>

namespace relaytool::route {

/// What was mended in a pasted header.
struct Repair {
    bool indented = false;  ///< the lines began with the same blanks
    bool quoted = false;    ///< the lines began with `> `
    bool unwrapped = false; ///< lines were broken, or folds had lost their blanks
    bool split = false;     ///< line ends were lost
    bool spaced = false;    ///< blank lines stood between the fields
    bool decoded = false;   ///< `<` was written as `&lt;`, or no-break spaces stood for blanks
    bool led = false; ///< text stood in front of it: "Microsoft Mail Internet Headers Version 2.0", a letter

    bool any() const { return indented || quoted || unwrapped || split || spaced || decoded || led; }
};

/// Makes a header block out of what people paste from the box "Internet headers" of Outlook, from mail
/// programs and chats; paste.cpp has the forms. A well-formed message or header comes back unchanged and
/// uncopied; else the result reaches into `storage`, in lines that end in LF. What stands behind the header
/// stays behind it. Linear.
std::string_view repair_header(std::string_view text, std::string& storage, Repair& done);

} // namespace relaytool::route
