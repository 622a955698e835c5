#pragma once

#include "base/ip.hpp"
#include "spf/macro.hpp"

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace relaytool::spf {

/// RFC 7208 section 4.6.2: what a matching mechanism means.
enum class Qualifier { pass, fail, softfail, neutral };

/// '+', '-', '~', '?'
char sign_of(Qualifier qualifier);

/// What a term is: a mechanism (RFC 7208 section 5), a modifier (section 6), or neither.
enum class Kind { all, include, a, mx, ptr, ip4, ip6, exists, redirect, exp, unknown_modifier, bad };

/// "include", "redirect", …; "modifier" and "error" for the last two.
std::string_view to_string(Kind kind);

/// What is wrong with a term of kind `bad`.
enum class Fault {
    none,
    unknown_mechanism, ///< no mechanism has that name
    needs_argument,    ///< include, exists, ip4, ip6 without `:…`, or an empty argument
    takes_no_argument, ///< `all:…`
    bad_domain,        ///< not a domain-spec
    bad_address,       ///< not an IPv4 (or IPv6) address
    bad_prefix,        ///< a prefix length too large, or written with a zero in front
    bad_macro,         ///< a modifier's value with a macro that does not exist
    bad_character,     ///< not a visible ASCII character
    duplicate,         ///< a second redirect or exp
};

/// One term of a record, as it stands there. Which members matter depends on `kind`.
struct Term {
    Kind kind = Kind::bad;
    Qualifier qualifier = Qualifier::pass;
    std::string text;       ///< as written
    std::size_t offset = 0; ///< of its first character in the record
    Fault fault = Fault::none;
    std::optional<MacroString> domain; ///< domain-spec of a mechanism or modifier; absent: the current domain
    ip::Network network;               ///< ip4, ip6
    unsigned prefix4 = 32;             ///< a, mx: how much of an IPv4 address counts
    unsigned prefix6 = 128;            ///< a, mx: of an IPv6 address

    /// Whether it says to whom failures are to be reported: ra, rp, rr of RFC 6652 section 3.
    bool is_reporting() const;
    bool is_mechanism() const { return kind <= Kind::exists; }
    /// Whether it counts against the limit of ten (RFC 7208 section 4.6.4).
    bool is_lookup() const {
        return kind == Kind::include || kind == Kind::a || kind == Kind::mx || kind == Kind::ptr ||
               kind == Kind::exists || kind == Kind::redirect;
    }
};

/// A record read in full: also what stands behind a mistake is there, so that it can be explained.
struct Record {
    std::string text;
    std::vector<Term> terms; ///< in the order they stand
    bool is_valid = true;    ///< no term is `bad`: else every check is a permerror (RFC 7208 section 4.6)
    bool is_cut = false;     ///< the record has more terms than are read here

    /// The redirect or exp modifier, or null.
    const Term* modifier(Kind kind) const;
    /// The first `all`, or null.
    const Term* all() const;
};

inline constexpr std::size_t max_terms = 2000; ///< of one record; 64 kB of text could hold 21,000

/// Whether a TXT record is an SPF record: `v=spf1` and then a blank or nothing (RFC 7208 section 4.5).
bool is_record(std::string_view text);

/// Reads a record for which is_record() holds.
Record read_record(std::string_view text);

} // namespace relaytool::spf
