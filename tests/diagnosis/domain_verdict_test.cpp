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

TEST_CASE("a domain as it should be", "[diagnosis][domain]") {
    FakeDns dns = good();
    const DomainVerdict verdict = judge(dns);
    CHECK(ids(verdict) == Ids{});
    CHECK(verdict.is_good());
    CHECK(verdict.facts.expect == Expect::o365);
    CHECK(dns.rounds <= 3);
}

TEST_CASE("what is wrong with a domain", "[diagnosis][domain]") {
    struct Row {
        const char* name;
        std::function<void(FakeDns&)> change;
        Ids found;
    };
    const std::string txt_1 = "contoso.com";
    const auto dmarc = [](const std::string& text) {
        return [text](FakeDns& dns) {
            dns.data.erase({"_dmarc.contoso.com", dns::Type::txt});
            dns.txt("_dmarc.contoso.com", text);
        };
    };
    const auto spf = [](const std::string& text) {
        return [text](FakeDns& dns) {
            dns.data.erase({"contoso.com", dns::Type::txt});
            if (!text.empty()) dns.txt("contoso.com", text);
        };
    };
    const auto mx = [](const std::string& host, std::uint16_t preference = 10) {
        return [host, preference](FakeDns& dns) {
            dns.mx("contoso.com", preference, host);
            if (host != ".") dns.address(host, "192.0.2.25");
        };
    };
    const std::vector<Row> rows = {
        {"a second mail service", mx("mx.example.net"), {"mx-mixed error"}},
        {"a filter in front",
         [&](FakeDns& dns) {
             dns.data.erase({"contoso.com", dns::Type::mx});
             mx("mx.filter.example", 10)(dns);
             mx("contoso-com.mail.protection.outlook.com", 20)(dns);
         },
         {"mx-around-filter warning"}},
        {"a retired host", mx("mail.global.frontbridge.com"), {"mx-retired error"}},
        {"both Microsoft forms", mx("contoso-com.s-v1.mx.microsoft"), {"mx-several-microsoft warning"}},
        {"another tenant's name",
         [&](FakeDns& dns) {
             dns.data.erase({"contoso.com", dns::Type::mx});
             mx("fabrikam-com.mail.protection.outlook.com")(dns);
         },
         {"mx-other-name warning"}},
        {"a DKIM target with the MX host's name",
         [&](FakeDns& dns) {
             dns.data.erase({"contoso.com", dns::Type::mx});
             mx("contoso-com01b.mail.protection.outlook.com")(dns);
             for (const std::string selector : {"selector1", "selector2"}) {
                 const std::string target = selector + "-contoso-com01b._domainkey.x.onmicrosoft.com";
                 dns.cname(selector + "._domainkey.contoso.com", target);
                 dns.txt(target, ed25519);
             }
         },
         {}},
        {"one selector is a copy, the other not published",
         [](FakeDns& dns) {
             dns.aliases.erase("selector1._domainkey.contoso.com");
             dns.aliases.erase("selector2._domainkey.contoso.com");
             dns.txt("selector1._domainkey.contoso.com", ed25519);
         },
         {"dkim-copied-key warning", "dkim-microsoft-half warning"}},
        {"null MX beside others", mx("."), {"mx-null-with-others error"}},
        {"the same host twice",
         mx("contoso-com.mail.protection.outlook.com", 20),
         {"mx-several-microsoft warning", "mx-double info"}},
        {"no SPF", spf(""), {"no-record error", "dmarc-dkim-only info"}},
        {"two SPF records",
         [](FakeDns& dns) { dns.txt("contoso.com", "v=spf1 -all"); },
         {"two-records error", "dmarc-dkim-only info"}},
        {"SPF without Microsoft",
         spf("v=spf1 ip4:192.0.2.1 -all"),
         {"microsoft-missing error", "dmarc-dkim-only info"}},
        {"no DKIM",
         [](FakeDns& dns) {
             dns.aliases.erase("selector1._domainkey.contoso.com");
             dns.aliases.erase("selector2._domainkey.contoso.com");
         },
         {"dkim-microsoft-missing warning", "dmarc-spf-only warning"}},
        {"selector2 not published",
         [](FakeDns& dns) { dns.aliases.erase("selector2._domainkey.contoso.com"); },
         {"dkim-microsoft-half warning"}},
        {"selector2 before its rotation",
         [](FakeDns& dns) {
             dns.data.erase({"selector2-contoso-com._domainkey.contoso.onmicrosoft.com", dns::Type::txt});
         },
         {"dkim-not-rotated info"}},
        {"both selectors dangle",
         [](FakeDns& dns) {
             dns.data.erase({"selector1-contoso-com._domainkey.contoso.onmicrosoft.com", dns::Type::txt});
             dns.data.erase({"selector2-contoso-com._domainkey.contoso.onmicrosoft.com", dns::Type::txt});
         },
         {"dkim-dangling error", "dkim-dangling error", "dmarc-spf-only warning"}},
        {"selectors mixed up",
         [](FakeDns& dns) {
             dns.cname("selector1._domainkey.contoso.com",
                       "selector2-contoso-com._domainkey.contoso.onmicrosoft.com");
         },
         {"dkim-wrong-target error"}},
        {"a copied key",
         [](FakeDns& dns) {
             dns.aliases.erase("selector1._domainkey.contoso.com");
             dns.txt("selector1._domainkey.contoso.com", "v=DKIM1; p=" + rsa_1024);
         },
         {"dkim-short-key warning", "dkim-copied-key warning"}},
        {"no DMARC",
         [](FakeDns& dns) {
             dns.data.erase({"_dmarc.contoso.com", dns::Type::txt});
         },
         {"dmarc-missing error"}},
        {"DMARC with commas", dmarc("v=DMARC1, p=reject"), {"dmarc-ignored error"}},
        {"DMARC in quotes", dmarc("\"v=DMARC1; p=reject\""), {"dmarc-ignored error"}},
        {"DMARC at the domain itself",
         [](FakeDns& dns) {
             dns.data.erase({"_dmarc.contoso.com", dns::Type::txt});
             dns.txt("contoso.com", "v=DMARC1; p=reject");
         },
         {"dmarc-misplaced error"}},
        {"DMARC below a doubled name",
         [](FakeDns& dns) {
             dns.data.erase({"_dmarc.contoso.com", dns::Type::txt});
             dns.txt("_dmarc.contoso.com.contoso.com", "v=DMARC1; p=reject");
         },
         {"dmarc-misplaced error"}},
        {"two DMARC records",
         [](FakeDns& dns) { dns.txt("_dmarc.contoso.com", "v=DMARC1; p=none"); },
         {"dmarc-several error"}},
        {"p=none", dmarc("v=DMARC1; p=none; rua=mailto:a@contoso.com"), {"dmarc-none warning"}},
        {"p=none without reports",
         dmarc("v=DMARC1; p=none"),
         {"dmarc-none warning", "dmarc-no-reports warning"}},
        {"no p", dmarc("v=DMARC1; rua=mailto:a@contoso.com"), {"dmarc-no-p warning"}},
        {"bad p", dmarc("v=DMARC1; p=block"), {"dmarc-bad-policy error"}},
        {"bad p with reports",
         dmarc("v=DMARC1; p=block; rua=mailto:a@contoso.com"),
         {"dmarc-bad-policy error"}},
        {"lower case", dmarc("v=dmarc1; p=none"), {"dmarc-ignored error"}},
        {"order", dmarc("p=reject; v=DMARC1"), {"dmarc-ignored error"}},
        {"pct=0", dmarc("v=DMARC1; p=reject; pct=0; rua=mailto:a@contoso.com"), {"dmarc-pct warning"}},
        {"pct=100", dmarc("v=DMARC1; p=reject; pct=100; rua=mailto:a@contoso.com"), {"dmarc-historic info"}},
        {"weak sp",
         dmarc("v=DMARC1; p=reject; sp=none; rua=mailto:a@contoso.com"),
         {"dmarc-weak-subdomains warning"}},
        {"test mode", dmarc("v=DMARC1; p=reject; t=y; rua=mailto:a@contoso.com"), {"dmarc-testing warning"}},
        {"foreign reports",
         dmarc("v=DMARC1; p=reject; rua=mailto:a@example.net"),
         {"dmarc-foreign-reports warning"}},
        {"no mailto", dmarc("v=DMARC1; p=reject; rua=a@contoso.com"), {"dmarc-bad-report-address warning"}},
        {"size limit", dmarc("v=DMARC1; p=reject; rua=mailto:a@contoso.com!10m"), {"dmarc-size-limit info"}},
        {"odd tags",
         dmarc("v=DMARC1; p=reject; rua=mailto:a@contoso.com; x=1; adkim=z"),
         {"dmarc-odd-tags warning"}},
        {"strict", dmarc("v=DMARC1; p=reject; adkim=s; rua=mailto:a@contoso.com"), {"dmarc-strict info"}},
        {"no autodiscover",
         [](FakeDns& dns) { dns.aliases.erase("autodiscover.contoso.com"); },
         {"autodiscover-missing warning"}},
        {"autodiscover elsewhere",
         [](FakeDns& dns) { dns.cname("autodiscover.contoso.com", "old.example.net"); },
         {"autodiscover-elsewhere warning"}},
        {"sip elsewhere",
         [](FakeDns& dns) { dns.address("sip.contoso.com", "192.0.2.5"); },
         {"office-record warning"}},
        {"a wildcard answers for every name",
         [](FakeDns& dns) {
             for (const char* label : {"*", "sip", "lyncdiscover", "msoid", "enterpriseregistration"})
                 dns.address(std::string(label) + ".contoso.com", "192.0.2.80");
         },
         {}},
        {"a key of another service",
         [](FakeDns& dns) {
             dns.aliases.erase("selector1._domainkey.contoso.com");
             dns.aliases.erase("selector2._domainkey.contoso.com");
             dns.txt("k1._domainkey.contoso.com", ed25519);
         },
         {"dkim-microsoft-missing warning", "dmarc-spf-only warning"}},
        {"a mistyped organisation in one selector",
         [](FakeDns& dns) {
             dns.cname("selector1._domainkey.contoso.com",
                       "selector1-contoso-com._domainkey.cnotoso.onmicrosoft.com");
         },
         {"dkim-dangling error"}},
        {"msoid",
         [](FakeDns& dns) { dns.cname("msoid.contoso.com", "clientconfig.microsoftonline-p.net"); },
         {"msoid info"}},
        {"broken TLS-RPT",
         [](FakeDns& dns) { dns.txt("_smtp._tls.contoso.com", "v=TLSRPTv1"); },
         {"tls-rpt-broken warning"}},
        {"BIMI",
         [](FakeDns& dns) { dns.txt("default._bimi.contoso.com", "v=BIMI1; l=https://x.example/l.svg; a="); },
         {"bimi-no-certificate info"}},
        {"MTA-STS, offline",
         [](FakeDns& dns) {
             dns.txt("_mta-sts.contoso.com", "v=STSv1; id=1");
             dns.address("mta-sts.contoso.com", "192.0.2.81");
         },
         {"tls-rpt-missing info"}},
        {"MTA-STS without a web server",
         [](FakeDns& dns) { dns.txt("_mta-sts.contoso.com", "v=STSv1; id=1"); },
         {"mta-sts-unreachable error", "tls-rpt-missing info"}},
    };
    for (const Row& row : rows) {
        INFO(row.name);
        FakeDns dns = good();
        row.change(dns);
        const DomainVerdict verdict = judge(dns);
        CHECK(ids(verdict) == row.found);
        CHECK_FALSE(verdict.could_not_tell);
        for (const Finding& finding : verdict.findings) {
            INFO(finding.id);
            CHECK(finding.category != Category::unknown); // the row exists
            std::string words = finding.title + finding.cause;
            for (const std::string& step : finding.steps)
                words += step;
            CHECK(words.find('<') == std::string::npos); // every placeholder was filled
        }
    }
}

TEST_CASE("what could not be found out is not missing", "[diagnosis][domain]") {
    struct Row {
        const char* owner;
        dns::Type type;
        bool matters;
    };
    const std::vector<Row> rows = {
        {"contoso.com", dns::Type::mx, true},
        {"contoso.com", dns::Type::txt, true},
        {"_dmarc.contoso.com", dns::Type::txt, true},
        {"contoso-com.mail.protection.outlook.com", dns::Type::a, true},
        {"_mta-sts.contoso.com", dns::Type::txt, false},
        {"autodiscover.outlook.com", dns::Type::a, false},
        {"google._domainkey.contoso.com", dns::Type::txt, false},
        {"selector1-contoso-com._domainkey.contoso.onmicrosoft.com", dns::Type::txt, true},
    };
    for (const Row& row : rows) {
        INFO(row.owner);
        FakeDns dns = good();
        dns.breaks(row.owner, row.type, dns::Status::timeout);
        domain::Request request;
        request.expect = Expect::o365;
        const DomainVerdict verdict = judge(dns, request);
        CHECK(verdict.could_not_tell == row.matters);
        CHECK(verdict.count(Severity::error) == 0);
    }
}

TEST_CASE("what a domain is measured against", "[diagnosis][domain]") {
    struct Row {
        const char* name;
        std::function<void(FakeDns&)> make;
        Expect expect;
    };
    const std::vector<Row> rows = {
        {"Microsoft's MX", [](FakeDns& dns) { dns.mx("contoso.com", 0, "x.s-v1.mx.microsoft"); },
         Expect::o365},
        {"Google's MX", [](FakeDns& dns) { dns.mx("contoso.com", 1, "smtp.google.com"); }, Expect::google},
        {"MS= alone", [](FakeDns& dns) { dns.txt("contoso.com", "MS=ms12345678"); }, Expect::o365},
        {"MS= behind a filter",
         [](FakeDns& dns) {
             dns.txt("contoso.com", "MS=ms12345678");
             dns.mx("contoso.com", 10, "mx.filter.example");
         },
         Expect::o365_direct},
        {"null MX",
         [](FakeDns& dns) {
             dns.mx("contoso.com", 0, ".");
             dns.txt("contoso.com", "MS=ms12345678");
         },
         Expect::any},
        {"nothing", [](FakeDns& dns) { dns.mx("contoso.com", 10, "mx.example.net"); }, Expect::any},
    };
    for (const Row& row : rows) {
        INFO(row.name);
        FakeDns dns;
        row.make(dns);
        CHECK(to_string(judge(dns).facts.expect) == to_string(row.expect));
    }
}

TEST_CASE("expectations of the user", "[diagnosis][domain]") {
    FakeDns dns;
    dns.mx("contoso.com", 10, "mx.example.net");
    dns.address("mx.example.net", "192.0.2.25");
    const auto has = [&](Expect expect, const std::string& id) {
        domain::Request request;
        request.expect = expect;
        const Ids found = ids(judge(dns, request));
        return std::find(found.begin(), found.end(), id) != found.end();
    };
    CHECK(has(Expect::o365, "mx-not-microsoft error"));
    CHECK_FALSE(has(Expect::o365_direct, "mx-not-microsoft error"));
    CHECK(has(Expect::o365_direct, "dkim-microsoft-missing warning"));
    FakeDns filtered = good();
    filtered.data.erase({"contoso.com", dns::Type::mx});
    filtered.mx("contoso.com", 10, "mx.filter.example");
    filtered.mx("contoso.com", 20, "contoso-com.mail.protection.outlook.com");
    filtered.address("mx.filter.example", "192.0.2.26");
    domain::Request direct;
    direct.expect = Expect::o365_direct;
    CHECK(ids(judge(filtered, direct)) == Ids{"mx-around-filter warning"});
    CHECK(has(Expect::google, "mx-not-google error"));
    CHECK(has(Expect::google, "dkim-google-missing warning"));
    CHECK_FALSE(has(Expect::any, "dkim-google-missing warning"));
    dns.data.erase({"contoso.com", dns::Type::mx});
    dns.mx("contoso.com", 0, ".");
    CHECK(has(Expect::o365, "mx-null error"));
    CHECK_FALSE(has(Expect::o365_direct, "mx-null error"));
    CHECK(has(Expect::o365_direct, "no-record error")); // of SPF
}

TEST_CASE("domains without mail", "[diagnosis][domain]") {
    FakeDns parked;
    parked.mx("contoso.com", 0, ".");
    parked.txt("contoso.com", "v=spf1 -all");
    parked.txt("_dmarc.contoso.com", "v=DMARC1; p=reject");
    CHECK(judge(parked).is_good());
    FakeDns open;
    open.mx("contoso.com", 0, ".");
    CHECK(ids(judge(open)) == Ids{"dmarc-parked error", "spf-parked warning"});
    FakeDns sender; // a newsletter domain
    sender.mx("contoso.com", 0, ".");
    sender.txt("contoso.com", "v=spf1 ip4:192.0.2.1 -all");
    sender.txt("_dmarc.contoso.com", "v=DMARC1; p=quarantine; rua=mailto:a@contoso.com");
    const DomainVerdict sends = judge(sender);
    CHECK(ids(sends) == Ids{"mx-null-sends warning", "dkim-none-found info", "dmarc-spf-only info"});
    FakeDns nothing;
    CHECK(ids(judge(nothing)) == Ids{"not-in-dns error"});
}

TEST_CASE("wanted selectors and sending addresses", "[diagnosis][domain]") {
    FakeDns dns = good();
    dns.ptr("192.0.2.1", "good.example.com");
    dns.address("good.example.com", "192.0.2.1");
    dns.ptr("192.0.2.2", "liar.example.com");
    domain::Request request;
    request.selectors = {"mine", "selector1"};
    for (const char* text : {"192.0.2.1", "192.0.2.2", "192.0.2.3", "10.0.0.1"})
        request.addresses.push_back(ip::read_address(text).value());
    CHECK(ids(judge(dns, request)) ==
          Ids{"dkim-selector-missing error", "sender-spf error", "sender-not-confirmed error",
              "sender-spf error", "sender-no-name error", "sender-spf error", "sender-private warning"});
    request.addresses = {ip::read_address("40.107.1.2").value()};
    request.selectors = {};
    dns.ptr("40.107.1.2", "out.example.com");
    dns.address("out.example.com", "40.107.1.2");
    const DomainVerdict microsoft = judge(dns, request);
    CHECK(ids(microsoft) == Ids{});
    CHECK(microsoft.records.back().record == "SPF 40.107.1.2");
    CHECK(microsoft.records.back().found == "pass");
}

TEST_CASE("the table has a line for each record", "[diagnosis][domain]") {
    FakeDns dns = good();
    const DomainVerdict verdict = judge(dns);
    Ids names;
    for (const CheckedRecord& record : verdict.records)
        names.push_back(record.record + " " + std::string(to_string(record.verdict)));
    CHECK(names == Ids{"MX ok", "SPF ok", "DKIM selector1 ok", "DKIM selector2 ok", "DMARC ok",
                       "MTA-STS absent", "TLS-RPT absent", "DNSSEC, DANE absent", "autodiscover ok"});
}
