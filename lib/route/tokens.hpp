#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace relaytool::route {

/// A piece of a structured field (RFC 5322 section 3.2).
struct Token {
    enum class Kind {
        end,
        word,    ///< up to white space or one of `; = ( "`
        quoted,  ///< a quoted string, without its quotes and backslashes
        comment, ///< without the outer parentheses
        semicolon,
        equals,
    };
    Kind kind = Kind::end;
    std::string text;
    bool glued = false; ///< no white space in front of it
};

/// Walks over the tokens of `key=value (comment); …`, as Authentication-Results and Received-SPF have it.
/// What is not closed ends with the text.
class Tokens {
public:
    explicit Tokens(std::string_view text) : text_(text) {}

    Token next();

private:
    std::string quoted();
    std::string comment();

    std::string_view text_;
    std::size_t at_ = 0;
};

} // namespace relaytool::route
