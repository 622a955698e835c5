#include "base/charset_iconv.hpp"

#include "base/utf8.hpp"

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstddef>
#include <iconv.h>

namespace relaytool::encoding {

namespace {

/// An open conversion to UTF-8. Each has its own state, so threads do not meet.
class Converter {
public:
    explicit Converter(const char* from) : handle_(from == nullptr ? none() : ::iconv_open("UTF-8", from)) {}
    ~Converter() {
        if (*this) ::iconv_close(handle_);
    }
    Converter(const Converter&) = delete;
    Converter& operator=(const Converter&) = delete;

    explicit operator bool() const { return handle_ != none(); }

    /// Converts a piece from the front of `bytes`, which is shortened, to the end of `out`. Gives the error
    /// that ended it: 0, EILSEQ, EINVAL (the piece ends inside a character), E2BIG.
    int step(std::string_view& bytes, std::string& out) {
        char* from = const_cast<char*>(bytes.data()); // POSIX has char**, and does not write
        const std::size_t size = std::min(bytes.size(), piece);
        std::size_t left = size;
        const int error = run(&from, &left, out);
        bytes.remove_prefix(size - left);
        return error;
    }

    /// Back to the initial state, with the character it may have kept back (cp1258).
    void reset(std::string& out) { run(nullptr, nullptr, out); }

private:
    /// What a failed iconv_open returns, says POSIX.
    static iconv_t none() {
        return reinterpret_cast<iconv_t>(-1); // NOLINT(performance-no-int-to-ptr)
    }

    int run(char** from, std::size_t* left, std::string& out) {
        char* to = buffer_.data();
        std::size_t room = buffer_.size();
        const bool failed = ::iconv(handle_, from, left, &to, &room) == static_cast<std::size_t>(-1);
        const int error = failed ? errno : 0;
        out.append(buffer_.data(), buffer_.size() - room);
        return error;
    }

    // Small pieces, so that a call after each of many errors costs no more than the piece: sanitizers look at
    // all of the input of each call.
    static constexpr std::size_t piece = 1024;

    iconv_t handle_;
    std::array<char, 4 * piece> buffer_{};
};

/// How much of the front of `bytes`, which is invalid, one U+FFFD stands for. Never a US-ASCII byte after a
/// broken lead byte: it may be the end of a line or of a tag.
std::size_t invalid_length(std::string_view bytes, Layout layout) {
    const auto is_high = [&](std::size_t at) {
        return at < bytes.size() && static_cast<unsigned char>(bytes[at]) >= 0x80;
    };
    if (layout != Layout::pairs && layout != Layout::euc) return 1;
    if (bytes.front() == '\x80' || bytes.front() == '\xFF' || !is_high(0) || !is_high(1)) return 1;
    return layout == Layout::euc && bytes.front() == '\x8F' && is_high(2) ? 3 : 2;
}

std::string convert(Converter& converter, std::string_view bytes, Layout layout) {
    const std::size_t limit = bytes.size() * 3;
    std::string out;
    out.reserve(bytes.size() + bytes.size() / 2);
    while (!bytes.empty() && out.size() < limit) {
        const std::size_t before = bytes.size();
        const int error = converter.step(bytes, out);
        if (bytes.empty()) break;
        if (error != EILSEQ && bytes.size() < before) continue; // the piece is done
        if (layout != Layout::other) converter.reset(out);      // a shift state is better kept
        out += replacement;
        if (error == EINVAL) break; // the end of the input is inside a character
        bytes.remove_prefix(std::min(invalid_length(bytes, layout), bytes.size()));
    }
    converter.reset(out);
    return out;
}

} // namespace

std::optional<std::string> iconv_to_utf8(std::string_view bytes, const Charset& charset) {
    for (const char* name : {charset.name, charset.fallback}) {
        Converter converter(name);
        if (!converter) continue;
        std::string text = convert(converter, bytes, charset.layout);
        return is_utf8(text) ? text : repair_utf8(text);
    }
    return std::nullopt;
}

} // namespace relaytool::encoding
