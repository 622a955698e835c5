#pragma once

#include "base/ip.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

/// Sender Policy Framework, RFC 7208: records, their evaluation, and what is wrong with them.
namespace relaytool::spf {

/// One piece of a macro string (RFC 7208 section 7.1): literal text, or one `%{…}`.
struct MacroPart {
    std::string literal;          ///< when `letter` is 0
    char letter = 0;              ///< s l o d i p h c r t v, in lower case
    bool url_escaped = false;     ///< the letter was written in upper case, section 7.3
    bool reversed = false;        ///< transformer `r`
    unsigned keep = 0;            ///< how many right-hand parts stay; 0: all
    std::string delimiters = "."; ///< what the value is split at
};

/// A macro string taken apart. Without macros it is one literal.
class MacroString {
public:
    MacroString() = default;
    explicit MacroString(std::string literal) : literal_(std::move(literal)) {}
    explicit MacroString(std::vector<MacroPart> parts) : parts_(std::move(parts)) {}

    bool is_literal() const { return parts_.empty(); }
    /// The whole text when there is no macro in it.
    const std::string& literal() const { return literal_; }
    const std::vector<MacroPart>& parts() const { return parts_; }
    /// Whether the macro letter (lower case) occurs.
    bool uses(char letter) const;
    /// Whether it only depends on the domain whose record it stands in: no macro, or only %{d}.
    bool is_fixed() const;

private:
    std::string literal_;
    std::vector<MacroPart> parts_;
};

/// Where a macro string stands, which decides what is allowed in it.
enum class MacroPlace {
    domain,      ///< domain-spec: ends in a top label or a macro; no c, r, t; no blanks
    modifier,    ///< value of an unknown modifier: any macro string
    explanation, ///< explain-string: all letters, and blanks
};

/// Reads a macro string; nothing when it breaks the grammar of RFC 7208 section 7.1 (domain-spec: also that
/// of its end, section 7.1 and 4.8).
std::optional<MacroString> read_macro_string(std::string_view text, MacroPlace place);

/// What macros stand for (RFC 7208 section 7.2).
struct MacroValues {
    std::string_view sender_local;  ///< l
    std::string_view sender_domain; ///< o; s is `l@o`
    std::string_view domain;        ///< d
    ip::Address ip;                 ///< i, c, v
    std::string_view validated;     ///< p: a name that was validated, else "unknown"
    std::string_view helo;          ///< h
    std::string_view receiver;      ///< r
    std::int64_t now = 0;           ///< t: seconds since 1970-01-01 UTC
};

inline constexpr std::size_t longest_expansion = 64 * 1024; ///< characters; the rest is cut off

/// The text with every macro replaced (RFC 7208 section 7.3).
std::string expand(const MacroString& macro, const MacroValues& values);

/// expand() for a domain name: labels on the left are dropped until it has at most 253 characters
/// (section 7.3).
std::string expand_domain(const MacroString& macro, const MacroValues& values);

} // namespace relaytool::spf
