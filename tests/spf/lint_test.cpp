#include "spf/lint.hpp"
#include "support/spf_world.hpp"
#include "support/text.hpp"

#include <sstream>

using namespace relaytool;
using relaytool::test::FakeDns;
using relaytool::test::SpfWorld;
using Ids = std::set<std::string>;

namespace {

/// Names that the records of the tests lead to.
FakeDns world() {
    FakeDns dns;
    dns.txt("good.example", "v=spf1 ip4:198.51.100.0/24 -all");
    dns.txt("broken.example", "v=spf1 ipv4:198.51.100.1 -all");
    dns.txt("two.example", "v=spf1 ip4:198.51.100.1 -all");
    dns.txt("two.example", "v=spf1 ip4:198.51.100.2 -all");
    dns.txt("none.example", "some-verification=1");
    dns.txt("example.com.good.example", "v=spf1 ip4:198.51.100.0/24 -all");
    dns.txt("open.example", "v=spf1 +all");
    dns.txt("back.example", "v=spf1 include:example.com -all");
    dns.txt("why.example", "%{i} is none of ours");
    dns.txt("unclosed.example", "%{i is none of ours");
    dns.txt("foreign.example", "caf\xC3\xA9");
    dns.breaks("slow.example", dns::Type::txt, dns::Status::timeout);
    dns.breaks("slow.example", dns::Type::a, dns::Status::failure);
    dns.breaks("slow.example", dns::Type::mx, dns::Status::failure);
    dns.address("v4.example", "192.0.2.80");
    dns.address("both.example", "192.0.2.80");
    dns.address("both.example", "2001:db8::80");
    dns.address("inside.example", "192.168.1.1");
    dns.address("is.example", "127.0.0.2");
    dns.mx("nowhere.example", 10, "gone.example");
    dns.mx("null.example", 0, ".");
    dns.mx("maybe.example", 10, "half.example");
    dns.breaks("half.example", dns::Type::a, dns::Status::failure);
    dns.breaks("half.example", dns::Type::aaaa, dns::Status::failure);
    dns.mx("mail.example", 10, "both.example");
    for (int i = 1; i <= 11; ++i) {
        const std::string number = std::to_string(i);
        dns.address("m" + number + ".example", "192.0.2." + number);
        if (i <= 10) dns.mx("ten.example", 10, "m" + number + ".example");
        dns.mx("eleven.example", 10, "m" + number + ".example");
        dns.txt("i" + number + ".example", "v=spf1 ip4:198.51.100." + number + " -all");
    }
    for (int i = 1; i <= 3; ++i)
        dns.mx("three.example", 10, "m" + std::to_string(i) + ".example");
    dns.txt("spf.protection.outlook.com", "v=spf1 ip4:40.92.0.0/15 ip4:40.107.0.0/16 -all");
    dns.txt("outlook.com", "v=spf1 ip4:40.92.0.0/15 -all");
    dns.txt("_spf.google.com", "v=spf1 ip4:209.85.128.0/17 ~all");
    dns.txt("_spf.telenet-ops.be", "v=spf1 ip4:195.130.132.48/29 ~all");
    dns.txt("spf.mailprotect.be", "v=spf1 ip4:178.208.39.0/24 ~all");
    dns.txt("sendgrid.net", "v=spf1 ip4:167.89.0.0/17 ~all");
    return dns;
}

std::string includes(int count) {
    std::string text;
    for (int i = 1; i <= count; ++i)
        text += " include:i" + std::to_string(i) + ".example";
    return text;
}

struct Row {
    std::string name;
    std::string record; ///< of example.com
    Ids ids;
};

void check(const std::vector<Row>& rows) {
    for (const Row& row : rows) {
        INFO(row.name);
        FakeDns dns = world();
        dns.txt("example.com", row.record);
        CHECK(SpfWorld(dns).findings("example.com") == row.ids);
    }
}

/// With MX records or other TXT records beside the record.
struct Beside {
    const char* name;
    std::vector<std::string> texts;
    std::vector<const char*> mx;
    Ids ids;
};

} // namespace

TEST_CASE("records with nothing to say about", "[spf][lint]") {
    check({
        {"addresses", "v=spf1 ip4:192.0.2.1 ip6:2001:db8::/32 -all", {}},
        {"softfail", "v=spf1 ip4:192.0.2.1 ~all", {}},
        {"nobody", "v=spf1 -all", {}},
        {"hosts", "v=spf1 a:both.example mx:mail.example/28//64 -all", {}},
        {"an include", "v=spf1 include:good.example -all", {}},
        {"a redirect", "v=spf1 ip4:192.0.2.1 redirect=good.example", {}},
        {"an explanation", "v=spf1 ip4:192.0.2.1 -all exp=why.example", {}},
        {"macros", "v=spf1 exists:%{ir}.%{v}._spf.%{d} include:%{d2}.good.example -all", {}},
        {"exists", "v=spf1 exists:is.example -all", {}},
        {"neutral in front of all", "v=spf1 ?include:good.example ?ip4:192.0.2.1 -all", {}},
        {"a denied network of any size",
         "v=spf1 -ip4:0.0.0.0/1 -ip4:10.0.0.0/8 -ip6:::/0 ip4:192.0.2.1 -all",
         {}},
        {"the same address with two signs", "v=spf1 -ip4:192.0.2.1 ip4:192.0.2.0/24 -all", {}},
        {"neighbours", "v=spf1 ip4:192.0.2.0/25 ip4:192.0.2.128/25 -all", {}},
        {"an include twice over different ways", "v=spf1 include:good.example redirect=i1.example", {}},
        {"reports of failures, RFC 6652", "v=spf1 ip4:192.0.2.1 -all ra=postmaster rp=100 rr=all", {}},
        {"two blanks, and one at the end", "v=spf1  ip4:192.0.2.1   -all ", {}},
        {"upper case in names alone", "v=spf1 include:GOOD.Example -all", {}},
        {"eight look-ups", "v=spf1" + includes(8) + " -all", {}},
        {"two look-ups for nothing, by macros",
         "v=spf1 a:%{l}.example exists:%{i}.example ip4:192.0.2.1 -all",
         {}},
        {"450 octets", "v=spf1 ip4:192.0.2.1" + std::string(450 - 25, ' ') + " -all", {}},
    });
}

TEST_CASE("mistakes in the text of a record", "[spf][lint]") {
    check({
        {"mechanism", "v=spf1 ipv4:192.0.2.1 -all", {"spf-unknown-mechanism"}},
        {"argument", "v=spf1 ip4: -all", {"spf-missing-argument"}},
        {"name", "v=spf1 a:192.0.2.1 -all", {"spf-bad-name"}},
        {"address", "v=spf1 ip4:192.0.2.256 -all", {"spf-bad-address"}},
        {"prefix", "v=spf1 ip4:192.0.2.0/33 -all", {"spf-bad-prefix"}},
        {"character",
         "v=spf1 ip4:192.0.2.1 \xE2\x80\x93"
         "all",
         {"spf-bad-character"}},
        {"macro", "v=spf1 exists:%{z}.example -all", {"spf-bad-macro"}},
        {"all takes nothing", "v=spf1 -all:x", {"spf-extra-argument"}},
        {"redirect twice", "v=spf1 redirect=good.example redirect=good.example", {"spf-modifier-twice"}},
        {"exp twice", "v=spf1 -all exp=why.example exp=why.example", {"spf-modifier-twice"}},
        {"an equals sign in place of a colon",
         "v=spf1 ip4:192.0.2.1 include=good.example -all",
         {"spf-modifier-typo"}},
        {"a modifier that nobody knows",
         "v=spf1 ip4:192.0.2.1 report=postmaster -all",
         {"spf-unknown-modifier"}},
    });
    FakeDns dns = world();
    dns.txt("example.com", "v=spf1" + test::repeated(" x", 50) + " -all");
    CHECK(SpfWorld(dns).issues("example.com").size() == 5); // not fifty times the same
}

TEST_CASE("how a record ends, and whom it lets pass", "[spf][lint]") {
    check({
        {"+all", "v=spf1 ip4:192.0.2.1 +all", {"spf-plus-all"}},
        {"all", "v=spf1 ip4:192.0.2.1 all", {"spf-plus-all"}},
        {"?all", "v=spf1 ip4:192.0.2.1 ?all", {"spf-neutral-all"}},
        {"no all", "v=spf1 ip4:192.0.2.1", {"spf-no-all"}},
        {"nothing at all", "v=spf1", {"spf-no-all"}},
        {"behind all", "v=spf1 -all ip4:192.0.2.1", {"spf-after-all"}},
        {"a second all", "v=spf1 ip4:192.0.2.1 -all ~all", {"spf-after-all"}},
        {"an explanation may stand behind all", "v=spf1 -all exp=why.example", {}},
        {"redirect beside all", "v=spf1 ip4:192.0.2.1 redirect=good.example -all", {"spf-redirect-with-all"}},
        {"ptr", "v=spf1 ptr -all", {"spf-ptr"}},
        {"-ptr", "v=spf1 -ptr -all", {"spf-ptr"}},
        {"ip4 /0", "v=spf1 ip4:0.0.0.0/0 -all", {"spf-everyone"}},
        {"ip6 /0", "v=spf1 ip6:::/0 -all", {"spf-everyone"}},
        {"a/0", "v=spf1 a:both.example/0 -all", {"spf-everyone"}},
        {"mx//0", "v=spf1 mx:mail.example//0 -all", {"spf-everyone"}},
        {"/8", "v=spf1 ip4:11.0.0.0/8 -all", {"spf-wide-range"}},
        {"/12", "v=spf1 ip4:11.0.0.0/12 -all", {"spf-wide-range"}},
        {"/13", "v=spf1 ip4:11.0.0.0/13 -all", {}},
        {"ip6 /3", "v=spf1 ip6:2000::/3 -all", {"spf-wide-range"}},
        {"ip6 /32", "v=spf1 ip6:2a01:111::/32 -all", {}},
        {"a/8", "v=spf1 a:both.example/8 -all", {"spf-wide-range"}},
        {"private", "v=spf1 ip4:192.168.1.10 ip4:192.0.2.1 -all", {"spf-private-address"}},
        {"private block", "v=spf1 ip4:10.0.0.0/16 -all", {"spf-private-address"}},
        {"loopback", "v=spf1 ip4:127.0.0.1 -all", {"spf-private-address"}},
        {"link-local IPv6", "v=spf1 ip6:fe80::1 -all", {"spf-private-address"}},
        {"host with a private address",
         "v=spf1 a:inside.example ip4:192.0.2.1 -all",
         {"spf-private-address"}},
        {"an include of everybody", "v=spf1 include:open.example -all", {"spf-plus-all"}},
        {"the same twice", "v=spf1 include:good.example include:Good.example -all", {"spf-duplicate"}},
        {"the same with a plus", "v=spf1 ip4:192.0.2.1 +ip4:192.0.2.1 -all", {"spf-duplicate"}},
        {"within a range", "v=spf1 ip4:192.0.2.0/24 ip4:192.0.2.64/26 -all", {"spf-contained"}},
        {"within an include", "v=spf1 ip4:198.51.100.7 include:good.example -all", {"spf-contained"}},
        {"half within", "v=spf1 ip4:198.51.100.0/23 include:good.example -all", {}},
        {"within a neutral range", "v=spf1 ?ip4:192.0.2.0/24 ip4:192.0.2.1 -all", {}},
    });
}

TEST_CASE("look-ups of a record", "[spf][lint]") {
    check({
        {"nine", "v=spf1" + includes(9) + " -all", {"spf-near-lookup-limit"}},
        {"ten", "v=spf1" + includes(10) + " -all", {"spf-near-lookup-limit"}},
        {"eleven", "v=spf1" + includes(11) + " -all", {"spf-too-many-lookups"}},
        {"eleven, but behind all", "v=spf1 -all" + includes(11), {"spf-after-all"}},
        {"hosts without address", "v=spf1 a:gone.example -all", {"spf-no-address"}},
        {"IPv4 alone is an address", "v=spf1 a:v4.example -all", {}},
        {"mx without MX", "v=spf1 mx:none.example -all", {"spf-no-address"}},
        {"mx without addresses", "v=spf1 mx:nowhere.example -all", {"spf-no-address"}},
        {"null MX", "v=spf1 mx:null.example -all", {"spf-no-address"}},
        {"exists of nothing", "v=spf1 exists:gone.example -all", {"spf-no-address"}},
        {"three for nothing",
         "v=spf1 a:gone.example a:gone2.example exists:gone3.example -all",
         {"spf-void-lookups", "spf-no-address"}},
        {"three for nothing over IPv6", "v=spf1 mx:three.example -all", {"spf-void-lookups-ipv6"}},
        {"eleven mail hosts",
         "v=spf1 mx:eleven.example -all",
         {"spf-too-many-hosts", "spf-void-lookups-ipv6"}},
        {"ten mail hosts", "v=spf1 mx:ten.example -all", {"spf-void-lookups-ipv6"}},
        {"include of no domain", "v=spf1 include:gone.example -all", {"spf-include-missing"}},
        {"include of no record", "v=spf1 include:none.example -all", {"spf-include-missing"}},
        {"redirect to no record", "v=spf1 redirect=none.example", {"spf-include-missing"}},
        {"include of two records", "v=spf1 include:two.example -all", {"spf-include-broken"}},
        {"include of a broken record", "v=spf1 include:broken.example -all", {"spf-include-broken"}},
        {"include that does not answer", "v=spf1 include:slow.example -all", {"spf-include-unknown"}},
        {"host that does not answer", "v=spf1 a:slow.example -all", {"spf-dns-failure"}},
        {"mx that does not answer", "v=spf1 mx:slow.example -all", {"spf-dns-failure"}},
        {"mail host that does not answer", "v=spf1 mx:maybe.example -all", {"spf-dns-failure"}},
        {"exists that does not answer", "v=spf1 exists:slow.example -all", {"spf-dns-failure"}},
        {"a circle", "v=spf1 include:back.example -all", {"spf-loop"}},
        {"itself", "v=spf1 include:example.com -all", {"spf-loop"}},
        {"explanation that is gone", "v=spf1 -all exp=gone.example", {"spf-broken-explanation"}},
        {"two explanations", "v=spf1 -all exp=two.example", {"spf-broken-explanation"}},
        {"explanation with a broken macro", "v=spf1 -all exp=unclosed.example", {"spf-broken-explanation"}},
        {"explanation that is not ASCII", "v=spf1 -all exp=foreign.example", {"spf-broken-explanation"}},
        {"explanation that does not answer", "v=spf1 -all exp=slow.example", {}},
        {"explanation that depends on the message", "v=spf1 -all exp=%{l}.example", {}},
    });
    FakeDns dns = world();
    dns.txt("example.com", "v=spf1 include:nine.example a:v4.example mx:mail.example -all");
    dns.txt("nine.example", "v=spf1" + includes(9) + " -all");
    std::vector<spf::Issue> issues = SpfWorld(dns).issues("example.com");
    REQUIRE(issues.size() == 1);
    CHECK(issues[0].problem == spf::Problem::too_many_lookups);
    CHECK(issues[0].count == 12);
    CHECK(issues[0].all ==
          std::vector<std::string>{"include:nine.example 10", "a:v4.example 1", "mx:mail.example 1"});
    for (int i = 0; i < 30; ++i)
        dns.txt("d" + std::to_string(i) + ".example",
                "v=spf1 include:d" + std::to_string(i + 1) + ".example -all");
    CHECK(SpfWorld(dns).findings("d0.example") == Ids{"spf-too-many-lookups"}); // which says enough
    spf::Tree cut = SpfWorld(dns).walk("good.example");
    cut.is_complete = false;
    issues = spf::lint(cut, {});
    REQUIRE(issues.size() == 1);
    CHECK(issues[0].problem == spf::Problem::too_big_to_walk);
}

TEST_CASE("a domain without a usable record", "[spf][lint]") {
    const std::string good = "v=spf1 ip4:192.0.2.1 -all";
    const std::vector<Beside> rows = {
        {"no such domain", {}, {}, {"spf-no-domain"}},
        {"other texts", {"google-site-verification=1"}, {}, {"spf-no-record"}},
        {"mail, but no record", {}, {"both.example"}, {"spf-no-record"}},
        {"no mail", {}, {"."}, {"spf-no-record-parked"}},
        {"no mail, and says so", {"v=spf1 -all"}, {"."}, {}},
        {"no blank", {"v=spf1ip4:192.0.2.1 -all"}, {}, {"spf-almost-a-record", "spf-no-record"}},
        {"quotes", {"\"v=spf1 -all\""}, {}, {"spf-almost-a-record", "spf-no-record"}},
        {"a blank in front", {" v=spf1 -all"}, {}, {"spf-almost-a-record", "spf-no-record"}},
        {"a byte order mark in front",
         {"\xEF\xBB\xBFv=spf1 -all"},
         {},
         {"spf-almost-a-record", "spf-no-record"}},
        {"letters exchanged", {"v=sfp1 -all"}, {}, {"spf-almost-a-record", "spf-no-record"}},
        {"Sender ID alone", {"spf2.0/pra ip4:192.0.2.1 -all"}, {}, {"spf-sender-id", "spf-no-record"}},
        {"Sender ID beside", {good, "spf2.0/pra -all"}, {}, {"spf-sender-id"}},
        {"two records", {good, "v=spf1 ip4:192.0.2.2 -all"}, {}, {"spf-two-records"}},
        {"one, and other texts",
         {good, "v=DMARC1; p=none", "spf is great", "v=spfoo"},
         {},
         {"spf-almost-a-record"}},
        {"one, and quite other texts", {good, "v=DMARC1; p=none", "spf is great", "my v=spf1 notes"}, {}, {}},
        {"upper case", {"V=SPF1 IP4:192.0.2.1 -ALL"}, {}, {"spf-upper-case"}},
        {"one mechanism in upper case", {"v=spf1 IP4:192.0.2.1 -all"}, {}, {"spf-upper-case"}},
        {"too long", {"v=spf1 ip4:192.0.2.1" + std::string(500, ' ') + "-all"}, {}, {"spf-too-long"}},
    };
    for (const Beside& row : rows) {
        INFO(row.name);
        FakeDns dns = world();
        for (const std::string& text : row.texts)
            dns.txt("example.com", text);
        for (const char* host : row.mx)
            dns.mx("example.com", 10, host);
        CHECK(SpfWorld(dns).findings("example.com") == row.ids);
    }
    FakeDns silent = world();
    silent.breaks("example.com", dns::Type::txt, dns::Status::failure);
    CHECK(SpfWorld(silent).findings("example.com") == Ids{"spf-dns-failure"});
    FakeDns old = world();
    old.txt("example.com", good);
    old.add("example.com", dns::Type::spf, dns::Text{{good}});
    CHECK(SpfWorld(old).findings("example.com") == Ids{"spf-old-type"});
}

TEST_CASE("strings of a record that are joined", "[spf][lint]") {
    struct Strings {
        const char* name;
        std::vector<std::string> strings;
        bool is_split;
    };
    const std::vector<Strings> rows = {
        {"a blank at the end", {"v=spf1 include:i1.example ", "include:good.example -all"}, false},
        {"a blank in front", {"v=spf1 include:i1.example", " include:good.example -all"}, false},
        {"in a word", {"v=spf1 include:i1.exa", "mple include:good.example -all"}, false},
        {"in a number", {"v=spf1 ip4:192.0.2.1", "0 -all"}, false},
        {"in an IPv6 address", {"v=spf1 ip6:2001:db8::", "a:b -all"}, false},
        {"between a sign and all", {"v=spf1 ip4:192.0.2.1 -", "all"}, false},
        {"two includes run together", {"v=spf1 include:i1.example", "include:good.example -all"}, true},
        {"an include and all", {"v=spf1 include:i1.example", "-all"}, true},
        {"two addresses", {"v=spf1 ip4:192.0.2.1", "ip4:192.0.2.2 -all"}, true},
    };
    for (const Strings& row : rows) {
        INFO(row.name);
        FakeDns dns = world();
        dns.txt("example.com", row.strings);
        CHECK(SpfWorld(dns).findings("example.com").count("spf-split-in-word") == (row.is_split ? 1 : 0));
    }
}

TEST_CASE("a shared include is found below includes of the domain's own", "[spf][lint]") {
    FakeDns dns;
    dns.txt("example.com", "v=spf1 include:_spf.example.com -all");
    dns.txt("_spf.example.com", "v=spf1 include:_spf.telenet-ops.be ~all");
    dns.txt("_spf.telenet-ops.be", "v=spf1 ip4:195.130.132.48/29 ~all");
    CHECK(SpfWorld(dns).findings("example.com") == Ids{"spf-shared-isp"});
}

TEST_CASE("who else may send, and who should", "[spf][lint]") {
    const char* at_microsoft = "example-com.mail.protection.outlook.com";
    const char* at_google = "aspmx.l.google.com";
    const std::string microsoft = "v=spf1 include:spf.protection.outlook.com -all";
    const std::string plain = "v=spf1 ip4:192.0.2.1 -all";
    const std::vector<Beside> rows = {
        {"mail at Microsoft", {plain}, {at_microsoft}, {"spf-microsoft-missing"}},
        {"the new MX names", {plain}, {"example-com.o-v1.mx.microsoft"}, {"spf-microsoft-missing"}},
        {"proof of ownership", {plain, "MS=ms12345678"}, {}, {"spf-microsoft-missing"}},
        {"proof, but mail at Google",
         {"v=spf1 include:_spf.google.com -all", "MS=ms12345678"},
         {at_google},
         {}},
        {"Microsoft may send", {microsoft}, {at_microsoft}, {}},
        {"by redirect", {"v=spf1 redirect=spf.protection.outlook.com"}, {at_microsoft}, {}},
        {"by addresses", {"v=spf1 ip4:40.92.0.0/15 ip4:40.107.0.0/16 -all"}, {at_microsoft}, {}},
        {"through another record", {"v=spf1 include:ours.example -all"}, {at_microsoft}, {}},
        {"behind all",
         {"v=spf1 -all include:spf.protection.outlook.com"},
         {at_microsoft},
         {"spf-after-all", "spf-microsoft-missing"}},
        {"hidden behind macros", {"v=spf1 include:%{ir}.%{v}.%{d}.spf.example ~all"}, {at_microsoft}, {}},
        {"exists hides no provider",
         {"v=spf1 exists:%{i}.x.example -all"},
         {at_microsoft},
         {"spf-microsoft-missing"}},
        {"mail at Google", {plain}, {at_google}, {"spf-google-missing"}},
        {"Google may send", {"v=spf1 include:_spf.google.com ~all"}, {at_google}, {}},
        {"mail at both", {plain}, {at_google, at_microsoft}, {"spf-microsoft-missing", "spf-google-missing"}},
        {"retired", {"v=spf1 include:outlook.com -all"}, {}, {"spf-retired-include"}},
        {"an internet provider", {"v=spf1 include:_spf.telenet-ops.be -all"}, {}, {"spf-shared-isp"}},
        {"a hoster", {"v=spf1 include:spf.mailprotect.be -all"}, {}, {"spf-shared-hosting"}},
        {"a mailing service", {"v=spf1 include:sendgrid.net -all"}, {}, {"spf-shared-bulk"}},
        {"an internet provider that does not pass", {"v=spf1 ?include:_spf.telenet-ops.be -all"}, {}, {}},
    };
    for (const Beside& row : rows) {
        INFO(row.name);
        FakeDns dns = world();
        dns.txt("ours.example", "v=spf1 include:spf.protection.outlook.com ip4:192.0.2.7 -all");
        for (const std::string& text : row.texts)
            dns.txt("example.com", text);
        for (const char* host : row.mx)
            dns.mx("example.com", 10, host);
        CHECK(SpfWorld(dns).findings("example.com") == row.ids);
    }
}

TEST_CASE("the gravest findings come first", "[spf][lint]") {
    FakeDns dns = world();
    dns.txt("example.com", "v=spf1 IP4:192.0.2.1 ptr ipv4:192.0.2.1 ?all");
    std::vector<spf::Problem> problems;
    for (const spf::Issue& issue : SpfWorld(dns).issues("example.com"))
        problems.push_back(issue.problem);
    CHECK(std::is_sorted(problems.begin(), problems.end()));
    CHECK(problems.front() == spf::Problem::unknown_mechanism);
}

TEST_CASE("providers' own records are in order", "[spf][lint]") {
    dns::ZoneResolver zones = test::example_zones();
    SpfWorld world(zones);
    struct Real {
        const char* domain;
        Ids ids;
    };
    const std::vector<Real> rows = {
        {"spf.protection.outlook.com", {}},
        {"_spf.google.com", {}},
        {"_netblocks.google.com", {}},
        {"_netblocks2.google.com", {}},
        {"_netblocks3.google.com", {}},
        {"_spf.telenet-ops.be", {}},
        {"sendgrid.net", {"spf-shared-bulk"}}, // by its own include
        {"ab.sendgrid.net", {}},
        {"servers.mcsv.net", {}},
        {"mail.zendesk.com", {}},
        {"_spf.salesforce.com", {}},
        {"spf.messaging.microsoft.com", {}},
        // Theirs end in ?all: that is for them to decide, and true all the same.
        {"ispmail.spf.secure-mail.be", {"spf-neutral-all"}},
        {"bgc.spf.secure-mail.be", {"spf-neutral-all"}},
        {"spf.mailjet.com", {"spf-neutral-all"}},
        // What their customers hear of them is that they are shared, and nothing else.
        {"fixed.shortstraw.be", {"spf-shared-isp"}},
        {"ideal.shortstraw.be", {}},
        {"full.shortstraw.be", {"spf-shared-isp", "spf-shared-bulk"}},
        {"ten.shortstraw.be", {"spf-shared-bulk", "spf-near-lookup-limit"}},
        {"gsuite.shortstraw.be", {}},
        {"branch.shortstraw.be", {}},
        {"parked.shortstraw.be", {}},
    };
    for (const Real& row : rows) {
        INFO(row.domain);
        CHECK(world.findings(row.domain) == row.ids);
    }
}

TEST_CASE("the table of broken names tells what is found", "[spf][lint]") {
    dns::ZoneResolver zones = test::example_zones();
    SpfWorld world(zones);
    const std::string readme = test::read_source("examples/zones/README.md");
    std::istringstream lines(readme.substr(readme.find("\n## broken.example")));
    std::string line;
    std::size_t names = 0;
    while (std::getline(lines, line)) {
        const std::size_t first = line.find(" | ");
        const std::size_t last = line.rfind(" | ");
        if (!line.starts_with("| ") || first == last || line.starts_with("| name") ||
            line.starts_with("| ---"))
            continue;
        const std::string wanted = line.substr(last + 3, line.rfind(" |") - last - 3);
        std::istringstream cell(line.substr(2, first - 2));
        std::string name;
        while (std::getline(cell, name, ',')) {
            name.erase(0, name.find_first_not_of(' '));
            ++names;
            INFO(name);
            const Ids found = world.findings(name + ".broken.example");
            if (wanted.starts_with("spf-"))
                CHECK(found.count(wanted) == 1);
            else
                CHECK(found.empty());
        }
    }
    CHECK(names > 60);
}

TEST_CASE("whether a provider may send", "[spf][lint]") {
    struct Row {
        const char* record;
        bool may_send;
    };
    const std::vector<Row> rows = {
        {"v=spf1 include:spf.protection.outlook.com -all", true},
        {"v=spf1 include:spf.protection.partner.outlook.cn -all", true},
        {"v=spf1 include:spf.protection.office365.us -all", true},
        {"v=spf1 include:vendor.example -all", true}, // it stands in the record of another
        {"v=spf1 redirect=vendor.example", true},
        {"v=spf1 ip4:40.92.0.0/15 -all", true},
        {"v=spf1 include:%{i}.example -all", true}, // depends on the message
        {"v=spf1 include:slow.example -all", true}, // not known
        {"v=spf1 include:other.example -all", false},
        {"v=spf1 redirect=other.example", false},
        {"v=spf1 -all redirect=%{i}.example", false},
        {"v=spf1 a:spf.protection.outlook.com -all", false},
        {"v=spf1 -all", false},
    };
    for (const Row& row : rows) {
        INFO(row.record);
        FakeDns dns;
        dns.txt("vendor.example", "v=spf1 include:spf.protection.outlook.com -all");
        dns.txt("other.example", "v=spf1 ip4:192.0.2.1 -all");
        dns.breaks("slow.example", dns::Type::txt, dns::Status::timeout);
        dns.txt("example.com", row.record);
        const spf::Tree tree = SpfWorld(dns).walk("example.com");
        CHECK(spf::may_send(tree, *spf::provider_by_id("o365")) == row.may_send);
    }
}
