#include "domain/dmarc.hpp"
#include "support/catch.hpp"

#include <string>
#include <vector>

using namespace relaytool::domain;

TEST_CASE("what receivers take for a DMARC record", "[domain][dmarc]") {
    struct Row {
        std::string text;
        DmarcForm form;
        bool counts;
        Policy policy;
    };
    const std::vector<Row> rows = {
        {"v=DMARC1; p=none", DmarcForm::record, true, Policy::none},
        {"v=DMARC1;p=quarantine", DmarcForm::record, true, Policy::quarantine},
        {"v = DMARC1 ; p = REJECT ;", DmarcForm::record, true, Policy::reject},
        {"v=DMARC1", DmarcForm::record, true, Policy::none},
        {"v=DMARC1; rua=mailto:a@example.com", DmarcForm::record, true, Policy::none},
        {"v=DMARC1; p=block", DmarcForm::record, false, Policy::none},
        {"v=DMARC1; p=block; rua=mailto:a@example.com", DmarcForm::record, true, Policy::none},
        {"v=DMARC1; p=reject; sp=block; rua=mailto:a@example.com", DmarcForm::record, true, Policy::none},
        {"v=DMARC1; p=reject; np=block; rua=a@example.com", DmarcForm::record, false, Policy::none},
        {"v=dmarc1; p=none", DmarcForm::wrong_case, false, Policy::none},
        {"p=reject; v=DMARC1", DmarcForm::version_not_first, false, Policy::reject},
        {"v=DMARC1, p=reject, rua=mailto:a@example.com", DmarcForm::wrong_separator, false, Policy::reject},
        {"v=DMARC1 p=reject", DmarcForm::wrong_separator, false, Policy::none},
        {"\"v=DMARC1; p=reject\"", DmarcForm::quoted, false, Policy::reject},
        {"v=DMARC10; p=none", DmarcForm::other, false, Policy::none},
        {"v=spf1 -all", DmarcForm::other, false, Policy::none},
        {"", DmarcForm::other, false, Policy::none},
        {";;;=;=", DmarcForm::other, false, Policy::none},
    };
    for (const Row& row : rows) {
        INFO(row.text);
        const DmarcRecord record = read_dmarc(row.text);
        CHECK(record.form == row.form);
        CHECK(record.counts() == row.counts);
        CHECK(record.own_policy() == row.policy);
    }
}

TEST_CASE("policies of subdomains", "[domain][dmarc]") {
    struct Row {
        std::string text;
        Policy existing;
        Policy missing;
    };
    const std::vector<Row> rows = {
        {"v=DMARC1; p=reject", Policy::reject, Policy::reject},
        {"v=DMARC1; p=reject; sp=none", Policy::none, Policy::none},
        {"v=DMARC1; p=none; np=reject", Policy::none, Policy::reject},
        {"v=DMARC1; p=none; sp=quarantine; np=reject", Policy::quarantine, Policy::reject},
    };
    for (const Row& row : rows) {
        INFO(row.text);
        CHECK(read_dmarc(row.text).subdomain_policy(Existence::exists) == row.existing);
        CHECK(read_dmarc(row.text).subdomain_policy(Existence::does_not_exist) == row.missing);
    }
}

TEST_CASE("tags of a DMARC record", "[domain][dmarc]") {
    const DmarcRecord record = read_dmarc(
        "v=DMARC1; sp=reject; p=quarantine; pct=50; ri=3600; adkim=s; aspf=r; t=y; psd=n; fo=1:d; x=1; junk; p=none");
    CHECK(record.p == Policy::quarantine);
    CHECK(record.sp == Policy::reject);
    CHECK(record.adkim == Alignment::strict);
    CHECK(record.aspf == Alignment::relaxed);
    CHECK(record.testing);
    CHECK(record.psd == 'n');
    CHECK(record.pct == 50U);
    CHECK(record.historic == std::vector<std::string>{"pct", "ri"});
    CHECK(record.unknown == std::vector<std::string>{"x"});
    CHECK(record.broken == std::vector<std::string>{"junk"});
    CHECK(record.doubled == std::vector<std::string>{"p"});
    CHECK(record.p_not_second);
    const DmarcRecord wrong = read_dmarc("v=DMARC1; p=none; adkim=x; t=maybe; pct=many");
    REQUIRE(wrong.bad_values.size() == 2);
    CHECK(wrong.bad_values[1].tag == "adkim");
    CHECK_FALSE(wrong.testing);
    CHECK_FALSE(wrong.pct.has_value());
}

TEST_CASE("report addresses", "[domain][dmarc]") {
    const DmarcRecord record = read_dmarc(
        "v=DMARC1; rua=mailto:a@example.com!10m , MAILTO:b@example.net,https://example.com/x,c@example.com,mailto:nobody");
    REQUIRE(record.rua.size() == 5);
    CHECK(record.rua[0].address == "a@example.com");
    CHECK(record.rua[0].has_size_limit);
    CHECK(record.rua[0].host.text() == "example.com");
    CHECK(record.rua[1].form == ReportAddress::Form::mailto);
    CHECK(record.rua[2].form == ReportAddress::Form::other_scheme);
    CHECK(record.rua[3].form == ReportAddress::Form::no_scheme);
    CHECK(record.rua[4].form == ReportAddress::Form::bad_address);
    CHECK(record.has_rua());
    CHECK(read_dmarc("v=DMARC1; rua=" + std::string(100'000, ',')).rua.empty());
}
