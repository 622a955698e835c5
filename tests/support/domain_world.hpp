#pragma once

#include "diagnosis/domain_verdict.hpp"
#include "support/fake_dns.hpp"

#include <string>
#include <vector>

/// Made-up domains for the tests of judge_domain.
namespace relaytool::test {

using namespace relaytool::diagnosis;

inline const std::string rsa_1024 =
    "MIGfMA0GCSqGSIb3DQEBAQUAA4GNADCBiQKBgQCmioleAZ0FIQ9aASuubedSOUb6YhTQtoHzZqfR72VuCIAeD/WR53pdqPRoj/l4UbcjXtM5JcaeC1md"
    "NQoPXMjNvkoP1zku7ZlGMQ2shPQ0Z3y/N2Edt18U83ACE/lcTclS6K2G946Usw3YKKslG+BBJCwf8lwmaoV4pc1IcfTwgQIDAQAB";
inline const std::string ed25519 = "v=DKIM1; k=ed25519; p=11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo=";

inline DomainVerdict judge(FakeDns& dns, domain::Request request = {}) {
    if (request.domain.is_root()) request.domain = FakeDns::name("contoso.com");
    dns::Cache cache(dns);
    return judge_domain(domain::look_at(cache, request, {}));
}

/// contoso.com as it should be at Microsoft 365.
inline FakeDns good() {
    FakeDns dns;
    dns.mx("contoso.com", 0, "contoso-com.mail.protection.outlook.com");
    dns.address("contoso-com.mail.protection.outlook.com", "52.101.68.16");
    dns.txt("contoso.com", "v=spf1 include:spf.protection.outlook.com -all");
    dns.txt("spf.protection.outlook.com", "v=spf1 ip4:40.107.0.0/16 -all");
    dns.txt("_spf.google.com", "v=spf1 ip4:209.85.128.0/17 ~all");
    dns.txt("_dmarc.contoso.com", "v=DMARC1; p=reject; rua=mailto:dmarc@contoso.com");
    for (const char* selector : {"selector1", "selector2"}) {
        const std::string target = std::string(selector) + "-contoso-com._domainkey.contoso.onmicrosoft.com";
        dns.cname(std::string(selector) + "._domainkey.contoso.com", target);
        dns.txt(target, ed25519);
    }
    dns.cname("autodiscover.contoso.com", "autodiscover.outlook.com");
    dns.address("autodiscover.outlook.com", "52.97.200.1");
    return dns;
}

/// The findings' ids and severities, without `domain-` in front.
inline std::vector<std::string> ids(const DomainVerdict& verdict) {
    std::vector<std::string> found;
    for (const Finding& finding : verdict.findings)
        found.push_back(finding.id.substr(finding.id.find('-') + 1) + " " +
                        std::string(to_string(finding.severity)));
    return found;
}

using Ids = std::vector<std::string>;

} // namespace relaytool::test
