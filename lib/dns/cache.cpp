#include "dns/cache.hpp"

#include <utility>

namespace relaytool::dns {

Cache::Cache(Resolver& resolver, std::size_t capacity) : resolver_(resolver), capacity_(capacity) {}

std::shared_ptr<Cache::Entry> Cache::start(const Question& question) {
    const auto [place, is_new] = entries_.try_emplace(question);
    if (!is_new) return place->second;
    auto entry = std::make_shared<Entry>();
    place->second = entry;
    ++outstanding_;
    ++asked_;
    resolver_.ask(question,
                  [this, question, entry](Answer answer) { finish(question, *entry, std::move(answer)); });
    return entry;
}

void Cache::finish(const Question& question, Entry& entry, Answer answer) {
    --outstanding_;
    entry.answer = std::make_shared<const Answer>(std::move(answer));
    finished_.push_back(question);
    while (finished_.size() > capacity_) {
        entries_.erase(finished_.front());
        finished_.pop_front();
    }
    const AnswerPtr known = entry.answer;
    for (const auto& then : std::exchange(entry.waiting, {}))
        then(known);
}

AnswerPtr Cache::query(const Question& question) {
    const std::shared_ptr<Entry> entry = start(question);
    while (!entry->answer)
        waited_ += resolver_.wait();
    return entry->answer;
}

void Cache::prefetch(const Question& question, std::function<void(const AnswerPtr&)> then) {
    const std::shared_ptr<Entry> entry = start(question);
    if (!then) return;
    if (entry->answer)
        then(AnswerPtr(entry->answer));
    else
        entry->waiting.push_back(std::move(then));
}

void Cache::wait_until(const std::function<bool()>& ready) {
    while (!ready() && outstanding_ > 0)
        waited_ += resolver_.wait();
}

} // namespace relaytool::dns
