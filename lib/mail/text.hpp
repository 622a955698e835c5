#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace relaytool::mail {

/// A mail file as text whose lines end in LF or CRLF. Files that do already are returned as they are; UTF-16,
/// a byte order mark, and bare-CR line ends (old Mac software) are converted into `storage`, which must
/// outlive the result.
std::string_view readable_text(std::string_view bytes, std::string& storage);

/// How many line ends were of another kind than CRLF.
struct LineEnds {
    std::size_t bare_lf = 0;
    std::size_t bare_cr = 0;
};

/// `text` with CRLF for every CRLF, LF and CR (RFC 5321 section 2.3.8), and at its end if it is not empty.
/// `found` counts what was changed.
std::string to_crlf(std::string_view text, LineEnds& found);

/// Walks over the lines of a text without copying it.
class Lines {
public:
    explicit Lines(std::string_view text) : text_(text) {}

    /// Sets `line` to the next line without its LF or CRLF; false at the end of the text.
    bool next(std::string_view& line);

    /// Offset of the line that next() gives next.
    std::size_t offset() const { return at_; }

private:
    std::string_view text_;
    std::size_t at_ = 0;
};

} // namespace relaytool::mail
