#pragma once

#include <array>
#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

/// IP addresses and networks as values; no sockets.
namespace relaytool::ip {

enum class Family { v4, v6 };

/// Number of bits in an address: 32 or 128.
constexpr unsigned bits_of(Family family) {
    return family == Family::v4 ? 32 : 128;
}

/// An IPv4 or IPv6 address, ordered by family, then by value.
class Address {
public:
    /// 0.0.0.0
    constexpr Address() = default;
    static constexpr Address v4(std::uint32_t value) { return Address(Family::v4, 0, value); }
    static constexpr Address v6(std::uint64_t high, std::uint64_t low) {
        return Address(Family::v6, high, low);
    }

    constexpr Family family() const { return family_; }
    /// The 128 bits of an IPv6 address; of an IPv4 address the low 32, host byte order.
    constexpr std::uint64_t high() const { return high_; }
    constexpr std::uint64_t low() const { return low_; }

    auto operator<=>(const Address&) const = default; // NOLINT(modernize-use-nullptr): clang-tidy 14 errs

private:
    constexpr Address(Family family, std::uint64_t high, std::uint64_t low)
        : family_(family), high_(high), low_(low) {}

    Family family_ = Family::v4;
    std::uint64_t high_ = 0;
    std::uint64_t low_ = 0;
};

/// Dotted quad without leading zeros (RFC 6943 section 3.1.1), or the forms of RFC 4291 section 2.2. No zone,
/// no brackets, no prefix length.
std::optional<Address> read_address(std::string_view text);

/// The address in network byte order: `bytes` holds 4 or 16 octets.
std::optional<Address> address_from_octets(std::string_view bytes);

/// "192.0.2.1", "2001:db8::1" (RFC 5952).
std::string to_string(const Address& address);

/// An IPv4 address written as IPv6 (::ffff:192.0.2.1) as IPv4; others as they are.
Address unmapped(const Address& address);

/// Name under in-addr.arpa or ip6.arpa whose PTR records name the address (RFC 1035 section 3.5, RFC 3596
/// section 2.5), without a dot at its end.
std::string reverse_name(const Address& address);

/// An address block: the first `prefix` bits of `address` count. Bits behind them are kept as given.
struct Network {
    Address address;
    unsigned prefix = 32;

    bool contains(const Address& other) const;
    bool contains(const Network& other) const;
    auto operator<=>(const Network&) const = default;
};

/// "192.0.2.0/24", "2001:db8::/32", or an address alone (the whole length). Zeros in front of the prefix
/// length are no number.
std::optional<Network> read_network(std::string_view text);

/// "192.0.2.0/24"; an address alone when the prefix is the whole length.
std::string to_string(const Network& network);

/// First and last address of the block.
Address first_of(const Network& network);
Address last_of(const Network& network);

/// Whether nobody on the internet sees it: private, loopback, link-local, shared, multicast, reserved (RFC
/// 6890). The documentation blocks (RFC 5737, RFC 3849) count as public: examples and laboratories use them
/// for public servers.
bool is_private(const Address& address);

/// Whether all of the block is private. The whole Internet (a prefix of 0) is not.
bool is_private(const Network& network);

} // namespace relaytool::ip
