#include "base/base64.hpp"
#include "sandbox/mail_store.hpp"
#include "sandbox/mx.hpp"
#include "sandbox/office365.hpp"
#include "support/catch.hpp"

#include <memory>
#include <string>
#include <vector>

using namespace relaytool;
using namespace std::chrono_literals;
using sandbox::Connections;
using sandbox::Play;
using smtp::Action;

namespace {

constexpr std::string_view me = "oliver@shortstraw.be";

Play office() {
    Play play;
    play.logins = {{std::string(me), "short-straw"}};
    play.tokens = {"good-token"};
    play.now = [] { return std::int64_t{1771485602}; }; // Thu, 19 Feb 2026 07:20:02 +0000
    return play;
}

/// A connection to one of the servers.
class Client {
public:
    explicit Client(std::unique_ptr<smtp::Policy> policy)
        : policy_(std::move(policy)), session_(*policy_, "192.0.2.5") {
        session_.connected();
        collect();
    }

    /// Sends it, and returns what is said then.
    std::string say(std::string_view octets) {
        said_.clear();
        delay = 0ms;
        session_.receive(octets);
        collect();
        return said_;
    }
    std::string say_line(std::string_view line) { return say(std::string(line) + "\r\n"); }

    Client& secure(smtp::Tls version = smtp::Tls::current) {
        tls_ = version;
        say("EHLO client.example.com\r\nSTARTTLS\r\n");
        say("EHLO client.example.com\r\n");
        return *this;
    }
    std::string log_in(std::string_view login = me, std::string_view password = "short-straw") {
        return say("AUTH LOGIN " + encoding::to_base64(login) + "\r\n" + encoding::to_base64(password) +
                   "\r\n");
    }
    /// The reply to the whole message.
    std::string send(const std::string& from, const std::string& to, const std::string& message) {
        say("MAIL FROM:<" + from + ">\r\nRCPT TO:<" + to + ">\r\nDATA\r\n");
        return say(message + "\r\n.\r\n");
    }

    std::string greeting() const { return greeting_; }
    std::chrono::milliseconds delay{0}; ///< of all replies to what was said last
    std::vector<Action::What> acts;

private:
    void collect() {
        for (Action& action : session_.take()) {
            said_ += action.octets;
            delay += action.delay;
            if (action.what != Action::What::send && action.what != Action::What::message)
                acts.push_back(action.what);
            if (action.what == Action::What::start_tls) session_.tls_started(tls_);
        }
        if (greeting_.empty()) greeting_ = said_;
    }

    std::unique_ptr<smtp::Policy> policy_;
    smtp::Session session_;
    smtp::Tls tls_ = smtp::Tls::current;
    std::string said_;
    std::string greeting_;
};

/// The world that clients connect to.
struct World {
    Play play = office();
    Connections connections;

    std::unique_ptr<Client> office365() {
        return std::make_unique<Client>(std::make_unique<sandbox::Office365>(play, connections));
    }
    std::unique_ptr<Client> mx() {
        return std::make_unique<Client>(std::make_unique<sandbox::Mx>(play, connections));
    }
    std::unique_ptr<Client> logged_in() {
        auto client = office365();
        client->secure();
        client->log_in();
        return client;
    }
};

std::string token(std::string_view login, std::string_view token) {
    return encoding::to_base64("user=" + std::string(login) +
                               "\x01"
                               "auth=Bearer " +
                               std::string(token) + "\x01\x01");
}

} // namespace

TEST_CASE("the smart host's banner and EHLO", "[sandbox][office365]") {
    World world;
    const auto client = world.office365();
    CHECK(client->greeting() ==
          "220 SBX2P001CA0042.outlook.office365.com Microsoft ESMTP MAIL Service ready at Thu, "
          "19 Feb 2026 07:20:02 +0000 [08DE6996B9A20001]\r\n");
    const std::string before =
        "250-SBX2P001CA0042.outlook.office365.com Hello [192.0.2.5]\r\n250-SIZE 157286400\r\n"
        "250-PIPELINING\r\n250-DSN\r\n250-ENHANCEDSTATUSCODES\r\n";
    const std::string after = "250-8BITMIME\r\n250-BINARYMIME\r\n250-CHUNKING\r\n250 SMTPUTF8\r\n";
    CHECK(client->say_line("EHLO a") == before + "250-STARTTLS\r\n" + after);
    CHECK(client->say_line("STARTTLS") == "220 2.0.0 SMTP server ready\r\n");
    CHECK(client->say_line("EHLO a") == before + "250-AUTH LOGIN XOAUTH2\r\n" + after);
    CHECK(client->say_line("HELO a") == "250 SBX2P001CA0042.outlook.office365.com Hello [192.0.2.5]\r\n");
    CHECK(client->say_line("STARTTLS")
              .starts_with("503 5.5.2 Only one STARTTLS command can be issued per session"));
}

TEST_CASE("logging in to the smart host", "[sandbox][office365]") {
    World world;
    const auto client = world.office365();
    SECTION("not before TLS") {
        client->say_line("EHLO a");
        CHECK(client->say_line("AUTH LOGIN").starts_with("504 5.7.4 Unrecognized authentication type ["));
    }
    SECTION("only LOGIN and XOAUTH2") {
        client->secure();
        for (const char* mechanism : {"PLAIN", "CRAM-MD5", "NTLM", "OAUTHBEARER"})
            CHECK(client->say_line(std::string("AUTH ") + mechanism).starts_with("504 5.7.4 "));
    }
    SECTION("LOGIN") {
        client->secure();
        CHECK(client->say_line("AUTH LOGIN") == "334 VXNlcm5hbWU6\r\n");
        CHECK(client->say_line("b2xpdmVyQHNob3J0c3RyYXcuYmU=") == "334 UGFzc3dvcmQ6\r\n");
        CHECK(client->say_line("c2hvcnQtc3RyYXc=") == "235 2.7.0 Authentication successful\r\n");
    }
    SECTION("the login's case does not matter, the password's does") {
        client->secure();
        CHECK(client->log_in(me, "Short-Straw").find("535 ") != std::string::npos);
        CHECK(client->log_in("Oliver@ShortStraw.be").find("235 ") != std::string::npos);
    }
    SECTION("a wrong password, late, three times") {
        client->secure();
        for (int i = 0; i < 2; ++i) {
            CHECK(client->log_in(me, "wrong")
                      .find("535 5.7.139 Authentication unsuccessful, the user credentials were "
                            "incorrect. [") != std::string::npos);
            CHECK(client->delay == 5000ms);
            CHECK(client->acts.size() == 1); // STARTTLS
        }
        client->log_in(me, "wrong");
        CHECK(client->acts.back() == Action::What::close);
    }
    SECTION("XOAUTH2") {
        client->secure();
        CHECK(client->say_line("AUTH XOAUTH2") == "334 \r\n");
        CHECK(client->say_line(token(me, "good-token")) == "235 2.7.0 Authentication successful\r\n");
    }
    SECTION("a bad token is refused at once, without a challenge") {
        client->secure();
        CHECK(client->say_line("AUTH XOAUTH2 " + token(me, "bad"))
                  .starts_with("535 5.7.3 Authentication unsuccessful ["));
        CHECK(client->delay == 0ms);
    }
    SECTION("a token that is none") {
        client->secure();
        CHECK(client->say_line("AUTH XOAUTH2 " + encoding::to_base64("x"))
                  .starts_with("501 5.5.124 Invalid XOAUTH2 auth data"));
    }
    SECTION("who issues tokens is asked") {
        world.play.token_verdict = [](std::string_view login, std::string_view token) {
            return login == me && token == "issued" ? sandbox::TokenVerdict::good
                                                    : sandbox::TokenVerdict::expires_soon;
        };
        client->secure();
        CHECK(client->say_line("AUTH XOAUTH2 " + token(me, "other")).starts_with("501 5.5.127 "));
        CHECK(client->say_line("AUTH XOAUTH2 " + token(me, "issued")).starts_with("235 "));
    }
}

TEST_CASE("what the smart host says to MAIL", "[sandbox][office365]") {
    World world;
    const auto client = world.office365();
    const std::string mail = "MAIL FROM:<oliver@shortstraw.be>\r\n";
    client->say_line("EHLO a");
    CHECK(client->say(mail) ==
          "451 5.7.3 STARTTLS is required to send mail [SBX2P001CA0042.SBXP001.PROD.OUTLOOK.COM "
          "2026-02-19T07:20:02.000Z 08DE6996B9A20001]\r\n");
    client->secure();
    CHECK(
        client->say(mail).starts_with("530 5.7.57 Client not authenticated to send mail. [SBX2P001CA0042."));
    CHECK(client->delay == 5000ms);
    client->log_in(me, "wrong");
    // What .NET shows to its users: the reason comes along.
    CHECK(client->say(mail).starts_with(
        "530 5.7.57 Client not authenticated to send mail. Error: 535 5.7.139 Authentication "
        "unsuccessful, the user credentials were incorrect. [SBX2P001CA0042."));
    client->log_in();
    CHECK(client->say_line("MAIL FROM:<a@b.c> SIZE=157286401").starts_with("552 5.3.4 "));
    CHECK(client->say_line("MAIL FROM:<somebody@else.example>") == "250 2.1.0 Sender OK\r\n");
    CHECK(client->say_line("RCPT TO:<customer@example.org>") == "250 2.1.5 Recipient OK\r\n");
    CHECK(client->say_line("RCPT TO:<customer>").starts_with("501 5.1.3 Invalid address"));
    CHECK(client->say_line("DATA") == "354 Start mail input; end with <CRLF>.<CRLF>\r\n");
}

TEST_CASE("whom the smart host lets send as whom", "[sandbox][office365]") {
    struct Row {
        const char* name;
        const char* envelope;
        const char* header;
        const char* allowed; ///< by --allow-sender
        const char* refused; ///< as this; "": accepted
    };
    const Row rows[] = {
        {"as oneself", "oliver@shortstraw.be", "From: oliver@shortstraw.be", "", ""},
        {"case", "Oliver@shortstraw.be", "From: Oliver <OLIVER@SHORTSTRAW.BE>", "", ""},
        {"without From", "oliver@shortstraw.be", "Subject: x", "", ""},
        {"envelope", "invoicing@shortstraw.be", "From: oliver@shortstraw.be", "", "invoicing@shortstraw.be"},
        {"header", "oliver@shortstraw.be", "From: Invoicing <invoicing@shortstraw.be>", "",
         "invoicing@shortstraw.be"},
        {"one of two", "oliver@shortstraw.be", "From: oliver@shortstraw.be, b@shortstraw.be", "",
         "b@shortstraw.be"},
        {"allowed", "invoicing@shortstraw.be", "From: invoicing@shortstraw.be", "invoicing@shortstraw.be",
         ""},
        {"domain allowed", "invoicing@shortstraw.be", "From: x@shortstraw.be", "@shortstraw.be", ""},
        {"another domain", "a@notshortstraw.be", "From: x@shortstraw.be", "@shortstraw.be",
         "a@notshortstraw.be"},
    };
    for (const Row& row : rows) {
        INFO(row.name);
        World world;
        if (*row.allowed != '\0') world.play.allowed_senders = {row.allowed};
        const std::string reply = world.logged_in()->send(row.envelope, "customer@example.org",
                                                          std::string(row.header) + "\r\n\r\nx");
        if (*row.refused == '\0')
            CHECK(reply.starts_with("250 2.0.0 OK <"));
        else
            CHECK(reply.starts_with("554 5.2.252 SendAsDenied; oliver@shortstraw.be not allowed to send as " +
                                    std::string(row.refused) + "; STOREDRV."));
        CHECK(reply.ends_with("[Hostname=SBX2P001MB0042.SBXP001.PROD.OUTLOOK.COM]\r\n"));
    }
}

TEST_CASE("the Message-ID is in the reply when it can be", "[sandbox][office365]") {
    World world;
    const auto client = world.logged_in();
    const std::string to = "customer@example.org";
    CHECK(client->send(std::string(me), to, "Message-ID: <1@example.com>\r\n\r\nx")
              .starts_with("250 2.0.0 OK <1@example.com> ["));
    CHECK(client->send(std::string(me), to, "Message-ID: <1\x1b[2J>\r\n\r\nx")
              .starts_with("250 2.0.0 OK <08DE"));
    CHECK(client->send(std::string(me), to, "Message-ID: <1>\r\n 250 x\r\n\r\nx")
              .starts_with("250 2.0.0 OK <08DE"));
}

TEST_CASE("several senders need a Sender field", "[sandbox][office365]") {
    World world;
    world.play.allowed_senders = {"@shortstraw.be"};
    const auto client = world.logged_in();
    const std::string from = "From: a@shortstraw.be, b@shortstraw.be\r\n";
    CHECK(client->send(std::string(me), "a@example.org", from + "\r\nx").starts_with("550 5.1.20 "));
    CHECK(client->send(std::string(me), "a@example.org", from + "Sender: a@shortstraw.be\r\n\r\nx")
              .starts_with("250 "));
}

TEST_CASE("three connections may submit for one login", "[sandbox][office365]") {
    World world;
    std::vector<std::unique_ptr<Client>> clients;
    for (int i = 0; i < 4; ++i)
        clients.push_back(world.logged_in());
    const auto send = [&](std::size_t i) {
        return clients[i]->send(std::string(me), "a@example.org", "x: y\r\n\r\nz");
    };
    CHECK(send(3).starts_with("432 4.3.2 Concurrent connections limit exceeded."));
    CHECK(send(2).starts_with("250 "));
    clients.erase(clients.begin());
    CHECK(send(2).starts_with("250 "));
    clients.clear();
    CHECK(world.connections.by_login.empty());
}

TEST_CASE("old TLS is told so at the first command", "[sandbox][office365]") {
    World world;
    const auto client = world.office365();
    client->say("EHLO a\r\n");
    client->secure(smtp::Tls::old);
    CHECK(client->acts == std::vector{Action::What::start_tls, Action::What::close});
}

TEST_CASE("unknown commands", "[sandbox][office365]") {
    World world;
    const auto client = world.office365();
    CHECK(client->say_line("XY").starts_with("500 5.3.3 Unrecognized command 'Length: 2' [SBX2P001CA0042."));
    CHECK(client->delay == 5000ms);
}

TEST_CASE("scenarios by flag and by address", "[sandbox][scenario]") {
    World world;
    const std::string message = "Subject: x\r\n\r\ny";
    SECTION("flag") {
        world.play.failing = {sandbox::find_scenario("temporary")};
        CHECK(world.logged_in()->send(std::string(me), "a@example.org", message).starts_with("451 4.3.111 "));
    }
    SECTION("login") {
        const auto client = world.office365();
        client->secure();
        CHECK(client->log_in("smtp-auth-disabled-tenant@example.com", "any")
                  .find("SmtpClientAuthentication is disabled for "
                        "the Tenant") != std::string::npos);
    }
    SECTION("a login that names what comes later has everybody's password") {
        const auto client = world.office365();
        client->secure();
        CHECK(client->log_in("mailbox-full@example.com", "wrong").find("535 ") != std::string::npos);
        client->log_in("mailbox-full@example.com");
        CHECK(client->send("mailbox-full@example.com", "a@example.org", message)
                  .starts_with("554 5.2.2 mailbox full"));
    }
    SECTION("sender") {
        CHECK(
            world.logged_in()
                ->send("sendas-denied@example.com", "a@example.org", message)
                .starts_with(
                    "554 5.2.252 SendAsDenied; oliver@shortstraw.be not allowed to send as sendas-denied@example.com;"));
    }
    SECTION("recipient") {
        const auto client = world.logged_in();
        CHECK(client->send(std::string(me), "spam@example.org", message).find("OutboundSpamException") !=
              std::string::npos);
        client->say_line("MAIL FROM:<oliver@shortstraw.be>");
        CHECK(client->say_line("RCPT TO:<bad-recipient@example.org>").starts_with("501 5.1.3 "));
        CHECK(client->say_line("RCPT TO:<not-authenticated@example.org>").starts_with("530 5.7.57 "));
        CHECK(client->say_line("RCPT TO:<a@example.org>").starts_with("250 "));
        CHECK(client->say_line("RCPT TO:<recipient-unknown@example.org>").starts_with("250 ")); // the MX's
    }
    SECTION("the MX has its own") {
        const auto client = world.mx();
        client->say("EHLO a\r\nMAIL FROM:<a@example.com>\r\n");
        CHECK(client->say_line("RCPT TO:<recipient-unknown@example.org>").starts_with("550 5.4.1 "));
        CHECK(client->say_line("RCPT TO:<busy@example.org>").starts_with("451 4.7.500 Server busy."));
        CHECK(client->say_line("RCPT TO:<mailbox-full@example.org>").starts_with("250 "));
    }
    SECTION("late, but not refused") {
        const auto client = world.logged_in();
        CHECK(
            client->send(std::string(me), "carried-over@example.org", message).starts_with("250 2.0.0 OK "));
        CHECK(client->delay == 20000ms);
    }
}

TEST_CASE("faults of the line", "[sandbox]") {
    World world;
    SECTION("slow") {
        world.play.slow = 200ms;
        const auto client = world.office365();
        client->say_line("EHLO a");
        CHECK(client->delay == 200ms);
    }
    SECTION("the connection ends before the greeting") {
        world.play.drop_after = smtp::Step::connect;
        const auto client = world.office365();
        CHECK(client->greeting().empty());
        CHECK(client->acts == std::vector{Action::What::close});
    }
    SECTION("the connection ends behind the dot") {
        world.play.drop_after = smtp::Step::message;
        const auto client = world.logged_in();
        CHECK(client->send(std::string(me), "a@example.org", "a: b\r\n").empty());
        CHECK(client->acts.back() == Action::What::close);
    }
    SECTION("the handshake never begins, or the connection ends there") {
        for (const bool is_stalled : {true, false}) {
            (is_stalled ? world.play.stall_after : world.play.drop_after) = smtp::Step::tls;
            const auto client = world.office365();
            client->say_line("EHLO a");
            CHECK(client->say_line("STARTTLS") == "220 2.0.0 SMTP server ready\r\n");
            CHECK(client->acts == std::vector{is_stalled ? Action::What::stall : Action::What::close});
            world.play.stall_after.reset();
        }
    }
    SECTION("huge and binary replies") {
        const auto client = world.logged_in();
        CHECK(client->say_line("MAIL FROM:<huge-reply@example.com>").size() > 10'000'000);
        CHECK(client->say_line("MAIL FROM:<binary-reply@example.com>").find('\0') != std::string::npos);
    }
    SECTION("nothing more comes") {
        world.play.stall_after = smtp::Step::rcpt;
        const auto client = world.logged_in();
        CHECK(client->say("MAIL FROM:<a@b.c>\r\nRCPT TO:<a@b.c>\r\nQUIT\r\n") == "250 2.1.0 Sender OK\r\n");
        CHECK(client->acts.back() == Action::What::stall);
    }
}

TEST_CASE("the MX takes mail for its domains", "[sandbox][mx]") {
    World world;
    world.play.domains = {"shortstraw.be"};
    const auto client = world.mx();
    CHECK(client->greeting() == "220 mx.sandbox.test ESMTP\r\n");
    CHECK(client->say_line("EHLO a").find("250-STARTTLS\r\n") != std::string::npos);
    CHECK(client->say_line("AUTH LOGIN").starts_with("503 "));
    CHECK(client->say_line("MAIL FROM:<>").starts_with("250 "));
    CHECK(client->say_line("RCPT TO:<a@example.org>")
              .starts_with("554 5.7.1 <a@example.org>: Relay access denied"));
    CHECK(client->say_line("RCPT TO:<postmaster>").starts_with("250 "));
    CHECK(client->say_line("RCPT TO:<a@ShortStraw.be>").starts_with("250 "));
    client->say_line("DATA");
    CHECK(client->say("x\r\n.\r\n").starts_with("250 2.0.0 Ok: queued as "));
}

TEST_CASE("the mail store is bounded", "[sandbox][store]") {
    const auto mail = [](std::size_t size) {
        return smtp::Mail{.octets = std::string(size, 'x'), .is_accepted = true};
    };
    sandbox::MailStore store(3, 100);
    const auto first = store.add(mail(10), 7);
    CHECK(first->time == 7);
    CHECK(store.find(first->id) == first);
    store.add(mail(10), 8);
    store.add(mail(10), 9);
    const auto fourth = store.add(mail(10), 10);
    CHECK(store.all().size() == 3);
    CHECK(store.find(first->id) == nullptr);
    store.add(mail(95), 11);
    CHECK(store.all().size() == 1); // the octets count, too
    store.add(mail(500), 12);
    REQUIRE(store.all().size() == 1);
    CHECK(store.all()[0]->time == 12);
    CHECK(!store.remove(fourth->id));
    CHECK(store.remove(store.all()[0]->id));
    CHECK(store.all().empty());
    store.add(mail(1), 13);
    store.clear();
    CHECK(store.all().empty());
}
