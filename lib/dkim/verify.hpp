#pragma once

#include "dkim/crypto.hpp"
#include "dkim/signature.hpp"
#include "dns/cache.hpp"
#include "domain/dkim.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace relaytool::dkim {

/// RFC 8601 section 2.7.1; its "policy" is for verifiers that have one.
enum class Outcome { pass, fail, neutral, temperror, permerror };
std::string_view to_string(Outcome outcome);

/// Why.
enum class Reason {
    matched,
    header_only,    ///< the signature of the header is right; the body is not here to be checked
    body_altered,   ///< the body's hash is not bh=, or l= is more than there is
    header_altered, ///< bh= fits, but the signature does not fit the signed fields
    bad_signature,  ///< Signature::fault says why it was not tried
    no_key,         ///< no key record at key_name()
    bad_key,        ///< domain::DkimKey::fault says why
    many_keys,      ///< several key records there: which counts is undefined (RFC 6376 section 3.6.2.2)
    wrong_key,      ///< the key's type or hash is not for this algorithm, or t=s and i= differ
    short_key,      ///< an RSA key of less than 1024 bits (RFC 8301 section 3.2)
    expired,     ///< x= has passed, and nothing was altered as far as can be told: the key may be gone by now
    dns_failure, ///< the key's look-up failed
    no_crypto,   ///< our cryptography failed
    too_many,    ///< behind the first max_signatures of a message, or it has more than max_fields
};
std::string_view to_string(Reason reason);

/// One signature, checked.
struct Verification {
    Signature signature;
    Outcome outcome = Outcome::neutral;
    Reason reason = Reason::bad_signature;
    domain::DkimKey key;    ///< as published; empty when there was none
    std::string detail;     ///< why the look-up or our cryptography failed
    bool body_ok = false;   ///< the body's hash is bh=
    bool header_ok = false; ///< the signature fits the signed fields, whatever became of the body
    /// Octets of the canonical body behind those that l= covers: anybody may have added them.
    std::uint64_t unsigned_octets = 0;
    /// Fields that are there more often than they are signed, of those that people see: From, To, Cc,
    /// Subject, Date, Reply-To, Sender (RFC 6376 section 8.15).
    std::vector<std::string> unsigned_copies;
};

inline constexpr std::size_t max_signatures = 10; ///< that are checked of one message

/// A body may be missing, as from a pasted header: then only the header can be checked, unless an empty body
/// is what was signed.
enum class Body { there, missing };

/// Starts the look-ups of all keys that verify() will ask for.
void prefetch(dns::Cache& cache, std::string_view message);

/// Checks the DKIM-Signature fields of `message` from top to bottom (RFC 6376 section 6, RFC 8301, RFC 8463).
/// Lines may end in LF or CRLF; both count as CRLF. `now` is in seconds since 1970-01-01 UTC: for a message
/// that was received long ago the time when it was.
std::vector<Verification> verify(std::string_view message, Body body, dns::Cache& cache, const Crypto& crypto,
                                 std::int64_t now);

} // namespace relaytool::dkim
