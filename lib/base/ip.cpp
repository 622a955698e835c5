#include "base/ip.hpp"

#include "base/ascii.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace relaytool::ip {
namespace {

/// A decimal number of at most `max`, without leading zeros.
std::optional<unsigned> read_number(std::string_view text, unsigned max) {
    if (text.empty() || text.size() > 3 || (text.size() > 1 && text.front() == '0')) return std::nullopt;
    unsigned value = 0;
    for (const char c : text) {
        if (!ascii::is_digit(c)) return std::nullopt;
        value = value * 10 + static_cast<unsigned>(c - '0');
    }
    return value <= max ? std::optional(value) : std::nullopt;
}

std::optional<std::uint32_t> read_v4(std::string_view text) {
    std::uint32_t value = 0;
    for (int part = 0; part < 4; ++part) {
        const std::size_t end = part == 3 ? text.size() : text.find('.');
        if (end == std::string_view::npos) return std::nullopt;
        const auto number = read_number(text.substr(0, end), 255);
        if (!number) return std::nullopt;
        value = value << 8 | *number;
        text.remove_prefix(std::min(end + 1, text.size()));
    }
    return value;
}

/// Up to eight groups of sixteen bits.
struct Groups {
    std::array<std::uint16_t, 8> values{};
    std::size_t count = 0;

    bool add(std::uint16_t value) {
        if (count == values.size()) return false;
        values[count++] = value;
        return true;
    }
};

bool read_group(std::string_view text, Groups& groups) {
    if (text.empty() || text.size() > 4) return false;
    unsigned value = 0;
    for (const char c : text) {
        const int digit = ascii::hex_value(c);
        if (digit < 0) return false;
        value = value << 4 | static_cast<unsigned>(digit);
    }
    return groups.add(static_cast<std::uint16_t>(value));
}

/// `a:b:c` or nothing; the last part may be a dotted quad when `may_end_in_v4`.
bool read_groups(std::string_view text, bool may_end_in_v4, Groups& groups) {
    while (!text.empty()) {
        const std::size_t end = text.find(':');
        const std::string_view part = text.substr(0, end);
        if (end == std::string_view::npos && may_end_in_v4 && part.find('.') != std::string_view::npos) {
            const auto quad = read_v4(part);
            return quad && groups.add(static_cast<std::uint16_t>(*quad >> 16)) &&
                   groups.add(static_cast<std::uint16_t>(*quad & 0xFFFF));
        }
        if (!read_group(part, groups)) return false;
        if (end == std::string_view::npos) return true;
        text.remove_prefix(end + 1);
        if (text.empty()) return false; // a colon at the end
    }
    return true;
}

Address from_groups(const std::array<std::uint16_t, 8>& groups) {
    std::uint64_t high = 0;
    std::uint64_t low = 0;
    for (std::size_t i = 0; i < 4; ++i) {
        high = high << 16 | groups[i];
        low = low << 16 | groups[i + 4];
    }
    return Address::v6(high, low);
}

std::optional<Address> read_v6(std::string_view text) {
    Groups front;
    const std::size_t gap = text.find("::");
    if (gap == std::string_view::npos) {
        if (!read_groups(text, true, front) || front.count != 8) return std::nullopt;
        return from_groups(front.values);
    }
    Groups back;
    if (!read_groups(text.substr(0, gap), false, front) || !read_groups(text.substr(gap + 2), true, back) ||
        front.count + back.count > 7)
        return std::nullopt;
    std::copy_n(back.values.begin(), back.count,
                front.values.end() - static_cast<std::ptrdiff_t>(back.count));
    return from_groups(front.values);
}

std::uint16_t group_of(const Address& address, std::size_t i) {
    const std::uint64_t half = i < 4 ? address.high() : address.low();
    return static_cast<std::uint16_t>(half >> (48 - 16 * (i % 4)));
}

/// The longest run of at least two zero groups, the first of several: RFC 5952 section 4.2.
std::pair<std::size_t, std::size_t> longest_zero_run(const Address& address) {
    std::size_t best = 0;
    std::size_t best_length = 0;
    for (std::size_t i = 0; i < 8; ++i) {
        std::size_t length = 0;
        while (i + length < 8 && group_of(address, i + length) == 0)
            ++length;
        if (length > best_length) {
            best = i;
            best_length = length;
        }
    }
    return {best, best_length >= 2 ? best_length : 0};
}

std::string v4_to_string(const Address& address) {
    const auto value = static_cast<std::uint32_t>(address.low());
    return fmt::format("{}.{}.{}.{}", value >> 24, value >> 16 & 0xFF, value >> 8 & 0xFF, value & 0xFF);
}

std::string v6_to_string(const Address& address) {
    if (address.high() == 0 && address.low() >> 32 == 0xFFFF)
        return "::ffff:" + v4_to_string(unmapped(address));
    const auto [gap, gap_length] = longest_zero_run(address);
    std::string out;
    for (std::size_t i = 0; i < 8; ++i) {
        if (gap_length > 0 && i == gap) {
            out += "::";
            i += gap_length - 1;
            continue;
        }
        if (!out.empty() && out.back() != ':') out += ':';
        out += fmt::format("{:x}", group_of(address, i));
    }
    return out;
}

/// The bits of each half that a prefix covers.
constexpr std::uint64_t mask(unsigned bits) {
    return bits == 0 ? 0 : bits >= 64 ? ~std::uint64_t{0} : ~std::uint64_t{0} << (64 - bits);
}

struct Mask {
    std::uint64_t high;
    std::uint64_t low;
};

Mask mask_of(const Network& network) {
    if (network.address.family() == Family::v4)
        return {0, network.prefix == 0 ? 0 : (~std::uint64_t{0} << (32 - network.prefix)) & 0xFFFFFFFF};
    return {mask(network.prefix), mask(network.prefix > 64 ? network.prefix - 64 : 0)};
}

Address with_family(Family family, std::uint64_t high, std::uint64_t low) {
    return family == Family::v4 ? Address::v4(static_cast<std::uint32_t>(low)) : Address::v6(high, low);
}

} // namespace

std::optional<Address> read_address(std::string_view text) {
    constexpr std::size_t longest = 45; // ffff:ffff:ffff:ffff:ffff:ffff:255.255.255.255
    if (text.size() > longest) return std::nullopt;
    if (text.find(':') != std::string_view::npos) return read_v6(text);
    const auto value = read_v4(text);
    return value ? std::optional(Address::v4(*value)) : std::nullopt;
}

std::optional<Address> address_from_octets(std::string_view bytes) {
    if (bytes.size() != 4 && bytes.size() != 16) return std::nullopt;
    std::uint64_t halves[2] = {0, 0};
    for (std::size_t i = 0; i < bytes.size(); ++i) {
        std::uint64_t& half = halves[bytes.size() == 4 || i >= 8 ? 1 : 0];
        half = half << 8 | static_cast<unsigned char>(bytes[i]);
    }
    return with_family(bytes.size() == 4 ? Family::v4 : Family::v6, halves[0], halves[1]);
}

std::string to_string(const Address& address) {
    return address.family() == Family::v4 ? v4_to_string(address) : v6_to_string(address);
}

Address unmapped(const Address& address) {
    const bool mapped =
        address.family() == Family::v6 && address.high() == 0 && address.low() >> 32 == 0xFFFF;
    return mapped ? Address::v4(static_cast<std::uint32_t>(address.low())) : address;
}

std::string reverse_name(const Address& address) {
    if (address.family() == Family::v4) {
        const auto value = static_cast<std::uint32_t>(address.low());
        return fmt::format("{}.{}.{}.{}.in-addr.arpa", value & 0xFF, value >> 8 & 0xFF, value >> 16 & 0xFF,
                           value >> 24);
    }
    std::string out;
    for (unsigned nibble = 0; nibble < 32; ++nibble) {
        const std::uint64_t half = nibble < 16 ? address.low() : address.high();
        out += fmt::format("{:x}.", half >> (4 * (nibble % 16)) & 0xF);
    }
    return out + "ip6.arpa";
}

bool Network::contains(const Address& other) const {
    if (other.family() != address.family()) return false;
    const Mask bits = mask_of(*this);
    return ((address.high() ^ other.high()) & bits.high) == 0 &&
           ((address.low() ^ other.low()) & bits.low) == 0;
}

bool Network::contains(const Network& other) const {
    return prefix <= other.prefix && contains(other.address);
}

std::optional<Network> read_network(std::string_view text) {
    const std::size_t slash = text.find('/');
    const auto address = read_address(text.substr(0, slash));
    if (!address) return std::nullopt;
    const unsigned bits = bits_of(address->family());
    if (slash == std::string_view::npos) return Network{*address, bits};
    const auto prefix = read_number(text.substr(slash + 1), bits);
    return prefix ? std::optional(Network{*address, *prefix}) : std::nullopt;
}

std::string to_string(const Network& network) {
    if (network.prefix == bits_of(network.address.family())) return to_string(network.address);
    return fmt::format("{}/{}", to_string(network.address), network.prefix);
}

Address first_of(const Network& network) {
    const Mask bits = mask_of(network);
    return with_family(network.address.family(), network.address.high() & bits.high,
                       network.address.low() & bits.low);
}

Address last_of(const Network& network) {
    const Mask bits = mask_of(network);
    const std::uint64_t low_limit =
        network.address.family() == Family::v4 ? std::uint64_t{0xFFFFFFFF} : ~std::uint64_t{0};
    return with_family(network.address.family(), network.address.high() | ~bits.high,
                       (network.address.low() | ~bits.low) & low_limit);
}

bool is_private(const Address& address) {
    // Everything outside 2000::/3 is not global unicast.
    static constexpr Network blocks[] = {
        {Address::v4(0x00000000), 8},  {Address::v4(0x0A000000), 8},  {Address::v4(0x64400000), 10},
        {Address::v4(0x7F000000), 8},  {Address::v4(0xA9FE0000), 16}, {Address::v4(0xAC100000), 12},
        {Address::v4(0xC0000000), 24}, {Address::v4(0xC0A80000), 16}, {Address::v4(0xC6120000), 15},
        {Address::v4(0xE0000000), 3},
    };
    const Network global{Address::v6(0x2000000000000000, 0), 3};
    if (address.family() == Family::v6 && !global.contains(address)) return true;
    return std::any_of(std::begin(blocks), std::end(blocks),
                       [&](const Network& block) { return block.contains(address); });
}

bool is_private(const Network& network) {
    return network.prefix != 0 && is_private(first_of(network)) && is_private(last_of(network));
}

} // namespace relaytool::ip
