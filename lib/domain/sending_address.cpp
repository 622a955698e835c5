#include "domain/sending_address.hpp"

#include "domain/mx.hpp"
#include "domain/text_records.hpp"

#include <algorithm>

namespace relaytool::domain {
namespace {

constexpr std::size_t most_names = 10; // RFC 7208 section 5.5 looks at ten, too

dns::Question question_of(const ip::Address& address) {
    return {dns::Name::from_text(ip::reverse_name(address)).value_or(dns::Name{}), dns::Type::ptr};
}

dns::Type type_for(const ip::Address& address) {
    return address.family() == ip::Family::v4 ? dns::Type::a : dns::Type::aaaa;
}

} // namespace

void prefetch_sending_address(dns::Cache& cache, const ip::Address& address) {
    cache.prefetch(question_of(address), [&cache, type = type_for(address)](const dns::AnswerPtr& answer) {
        std::size_t count = 0;
        for (const dns::Name* name : answer->all<dns::Name>())
            if (++count <= most_names) cache.prefetch({*name, type});
    });
}

SendingAddress look_at_sending_address(dns::Cache& cache, const ip::Address& address,
                                       const dns::Name& domain) {
    SendingAddress found{.address = address, .is_private = ip::is_private(address)};
    const dns::AnswerPtr answer = cache.query(question_of(address));
    found.status = answer->status;
    for (const dns::Name* name : answer->all<dns::Name>()) {
        if (found.names.size() == most_names) break;
        found.names.push_back(*name);
        const dns::AnswerPtr forward = cache.query({*name, type_for(address)});
        const auto addresses = forward->all<ip::Address>();
        if (std::any_of(addresses.begin(), addresses.end(),
                        [&](const ip::Address* each) { return *each == address; }))
            found.confirmed.push_back(*name);
        found.could_not_confirm = found.could_not_confirm || forward->failed();
    }
    spf::Policies policies(cache);
    const std::string name = lower_text(domain);
    found.spf =
        spf::evaluate(policies,
                      {.ip = address, .domain = name, .sender_local = "postmaster", .sender_domain = name})
            .verdict;
    return found;
}

} // namespace relaytool::domain
