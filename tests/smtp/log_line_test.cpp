#include "smtp/log_line.hpp"
#include "support/catch.hpp"
#include "support/text.hpp"

#include <string>
#include <vector>

using namespace relaytool::smtp;
using namespace relaytool::test;

namespace {

using Outcome = LogLine::Outcome;

struct Row {
    const char* name;
    std::string line;
    Outcome outcome;
    std::string reply;
    std::string host;
    std::string recipient;
    std::string sender;
};

void check(const std::vector<Row>& rows, std::string_view format) {
    for (const Row& row : rows) {
        INFO(row.name);
        const LogLine log = read_log_line(row.line);
        CHECK(log.format == format);
        CHECK(log.outcome == row.outcome);
        CHECK(log.reply == row.reply);
        CHECK(log.host == row.host);
        CHECK(log.recipient == row.recipient);
        CHECK(log.sender == row.sender);
    }
}

const std::string smtp = "May  1 10:15:30 relay01 postfix/smtp[812]: 4F2A1: ";
const std::string w3c =
    "2024-05-01 10:15:30 192.0.2.25 OutboundConnectionResponse SMTPSVC1 RELAY01 - 25 - - ";

} // namespace

TEST_CASE("log lines of Postfix", "[smtp][log_line]") {
    check(
        {
            {"bounced",
             smtp +
                 "to=<user@example.com>, relay=mx.example.com[192.0.2.1]:25, delay=1.2, dsn=5.1.1, status=bounced (host "
                 "mx.example.com[192.0.2.1] said: 550 5.1.1 unknown (in reply to RCPT TO command))",
             Outcome::failed,
             "host mx.example.com[192.0.2.1] said: 550 5.1.1 unknown (in reply to RCPT TO command)",
             "mx.example.com", "user@example.com", ""},
            {"deferred, nobody answered",
             smtp + "to=<user@example.com>, relay=none, delay=1.2, dsn=4.4.1, status=deferred (connect to "
                    "mx.example.com[192.0.2.1]:25: Connection timed out)",
             Outcome::failed, "connect to mx.example.com[192.0.2.1]:25: Connection timed out", "",
             "user@example.com", ""},
            {"an alias in front",
             smtp + "to=<user@example.com>, orig_to=<root>, relay=mx.example.com[2001:db8::1]:25, "
                    "status=bounced (host said: 550 no)",
             Outcome::failed, "host said: 550 no", "mx.example.com", "user@example.com", ""},
            {"delivered here, which has no host",
             smtp +
                 "to=<nobody@contoso.com>, relay=local, delay=0.1, dsn=5.1.1, status=bounced (unknown user: \"nobody\")",
             Outcome::failed, "unknown user: \"nobody\"", "", "nobody@contoso.com", ""},
            {"sent",
             smtp +
                 "to=<user@example.com>, relay=mx.example.com[192.0.2.1]:25, dsn=2.0.0, status=sent (250 2.0.0 Ok)",
             Outcome::none, "", "mx.example.com", "user@example.com", ""},
            {"queued",
             "May  1 10:15:30 relay01 postfix/qmgr[811]: 4F2A1: from=<app@contoso.com>, size=512, nrcpt=1 (queue active)",
             Outcome::none, "", "", "", "app@contoso.com"},
            {"refused at the door",
             "May  1 10:15:30 relay01 postfix/smtpd[812]: NOQUEUE: reject: RCPT from app01.contoso.com[192.0.2.7]: 554 5.7.1 "
             "<user@example.com>: Relay access denied; from=<app@contoso.com> to=<user@example.com> proto=ESMTP helo=<app01>",
             Outcome::failed,
             "554 5.7.1 <user@example.com>: Relay access denied; from=<app@contoso.com> to=<user@example.com> proto=ESMTP "
             "helo=<app01>",
             "", "user@example.com", "app@contoso.com"},
            {"the smart host refused the login",
             "May  1 10:15:30 relay01 postfix/smtp[812]: warning: SASL authentication failed; server "
             "smtp.office365.com[192.0.2.9] said: 535 5.7.139 Authentication unsuccessful",
             Outcome::failed,
             "warning: SASL authentication failed; server smtp.office365.com[192.0.2.9] said: 535 5.7.139 Authentication "
             "unsuccessful",
             "", "", ""},
            {"about something else",
             "May  1 10:15:30 relay01 postfix/anvil[1]: statistics: max connection rate 1/60s", Outcome::none,
             "", "", "", ""},
            {"cut off",
             smtp + "to=<user@example.com>, relay=mx.example.com[192.0.2.1]:25, status=bounced (host mx",
             Outcome::failed, "host mx", "mx.example.com", "user@example.com", ""},
        },
        "postfix");
}

TEST_CASE("log lines of Exim", "[smtp][log_line]") {
    const std::string begin = "2024-05-01 10:15:30 1s2AbC-0000br-Mp ";
    check(
        {
            {"failed",
             begin +
                 "** user@example.com R=dnslookup T=remote_smtp H=mx.example.com [192.0.2.1]: SMTP error from remote mail "
                 "server after RCPT TO:<user@example.com>: 550 5.1.1 unknown",
             Outcome::failed,
             "SMTP error from remote mail server after RCPT TO:<user@example.com>: 550 5.1.1 unknown",
             "mx.example.com", "user@example.com", ""},
            {"failed, an alias in front",
             begin + "** user@example.com <root@contoso.com> R=dnslookup T=remote_smtp: 550 no",
             Outcome::failed, "550 no", "", "user@example.com", ""},
            {"failed before routing", begin + "** user@example.com: Unrouteable address, all routing failed",
             Outcome::failed, "Unrouteable address, all routing failed", "", "user@example.com", ""},
            {"put off",
             begin +
                 "== user@example.com R=dnslookup T=remote_smtp defer (-53): retry time not reached for any host",
             Outcome::failed, "retry time not reached for any host", "", "user@example.com", ""},
            {"put off by a host",
             begin +
                 "== user@example.com R=dnslookup T=remote_smtp H=mx.example.com [192.0.2.1] defer (-44): SMTP error from "
                 "remote mail server after RCPT TO:<user@example.com>: 450 4.2.0 greylisted",
             Outcome::failed,
             "SMTP error from remote mail server after RCPT TO:<user@example.com>: 450 4.2.0 greylisted",
             "mx.example.com", "user@example.com", ""},
            {"delivered",
             begin +
                 "=> user@example.com R=dnslookup T=remote_smtp H=mx.example.com [192.0.2.1] C=\"250 OK\"",
             Outcome::none, "", "", "", ""},
            {"arrived", begin + "<= app@contoso.com H=app01 [192.0.2.7] P=esmtp S=512", Outcome::none, "", "",
             "", ""},
        },
        "exim");
}

TEST_CASE("log lines of IIS SMTP", "[smtp][log_line]") {
    check(
        {
            {"the smart host refused",
             w3c +
                 "550+5.7.60+SMTP;+Client+does+not+have+permissions+to+send+as+this+sender 0 0 72 0 125 SMTP - - - -",
             Outcome::failed, "550 5.7.60 SMTP; Client does not have permissions to send as this sender", "",
             "", ""},
            {"the smart host refused the login",
             w3c + "535+5.7.139+Authentication+unsuccessful 0 0 41 0 16 SMTP - - - -", Outcome::failed,
             "535 5.7.139 Authentication unsuccessful", "", "", ""},
            {"a comma in the reply", w3c + "550+5.1.1+unknown,+ask+the+postmaster 0 0 41 0 16 SMTP - - - -",
             Outcome::failed, "550 5.1.1 unknown, ask the postmaster", "", "", ""},
            {"several lines", w3c + "550-5.7.1+first 0 0 41 0 16 SMTP - - - -", Outcome::failed,
             "550-5.7.1 first", "", "", ""},
            {"success", w3c + "250+2.1.0+Sender+OK 0 0 20 0 16 SMTP - - - -", Outcome::none, "", "", "", ""},
            {"a command",
             "2024-05-01 10:15:30 192.0.2.25 OutboundConnectionCommand SMTPSVC1 RELAY01 - 25 RCPT - TO:<user@example.com> 0 0 4 0 16 SMTP - + - -",
             Outcome::none, "", "", "user@example.com", ""},
            {"a client's command",
             "2024-05-01 10:15:30 192.0.2.7 app01 SMTPSVC1 RELAY01 192.0.2.25 0 MAIL - +FROM:<app@contoso.com> 250 0 46 30 0 SMTP - - - -",
             Outcome::none, "", "", "", "app@contoso.com"},
        },
        "smtpsvc");
}

TEST_CASE("what is no log line", "[smtp][log_line]") {
    const std::vector<std::string> lines = {
        "",
        "550 5.1.1 User unknown",
        "Remote Server returned '550 5.1.1 User unknown'",
        "Received: from app01 by relay01 with Microsoft SMTPSVC(10.0.17763.1); Wed, 1 May 2024 10:15:30 +0200",
        "** bold ** text",
        "a == b",
        "smtplib.SMTPAuthenticationError: (535, b'5.7.8 Authentication failed')",
        "2024-05-01 10:15:30 something else happened",
    };
    for (const std::string& line : lines) {
        INFO(line);
        CHECK(read_log_line(line).format.empty());
        CHECK(read_log_line(line).outcome == Outcome::none);
    }
}

TEST_CASE("log lines cut off anywhere are read", "[smtp][log_line]") {
    const std::string line =
        smtp +
        "to=<user@example.com>, relay=mx.example.com[192.0.2.1]:25, status=bounced (host said: 550 no)";
    std::size_t odd = 0;
    for (std::size_t size = 0; size <= line.size(); ++size) {
        const LogLine log = read_log_line(line.substr(0, size));
        if (log.outcome == Outcome::failed && log.recipient != "user@example.com") ++odd;
    }
    CHECK(odd == 0);
    CHECK(read_log_line("postfix " + std::string(10'000'000, '(')).format == "postfix");
    CHECK(read_log_line(w3c + repeated("5 + ", 500'000)).format == "smtpsvc");
}
