#include "diagnosis/sending_verdict.hpp"
#include "report/send.hpp"
#include "support/catch.hpp"

#include <nlohmann/json.hpp>

#include <string>

using namespace relaytool;
using report::Style;
using smtp::Fate;

namespace {

constexpr std::chrono::milliseconds ms{1};

smtp::Reply reply(std::string text) {
    smtp::Reply read = smtp::read_reply(text);
    read.text = std::move(text);
    return read;
}

/// A message that smtp.office365.com has taken.
report::SendReport accepted() {
    report::SendReport report;
    report.host = "smtp.office365.com";
    report.port = 587;
    report.login = "oliver@shortstraw.be";
    report.sender = "oliver@shortstraw.be";
    report.message_id = "<1.relaytool@pc1.example.com>";
    report.size = 637;
    smtp::Outcome& outcome = report.outcome;
    outcome.fate = Fate::accepted;
    outcome.stage = smtp::Stage::data;
    outcome.address = "192.0.2.25";
    outcome.tls = {"TLSv1.3", "TLS_AES_256_GCM_SHA384", {}, true};
    outcome.tls.chain = {
        {"CN=outlook.com", "CN=DigiCert", {"outlook.com"}, 1'700'000'000, 1'798'761'600, "RSA 2048"}};
    outcome.mechanism = sasl::Mechanism::xoauth2;
    outcome.reply = reply("250 2.0.0 OK <x@y> [Hostname=AM0PR01MB0001.eurprd01.prod.outlook.com]");
    outcome.recipients = {{"b@example.net", Fate::accepted, outcome.reply}};
    outcome.queue_id = "x@y";
    outcome.times = {20 * ms, 60 * ms, 80 * ms, 400 * ms, 700 * ms, 1234 * ms};
    return report;
}

/// One whose greeting, answers and certificate are hostile.
report::SendReport hostile() {
    const std::string evil =
        "\x1b[31mred\x07\xE2\x80\xAE reversed\xC2\x9B\x7F \xFF broken <script>\r\nX-Evil: 1\"\\";
    report::SendReport report = accepted();
    smtp::Outcome& outcome = report.outcome;
    outcome.fate = Fate::partly;
    outcome.greeting = reply("220 " + evil);
    outcome.now.lines = {evil};
    outcome.tls.cipher = evil;
    outcome.tls.chain = {{evil, evil, {evil}, 0, 1, evil}};
    outcome.address = evil;
    outcome.queue_id = evil;
    outcome.reply = reply("550 5.1.1 " + evil);
    outcome.recipients = {{"a@example.net", Fate::accepted, reply("250 " + evil)},
                          {"b@example.net", Fate::refused, reply("550 5.1.1 " + evil)}};
    report.message_id = evil;
    report.findings = diagnosis::judge_sending(outcome, {"mx.example.net", 25, "", "a@example.com"});
    return report;
}

} // namespace

TEST_CASE("an accepted message, 80 columns wide", "[report][send]") {
    CHECK(report::send_text(accepted(), {.unicode = true, .width = 80}) ==
          "Accepted: smtp.office365.com has taken the message\n"
          "\n"
          "  Server   smtp.office365.com:587 (192.0.2.25)\n"
          "  TLS      TLSv1.3 TLS_AES_256_GCM_SHA384, certificate verified, valid until\n"
          "           2027-01-01\n"
          "  Login    oliver@shortstraw.be (XOAUTH2)\n"
          "  From     oliver@shortstraw.be\n"
          "  To       b@example.net accepted\n"
          "  Message  <1.relaytool@pc1.example.com>, 637 octets\n"
          "  Queue id x@y\n"
          "  Answer   250 2.0.0 OK <x@y> [Hostname=AM0PR01MB0001.eurprd01.prod.outlook.com]\n"
          "  Time     1.23 s (connect 20 ms, TLS 40 ms, hello 20 ms, login 320 ms, envelope\n"
          "           300 ms, message 534 ms)\n"
          "\n"
          "Accepted is not delivered yet: look for it in the recipient's mailbox, in Junk\n"
          "too. A bounce would come back to the sender.\n");
}

TEST_CASE("no text is wider than asked for, but for words that stay whole", "[report][send]") {
    const std::size_t width = GENERATE(60U, 80U);
    report::SendReport refused = accepted();
    refused.outcome.fate = Fate::refused;
    refused.outcome.reply = reply("550 5.1.1 User unknown");
    refused.outcome.recipients = {{"b@example.net", Fate::refused, refused.outcome.reply}};
    refused.findings = diagnosis::judge_sending(refused.outcome, {"mx.example.net", 25, "", "a@example.com"});
    for (const report::SendReport& one : {accepted(), refused}) {
        std::string text = report::send_text(one, {.width = width});
        CHECK(text.find('\x1b') == std::string::npos);
        for (std::size_t end = text.find('\n'); end != std::string::npos; end = text.find('\n')) {
            const std::string line = text.substr(0, end);
            text.erase(0, end + 1);
            CAPTURE(line);
            CHECK((line.size() <= width || line.find_last_of(' ') < 11));
        }
    }
}

TEST_CASE("the verdict, and what is not known yet", "[report][send]") {
    report::SendReport report = accepted();
    const auto text = [&] { return report::send_text(report, {.width = 200}); };
    SECTION("stopped as asked") {
        report.outcome.fate = Fate::stopped;
        report.outcome.stage = smtp::Stage::rcpt_to;
        CHECK(text().starts_with("Good so far: stopped after RCPT TO as asked, nothing was sent\n"));
        CHECK(text().find("Accepted is not") == std::string::npos);
    }
    SECTION("in clear") {
        report.outcome.tls = {};
        report.outcome.greeting = reply("220 x");
        CHECK(text().find("  TLS      none: the connection is in clear\n") != std::string::npos);
    }
    SECTION("certificate not verified") {
        report.outcome.tls.is_verified = false;
        CHECK(text().find("TLS_AES_256_GCM_SHA384, certificate not verified\n") != std::string::npos);
    }
    SECTION("nobody answered: nothing is said of TLS or of time") {
        report.outcome = {};
        report.outcome.broken = smtp::Broken{smtp::Break::timed_out, "silence"};
        CHECK(text().find("TLS ") == std::string::npos);
        CHECK(text().find("Time ") == std::string::npos);
        report.outcome.times.ended = 20'000 * ms;
        CHECK(text().find("  Time     20.00 s\n") != std::string::npos);
    }
    SECTION("IPv6") {
        report.host = "2001:db8::1";
        report.outcome.address = "2001:db8::1";
        CHECK(text().find("  Server   [2001:db8::1]:587\n") != std::string::npos);
    }
    SECTION("null sender") {
        report.sender.clear();
        CHECK(text().find("  From     <> (no sender)\n") != std::string::npos);
    }
    SECTION("many recipients") {
        report.outcome.recipients.assign(25, {"b@example.net", Fate::accepted, {}});
        CHECK(text().find("and 5 more\n") != std::string::npos);
    }
    SECTION("what was mended") {
        report.notes = {mail::Note::lone_dot, mail::Note::utf16};
        CHECK(text().find("  Mended   a line that is only a dot") != std::string::npos);
        CHECK(text().find("; saved as UTF-16\n") != std::string::npos);
    }
}

TEST_CASE("colours stand for the verdict only when they are wanted", "[report][send]") {
    CHECK(report::send_text(accepted(), {.colour = true}).find('\x1b') != std::string::npos);
    CHECK(report::send_text(accepted(), {.colour = false}).find('\x1b') == std::string::npos);
}

TEST_CASE("a hostile server's words harm no terminal", "[report][send]") {
    const Style style{.unicode = GENERATE(false, true)};
    const std::string text = report::send_text(hostile(), style);
    for (const char c : text) {
        const auto octet = static_cast<unsigned char>(c);
        CHECK((octet == '\n' || (octet >= 0x20 && octet != 0x7F)));
        if (!style.unicode) CHECK(octet < 0x80);
    }
    CHECK(text.find("\xE2\x80\xAE") == std::string::npos);
    CHECK(text.find("\xC2\x9B") == std::string::npos);
    CHECK(text.find("\\x1b[31mred\\x07") != std::string::npos);
}

TEST_CASE("a hostile server's words are text in JSON", "[report][send]") {
    smtp::Transcript transcript([] { return std::chrono::microseconds{0}; });
    transcript.add(smtp::Speaker::server, smtp::Wire::plain, "220 \x1b[31m\xFF\"");
    const std::string text = report::send_json(hostile(), &transcript);
    for (const char c : text)
        CHECK(static_cast<unsigned char>(c) >= 0x20);
    const auto json = nlohmann::json::parse(text);
    CHECK(json["recipients"][1]["outcome"] == "refused");
    CHECK(json["transcript"][0]["text"].get<std::string>().find("\x1b[31m") != std::string::npos);
    CHECK(json["queue_id"].get<std::string>().find("<script>") != std::string::npos);
}

TEST_CASE("a line of the transcript", "[report][send]") {
    using smtp::Speaker;
    using smtp::Wire;
    struct Row {
        Speaker speaker;
        Wire wire;
        const char* line;
    };
    const Row row = GENERATE(values<Row>({
        {Speaker::client, Wire::plain, "    1.234  -> x\\x1b\\n?y\n"},
        {Speaker::client, Wire::tls, "    1.234  ~> x\\x1b\\n?y\n"},
        {Speaker::server, Wire::plain, "    1.234 <-  x\\x1b\\n?y\n"},
        {Speaker::server, Wire::tls, "    1.234 <~  x\\x1b\\n?y\n"},
        {Speaker::note, Wire::plain, "    1.234 === x\\x1b\\n?y\n"},
        {Speaker::fault, Wire::tls, "    1.234 *** x\\x1b\\n?y\n"},
    }));
    CHECK(report::transcript_line({row.speaker, row.wire, 1234 * ms, "x\x1b\n\xC3\xA9y"}, {}) == row.line);
}
