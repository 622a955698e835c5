#include "dns/cache.hpp"
#include "support/catch.hpp"
#include "support/fake_dns.hpp"

using namespace relaytool;
using relaytool::test::FakeDns;

TEST_CASE("a question is asked once", "[dns][cache]") {
    FakeDns dns;
    dns.txt("example.com", "one");
    dns::Cache cache(dns);
    const dns::Question question{FakeDns::name("example.com"), dns::Type::txt};
    const dns::Question again{FakeDns::name("EXAMPLE.com."), dns::Type::txt};
    CHECK(cache.query(question)->all<dns::Text>().size() == 1);
    CHECK(cache.query(again)->status == dns::Status::answer);
    CHECK(dns.asked == std::vector<std::string>{"TXT example.com"});
    CHECK(cache.query({question.name, dns::Type::a})->status == dns::Status::no_data);
    CHECK(cache.asked() == 2);
}

TEST_CASE("look-ups that are prefetched are in flight together", "[dns][cache]") {
    FakeDns dns;
    dns.txt("a.example", "b");
    dns.txt("b.example", "c");
    dns::Cache cache(dns);
    const auto question = [](const char* name) { return dns::Question{FakeDns::name(name), dns::Type::txt}; };
    std::size_t answers = 0;
    cache.prefetch(question("b.example"), [&](const dns::AnswerPtr&) { ++answers; });
    cache.prefetch(question("a.example"), [&](const dns::AnswerPtr&) {
        cache.prefetch(question("c.example")); // from inside an answer
    });
    CHECK(cache.query(question("a.example"))->status == dns::Status::answer);
    CHECK(answers == 1);
    CHECK(dns.rounds == 1);
    cache.prefetch(question("b.example"), [&](const dns::AnswerPtr&) { ++answers; });
    CHECK(answers == 2); // known already: at once
    CHECK(cache.query(question("c.example"))->status == dns::Status::no_name);
    CHECK(dns.rounds == 2);
    CHECK(dns.asked.size() == 3);
    CHECK(cache.waited() == std::chrono::milliseconds(40));
}

TEST_CASE("the oldest answers are forgotten first", "[dns][cache]") {
    FakeDns dns;
    dns::Cache cache(dns, 2);
    for (const char* name : {"a.example", "b.example", "c.example", "c.example", "a.example"})
        cache.query({FakeDns::name(name), dns::Type::txt});
    CHECK(dns.asked ==
          std::vector<std::string>{"TXT a.example", "TXT b.example", "TXT c.example", "TXT a.example"});
}

TEST_CASE("waiting ends when the answers are there, or when none is to come", "[dns][cache]") {
    FakeDns dns;
    dns::Cache cache(dns);
    bool known = false;
    cache.prefetch({FakeDns::name("a.example"), dns::Type::txt},
                   [&](const dns::AnswerPtr&) { known = true; });
    cache.wait_until([&] { return known; });
    CHECK(known);
    cache.wait_until([] { return false; });
    CHECK(dns.rounds == 1);
}
