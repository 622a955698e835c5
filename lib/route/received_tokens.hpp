#pragma once

#include <cstddef>
#include <string_view>
#include <vector>

namespace relaytool::route {

/// A part of a Received field (RFC 5321 section 4.4): a word, a comment without its outer parentheses, or a
/// semicolon outside comments.
struct ReceivedToken {
    enum class Kind { word, comment, semicolon };
    Kind kind = Kind::word;
    std::string_view text; ///< reaches into the text that was read

    bool is_word() const { return kind == Kind::word; }
    bool is_comment() const { return kind == Kind::comment; }
};

/// Takes `text` apart; line ends count as blanks. Words end at blanks, parentheses and semicolons, but not
/// inside `<...>`, `[...]` and `"..."`. A parenthesis that is never closed is an
/// empty comment, and what follows are words. Tokens beyond
/// `most_tokens` are left out. Linear.
std::vector<ReceivedToken> received_tokens(std::string_view text);

inline constexpr std::size_t most_tokens = 400;

} // namespace relaytool::route
