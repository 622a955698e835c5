#include "domain/dkim.hpp"
#include "domain/public_key.hpp"
#include "support/catch.hpp"
#include "support/fake_dns.hpp"

#include <string>
#include <vector>

using namespace relaytool;
using namespace relaytool::domain;
using relaytool::test::FakeDns;

namespace {

const std::string rsa_1024 =
    "MIGfMA0GCSqGSIb3DQEBAQUAA4GNADCBiQKBgQCmioleAZ0FIQ9aASuubedSOUb6YhTQtoHzZqfR72VuCIAeD/WR53pdqPRoj/l4UbcjXtM5JcaeC1md"
    "NQoPXMjNvkoP1zku7ZlGMQ2shPQ0Z3y/N2Edt18U83ACE/lcTclS6K2G946Usw3YKKslG+BBJCwf8lwmaoV4pc1IcfTwgQIDAQAB";
const std::string rsa_512 =
    "MFwwDQYJKoZIhvcNAQEBBQADSwAwSAJBANsuZQM1kHMNCTbB8gAx31tehI1Dv49Fe9mBV9f0Oke4sKuFr2akBHdV9zXSmqmc7ZKxKQNYvOvm10lyI6iYp"
    "+ECAwEAAQ==";
const std::string ed25519 = "11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo=";

dns::Name name(const std::string& text) {
    return FakeDns::name(text);
}

std::vector<DkimSelector> look(FakeDns& dns, const std::vector<std::string>& wanted = {}) {
    dns::Cache cache(dns);
    prefetch_dkim(cache, name("contoso.com"), wanted);
    return look_at_dkim(cache, name("contoso.com"), wanted);
}

} // namespace

TEST_CASE("DKIM key records", "[domain][dkim]") {
    struct Row {
        const char* name;
        std::string text;
        KeyFault fault;
        unsigned bits;
    };
    const std::vector<Row> rows = {
        {"1024 bits", "v=DKIM1; k=rsa; p=" + rsa_1024, KeyFault::none, 1024},
        {"512 bits", "v=DKIM1; k=rsa; p=" + rsa_512, KeyFault::none, 512},
        {"ed25519", "v=DKIM1; k=ed25519; p=" + ed25519, KeyFault::none, 256},
        {"ed25519 of the wrong length", "v=DKIM1; k=ed25519; p=AAAA", KeyFault::bad_key, 256},
        {"no version", "k=rsa; p=" + rsa_1024, KeyFault::none, 1024},
        {"no type", "p=" + rsa_1024, KeyFault::none, 1024},
        {"Microsoft's note behind it", "v=DKIM1; k=rsa; p=" + rsa_1024 + "; n=2048,1736339200,1",
         KeyFault::none, 1024},
        {"blanks", "v=DKIM1; p=" + rsa_1024.substr(0, 50) + " \t" + rsa_1024.substr(50), KeyFault::none,
         1024},
        {"no padding", "v=DKIM1; p=" + rsa_512.substr(0, rsa_512.size() - 2), KeyFault::none, 512},
        {"revoked", "v=DKIM1; p=", KeyFault::revoked, 0},
        {"revoked, blank", "v=DKIM1; p= ", KeyFault::revoked, 0},
        {"no p", "v=DKIM1; k=rsa", KeyFault::no_key, 0},
        {"cut off", "v=DKIM1; p=MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8A", KeyFault::bad_key, 0},
        {"cut off inside a group", "v=DKIM1; p=MIIBI", KeyFault::bad_base64, 0},
        {"foreign signs", "v=DKIM1; p=MIIB\"IjAN", KeyFault::bad_base64, 0},
        {"quotes of the panel", "v=DKIM1; p=\\\"" + rsa_1024, KeyFault::bad_base64, 0},
        {"another version", "v=DKIM2; p=" + rsa_1024, KeyFault::bad_version, 1024},
        {"version not in front", "k=rsa; v=DKIM1; p=" + rsa_1024, KeyFault::bad_version, 1024},
        {"another type", "v=DKIM1; k=dsa; p=AAAA", KeyFault::unknown_type, 0},
        {"not for mail", "v=DKIM1; s=tlsrpt; p=" + rsa_1024, KeyFault::not_for_mail, 1024},
        {"for all services", "v=DKIM1; s=*; p=" + rsa_1024, KeyFault::none, 1024},
    };
    for (const Row& row : rows) {
        INFO(row.name);
        const DkimKey key = read_dkim_key(row.text);
        CHECK(to_string(key.fault) == to_string(row.fault));
        CHECK(key.bits == row.bits);
    }
}

TEST_CASE("the octets of a DKIM key", "[domain][dkim]") {
    CHECK(read_dkim_key("v=DKIM1; k=ed25519; p=" + ed25519).octets.size() == 32);
    CHECK(read_dkim_key("p= AA AA").octets == std::string(3, '\0'));
    CHECK(read_dkim_key("p=A").octets.empty());
    CHECK(read_dkim_key("p=").octets.empty());
}

TEST_CASE("flags of a DKIM key", "[domain][dkim]") {
    CHECK(read_dkim_key("v=DKIM1; t=y; p=" + rsa_1024).testing);
    CHECK(read_dkim_key("v=DKIM1; t=y:s; p=" + rsa_1024).strict);
    CHECK_FALSE(read_dkim_key("v=DKIM1; p=" + rsa_1024).testing);
    CHECK(read_dkim_key("v=DKIM1; h=sha1; p=" + rsa_1024).sha1_only);
    CHECK_FALSE(read_dkim_key("v=DKIM1; h=sha1:sha256; p=" + rsa_1024).sha1_only);
    CHECK(read_dkim_key("v=DKIM1; p=AA AA").has_white_space);
}

TEST_CASE("public keys that are none", "[domain][dkim]") {
    for (const std::string& der : std::vector<std::string>{
             "", "\x30", std::string("\x30\x84\xFF\xFF\xFF\xFF", 6), std::string("\x30\x80\x00\x00", 4),
             std::string("\x30\x02\x02\x00", 4), std::string(1000, '\x30')}) {
        CHECK(read_public_key(der).kind == PublicKey::Kind::unreadable);
    }
}

TEST_CASE("the two Microsoft forms of a selector", "[domain][dkim]") {
    struct Row {
        const char* target;
        DkimTarget form;
        bool wrong;
    };
    const std::vector<Row> rows = {
        {"selector1-contoso-com._domainkey.contoso.onmicrosoft.com", DkimTarget::microsoft_old, false},
        {"selector1-contoso-com._domainkey.Contoso.x-v1.dkim.mail.microsoft", DkimTarget::microsoft_new,
         false},
        {"selector1-contoso-com01be2e._domainkey.Contoso.x-v1.dkim.mail.microsoft", DkimTarget::microsoft_new,
         false},
        {"selector2-contoso-com._domainkey.contoso.onmicrosoft.com", DkimTarget::microsoft_old, true},
        {"selector1-fabrikam-com._domainkey.contoso.onmicrosoft.com", DkimTarget::microsoft_old, true},
        {"selector1.example.net", DkimTarget::other, false},
    };
    for (const Row& row : rows) {
        INFO(row.target);
        FakeDns dns;
        dns.cname("selector1._domainkey.contoso.com", row.target);
        const auto found = look(dns);
        REQUIRE(found.size() == 1);
        CHECK(found[0].target == row.form);
        CHECK(found[0].wrong_target == row.wrong);
        CHECK(found[0].is_dangling());
    }
}

TEST_CASE("the sibling's target", "[domain][dkim]") {
    FakeDns dns;
    dns.cname("selector1._domainkey.contoso.com", "selector1-contoso-com._domainkey.contoso.onmicrosoft.com");
    CHECK(sibling_target(look(dns).at(0), "selector2") ==
          "selector2-contoso-com._domainkey.contoso.onmicrosoft.com");
}

TEST_CASE("selectors are probed, wanted, or a wildcard", "[domain][dkim]") {
    FakeDns dns;
    dns.txt("k1._domainkey.contoso.com", "v=DKIM1; p=" + rsa_1024);
    dns.txt("s1._domainkey.contoso.com", "v=spf1 -all");
    auto found = look(dns, {"mine"});
    REQUIRE(found.size() == 2);
    CHECK(found[0].selector == "mine");
    CHECK(found[0].origin == SelectorOrigin::wanted);
    CHECK_FALSE(found[0].is_found());
    CHECK(found[1].selector == "k1");
    CHECK(found[1].is_usable());
    FakeDns all;
    for (const char* selector :
         {"*", "selector1", "selector2", "google", "default", "dkim", "k1", "s1", "s2"})
        all.txt(std::string(selector) + "._domainkey.contoso.com", "v=DKIM1; p=");
    found = look(all);
    REQUIRE(found.size() == 1);
    CHECK(found[0].origin == SelectorOrigin::wildcard);
    CHECK(all.rounds == 1);
}
