#include "base/gram_set.hpp"

#include "base/ascii.hpp"

namespace relaytool {
namespace {

/// Knuth's multiplicative hash of four bytes: 15 bits.
std::uint32_t hash(std::uint32_t gram) {
    return (gram * 2654435761U) >> 17;
}

std::uint32_t next(std::uint32_t gram, char c) {
    return gram << 8 | static_cast<unsigned char>(ascii::lower(c));
}

} // namespace

void GramSet::add(std::string_view text) {
    std::uint32_t gram = 0;
    for (std::size_t i = 0; i < text.size(); ++i) {
        gram = next(gram, text[i]);
        if (i < 3) continue;
        const std::uint32_t bit = hash(gram);
        set_[bit / 64] |= std::uint64_t{1} << (bit % 64);
    }
}

bool GramSet::may_hold(std::string_view words) const {
    std::uint32_t gram = 0;
    for (std::size_t i = 0; i < words.size(); ++i) {
        gram = next(gram, words[i]);
        if (i < 3) continue;
        const std::uint32_t bit = hash(gram);
        if ((set_[bit / 64] >> (bit % 64) & 1) == 0) return false;
    }
    return true;
}

} // namespace relaytool
