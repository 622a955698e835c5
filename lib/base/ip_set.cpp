#include "base/ip_set.hpp"

#include <algorithm>
#include <bit>

namespace relaytool::ip {
namespace {

constexpr std::uint64_t full = ~std::uint64_t{0};

Address make(Family family, std::uint64_t high, std::uint64_t low) {
    return family == Family::v4 ? Address::v4(static_cast<std::uint32_t>(low)) : Address::v6(high, low);
}

bool is_last(const Address& address) {
    return address.family() == Family::v4 ? address.low() == 0xFFFFFFFF
                                          : address.high() == full && address.low() == full;
}

/// The next address; not for the last one.
Address after(const Address& address) {
    const std::uint64_t low = address.low() + 1;
    return make(address.family(), address.high() + (low == 0 ? 1 : 0), low);
}

/// The address in front; not for the first one.
Address before(const Address& address) {
    return make(address.family(), address.high() - (address.low() == 0 ? 1 : 0), address.low() - 1);
}

unsigned trailing_zeros(const Address& address) {
    if (address.low() != 0) return static_cast<unsigned>(std::countr_zero(address.low()));
    if (address.family() == Family::v4) return 32;
    return 64 + static_cast<unsigned>(std::countr_zero(address.high()));
}

/// The largest block that begins at `first` and does not reach beyond `last`.
Network largest_block(const Address& first, const Address& last) {
    const unsigned bits = bits_of(first.family());
    unsigned free_bits = std::min(trailing_zeros(first), bits);
    while (last_of({first, bits - free_bits}) > last)
        --free_bits;
    return {first, bits - free_bits};
}

/// last - first + 1
double distance(const Address& first, const Address& last) {
    const std::uint64_t low = last.low() - first.low();
    const std::uint64_t high = last.high() - first.high() - (last.low() < first.low() ? 1 : 0);
    return static_cast<double>(high) * 18446744073709551616.0 + static_cast<double>(low) + 1;
}

} // namespace

void Set::add(std::span<const Network> networks) {
    for (const Network& network : networks)
        ranges_.push_back({first_of(network), last_of(network)});
    normalise();
}

void Set::add(const Set& other) {
    ranges_.insert(ranges_.end(), other.ranges_.begin(), other.ranges_.end());
    normalise();
}

void Set::normalise() {
    std::sort(ranges_.begin(), ranges_.end(),
              [](const Range& a, const Range& b) { return a.first < b.first; });
    std::vector<Range> joined;
    for (const Range& range : ranges_) {
        const bool touches = !joined.empty() && joined.back().last.family() == range.first.family() &&
                             (is_last(joined.back().last) || after(joined.back().last) >= range.first);
        if (touches)
            joined.back().last = std::max(joined.back().last, range.last);
        else
            joined.push_back(range);
    }
    ranges_ = std::move(joined);
}

void Set::remove(const Set& other) {
    std::vector<Range> left;
    auto cut = other.ranges_.begin();
    for (Range range : ranges_) {
        while (cut != other.ranges_.end() && cut->last < range.first)
            ++cut;
        bool used_up = false;
        for (auto at = cut; at != other.ranges_.end() && at->first <= range.last; ++at) {
            if (at->first > range.first) left.push_back({range.first, before(at->first)});
            used_up = at->last >= range.last;
            if (used_up) break;
            range.first = after(at->last);
        }
        if (!used_up) left.push_back(range);
    }
    ranges_ = std::move(left);
}

bool Set::contains(const Address& address) const {
    return contains(Network{address, bits_of(address.family())});
}

bool Set::contains(const Network& network) const {
    const Address first = first_of(network);
    const Address last = last_of(network);
    return std::any_of(ranges_.begin(), ranges_.end(),
                       [&](const Range& range) { return range.first <= first && last <= range.last; });
}

std::vector<Network> Set::networks() const {
    std::vector<Network> blocks;
    for (const Range& range : ranges_) {
        Address at = range.first;
        while (true) {
            blocks.push_back(largest_block(at, range.last));
            const Address end = last_of(blocks.back());
            if (end >= range.last) break;
            at = after(end);
        }
    }
    return blocks;
}

double Set::size(Family family) const {
    double sum = 0;
    for (const Range& range : ranges_)
        if (range.first.family() == family) sum += distance(range.first, range.last);
    return sum;
}

} // namespace relaytool::ip
