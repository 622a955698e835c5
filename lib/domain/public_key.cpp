#include "domain/public_key.hpp"

#include <cstddef>
#include <optional>

namespace relaytool::domain {
namespace {

constexpr unsigned char sequence = 0x30;
constexpr unsigned char integer = 0x02;
constexpr unsigned char bit_string = 0x03;
constexpr unsigned char object_identifier = 0x06;

/// 1.2.840.113549.1.1.1, RFC 8017 appendix C.
constexpr std::string_view rsa_encryption = "\x2A\x86\x48\x86\xF7\x0D\x01\x01\x01";

/// Takes one element of that tag off `rest`; its content, or nothing when there is another or it is cut off
/// (X.690 section 8.1; definite lengths only, as DER demands).
std::optional<std::string_view> take(std::string_view& rest, unsigned char tag) {
    if (rest.size() < 2 || static_cast<unsigned char>(rest[0]) != tag) return std::nullopt;
    std::size_t length = static_cast<unsigned char>(rest[1]);
    std::size_t head = 2;
    if (length >= 0x80) {
        const std::size_t octets = length & 0x7FU;
        if (octets == 0 || octets > 4 || rest.size() < 2 + octets) return std::nullopt;
        length = 0;
        for (std::size_t i = 0; i < octets; ++i)
            length = length << 8U | static_cast<unsigned char>(rest[2 + i]);
        head += octets;
    }
    if (rest.size() - head < length) return std::nullopt;
    const std::string_view content = rest.substr(head, length);
    rest.remove_prefix(head + length);
    return content;
}

unsigned bits_of(std::string_view number) {
    while (!number.empty() && number.front() == '\0')
        number.remove_prefix(1);
    if (number.empty() || number.size() > 8192) return 0;
    unsigned bits = static_cast<unsigned>(number.size() - 1) * 8;
    for (unsigned first = static_cast<unsigned char>(number.front()); first != 0; first >>= 1U)
        ++bits;
    return bits;
}

/// SEQUENCE { modulus INTEGER, publicExponent INTEGER }
PublicKey read_rsa(std::string_view der) {
    auto body = take(der, sequence);
    if (!body || !der.empty()) return {};
    const auto modulus = take(*body, integer);
    if (!modulus || !take(*body, integer)) return {};
    const unsigned bits = bits_of(*modulus);
    return bits == 0 ? PublicKey{} : PublicKey{PublicKey::Kind::rsa, bits};
}

} // namespace

PublicKey read_public_key(std::string_view der) {
    if (const PublicKey bare = read_rsa(der); bare.kind == PublicKey::Kind::rsa) return bare;
    auto info = take(der, sequence);
    if (!info || !der.empty()) return {};
    auto algorithm = take(*info, sequence);
    auto key = take(*info, bit_string);
    if (!algorithm || !key || key->empty()) return {};
    const auto identifier = take(*algorithm, object_identifier);
    if (!identifier) return {};
    if (*identifier != rsa_encryption) return {PublicKey::Kind::other, 0};
    key->remove_prefix(1); // the number of unused bits
    return read_rsa(*key);
}

} // namespace relaytool::domain
