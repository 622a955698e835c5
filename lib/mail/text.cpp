#include "mail/text.hpp"

#include "base/encoding.hpp"

#include <algorithm>

namespace relaytool::mail {
namespace {

/// Enough of a file to tell how its lines end.
constexpr std::size_t sample_size = 64 * 1024;

/// No mail in UTF-16 is longer; a conversion needs memory for a copy.
constexpr std::size_t longest_wide = 64 * 1024 * 1024;

bool has_bare_cr_lines(std::string_view text) {
    const std::string_view sample = text.substr(0, sample_size);
    if (sample.find('\r') == std::string_view::npos) return false;
    std::size_t feeds = 0;
    std::size_t bare = 0;
    for (std::size_t i = 0; i < sample.size(); ++i) {
        if (sample[i] == '\n') ++feeds;
        if (sample[i] == '\r' && (i + 1 == sample.size() || sample[i + 1] != '\n')) ++bare;
    }
    return bare > feeds;
}

/// A byte order mark, or NULs near the start, mean that these are not plain bytes.
bool may_be_wide(std::string_view bytes) {
    if (bytes.starts_with("\xEF\xBB\xBF") || bytes.starts_with("\xFF\xFE") || bytes.starts_with("\xFE\xFF"))
        return true;
    return bytes.substr(0, 64).find('\0') != std::string_view::npos;
}

} // namespace

std::string_view readable_text(std::string_view bytes, std::string& storage) {
    if (bytes.size() <= longest_wide && may_be_wide(bytes)) {
        storage = encoding::decode_text_file(bytes);
        bytes = storage;
    }
    if (!has_bare_cr_lines(bytes)) return bytes;
    if (bytes.data() != storage.data()) storage = bytes;
    for (std::size_t i = 0; i < storage.size(); ++i)
        if (storage[i] == '\r' && (i + 1 == storage.size() || storage[i + 1] != '\n')) storage[i] = '\n';
    return storage;
}

std::string to_crlf(std::string_view text, LineEnds& found) {
    std::string out;
    out.reserve(text.size() + text.size() / 32 + 2);
    std::size_t begin = 0;
    while (begin < text.size()) {
        const std::size_t end = std::min(text.find_first_of("\r\n", begin), text.size());
        out.append(text, begin, end - begin);
        out += "\r\n";
        begin = end;
        if (text.substr(begin, 2) == "\r\n") {
            begin += 2;
        } else if (begin < text.size()) {
            ++(text[begin] == '\n' ? found.bare_lf : found.bare_cr);
            ++begin;
        }
    }
    return out;
}

bool Lines::next(std::string_view& line) {
    if (at_ >= text_.size()) return false;
    const std::size_t end = std::min(text_.find('\n', at_), text_.size());
    line = text_.substr(at_, end - at_);
    if (line.ends_with('\r')) line.remove_suffix(1);
    at_ = std::min(end + 1, text_.size());
    return true;
}

} // namespace relaytool::mail
