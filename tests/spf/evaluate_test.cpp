#include "spf/evaluate.hpp"
#include "support/catch.hpp"
#include "support/fake_dns.hpp"

using namespace relaytool;
using relaytool::test::FakeDns;

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
