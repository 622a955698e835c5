#include "domain/dmarc_walk.hpp"
#include "support/catch.hpp"
#include "support/fake_dns.hpp"

#include <string>
#include <vector>

using namespace relaytool;
using namespace relaytool::domain;
using relaytool::test::FakeDns;

namespace {

Dmarc look(FakeDns& dns, const std::string& domain, Existence existence = Existence::exists) {
    dns::Cache cache(dns);
    prefetch_dmarc(cache, FakeDns::name(domain));
    return look_at_dmarc(cache, FakeDns::name(domain), existence);
}

std::vector<std::string> walk(const std::string& domain) {
    std::vector<std::string> names;
    for (const dns::Name& name : walk_of(FakeDns::name(domain)))
        names.push_back(name.text());
    return names;
}

} // namespace

TEST_CASE("the walk up the tree asks at most eight names", "[domain][dmarc]") {
    CHECK(walk("example.com") == std::vector<std::string>{"example.com", "com"});
    CHECK(walk("com") == std::vector<std::string>{"com"});
    // Ten labels: from the tenth straight to the seventh.
    CHECK(walk("a.b.c.d.e.f.g.h.example.com") ==
          std::vector<std::string>{"a.b.c.d.e.f.g.h.example.com", "d.e.f.g.h.example.com",
                                   "e.f.g.h.example.com", "f.g.h.example.com", "g.h.example.com",
                                   "h.example.com", "example.com", "com"});
    CHECK(walk("1.2.3.4.5.6.7.8.9.10.11.12.13.14.15.16.17.18.19.20.com").size() == 8);
}

TEST_CASE("whose DMARC record holds", "[domain][dmarc]") {
    struct Row {
        const char* name;
        std::vector<std::pair<std::string, std::string>> records; ///< domain, text
        std::string domain;
        std::string source; ///< "" for none
        std::string organisation;
        std::string policy;
    };
    const std::vector<Row> rows = {
        {"its own",
         {{"example.com", "v=DMARC1; p=reject"}},
         "example.com",
         "example.com",
         "example.com",
         "reject"},
        {"none", {}, "a.example.com", "", "a.example.com", ""},
        {"inherited",
         {{"example.com", "v=DMARC1; p=reject"}},
         "a.b.example.com",
         "example.com",
         "example.com",
         "reject"},
        {"inherited, sp",
         {{"example.com", "v=DMARC1; p=reject; sp=none"}},
         "a.example.com",
         "example.com",
         "example.com",
         "none"},
        {"one in between is passed over",
         {{"b.example.com", "v=DMARC1; p=quarantine"}, {"example.com", "v=DMARC1; p=reject"}},
         "a.b.example.com",
         "example.com",
         "example.com",
         "reject"},
        {"psd=n in between is the organisation",
         {{"b.example.com", "v=DMARC1; p=quarantine; psd=n"}, {"example.com", "v=DMARC1; p=reject"}},
         "a.b.example.com",
         "b.example.com",
         "b.example.com",
         "quarantine"},
        {"a public suffix",
         {{"gov.test", "v=DMARC1; p=none; sp=reject; psd=y"}},
         "a.agency.gov.test",
         "gov.test",
         "agency.gov.test",
         "reject"},
        {"a public suffix above an organisation's own",
         {{"gov.test", "v=DMARC1; p=reject; psd=y"}, {"agency.gov.test", "v=DMARC1; p=none"}},
         "a.agency.gov.test",
         "agency.gov.test",
         "agency.gov.test",
         "none"},
        {"two records are none",
         {{"example.com", "v=DMARC1; p=none"}, {"example.com", "v=DMARC1; p=reject"}},
         "example.com",
         "",
         "example.com",
         ""},
        {"another text beside it",
         {{"example.com", "v=spf1 -all"}, {"example.com", "v=DMARC1; p=reject"}},
         "example.com",
         "example.com",
         "example.com",
         "reject"},
    };
    for (const Row& row : rows) {
        INFO(row.name);
        FakeDns dns;
        for (const auto& [domain, text] : row.records)
            dns.txt("_dmarc." + domain, text);
        const Dmarc dmarc = look(dns, row.domain);
        CHECK((dmarc.source ? dmarc.levels[*dmarc.source].domain.text() : "") == row.source);
        CHECK(dmarc.organisation.text() == row.organisation);
        CHECK((dmarc.policy ? to_string(*dmarc.policy) : "") == row.policy);
        CHECK(dns.rounds == 1);
    }
}

TEST_CASE("np holds for names that do not exist", "[domain][dmarc]") {
    FakeDns dns;
    dns.txt("_dmarc.example.com", "v=DMARC1; p=none; np=reject");
    CHECK(look(dns, "a.example.com").policy == Policy::none);
    CHECK(look(dns, "a.example.com", Existence::does_not_exist).policy == Policy::reject);
}

TEST_CASE("a failed look-up is no missing record", "[domain][dmarc]") {
    FakeDns dns;
    dns.breaks("_dmarc.example.com", dns::Type::txt, dns::Status::timeout);
    CHECK(look(dns, "example.com").failed());
    CHECK(look(dns, "a.example.com").failed());
    dns.txt("_dmarc.a.example.com", "v=DMARC1; p=none");
    CHECK_FALSE(look(dns, "a.example.com").failed());
    FakeDns suffix;
    suffix.breaks("_dmarc.com", dns::Type::txt, dns::Status::failure);
    CHECK_FALSE(look(suffix, "example.com").failed());
}

TEST_CASE("who may get reports", "[domain][dmarc]") {
    struct Row {
        std::string address;
        Authorisation authorisation;
    };
    const std::vector<Row> rows = {
        {"a@example.com", Authorisation::own},        {"a@mail.example.com", Authorisation::own},
        {"a@reports.example", Authorisation::given},  {"a@sloppy.example", Authorisation::missing},
        {"a@broken.example", Authorisation::unknown}, {"a@silent.example", Authorisation::missing},
    };
    for (const Row& row : rows) {
        INFO(row.address);
        FakeDns dns;
        dns.txt("_dmarc.example.com", "v=DMARC1; p=none; rua=mailto:" + row.address);
        dns.txt("example.com._report._dmarc.reports.example", "v=DMARC1;");
        dns.txt("example.com._report._dmarc.sloppy.example", "yes");
        dns.breaks("example.com._report._dmarc.broken.example", dns::Type::txt, dns::Status::failure);
        const Dmarc dmarc = look(dns, "example.com");
        REQUIRE(dmarc.destinations.size() == 1);
        CHECK(to_string(dmarc.destinations[0].authorisation) == to_string(row.authorisation));
        CHECK(dns.rounds <= 2);
    }
}
