#include "spf/evaluate.hpp"
#include "support/catch.hpp"
#include "support/fake_dns.hpp"

using namespace relaytool;
using relaytool::test::FakeDns;
using spf::Reason;
using spf::Verdict;

namespace {

/// check_host() for mail from user@example.com.
spf::Check check(FakeDns& dns, std::string_view ip, const std::string& domain = "example.com") {
    dns::Cache cache(dns);
    spf::Policies policies(cache);
    return spf::evaluate(policies, {.ip = ip::read_address(ip).value(),
                                    .domain = domain,
                                    .sender_local = "user",
                                    .sender_domain = domain,
                                    .helo = "mail.example.net"});
}

} // namespace

TEST_CASE("the path leads through includes to the term that decided", "[spf][evaluate]") {
    FakeDns dns;
    dns.txt("example.com", "v=spf1 include:a.example include:b.example -all");
    dns.txt("a.example", "v=spf1 include:c.example ?all");
    dns.txt("b.example", "v=spf1 redirect=d.example");
    dns.txt("c.example", "v=spf1 ip4:192.0.2.1 -all");
    dns.txt("d.example", "v=spf1 ip4:192.0.2.2 -all");
    using Path = std::vector<std::string>;
    CHECK(check(dns, "192.0.2.1").path == Path{"include:a.example", "include:c.example", "ip4:192.0.2.1"});
    CHECK(check(dns, "192.0.2.2").path == Path{"include:b.example", "redirect=d.example", "ip4:192.0.2.2"});
    const spf::Check fail = check(dns, "192.0.2.3");
    CHECK(fail.path == Path{"-all"});
    CHECK(fail.verdict == spf::Verdict::fail);
    CHECK(fail.lookups == 4);
    CHECK(fail.mechanism() == "-all");
}

TEST_CASE("a tree of includes takes as many rounds as it is deep", "[spf][evaluate]") {
    FakeDns dns;
    dns.txt("example.com",
            "v=spf1 mx a:host.example include:a.example include:b.example include:c.example -all");
    dns.mx("example.com", 10, "mx.example");
    dns.address("mx.example", "192.0.2.25");
    dns.address("host.example", "192.0.2.26");
    for (const char* name : {"a", "b", "c"}) {
        dns.txt(std::string(name) + ".example", std::string("v=spf1 include:") + name + "2.example -all");
        dns.txt(std::string(name) + "2.example", "v=spf1 ip4:198.51.100.1 -all");
    }
    CHECK(check(dns, "192.0.2.3").verdict == spf::Verdict::fail);
    CHECK(dns.rounds == 3);
}

TEST_CASE("what matches without the DNS keeps later terms from being looked up", "[spf][evaluate]") {
    FakeDns dns;
    dns.txt("example.com", "v=spf1 ip4:192.0.2.1 include:a.example mx -all");
    CHECK(check(dns, "192.0.2.1").verdict == spf::Verdict::pass);
    CHECK(dns.asked.size() == 1);
}

TEST_CASE("a check does not wait for ever", "[spf][evaluate]") {
    struct Slow final : dns::Resolver {
        FakeDns world;
        void ask(const dns::Question& question, std::function<void(dns::Answer)> done) override {
            world.ask(question, std::move(done));
        }
        std::chrono::nanoseconds wait() override {
            world.wait();
            return std::chrono::seconds(5);
        }
    } dns;
    std::string name = "example.com";
    for (int i = 0; i < 9; ++i) {
        const std::string next = "n" + std::to_string(i) + ".example";
        dns.world.txt(name, "v=spf1 include:" + next + " -all");
        name = next;
    }
    dns.world.txt(name, "v=spf1 -all");
    dns::Cache cache(dns);
    spf::Policies policies(cache);
    const spf::Check slow =
        spf::evaluate(policies, {.ip = ip::Address::v4(1), .domain = "example.com", .sender_local = "user"});
    CHECK(slow.verdict == spf::Verdict::temperror);
    CHECK(slow.reason == spf::Reason::out_of_time);
}

TEST_CASE("the examples of the standard's appendix", "[spf][evaluate]") {
    // RFC 7208 appendix A: the zone, then the records that are put at example.com one after the other.
    const auto zone = [] {
        FakeDns dns;
        dns.mx("example.com", 10, "mail-a.example.com");
        dns.mx("example.com", 20, "mail-b.example.com");
        dns.address("example.com", "192.0.2.10");
        dns.address("example.com", "192.0.2.11");
        dns.address("amy.example.com", "192.0.2.65");
        dns.address("bob.example.com", "192.0.2.66");
        dns.address("mail-a.example.com", "192.0.2.129");
        dns.address("mail-b.example.com", "192.0.2.130");
        dns.address("www.example.com", "192.0.2.10");
        dns.mx("example.org", 10, "mail-c.example.org");
        dns.address("mail-c.example.org", "192.0.2.140");
        dns.ptr("192.0.2.10", "example.com");
        dns.ptr("192.0.2.11", "example.com");
        dns.ptr("192.0.2.65", "amy.example.com");
        dns.ptr("192.0.2.66", "bob.example.com");
        dns.ptr("192.0.2.129", "mail-a.example.com");
        dns.ptr("192.0.2.130", "mail-b.example.com");
        dns.ptr("192.0.2.140", "mail-c.example.org");
        dns.ptr("10.0.0.4", "bob.example.com"); // a lie
        return dns;
    };
    struct Row {
        const char* record;
        std::vector<const char*> pass;
        std::vector<const char*> others;
        Verdict verdict; ///< of the others
    };
    const std::vector<Row> rows = {
        {"v=spf1 +all", {"192.0.2.129", "10.0.0.4", "2001:db8::1"}, {}, Verdict::pass},
        {"v=spf1 a -all", {"192.0.2.10", "192.0.2.11"}, {"192.0.2.129", "10.0.0.4"}, Verdict::fail},
        {"v=spf1 a:example.org -all", {}, {"192.0.2.10", "192.0.2.140"}, Verdict::fail},
        {"v=spf1 mx -all", {"192.0.2.129", "192.0.2.130"}, {"192.0.2.10", "192.0.2.140"}, Verdict::fail},
        {"v=spf1 mx:example.org -all", {"192.0.2.140"}, {"192.0.2.129"}, Verdict::fail},
        {"v=spf1 mx mx:example.org -all",
         {"192.0.2.129", "192.0.2.130", "192.0.2.140"},
         {"192.0.2.10"},
         Verdict::fail},
        {"v=spf1 mx/30 mx:example.org/30 -all",
         {"192.0.2.128", "192.0.2.131", "192.0.2.140", "192.0.2.143"},
         {"192.0.2.127", "192.0.2.132", "192.0.2.139", "192.0.2.144"},
         Verdict::fail},
        {"v=spf1 ptr -all", {"192.0.2.10", "192.0.2.65"}, {"192.0.2.140", "10.0.0.4"}, Verdict::fail},
        {"v=spf1 ip4:192.0.2.128/28 -all", {"192.0.2.129", "192.0.2.143"}, {"192.0.2.65"}, Verdict::fail},
    };
    for (const Row& row : rows) {
        FakeDns dns = zone();
        dns.txt("example.com", row.record);
        for (const char* ip : row.pass) {
            INFO(row.record << " " << ip);
            CHECK(check(dns, ip).verdict == Verdict::pass);
        }
        for (const char* ip : row.others) {
            INFO(row.record << " " << ip);
            CHECK(check(dns, ip).verdict == row.verdict);
        }
    }
    // A.2: a record for many domains. A.3: a list in the DNS. A.4: one user of a domain may send from
    // elsewhere.
    FakeDns dns = zone();
    dns.txt("example.org", "v=spf1 include:example.com include:example.net -all");
    dns.txt("la.example.org", "v=spf1 redirect=example.org");
    dns.txt("example.com", "v=spf1 mx -all");
    dns.txt("example.net", "v=spf1 ip4:198.51.100.7 -all");
    CHECK(check(dns, "192.0.2.129", "la.example.org").verdict == Verdict::pass);
    CHECK(check(dns, "198.51.100.7", "la.example.org").verdict == Verdict::pass);
    CHECK(check(dns, "192.0.2.10", "la.example.org").verdict == Verdict::fail);
    dns.txt("mobile-users.example.net", "v=spf1 exists:%{l1r+}.%{d} -all");
    dns.address("user.mobile-users.example.net", "127.0.0.2");
    CHECK(check(dns, "10.0.0.4", "mobile-users.example.net").verdict == Verdict::pass);
    dns.txt("list.example.net", "v=spf1 -exists:%{ir}.%{l1r+-}._spf.%{d} +exists:%{ir}.bl._spf.%{d} ?all");
    dns.address("3.2.0.192.user._spf.list.example.net", "127.0.0.2");
    CHECK(check(dns, "192.0.2.3", "list.example.net").verdict == Verdict::fail);
    CHECK(check(dns, "192.0.2.4", "list.example.net").verdict == Verdict::neutral);
}

namespace {

/// Names for the tables below.
FakeDns many_names() {
    FakeDns dns;
    const auto number = [](int i) { return std::to_string(i); };
    for (int i = 0; i <= 12; ++i) {
        dns.txt("d" + number(i) + ".example", "v=spf1 include:d" + number(i + 1) + ".example -all");
        dns.txt("r" + number(i) + ".example", "v=spf1 redirect=r" + number(i + 1) + ".example");
        dns.txt("n" + number(i) + ".example", "v=spf1 -all");
    }
    dns.txt("d13.example", "v=spf1 +all");
    dns.txt("r13.example", "v=spf1 +all");
    dns.txt("pass.example", "v=spf1 +all");
    dns.txt("fail.example", "v=spf1 -all");
    dns.txt("softfail.example", "v=spf1 ~all");
    dns.txt("neutral.example", "v=spf1");
    dns.txt("syntax.example", "v=spf1 ip4:x -all");
    dns.txt("two.example", "v=spf1 +all");
    dns.txt("two.example", "v=spf1 -all");
    dns.txt("none.example", "hello");
    dns.txt("com", "v=spf1 +all");
    dns.breaks("slow.example", dns::Type::txt, dns::Status::timeout);
    dns.breaks("slow.example", dns::Type::a, dns::Status::failure);
    dns.breaks("slow.example", dns::Type::mx, dns::Status::timeout);
    dns.mx("slowhost.example", 10, "slow.example");
    dns.address("host.example", "192.0.2.1");
    dns.address("host.example", "2001:db8::1");
    for (int i = 1; i <= 11; ++i) {
        const std::string host = "m" + number(i) + ".example";
        dns.address(host, "192.0.2." + number(i));
        if (i <= 10) dns.mx("ten.example", 10, host);
        dns.mx("eleven.example", 10, host);
    }
    dns.mx("null.example", 0, ".");
    return dns;
}

std::string includes(int count, std::string_view name = "n") {
    std::string text;
    for (int i = 0; i < count; ++i)
        text += " include:" + std::string(name) + std::to_string(i) + ".example";
    return text;
}

} // namespace

TEST_CASE("limits and errors", "[spf][evaluate]") {
    struct Row {
        std::string name;
        std::string record;
        Verdict verdict;
        Reason reason;
        const char* ip = "192.0.2.200";
    };
    const std::vector<Row> rows = {
        {"ten includes", "v=spf1" + includes(10) + " +all", Verdict::pass, Reason::matched},
        {"eleven includes", "v=spf1" + includes(11) + " +all", Verdict::permerror, Reason::too_many_lookups},
        {"the eleventh is not reached", "v=spf1" + includes(10) + " ip4:192.0.2.0/24 mx -all", Verdict::pass,
         Reason::matched},
        {"ten deep", "v=spf1 include:d4.example -all", Verdict::pass, Reason::matched},
        {"eleven deep", "v=spf1 include:d3.example -all", Verdict::permerror, Reason::too_many_lookups},
        {"ten redirects", "v=spf1 redirect=r4.example", Verdict::pass, Reason::matched},
        {"eleven redirects", "v=spf1 redirect=r3.example", Verdict::permerror, Reason::too_many_lookups},
        {"ten over includes and a redirect", "v=spf1" + includes(5) + " redirect=r9.example", Verdict::pass,
         Reason::matched},
        {"eleven over includes and a redirect", "v=spf1" + includes(6) + " redirect=r9.example",
         Verdict::permerror, Reason::too_many_lookups},
        {"each kind counts",
         "v=spf1 a:host.example mx:ten.example exists:host.example" + includes(8) + " +all", Verdict::pass,
         Reason::matched},
        {"each kind counts, one too many",
         "v=spf1 a:host.example mx:ten.example -exists:%{l}.none.example ptr" + includes(7) + " +all",
         Verdict::permerror, Reason::too_many_lookups},
        {"a circle", "v=spf1 include:example.com -all", Verdict::permerror, Reason::too_many_lookups},
        {"a circle of redirects", "v=spf1 redirect=example.com", Verdict::permerror,
         Reason::too_many_lookups},
        {"two for nothing", "v=spf1 a:x.example exists:y.example +all", Verdict::pass, Reason::matched},
        {"three for nothing", "v=spf1 a:x.example exists:y.example mx:z.example +all", Verdict::permerror,
         Reason::too_many_voids},
        {"three for nothing: names without addresses",
         "v=spf1 a:none.example a:none.example mx:none.example +all", Verdict::permerror,
         Reason::too_many_voids},
        {"no reverse name is one for nothing", "v=spf1 a:x.example a:y.example ptr +all", Verdict::permerror,
         Reason::too_many_voids},
        {"three mail hosts for nothing over IPv6", "v=spf1 mx:ten.example +all", Verdict::permerror,
         Reason::too_many_voids, "2001:db8::9"},
        {"ten mail hosts", "v=spf1 mx:ten.example +all", Verdict::pass, Reason::matched},
        {"eleven mail hosts", "v=spf1 mx:eleven.example +all", Verdict::permerror, Reason::too_many_hosts},
        {"eleven mail hosts, though the first fits", "v=spf1 mx:eleven.example +all", Verdict::permerror,
         Reason::too_many_hosts, "192.0.2.1"},
        {"null MX", "v=spf1 mx:null.example ~all", Verdict::softfail, Reason::matched},
        {"a mistake behind what matches", "v=spf1 +all ip4:x", Verdict::permerror, Reason::syntax},
        {"the same redirect twice", "v=spf1 redirect=pass.example redirect=pass.example", Verdict::permerror,
         Reason::syntax},
        {"nothing", "v=spf1", Verdict::neutral, Reason::no_match},
        {"include of a fail", "v=spf1 include:fail.example ~all", Verdict::softfail, Reason::matched},
        {"include of a softfail", "v=spf1 include:softfail.example -all", Verdict::fail, Reason::matched},
        {"include of a neutral", "v=spf1 include:neutral.example -all", Verdict::fail, Reason::matched},
        {"the sign of an include", "v=spf1 ~include:pass.example -all", Verdict::softfail, Reason::matched},
        {"include of a mistake", "v=spf1 include:syntax.example +all", Verdict::permerror, Reason::syntax},
        {"include of two", "v=spf1 include:two.example +all", Verdict::permerror, Reason::many_records},
        {"include of none", "v=spf1 include:none.example +all", Verdict::permerror, Reason::include_none},
        {"include of nobody", "v=spf1 include:gone.example +all", Verdict::permerror, Reason::include_none},
        {"include of one label", "v=spf1 include:%{d1} +all", Verdict::permerror, Reason::include_none},
        {"include of no name", "v=spf1 include:a..b.example +all", Verdict::permerror, Reason::include_none},
        {"include without answer", "v=spf1 include:slow.example +all", Verdict::temperror,
         Reason::dns_failure},
        {"redirect to none", "v=spf1 redirect=none.example", Verdict::permerror, Reason::include_none},
        {"redirect to one label", "v=spf1 redirect=%{d1}", Verdict::permerror, Reason::include_none},
        {"redirect to no name", "v=spf1 redirect=a..b.example", Verdict::permerror, Reason::include_none},
        {"redirect to a fail", "v=spf1 redirect=fail.example", Verdict::fail, Reason::matched},
        {"redirect to neutral", "v=spf1 redirect=neutral.example", Verdict::neutral, Reason::no_match},
        {"redirect without answer", "v=spf1 redirect=slow.example", Verdict::temperror, Reason::dns_failure},
        {"redirect beside all", "v=spf1 redirect=pass.example ?all", Verdict::neutral, Reason::matched},
        {"redirect counts last", "v=spf1 redirect=fail.example ip4:192.0.2.0/24", Verdict::pass,
         Reason::matched},
        {"a without answer", "v=spf1 a:slow.example +all", Verdict::temperror, Reason::dns_failure},
        {"mx without answer", "v=spf1 mx:slow.example +all", Verdict::temperror, Reason::dns_failure},
        {"mail host without answer", "v=spf1 mx:slowhost.example +all", Verdict::temperror,
         Reason::dns_failure},
        {"exists without answer", "v=spf1 exists:slow.example +all", Verdict::temperror, Reason::dns_failure},
        {"what failed stands behind what matches", "v=spf1 ip4:192.0.2.0/24 a:slow.example -all",
         Verdict::pass, Reason::matched},
        {"temporary in front of permanent", "v=spf1 include:slow.example include:syntax.example -all",
         Verdict::temperror, Reason::dns_failure},
        {"permanent in front of temporary", "v=spf1 include:syntax.example include:slow.example -all",
         Verdict::permerror, Reason::syntax},
        {"a mistake of its own in front of temporary", "v=spf1 include:slow.example ip4:x",
         Verdict::permerror, Reason::syntax},
        {"a name that cannot be", "v=spf1 a:a..b.example -all", Verdict::fail, Reason::matched},
        {"exists asks for A also over IPv6", "v=spf1 exists:m1.example -all", Verdict::pass, Reason::matched,
         "2001:db8::9"},
        {"the prefix of the family", "v=spf1 a:host.example/32//64 -all", Verdict::pass, Reason::matched,
         "2001:db8::9"},
        {"the prefix of the other family", "v=spf1 a:host.example/8 -all", Verdict::fail, Reason::matched,
         "2001:db8::9"},
        {"an IPv4 address written as IPv6", "v=spf1 ip4:192.0.2.9 -all", Verdict::pass, Reason::matched,
         "::ffff:192.0.2.9"},
        {"is no IPv6 sender", "v=spf1 ip6:::ffff:192.0.2.0/120 -all", Verdict::fail, Reason::matched,
         "::ffff:192.0.2.9"},
    };
    for (const Row& row : rows) {
        INFO(row.name);
        FakeDns dns = many_names();
        dns.txt("example.com", row.record);
        const spf::Check found = check(dns, row.ip);
        CHECK(to_string(found.verdict) == to_string(row.verdict));
        CHECK(found.reason == row.reason);
        CHECK(found.lookups <= spf::max_lookup_terms + 1);
        CHECK(found.void_lookups <= spf::max_void_lookups + 1);
        CHECK(found.record == row.record);
    }
}

TEST_CASE("domains that cannot be checked", "[spf][evaluate]") {
    struct Row {
        const char* name;
        std::string domain;
        Reason reason;
    };
    const std::vector<Row> rows = {
        {"nothing", "", Reason::bad_domain},
        {"one label", "com", Reason::bad_domain},
        {"an empty label", "a..example", Reason::bad_domain},
        {"a long label", std::string(64, 'a') + ".example", Reason::bad_domain},
        {"an address literal", "[192.0.2.1]", Reason::no_domain},
        {"no such domain", "gone.example", Reason::no_domain},
        {"no record", "none.example", Reason::no_record},
    };
    for (const Row& row : rows) {
        INFO(row.name);
        FakeDns dns = many_names();
        const spf::Check found = check(dns, "192.0.2.1", row.domain);
        CHECK(found.verdict == Verdict::none);
        CHECK(found.reason == row.reason);
        CHECK(found.mechanism().empty());
        CHECK(found.visits.empty());
    }
    FakeDns dns = many_names();
    CHECK(check(dns, "192.0.2.1", "two.example").reason == Reason::many_records);
    CHECK(check(dns, "192.0.2.1", "slow.example").verdict == Verdict::temperror);
    CHECK(check(dns, "192.0.2.1", "pass.example.").verdict == Verdict::pass);
    CHECK(check(dns, "192.0.2.1", "PASS.Example").verdict == Verdict::pass);
}

TEST_CASE("names of the client", "[spf][evaluate]") {
    FakeDns dns;
    dns.txt("example.com", "v=spf1 ptr -all");
    dns.txt("p.example", "v=spf1 exists:%{p}.p.example -all");
    // Ten names are looked at, and the eleventh is the true one.
    for (int i = 1; i <= 10; ++i) {
        const std::string name = "x" + std::to_string(i) + ".example.net";
        dns.ptr("192.0.2.1", name);
        dns.address(name, "192.0.2.99");
    }
    dns.ptr("192.0.2.1", "host.example.com");
    dns.address("host.example.com", "192.0.2.1");
    CHECK(check(dns, "192.0.2.1").verdict == Verdict::fail);
    dns.ptr("192.0.2.2", "xexample.com"); // a name that only ends like the domain
    dns.address("xexample.com", "192.0.2.2");
    CHECK(check(dns, "192.0.2.2").verdict == Verdict::fail);
    dns.ptr("192.0.2.3", "EXAMPLE.COM");
    dns.address("example.com", "192.0.2.3");
    CHECK(check(dns, "192.0.2.3").verdict == Verdict::pass);
    dns.ptr("2001:db8::3", "six.example.com");
    dns.address("six.example.com", "2001:db8::3");
    CHECK(check(dns, "2001:db8::3").verdict == Verdict::pass);
    // A reverse name that cannot be found out is no match, not an error: section 5.5.
    dns.breaks("4.2.0.192.in-addr.arpa", dns::Type::ptr, dns::Status::failure);
    CHECK(check(dns, "192.0.2.4").verdict == Verdict::fail);
    dns.ptr("192.0.2.5", "slow.example.com");
    dns.ptr("192.0.2.5", "five.example.com");
    dns.breaks("slow.example.com", dns::Type::a, dns::Status::timeout);
    dns.address("five.example.com", "192.0.2.5");
    CHECK(check(dns, "192.0.2.5").verdict == Verdict::pass);
    // %{p}: a name below the domain is better than others.
    dns.address("unknown.p.example", "127.0.0.2");
    CHECK(check(dns, "192.0.2.9", "p.example").verdict == Verdict::pass);
    dns.ptr("192.0.2.6", "other.example.net");
    dns.ptr("192.0.2.6", "mine.p.example");
    dns.address("other.example.net", "192.0.2.6");
    dns.address("mine.p.example", "192.0.2.6");
    dns.address("mine.p.example.p.example", "127.0.0.2");
    CHECK(check(dns, "192.0.2.6", "p.example").verdict == Verdict::pass);
}

TEST_CASE("the words that a domain has for refused mail", "[spf][evaluate]") {
    struct Row {
        const char* name;
        const char* record;
        const char* explanation;
    };
    const std::vector<Row> rows = {
        {"macros", "v=spf1 -all exp=why.example",
         "192.0.2.1 may not send as user@example.com (unknown, 0, example.com)"},
        {"the name may have macros", "v=spf1 exp=why.%{d} -all", "why"},
        {"softfail", "v=spf1 ~all exp=why.example", ""},
        {"pass", "v=spf1 +all exp=why.example", ""},
        {"of an include", "v=spf1 include:fails.example -all", ""},
        {"its own, behind an include", "v=spf1 include:fails.example -all exp=plain.example", "plain"},
        {"of a denied include", "v=spf1 -include:passes.example exp=plain.example", "plain"},
        {"of a redirect", "v=spf1 redirect=fails.example", "theirs for fails.example"},
        {"the first domain's does not count with a redirect",
         "v=spf1 redirect=bare.example exp=plain.example", ""},
        {"gone", "v=spf1 -all exp=gone.example", ""},
        {"two", "v=spf1 -all exp=two.example", ""},
        {"a broken macro", "v=spf1 -all exp=broken.example", ""},
        {"not ASCII", "v=spf1 -all exp=foreign.example", ""},
        {"no answer", "v=spf1 -all exp=slow.example", ""},
        {"several strings", "v=spf1 -all exp=strings.example", "one two"},
        {"a name that cannot be", "v=spf1 -all exp=a..b.example", ""},
    };
    for (const Row& row : rows) {
        INFO(row.name);
        FakeDns dns;
        dns.txt("example.com", row.record);
        dns.txt("why.example", "%{c} may not send as %{s} (%{r}, %{t}, %{d})");
        dns.txt("why.example.com", "why");
        dns.txt("plain.example", "plain");
        dns.txt("theirs.example", "theirs for %{d}");
        dns.txt("fails.example", "v=spf1 -all exp=theirs.example");
        dns.txt("bare.example", "v=spf1 -all");
        dns.txt("passes.example", "v=spf1 +all exp=theirs.example");
        dns.txt("two.example", "one");
        dns.txt("two.example", "two");
        dns.txt("broken.example", "%{c");
        dns.txt("foreign.example", "caf\xC3\xA9");
        dns.txt("strings.example", std::vector<std::string>{"one ", "two"});
        dns.breaks("slow.example", dns::Type::txt, dns::Status::timeout);
        CHECK(check(dns, "192.0.2.1").explanation == row.explanation);
    }
}

TEST_CASE("macros see the identity that is checked", "[spf][evaluate]") {
    FakeDns dns;
    dns.txt("mail.example.net", "v=spf1 exists:%{l}.%{o}.%{h}.ok.example -all");
    dns.address("postmaster.mail.example.net.mail.example.net.ok.example", "127.0.0.2");
    dns::Cache cache(dns);
    spf::Policies policies(cache);
    const spf::Check found = spf::evaluate(policies, {.ip = ip::Address::v4(1),
                                                      .domain = "mail.example.net",
                                                      .sender_local = "postmaster",
                                                      .sender_domain = "mail.example.net",
                                                      .helo = "mail.example.net",
                                                      .identity = spf::Identity::helo});
    CHECK(found.verdict == Verdict::pass);
    CHECK(to_string(found.query.identity) == "helo");
    CHECK(to_string(spf::Identity::mail_from) == "mailfrom");
}

TEST_CASE("the terms that were looked at", "[spf][evaluate]") {
    FakeDns dns;
    dns.txt("example.com", "v=spf1 ip4:192.0.2.9 include:a.example x=y ~include:b.example -all");
    dns.txt("a.example", "v=spf1 ip4:192.0.2.8 -all");
    dns.txt("b.example", "v=spf1 redirect=c.example");
    dns.txt("c.example", "v=spf1 ip4:192.0.2.1 -all");
    const spf::Check found = check(dns, "192.0.2.1");
    std::string visits;
    for (const spf::Visit& visit : found.visits)
        visits += std::to_string(visit.depth) + visit.term->text + (visit.matched ? "! " : " ");
    CHECK(visits ==
          "0ip4:192.0.2.9 0include:a.example 1ip4:192.0.2.8 1-all! 0~include:b.example! 1redirect=c.example "
          "1ip4:192.0.2.1! ");
    CHECK(found.verdict == Verdict::softfail);
    CHECK(found.path ==
          std::vector<std::string>{"~include:b.example", "redirect=c.example", "ip4:192.0.2.1"});
    CHECK(found.mechanism() == "ip4:192.0.2.1");
    CHECK(found.at == "example.com");
    CHECK(found.lookups == 3);
}

TEST_CASE("what went wrong is named by the way to it", "[spf][evaluate]") {
    FakeDns dns = many_names();
    dns.txt("example.com", "v=spf1 include:a.example -all");
    dns.txt("a.example", "v=spf1 include:syntax.example -all");
    const spf::Check mistake = check(dns, "192.0.2.1");
    CHECK(mistake.path == std::vector<std::string>{"include:a.example", "include:syntax.example", "ip4:x"});
    CHECK(mistake.at == "syntax.example");
    CHECK(mistake.mechanism().empty());
    dns.txt("b.example", "v=spf1 mx:slow.example -all");
    const spf::Check silent = check(dns, "192.0.2.1", "b.example");
    CHECK(silent.path == std::vector<std::string>{"mx:slow.example"});
    CHECK(silent.at == "slow.example");
}
