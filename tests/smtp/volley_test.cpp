#include "smtp/volley.hpp"
#include "support/catch.hpp"
#include "support/fake_server.hpp"

#include <string>
#include <vector>

using namespace relaytool;

namespace {

struct World {
    test::FakeServer server;
    std::chrono::microseconds now{0};
    smtp::Transcript transcript{[this] { return now; }};
    mail::Envelope envelope{"a@example.com", {"b@example.net"}};
    smtp::Capabilities offered;
    smtp::Pace pace = smtp::Pace::ahead;
    std::vector<smtp::Shot> shots;
    std::uint64_t count = 1;

    /// Answers from MAIL on.
    smtp::Spoken<void> fire(std::deque<std::string> answers) {
        server.answers = std::move(answers);
        smtp::Spoken<smtp::Connection> connection = server.connect({}, smtp::Opening::socket, transcript);
        smtp::Dialogue dialogue(*connection->channel, transcript, smtp::Wire::plain);
        smtp::NumberedMessage message("No: 0000000000\r\n\r\n.\r\n");
        smtp::Volley volley(dialogue, offered, {}, envelope, pace);
        std::uint64_t given = 0;
        const auto next = [&]() -> std::optional<std::uint64_t> {
            if (given == count) return std::nullopt;
            if (given != 0) now += std::chrono::seconds(10); // one in ten seconds
            return ++given;
        };
        return volley.fire(message, next, [&](const smtp::Shot& shot) { shots.push_back(shot); });
    }
};

const std::string letter_1 = "No: 0000000001\r\n\r\n..\r\n.\r\n";
const std::string letter_2 = "No: 0000000002\r\n\r\n..\r\n.\r\n";
const std::string mail_from = "MAIL FROM:<a@example.com>\r\n";
const std::string rcpt_to = "RCPT TO:<b@example.net>\r\n";

} // namespace

TEST_CASE("the number of a message stands where the mark was", "[smtp][volley]") {
    smtp::NumberedMessage message("a\r\n.0000000000.\r\n0000000000");
    CHECK(message.number(42) == "a\r\n..0000000042.\r\n0000000000\r\n.\r\n");
    CHECK(message.number(18'446'744'073'709'551'615U) == "a\r\n..3709551615.\r\n0000000000\r\n.\r\n");
    smtp::NumberedMessage none("x");
    CHECK(none.number(42) == "x\r\n.\r\n");
}

TEST_CASE("messages step by step", "[smtp][volley]") {
    World world;
    world.count = 2;
    REQUIRE(world.fire({"250 k\r\n", "250 k\r\n", "354 k\r\n", "250 one\r\n", "250 k\r\n", "250 k\r\n",
                        "354 k\r\n", "250 two\r\n"}));
    CHECK(world.server.sent == std::vector<std::string>{mail_from, rcpt_to, "DATA\r\n", letter_1, mail_from,
                                                        rcpt_to, "DATA\r\n", letter_2});
    REQUIRE(world.shots.size() == 2);
    CHECK(world.shots[0].accepted);
    CHECK(world.shots[0].reply.text == "250 one");
    CHECK(world.shots[1].reply.text == "250 two");
}

TEST_CASE("with PIPELINING the end of a message and the next envelope travel together", "[smtp][volley]") {
    World world;
    world.count = 2;
    world.offered.pipelining = true;
    REQUIRE(
        world.fire({"250 k\r\n250 k\r\n354 k\r\n", "250 one\r\n250 k\r\n250 k\r\n354 k\r\n", "250 two\r\n"}));
    CHECK(world.server.sent == std::vector<std::string>{mail_from + rcpt_to + "DATA\r\n",
                                                        letter_1 + mail_from + rcpt_to + "DATA\r\n",
                                                        letter_2});
    REQUIRE(world.shots.size() == 2);
    CHECK(world.shots[1].accepted);
}

TEST_CASE("a message does not wait for the next one's turn", "[smtp][volley]") {
    World world;
    world.count = 2;
    world.pace = smtp::Pace::one_by_one;
    world.offered.pipelining = GENERATE(false, true);
    CAPTURE(world.offered.pipelining);
    const bool together = world.offered.pipelining;
    REQUIRE(world.fire(together
                           ? std::deque<std::string>{"250 k\r\n250 k\r\n354 k\r\n", "250 one\r\n",
                                                     "250 k\r\n250 k\r\n354 k\r\n", "250 two\r\n"}
                           : std::deque<std::string>{"250 k\r\n", "250 k\r\n", "354 k\r\n", "250 one\r\n",
                                                     "250 k\r\n", "250 k\r\n", "354 k\r\n", "250 two\r\n"}));
    REQUIRE(world.shots.size() == 2);
    CHECK(world.shots[0].took == std::chrono::microseconds{0});
    CHECK(world.shots[1].took == std::chrono::microseconds{0});
    CHECK(world.server.heard.find(letter_1 + mail_from) != std::string::npos);
}

TEST_CASE("a recipient that is refused costs the message, not the connection", "[smtp][volley]") {
    World world;
    world.count = 2;
    SECTION("step by step: DATA is not asked for") {
        REQUIRE(world.fire({"250 k\r\n", "550 5.1.1 no\r\n", "250 reset\r\n", "250 k\r\n", "250 k\r\n",
                            "354 k\r\n", "250 two\r\n"}));
        CHECK(world.server.sent == std::vector<std::string>{mail_from, rcpt_to, "RSET\r\n", mail_from,
                                                            rcpt_to, "DATA\r\n", letter_2});
    }
    SECTION("together: DATA is refused, too") {
        world.offered.pipelining = true;
        REQUIRE(world.fire({"250 k\r\n550 5.1.1 no\r\n554 no valid recipients\r\n", "250 reset\r\n",
                            "250 k\r\n250 k\r\n354 k\r\n", "250 two\r\n"}));
        CHECK(world.server.sent[1] == "RSET\r\n");
    }
    SECTION("together: DATA is taken, and ended with nothing in it") {
        world.offered.pipelining = true;
        REQUIRE(world.fire({"250 k\r\n550 5.1.1 no\r\n354 go\r\n", "554 no valid recipients\r\n",
                            "250 reset\r\n", "250 k\r\n250 k\r\n354 k\r\n", "250 two\r\n"}));
        CHECK(world.server.sent[1] == ".\r\n");
        CHECK(world.server.sent[2] == "RSET\r\n");
    }
    REQUIRE(world.shots.size() == 2);
    CHECK(!world.shots[0].accepted);
    CHECK(world.shots[0].reply.text == "550 5.1.1 no");
    CHECK(world.shots[1].accepted);
    CHECK(world.server.heard.find("0000000001") == std::string::npos);
}

TEST_CASE("what counts as a refusal", "[smtp][volley]") {
    struct Row {
        const char* name;
        std::deque<std::string> answers;
        const char* reply;
    };
    const Row row = GENERATE(values<Row>({
        {"of the sender", {"550 5.7.1 no\r\n", "250 reset\r\n"}, "550 5.7.1 no"},
        {"of DATA", {"250 k\r\n", "250 k\r\n", "451 later\r\n", "250 reset\r\n"}, "451 later"},
        {"half a yes to MAIL", {"354 k\r\n", "250 reset\r\n"}, "354 k"},
        {"half a yes to DATA", {"250 k\r\n", "250 k\r\n", "250 k\r\n", "250 reset\r\n"}, "250 k"},
        {"of the message", {"250 k\r\n", "250 k\r\n", "354 k\r\n", "554 spam\r\n"}, "554 spam"},
    }));
    CAPTURE(row.name);
    World world;
    REQUIRE(world.fire(row.answers));
    REQUIRE(world.shots.size() == 1);
    CHECK(!world.shots[0].accepted);
    CHECK(world.shots[0].reply.text == row.reply);
}

TEST_CASE("a server that hangs up in the middle", "[smtp][volley]") {
    World world;
    world.count = 3;
    SECTION("at the envelope: nothing is counted") {
        CHECK(world.fire({"250 k\r\n", "close"}).error().kind == smtp::Break::closed);
        CHECK(world.shots.empty());
    }
    SECTION("after the end of the first message: nobody knows") {
        CHECK(!world.fire({"250 k\r\n", "250 k\r\n", "354 k\r\n", "close"}));
        CHECK(world.shots.empty());
    }
    SECTION("between two messages: the first one counts") {
        CHECK(!world.fire({"250 k\r\n", "250 k\r\n", "354 k\r\n", "250 one\r\n", "close"}));
        CHECK(world.shots.size() == 1);
    }
    SECTION("with a 421: it says why, step by step") {
        CHECK(!world.fire({"421 4.3.2 shutting down\r\n", "close"}));
        REQUIRE(world.shots.size() == 1);
        CHECK(world.shots[0].reply.code == 421);
    }
    SECTION("with a 421: it says why, together") {
        world.offered.pipelining = true;
        CHECK(!world.fire({"421 4.3.2 shutting down\r\n", "close"}));
        REQUIRE(world.shots.size() == 1);
        CHECK(world.shots[0].reply.code == 421);
    }
    SECTION("in the middle of a line") {
        world.offered.pipelining = true;
        CHECK(!world.fire({"250 k\r\n250 k\r\n35", "close"}));
        CHECK(world.shots.empty());
    }
}
