#pragma once

#include "spf/evaluate.hpp"

#include <string>

namespace relaytool::spf {

/// The Received-SPF field that a receiver would write (RFC 7208 section 9.1), on one line, without a line
/// end. Values of strangers are quoted; control characters and non-ASCII octets in them become `?`.
std::string received_field(const Check& check);

} // namespace relaytool::spf
