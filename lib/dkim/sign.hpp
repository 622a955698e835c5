#pragma once

#include "dkim/crypto.hpp"

#include <cstdint>
#include <string>
#include <string_view>

namespace relaytool::dkim {

/// Whose signature it is: `selector._domainkey.domain` is the name of the public key in the DNS.
struct Identity {
    std::string domain;
    std::string selector;
};

/// The field `DKIM-Signature: …`, CRLF included, that goes in front of `message` (as from mail::write):
/// relaxed canonicalisation, all fields of RFC 6376 section 5.4.1 that are there, and From once more, so that
/// nobody can add another one. `seconds` is the time of signing. An Error when the identity is no DNS name,
/// when there is no From, or from the signer.
Result<std::string> sign_message(std::string_view message, const Identity& identity, const Signer& signer,
                                 std::int64_t seconds);

} // namespace relaytool::dkim
