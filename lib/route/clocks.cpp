#include "route/clocks.hpp"

#include <algorithm>
#include <cstddef>
#include <iterator>
#include <vector>

namespace relaytool::route {
namespace {

/// Indexes of the hops that have a time.
std::vector<std::size_t> dated(const std::vector<Hop>& hops) {
    std::vector<std::size_t> out;
    for (std::size_t i = 0; i < hops.size(); ++i)
        if (hops[i].received.time) out.push_back(i);
    return out;
}

/// The longest run (with gaps) of places whose `time` rises, where a step back within the tolerance counts as
/// rising. Of several the one whose members are least, from the end on. O(n log n).
template <class Time>
std::vector<std::size_t> rising(const std::vector<std::size_t>& places, std::size_t hops, Time time) {
    constexpr std::size_t none = static_cast<std::size_t>(-1);
    std::vector<std::size_t> tails;              // of runs of length i + 1: the place with the least time
    std::vector<std::size_t> before(hops, none); // of each place: the one in front of it in its run
    for (const std::size_t place : places) {
        const auto at =
            std::upper_bound(tails.begin(), tails.end(), time(place) + clock_tolerance,
                             [&](std::int64_t value, std::size_t tail) { return value < time(tail); });
        if (at != tails.begin()) before[place] = *std::prev(at);
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

/// The hops whose clocks are believed: the longest rising run, and of two that are as long the one in which
/// less time goes by, for a wrong clock is likelier than a queue and a wrong clock.
std::vector<std::size_t> believed(const std::vector<Hop>& hops, std::vector<std::size_t> places) {
    const auto time = [&](std::size_t place) { return *hops[place].received.time; };
    const auto span = [&](const std::vector<std::size_t>& run) {
        return run.empty() ? 0 : time(run.back()) - time(run.front());
    };
    std::vector<std::size_t> run = rising(places, hops.size(), time);
    std::reverse(places.begin(), places.end());
    std::vector<std::size_t> other =
        rising(places, hops.size(), [&](std::size_t place) { return -time(place); });
    std::reverse(other.begin(), other.end());
    return other.size() >= run.size() && span(other) < span(run) ? other : run;
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
    std::vector<std::size_t> run = believed(hops, places);
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
