#pragma once

#include "base/result.hpp"
#include "sandbox/host.hpp"

#include <string>

namespace relaytool::edge {

/// A key and certificates, as PEM.
struct Certificates {
    std::string authority; ///< certificate of the authority, for clients to trust
    std::string chain;     ///< the server's certificate
    std::string key;       ///< its private key
};

/// Makes an authority, whose key is forgotten at once, and a server's certificate for localhost, the loopback
/// addresses, `address`, the MX and smtp.office365.com (for who leads that name to loopback), good for a
/// week.
Result<Certificates> make_certificates(sandbox::Certificate kind, const std::string& address);

} // namespace relaytool::edge
