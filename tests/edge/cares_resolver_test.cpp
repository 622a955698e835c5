#include "edge/cares_resolver.hpp"
#include "edge/dns_server.hpp"
#include "support/catch.hpp"
#include "support/dns_octets.hpp"

#include <chrono>
#include <map>
#include <set>
#include <string>
#include <vector>

using namespace relaytool;
using dns::Status;
using dns::Type;
using test::AnswerOctets;
using test::DnsServer;
using test::SeenQuery;
using Milliseconds = std::chrono::milliseconds;

namespace {

dns::Question txt(std::string_view name) {
    return {dns::Name::from_text(name).value(), Type::txt};
}

/// An answer with one text.
std::string text(const SeenQuery& query, const std::string& words) {
    AnswerOctets octets(query.question);
    octets.add(AnswerOctets::pointer(12), Type::txt, AnswerOctets::string(words));
    return octets.octets(query.id);
}

std::string code(const SeenQuery& query, unsigned rcode) {
    return AnswerOctets(query.question, 0x8180 | rcode).octets(query.id);
}

struct Asked {
    std::vector<dns::Answer> answers;
    Milliseconds took{0};
};

/// Asks all questions at once.
Asked ask(const std::vector<std::string>& servers, const std::vector<dns::Question>& questions,
          Milliseconds timeout = Milliseconds(2000)) {
    auto resolver = edge::open_network_dns({servers, timeout});
    REQUIRE(resolver);
    Asked asked;
    asked.answers.resize(questions.size());
    std::size_t open = questions.size();
    const auto begun = std::chrono::steady_clock::now();
    for (std::size_t i = 0; i < questions.size(); ++i)
        (*resolver)->ask(questions[i], [&asked, &open, i](dns::Answer answer) {
            asked.answers[i] = std::move(answer);
            --open;
        });
    while (open > 0)
        (*resolver)->wait();
    asked.took = std::chrono::duration_cast<Milliseconds>(std::chrono::steady_clock::now() - begun);
    return asked;
}

dns::Answer ask_one(const std::vector<std::string>& servers, Milliseconds timeout = Milliseconds(2000)) {
    return ask(servers, {txt("example.com")}, timeout).answers.at(0);
}

std::string nobody() {
    return "127.0.0.1:" + std::to_string(test::closed_port());
}

} // namespace

TEST_CASE("the five ways a look-up ends", "[edge][dns]") {
    const DnsServer server([](const SeenQuery& query) {
        const std::string name = query.question.name.text();
        if (name == "yes.example") return text(query, "v=spf1 -all");
        if (name == "none.example") return code(query, 3);
        if (name == "broken.example") return code(query, 2);
        if (name == "refused.example") return code(query, 5);
        if (name == "silent.example") return std::string();
        return code(query, 0);
    });
    const Asked asked = ask({server.text()},
                            {txt("yes.example"), txt("nothing.example"), txt("none.example"),
                             txt("broken.example"), txt("refused.example"), txt("silent.example")},
                            Milliseconds(300));
    const auto& answers = asked.answers;
    CHECK(answers[0].status == Status::answer);
    CHECK(answers[0].all<dns::Text>().at(0)->joined() == "v=spf1 -all");
    CHECK(answers[0].server == server.text());
    CHECK(answers[1].status == Status::no_data);
    CHECK(answers[2].status == Status::no_name);
    CHECK(answers[3].status == Status::failure);
    CHECK(answers[3].detail == "SERVFAIL");
    CHECK(answers[3].server == server.text());
    CHECK(answers[4].detail == "REFUSED");
    CHECK(answers[5].status == Status::timeout);
    CHECK(answers[5].server.empty());
    CHECK(answers[5].detail == "no answer from " + server.text() + " within 0.3 s");
    CHECK(asked.took >= Milliseconds(300));
    CHECK(asked.took < Milliseconds(2000));
}

TEST_CASE("an answer that is cut is asked for again over TCP", "[edge][dns]") {
    const std::string words(250, 'x');
    const auto reply = [&](const SeenQuery& query) {
        return query.tcp ? text(query, words) : AnswerOctets(query.question, 0x8380).octets(query.id);
    };
    const DnsServer server(reply);
    std::vector<dns::Question> questions;
    for (int i = 0; i < 50; ++i)
        questions.push_back(txt("n" + std::to_string(i) + ".example"));
    for (const dns::Answer& answer : ask({server.text()}, questions).answers)
        CHECK(answer.status == Status::answer);
    const DnsServer without_tcp(reply, DnsServer::Tcp::off);
    const dns::Answer none = ask_one({without_tcp.text()}, Milliseconds(500));
    CHECK(none.status == Status::timeout);
    CHECK(none.detail == "connection refused by " + without_tcp.text());
}

TEST_CASE("a large UDP answer is taken as it is", "[edge][dns]") {
    const DnsServer server(
        [](const SeenQuery& query) {
            AnswerOctets octets(query.question);
            for (int i = 0; i < 4; ++i)
                octets.add(AnswerOctets::pointer(12), Type::txt, AnswerOctets::string(std::string(250, 'x')));
            return octets.octets(query.id);
        },
        DnsServer::Tcp::off);
    CHECK(ask_one({server.text()}).records.size() == 4);
}

TEST_CASE("servers that do not stand EDNS", "[edge][dns]") {
    enum class Manner { formerr, bare, notimp, silent };
    for (const Manner manner : {Manner::formerr, Manner::bare, Manner::notimp, Manner::silent}) {
        const DnsServer server([manner](const SeenQuery& query) {
            if (!query.edns) return text(query, "plain");
            if (manner == Manner::formerr) return code(query, 1);
            if (manner == Manner::notimp) return code(query, 4);
            if (manner == Manner::silent) return std::string();
            return code(query, 1).substr(0, 4) + std::string(8, '\0');
        });
        INFO(static_cast<int>(manner));
        const Asked asked = ask({server.text()}, {txt("a.example"), txt("b.example")}, Milliseconds(1500));
        CHECK(asked.answers[0].status == Status::answer);
        CHECK(asked.answers[1].status == Status::answer);
        CHECK(asked.took < Milliseconds(1000));
    }
    const DnsServer always([](const SeenQuery& query) { return code(query, 1); });
    CHECK(ask_one({always.text()}).detail == "FORMERR");
}

TEST_CASE("the next server is asked before a failure counts", "[edge][dns]") {
    const DnsServer broken([](const SeenQuery& query) { return code(query, 2); });
    const DnsServer refusing([](const SeenQuery& query) { return code(query, 5); });
    const DnsServer good([](const SeenQuery& query) { return text(query, "good"); });
    const DnsServer silent([](const SeenQuery&) { return std::string(); });
    const dns::Answer answer = ask_one({broken.text(), refusing.text(), good.text()});
    CHECK(answer.status == Status::answer);
    CHECK(answer.server == good.text());
    const dns::Answer failure = ask_one({broken.text(), refusing.text()});
    CHECK(failure.status == Status::failure);
    CHECK(failure.detail == "SERVFAIL");
    CHECK(failure.server == broken.text());
    CHECK(ask_one({broken.text(), silent.text()}, Milliseconds(300)).detail == "SERVFAIL");
    CHECK(ask_one({broken.text(), nobody()}, Milliseconds(300)).detail == "SERVFAIL");
    CHECK(ask_one({nobody(), good.text()}).server == good.text());
}

TEST_CASE("a lost packet is repeated, and a silent server asked last", "[edge][dns]") {
    std::set<std::string> seen;
    const DnsServer lossy([&seen](const SeenQuery& query) {
        return seen.insert(query.question.name.text()).second ? std::string() : text(query, "again");
    });
    CHECK(ask_one({lossy.text()}, Milliseconds(1000)).status == Status::answer);

    const DnsServer silent([](const SeenQuery&) { return std::string(); });
    const DnsServer good([](const SeenQuery& query) { return text(query, "good"); });
    auto resolver = edge::open_network_dns({{silent.text(), good.text()}, Milliseconds(1000)});
    REQUIRE(resolver);
    for (int i = 0; i < 5; ++i) {
        bool done = false;
        (*resolver)->ask(txt("n" + std::to_string(i) + ".example"), [&](const dns::Answer& answer) {
            CHECK(answer.server == good.text());
            done = true;
        });
        while (!done)
            (*resolver)->wait();
    }
    CHECK(silent.queries() == 1);
}

TEST_CASE("where nobody listens the answer is known at once", "[edge][dns]") {
    const std::string first = nobody();
    std::vector<dns::Question> questions;
    for (int i = 0; i < 300; ++i)
        questions.push_back(txt("n" + std::to_string(i) + ".example"));
    const Asked asked = ask({first}, questions, Milliseconds(5000));
    CHECK(asked.took < Milliseconds(700));
    for (const dns::Answer& answer : asked.answers) {
        CHECK(answer.status == Status::timeout);
        CHECK(answer.detail == "connection refused by " + first);
    }
}

TEST_CASE("thousands of questions, and questions from inside answers", "[edge][dns]") {
    const DnsServer server([](const SeenQuery& query) { return text(query, query.question.name.text()); });
    auto resolver = edge::open_network_dns({{server.text()}, Milliseconds(5000)});
    REQUIRE(resolver);
    int right = 0;
    int open = 0;
    const auto send = [&](const std::string& name, auto&& then) {
        ++open;
        (*resolver)->ask(txt(name), [&, name, then](const dns::Answer& answer) {
            --open;
            if (answer.status == Status::answer && answer.all<dns::Text>().at(0)->joined() == name) ++right;
            then();
        });
    };
    for (int i = 0; i < 3000; ++i)
        send("a" + std::to_string(i) + ".example",
             [&, i] { send("b" + std::to_string(i) + ".example", [] {}); });
    while (open > 0)
        (*resolver)->wait();
    CHECK(right == 6000);
}

TEST_CASE("answers to other questions are not taken", "[edge][dns]") {
    const DnsServer server([](const SeenQuery& query) {
        SeenQuery other = query;
        other.question.name = dns::Name::from_text("other.example").value();
        return text(other, "not yours");
    });
    CHECK(ask_one({server.text()}, Milliseconds(300)).failed());
}

TEST_CASE("servers that cannot be used", "[edge][dns]") {
    for (const char* text : {"no.such.host.invalid", "127.0.0.1:99999", "256.1.1.1", ""}) {
        INFO(text);
        const auto resolver = edge::open_network_dns({{text}, Milliseconds(100)});
        REQUIRE(!resolver);
        CHECK(resolver.error().what == text);
        CHECK(!resolver.error().why.empty());
    }
    const DnsServer server([](const SeenQuery& query) { return text(query, "here"); });
    CHECK(ask_one({"localhost:" + std::to_string(server.port())}).server == server.text());
    CHECK(!edge::system_servers().empty());
}

TEST_CASE("a resolver may go while questions are out", "[edge][dns]") {
    const DnsServer silent([](const SeenQuery&) { return std::string(); });
    bool called = false;
    {
        auto resolver = edge::open_network_dns({{silent.text()}, Milliseconds(1000)});
        REQUIRE(resolver);
        (*resolver)->ask(txt("example.com"), [&](const dns::Answer&) { called = true; });
    }
    CHECK(!called);
}
