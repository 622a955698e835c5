#include "domain/mx.hpp"

#include "base/ascii.hpp"
#include "domain/text_records.hpp"

#include <algorithm>
#include <array>

namespace relaytool::domain {
namespace {

constexpr std::size_t most_hosts = 20;
constexpr std::size_t most_addresses = 32;

void look_up_addresses(dns::Cache& cache, MxHost& host) {
    const dns::AnswerPtr v4 = cache.query({host.name, dns::Type::a});
    const dns::AnswerPtr v6 = cache.query({host.name, dns::Type::aaaa});
    host.a = v4->status;
    host.aaaa = v6->status;
    for (const dns::AnswerPtr& answer : {v4, v6})
        for (const ip::Address* address : answer->all<ip::Address>())
            if (host.addresses.size() < most_addresses) host.addresses.push_back(*address);
    if (!v4->aliases.empty())
        host.alias_of = v4->aliases.front();
    else if (!v6->aliases.empty())
        host.alias_of = v6->aliases.front();
}

bool is_failure(dns::Status status) {
    return status == dns::Status::failure || status == dns::Status::timeout;
}

} // namespace

MxOwner owner_of_mx(const dns::Name& host) {
    const std::string text = lower_text(host);
    static constexpr std::array<std::string_view, 2> retired{"mail.messaging.microsoft.com",
                                                             "mail.global.frontbridge.com"};
    if (text.ends_with(".mail.protection.outlook.com")) return MxOwner::microsoft;
    if (text.ends_with(".mx.microsoft")) return MxOwner::microsoft_dnssec;
    if (text.ends_with(".mail.eo.outlook.com") ||
        std::find(retired.begin(), retired.end(), text) != retired.end())
        return MxOwner::microsoft_retired;
    if (text == "smtp.google.com" || text == "aspmx.l.google.com" || text.ends_with(".aspmx.l.google.com") ||
        (text.starts_with("aspmx") && text.ends_with(".googlemail.com")))
        return MxOwner::google;
    return MxOwner::other;
}

bool is_microsoft(MxOwner owner) {
    return owner == MxOwner::microsoft || owner == MxOwner::microsoft_dnssec;
}

std::string dashed(const dns::Name& domain) {
    std::string text = lower_text(domain);
    std::replace(text.begin(), text.end(), '.', '-');
    return text;
}

bool is_label_of(std::string_view label, const dns::Name& domain) {
    constexpr std::size_t longest_suffix = 6; // "01be2e"
    std::string bare = lower_text(domain);
    bare.erase(std::remove(bare.begin(), bare.end(), '-'), bare.end());
    std::replace(bare.begin(), bare.end(), '.', '-');
    const std::string lower = ascii::to_lower(label);
    const auto matches = [&](const std::string& form) {
        if (!lower.starts_with(form)) return false;
        const std::string_view suffix = std::string_view(lower).substr(form.size());
        return suffix.size() <= longest_suffix &&
               std::all_of(suffix.begin(), suffix.end(), [](char c) { return ascii::is_alnum(c); });
    };
    return matches(dashed(domain)) || matches(bare);
}

MadeFor made_for(const dns::Name& host, const dns::Name& domain) {
    const std::string label = host.label_count() == 0 ? "" : ascii::to_lower(host.label(0));
    if (is_label_of(label, domain)) return MadeFor::domain;
    for (dns::Name above = domain.parent(); above.label_count() > 1; above = above.parent())
        if (is_label_of(label, above)) return MadeFor::parent;
    return MadeFor::other;
}

bool MxHost::failed() const {
    return addresses.empty() && (is_failure(a) || is_failure(aaaa));
}

bool Mx::has_owner(bool (*is_owner)(MxOwner)) const {
    return std::any_of(hosts.begin(), hosts.end(), [&](const MxHost& host) { return is_owner(host.owner); });
}

std::string Mx::microsoft_label() const {
    const auto found =
        std::find_if(hosts.begin(), hosts.end(), [](const MxHost& host) { return is_microsoft(host.owner); });
    return found == hosts.end() ? std::string{} : ascii::to_lower(found->name.label(0));
}

void prefetch_mx(dns::Cache& cache, const dns::Name& domain) {
    cache.prefetch({domain, dns::Type::a});
    cache.prefetch({domain, dns::Type::aaaa});
    cache.prefetch({domain, dns::Type::mx}, [&cache](const dns::AnswerPtr& answer) {
        std::size_t count = 0;
        for (const dns::Mx* mx : answer->all<dns::Mx>()) {
            if (mx->exchange.is_root() || ++count > most_hosts) continue;
            cache.prefetch({mx->exchange, dns::Type::a});
            cache.prefetch({mx->exchange, dns::Type::aaaa});
        }
    });
}

Mx look_at_mx(dns::Cache& cache, const dns::Name& domain) {
    const dns::AnswerPtr answer = cache.query({domain, dns::Type::mx});
    Mx mx;
    mx.status = answer->status;
    mx.detail = answer->detail;
    mx.is_signed = answer->authenticated;
    std::vector<const dns::Mx*> records = answer->all<dns::Mx>();
    mx.total = records.size();
    std::stable_sort(records.begin(), records.end(),
                     [](const dns::Mx* a, const dns::Mx* b) { return a->preference < b->preference; });
    for (const dns::Mx* record : records) {
        if (record->exchange.is_root()) mx.null_mx = true;
        if (record->exchange.is_root() || mx.hosts.size() == most_hosts) continue;
        MxHost host;
        host.preference = record->preference;
        host.name = record->exchange;
        host.owner = owner_of_mx(host.name);
        host.is_address = ip::read_address(host.name.text()).has_value();
        if (!host.is_address) look_up_addresses(cache, host);
        mx.hosts.push_back(std::move(host));
    }
    for (const dns::Type type : {dns::Type::a, dns::Type::aaaa}) {
        const dns::AnswerPtr own = cache.query({domain, type});
        for (const ip::Address* address : own->all<ip::Address>())
            if (mx.own_addresses.size() < most_addresses) mx.own_addresses.push_back(*address);
        mx.domain_exists = mx.domain_exists || own->status != dns::Status::no_name;
    }
    mx.domain_exists = mx.domain_exists || answer->status != dns::Status::no_name;
    return mx;
}

} // namespace relaytool::domain
