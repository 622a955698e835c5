#include "base/percent_encoded.hpp"

#include "base/ascii.hpp"

namespace relaytool {

std::string percent_encoded(std::string_view text, std::string_view kept) {
    constexpr std::string_view digits = "0123456789ABCDEF";
    std::string out;
    for (const char c : text) {
        if (ascii::is_alnum(c) || kept.find(c) != std::string_view::npos) {
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
