#pragma once

#include "base/result.hpp"
#include "oauth/documents.hpp"

#include <string>
#include <string_view>

namespace relaytool::edge {

/// An application's certificate and its private key, both in PEM.
struct ApplicationKey {
    std::string_view certificate;
    std::string_view key;
    std::string passphrase; ///< empty: the key is not encrypted
};

/// Signs with PS256 (RFC 7518 section 3.5); the thumbprint is filled in here. The Error names --cert or
/// --key.
Result<std::string> sign_assertion(oauth::Assertion assertion, const ApplicationKey& key);

} // namespace relaytool::edge
