#pragma once

#include "base/result.hpp"

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace relaytool::dns {

/// A word of a master file; escapes are still in it.
struct Word {
    std::string_view text;
    bool quoted = false;
};

/// A logical line: what parentheses hold together is one (RFC 1035 section 5.1).
struct Line {
    std::size_t number = 0;    ///< where it begins; the first line is 1
    bool starts_blank = false; ///< it has the owner of the line before
    std::vector<Word> words;
};

/// Cuts a master file into logical lines and words. Comments and empty lines are left out.
class LineCutter {
public:
    /// `file` is the name for errors; `text` has to outlive the lines.
    LineCutter(std::string_view text, std::string_view file);

    /// The next line; false at the end of the file.
    Result<bool> next(Line& line);

private:
    enum class Step { more, done };

    Result<Step> word(Line& line);
    Result<Step> quoted(Line& line);
    /// Octets of the character at at_: an escape is two.
    std::size_t character_size() const;
    Error error(std::string_view why) const;

    std::string_view text_;
    std::string_view file_;
    std::size_t at_ = 0;
    std::size_t number_ = 1;
    std::size_t open_ = 0;      ///< parentheses
    std::size_t opened_at_ = 0; ///< line of the last one
};

/// The octets that a word means: `\X` and `\DDD` (RFC 1035 section 5.1) resolved.
std::string unescape(std::string_view word);

} // namespace relaytool::dns
