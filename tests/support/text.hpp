#pragma once

#include <cstddef>
#include <string>
#include <string_view>

/// Making of inputs.
namespace relaytool::test {

/// `text` with CRLF line ends.
inline std::string crlf(std::string_view text) {
    std::string out;
    for (const char c : text) {
        if (c == '\n') out += '\r';
        out += c;
    }
    return out;
}

/// `text` with bare CR line ends.
inline std::string bare_cr(std::string_view text) {
    std::string out(text);
    for (char& c : out)
        if (c == '\n') c = '\r';
    return out;
}

inline std::string repeated(std::string_view text, std::size_t times) {
    std::string out;
    out.reserve(text.size() * times);
    for (std::size_t i = 0; i < times; ++i)
        out += text;
    return out;
}

inline bool holds(std::string_view text, std::string_view part) {
    return text.find(part) != std::string_view::npos;
}

/// Whether `part` is a piece of `whole`, not a copy.
inline bool reaches_into(std::string_view part, std::string_view whole) {
    return part.empty() ||
           (part.data() >= whole.data() && part.data() + part.size() <= whole.data() + whole.size());
}

} // namespace relaytool::test
