#include "base/base64.hpp"

#include "base/ascii.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>

namespace relaytool::encoding {

namespace {

constexpr std::string_view alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

constexpr std::array<std::int8_t, 256> make_values() {
    std::array<std::int8_t, 256> values{};
    values.fill(-1);
    for (std::size_t i = 0; i < alphabet.size(); ++i)
        values[static_cast<unsigned char>(alphabet[i])] = static_cast<std::int8_t>(i);
    return values;
}

constexpr std::array<std::int8_t, 256> values = make_values();

int value_of(char c) {
    return values[static_cast<unsigned char>(c)];
}

/// Collects sextets and hands out bytes.
class Quantum {
public:
    explicit Quantum(std::string& out) : out_(out) {}

    void add(int sextet) {
        bits_ = (bits_ << 6) | static_cast<std::uint32_t>(sextet);
        if (++count_ == 4) flush();
    }

    /// Writes the whole bytes of what is pending; the left-over bits are padding.
    void flush() {
        const unsigned bytes = count_ * 6 / 8;
        bits_ <<= 6 * (4 - count_);
        for (unsigned i = 0; i < bytes; ++i)
            out_ += static_cast<char>((bits_ >> (16 - 8 * i)) & 0xFF);
        bits_ = 0;
        count_ = 0;
    }

private:
    std::string& out_;
    std::uint32_t bits_ = 0;
    unsigned count_ = 0;
};

/// The rest of the line at or after `from` which is not blank nor padding.
std::string_view rest_of_line(std::string_view text, std::size_t from) {
    while (from < text.size() && (ascii::is_space(text[from]) || text[from] == '='))
        ++from;
    return text.substr(from, text.find_first_of("\r\n", from) - from);
}

bool is_base64_line(std::string_view line) {
    return std::all_of(line.begin(), line.end(), [](char c) { return c == '=' || value_of(c) >= 0; });
}

} // namespace

std::string base64(std::string_view text) {
    std::string out;
    out.reserve(text.size() / 4 * 3 + 3);
    Quantum quantum(out);
    const char* checked = text.data(); // a line is looked at once, however much padding is in it
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (const int value = value_of(text[i]); value >= 0) {
            quantum.add(value);
        } else if (text[i] == '=') {
            quantum.flush();
            if (text.data() + i < checked) continue;
            const std::string_view next = rest_of_line(text, i);
            if (next.empty() || !is_base64_line(ascii::trim(next))) return out;
            checked = next.data() + next.size();
        }
    }
    quantum.flush();
    return out;
}

std::optional<std::string> strict_base64(std::string_view text) {
    std::string out;
    out.reserve(text.size() / 4 * 3 + 3);
    Quantum quantum(out);
    std::size_t digits = 0;
    std::size_t padding = 0;
    for (const char c : text) {
        if (ascii::is_space(c)) continue;
        if (c == '=') {
            ++padding;
            continue;
        }
        const int value = value_of(c);
        if (value < 0 || padding > 0) return std::nullopt;
        quantum.add(value);
        ++digits;
    }
    if (padding > 2 || digits % 4 == 1) return std::nullopt;
    quantum.flush();
    return out;
}

std::string to_base64(std::string_view bytes) {
    std::string out;
    out.reserve((bytes.size() + 2) / 3 * 4);
    for (std::size_t i = 0; i < bytes.size(); i += 3) {
        const std::string_view group = bytes.substr(i, 3);
        std::uint32_t bits = 0;
        for (std::size_t k = 0; k < 3; ++k)
            bits = (bits << 8) | (k < group.size() ? static_cast<unsigned char>(group[k]) : 0U);
        for (std::size_t k = 0; k < 4; ++k)
            out += k <= group.size() ? alphabet[(bits >> (18 - 6 * k)) & 0x3F] : '=';
    }
    return out;
}

std::string to_base64_lines(std::string_view bytes) {
    constexpr std::size_t line_bytes = 57; // 76 characters
    std::string out;
    out.reserve(bytes.size() / 3 * 4 + bytes.size() / line_bytes * 2 + 8);
    for (std::size_t i = 0; i < bytes.size(); i += line_bytes)
        out.append(to_base64(bytes.substr(i, line_bytes))).append("\r\n");
    return out;
}

} // namespace relaytool::encoding
