#pragma once

#include "mail/fields.hpp"

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace relaytool::mail {

/// A value with parameters, RFC 2045 section 5.1: `text/plain; charset="utf-8"`.
struct Parameterised {
    std::string value;                                           ///< lower case, without parameters
    std::vector<std::pair<std::string, std::string>> parameters; ///< names in lower case

    /// Empty when there is no such parameter.
    std::string_view parameter(std::string_view name) const;
};

/// Reads a Content-Type or Content-Disposition value; comments are dropped, quoted strings unquoted.
Parameterised read_parameterised(std::string_view value);

/// One MIME entity (RFC 2045). Views reach into the parsed text; nothing is decoded yet.
struct Part {
    static constexpr std::size_t none = static_cast<std::size_t>(-1);

    Fields header;
    Parameterised type;        ///< Content-Type, `text/plain` when there is none
    std::string_view body;     ///< as transferred
    std::size_t parent = none; ///< index into Mime::parts
    int depth = 0;
};

/// Bounds of one mail: what lies deeper or behind is left as undivided text.
inline constexpr int max_depth = 32;
inline constexpr std::size_t max_parts = 1000;

/// A mail taken apart. parts[0] is the mail itself; the parts of a multipart and the mail inside a
/// message/rfc822 follow it in the order of the text (their `parent` says to whom they belong).
struct Mime {
    std::vector<Part> parts;

    /// The first part of that type, or null; `type` like "message/delivery-status".
    const Part* find(std::string_view type) const;
    bool has_children(const Part& part) const;
};

/// Reads `text` (as from readable_text) in one pass over it, whatever its nesting. Leading blank lines and an
/// mbox `From ` line are skipped. Never fails.
Mime read_mime(std::string_view text);

/// The body without its transfer encoding, at most `limit` bytes of the body looked at.
std::string decoded_body(const Part& part, std::size_t limit);

/// decoded_body() in UTF-8, whatever its charset was. HTML is reduced to its text.
std::string text_of(const Part& part, std::size_t limit = 256 * 1024);

} // namespace relaytool::mail
