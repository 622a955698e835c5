#include "smtp/capabilities.hpp"
#include "smtp/dialogue.hpp"
#include "smtp/outcome.hpp"
#include "support/catch.hpp"
#include "support/fake_server.hpp"

#include <string>

using namespace relaytool;

namespace {

smtp::Spoken<smtp::Reply> hear(std::deque<std::string> answers) {
    test::FakeServer server;
    server.answers = std::move(answers);
    smtp::Transcript transcript([] { return std::chrono::microseconds{0}; });
    auto connection = server.connect({}, smtp::Opening::socket, transcript);
    REQUIRE(connection.has_value());
    smtp::Dialogue dialogue(*connection->channel, transcript, smtp::Wire::plain);
    return dialogue.reply(std::chrono::seconds{1});
}

} // namespace

TEST_CASE("a reply is read however it is cut into pieces") {
    const auto reply = hear({"2", "50-one\r", "\n250", "-two\n", "250 three\r\n"});
    REQUIRE(reply.has_value());
    CHECK(reply->code == 250);
    CHECK(reply->text == "250-one\n250-two\n250 three");
}

TEST_CASE("a code alone is a reply, and its status is read") {
    CHECK(hear({"354\r\n"})->code == 354);
    CHECK(smtp::to_string(*hear({"550 5.7.60 no\r\n"})->enhanced) == "5.7.60");
    CHECK(!hear({"550 no\r\n"})->enhanced);
}

TEST_CASE("what is no reply, or has no end, is told apart from silence") {
    CHECK(hear({"hello\r\n"}).error().kind == smtp::Break::not_smtp);
    CHECK(hear({std::string(200'000, 'x')}).error().kind == smtp::Break::not_smtp);
    std::string endless;
    for (int i = 0; i < 100'000; ++i)
        endless += "250-x\r\n";
    CHECK(hear({endless}).error().kind == smtp::Break::not_smtp);
    CHECK(hear({"250-a\r\n550 b\r\n"}).error().kind == smtp::Break::not_smtp);
    CHECK(hear({""}).error().kind == smtp::Break::timed_out);
    CHECK(hear({"250-x\r\n", "close"}).error().kind == smtp::Break::closed);
}

TEST_CASE("capabilities of Office 365, and of odd servers") {
    const smtp::Capabilities o365 = smtp::read_capabilities(
        "250-XX1.outlook.office365.com Hello [192.0.2.5]\n250-SIZE 157286400\n250-PIPELINING\n250-DSN\n"
        "250-ENHANCEDSTATUSCODES\n250-AUTH LOGIN XOAUTH2\n250-8BITMIME\n250-BINARYMIME\n250-CHUNKING\n250 SMTPUTF8");
    CHECK(o365.size == 157286400U);
    CHECK(o365.pipelining);
    CHECK(o365.dsn);
    CHECK(o365.chunking);
    CHECK(o365.eight_bit);
    CHECK(o365.smtputf8);
    CHECK(!o365.starttls);
    CHECK(o365.auth == std::vector<std::string>{"LOGIN", "XOAUTH2"});
    const smtp::Capabilities odd =
        smtp::read_capabilities("250-x\n250-auth=login plain\n250-size 0\n250 starttls");
    CHECK(odd.auth == std::vector<std::string>{"LOGIN", "PLAIN"});
    CHECK(odd.takes_size);
    CHECK(!odd.size);
    CHECK(odd.starttls);
}

TEST_CASE("the server's name for a message") {
    struct Row {
        const char* text;
        const char* id;
    };
    const Row row = GENERATE(values<Row>({
        {"250 2.0.0 Ok: queued as 4XyZ12", "4XyZ12"},
        {"250 OK id=1rABCd-000123-4f", "1rABCd-000123-4f"},
        {"250 2.0.0 5ab3c4d8 Message accepted for delivery", "5ab3c4d8"},
        {"250 2.6.0 <a@b> [InternalId=123, Hostname=x] Queued mail for delivery", "123"},
        {"250 2.0.0 OK <x@y> [Hostname=z]", "x@y"},
        {"250 fine", ""},
    }));
    CHECK(smtp::queue_id_of(row.text) == row.id);
}
