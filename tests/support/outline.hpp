#pragma once

#include "bounce/bounce.hpp"

#include <string>

namespace relaytool::test {

/// The facts of a bounce, one a line, empty ones left out: tables compare it with what they expect.
std::string outline(const bounce::Bounce& bounce);

} // namespace relaytool::test
