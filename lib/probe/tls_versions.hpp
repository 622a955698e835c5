#pragma once

#include "probe/facts.hpp"
#include "probe/walk.hpp"
#include "smtp/connector.hpp"

#include <optional>

namespace relaytool::probe {

/// Makes one connection with that version of TLS and no other, whatever the certificate, and hangs up.
VersionTrial try_version(const smtp::Target& target, smtp::TlsVersion version, const Surroundings& around);

/// What is wrong with the certificate: makes one connection that insists on a good one. Nothing when it is
/// good, or when it did not come to that.
std::optional<smtp::Broken> try_certificate(const smtp::Target& target, const Surroundings& around);

} // namespace relaytool::probe
