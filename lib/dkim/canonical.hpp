#pragma once

#include "dkim/crypto.hpp"
#include "dkim/signature.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

/// What of a message is hashed, for signing and for verifying (RFC 6376 sections 3.4, 3.7 and 5.4.2). Lines
/// may end in LF or CRLF, both count as CRLF; a CR elsewhere is an ordinary octet. Nothing is copied whole.
namespace relaytool::dkim {

/// A header field as it stands in the message.
struct Field {
    std::string_view name;  ///< without the blanks in front of the colon
    std::string_view value; ///< behind the colon, folds included, without the last line end
    std::string_view text;  ///< all of it, without the last line end
};

/// The header as signers see it: only an empty line ends it. mail::read_header is more forgiving, which
/// would move the line between header and body.
struct Header {
    std::vector<Field> fields;
    std::size_t body = 0;  ///< offset behind the empty line, or of the end
    bool is_whole = false; ///< false: there are more than max_fields
};

inline constexpr std::size_t max_fields = 10'000;

Header read_header(std::string_view message);

/// Puts a body into `digest`, up to `limit` octets of its canonical form; the size of all of that form.
std::uint64_t add_body(Digest& digest, std::string_view body, Canon canon,
                       std::optional<std::uint64_t> limit = std::nullopt);

/// The fields that h= names, in its order: of several with one name the last one first; a name that is left
/// over stands for no field (RFC 6376 section 5.4.2). `names` are in lower case; `own` is the field that
/// holds the signature, which cannot sign itself; null when it is not in the header yet.
std::vector<const Field*> select(const Header& header, const std::vector<std::string>& names,
                                 const Field* own);

/// Puts header fields, and behind them the signature's own field with an empty b=, into `digest`.
void add_header(Digest& digest, const std::vector<const Field*>& fields, const Field& own, Canon canon);

} // namespace relaytool::dkim
