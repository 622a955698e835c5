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

PolicyPtr Policies::Known::find(const dns::Name& domain) const {
    const auto found = policies.find(domain);
    return found == policies.end() ? nullptr : found->second;
}

PolicyPtr Policies::Known::read(const dns::Name& domain, const dns::AnswerPtr& answer) {
    if (PolicyPtr known = find(domain)) return known;
    auto policy = std::make_shared<const Policy>(read_policy(domain, answer));
    policies.emplace(domain, policy);
    order.push_back(domain);
    while (order.size() > capacity) {
        policies.erase(order.front());
        order.pop_front();
    }
    return policy;
}

void Policies::pretend(const dns::Name& domain, const std::string& record) {
    auto answer = std::make_shared<dns::Answer>();
    answer->status = dns::Status::answer;
    dns::Text text;
    for (std::size_t at = 0; at == 0 || at < record.size(); at += 255)
        text.strings.push_back(record.substr(at, 255));
    answer->records.push_back({0, std::move(text)});
    const auto known = known_->policies.find(domain);
    if (known != known_->policies.end())
        known->second = std::make_shared<const Policy>(read_policy(domain, answer));
    else
        known_->read(domain, answer);
}

PolicyPtr Policies::query(const dns::Name& domain) {
    if (PolicyPtr known = known_->find(domain)) return known;
    // A prefetch of the same domain may read it while this call waits.
    const dns::AnswerPtr answer = dns_->query({domain, dns::Type::txt});
    return known_->read(domain, answer);
}

void Policies::prefetch(const dns::Name& domain, std::function<void(const PolicyPtr&)> then) {
    if (const PolicyPtr known = known_->find(domain)) return then(known);
    dns_->prefetch({domain, dns::Type::txt},
                   [known = known_, domain, then = std::move(then)](const dns::AnswerPtr& answer) {
                       then(known->read(domain, answer));
                   });
}

} // namespace relaytool::spf
