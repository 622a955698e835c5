#pragma once

#include "dns/record.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

/// Numbers, names and data in the octets of a message (RFC 1035 sections 3.2 and 4.1.4).
namespace relaytool::dns::wire {

inline constexpr std::size_t header_size = 12;
inline constexpr std::uint16_t class_in = 1;
inline constexpr std::uint16_t type_opt = 41; ///< RFC 6891 section 6.1.1

/// Bits of the second word of a header (RFC 1035 section 4.1.1, RFC 4035 section 3.2.3 for AD).
inline constexpr unsigned flag_answer = 0x8000;
inline constexpr unsigned flag_authoritative = 0x0400;
inline constexpr unsigned flag_truncated = 0x0200;
inline constexpr unsigned flag_recursion_wanted = 0x0100;
inline constexpr unsigned flag_recursion = 0x0080;
inline constexpr unsigned flag_verified = 0x0020;
inline constexpr unsigned opcode_bits = 0x7800;

constexpr unsigned octet(char c) {
    return static_cast<unsigned char>(c);
}

/// Appends 16 bits in network byte order.
void append16(std::string& out, unsigned value);

/// Reads a message from front to back; once something does not fit, `ok()` stays false and zeros come.
class Reader {
public:
    Reader(std::string_view message, std::size_t at) : message_(message), at_(at) {}

    bool ok() const { return ok_; }
    std::size_t at() const { return at_; }

    std::uint16_t u16() {
        if (!has(2)) return 0;
        const unsigned value = octet(message_[at_]) << 8 | octet(message_[at_ + 1]);
        at_ += 2;
        return static_cast<std::uint16_t>(value);
    }
    std::uint32_t u32() {
        const std::uint32_t high = u16();
        return high << 16 | u16();
    }
    std::string_view take(std::size_t size) {
        if (!has(size)) return {};
        at_ += size;
        return message_.substr(at_ - size, size);
    }
    /// Passes over a name, compressed or not.
    void skip_name() {
        while (has(1)) {
            const unsigned length = octet(message_[at_]);
            if (length >= 0xC0) {
                take(2);
                return;
            }
            if (length > longest_label) ok_ = false;
            take(length + 1);
            if (length == 0 || !ok_) return;
        }
    }

private:
    bool has(std::size_t size) {
        if (size > message_.size() - at_) ok_ = false;
        return ok_;
    }

    std::string_view message_;
    std::size_t at_;
    bool ok_ = true;
};

/// Whether the name at `at`, compressed or not, is `name`. A name that cannot be read is none.
bool is_name(std::string_view message, std::size_t at, const Name& name);

/// The name at `at`, compressed or not, which has to end at `end`.
std::optional<Name> read_name(std::string_view message, std::size_t at, std::size_t end);

/// RDATA: a stretch of a message, in which its names may point elsewhere.
struct Rdata {
    std::string_view message;
    std::size_t at;
    std::size_t size;

    std::size_t end() const { return at + size; }
    std::string_view octets() const { return message.substr(at, size); }
    std::uint16_t u16(std::size_t offset) const { return Reader(message, at + offset).u16(); }
};

/// The name behind `fixed` octets, to the end.
std::optional<Name> name_behind(const Rdata& rdata, std::size_t fixed);

/// Data of its type; nothing when it is not of that type's form.
std::optional<Data> read_rdata(Type type, const Rdata& rdata);

} // namespace relaytool::dns::wire
