#pragma once

#include "base/result.hpp"

#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace relaytool::dkim {

enum class Algorithm { rsa_sha256, ed25519_sha256 };

/// As a= has it: "rsa-sha256".
std::string_view to_string(Algorithm algorithm);
/// The other way, case ignored; nothing for those that are none of ours.
std::optional<Algorithm> algorithm_of(std::string_view word);

/// SHA-256 of octets that come in pieces.
class Digest {
public:
    virtual ~Digest() = default;
    virtual void add(std::string_view octets) = 0;
    /// The 32 octets; none when the library failed. Called once.
    virtual std::string finish() = 0;
};

/// What verifying needs; implemented by the edge, and by plain fakes in the tests.
class Crypto {
public:
    virtual ~Crypto() = default;

    virtual Result<std::unique_ptr<Digest>> sha256() const = 0;

    /// Whether `signature` is that of `digest` (SHA-256 of what was signed): RSASSA-PKCS1-v1_5 (RFC 6376
    /// section 3.3.1), or Ed25519 of the digest (RFC 8463 section 3). `key` is p=, decoded: a
    /// SubjectPublicKeyInfo or RSAPublicKey in DER, or 32 octets. An Error when the key cannot be used.
    virtual Result<bool> verify(Algorithm algorithm, std::string_view key, std::string_view digest,
                                std::string_view signature) const = 0;
};

/// A private key, and the hash that goes with it: what signing needs. Implemented as Crypto is.
class Signer {
public:
    virtual ~Signer() = default;

    virtual Algorithm algorithm() const = 0;

    virtual Result<std::unique_ptr<Digest>> sha256() const = 0;

    /// The signature of `digest`, of which Crypto::verify says true.
    virtual Result<std::string> sign(std::string_view digest) const = 0;
};

} // namespace relaytool::dkim
