#include "dns/layered.hpp"

#include "dns/message.hpp"

#include <algorithm>
#include <utility>

namespace relaytool::dns {

Layered::Layered(ZoneResolver front, std::unique_ptr<Resolver> behind)
    : front_(std::move(front)), behind_(std::move(behind)) {}

void Layered::ask(const Question& question, std::function<void(Answer)> done) {
    auto journey = std::make_shared<Journey>();
    journey->question = question;
    journey->done = std::move(done);
    go_on(journey, question.name);
}

void Layered::go_on(const std::shared_ptr<Journey>& journey, const Name& name) {
    const Question question{name, journey->question.type};
    if (!front_.covers(question)) {
        behind_->ask(question, [this, journey](Answer answer) { came_back(journey, std::move(answer)); });
        return;
    }
    Answer answer = front_.look_up(question);
    const bool leads_out =
        answer.is_void() && !answer.aliases.empty() && !front_.covers({answer.aliases.back(), question.type});
    if (!leads_out) return arrive(*journey, std::move(answer));
    journey->aliases.insert(journey->aliases.end(), answer.aliases.begin(), answer.aliases.end());
    const Name target = journey->aliases.back();
    behind_->ask({target, question.type},
                 [this, journey](Answer found) { came_back(journey, std::move(found)); });
}

void Layered::came_back(const std::shared_ptr<Journey>& journey, Answer answer) {
    const auto covered = std::find_if(answer.aliases.begin(), answer.aliases.end(), [&](const Name& alias) {
        return front_.covers({alias, journey->question.type});
    });
    if (covered == answer.aliases.end()) return arrive(*journey, std::move(answer));
    journey->aliases.insert(journey->aliases.end(), answer.aliases.begin(), covered + 1);
    if (journey->aliases.size() > longest_alias_chain) {
        answer = Answer{};
        answer.status = Status::failure;
        answer.rcode = 2;
        answer.detail = "too many CNAME records in a row";
        return arrive(*journey, std::move(answer));
    }
    go_on(journey, Name(journey->aliases.back()));
}

void Layered::arrive(Journey& journey, Answer answer) {
    answer.aliases.insert(answer.aliases.begin(), journey.aliases.begin(), journey.aliases.end());
    ready_.emplace_back(std::move(journey.done), std::move(answer));
}

std::chrono::nanoseconds Layered::wait() {
    const auto waited = ready_.empty() ? behind_->wait() : std::chrono::nanoseconds(0);
    for (auto& [done, answer] : std::exchange(ready_, {}))
        done(std::move(answer));
    return waited;
}

} // namespace relaytool::dns
