#include "spf/tree.hpp"
#include "support/spf_world.hpp"

using namespace relaytool;
using relaytool::test::FakeDns;
using relaytool::test::SpfWorld;
using relaytool::test::words;

namespace {

std::string number(int i) {
    return std::to_string(i);
}

} // namespace

TEST_CASE("a tree holds what a record comes to", "[spf][tree]") {
    FakeDns dns;
    dns.txt("example.com",
            "v=spf1 a/24 mx -ip4:192.0.2.1 include:a.example exists:e.%{d} exists:%{i}.example ptr "
            "~all ip6:2001:db8::1 redirect=never.example exp=why.%{d}");
    dns.address("example.com", "192.0.2.80");
    dns.address("example.com", "2001:db8::80");
    dns.mx("example.com", 10, "mx.example");
    dns.address("mx.example", "192.0.2.25");
    dns.txt("a.example", "v=spf1 mx include:b.example redirect=c.example");
    dns.txt("b.example", "v=spf1 ip4:198.51.100.1 ?all");
    dns.txt("c.example", "v=spf1 ip4:198.51.100.2 -all");
    dns.txt("why.example.com", "because");
    const spf::Tree tree = SpfWorld(dns).walk("example.com");
    CHECK(tree.is_complete);
    REQUIRE(tree.nodes.size() == 4);
    const std::vector<spf::Branch>& terms = tree.root().branches;
    REQUIRE(terms.size() == 11);
    CHECK(words(terms[0].networks) == "192.0.2.80/24 2001:db8::80");
    CHECK(words(terms[1].networks) == "192.0.2.25");
    CHECK(terms[1].hosts.size() == 1);
    CHECK(words(terms[2].networks) == "192.0.2.1");
    CHECK(tree.nodes[terms[3].node].domain.text() == "a.example");
    CHECK(terms[4].target->text() == "e.example.com");
    CHECK(terms[4].answer->is_void());
    CHECK(!terms[5].target);
    CHECK(terms[8].is_unreachable);
    CHECK(terms[9].is_unreachable);
    CHECK(terms[9].node == spf::no_node);
    CHECK(terms[10].answer->records.size() == 1);
    // a, mx, include (3 below it: mx, include, redirect), exists, exists, ptr
    CHECK(tree.root().lookups == 9);
    CHECK(terms[3].lookups == 4);
    // exists of e.example.com, mx of a.example; for IPv6 the mail host, too
    CHECK(tree.root().voids4 == 2);
    CHECK(tree.root().voids6 == 3);
    using Path = std::vector<std::string>;
    CHECK(tree.path_to(0) == Path{"example.com"});
    const std::size_t last = tree.nodes[terms[3].node].branches[2].node;
    CHECK(tree.path_to(last) == Path{"example.com", "include:a.example", "redirect=c.example"});
    for (const std::string& question : dns.asked)
        CHECK(question.find("never.example") == std::string::npos);
}

TEST_CASE("look-ups of a whole tree", "[spf][tree]") {
    struct Row {
        const char* name;
        const char* record;
        unsigned lookups;
    };
    const std::vector<Row> rows = {
        {"none", "v=spf1 ip4:192.0.2.1 ip6:::1 exp=why.example -all", 0},
        {"each mechanism that asks", "v=spf1 a mx ptr exists:e.example include:two.example -all", 7},
        {"the same twice counts twice", "v=spf1 include:two.example include:two.example -all", 6},
        {"redirect", "v=spf1 redirect=two.example", 3},
        {"redirect beside all", "v=spf1 -all redirect=two.example", 0},
        {"behind all", "v=spf1 a -all include:two.example", 1},
        {"an include that is not there", "v=spf1 include:gone.example -all", 1},
        {"macros", "v=spf1 include:%{i}.example exists:%{l}.example -all", 2},
        {"a signed term counts as well", "v=spf1 -include:two.example ?a ~mx -all", 5},
    };
    for (const Row& row : rows) {
        INFO(row.name);
        FakeDns dns;
        dns.txt("example.com", row.record);
        dns.txt("two.example", "v=spf1 a mx -all");
        CHECK(SpfWorld(dns).walk("example.com").root().lookups == row.lookups);
    }
}

TEST_CASE("circles end", "[spf][tree]") {
    FakeDns dns;
    dns.txt("self.example", "v=spf1 include:self.example -all");
    dns.txt("a.example", "v=spf1 include:b.example -all");
    dns.txt("b.example", "v=spf1 redirect=A.Example");
    dns.txt("twice.example", "v=spf1 include:leaf.example include:leaf.example -all");
    dns.txt("leaf.example", "v=spf1 -all");
    SpfWorld world(dns);
    const spf::Tree self = world.walk("self.example");
    CHECK(self.nodes.size() == 1);
    CHECK(self.root().branches[0].is_loop);
    CHECK(self.is_complete);
    const spf::Tree pair = world.walk("a.example");
    REQUIRE(pair.nodes.size() == 2);
    CHECK(pair.nodes[1].branches[0].is_loop);
    const spf::Tree twice = world.walk("twice.example");
    CHECK(twice.nodes.size() == 3);
    CHECK(!twice.root().branches[1].is_loop);
}

TEST_CASE("a tree has bounds in depth and size", "[spf][tree]") {
    FakeDns dns;
    for (int i = 0; i < 40; ++i)
        dns.txt("d" + number(i) + ".example", "v=spf1 include:d" + number(i + 1) + ".example -all");
    const spf::Tree deep = SpfWorld(dns).walk("d0.example");
    CHECK(!deep.is_complete);
    CHECK(deep.nodes.size() == 12);
    CHECK(deep.nodes.back().branches[0].is_left_out);
    std::string wide = "v=spf1";
    for (int i = 0; i < 500; ++i) {
        wide += " include:w" + number(i) + ".example";
        dns.txt("w" + number(i) + ".example", "v=spf1 include:x" + number(i) + ".example -all");
        dns.txt("x" + number(i) + ".example", "v=spf1 -all");
    }
    dns.txt("wide.example", wide);
    const spf::Tree cut = SpfWorld(dns).walk("wide.example");
    CHECK(!cut.is_complete);
    CHECK(cut.nodes.size() <= 120);
    FakeDns many;
    many.txt("example.com", "v=spf1 mx -all");
    for (int i = 0; i < 30; ++i) {
        many.mx("example.com", 10, "m" + number(i) + ".example");
        many.address("m" + number(i) + ".example", "192.0.2." + number(i));
    }
    CHECK(SpfWorld(many).walk("example.com").root().branches[0].hosts.size() == 10);
}

TEST_CASE("what the DNS does not tell stands in the tree", "[spf][tree]") {
    FakeDns dns;
    dns.txt("example.com", "v=spf1 include:slow.example include:gone.example -all");
    dns.breaks("slow.example", dns::Type::txt, dns::Status::timeout);
    const spf::Tree tree = SpfWorld(dns).walk("example.com");
    REQUIRE(tree.nodes.size() == 3);
    CHECK(tree.nodes[1].policy->answer->status == dns::Status::timeout);
    CHECK(tree.nodes[2].policy->answer->status == dns::Status::no_name);
    CHECK(tree.root().branches[1].voids4 == 1);
    const spf::Tree nothing = SpfWorld(dns).walk("nothing.example");
    CHECK(nothing.nodes.size() == 1);
    CHECK(nothing.root().branches.empty());
    CHECK(nothing.root().policy->records == 0);
}

TEST_CASE("a walk does not wait for ever", "[spf][tree]") {
    struct Slow final : dns::Resolver {
        FakeDns world;
        void ask(const dns::Question& question, std::function<void(dns::Answer)> done) override {
            world.ask(question, std::move(done));
        }
        std::chrono::nanoseconds wait() override {
            world.wait();
            return std::chrono::seconds(7);
        }
    } dns;
    for (int i = 0; i < 9; ++i)
        dns.world.txt("d" + number(i) + ".example", "v=spf1 include:d" + number(i + 1) + ".example -all");
    SpfWorld world(dns);
    const spf::Tree tree = world.walk("d0.example");
    CHECK(!tree.is_complete);
    CHECK(tree.nodes.size() < 9);
    for (const spf::Node& node : tree.nodes)
        CHECK(node.policy != nullptr);
}

TEST_CASE("answers may come after a walk is over and forgotten", "[spf][tree]") {
    struct Slow final : dns::Resolver {
        FakeDns world;
        FakeDns late; ///< answers when `is_late` is over
        bool is_late = true;
        void ask(const dns::Question& question, std::function<void(dns::Answer)> done) override {
            (question.name.text() == "d1.example" ? late : world).ask(question, std::move(done));
        }
        std::chrono::nanoseconds wait() override {
            world.wait();
            if (!is_late) late.wait();
            return std::chrono::seconds(7);
        }
    } dns;
    dns.world.txt("d0.example", "v=spf1 include:d1.example -all");
    dns.late.txt("d1.example", "v=spf1 include:d2.example mx -all");
    dns::Cache cache(dns);
    {
        spf::Policies policies(cache);
        CHECK(!spf::walk(policies, test::name("d0.example")).is_complete);
    }
    dns.is_late = false;
    CHECK(cache.query({test::name("d1.example"), dns::Type::txt})->status == dns::Status::answer);
    CHECK(cache.query({test::name("d2.example"), dns::Type::txt})->status == dns::Status::no_name);
}
