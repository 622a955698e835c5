#include "base/base64.hpp"
#include "smtp/session.hpp"
#include "support/catch.hpp"

#include <functional>
#include <string>
#include <vector>

using namespace relaytool;
using smtp::Action;
using smtp::After;
using smtp::Answer;
using smtp::Request;
using smtp::Session;
using smtp::State;
using smtp::Step;

namespace {

/// Grants everything, unless `refuse` has an answer.
struct Friendly : smtp::Policy {
    std::function<std::optional<Answer>(const State&, const Request&)> refuse;
    std::vector<smtp::Credentials> credentials;

    Answer answer(const State& state, const Request& request) override {
        if (request.credentials != nullptr) credentials.push_back(*request.credentials);
        if (refuse)
            if (const auto answer = refuse(state, request)) return *answer;
        return smtp::standard_answer(request);
    }
};

/// A session, and all that it did.
struct Server {
    Friendly policy;
    smtp::SessionLimits limits;
    std::string said;
    std::vector<smtp::Mail> mails;
    std::vector<Action::What> acts; ///< all but send and message

    /// Plays a whole connection. TLS is taken as soon as it is asked for.
    void play(std::string_view octets, std::size_t piece) {
        Session session(policy, "192.0.2.1", limits);
        session.connected();
        collect(session);
        while (!octets.empty()) {
            session.receive(octets.substr(0, piece));
            octets.remove_prefix(std::min(piece, octets.size()));
            collect(session);
        }
    }

    void collect(Session& session) {
        for (Action& action : session.take()) {
            if (action.what == Action::What::send)
                said += action.octets;
            else if (action.what == Action::What::message)
                mails.push_back(*std::move(action.mail));
            else
                acts.push_back(action.what);
            if (action.what == Action::What::start_tls) session.tls_started(smtp::Tls::current);
        }
    }

    /// The codes of the replies, in order.
    std::string codes() const {
        std::string out;
        for (std::size_t at = 0; at < said.size(); at = said.find('\n', at) + 1)
            if (said[at + 3] == ' ') out += (out.empty() ? "" : " ") + said.substr(at, 3);
        return out;
    }
};

/// What a client sends, and the codes it gets.
struct Row {
    const char* name;
    std::string octets;
    const char* codes;
};

std::string base64(std::string_view text) {
    return encoding::to_base64(text);
}

const std::string envelope = "EHLO a\r\nMAIL FROM:<a@example.com>\r\nRCPT TO:<b@example.org>\r\n";

const std::vector<Row>& rows() {
    static const std::vector<Row> all = {
        {"RFC 5321 appendix D.1",
         "EHLO bar.com\r\nMAIL FROM:<Smith@bar.com>\r\nRCPT TO:<Jones@foo.com>\r\nRCPT TO:<Brown@foo.com>\r\n"
         "DATA\r\nBlah blah blah...\r\n...etc. etc. etc.\r\n.\r\nQUIT\r\n",
         "220 250 250 250 250 354 250 221"},
        {"RFC 5321 appendix D.2, a transaction given up",
         "EHLO bar.com\r\nMAIL FROM:<Smith@bar.com>\r\nRCPT TO:<Jones@foo.com>\r\nRSET\r\nQUIT\r\n",
         "220 250 250 250 250 221"},
        {"verbs in any case", "ehlo a\r\nmail from:<a@b.c>\r\nrcpt to:<d@e.f>\r\nquit\r\n",
         "220 250 250 250 221"},
        {"null sender, postmaster", "HELO a\r\nMAIL FROM:<>\r\nRCPT TO:<Postmaster>\r\n", "220 250 250 250"},
        {"a blank behind the colon", "HELO a\r\nMAIL FROM: <a@b.c>\r\n", "220 250 250"},
        {"source route", "HELO a\r\nMAIL FROM:<@x,@y:a@b.c>\r\n", "220 250 250"},
        {"no brackets", "HELO a\r\nMAIL FROM:a@b.c\r\n", "220 250 501"},
        {"no colon", "HELO a\r\nMAIL FROM <a@b.c>\r\n", "220 250 501"},
        {"no address", "HELO a\r\nMAIL FROM:<a>\r\n", "220 250 501"},
        {"two at signs", "HELO a\r\nMAIL FROM:<a@b@c.d>\r\n", "220 250 501"},
        {"quoted local part", "HELO a\r\nMAIL FROM:<\"a > b\"@c.d>\r\n", "220 250 250"},
        {"MAIL before HELO", "MAIL FROM:<a@b.c>\r\n", "220 503"},
        {"RCPT before MAIL", "HELO a\r\nRCPT TO:<a@b.c>\r\n", "220 250 503"},
        {"DATA before RCPT", "HELO a\r\nMAIL FROM:<a@b.c>\r\nDATA\r\n", "220 250 250 503"},
        {"MAIL twice", "HELO a\r\nMAIL FROM:<a@b.c>\r\nMAIL FROM:<a@b.c>\r\n", "220 250 250 503"},
        {"EHLO resets", envelope + "EHLO a\r\nRCPT TO:<a@b.c>\r\n", "220 250 250 250 250 503"},
        {"HELO without a name", "HELO\r\n", "220 501"},
        {"others", "NOOP\r\nNOOP x\r\nVRFY a\r\nHELP\r\nEXPN a\r\n\r\n", "220 250 250 252 214 500 500"},
        {"SIZE that fits", "EHLO a\r\nMAIL FROM:<a@b.c> SIZE=1000\r\n", "220 250 250"},
        {"SIZE too big", "EHLO a\r\nMAIL FROM:<a@b.c> SIZE=157286401\r\n", "220 250 552"},
        {"SIZE far too big", "EHLO a\r\nMAIL FROM:<a@b.c> SIZE=99999999999999999999\r\n", "220 250 552"},
        {"SIZE that is no number", "EHLO a\r\nMAIL FROM:<a@b.c> SIZE=-1\r\n", "220 250 555"},
        {"RFC 3461 parameters",
         "EHLO a\r\nMAIL FROM:<a@b.c> RET=HDRS ENVID=QQ314159\r\n"
         "RCPT TO:<d@e.f> NOTIFY=SUCCESS,FAILURE ORCPT=rfc822;d@e.f\r\nRCPT TO:<d@e.f> NOTIFY=NEVER\r\n"
         "RCPT TO:<d@e.f> NOTIFY=NEVER,DELAY\r\n",
         "220 250 250 250 250 555"},
        {"unknown parameter", "EHLO a\r\nMAIL FROM:<a@b.c> COLOUR=RED\r\n", "220 250 555"},
        {"parameter twice", "EHLO a\r\nMAIL FROM:<a@b.c> SIZE=1 SIZE=2\r\n", "220 250 555"},
        {"something behind the path", "EHLO a\r\nMAIL FROM:<a@b.c>x\r\n", "220 250 501"},
        {"UTF-8 without SMTPUTF8", "EHLO a\r\nMAIL FROM:<\xC3\xA9@b.c>\r\n", "220 250 553"},
        {"UTF-8 with SMTPUTF8",
         "EHLO a\r\nMAIL FROM:<\xC3\xA9@b.c> SMTPUTF8 BODY=8BITMIME\r\nRCPT TO:<\xC3\xA9@b.c>\r\n",
         "220 250 250 250"},
        {"UTF-8 recipient without SMTPUTF8", "EHLO a\r\nMAIL FROM:<a@b.c>\r\nRCPT TO:<\xC3\xA9@b.c>\r\n",
         "220 250 250 553"},
        {"a line feed alone", "EHLO a\nNOOP\r\n", "220 500 250"},
        {"CR in a line", "EHLO a\rMAIL FROM:<a@b.c>\r\n", "220 501"},
        {"NUL in a line", std::string("NOOP \0\r\n", 8), "220 501"},
        {"a line too long", "NOOP " + std::string(20000, 'x') + "\r\nNOOP\r\n", "220 500 250"},
        {"DATA with an argument", envelope + "DATA x\r\n", "220 250 250 250 501"},
        // RFC 3207
        {"STARTTLS starts anew", envelope + "STARTTLS\r\n", "220 250 250 250 220"},
        {"STARTTLS with an argument", "EHLO a\r\nSTARTTLS x\r\n", "220 250 501"},
        // RFC 4954
        {"AUTH LOGIN", "EHLO a\r\nAUTH LOGIN\r\n" + base64("me") + "\r\n" + base64("secret") + "\r\n",
         "220 250 334 334 235"},
        {"AUTH LOGIN with initial response",
         "EHLO a\r\nAUTH LOGIN " + base64("me") + "\r\n" + base64("secret") + "\r\n", "220 250 334 235"},
        {"AUTH PLAIN", "EHLO a\r\nAUTH PLAIN " + base64(std::string("\0me\0secret", 10)) + "\r\n",
         "220 250 235"},
        {"AUTH PLAIN in two steps",
         "EHLO a\r\nAUTH PLAIN\r\n" + base64(std::string("\0me\0secret", 10)) + "\r\n", "220 250 334 235"},
        {"AUTH PLAIN, empty response", "EHLO a\r\nAUTH PLAIN =\r\n", "220 250 501"},
        {"AUTH XOAUTH2",
         "EHLO a\r\nAUTH XOAUTH2 " +
             base64("user=me\x01"
                    "auth=Bearer t\x01\x01") +
             "\r\n",
         "220 250 235"},
        {"AUTH XOAUTH2 in two steps",
         "EHLO a\r\nAUTH XOAUTH2\r\n" +
             base64("user=me\x01"
                    "auth=Bearer t\x01\x01") +
             "\r\n",
         "220 250 334 235"},
        {"AUTH XOAUTH2 without a token", "EHLO a\r\nAUTH XOAUTH2 " + base64("user=me\x01\x01") + "\r\n",
         "220 250 501"},
        {"AUTH cancelled", "EHLO a\r\nAUTH LOGIN\r\n*\r\nNOOP\r\n", "220 250 334 501 250"},
        {"AUTH without base64", "EHLO a\r\nAUTH LOGIN\r\nQUIT!\r\n", "220 250 334 501"},
        {"AUTH twice", "EHLO a\r\nAUTH LOGIN bWU=\r\nbWU=\r\nAUTH LOGIN\r\n", "220 250 334 235 503"},
        {"AUTH in a mail", envelope + "AUTH LOGIN\r\n", "220 250 250 250 503"},
        {"AUTH before EHLO", "AUTH LOGIN\r\n", "220 503"},
        {"AUTH without a mechanism", "EHLO a\r\nAUTH\r\n", "220 250 501"},
        // RFC 3030 section 4.1 and 4.2
        {"BDAT in one", envelope + "BDAT 5 LAST\r\nhello", "220 250 250 250 250"},
        {"BDAT in three", envelope + "BDAT 3\r\nhelBDAT 2\r\nloBDAT 0 LAST\r\nQUIT\r\n",
         "220 250 250 250 250 250 250 221"},
        {"BDAT without MAIL takes its octets", "EHLO a\r\nBDAT 6\r\nQUIT\r\nQUIT\r\n", "220 250 503 221"},
        {"BDAT without RCPT takes its octets",
         "EHLO a\r\nMAIL FROM:<a@b.c>\r\nBDAT 6 LAST\r\nQUIT\r\nQUIT\r\n", "220 250 250 503 221"},
        {"BDAT with a size that is none", envelope + "BDAT x\r\nNOOP\r\n", "220 250 250 250 501"},
        {"DATA behind BDAT", envelope + "BDAT 1\r\nxDATA\r\n", "220 250 250 250 250 503"},
        {"DATA for BINARYMIME", "EHLO a\r\nMAIL FROM:<a@b.c> BODY=BINARYMIME\r\nRCPT TO:<a@b.c>\r\nDATA\r\n",
         "220 250 250 250 503"},
        {"nothing behind QUIT", "QUIT\r\nNOOP\r\n", "220 221"},
    };
    return all;
}

} // namespace

TEST_CASE("dialogues, in one piece and octet by octet", "[smtp][session]") {
    for (const Row& row : rows()) {
        for (const std::size_t piece : {std::string::npos, std::size_t{1}}) {
            INFO(row.name << ", pieces of " << piece);
            Server server;
            server.play(row.octets, piece);
            CHECK(server.codes() == row.codes);
        }
    }
}

TEST_CASE("a message is what was sent, without the stuffed dots", "[smtp][session]") {
    struct Body {
        const char* name;
        std::string sent;
        std::string kept;
    };
    const std::vector<Body> bodies = {
        {"empty", ".\r\n", ""},
        {"one line", "hello\r\n.\r\n", "hello\r\n"},
        {"RFC 5321 section 4.5.2", "..\r\n...\r\n.x\r\n.\r\n", ".\r\n..\r\nx\r\n"},
        {"lone line feeds end nothing", "a\n.\nb\r\n.\r\n", "a\n.\nb\r\n"},
        {"line feed, dot, CR LF", "a\n.\r\nb\r\n.\r\n", "a\n.\r\nb\r\n"},
        {"CR LF, dot, line feed", "a\r\n.\nb\r\n.\r\n", "a\r\n\nb\r\n"},
        {"CR, dot, CR", "a\r.\rb\r\n.\r\n", "a\r.\rb\r\n"},
        {"CR LF, dot, CR, CR LF", "a\r\n.\r\r\n.\r\n", "a\r\n\r\r\n"},
        {"CR CR LF, dot", "a\r\r\n.\r\n", "a\r\r\n"},
        {"NUL and eight bits", std::string("\0\xFF\r\n.\r\n", 7), std::string("\0\xFF\r\n", 4)},
    };
    for (const Body& body : bodies) {
        for (const std::size_t piece : {std::string::npos, std::size_t{1}, std::size_t{2}, std::size_t{3}}) {
            INFO(body.name << ", pieces of " << piece);
            Server server;
            server.play(envelope + "DATA\r\n" + body.sent, piece);
            REQUIRE(server.mails.size() == 1);
            CHECK(server.mails[0].octets == body.kept);
            CHECK(server.mails[0].is_accepted);
        }
    }
}

TEST_CASE("BDAT keeps every octet", "[smtp][session]") {
    const std::string octets("a\r\n.\r\n\0\n.\n\xFF", 11);
    for (const std::size_t piece : {std::string::npos, std::size_t{1}}) {
        Server server;
        server.play(envelope + "BDAT 4\r\n" + octets.substr(0, 4) + "BDAT 7 LAST\r\n" + octets.substr(4),
                    piece);
        REQUIRE(server.mails.size() == 1);
        CHECK(server.mails[0].octets == octets);
    }
}

TEST_CASE("the envelope is kept with the mail", "[smtp][session]") {
    Server server;
    server.play("EHLO me.example.com\r\nAUTH LOGIN bWU=\r\nc2VjcmV0\r\nMAIL FROM:<a@example.com> RET=FULL\r\n"
                "RCPT TO:<b@example.org> NOTIFY=NEVER\r\nRCPT TO:<c@example.org>\r\nDATA\r\nx\r\n.\r\n",
                std::string::npos);
    REQUIRE(server.mails.size() == 1);
    const smtp::Mail& mail = server.mails[0];
    CHECK(mail.client == "192.0.2.1");
    CHECK(mail.login == "me");
    CHECK(mail.helo == "me.example.com");
    CHECK(mail.sender == smtp::Path{"a@example.com", {{"RET", "FULL"}}});
    REQUIRE(mail.recipients.size() == 2);
    CHECK(mail.recipients[0] == smtp::Path{"b@example.org", {{"NOTIFY", "NEVER"}}});
    CHECK(mail.recipients[1] == smtp::Path{"c@example.org", {}});
    REQUIRE(server.policy.credentials.size() == 1);
    CHECK(server.policy.credentials[0].login == "me");
    CHECK(server.policy.credentials[0].password == "secret");
}

TEST_CASE("a refused mail is reported without its octets", "[smtp][session]") {
    Server server;
    server.policy.refuse = [](const State&, const Request& request) -> std::optional<Answer> {
        if (request.step == Step::message) return Answer{.reply = "554 5.7.1 No"};
        return std::nullopt;
    };
    server.play(envelope + "DATA\r\nx\r\n.\r\nMAIL FROM:<a@b.c>\r\n", std::string::npos);
    CHECK(server.codes() == "220 250 250 250 354 554 250");
    REQUIRE(server.mails.size() == 1);
    CHECK(!server.mails[0].is_accepted);
    CHECK(server.mails[0].octets.empty());
    CHECK(server.mails[0].reply == "554 5.7.1 No");
}

TEST_CASE("what is pipelined behind STARTTLS is thrown away", "[smtp][session]") {
    // CVE-2011-0411: a command put there by somebody in between would count as encrypted.
    Server server;
    server.play("EHLO a\r\nSTARTTLS\r\nMAIL FROM:<a@b.c>\r\nNOOP\r\n", std::string::npos);
    CHECK(server.codes() == "220 250 220");
    CHECK(server.acts == std::vector{Action::What::start_tls});
}

TEST_CASE("half a line in front of STARTTLS's answer does not survive it", "[smtp][session]") {
    Server server;
    Session session(server.policy, "192.0.2.1");
    session.connected();
    session.receive("EHLO a\r\nSTARTTLS\r\nMAIL FR");
    server.collect(session);
    session.receive("EHLO b\r\nMAIL FROM:<a@b.c>\r\n");
    server.collect(session);
    CHECK(server.codes() == "220 250 220 250 250");
    CHECK(session.state().tls == smtp::Tls::current);
    CHECK(session.state().name == "b");
}

TEST_CASE("STARTTLS once only", "[smtp][session]") {
    Server server;
    Session session(server.policy, "192.0.2.1");
    session.connected();
    session.receive("EHLO a\r\nSTARTTLS\r\n");
    server.collect(session);
    session.receive("STARTTLS\r\nMAIL FROM:<a@b.c>\r\n");
    server.collect(session);
    CHECK(server.codes() == "220 250 220 503 503"); // and EHLO has to come again
}

TEST_CASE("bounds", "[smtp][session]") {
    Server server;
    SECTION("a message that is too big is read to its end, and refused") {
        server.limits.message = 10;
        server.play(envelope + "DATA\r\n" + std::string(100, 'x') + "\r\n.\r\nNOOP\r\n", 7);
        CHECK(server.codes() == "220 250 250 250 354 552 250");
        REQUIRE(server.mails.size() == 1);
        CHECK(!server.mails[0].is_accepted);
    }
    SECTION("so are chunks") {
        server.limits.message = 10;
        server.play(envelope + "BDAT 8\r\n12345678BDAT 8 LAST\r\n12345678NOOP\r\n", 7);
        CHECK(server.codes() == "220 250 250 250 250 552 250");
    }
    SECTION("recipients") {
        server.limits.recipients = 1;
        server.play(envelope + "RCPT TO:<c@example.org>\r\n", 7);
        CHECK(server.codes() == "220 250 250 250 452");
    }
    SECTION("errors") {
        server.limits.errors = 2;
        server.play("X\r\nX\r\nX\r\nNOOP\r\n", std::string::npos);
        CHECK(server.codes() == "220 500 500 421");
        CHECK(server.acts == std::vector{Action::What::close});
    }
    SECTION("a line that never ends takes no memory and gets no answer") {
        server.play(std::string(1'000'000, 'x'), 1000);
        CHECK(server.codes() == "220");
    }
}

TEST_CASE("replies of several lines, delays, and what happens behind them", "[smtp][session]") {
    Server server;
    std::string name;
    server.policy.refuse = [&](const State& state, const Request& request) -> std::optional<Answer> {
        if (request.step == Step::hello)
            return Answer{.reply = "250 here\nSIZE 5\nHELP", .delay = std::chrono::milliseconds(5)};
        if (request.step == Step::mail) return Answer{.reply = "421 4.3.2 Bye", .after = After::close};
        if (request.step == Step::starttls) return Answer{.reply = "220 x", .after = After::stall};
        if (request.text == "NOOP drop") return Answer{.reply = "250 x", .after = After::drop};
        name = state.name;
        return std::nullopt;
    };
    SECTION("close") {
        server.play("EHLO a\r\nMAIL FROM:<a@b.c>\r\nNOOP\r\n", std::string::npos);
        CHECK(server.said ==
              "220 localhost ESMTP\r\n250-here\r\n250-SIZE 5\r\n250 HELP\r\n421 4.3.2 Bye\r\n");
        CHECK(server.acts == std::vector{Action::What::close});
    }
    SECTION("stall") {
        server.play("EHLO a\r\nSTARTTLS\r\nNOOP\r\n", std::string::npos);
        CHECK(server.codes() == "220 250");
        CHECK(server.acts == std::vector{Action::What::stall});
    }
    SECTION("drop") {
        server.play("NOOP drop\r\nNOOP\r\n", std::string::npos);
        CHECK(server.codes() == "220");
        CHECK(server.acts == std::vector{Action::What::close});
    }
    SECTION("delay") {
        Session session(server.policy, "192.0.2.1");
        session.connected();
        session.receive("EHLO a\r\n");
        const auto actions = session.take();
        REQUIRE(actions.size() == 2);
        CHECK(actions[0].delay.count() == 0);
        CHECK(actions[1].delay.count() == 5);
    }
}

TEST_CASE("a server that refuses at the greeting closes", "[smtp][session]") {
    Server server;
    server.policy.refuse = [](const State&, const Request&) { return Answer{.reply = "554 5.3.2 No"}; };
    server.play("EHLO a\r\n", std::string::npos);
    CHECK(server.said == "554 5.3.2 No\r\n");
    CHECK(server.acts == std::vector{Action::What::close});
}

TEST_CASE("a failed login is remembered for the policy", "[smtp][session]") {
    Server server;
    server.policy.refuse = [](const State&, const Request& request) -> std::optional<Answer> {
        if (request.step == Step::auth) return Answer{.reply = "535 5.7.8 No"};
        return std::nullopt;
    };
    Session session(server.policy, "192.0.2.1");
    session.connected();
    session.receive("EHLO a\r\nAUTH LOGIN bWU=\r\nbWU=\r\nAUTH LOGIN bWU=\r\nbWU=\r\n");
    CHECK(session.state().login.empty());
    CHECK(session.state().login_error == "535 5.7.8 No");
    CHECK(session.state().login_errors == 2);
    CHECK(session.state().last_refusal == "535 5.7.8 No");
}
