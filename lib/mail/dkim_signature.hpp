#pragma once

#include "base/result.hpp"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

/// Signing of messages, RFC 6376 and RFC 8463. The cryptography comes from outside.
namespace relaytool::mail {

enum class DkimAlgorithm { rsa_sha256, ed25519_sha256 };

/// A private key and the hash that goes with it; implemented by the edge, and by plain fakes in the tests.
class Signer {
public:
    virtual ~Signer() = default;

    virtual DkimAlgorithm algorithm() const = 0;

    /// The 32 octets of SHA-256.
    virtual Result<std::string> sha256(std::string_view octets) const = 0;

    /// The signature of `octets`: RSASSA-PKCS1-v1_5 with SHA-256 (RFC 6376 section 3.3.1), or Ed25519 of their
    /// SHA-256 (RFC 8463 section 3).
    virtual Result<std::string> sign(std::string_view octets) const = 0;
};

/// Whose signature it is: `selector._domainkey.domain` is the name of the public key in the DNS.
struct DkimIdentity {
    std::string domain;
    std::string selector;
};

/// The field `DKIM-Signature: …`, CRLF included, that goes in front of `message` (as from mail::write): relaxed
/// canonicalisation, all fields of RFC 6376 section 5.4.1 that are there, and From once more, so that nobody can
/// add another one. `seconds` is the time of signing. An Error when the identity is no DNS name, when there is no
/// From, or from the signer.
Result<std::string> sign_message(std::string_view message, const DkimIdentity& identity, const Signer& signer,
                                 std::int64_t seconds);

/// A body in relaxed form, RFC 6376 section 3.4.4.
std::string relaxed_body(std::string_view body);

/// What is signed: the named fields of `header` (lines as in a message, up to the blank line) in relaxed form,
/// the last of a name first, and `signature` (`DKIM-Signature:…`, its b= empty) behind them, without the last
/// CRLF. RFC 6376 sections 3.4.2, 3.7 and 5.4.2.
std::string signed_octets(std::string_view header, const std::vector<std::string>& names,
                          std::string_view signature);

} // namespace relaytool::mail
