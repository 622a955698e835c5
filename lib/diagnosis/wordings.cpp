#include "diagnosis/wordings.hpp"

#include "base/ascii.hpp"

#include <algorithm>

namespace relaytool::diagnosis {
namespace {

constexpr std::size_t key_length = 4;
constexpr std::size_t bucket_count = 1 << 13;

std::uint32_t gram_at(std::string_view text, std::size_t at) {
    std::uint32_t value = 0;
    for (std::size_t i = 0; i < key_length; ++i)
        value = value << 8 | static_cast<unsigned char>(text[at + i]);
    return value;
}

/// Knuth's multiplicative hash: 13 bits.
std::size_t bucket_of(std::uint32_t gram) {
    return (gram * 2654435761U) >> 19;
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
        const bool findable =
            std::any_of(alternative.literals.begin(), alternative.literals.end(),
                        [](const std::string& literal) { return literal.size() >= key_length; });
        if (findable) alternatives_.push_back(std::move(alternative));
    });
}

/// Most alternatives share words ("mailbox", "recipient"): the bytes that the fewest have keep find() fast.
std::uint32_t Wordings::rarest_gram(const Alternative& alternative,
                                    const std::vector<std::uint32_t>& counts) {
    std::uint32_t best = 0;
    std::uint32_t least = UINT32_MAX;
    for (const std::string& literal : alternative.literals)
        for (std::size_t at = 0; at + key_length <= literal.size(); ++at) {
            const std::uint32_t gram = gram_at(literal, at);
            if (counts[bucket_of(gram)] >= least) continue;
            least = counts[bucket_of(gram)];
            best = gram;
        }
    return best;
}

void Wordings::prepare() {
    std::vector<std::uint32_t> counts(bucket_count);
    for (const Alternative& alternative : alternatives_)
        for (const std::string& literal : alternative.literals)
            for (std::size_t at = 0; at + key_length <= literal.size(); ++at)
                ++counts[bucket_of(gram_at(literal, at))];
    keys_.clear();
    for (const Alternative& alternative : alternatives_)
        keys_.push_back({rarest_gram(alternative, counts), static_cast<std::uint32_t>(keys_.size())});
    std::stable_sort(keys_.begin(), keys_.end(),
                     [](const Key& a, const Key& b) { return bucket_of(a.gram) < bucket_of(b.gram); });
    buckets_.assign(bucket_count + 1, 0);
    for (const Key& key : keys_)
        ++buckets_[bucket_of(key.gram) + 1];
    for (std::size_t i = 1; i < buckets_.size(); ++i)
        buckets_[i] += buckets_[i - 1];
}

void Wordings::find(std::string_view text, const std::function<void(std::size_t, std::size_t)>& hit) const {
    std::vector<bool> tried(alternatives_.size()); // once each: a text full of one key stays linear
    std::uint32_t gram = 0;
    for (std::size_t i = 0; i < text.size(); ++i) {
        gram = gram << 8 | static_cast<unsigned char>(text[i]);
        if (i + 1 < key_length) continue;
        const std::size_t bucket = bucket_of(gram);
        for (std::size_t k = buckets_[bucket]; k < buckets_[bucket + 1]; ++k) {
            if (keys_[k].gram != gram || tried[keys_[k].alternative]) continue;
            tried[keys_[k].alternative] = true;
            const Alternative& alternative = alternatives_[keys_[k].alternative];
            if (occurs(alternative.literals, text)) hit(alternative.owner, alternative.length);
        }
    }
}

} // namespace relaytool::diagnosis
