#pragma once

#include "route/route.hpp"

namespace relaytool::route {

/// Sets `clock`, `clock_off` and `delay` of the hops, and `total`. The largest set of hops whose times rise
/// along the way is believed; what does not fit between its neighbours is a wrong clock, not a queue. `date`
/// of the Date field stands at the start: a first hop that is earlier than it is behind.
void set_clocks(Route& route, std::optional<std::int64_t> date);

} // namespace relaytool::route
