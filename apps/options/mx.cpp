#include "options/mx.hpp"

#include "dns/idn.hpp"
#include "domain/mx.hpp"

namespace relaytool::cli {

Result<std::vector<smtp::Target>> mx_targets(const std::string& domain, const smtp::Target& base,
                                             const DnsOptions& dns, Context& context) {
    const auto name = dns::name_from_input(domain);
    if (!name) return tl::unexpected(Error{domain, name.error().why});
    const auto resolver = open_dns(dns, context);
    if (!resolver) return tl::unexpected(resolver.error());
    dns::Cache cache(**resolver);
    domain::prefetch_mx(cache, *name);
    const domain::Mx mx = domain::look_at_mx(cache, *name);
    if (mx.failed())
        return tl::unexpected(Error{domain, "the look-up of its MX records failed: " + mx.detail});
    if (mx.null_mx) return tl::unexpected(Error{domain, "takes no mail: it has a null MX (RFC 7505)"});
    std::vector<smtp::Target> targets;
    for (const domain::MxHost& host : mx.hosts) {
        if (host.addresses.empty()) continue;
        targets.push_back(base);
        targets.back().host = host.name.text();
        targets.back().addresses = host.addresses;
    }
    if (mx.hosts.empty() && !mx.own_addresses.empty()) {
        targets.push_back(base);
        targets.back().host = name->text();
        targets.back().addresses = mx.own_addresses;
    }
    if (targets.empty())
        return tl::unexpected(Error{domain, "has no mail server: no MX record leads to an address"});
    return targets;
}

} // namespace relaytool::cli
