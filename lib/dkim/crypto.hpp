#pragma once

#include "base/result.hpp"

#include <memory>
#include <string>
#include <string_view>

namespace relaytool::dkim {

enum class Algorithm { rsa_sha256, ed25519_sha256 };

/// SHA-256 of octets that come in pieces.
class Digest {
public:
    virtual ~Digest() = default;
    virtual void add(std::string_view octets) = 0;
    /// The 32 octets. Called once.
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

} // namespace relaytool::dkim
