#include "probe/resolve.hpp"

#include "base/ascii.hpp"
#include "dns/idn.hpp"

#include <algorithm>

namespace relaytool::probe {
namespace {

/// Names that the DNS does not have (RFC 6761 section 6.3, RFC 6762 section 3), and those without a dot.
bool is_local_name(const std::string& host) {
    return host.find('.') == std::string::npos || ascii::iends_with(host, ".localhost") ||
           ascii::iends_with(host, ".local");
}

/// One of each family in turn, so that both are among the first ones.
std::vector<ip::Address> interleaved(const dns::Answer& v4, const dns::Answer& v6) {
    const auto first = v4.all<ip::Address>();
    const auto second = v6.all<ip::Address>();
    std::vector<ip::Address> result;
    for (std::size_t i = 0; i < std::max(first.size(), second.size()); ++i) {
        if (i < first.size()) result.push_back(*first[i]);
        if (i < second.size()) result.push_back(*second[i]);
    }
    if (result.size() > most_addresses) result.resize(most_addresses);
    return result;
}

} // namespace

bool Resolution::failed() const {
    const auto is_failure = [](dns::Status status) {
        return status == dns::Status::failure || status == dns::Status::timeout;
    };
    return addresses.empty() && (is_failure(v4) || is_failure(v6));
}

Resolution resolve(const smtp::Target& target, dns::Cache* dns) {
    Resolution resolution;
    if (const auto address = ip::read_address(target.host)) {
        resolution.source = AddressSource::literal;
        resolution.addresses = {*address};
        resolution.total = 1;
        return resolution;
    }
    if (!target.addresses.empty()) { // of an MX record
        resolution.source = AddressSource::dns;
        resolution.addresses = target.addresses;
        resolution.total = target.addresses.size();
        return resolution;
    }
    const auto name = dns::name_from_input(target.host);
    // Behind a proxy it is the proxy that looks names up.
    if (dns == nullptr || !name || is_local_name(target.host) || !target.proxy.empty()) return resolution;
    const dns::Question v4{*name, dns::Type::a};
    const dns::Question v6{*name, dns::Type::aaaa};
    dns->prefetch(v4);
    dns->prefetch(v6);
    const dns::AnswerPtr first = dns->query(v4);
    const dns::AnswerPtr second = dns->query(v6);
    resolution.v4 = first->status;
    resolution.v6 = second->status;
    resolution.detail = first->detail.empty() ? second->detail : first->detail;
    for (const dns::Name& alias : first->aliases.empty() ? second->aliases : first->aliases)
        resolution.aliases.push_back(alias.text());
    dns::Answer none;
    const bool wants_v4 = target.family != smtp::IpFamily::v6;
    const bool wants_v6 = target.family != smtp::IpFamily::v4;
    resolution.total = (wants_v4 ? first->records.size() : 0) + (wants_v6 ? second->records.size() : 0);
    resolution.addresses = interleaved(wants_v4 ? *first : none, wants_v6 ? *second : none);
    if (!resolution.addresses.empty()) resolution.source = AddressSource::dns;
    return resolution;
}

} // namespace relaytool::probe
