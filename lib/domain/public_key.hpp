#pragma once

#include <string_view>

namespace relaytool::domain {

/// What a DER-encoded public key holds.
struct PublicKey {
    enum class Kind { unreadable, rsa, other };
    Kind kind = Kind::unreadable;
    unsigned bits = 0; ///< of the RSA modulus
};

/// Reads a SubjectPublicKeyInfo (RFC 5280 section 4.1.2.7), as p= of DKIM holds it in practice, or a bare
/// RSAPublicKey (RFC 8017 appendix A.1.1). Nothing is computed with the key.
PublicKey read_public_key(std::string_view der);

} // namespace relaytool::domain
