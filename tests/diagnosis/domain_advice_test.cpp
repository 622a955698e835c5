#include "diagnosis/domain_verdict.hpp"
#include "support/catch.hpp"
#include "support/domain_world.hpp"
#include "support/fake_dns.hpp"

#include <algorithm>
#include <functional>
#include <string>
#include <utility>
#include <vector>

using namespace relaytool;
using namespace relaytool::diagnosis;
using namespace relaytool::test;
using relaytool::domain::Expect;

TEST_CASE("DMARC records to publish", "[diagnosis][domain]") {
    struct Row {
        const char* name;
        const char* domain;
        std::vector<std::pair<std::string, std::string>> texts;
        std::string id;
        std::string record;
    };
    const std::vector<Row> rows = {
        {"what a domain above says about subdomains is not repeated",
         "sub.contoso.com",
         {{"_dmarc.contoso.com", "v=DMARC1; p=reject; sp=none; np=reject; psd=n; rua=mailto:a@example.net"}},
         "domain-dmarc-none",
         "`v=DMARC1; p=quarantine`"},
        {"an address of the organisation needs no permission",
         "sub.contoso.com",
         {{"_dmarc.contoso.com", "v=DMARC1; p=none; rua=mailto:a@contoso.com"}},
         "domain-dmarc-none",
         "`v=DMARC1; p=quarantine; rua=mailto:a@contoso.com`"},
        {"an address without mailto is not repeated",
         "contoso.com",
         {{"_dmarc.contoso.com", "v=DMARC1; p=none; rua=a@contoso.com; adkim=s; x=1"}},
         "domain-dmarc-none",
         "`v=DMARC1; p=quarantine; adkim=s; rua=mailto:dmarc@contoso.com`"},
        {"an ignored record begins with none",
         "contoso.com",
         {{"_dmarc.contoso.com", "p=reject; sp=reject; v=DMARC1; rua=mailto:a@contoso.com"}},
         "domain-dmarc-ignored",
         "`v=DMARC1; p=none; rua=mailto:a@contoso.com`"},
    };
    for (const Row& row : rows) {
        INFO(row.name);
        FakeDns dns;
        dns.mx(row.domain, 10, "mx.example.net");
        for (const auto& [name, text] : row.texts)
            dns.txt(name, text);
        domain::Request request;
        request.domain = FakeDns::name(row.domain);
        const DomainVerdict verdict = judge(dns, request);
        const auto found = std::find_if(verdict.findings.begin(), verdict.findings.end(),
                                        [&](const Finding& finding) { return finding.id == row.id; });
        REQUIRE(found != verdict.findings.end());
        std::string steps;
        for (const std::string& step : found->steps)
            steps += step + '\n';
        INFO(steps);
        CHECK(steps.find(row.record) != std::string::npos);
        CHECK(steps.find("CNAME") == std::string::npos);
    }
}

TEST_CASE("an alias in place of the DMARC record", "[diagnosis][domain]") {
    FakeDns dns = good();
    dns.cname("_dmarc.contoso.com", "_dmarc.example.net");
    dns.txt("_dmarc.example.net", "v=DMARC1; p=none; rua=mailto:a@contoso.com");
    const DomainVerdict verdict = judge(dns);
    REQUIRE(ids(verdict) == Ids{"dmarc-none warning"});
    CHECK(verdict.findings[0].steps.at(0).find("_dmarc.example.net") != std::string::npos);
}

TEST_CASE("two DMARC records of a subdomain", "[diagnosis][domain]") {
    FakeDns dns;
    dns.mx("sub.contoso.com", 10, "mx.example.net");
    dns.address("mx.example.net", "192.0.2.25");
    dns.txt("sub.contoso.com", "v=spf1 mx -all");
    dns.txt("_dmarc.contoso.com", "v=DMARC1; p=none");
    dns.txt("_dmarc.sub.contoso.com", "v=DMARC1; p=none");
    dns.txt("_dmarc.sub.contoso.com", "v=DMARC1; p=reject");
    domain::Request request;
    request.domain = FakeDns::name("sub.contoso.com");
    CHECK(ids(judge(dns, request)) == Ids{"dmarc-several warning", "dkim-none-found info"});
}

TEST_CASE("nothing follows from a selector that did not answer", "[diagnosis][domain]") {
    FakeDns dns = good();
    for (const std::string selector : {"selector1", "selector2"}) {
        dns.aliases.erase(selector + "._domainkey.contoso.com");
        dns.breaks(selector + "._domainkey.contoso.com", dns::Type::txt, dns::Status::failure);
    }
    const DomainVerdict verdict = judge(dns);
    CHECK(ids(verdict) == Ids{"lookup-failed warning", "lookup-failed warning"});
    CHECK(verdict.could_not_tell);
    CHECK(verdict.facts.dkim.size() == 2);
    // The other one is really not there: still nothing to paste, and nothing about alignment.
    FakeDns half = good();
    half.aliases.erase("selector2._domainkey.contoso.com");
    half.aliases.erase("selector1._domainkey.contoso.com");
    half.breaks("selector1._domainkey.contoso.com", dns::Type::txt, dns::Status::failure);
    CHECK(ids(judge(half)) == Ids{"lookup-failed warning"});
}
