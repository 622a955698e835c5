#include "domain/facts.hpp"

#include <array>
#include <tuple>
#include <utility>

namespace relaytool::domain {
namespace {

constexpr std::array<std::pair<Expect, std::string_view>, 4> names{{
    {Expect::any, "any"},
    {Expect::o365, "o365"},
    {Expect::o365_direct, "o365-direct"},
    {Expect::google, "google"},
}};

bool is_google(MxOwner owner) {
    return owner == MxOwner::google;
}
bool is_any_microsoft(MxOwner owner) {
    return is_microsoft(owner) || owner == MxOwner::microsoft_retired;
}

/// What the records themselves point at. With another filter in front of Microsoft's, only sending counts.
std::pair<Expect, ExpectSource> guess(const Facts& facts) {
    if (facts.takes_no_mail()) return {Expect::any, ExpectSource::null_mx};
    if (facts.mx.has_owner(is_any_microsoft)) return {Expect::o365, ExpectSource::mx};
    if (facts.mx.has_owner(is_google)) return {Expect::google, ExpectSource::mx};
    const Expect microsoft = facts.mx.hosts.empty() ? Expect::o365 : Expect::o365_direct;
    if (spf::has_microsoft_proof(facts.spf.tree)) return {microsoft, ExpectSource::proof};
    if (facts.spf.includes(*spf::provider_by_id("o365"))) return {microsoft, ExpectSource::spf};
    return {Expect::any, ExpectSource::no_reason};
}

} // namespace

std::string_view to_string(Expect expect) {
    for (const auto& [value, name] : names)
        if (value == expect) return name;
    return "";
}

std::optional<Expect> expect_from(std::string_view word) {
    for (const auto& [value, name] : names)
        if (name == word) return value;
    return std::nullopt;
}

void prefetch(dns::Cache& cache, const Request& request) {
    prefetch_mx(cache, request.domain);
    prefetch_spf(cache, request.domain);
    prefetch_dmarc(cache, request.domain);
    prefetch_dkim(cache, request.domain, request.selectors);
    prefetch_mta_sts(cache, request.domain);
    prefetch_tls_rpt(cache, request.domain);
    prefetch_bimi(cache, request.domain);
    prefetch_dane(cache, request.domain);
    prefetch_office(cache, request.domain);
    for (const ip::Address& address : request.addresses)
        prefetch_sending_address(cache, address);
}

Facts look_at(dns::Cache& cache, const Request& request, const StsSource& sts) {
    prefetch(cache, request);
    Facts facts;
    facts.domain = request.domain;
    facts.mx = look_at_mx(cache, request.domain);
    facts.spf = look_at_spf(cache, request.domain);
    std::tie(facts.expect, facts.expect_source) =
        request.expect ? std::pair{*request.expect, ExpectSource::asked} : guess(facts);
    facts.dmarc = look_at_dmarc(cache, request.domain,
                                facts.is_missing() ? Existence::does_not_exist : Existence::exists);
    facts.dkim = look_at_dkim(cache, request.domain, request.selectors, facts.mx.microsoft_label());
    facts.tls_rpt = look_at_tls_rpt(cache, request.domain);
    facts.bimi = look_at_bimi(cache, request.domain);
    facts.dane = look_at_dane(cache, request.domain, facts.mx);
    if (facts.sends_by_microsoft()) facts.office = look_at_office(cache, request.domain);
    for (const ip::Address& address : request.addresses)
        facts.addresses.push_back(look_at_sending_address(cache, address, request.domain));
    // Last: the web server is asked only when the DNS has said everything.
    facts.mta_sts = look_at_mta_sts(cache, request.domain, facts.mx, sts);
    return facts;
}

} // namespace relaytool::domain
