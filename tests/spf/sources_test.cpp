#include "spf/evaluate.hpp"
#include "spf/sources.hpp"
#include "support/spf_world.hpp"

using namespace relaytool;
using relaytool::test::FakeDns;
using relaytool::test::SpfWorld;
using relaytool::test::words;

namespace {

FakeDns world() {
    FakeDns dns;
    dns.txt("a.example", "v=spf1 ip4:192.0.2.0/25 ip6:2001:db8:a::/48 -all");
    dns.txt("minus.example", "v=spf1 -ip4:192.0.2.1 ip4:192.0.2.0/30 -all");
    dns.txt("open.example", "v=spf1 +all");
    dns.txt("broken.example", "v=spf1 ip4:192.0.2.1 ipv4:192.0.2.2 -all");
    dns.txt("two.example", "v=spf1 ip4:192.0.2.1 -all");
    dns.txt("two.example", "v=spf1 ip4:192.0.2.2 -all");
    dns.address("host.example", "192.0.2.80");
    dns.address("host.example", "2001:db8::80");
    dns.mx("mail.example", 10, "host.example");
    dns.address("is.example", "127.0.0.2");
    dns.txt("ptr.example", "v=spf1 ptr -all");
    dns.txt("neutral.example", "v=spf1 ?include:ptr.example -all");
    return dns;
}

} // namespace

TEST_CASE("the addresses that a record lets pass", "[spf][sources]") {
    struct Row {
        const char* name;
        const char* record;
        const char* networks;
        std::size_t open = 0;
    };
    const std::vector<Row> rows = {
        {"nobody", "v=spf1 -all", ""},
        {"no all", "v=spf1 ip4:192.0.2.1", "192.0.2.1"},
        {"everybody", "v=spf1 +all", "0.0.0.0/0 ::/0"},
        {"neighbours make one block", "v=spf1 ip4:192.0.2.0/25 ip4:192.0.2.128/25 -all", "192.0.2.0/24"},
        {"hosts", "v=spf1 a:host.example mx:mail.example -all", "192.0.2.80 2001:db8::80"},
        {"prefixes of hosts", "v=spf1 a:host.example/28//64 -all", "192.0.2.80/28 2001:db8::/64"},
        {"an include", "v=spf1 include:a.example ip4:198.51.100.1 -all",
         "192.0.2.0/25 198.51.100.1 2001:db8:a::/48"},
        {"a redirect", "v=spf1 ip4:198.51.100.1 redirect=a.example",
         "192.0.2.0/25 198.51.100.1 2001:db8:a::/48"},
        {"a redirect beside all", "v=spf1 ip4:198.51.100.1 -all redirect=a.example", "198.51.100.1"},
        {"behind all", "v=spf1 -all ip4:198.51.100.1", ""},
        {"denied in front", "v=spf1 -ip4:192.0.2.0 ip4:192.0.2.0/30 -all", "192.0.2.1 192.0.2.2/31"},
        {"neutral in front", "v=spf1 ?ip4:192.0.2.0 ip4:192.0.2.0/30 -all", "192.0.2.1 192.0.2.2/31"},
        {"denied behind", "v=spf1 ip4:192.0.2.0/30 -ip4:192.0.2.0 -all", "192.0.2.0/30"},
        {"all but one", "v=spf1 -ip4:192.0.2.0/24 +all",
         "0.0.0.0/1 128.0.0.0/2 192.0.0.0/23 192.0.3.0/24 192.0.4.0/22 192.0.8.0/21 192.0.16.0/20 192.0.32.0/19 "
         "192.0.64.0/18 192.0.128.0/17 192.1.0.0/16 192.2.0.0/15 192.4.0.0/14 192.8.0.0/13 192.16.0.0/12 "
         "192.32.0.0/11 192.64.0.0/10 192.128.0.0/9 193.0.0.0/8 194.0.0.0/7 196.0.0.0/6 200.0.0.0/5 208.0.0.0/4 "
         "224.0.0.0/3 ::/0"},
        {"a denied include", "v=spf1 -include:a.example ip4:192.0.2.0/24 -all", "192.0.2.128/25"},
        {"what an include denies is no match", "v=spf1 include:minus.example ip4:192.0.2.1 -all",
         "192.0.2.0/30"},
        {"an include of everybody", "v=spf1 include:open.example -all", "0.0.0.0/0 ::/0"},
        {"a broken record", "v=spf1 ip4:192.0.2.1 ip4:x -all", ""},
        {"an include of a broken record", "v=spf1 include:broken.example -all", ""},
        {"an include of two records", "v=spf1 include:two.example -all", ""},
        {"exists that is always true", "v=spf1 exists:is.example -all", "0.0.0.0/0 ::/0"},
        {"exists that is never true", "v=spf1 exists:isnt.example -all", ""},
        {"exists with a macro", "v=spf1 exists:%{i}.example -all", "", 1},
        {"ptr", "v=spf1 ptr ip4:192.0.2.1 -all", "192.0.2.1", 1},
        {"a denied ptr", "v=spf1 -ptr ip4:192.0.2.1 -all", "192.0.2.1"},
        {"a ptr of a denied include", "v=spf1 -include:ptr.example ip4:192.0.2.1 -all", "192.0.2.1"},
        {"a ptr of a neutral redirect's include", "v=spf1 redirect=neutral.example", ""},
        {"a ptr of an include", "v=spf1 include:ptr.example ip4:192.0.2.1 -all", "192.0.2.1", 1},
        {"macros in an include and a redirect", "v=spf1 include:%{i}.example redirect=%{l}.example", "", 2},
    };
    for (const Row& row : rows) {
        INFO(row.name);
        FakeDns dns = world();
        dns.txt("example.com", row.record);
        const spf::Sources sources = spf::sources(SpfWorld(dns).walk("example.com"));
        CHECK(words(sources.pass.networks()) == row.networks);
        CHECK(sources.open.size() == row.open);
        CHECK(sources.is_complete);
    }
}

TEST_CASE("what is listed is what passes a check", "[spf][sources]") {
    dns::ZoneResolver zones = test::example_zones();
    SpfWorld world(zones);
    for (const char* domain :
         {"shortstraw.be", "full.shortstraw.be", "gsuite.shortstraw.be", "branch.shortstraw.be",
          "upper-case.broken.example", "contained-range.broken.example"}) {
        INFO(domain);
        const ip::Set pass = spf::sources(world.walk(domain)).pass;
        std::size_t wrong = 0;
        for (const ip::Network& network : pass.networks())
            for (const ip::Address& address : {ip::first_of(network), ip::last_of(network)}) {
                const spf::Check check = spf::evaluate(
                    world.policies,
                    {.ip = address, .domain = domain, .sender_local = "postmaster", .sender_domain = domain});
                if (check.verdict != spf::Verdict::pass) ++wrong;
            }
        CHECK(!pass.empty());
        CHECK(wrong == 0);
    }
}

TEST_CASE("a list says when it is not whole", "[spf][sources]") {
    struct Row {
        const char* name;
        const char* record;
        std::string broken;
        dns::Type type;
        bool is_complete;
    };
    const std::vector<Row> rows = {
        {"the record", "", "example.com", dns::Type::txt, false},
        {"an include", "v=spf1 include:a.example -all", "a.example", dns::Type::txt, false},
        {"an include behind all", "v=spf1 -all include:a.example", "a.example", dns::Type::txt, true},
        {"IPv4 addresses of a host", "v=spf1 a:host.example -all", "host.example", dns::Type::a, false},
        {"IPv6 addresses of a host", "v=spf1 a:host.example -all", "host.example", dns::Type::aaaa, false},
        {"mail hosts", "v=spf1 mx:mail.example -all", "mail.example", dns::Type::mx, false},
        {"IPv4 addresses of a mail host", "v=spf1 mx:mail.example -all", "host.example", dns::Type::a, false},
        {"IPv6 addresses of a mail host", "v=spf1 mx:mail.example -all", "host.example", dns::Type::aaaa,
         false},
        {"exists", "v=spf1 exists:is.example -all", "is.example", dns::Type::a, false},
        {"an explanation allows nobody", "v=spf1 -all exp=why.example", "why.example", dns::Type::txt, true},
    };
    for (const Row& row : rows) {
        INFO(row.name);
        FakeDns dns = world();
        if (*row.record != 0) dns.txt("example.com", row.record);
        dns.breaks(row.broken, row.type, dns::Status::timeout);
        CHECK(spf::sources(SpfWorld(dns).walk("example.com")).is_complete == row.is_complete);
    }
}
