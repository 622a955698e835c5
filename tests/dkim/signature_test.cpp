#include "dkim/crypto.hpp"
#include "dkim/signature.hpp"
#include "support/catch.hpp"
#include "support/text.hpp"

#include <string>
#include <vector>

using namespace relaytool::dkim;
using namespace relaytool::test;

namespace {

const std::string hash = "bh=MTIzNDU2Nzg5MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTI=;";

/// A field without fault, but for what is behind it; tags of `rest` stand in for those of the same name.
std::string with(const std::string& rest) {
    std::string out;
    for (const char* tag : {"v=1;", "a=rsa-sha256;", "d=example.com;", "s=s1;", "h=from:to;", "b=AAAA;"})
        if (rest.find(" " + std::string(tag, 2)) == std::string::npos) out.append(" ").append(tag);
    if (rest.find(" bh=") == std::string::npos) out.append(" ").append(hash);
    return out + rest;
}

} // namespace

TEST_CASE("the example of RFC 6376 section 3.5", "[dkim][signature]") {
    const Signature read =
        read_signature(crlf(" v=1; a=rsa-sha256; d=example.net; s=brisbane;\n"
                            "   c=simple; q=dns/txt; i=@eng.example.net;\n"
                            "   t=1117574938; x=1118006938;\n"
                            "   h=from:to:subject:date;\n"
                            "   z=From:foo@eng.example.net|To:joe@example.com|\n"
                            "     Subject:demo=20run|Date:July=205,=202005=203:44:08=20PM=20-0700;\n"
                            "   bh=MTIzNDU2Nzg5MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTI=;\n"
                            "   b=dzdVyOfAKCdLXdJOc9G2q8LoXSlEniSbav+yuU4zGeeruD00lszZVoG4ZHRNiYzR"));
    CHECK(to_string(read.fault) == "none");
    CHECK(read.algorithm == "rsa-sha256");
    CHECK(read.domain == "example.net");
    CHECK(read.selector == "brisbane");
    CHECK(read.key_name() == "brisbane._domainkey.example.net");
    CHECK(read.identity == "@eng.example.net");
    CHECK(to_string(read.header_canon) == "simple");
    CHECK(to_string(read.body_canon) == "simple");
    CHECK(read.signed_at == 1117574938);
    CHECK(read.expires == 1118006938);
    CHECK_FALSE(read.body_length);
    CHECK(read.signed_fields == std::vector<std::string>{"from", "to", "subject", "date"});
    CHECK(read.body_hash == "12345678901234567890123456789012");
    CHECK(read.signature.size() == 48);
}

TEST_CASE("what is allowed in a signature", "[dkim][signature]") {
    const std::vector<std::string> rows = {
        "",
        " c=relaxed",
        " c=RELAXED/Simple",
        " q=dns/txt:other",
        " q= other : DNS/TXT ",
        " l=0",
        " l=" + std::string(76, '9'),
        " t=1; x=2",
        " i=@example.com",
        " i=joe@MAIL.Example.COM",
        " i=\"a@b\"@example.com",
        " h=\r\n\tFROM :\r\n to",
        " d=example",
        " d=b\xC3\xBC"
        "cher.example",
        " d=_x.example.com",
        " s=a.b.c",
        " unknown=1; x1_=",
        " b=A A\r\n\tAA",
        " a=Ed25519-SHA256",
        " n=;\r\n ",
    };
    for (const std::string& row : rows) {
        INFO(row);
        CHECK(to_string(read_signature(with(row)).fault) == "none");
    }
    CHECK(read_signature(with(" l=" + std::string(76, '9'))).body_length == UINT64_MAX);
    CHECK(read_signature(with(" l=7")).body_length == 7U);
    CHECK(read_signature(with(" c=relaxed")).body_canon == Canon::simple);
    CHECK(read_signature(with(" d=Example.COM")).domain == "example.com");
    CHECK(read_signature(with(" i=a b@\r\n example.com")).identity == "ab@example.com");
    CHECK(read_signature(with(" h=from::to:")).signed_fields == std::vector<std::string>{"from", "to"});
}

TEST_CASE("what is wrong with a signature", "[dkim][signature]") {
    struct Row {
        const char* fault;
        std::string value;
        std::string detail;
    };
    const std::vector<Row> rows = {
        {"missing-tag", "", "v"},
        {"syntax", "hello", "hello"},
        {"syntax", with(" hello"), "hello"},
        {"syntax", with("; c=simple"), ""},
        {"syntax", with(" =x"), "=x"},
        {"syntax", with(" 1x=x"), "1x=x"},
        {"syntax", with(" x-y=x"), "x-y=x"},
        {"syntax", with(" t=1; t=1"), "t"},
        {"syntax", with(" h=from:" + repeated("a:", 1000)), "h"},
        {"bad-version", with(" v=2"), "2"},
        {"bad-version", with(" v=1.0"), "1.0"},
        {"unknown-algorithm", with(" a=rsa-sha512"), "rsa-sha512"},
        {"unknown-algorithm", with(" a="), ""},
        {"sha1", with(" a=rsa-sha1"), "rsa-sha1"},
        {"bad-canon", with(" c=nofws"), "nofws"},
        {"bad-canon", with(" c=simple/"), "simple/"},
        {"bad-canon", with(" c="), ""},
        {"bad-base64", with(" b=AA!A"), "AA!A"},
        {"bad-base64", with(" b="), ""},
        {"bad-base64", with(" b=A"), "A"},
        {"bad-base64", with(" bh=AAAA"), "AAAA"},
        {"bad-base64", with(" bh=AA==AA"), "AA==AA"},
        {"bad-domain", with(" d="), ""},
        {"bad-domain", with(" d=.example.com"), ".example.com"},
        {"bad-domain", with(" d=example.com."), "example.com."},
        {"bad-domain", with(" d=a..b"), "a..b"},
        {"bad-domain", with(" d=a b"), "a b"},
        {"bad-domain", with(" d=a\\.b"), "a\\.b"},
        {"bad-domain", with(" d=" + std::string(64, 'a') + ".example"), std::string(64, 'a') + ".example"},
        {"bad-domain", with(" s=a/b"), "a/b"},
        {"bad-domain", with(" s=" + repeated("abc.", 70) + "x"), "example.com"},
        {"foreign-identity", with(" i=@example.org"), "@example.org"},
        {"foreign-identity", with(" i=@notexample.com"), "@notexample.com"},
        {"foreign-identity", with(" i=@com"), "@com"},
        {"foreign-identity", with(" i=example.com"), "example.com"},
        {"from-not-signed", with(" h=to:subject"), "to:subject"},
        {"from-not-signed", with(" h="), ""},
        {"bad-number", with(" l=-1"), "-1"},
        {"bad-number", with(" l="), ""},
        {"bad-number", with(" l=" + std::string(77, '9')), std::string(77, '9')},
        {"bad-number", with(" t=now"), "now"},
        {"bad-number", with(" x=1e9"), "1e9"},
        {"bad-number", with(" x=1234567890123"), "1234567890123"},
        {"bad-number", with(" t=2; x=2"), "2"},
        {"bad-query", with(" q=http"), "http"},
        {"bad-query", with(" q="), ""},
    };
    for (const Row& row : rows) {
        INFO(row.value);
        const Signature read = read_signature(row.value);
        CHECK(to_string(read.fault) == row.fault);
        CHECK(read.fault_detail == row.detail);
    }
}

TEST_CASE("every tag that must be there", "[dkim][signature]") {
    for (const std::string tag : {"v", "a", "b", "bh", "d", "h", "s"}) {
        INFO(tag);
        std::string value = with("");
        const std::size_t at = value.find(" " + tag + "=");
        value.replace(at + 1, tag.size(), tag + "x");
        const Signature read = read_signature(value);
        CHECK(to_string(read.fault) == "missing-tag");
        CHECK(read.fault_detail == tag);
    }
}

TEST_CASE("what a stranger wrote stays small", "[dkim][signature]") {
    const std::string huge(1'000'000, 'x');
    CHECK(read_signature(huge).fault_detail.size() == 100);
    CHECK(read_signature(with(" q=" + huge)).fault_detail.size() == 100);
    CHECK(to_string(read_signature(repeated("x=1;", 1000)).fault) == "syntax");
    CHECK(read_signature(with(" h=" + repeated("from:", 100'000))).signed_fields.size() == 1000);
    std::string many;
    for (int i = 0; i < 70; ++i)
        many += "x" + std::to_string(i) + "=;";
    CHECK(to_string(read_signature(many).fault) == "syntax");
}

TEST_CASE("algorithms by name", "[dkim][signature]") {
    CHECK(algorithm_of("RSA-SHA256") == Algorithm::rsa_sha256);
    CHECK(algorithm_of("ed25519-sha256") == Algorithm::ed25519_sha256);
    CHECK_FALSE(algorithm_of("rsa-sha1"));
}
