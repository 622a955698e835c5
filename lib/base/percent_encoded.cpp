#include "base/percent_encoded.hpp"

#include "base/ascii.hpp"

namespace relaytool {

std::string percent_encoded(std::string_view text) {
    constexpr std::string_view digits = "0123456789ABCDEF";
    constexpr std::string_view unreserved = "-._~";
    std::string out;
    for (const char c : text) {
        if (ascii::is_alnum(c) || unreserved.find(c) != std::string_view::npos) {
            out += c;
            continue;
        }
        const auto octet = static_cast<unsigned char>(c);
        out += '%';
        out += digits[octet >> 4U];
        out += digits[octet & 0xFU];
    }
    return out;
}

} // namespace relaytool
