#include "domain/dane.hpp"

#include "domain/text_records.hpp"

#include <algorithm>

namespace relaytool::domain {
namespace {

constexpr std::size_t most_hosts = 20;
constexpr std::size_t most_records = 20;
constexpr std::size_t most_zones = 5; ///< zone cuts that are looked for above one name

/// The names whose zone may hold `name`, nearest first; the top-level domain is none of them.
std::vector<dns::Name> zones_of(dns::Name name) {
    std::vector<dns::Name> names;
    for (; name.label_count() > 1 && names.size() < most_zones; name = name.parent())
        names.push_back(name);
    return names;
}

void prefetch_zones(dns::Cache& cache, const dns::Name& name) {
    for (const dns::Name& zone : zones_of(name)) {
        cache.prefetch({zone, dns::Type::soa});
        cache.prefetch({zone, dns::Type::dnskey});
    }
}

/// Whether the zone that holds `name` publishes a key. The zone is the nearest name with a SOA record.
bool zone_has_key(dns::Cache& cache, const dns::Name& name) {
    for (const dns::Name& zone : zones_of(name)) {
        const dns::AnswerPtr soa = cache.query({zone, dns::Type::soa});
        if (soa->status != dns::Status::answer || !soa->aliases.empty()) continue;
        return cache.query({zone, dns::Type::dnskey})->status == dns::Status::answer;
    }
    return false;
}

dns::Name tlsa_name(const dns::Name& host) {
    return name_below(host, "_25._tcp");
}

} // namespace

bool Dane::has_records() const {
    return std::any_of(hosts.begin(), hosts.end(),
                       [](const DaneHost& host) { return !host.records.empty(); });
}

void prefetch_dane(dns::Cache& cache, const dns::Name& domain) {
    prefetch_zones(cache, domain);
    cache.prefetch({domain, dns::Type::mx}, [&cache](const dns::AnswerPtr& answer) {
        std::size_t count = 0;
        for (const dns::Mx* mx : answer->all<dns::Mx>()) {
            if (mx->exchange.is_root() || ++count > most_hosts) continue;
            cache.prefetch({tlsa_name(mx->exchange), dns::Type::tlsa});
            prefetch_zones(cache, mx->exchange);
        }
    });
}

Dane look_at_dane(dns::Cache& cache, const dns::Name& domain, const Mx& mx) {
    Dane dane;
    dane.domain_is_signed = mx.is_signed || zone_has_key(cache, domain);
    for (const MxHost& host : mx.hosts) {
        if (host.is_address) continue;
        const dns::AnswerPtr answer = cache.query({tlsa_name(host.name), dns::Type::tlsa});
        DaneHost found{.host = host.name, .status = answer->status};
        for (const dns::Tlsa* record : answer->all<dns::Tlsa>()) {
            if (found.records.size() == most_records) break;
            found.records.push_back(*record);
            if (record->usage == 2 || record->usage == 3) ++found.usable;
        }
        found.is_signed = answer->authenticated || zone_has_key(cache, host.name);
        dane.hosts.push_back(std::move(found));
    }
    return dane;
}

} // namespace relaytool::domain
