#pragma once

#include "spf/record.hpp"

#include <string>

namespace relaytool::spf {

/// What a term with a mistake was meant to be: "ip4:192.0.2.1" for "ipv4:192.0.2.1", "-all" for "–all". Empty
/// when that cannot be told.
std::string corrected(const Term& term);

} // namespace relaytool::spf
