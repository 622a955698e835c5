#include "diagnosis/wordings.hpp"

#include "base/ascii.hpp"

#include <algorithm>

namespace relaytool::diagnosis {
namespace {

constexpr std::size_t key_length = 4;

std::uint32_t key_of(std::string_view text) {
    std::uint32_t value = 0;
    for (std::size_t i = 0; i < key_length; ++i)
        value = value << 8 | static_cast<unsigned char>(text[i]);
    return (value * 2654435761u) >> 20; // Knuth's multiplicative hash: 12 bits, one of 4096 buckets
}

/// Calls `part` for each piece of `text` between separators.
template <class Function>
void split(std::string_view text, char separator, Function part) {
    while (!text.empty()) {
        const std::size_t end = std::min(text.find(separator), text.size());
        if (end > 0) part(text.substr(0, end));
        text.remove_prefix(std::min(end + 1, text.size()));
    }
}

/// Like find(), but a literal's own digits must be a whole number in the text: AADSTS70000 is not
/// AADSTS700016.
std::size_t find_literal(std::string_view text, std::string_view literal, std::size_t from) {
    for (std::size_t at = text.find(literal, from); at != std::string_view::npos;
         at = text.find(literal, at + 1)) {
        const std::size_t end = at + literal.size();
        const bool cut_front = at > 0 && ascii::is_digit(literal.front()) && ascii::is_digit(text[at - 1]);
        const bool cut_back =
            end < text.size() && ascii::is_digit(literal.back()) && ascii::is_digit(text[end]);
        if (!cut_front && !cut_back) return at;
    }
    return std::string_view::npos;
}

bool occurs(const std::vector<std::string>& literals, std::string_view text) {
    std::size_t from = 0;
    for (const std::string& literal : literals) {
        const std::size_t at = find_literal(text, literal, from);
        if (at == std::string_view::npos) return false;
        from = at + literal.size();
    }
    return true;
}

} // namespace

void Wordings::add(std::string_view text, std::size_t owner) {
    split(text, '|', [&](std::string_view words) {
        Alternative alternative{{}, owner, 0};
        split(words, '*', [&](std::string_view literal) {
            alternative.literals.push_back(ascii::to_lower(literal));
            alternative.length += literal.size();
        });
        const auto longest =
            std::max_element(alternative.literals.begin(), alternative.literals.end(),
                             [](const auto& a, const auto& b) { return a.size() < b.size(); });
        if (longest == alternative.literals.end() || longest->size() < key_length) return;
        by_key_[key_of(*longest)].push_back(static_cast<std::uint32_t>(alternatives_.size()));
        alternatives_.push_back(std::move(alternative));
    });
}

void Wordings::find(std::string_view text, const std::function<void(std::size_t, std::size_t)>& hit) const {
    std::vector<bool> tried(alternatives_.size()); // once each: a text full of one key stays linear
    for (std::size_t i = 0; i + key_length <= text.size(); ++i) {
        for (const std::uint32_t index : by_key_[key_of(text.substr(i))]) {
            if (tried[index]) continue;
            tried[index] = true;
            const Alternative& alternative = alternatives_[index];
            if (occurs(alternative.literals, text)) hit(alternative.owner, alternative.length);
        }
    }
}

} // namespace relaytool::diagnosis
