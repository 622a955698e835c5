#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace relaytool::diagnosis {

/// Finds which of many wordings occur in a text, in one pass over it. See Pattern::text for their form.
class Wordings {
public:
    /// `text` lists alternatives; `owner` comes back with each hit.
    void add(std::string_view text, std::size_t owner);

    /// To be called once, behind the last add() and before find().
    void prepare();

    /// Calls `hit(owner, length)` for every alternative that occurs in `text`, which must be in lower case
    /// with white space folded; `length` is the number of literal characters that matched.
    void find(std::string_view text,
              const std::function<void(std::size_t owner, std::size_t length)>& hit) const;

private:
    struct Alternative {
        std::vector<std::string> literals;
        std::size_t owner;
        std::size_t length;
    };
    /// Four bytes of an alternative; it is looked at only where they stand in the text.
    struct Key {
        std::uint32_t gram;
        std::uint32_t alternative;
    };

    static std::uint32_t rarest_gram(const Alternative& alternative,
                                     const std::vector<std::uint32_t>& counts);

    std::vector<Alternative> alternatives_;
    std::vector<Key> keys_;              ///< by bucket
    std::vector<std::uint32_t> buckets_; ///< where each bucket begins in keys_
};

} // namespace relaytool::diagnosis
