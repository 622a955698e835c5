#pragma once

#include "probe/facts.hpp"
#include "probe/plan.hpp"
#include "probe/walk.hpp"

namespace relaytool::probe {

/// What the server lets a stranger do, over two connections without a login. A message leaves our hands only
/// where there is a recipient to try smuggling with, and only if the server takes the trick.
Exposure expose(const Plan& plan, const smtp::Target& target, const Surroundings& around);

} // namespace relaytool::probe
