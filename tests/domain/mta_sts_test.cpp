#include "domain/mta_sts.hpp"
#include "support/catch.hpp"
#include "support/fake_dns.hpp"
#include "support/fake_web.hpp"

#include <string>
#include <vector>

using namespace relaytool;
using namespace relaytool::domain;
using relaytool::test::FakeDns;
using relaytool::test::FakeWeb;

namespace {

const std::string url = "https://mta-sts.example.com/.well-known/mta-sts.txt";
const std::string good_policy =
    "version: STSv1\r\nmode: enforce\r\nmx: mx.example.com\r\nmax_age: 604800\r\n";

FakeDns published(const std::string& record) {
    FakeDns dns;
    dns.txt("_mta-sts.example.com", record);
    dns.address("mta-sts.example.com", "192.0.2.81");
    dns.mx("example.com", 10, "mx.example.com");
    dns.address("mx.example.com", "192.0.2.25");
    return dns;
}

MtaSts look(FakeDns& dns, const StsSource& source) {
    dns::Cache cache(dns);
    const Mx mx = look_at_mx(cache, FakeDns::name("example.com"));
    return look_at_mta_sts(cache, FakeDns::name("example.com"), mx, source);
}

} // namespace

TEST_CASE("MTA-STS policies", "[domain][mta-sts]") {
    struct Row {
        const char* name;
        std::string text;
        StsPolicyFault fault;
    };
    const std::vector<Row> rows = {
        {"good", good_policy, StsPolicyFault::none},
        {"LF, unknown keys", "version: STSv1\nmode: testing\nmx: *.example.com\nmax_age: 1\nfuture: x\n",
         StsPolicyFault::none},
        {"no line end", "version: STSv1\nmode: none\nmax_age: 86400", StsPolicyFault::none},
        {"nothing", "", StsPolicyFault::bad_version},
        {"a web page", "<html>", StsPolicyFault::bad_version},
        {"no mode", "version: STSv1\nmx: a.example.com\nmax_age: 1\n", StsPolicyFault::bad_mode},
        {"another mode", "version: STSv1\nmode: enforced\nmx: a.example.com\nmax_age: 1\n",
         StsPolicyFault::bad_mode},
        {"no mx", "version: STSv1\nmode: enforce\nmax_age: 1\n", StsPolicyFault::no_mx},
        {"no host name", "version: STSv1\nmode: enforce\nmx: a b\nmax_age: 1\n", StsPolicyFault::bad_mx},
        {"no age", "version: STSv1\nmode: enforce\nmx: a.example.com\n", StsPolicyFault::bad_max_age},
        {"age of text", "version: STSv1\nmode: enforce\nmx: a.example.com\nmax_age: long\n",
         StsPolicyFault::bad_max_age},
        {"age above a year", "version: STSv1\nmode: enforce\nmx: a.example.com\nmax_age: 31557601\n",
         StsPolicyFault::bad_max_age},
    };
    for (const Row& row : rows) {
        INFO(row.name);
        CHECK(to_string(read_sts_policy(row.text).fault) == to_string(row.fault));
    }
}

TEST_CASE("what a policy's mx covers", "[domain][mta-sts]") {
    struct Row {
        const char* pattern;
        const char* host;
        bool covers;
    };
    const std::vector<Row> rows = {
        {"mx.example.com", "MX.example.com", true},
        {"mx.example.com", "mx2.example.com", false},
        {"*.example.com", "mx.example.com", true},
        {"*.example.com", "a.mx.example.com", false},
        {"*.example.com", "example.com", false},
        {"*.mail.protection.outlook.com", "contoso-com.mail.protection.outlook.com", true},
        {"*.mx.microsoft", "contoso-com.s-v1.mx.microsoft", false},
        {"", "mx.example.com", false},
        {"*.", "mx.example.com", false},
    };
    for (const Row& row : rows) {
        INFO(row.pattern << " " << row.host);
        CHECK(sts_covers(row.pattern, FakeDns::name(row.host)) == row.covers);
    }
}

TEST_CASE("MTA-STS records", "[domain][mta-sts]") {
    struct Row {
        std::string record;
        StsRecordFault fault;
        bool wanted;
    };
    const std::vector<Row> rows = {
        {"v=STSv1; id=20260101T000000;", StsRecordFault::none, true},
        {"v=STSv1; id=", StsRecordFault::bad_id, true},
        {"v=STSv1", StsRecordFault::no_id, true},
        {"v=STSv1; id=2026-01-01", StsRecordFault::bad_id, true},
        {"v=STSv1; id=" + std::string(33, '1'), StsRecordFault::bad_id, true},
        {"v=spf1 -all", StsRecordFault::none, false},
    };
    for (const Row& row : rows) {
        INFO(row.record);
        FakeDns dns = published(row.record);
        const MtaSts sts = look(dns, {});
        CHECK(sts.fault == row.fault);
        CHECK(sts.is_wanted() == row.wanted);
        CHECK(to_string(sts.fetch) == (row.wanted ? "offline" : "not-needed"));
    }
    FakeDns two = published("v=STSv1; id=1");
    two.txt("_mta-sts.example.com", "v=STSv1; id=2");
    CHECK(look(two, {}).fault == StsRecordFault::several);
}

TEST_CASE("how the policy is fetched", "[domain][mta-sts]") {
    FakeDns dns = published("v=STSv1; id=1");
    FakeWeb web;
    CHECK(look(dns, {&web, {}}).fetch == StsFetch::failed);
    web.pages[url] = {301, "", "", false};
    CHECK(look(dns, {&web, {}}).fetch == StsFetch::refused);
    web.pages[url] = {200, "text/plain", good_policy, false};
    MtaSts sts = look(dns, {&web, {}});
    CHECK(sts.fetch == StsFetch::fetched);
    CHECK(sts.uncovered.empty());
    dns.mx("example.com", 20, "mx2.example.com");
    sts = look(dns, {&web, {}});
    CHECK(sts.uncovered == std::vector<std::string>{"mx2.example.com"});
    FakeDns nowhere;
    nowhere.txt("_mta-sts.example.com", "v=STSv1; id=1");
    CHECK(look(nowhere, {&web, {}}).fetch == StsFetch::no_host);
    FakeDns nothing;
    sts = look(nothing, {&web, good_policy});
    CHECK(sts.fetch == StsFetch::given);
    CHECK(sts.policy.has_value());
}

TEST_CASE("of doubled fields of a policy the first counts", "[domain][mta-sts]") {
    const StsPolicy policy = read_sts_policy("version: STSv1\nmode: enforce\nmode: none\nmx: a.example.com\n"
                                             "max_age: 604800\nmax_age: x\n");
    CHECK(policy.fault == StsPolicyFault::none);
    CHECK(policy.mode == StsMode::enforce);
    CHECK(policy.max_age == 604800);
}
