#pragma once

#include "dkim/crypto.hpp"

#include <memory>
#include <string>
#include <string_view>

namespace relaytool::edge {

/// A private key in PEM (PKCS #1 or #8; RSA of 1024 bits or more, or Ed25519), which `passphrase` opens if it
/// is encrypted. Nothing is asked for on the terminal. An Error when it cannot be used; it never holds the
/// key.
Result<std::unique_ptr<dkim::Signer>> read_dkim_key(std::string_view pem, const std::string& passphrase);

} // namespace relaytool::edge
