#include "route/clocks.hpp"

#include <algorithm>

namespace relaytool::route {
namespace {

/// Indexes of the hops that have a time.
std::vector<std::size_t> dated(const std::vector<Hop>& hops) {
    std::vector<std::size_t> out;
    for (std::size_t i = 0; i < hops.size(); ++i)
        if (hops[i].received.time) out.push_back(i);
    return out;
}

/// The longest rising run of times (with gaps), where a step back within the tolerance counts as rising. Of
/// several, the one that ends latest along the way. O(n log n).
std::vector<std::size_t> rising(const std::vector<Hop>& hops, const std::vector<std::size_t>& places) {
    constexpr std::size_t none = static_cast<std::size_t>(-1);
    std::vector<std::size_t> tails; // of runs of length i + 1: the place with the least time
    std::vector<std::size_t> before(hops.size(), none); // of each place: the one in front of it in its run
    const auto time = [&](std::size_t place) { return *hops[place].received.time; };
    for (const std::size_t place : places) {
        const auto at =
            std::upper_bound(tails.begin(), tails.end(), time(place) + clock_tolerance,
                             [&](std::int64_t value, std::size_t tail) { return value < time(tail); });
        const std::size_t length = static_cast<std::size_t>(at - tails.begin());
        before[place] = length > 0 ? tails[length - 1] : none;
        if (at == tails.end())
            tails.push_back(place);
        else if (time(place) <= time(*at))
            *at = place;
    }
    std::vector<std::size_t> out;
    for (std::size_t place = tails.empty() ? none : tails.back(); place != none; place = before[place])
        out.push_back(place);
    std::reverse(out.begin(), out.end());
    return out;
}

/// A hop outside the run: against the nearest believed times on both sides.
void judge_outsider(Hop& hop, std::optional<std::int64_t> earlier, std::optional<std::int64_t> later) {
    const std::int64_t time = *hop.received.time;
    if (later && time > *later) {
        hop.clock = Clock::ahead;
        hop.clock_off = time - *later;
    } else if (earlier && time < *earlier) {
        hop.clock = Clock::behind;
        hop.clock_off = *earlier - time;
    } else {
        hop.clock = Clock::fine;
    }
}

} // namespace

void set_clocks(Route& route, std::optional<std::int64_t> date) {
    std::vector<Hop>& hops = route.hops;
    const std::vector<std::size_t> places = dated(hops);
    std::vector<std::size_t> run = rising(hops, places);
    // A first clock that is slow looks like a queue. The Date field, written before it, tells: when it lies
    // between the first hop and the second, the first hop is wrong, not the second late.
    const bool first_is_slow = date && run.size() > 1 && *hops[run[0]].received.time + 60 < *date &&
                               *date <= *hops[run[1]].received.time + clock_tolerance;
    if (first_is_slow) run.erase(run.begin());
    std::size_t next = 0; // in `run`
    std::optional<std::int64_t> earlier = first_is_slow ? date : std::nullopt;
    std::optional<std::int64_t> previous;
    for (const std::size_t place : places) {
        Hop& hop = hops[place];
        if (next < run.size() && run[next] == place) {
            const std::int64_t time = *hop.received.time;
            hop.clock = Clock::fine;
            if (previous) hop.delay = std::max<std::int64_t>(0, time - *previous);
            previous = earlier = time;
            ++next;
            continue;
        }
        judge_outsider(hop, earlier,
                       next < run.size() ? std::optional(*hops[run[next]].received.time) : std::nullopt);
    }
    if (run.size() > 1)
        route.total =
            std::max<std::int64_t>(0, *hops[run.back()].received.time - *hops[run.front()].received.time);
}

} // namespace relaytool::route
