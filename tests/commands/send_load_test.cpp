#include "support/catch.hpp"
#include "support/send_world.hpp"

#include <string>

using namespace relaytool;
using cli::Exit;
using test::holds;
using test::json_of;
using test::Outcome;
using test::SendWorld;

namespace {

/// A server that says hello, then what is given.
void play(SendWorld& world, const std::vector<std::string>& answers) {
    world.server.answers = {"220 x\r\n", "250-x\r\n250 PIPELINING\r\n"};
    world.server.answers.insert(world.server.answers.end(), answers.begin(), answers.end());
}

const std::string envelope_taken = "250 k\r\n250 k\r\n354 k\r\n";

} // namespace

TEST_CASE("many messages over one connection", "[commands][send][load]") {
    SendWorld world;
    play(world, {envelope_taken, "250 one\r\n" + envelope_taken, "250 two\r\n" + envelope_taken,
                 "250 three\r\n", "221 x\r\n"});
    const Outcome outcome = world.send({"--count", "3", "--json"});
    CHECK(outcome.exit == Exit::good);
    CHECK(outcome.err.empty());
    const auto json = json_of(outcome);
    CHECK(json["schema"] == "relaytool/send-load/1");
    CHECK(json["wanted"] == 3);
    CHECK(json["accepted"] == 3);
    CHECK(json["refused"] == 0);
    CHECK(json["unanswered"] == 0);
    CHECK(json["connections"] == 1);
    CHECK(json["findings"].empty());
    CHECK(world.server.targets.size() == 1);
    CHECK(holds(world.server.heard, "Message-ID: <0000000001."));
    CHECK(holds(world.server.heard, "Message-ID: <0000000003."));
    CHECK(world.server.heard.ends_with("QUIT\r\n"));
}

TEST_CASE("refusals are counted by their cause", "[commands][send][load]") {
    SendWorld world;
    const std::string refused = "250 k\r\n550 5.1.1 User unknown\r\n503 no\r\n";
    play(world, {refused, "250 reset\r\n", refused, "250 reset\r\n", envelope_taken,
                 "554 5.2.252 SendAsDenied\r\n" + envelope_taken, "250 k\r\n", "221 x\r\n"});
    SECTION("as JSON") {
        const Outcome outcome = world.send({"--count", "4", "--json"});
        CHECK(outcome.exit == Exit::bad);
        const auto json = json_of(outcome);
        CHECK(json["accepted"] == 1);
        CHECK(json["refused"] == 3);
        REQUIRE(json["findings"].size() == 2);
        CHECK(json["findings"][0]["category"] == "recipient-unknown");
        CHECK(json["findings"][0]["times"] == 2);
        CHECK(json["findings"][1]["category"] == "send-as-denied");
        CHECK(json["findings"][1]["times"] == 1);
    }
    SECTION("as text") {
        const Outcome outcome = world.send({"--count", "4"});
        CHECK(holds(outcome.out, "mx.example.net took 1 of 4 messages\n"));
        CHECK(holds(outcome.out, "1 accepted, 3 refused, 0 without an answer"));
    }
}

TEST_CASE("what got no answer is counted as that", "[commands][send][load]") {
    SendWorld world;
    SECTION("the server goes away in the middle") {
        play(world, {envelope_taken, "250 one\r\n" + envelope_taken, "close"});
        const auto json = json_of(world.send({"--count", "5", "--json"}));
        CHECK(json["accepted"] == 1);
        CHECK(json["unanswered"] == 4);
        REQUIRE(json["findings"].size() == 1);
        CHECK(json["findings"][0]["id"] == "connection-dropped");
    }
    SECTION("nobody is there") {
        world.server.broken = smtp::Broken{smtp::Break::refused, "Connection refused"};
        const Outcome outcome = world.send({"--count", "5", "--json"});
        CHECK(outcome.exit == Exit::could_not_tell);
        CHECK(json_of(outcome)["unanswered"] == 5);
        CHECK(json_of(outcome)["latency_ms"]["max"] == 0);
    }
    SECTION("it says why at the greeting: that is a no") {
        world.server.answers = {"554 5.7.1 go away\r\n"};
        const Outcome outcome = world.send({"--count", "5", "--json"});
        CHECK(outcome.exit == Exit::bad);
        CHECK(json_of(outcome)["findings"].size() == 1);
    }
}

TEST_CASE("option --rate spreads messages, and is no part of their latency", "[commands][send][load]") {
    SendWorld world;
    play(world, {envelope_taken, "250 one\r\n", envelope_taken, "250 two\r\n", envelope_taken,
                 "250 three\r\n", "221 x\r\n"});
    const auto json = json_of(world.send({"--count", "3", "--rate", "60", "--json"}));
    CHECK(json["accepted"] == 3);
    CHECK(json["seconds"] == 2.0);
    CHECK(json["latency_ms"]["max"] == 0);
    CHECK(world.machine.sleeps == 2);
}

TEST_CASE("option --size fills messages up to exactly that", "[commands][send][load]") {
    const std::size_t size = GENERATE(1U, 2000U, 2001U, 2002U, 2003U, 2069U, 2070U, 5000U);
    SendWorld world;
    play(world, {envelope_taken, "250 k\r\n" + envelope_taken, "250 k\r\n", "221 x\r\n"});
    const auto json = json_of(world.send({"--count", "2", "--size", std::to_string(size), "--json"}));
    CHECK(json["accepted"] == 2);
    if (size > 1) CHECK(json["message_size"] == size);
    CHECK(!holds(world.server.heard, "\n\n"));
}

TEST_CASE("more than 100 messages are for one's own server", "[commands][send][load]") {
    SendWorld world;
    world.server.broken = smtp::Broken{smtp::Break::refused, "Connection refused"};
    const auto to = [&](const char* server, std::vector<std::string> more) {
        more.insert(more.begin(), {"-s", server, "-f", "a@example.com", "-t", "b@example.net"});
        return world.send_only(more).exit;
    };
    CHECK(to("mx.example.net", {"--count", "101"}) == Exit::usage);
    CHECK(to("128.0.0.1", {"--count", "101"}) == Exit::usage);
    CHECK(to("127.0.0.1.example.net", {"--count", "101"}) == Exit::usage);
    CHECK(world.server.targets.empty());
    CHECK(to("mx.example.net", {"--count", "100"}) == Exit::could_not_tell);
    CHECK(to("mx.example.net", {"--count", "101", "--i-own-this-server"}) == Exit::could_not_tell);
    CHECK(to("127.3.2.1", {"--count", "101"}) == Exit::could_not_tell);
    CHECK(to("::1", {"--count", "101"}) == Exit::could_not_tell);
    CHECK(to("localhost", {"--count", "101"}) == Exit::could_not_tell);
}

TEST_CASE("load options that make no sense", "[commands][send][load]") {
    const auto row = GENERATE(values<std::vector<std::string>>({
        {"--count", "0"},
        {"--count", "-1"},
        {"--count", "10000001"},
        {"--parallel", "0"},
        {"--parallel", "501"},
        {"--rate", "0"},
        {"--rate", "-5"},
        {"--count", "2", "--rate", "nan"},
        {"--size", "0"},
        {"--size", "99999999999"},
    }));
    CAPTURE(row);
    SendWorld world;
    CHECK(world.send(row).exit == Exit::usage);
    CHECK(world.server.targets.empty());
}

TEST_CASE("options that a load test cannot follow are refused", "[commands][send][load]") {
    const auto row = GENERATE(values<std::vector<std::string>>({
        {"--quit-after", "rcpt"},
        {"-v"},
        {"--transcript", "t.txt"},
    }));
    CAPTURE(row);
    SendWorld world;
    std::vector<std::string> arguments{"--count", "2"};
    arguments.insert(arguments.end(), row.begin(), row.end());
    CHECK(world.send(arguments).exit == Exit::usage);
    CHECK(world.server.targets.empty());
}
