#pragma once

#include "context.hpp"
#include "options/dns.hpp"
#include "smtp/connector.hpp"

#include <string>
#include <vector>

namespace relaytool::cli {

/// The mail servers of a domain that have an address, best first (RFC 5321 section 5.1): `base` with another
/// host and its addresses. The Error names the domain: the look-up failed, it takes no mail, it has no
/// server.
Result<std::vector<smtp::Target>> mx_targets(const std::string& domain, const smtp::Target& base,
                                             const DnsOptions& dns, Context& context);

} // namespace relaytool::cli
