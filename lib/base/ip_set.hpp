#pragma once

#include "base/ip.hpp"

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace relaytool::ip {

/// A set of addresses of both families, kept as disjoint ranges.
class Set {
public:
    void add(std::span<const Network> networks);
    void add(const Network& network) { add(std::span(&network, 1)); }
    void add(const Set& other);
    void remove(const Set& other);

    bool empty() const { return ranges_.empty(); }
    bool contains(const Address& address) const;
    bool contains(const Network& network) const;

    /// The fewest blocks that make up the set, IPv4 first, in order.
    std::vector<Network> networks() const;
    /// How many addresses of the family are in it; IPv6 numbers are rounded.
    double size(Family family) const;

    bool operator==(const Set&) const = default;

private:
    struct Range {
        Address first;
        Address last;
        bool operator==(const Range&) const = default;
    };

    void normalise();

    std::vector<Range> ranges_; ///< sorted, disjoint, not touching
};

} // namespace relaytool::ip
