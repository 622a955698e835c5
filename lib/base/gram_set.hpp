#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace relaytool {

/// The four-byte sequences of a text, case ignored, as a small bit set: tells at once that most words are not
/// in the text, so that a text is searched for hundreds of words at the price of a few.
class GramSet {
public:
    GramSet() = default;
    explicit GramSet(std::string_view text) { add(text); }

    void add(std::string_view text);

    /// False: `words` is surely not in the text, whatever its case. True: look. Words shorter than four bytes
    /// are always worth a look.
    bool may_hold(std::string_view words) const;

private:
    static constexpr std::size_t bits = 1 << 15;
    std::array<std::uint64_t, bits / 64> set_{};
};

} // namespace relaytool
