#pragma once

#include "dns/zone.hpp"

#include <cstddef>
#include <deque>
#include <memory>

namespace relaytool::dns {

/// Master files in front of another resolver: what they cover comes from them, everything else from behind.
/// Chains of aliases go from one to the other: records can be tried before they are published.
class Layered final : public Resolver {
public:
    Layered(ZoneResolver front, std::unique_ptr<Resolver> behind);

    void ask(const Question& question, std::function<void(Answer)> done) override;
    std::chrono::nanoseconds wait() override;

private:
    /// A question on its way, with the aliases so far.
    struct Journey {
        Question question;
        std::vector<Name> aliases;
        std::function<void(Answer)> done;
    };

    void go_on(const std::shared_ptr<Journey>& journey, const Name& name);
    void came_back(const std::shared_ptr<Journey>& journey, Answer answer);
    void arrive(Journey& journey, Answer answer);

    ZoneResolver front_;
    std::unique_ptr<Resolver> behind_;
    std::deque<std::pair<std::function<void(Answer)>, Answer>> ready_;
};

} // namespace relaytool::dns
