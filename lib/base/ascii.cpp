#include "base/ascii.hpp"

#include <algorithm>

namespace relaytool::ascii {

std::string to_lower(std::string_view text) {
    std::string out(text);
    std::transform(out.begin(), out.end(), out.begin(), lower);
    return out;
}

std::string to_upper(std::string_view text) {
    std::string out(text);
    std::transform(out.begin(), out.end(), out.begin(), upper);
    return out;
}

std::size_t ifind(std::string_view text, std::string_view needle, std::size_t from) {
    if (needle.empty() || needle.size() > text.size()) return std::string_view::npos;
    const char first = lower(needle.front());
    const std::size_t last = text.size() - needle.size();
    for (std::size_t i = from; i <= last; ++i)
        if (lower(text[i]) == first && iequals(text.substr(i, needle.size()), needle)) return i;
    return std::string_view::npos;
}

bool icontains(std::string_view text, std::string_view needle) {
    return ifind(text, needle) != std::string_view::npos;
}

std::string fold_space(std::string_view text) {
    std::string out;
    out.reserve(text.size());
    for (const char c : trim(text)) {
        if (!is_space(c))
            out += c;
        else if (out.back() != ' ')
            out += ' ';
    }
    return out;
}

} // namespace relaytool::ascii
