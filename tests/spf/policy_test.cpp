#include "spf/policy.hpp"
#include "support/spf_world.hpp"

using namespace relaytool;
using relaytool::test::FakeDns;
using relaytool::test::name;
using relaytool::test::SpfWorld;

TEST_CASE("a domain's record among its TXT records", "[spf][policy]") {
    struct Row {
        const char* name;
        std::vector<std::vector<std::string>> texts;
        std::size_t records;
        const char* record;
    };
    const std::vector<Row> rows = {
        {"one", {{"v=spf1 -all"}}, 1, "v=spf1 -all"},
        {"among others", {{"MS=ms1"}, {"v=spf1 -all"}, {"v=DMARC1"}}, 1, "v=spf1 -all"},
        {"strings are joined without a blank",
         {{"v=sp", "f1 ip4:192.0.", "2.1 -all"}},
         1,
         "v=spf1 ip4:192.0.2.1 -all"},
        {"upper case", {{"V=SPF1 -ALL"}}, 1, "V=SPF1 -ALL"},
        {"another version", {{"v=spf10 -all"}, {"v=spf2.0/pra"}}, 0, ""},
        {"two", {{"v=spf1 -all"}, {"v=spf1 +all"}}, 2, "v=spf1 -all"},
        {"none", {{"hello"}}, 0, ""},
        {"empty strings", {{"", "v=spf1", "", " -all"}}, 1, "v=spf1 -all"},
    };
    for (const Row& row : rows) {
        INFO(row.name);
        FakeDns dns;
        for (const std::vector<std::string>& strings : row.texts)
            dns.txt("example.com", strings);
        const spf::PolicyPtr policy = SpfWorld(dns).policies.query(name("example.com"));
        CHECK(policy->records == row.records);
        CHECK(policy->record.text == row.record);
        CHECK(policy->has_record() == (row.records == 1));
        CHECK(policy->other_records.size() == (row.records > 1 ? row.records - 1 : 0));
    }
}

TEST_CASE("each domain is asked for once", "[spf][policy]") {
    FakeDns dns;
    dns.txt("example.com", "v=spf1 -all");
    SpfWorld world(dns);
    spf::PolicyPtr early;
    world.policies.prefetch(name("example.com"), [&](const spf::PolicyPtr& policy) { early = policy; });
    CHECK(early == nullptr);
    const spf::PolicyPtr policy = world.policies.query(name("EXAMPLE.com"));
    CHECK(early == policy);
    bool at_once = false;
    world.policies.prefetch(name("example.com"),
                            [&](const spf::PolicyPtr& known) { at_once = known == policy; });
    CHECK(at_once);
    CHECK(dns.asked.size() == 1);
}

TEST_CASE("a record that is not published yet", "[spf][policy]") {
    FakeDns dns;
    dns.txt("example.com", "v=spf1 +all");
    SpfWorld world(dns);
    const std::string text = "v=spf1" + std::string(300, ' ') + "-all";
    world.policies.pretend(name("example.com"), text);
    const spf::PolicyPtr policy = world.policies.query(name("Example.com"));
    CHECK(policy->record.text == text);
    CHECK(policy->strings.size() == 2);
    CHECK(policy->has_record());
    CHECK(dns.asked.empty());
    world.policies.pretend(name("example.com"), "v=spf1 ~all"); // whatever was known before
    CHECK(world.policies.query(name("example.com"))->record.text == "v=spf1 ~all");
    world.policies.pretend(name("none.example"), "");
    CHECK(world.policies.query(name("none.example"))->records == 0);
}
