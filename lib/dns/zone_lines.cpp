#include "dns/zone_lines.hpp"

#include "base/ascii.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace relaytool::dns {
namespace {

/// Data of unknown types are the longest honest words: 65,535 octets, two digits each (RFC 3597 section 5).
constexpr std::size_t longest_word = 200'000;
constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";

bool ends_word(char c) {
    return ascii::is_space(c) || c == ';' || c == '(' || c == ')' || c == '"';
}

} // namespace

LineCutter::LineCutter(std::string_view text, std::string_view file) : text_(text), file_(file) {
    if (text_.starts_with(byte_order_mark)) text_.remove_prefix(byte_order_mark.size());
}

Error LineCutter::error(std::string_view why) const {
    return {fmt::format("{}:{}", file_, number_), std::string(why)};
}

std::size_t LineCutter::character_size() const {
    return text_[at_] == '\\' && at_ + 1 < text_.size() && text_[at_ + 1] != '\n' ? 2U : 1U;
}

Result<bool> LineCutter::next(Line& line) {
    line.words.clear();
    line.number = number_;
    line.starts_blank = at_ < text_.size() && ascii::is_blank(text_[at_]);
    while (at_ < text_.size()) {
        const auto step = word(line);
        if (!step) return tl::unexpected(step.error());
        if (*step == Step::more) continue;
        if (!line.words.empty()) return true;
        line.number = number_;
        line.starts_blank = at_ < text_.size() && ascii::is_blank(text_[at_]);
    }
    if (open_ > 0) {
        number_ = opened_at_;
        return tl::unexpected(error("the parenthesis that is opened here is never closed: add a )"));
    }
    return !line.words.empty();
}

Result<LineCutter::Step> LineCutter::word(Line& line) {
    const char c = text_[at_];
    if (c == '"') return quoted(line);
    if (c == ';') {
        at_ = std::min(text_.find('\n', at_), text_.size());
        return Step::more;
    }
    if (!ends_word(c)) {
        const std::size_t begin = at_;
        while (at_ < text_.size() && !ends_word(text_[at_]))
            at_ += character_size();
        if (at_ - begin > longest_word)
            return tl::unexpected(
                error(fmt::format("a word of {} characters: this is no zone file", at_ - begin)));
        line.words.push_back({text_.substr(begin, at_ - begin), false});
        return Step::more;
    }
    ++at_;
    if (c == '(' && open_++ == 0) opened_at_ = number_;
    if (c == ')' && open_-- == 0) return tl::unexpected(error("a ) without a ( before it: remove it"));
    if (c != '\n') return Step::more;
    ++number_;
    return open_ > 0 ? Step::more : Step::done;
}

Result<LineCutter::Step> LineCutter::quoted(Line& line) {
    const std::size_t begin = ++at_;
    while (at_ < text_.size() && text_[at_] != '"' && text_[at_] != '\n')
        at_ += character_size();
    if (at_ >= text_.size() || text_[at_] == '\n')
        return tl::unexpected(error("a quote is opened and not closed on the same line: add a \""));
    line.words.push_back({text_.substr(begin, at_ - begin), true});
    ++at_;
    return Step::more;
}

std::string unescape(std::string_view word) {
    std::string out;
    out.reserve(word.size());
    for (std::size_t i = 0; i < word.size(); ++i) {
        if (word[i] != '\\' || i + 1 == word.size()) {
            out += word[i];
            continue;
        }
        ++i;
        int value = 256;
        if (i + 2 < word.size() && ascii::is_digit(word[i]) && ascii::is_digit(word[i + 1]) &&
            ascii::is_digit(word[i + 2]))
            value = (word[i] - '0') * 100 + (word[i + 1] - '0') * 10 + (word[i + 2] - '0');
        out += value <= 255 ? static_cast<char>(value) : word[i];
        if (value <= 255) i += 2;
    }
    return out;
}

} // namespace relaytool::dns
