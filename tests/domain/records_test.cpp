#include "domain/dane.hpp"
#include "domain/office365.hpp"
#include "domain/sending_address.hpp"
#include "domain/spf_record.hpp"
#include "domain/tags.hpp"
#include "domain/tls_rpt.hpp"
#include "support/catch.hpp"
#include "support/fake_dns.hpp"

#include <string>
#include <vector>

using namespace relaytool;
using namespace relaytool::domain;
using relaytool::test::FakeDns;

TEST_CASE("lists of tags", "[domain][tags]") {
    const TagList tags = read_tags(" v = X1 ;; a=1;A=2; =3; junk;b=c=d");
    REQUIRE(tags.tags.size() == 4);
    CHECK(tags.value("V") == "X1");
    CHECK(tags.value("a") == "1");
    CHECK(tags.value("b") == "c=d");
    CHECK(tags.doubled() == std::vector<std::string>{"A"});
    CHECK(tags.broken == std::vector<std::string>{"=3", "junk"});
    CHECK(read_tags(std::string(1'000'000, ';')).tags.empty());
    CHECK(read_list("a,,b , c", ',') == std::vector<std::string>{"a", "b", "c"});
}

TEST_CASE("texts of a version", "[domain][tags]") {
    TextRecords records;
    records.texts = {"v=STSv1; id=1", "v = stsv1;id=2", "v=STSv10; id=3", "x v=STSv1", "v=STSv1"};
    CHECK(records.of_version("v=STSv1").size() == 3);
}

TEST_CASE("TLS reporting records", "[domain][tls-rpt]") {
    CHECK(read_tls_rpt("v=TLSRPTv1; rua=mailto:a@example.com").fault == TlsRptFault::none);
    CHECK(read_tls_rpt("v=TLSRPTv1;rua=https://example.com/r,mailto:a@example.com").rua.size() == 2);
    CHECK(read_tls_rpt("v=TLSRPTv1").fault == TlsRptFault::no_rua);
    CHECK(read_tls_rpt("v=TLSRPTv1; rua=a@example.com").fault == TlsRptFault::bad_rua);
    CHECK(read_tls_rpt("v=TLSRPTv1; rua=http://example.com").fault == TlsRptFault::bad_rua);
}

TEST_CASE("BIMI records", "[domain][bimi]") {
    CHECK(read_bimi("v=BIMI1; l=https://example.com/logo.svg; a=").fault == BimiFault::none);
    CHECK(read_bimi("v=BIMI1; l=http://example.com/logo.svg").fault == BimiFault::not_https);
    CHECK(read_bimi("v=BIMI1; l=https://example.com/logo.png").fault == BimiFault::not_svg);
    CHECK(read_bimi("v=BIMI1").fault == BimiFault::no_logo);
    CHECK(read_bimi("v=BIMI1; l=; a=").declined);
}

TEST_CASE("SPF records among other texts", "[domain][spf]") {
    FakeDns dns;
    dns.txt("example.com", "v=spf10 -all");
    dns.txt("example.com", "MS=ms12345678");
    dns.txt("example.com", std::vector<std::string>{"v=spf1 ~include:spf.protection.out", "look.com -all"});
    dns::Cache cache(dns);
    const SpfRecord spf = look_at_spf(cache, FakeDns::name("example.com"));
    REQUIRE(spf.only() != nullptr);
    CHECK(spf.includes(*spf::provider_by_id("o365")));
    CHECK_FALSE(spf.includes(*spf::provider_by_id("google")));
    CHECK_FALSE(spf.sends_nothing());
}

TEST_CASE("what an SPF record says of senders", "[domain][spf]") {
    struct Row {
        const char* record;
        bool names_senders;
        bool sends_nothing;
    };
    const std::vector<Row> rows = {
        {"v=spf1 -all", false, true},
        {"V=SPF1  -ALL", false, true},
        {"v=spf1 -all exp=why.example.com", false, true},
        {"v=spf1 ~all", false, false},
        {"v=spf1", false, false},
        {"v=spf1 -ip4:192.0.2.1 -all", false, false},
        {"v=spf1 ~ip4:192.0.2.1 -all", true, false},
        {"v=spf1 redirect=example.net", true, false},
        {"v=spf1 ipv4:192.0.2.1 -all", true, false},
    };
    for (const Row& row : rows) {
        INFO(row.record);
        FakeDns dns;
        dns.txt("example.com", row.record);
        dns::Cache cache(dns);
        const SpfRecord spf = look_at_spf(cache, FakeDns::name("example.com"));
        CHECK(spf.names_senders() == row.names_senders);
        CHECK(spf.sends_nothing() == row.sends_nothing);
    }
}

TEST_CASE("names of Microsoft 365", "[domain][office365]") {
    FakeDns dns;
    dns.cname("autodiscover.example.com", "AutoDiscover.outlook.com");
    dns.cname("enterpriseenrollment.example.com", "enterpriseenrollment.manage.microsoft.com");
    dns.address("lyncdiscover.example.com", "192.0.2.1");
    dns.srv("_sip._tls.example.com", {100, 1, 443, FakeDns::name("sipdir.online.lync.com")});
    dns.srv("_sipfederationtls._tcp.example.com", {100, 1, 5060, FakeDns::name("sipfed.online.lync.com")});
    dns.breaks("sip.example.com", dns::Type::a, dns::Status::timeout);
    dns::Cache cache(dns);
    prefetch_office(cache, FakeDns::name("example.com"));
    for (const OfficeRecord& record : look_at_office(cache, FakeDns::name("example.com"))) {
        INFO(record.name.text());
        switch (record.expected->name) {
        case OfficeName::autodiscover:
        case OfficeName::enterprise_enrollment:
        case OfficeName::sip_tls: CHECK(record.is_right); break;
        case OfficeName::lyncdiscover:
            CHECK(record.found == "192.0.2.1");
            CHECK_FALSE(record.is_right);
            break;
        case OfficeName::sip_federation:
            CHECK(record.found == "100 1 5060 sipfed.online.lync.com");
            CHECK_FALSE(record.is_right);
            break;
        case OfficeName::sip: CHECK(record.failed()); break;
        case OfficeName::enterprise_registration:
        case OfficeName::msoid: CHECK(record.found.empty()); break;
        }
    }
    CHECK(dns.rounds == 1);
}

TEST_CASE("names of sending addresses", "[domain][ptr]") {
    FakeDns dns;
    dns.ptr("192.0.2.1", "good.example.com");
    dns.address("good.example.com", "192.0.2.1");
    dns.ptr("192.0.2.2", "liar.example.com");
    dns.address("liar.example.com", "192.0.2.9");
    dns.ptr("2001:db8::1", "six.example.com");
    dns.address("six.example.com", "2001:db8::1");
    dns::Cache cache(dns);
    const auto look = [&](const char* text) {
        return look_at_sending_address(cache, ip::read_address(text).value(), FakeDns::name("example.com"));
    };
    CHECK(look("192.0.2.1").confirmed.size() == 1);
    CHECK(look("2001:db8::1").confirmed.size() == 1);
    CHECK(look("192.0.2.2").confirmed.empty());
    CHECK(look("192.0.2.2").names.size() == 1);
    CHECK(look("192.0.2.3").names.empty());
    CHECK(look("10.0.0.1").is_private);
}

TEST_CASE("TLSA records and signed zones", "[domain][dane]") {
    FakeDns dns;
    dns.mx("example.com", 10, "mx.mail.example.net");
    dns.address("mx.mail.example.net", "192.0.2.25");
    dns.add("mail.example.net", dns::Type::soa, dns::Opaque{});
    dns.add("mail.example.net", dns::Type::dnskey, dns::Opaque{});
    dns.add("example.com", dns::Type::soa, dns::Opaque{});
    dns.add("_25._tcp.mx.mail.example.net", dns::Type::tlsa, dns::Tlsa{3, 1, 1, "x"});
    dns.add("_25._tcp.mx.mail.example.net", dns::Type::tlsa, dns::Tlsa{1, 1, 1, "x"});
    dns::Cache cache(dns);
    prefetch_mx(cache, FakeDns::name("example.com"));
    prefetch_dane(cache, FakeDns::name("example.com"));
    const Mx mx = look_at_mx(cache, FakeDns::name("example.com"));
    const Dane dane = look_at_dane(cache, FakeDns::name("example.com"), mx);
    CHECK_FALSE(dane.domain_is_signed);
    REQUIRE(dane.hosts.size() == 1);
    CHECK(dane.hosts[0].is_signed);
    CHECK(dane.hosts[0].records.size() == 2);
    CHECK(dane.hosts[0].usable == 1);
    CHECK(dns.rounds == 2);
}
