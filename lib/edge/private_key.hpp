#pragma once

#include "edge/crypto_library.hpp"

#include <memory>
#include <string>
#include <string_view>

namespace relaytool::edge {

using PrivateKey = std::unique_ptr<EVP_PKEY, decltype(&EVP_PKEY_free)>;

/// A private key from PEM, opened with the passphrase if it is encrypted. The Error's `what` is `option`.
Result<PrivateKey> read_private_key(const CryptoLibrary& library, std::string_view pem,
                                    const std::string& passphrase, const std::string& option);

/// OpenSSL wants octets as unsigned.
inline const unsigned char* octets_of(std::string_view text) {
    return reinterpret_cast<const unsigned char*>(text.data());
}
inline unsigned char* room_in(std::string& text) {
    return reinterpret_cast<unsigned char*>(text.data());
}

/// The SHA-256 of `octets`; an Error about `option` when OpenSSL cannot.
Result<std::string> sha256_of(const CryptoLibrary& library, std::string_view octets,
                              const std::string& option);

} // namespace relaytool::edge
