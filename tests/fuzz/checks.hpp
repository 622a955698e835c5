#pragma once

#include "base/utf8.hpp"

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

/// What must hold for every input; a fuzzer reports an abort with the input that led to it.
namespace relaytool::fuzz {

inline void check_utf8(std::string_view text) {
    if (!encoding::is_utf8(text)) std::abort();
}

/// No control character reaches a terminal.
inline void check_terminal(std::string_view text) {
    for (const char c : text)
        if (static_cast<unsigned char>(c) < 0x20 && c != '\n' && c != '\t') std::abort();
    check_utf8(text);
}

} // namespace relaytool::fuzz
