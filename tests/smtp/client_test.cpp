#include "smtp/client.hpp"
#include "support/catch.hpp"
#include "support/fake_server.hpp"

#include <string>

using namespace relaytool;
using smtp::Fate;
using smtp::Stage;
using smtp::StopAfter;

namespace {

struct World {
    test::FakeServer server;
    smtp::Target target;
    smtp::Login credentials;
    smtp::Delivery delivery;
    smtp::Transcript transcript{[] { return std::chrono::microseconds{0}; }};

    World() {
        target.tls.mode = smtp::TlsMode::off;
        target.host = "mx.example.net";
        target.helo = "client.example.com";
        delivery.envelope = {"a@example.com", {"b@example.net"}};
        delivery.write = [](mail::Transfer) -> Result<mail::Written> {
            return mail::Written{"Subject: x\r\n\r\nHello\r\n.\r\n", {}, {}};
        };
    }

    smtp::Outcome run() { return smtp::deliver(server, target, credentials, delivery, transcript); }

    std::string transcript_text() const {
        std::string text;
        for (const smtp::TranscriptLine& line : transcript.lines())
            text += line.text + "\n";
        return text;
    }
};

constexpr const char* hello = "250-mx.example.net\r\n250-AUTH PLAIN LOGIN XOAUTH2\r\n250 SIZE 1000\r\n";

} // namespace

TEST_CASE("a message goes through step by step") {
    World world;
    world.server.answers = {"220 mx.example.net ESMTP\r\n",
                            hello,
                            "250 2.1.0 Ok\r\n",
                            "250 2.1.5 Ok\r\n",
                            "354 go\r\n",
                            "250 2.0.0 Ok: queued as 4XyZ\r\n",
                            "221 Bye\r\n"};
    const smtp::Outcome outcome = world.run();
    CHECK(outcome.fate == Fate::accepted);
    CHECK(outcome.queue_id == "4XyZ");
    CHECK(outcome.greeting.text == "220 mx.example.net ESMTP");
    REQUIRE(outcome.recipients.size() == 1);
    CHECK(outcome.recipients[0].fate == Fate::accepted);
    CHECK(
        world.server.heard ==
        "EHLO client.example.com\r\nMAIL FROM:<a@example.com> SIZE=24\r\nRCPT TO:<b@example.net>\r\nDATA\r\n"
        "Subject: x\r\n\r\nHello\r\n..\r\n.\r\nQUIT\r\n");
}

TEST_CASE("commands travel together where that is offered, and BDAT needs no dots") {
    World world;
    world.delivery.envelope.recipients = {"b@example.net", "c@example.net"};
    world.server.answers = {"220 x\r\n", "250-x\r\n250-PIPELINING\r\n250-CHUNKING\r\n250 8BITMIME\r\n",
                            "250 ok\r\n250 ok\r\n550 5.1.1 no such user\r\n", "250 ok\r\n", "221 bye\r\n"};
    const smtp::Outcome outcome = world.run();
    CHECK(outcome.fate == Fate::partly);
    CHECK(outcome.recipients[0].fate == Fate::accepted);
    CHECK(outcome.recipients[1].fate == Fate::refused);
    CHECK(outcome.recipients[1].reply.text == "550 5.1.1 no such user");
    REQUIRE(world.server.sent.size() >= 3);
    CHECK(world.server.sent[1] ==
          "MAIL FROM:<a@example.com>\r\nRCPT TO:<b@example.net>\r\nRCPT TO:<c@example.net>\r\n");
    CHECK(world.server.sent[2] == "BDAT 24 LAST\r\nSubject: x\r\n\r\nHello\r\n.\r\n");
}

TEST_CASE("what a server says no to, and where") {
    struct Row {
        const char* name;
        std::deque<std::string> answers;
        Fate fate;
        Stage stage;
        int code;
    };
    const Row row = GENERATE(values<Row>({
        {"greeting", {"554 5.7.1 go away\r\n"}, Fate::refused, Stage::connect, 554},
        {"hello", {"220 x\r\n", "500 what\r\n", "550 no\r\n"}, Fate::refused, Stage::helo, 550},
        {"hello, and it hangs up",
         {"220 x\r\n", "421 4.7.66 old TLS\r\n", "close"},
         Fate::refused,
         Stage::helo,
         421},
        {"sender", {"220 x\r\n", "250 x\r\n", "550 5.1.8 no\r\n"}, Fate::refused, Stage::mail_from, 550},
        {"recipient",
         {"220 x\r\n", "250 x\r\n", "250 ok\r\n", "550 no\r\n"},
         Fate::refused,
         Stage::rcpt_to,
         550},
        {"data",
         {"220 x\r\n", "250 x\r\n", "250 k\r\n", "250 k\r\n", "451 no\r\n"},
         Fate::refused,
         Stage::data,
         451},
        {"no room for data",
         {"220 x\r\n", "250 x\r\n", "250 k\r\n", "250 k\r\n", "250 k\r\n"},
         Fate::not_sent,
         Stage::data,
         0},
        {"half a yes", {"220 x\r\n", "250 x\r\n", "354 go on\r\n"}, Fate::refused, Stage::mail_from, 354},
        {"end of data",
         {"220 x\r\n", "250 x\r\n", "250 k\r\n", "250 k\r\n", "354 k\r\n", "554 5.2.252 SendAsDenied\r\n"},
         Fate::refused,
         Stage::data,
         554},
        {"lost at the sender", {"220 x\r\n", "250 x\r\n", "close"}, Fate::not_sent, Stage::mail_from, 0},
        {"lost after the dot",
         {"220 x\r\n", "250 x\r\n", "250 k\r\n", "250 k\r\n", "354 k\r\n", "close"},
         Fate::unknown,
         Stage::data,
         0},
        {"no SMTP at all", {"HTTP/1.1 400 Bad Request\r\n"}, Fate::not_sent, Stage::connect, 0},
        {"silence", {""}, Fate::not_sent, Stage::connect, 0},
    }));
    CAPTURE(row.name);
    World world;
    world.server.answers = row.answers;
    const smtp::Outcome outcome = world.run();
    CHECK(outcome.fate == row.fate);
    CHECK(outcome.stage == row.stage);
    CHECK(outcome.reply.code == row.code);
    CHECK(outcome.broken.has_value() == (row.code == 0));
}

TEST_CASE("secrets stand in no transcript, even when the server repeats them") {
    World world;
    world.credentials.user = "oliver@example.com";
    const char* mechanism = GENERATE("PLAIN", "LOGIN", "XOAUTH2", "OAUTHBEARER");
    world.credentials.mechanism = sasl::read_mechanism(mechanism);
    const bool token = sasl::takes_token(*world.credentials.mechanism);
    (token ? world.credentials.token : world.credentials.password) = "s3cret-word";
    const std::string offer = "250-x\r\n250 AUTH PLAIN LOGIN XOAUTH2 OAUTHBEARER\r\n";
    if (world.credentials.mechanism == sasl::Mechanism::login)
        world.server.answers = {"220 x\r\n", offer, "334 VXNlcm5hbWU6\r\n", "334 UGFzc3dvcmQ6\r\n",
                                "535 5.7.8 s3cret-word and czNjcmV0LXdvcmQ= are wrong\r\n"};
    else
        world.server.answers = {"220 x\r\n", offer,
                                "535 5.7.8 s3cret-word and czNjcmV0LXdvcmQ= are wrong\r\n"};
    const smtp::Outcome outcome = world.run();
    CHECK(outcome.fate == Fate::refused);
    CHECK(outcome.stage == Stage::auth);
    for (const std::string& text : {world.transcript_text(), outcome.reply.text}) {
        CHECK(text.find("s3cret-word") == std::string::npos);
        CHECK(text.find("czNjcmV0LXdvcmQ") == std::string::npos);
    }
}

TEST_CASE("a secret is hidden before it was used, too") {
    World world;
    world.credentials = {"oliver@example.com", "s3cret-word", {}, std::nullopt};
    world.server.answers = {"220 s3cret-word\r\n", "421 s3cret-word\r\n"};
    world.run();
    CHECK(world.transcript_text().find("s3cret-word") == std::string::npos);
}

TEST_CASE("Google's refusal of a token comes in two steps") {
    World world;
    world.credentials = {"a@example.com", {}, "token", sasl::Mechanism::xoauth2};
    world.server.answers = {"220 x\r\n", hello, "334 eyJzdGF0dXMiOiI0MDAiLCJzY2hlbWVzIjoiQmVhcmVyIn0=\r\n",
                            "535-5.7.8 Username and Password not accepted.\r\n535 5.7.8 gsmtp\r\n"};
    const smtp::Outcome outcome = world.run();
    CHECK(outcome.reply.code == 535);
    CHECK(outcome.token_refusal == R"({"status":"400","schemes":"Bearer"})");
}

TEST_CASE("what keeps us from logging in") {
    World world;
    world.credentials.user = "a@example.com";
    world.credentials.password = "secret";
    SECTION("nothing is offered") {
        world.server.answers = {"220 x\r\n", "250 x\r\n"};
        CHECK(world.run().obstacle == smtp::Obstacle::auth_not_offered);
    }
    SECTION("only tokens are") {
        world.server.answers = {"220 x\r\n", "250-x\r\n250 AUTH XOAUTH2\r\n"};
        const smtp::Outcome outcome = world.run();
        CHECK(outcome.obstacle == smtp::Obstacle::mechanism_not_offered);
        CHECK(outcome.obstacle_detail == "XOAUTH2");
    }
    SECTION("the line is not protected") {
        world.target.tls.mode = smtp::TlsMode::opportunistic;
        world.server.answers = {"220 x\r\n", hello};
        CHECK(world.run().obstacle == smtp::Obstacle::login_without_tls);
    }
    CHECK(world.server.heard.find("AUTH") == std::string::npos);
}

TEST_CASE("a message that is too large, or needs SMTPUTF8, is not sent") {
    World world;
    world.server.answers = {"220 x\r\n", "250-x\r\n250 SIZE 10\r\n"};
    SECTION("size") {
        CHECK(world.run().obstacle == smtp::Obstacle::too_big);
    }
    SECTION("address") {
        world.server.answers[1] = "250 x\r\n";
        world.delivery.envelope.recipients = {"\xC3\xA9lo\xC3\xAF@example.net"};
        CHECK(world.run().obstacle == smtp::Obstacle::smtputf8_not_offered);
    }
    CHECK(world.server.heard.find("MAIL") == std::string::npos);
}

TEST_CASE("the dialogue ends where it is asked to") {
    struct Row {
        StopAfter last;
        const char* heard;
    };
    const Row row = GENERATE(values<Row>({
        {StopAfter::helo, "EHLO client.example.com\r\nQUIT\r\n"},
        {StopAfter::auth, "EHLO client.example.com\r\nQUIT\r\n"},
        {StopAfter::mail, "EHLO client.example.com\r\nMAIL FROM:<a@example.com>\r\nQUIT\r\n"},
        {StopAfter::rcpt,
         "EHLO client.example.com\r\nMAIL FROM:<a@example.com>\r\nRCPT TO:<b@example.net>\r\nQUIT\r\n"},
        {StopAfter::data,
         "EHLO client.example.com\r\nMAIL FROM:<a@example.com>\r\nRCPT TO:<b@example.net>\r\nDATA\r\n"},
    }));
    World world;
    world.delivery.last = row.last;
    world.server.answers = {"220 x\r\n",  "250 x\r\n",  "250 ok\r\n",
                            "250 ok\r\n", "354 go\r\n", "221 bye\r\n"};
    CHECK(world.run().fate == Fate::stopped);
    CHECK(world.server.heard == row.heard);
}

TEST_CASE("no line end in an argument becomes a command") {
    World world;
    world.delivery.envelope = {"a@example.com>\r\nRCPT TO:<evil@example.org", {"b@example.net\r\nDATA"}};
    world.server.answers = {"220 x\r\n",  "250 x\r\n",  "250 ok\r\n", "250 ok\r\n",
                            "354 go\r\n", "250 ok\r\n", "221 x\r\n"};
    world.run();
    CHECK(world.server.heard.find("\nRCPT TO:<evil") == std::string::npos);
    CHECK(world.server.heard.find("\r\nDATA>") == std::string::npos);
}

TEST_CASE("dots and line ends of a body cannot end it early") {
    struct Row {
        const char* message;
        const char* sent;
    };
    const Row row = GENERATE(values<Row>({
        {"", ".\r\n"},
        {"x", "x\r\n.\r\n"},
        {".", "..\r\n.\r\n"},
        {"a\r\n.\r\nb\r\n", "a\r\n..\r\nb\r\n.\r\n"},
        {"a\n.\nMAIL FROM:<x@y>\r\n", "a\r\n..\r\nMAIL FROM:<x@y>\r\n.\r\n"},
        {"a\r.\r\n", "a\r\n..\r\n.\r\n"},
        {"a\r\r\n.b", "a\r\n\r\n..b\r\n.\r\n"},
    }));
    CHECK(smtp::dot_stuffed(row.message) == row.sent);
}
