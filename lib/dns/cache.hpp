#pragma once

#include "dns/resolver.hpp"

#include <chrono>
#include <cstddef>
#include <deque>
#include <functional>
#include <memory>
#include <unordered_map>
#include <vector>

namespace relaytool::dns {

using AnswerPtr = std::shared_ptr<const Answer>;

/// What evaluators ask: a resolver with the memory of one run. A question is asked once, however often it is
/// wanted; questions that are known to be wanted soon go out ahead, so that look-ups are in flight together.
class Cache {
public:
    /// At most `capacity` finished answers are kept; the oldest go first.
    explicit Cache(Resolver& resolver, std::size_t capacity = 20'000);

    /// The answer, waited for if need be.
    AnswerPtr query(const Question& question);

    /// Starts a look-up without waiting. `then` is called once with the answer: now when it is known already,
    /// else from inside a later query(). It may call prefetch(), not query().
    void prefetch(const Question& question, std::function<void(const AnswerPtr&)> then = {});

    /// Waits until `ready()` is true, as answers come in; returns at once when nothing is outstanding.
    void wait_until(const std::function<bool()>& ready);

    /// Time spent waiting in query() and wait_until() so far.
    std::chrono::nanoseconds waited() const { return waited_; }
    /// Questions that went to the resolver so far.
    std::size_t asked() const { return asked_; }

private:
    struct Entry {
        AnswerPtr answer; ///< null while it is outstanding
        std::vector<std::function<void(const AnswerPtr&)>> waiting;
    };
    struct Hash {
        std::size_t operator()(const Question& question) const {
            return question.name.hash() * 31 + static_cast<std::size_t>(question.type);
        }
    };
    using Entries = std::unordered_map<Question, std::shared_ptr<Entry>, Hash>;

    std::shared_ptr<Entry> start(const Question& question);
    void finish(const Question& question, Entry& entry, Answer answer);

    Resolver& resolver_;
    std::size_t capacity_;
    Entries entries_;
    std::deque<Question> finished_; ///< in the order they were answered
    std::size_t outstanding_ = 0;
    std::size_t asked_ = 0;
    std::chrono::nanoseconds waited_{0};
};

} // namespace relaytool::dns
