#pragma once

#include "dns/cache.hpp"
#include "spf/record.hpp"

#include <deque>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

namespace relaytool::spf {

/// What a domain publishes about SPF: the outcome of RFC 7208 sections 4.4 and 4.5.
struct Policy {
    dns::Name domain;
    dns::AnswerPtr answer;                  ///< of the TXT look-up
    std::size_t records = 0;                ///< SPF records among the TXT records: exactly one is right
    Record record;                          ///< the first of them
    std::vector<std::string> other_records; ///< the rest of them
    std::vector<std::string> strings;       ///< the first one as it is split in the DNS

    bool has_record() const { return records == 1; }
};

using PolicyPtr = std::shared_ptr<const Policy>;

/// Fetches and reads records, each domain's once in a run. Copies share what they know; answers may come
/// after the last of them is gone.
class Policies {
public:
    explicit Policies(dns::Cache& dns) : dns_(&dns), known_(std::make_shared<Known>()) {}

    /// For `domain` this record counts as its only TXT record, whatever the DNS says: a record not published
    /// yet.
    void pretend(const dns::Name& domain, const std::string& record);

    PolicyPtr query(const dns::Name& domain);

    /// Starts the look-up; `then` is called once the record is there, see dns::Cache::prefetch().
    void prefetch(const dns::Name& domain, std::function<void(const PolicyPtr&)> then);

    dns::Cache& dns() { return *dns_; }

private:
    struct Known {
        std::unordered_map<dns::Name, PolicyPtr> policies;
        std::deque<dns::Name> order; ///< in which they became known: the oldest are forgotten first

        /// The policy of that domain, or null.
        PolicyPtr find(const dns::Name& domain) const;
        /// What the answer says, unless the domain became known in the meantime.
        PolicyPtr read(const dns::Name& domain, const dns::AnswerPtr& answer);
    };

    dns::Cache* dns_;
    std::shared_ptr<Known> known_;
};

} // namespace relaytool::spf
