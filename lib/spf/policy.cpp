#include "spf/policy.hpp"

#include <utility>

namespace relaytool::spf {
namespace {

constexpr std::size_t capacity = 20'000;

Policy read_policy(const dns::Name& domain, dns::AnswerPtr answer) {
    Policy policy;
    policy.domain = domain;
    for (const dns::Text* text : answer->all<dns::Text>()) {
        std::string joined = text->joined(); // RFC 7208 section 3.3
        if (!is_record(joined)) continue;    // RFC 7208 section 4.5
        if (++policy.records > 1) {
            policy.other_records.push_back(std::move(joined));
            continue;
        }
        policy.record = read_record(joined);
        policy.strings = text->strings;
    }
    policy.answer = std::move(answer);
    return policy;
}

} // namespace

PolicyPtr Policies::read(const dns::Name& domain, const dns::AnswerPtr& answer) {
    auto policy = std::make_shared<const Policy>(read_policy(domain, answer));
    if (known_.emplace(domain, policy).second) order_.push_back(domain);
    while (order_.size() > capacity) {
        known_.erase(order_.front());
        order_.pop_front();
    }
    return policy;
}

void Policies::pretend(const dns::Name& domain, std::string record) {
    auto answer = std::make_shared<dns::Answer>();
    answer->status = dns::Status::answer;
    dns::Text text;
    for (std::size_t at = 0; at == 0 || at < record.size(); at += 255)
        text.strings.push_back(record.substr(at, 255));
    answer->records.push_back({0, std::move(text)});
    read(domain, answer);
}

PolicyPtr Policies::query(const dns::Name& domain) {
    const auto found = known_.find(domain);
    if (found != known_.end()) return found->second;
    const dns::AnswerPtr answer = dns_.query({domain, dns::Type::txt});
    // A prefetch of the same domain may have read it while this call waited.
    const auto now_known = known_.find(domain);
    return now_known != known_.end() ? now_known->second : read(domain, answer);
}

void Policies::prefetch(const dns::Name& domain, std::function<void(const PolicyPtr&)> then) {
    const auto found = known_.find(domain);
    if (found != known_.end()) return then(PolicyPtr(found->second));
    dns_.prefetch({domain, dns::Type::txt},
                  [this, domain, then = std::move(then)](const dns::AnswerPtr& answer) {
                      const auto known = known_.find(domain);
                      then(known != known_.end() ? known->second : read(domain, answer));
                  });
}

} // namespace relaytool::spf
