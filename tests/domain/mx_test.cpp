#include "domain/mx.hpp"
#include "support/catch.hpp"
#include "support/fake_dns.hpp"

#include <string>
#include <utility>
#include <vector>

using namespace relaytool;
using namespace relaytool::domain;
using relaytool::test::FakeDns;

namespace {

Mx look(FakeDns& dns) {
    dns::Cache cache(dns);
    prefetch_mx(cache, FakeDns::name("example.com"));
    return look_at_mx(cache, FakeDns::name("example.com"));
}

} // namespace

TEST_CASE("whose mail server a name is", "[domain][mx]") {
    struct Row {
        const char* host;
        MxOwner owner;
    };
    const std::vector<Row> rows = {
        {"contoso-com.mail.protection.outlook.com", MxOwner::microsoft},
        {"CONTOSO-COM.MAIL.PROTECTION.OUTLOOK.COM", MxOwner::microsoft},
        {"contoso-com.s-v1.mx.microsoft", MxOwner::microsoft_dnssec},
        {"mail.messaging.microsoft.com", MxOwner::microsoft_retired},
        {"mail.global.frontbridge.com", MxOwner::microsoft_retired},
        {"contoso-com.mail.eo.outlook.com", MxOwner::microsoft_retired},
        {"smtp.google.com", MxOwner::google},
        {"aspmx.l.google.com", MxOwner::google},
        {"alt4.aspmx.l.google.com", MxOwner::google},
        {"aspmx2.googlemail.com", MxOwner::google},
        {"mail.protection.outlook.com.example.net", MxOwner::other},
        {"notaspmx.l.google.com.evil.example", MxOwner::other},
        {"mx.example.com", MxOwner::other},
    };
    for (const Row& row : rows) {
        INFO(row.host);
        CHECK(owner_of_mx(FakeDns::name(row.host)) == row.owner);
    }
}

TEST_CASE("for which domain a Microsoft name was made", "[domain][mx]") {
    const auto made = [](const char* host, const char* domain) {
        return made_for(FakeDns::name(host), FakeDns::name(domain));
    };
    CHECK(made("contoso-com.mail.protection.outlook.com", "contoso.com") == MadeFor::domain);
    CHECK(made("contoso-com01b.mail.protection.outlook.com", "Contoso.com") == MadeFor::domain);
    CHECK(made("contoso-com.mail.protection.outlook.com", "mail.contoso.com") == MadeFor::parent);
    const std::vector<std::pair<const char*, const char*>> hyphens = {
        {"heigvd-ch01b", "heig-vd.ch"},  {"hsbboden-de0i", "hsb-boden.de"}, {"baseuk-org01b", "base-uk.org"},
        {"slegmbh-de0i", "sle-gmbh.de"}, {"senai-fr0i", "sen-ai.fr"},       {"sen-ai-fr", "sen-ai.fr"}};
    for (const auto& [label, domain] : hyphens) {
        INFO(label);
        CHECK(made((std::string(label) + ".mail.protection.outlook.com").c_str(), domain) == MadeFor::domain);
    }
    CHECK(made("abd-chocolate-com.mail.protection.outlook.com", "abd.ch") == MadeFor::other);
    CHECK(made("contoso-com-de.mail.protection.outlook.com", "contoso.com") == MadeFor::other);
    CHECK(made("fabrikam-com.mail.protection.outlook.com", "contoso.com") == MadeFor::other);
}

TEST_CASE("the way of mail to a domain", "[domain][mx]") {
    FakeDns dns;
    dns.mx("example.com", 20, "mx2.example.com");
    dns.mx("example.com", 10, "alias.example.com");
    dns.mx("example.com", 30, "192.0.2.1");
    dns.mx("example.com", 40, "gone.example.com");
    dns.mx("example.com", 50, "broken.example.com");
    dns.cname("alias.example.com", "real.example.com");
    dns.address("real.example.com", "192.0.2.25");
    dns.address("mx2.example.com", "2001:db8::25");
    dns.breaks("broken.example.com", dns::Type::a, dns::Status::timeout);
    const Mx mx = look(dns);
    REQUIRE(mx.hosts.size() == 5);
    CHECK(mx.hosts[0].name.text() == "alias.example.com");
    CHECK(mx.hosts[0].alias_of.text() == "real.example.com");
    CHECK(mx.hosts[0].addresses.size() == 1);
    CHECK(mx.hosts[1].addresses.size() == 1);
    CHECK(mx.hosts[2].is_address);
    CHECK(mx.hosts[3].has_no_address());
    CHECK(mx.hosts[4].failed());
    CHECK_FALSE(mx.hosts[4].has_no_address());
    CHECK(dns.rounds == 2);
}

TEST_CASE("domains without a mail server", "[domain][mx]") {
    FakeDns null;
    null.mx("example.com", 0, ".");
    CHECK(look(null).null_mx);
    CHECK(look(null).hosts.empty());
    FakeDns own;
    own.address("example.com", "192.0.2.80");
    CHECK(look(own).own_addresses.size() == 1);
    CHECK(look(own).total == 0);
    FakeDns nothing;
    CHECK_FALSE(look(nothing).domain_exists);
    FakeDns broken;
    broken.breaks("example.com", dns::Type::mx, dns::Status::failure);
    CHECK(look(broken).failed());
}

TEST_CASE("very many MX records are looked at in part", "[domain][mx]") {
    FakeDns dns;
    for (int i = 0; i < 200; ++i)
        dns.mx("example.com", 10, "mx" + std::to_string(i) + ".example.com");
    const Mx mx = look(dns);
    CHECK(mx.total == 200);
    CHECK(mx.hosts.size() == 20);
    CHECK(dns.asked.size() < 60);
}
