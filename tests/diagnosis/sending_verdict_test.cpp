#include "diagnosis/catalogue.hpp"
#include "diagnosis/sending_verdict.hpp"
#include "support/catch.hpp"

#include <string>

using namespace relaytool;
using diagnosis::Category;
using smtp::Break;
using smtp::Fate;
using smtp::Obstacle;

namespace {

const diagnosis::Sending sending{"mx.example.net", 587, "oliver@shortstraw.be", "invoicing@shortstraw.be"};

std::vector<diagnosis::Finding> judge(const smtp::Outcome& outcome,
                                      const diagnosis::Sending& what = sending) {
    return diagnosis::judge_sending(outcome, what);
}

smtp::Outcome refused(std::string text, smtp::Stage stage,
                      std::string greeting = "220 mx.example.net ESMTP") {
    smtp::Outcome outcome;
    outcome.fate = Fate::refused;
    outcome.stage = stage;
    outcome.greeting = smtp::read_reply(greeting);
    outcome.greeting.text = greeting;
    outcome.reply = smtp::read_reply(text);
    outcome.reply.text = std::move(text);
    outcome.end_of_message = stage == smtp::Stage::data;
    return outcome;
}

} // namespace

TEST_CASE("each way in which a connection fails has its row", "[diagnosis][send]") {
    struct Row {
        Break kind;
        const char* id;
        Category category;
    };
    const Row row = GENERATE(values<Row>({
        {Break::host_unknown, "host-unknown", Category::host_unknown},
        {Break::dns_failed, "host-unknown-resolver-down", Category::host_unknown},
        {Break::refused, "connection-refused-named", Category::connection_failed},
        {Break::unreachable, "connection-unreachable", Category::connection_failed},
        {Break::timed_out, "connection-timed-out", Category::connection_failed},
        {Break::closed, "connection-dropped", Category::connection_failed},
        {Break::reset, "connection-dropped", Category::connection_failed},
        {Break::proxy, "send-proxy", Category::connection_failed},
        {Break::tls_not_offered, "tls-not-offered", Category::tls_required},
        {Break::tls_handshake, "tls-handshake-failed", Category::tls_version},
        {Break::certificate_expired, "tls-certificate-expired", Category::tls_certificate},
        {Break::certificate_name, "tls-certificate-name", Category::tls_certificate},
        {Break::certificate_untrusted, "tls-certificate-untrusted", Category::tls_certificate},
        {Break::not_smtp, "send-not-smtp", Category::protocol_error},
        {Break::local, "send-local", Category::remote_system_error},
    }));
    CAPTURE(row.id);
    smtp::Outcome outcome;
    outcome.stage = smtp::Stage::starttls;
    outcome.broken = smtp::Broken{row.kind, "the system's words"};
    const auto findings = judge(outcome);
    REQUIRE(findings.size() == 1);
    CHECK(findings[0].id == row.id);
    CHECK(findings[0].category == row.category);
    CHECK(findings[0].evidence == "mx.example.net:587: the system's words");
    CHECK(findings[0].title.find('{') == std::string::npos);
    CHECK(findings[0].cause.find('{') == std::string::npos);
    CHECK(!findings[0].steps.empty());
    REQUIRE(diagnosis::find_rule(row.id) != nullptr);
}

TEST_CASE("silence in the middle, and TLS where none is expected, are told apart", "[diagnosis][send]") {
    smtp::Outcome outcome;
    outcome.greeting.code = 220;
    outcome.stage = smtp::Stage::rcpt_to;
    outcome.broken = smtp::Broken{Break::timed_out, "silence"};
    CHECK(judge(outcome)[0].id == "connection-lost-conversation");
    outcome = {};
    outcome.broken = smtp::Broken{Break::tls_handshake, "wrong version number"};
    CHECK(judge(outcome)[0].id == "tls-port-mixed-up");
}

TEST_CASE("each obstacle has its row, and what it is about stands in it", "[diagnosis][send]") {
    struct Row {
        Obstacle obstacle;
        const char* id;
        Category category;
        const char* detail;
    };
    const Row row = GENERATE(values<Row>({
        {Obstacle::auth_not_offered, "auth-not-offered", Category::auth_mechanism_unsupported, ""},
        {Obstacle::mechanism_not_offered, "send-mechanism", Category::auth_mechanism_unsupported,
         "XOAUTH2 GSSAPI"},
        {Obstacle::login_without_tls, "send-login-without-tls", Category::tls_required, ""},
        {Obstacle::too_big, "send-too-big", Category::message_too_big, "1000"},
        {Obstacle::smtputf8_not_offered, "protocol-smtputf8", Category::protocol_error, ""},
        {Obstacle::message, "send-message", Category::malformed_message, "a.eml: too deep"},
    }));
    CAPTURE(row.id);
    smtp::Outcome outcome;
    outcome.obstacle = row.obstacle;
    outcome.obstacle_detail = row.detail;
    const auto findings = judge(outcome);
    REQUIRE(findings.size() == 1);
    CHECK(findings[0].id == row.id);
    CHECK(findings[0].category == row.category);
    CHECK(findings[0].cause.find(row.detail) != std::string::npos);
}

TEST_CASE("nothing went wrong: no finding", "[diagnosis][send]") {
    smtp::Outcome outcome;
    outcome.fate = GENERATE(Fate::accepted, Fate::stopped);
    outcome.recipients = {{"b@example.net", outcome.fate, {}}};
    CHECK(judge(outcome).empty());
}

TEST_CASE("a connection lost after the end of the message is a finding of its own", "[diagnosis][send]") {
    smtp::Outcome outcome;
    outcome.fate = Fate::unknown;
    outcome.broken = smtp::Broken{Break::closed, "the server closed the connection"};
    const auto findings = judge(outcome);
    REQUIRE(findings.size() == 1);
    CHECK(findings[0].id == "send-outcome-unknown");
    CHECK(findings[0].evidence == "the server closed the connection");
    CHECK(findings[0].title.find("mx.example.net") != std::string::npos);
}

TEST_CASE("a refusal is judged by where it came", "[diagnosis][send]") {
    struct Row {
        const char* text;
        smtp::Stage stage;
        Category category;
    };
    const Row row = GENERATE(values<Row>({
        {"535 5.7.139 Authentication unsuccessful, SmtpClientAuthentication is disabled for the Tenant.",
         smtp::Stage::auth, Category::smtp_auth_disabled},
        {"535 5.7.8 Error: authentication failed", smtp::Stage::auth, Category::auth_failed},
        {"550 5.1.1 <b@example.net>: Recipient address rejected: User unknown", smtp::Stage::rcpt_to,
         Category::recipient_unknown},
        {"552 5.3.4 Message size exceeds fixed limit", smtp::Stage::data, Category::message_too_big},
    }));
    CAPTURE(row.text);
    const auto findings = judge(refused(row.text, row.stage));
    REQUIRE(findings.size() == 1);
    CHECK(findings[0].category == row.category);
    CHECK(findings[0].evidence == row.text);
}

TEST_CASE("Office 365 on loopback is known by the name it gives", "[diagnosis][send]") {
    const std::string denied = "554 5.2.252 SendAsDenied; oliver@shortstraw.be not allowed to send as "
                               "invoicing@shortstraw.be; STOREDRV.Submission.Exception:SendAsDeniedException";
    const diagnosis::Sending loopback{"127.0.0.1", 2587, sending.login, sending.from};
    const std::string lookalike =
        "220 AM0PR01CA0001.outlook.office365.com Microsoft ESMTP MAIL Service ready";
    const auto as_microsoft = judge(refused(denied, smtp::Stage::data, lookalike), loopback);
    const auto asked_for = judge(refused(denied, smtp::Stage::data, "220 x"),
                                 {"smtp.office365.com", 587, sending.login, sending.from});
    REQUIRE(as_microsoft.size() == 1);
    REQUIRE(asked_for.size() == 1);
    CHECK(as_microsoft[0].id == asked_for[0].id);
    CHECK(as_microsoft[0].category == Category::send_as_denied);
    CHECK(as_microsoft[0].title.find("oliver@shortstraw.be") != std::string::npos);
}

TEST_CASE("a name that only looks like Microsoft's does not count", "[diagnosis][send]") {
    const std::string text = "550 5.7.606 Access denied";
    const diagnosis::Sending loopback{"127.0.0.1", 2587, sending.login, sending.from};
    const auto of = [&](const char* greeting) {
        return judge(refused(text, smtp::Stage::rcpt_to, greeting), loopback).at(0).id;
    };
    CHECK(of("220 x.outlook.office365.com ready") != of("220 relay.local ready"));
    CHECK(of("220 notoffice365.com ready") == of("220 relay.local ready"));
    CHECK(of("220") == of("220 relay.local ready"));
}

TEST_CASE("recipients refused for the same reason are one finding, for different ones several",
          "[diagnosis][send]") {
    smtp::Outcome outcome;
    outcome.fate = Fate::partly;
    outcome.stage = smtp::Stage::data;
    const auto reply = [](const char* text) {
        smtp::Reply read = smtp::read_reply(text);
        read.text = text;
        return read;
    };
    outcome.recipients = {
        {"a@example.net", Fate::accepted, reply("250 ok")},
        {"b@example.net", Fate::refused, reply("452 4.2.2 The email account is over quota")},
        {"c@example.net", Fate::refused, reply("452 4.2.2 The email account is over quota")},
        {"d@example.net", Fate::refused, reply("550 5.1.1 User unknown")}};
    const auto findings = judge(outcome);
    REQUIRE(findings.size() == 2);
    CHECK(findings[0].category == Category::mailbox_full);
    CHECK(findings[1].category == Category::recipient_unknown);
    CHECK(findings[1].cause.find("d@example.net") != std::string::npos);
}

TEST_CASE("half a yes to MAIL is explained, too", "[diagnosis][send]") {
    CHECK(judge(refused("354 go on", smtp::Stage::mail_from)).size() == 1);
}
