#include "smtp/reply.hpp"
#include "support/catch.hpp"
#include "support/text.hpp"

#include <string>
#include <vector>

using namespace relaytool::smtp;
using namespace relaytool::test;
using namespace std::string_literals;

namespace {

struct Row {
    const char* name;
    std::string text;
    int code;
    std::string status; ///< empty: none
};

void check(const std::vector<Row>& rows) {
    for (const Row& row : rows) {
        INFO(row.name);
        INFO(row.text);
        const Reply reply = read_reply(row.text);
        CHECK(reply.code == row.code);
        CHECK((reply.enhanced ? to_string(*reply.enhanced) : "") == row.status);
    }
}

} // namespace

TEST_CASE("plain replies", "[smtp][reply]") {
    check({
        {"nothing", "", 0, ""},
        {"code and status", "550 5.1.1 User unknown", 550, "5.1.1"},
        {"a code only", "550 User unknown", 550, ""},
        {"three digits only", "550", 550, ""},
        {"a status only", "5.7.57 Client not authenticated", 0, "5.7.57"},
        {"no codes", "User unknown", 0, ""},
        {"a status later in the text", "550 User unknown (#5.1.1)", 550, "5.1.1"},
        {"class 2", "250 2.0.0 Ok: queued", 250, "2.0.0"},
        {"a hyphen between them", "550-5.1.1 User unknown", 550, "5.1.1"},
        {"blanks around", " \t550 5.1.1 User unknown\r\n", 550, "5.1.1"},
        {"several lines", "550-5.7.1 first\n550-5.7.1 second\n550 5.7.1 third", 550, "5.7.1"},
        {"several lines, the last one without a status", "550-5.7.1 first\n550 third", 550, "5.7.1"},
        {"several lines, CRLF", "421-4.7.0 first\r\n421 4.7.0 second", 421, "4.7.0"},
        {"a status that contradicts the code", "450 5.1.1 odd", 450, "5.1.1"},
        {"a NUL", "550 5.1.1 a\0b"s, 550, "5.1.1"},
    });
}

TEST_CASE("the innermost reply of Exchange decides", "[smtp][reply]") {
    check({
        {"Remote Server returned",
         "Remote Server returned '550 5.7.60 SMTP; Client does not have permissions'", 550, "5.7.60"},
        {"one reply in another",
         "Remote Server returned '554 5.0.0 <mx.example.net #5.0.0 smtp; 550 5.1.1 unknown>'", 550, "5.1.1"},
        {"an arrow",
         "Remote Server returned '550 5.0.350 Remote server returned an error -> 535 5.7.139 Authentication unsuccessful'",
         535, "5.7.139"},
        {"angle brackets", "<mx.example.net #5.1.1 smtp;550 5.1.1 <user@example.net>: User unknown>", 550,
         "5.1.1"},
        {"angle brackets, a status only", "<mx.example.net #5.1.1>", 0, "5.1.1"},
        {"hash marks", "#550 5.2.2 mailbox full##", 550, "5.2.2"},
        {"an expired message", "550 5.4.316 Message expired, connection refused(Socket error code 10061)",
         550, "5.4.316"},
        {"LED in brackets",
         "550 5.4.300 Message expired -> 421 4.4.1 Connection timed out [{LED=421 4.4.1 Connection timed out}]",
         421, "4.4.1"},
    });
}

TEST_CASE("the text of exceptions", "[smtp][reply]") {
    check({
        // System.Net.Mail hides the code
        {".NET, a status only",
         "System.Net.Mail.SmtpException: The SMTP server requires a secure connection or the client was not authenticated. "
         "The server response was: 5.7.57 Client not authenticated to send mail.",
         0, "5.7.57"},
        {".NET, code and status",
         "Syntax error, command unrecognized. The server response was: 550 5.7.1 Unable to relay", 550,
         "5.7.1"},
        {"MailKit", "MailKit.Security.AuthenticationException: 535: 5.7.139 Authentication unsuccessful", 535,
         "5.7.139"},
        {"smtplib, authentication", "smtplib.SMTPAuthenticationError: (535, b'5.7.8 Authentication failed')",
         535, "5.7.8"},
        {"smtplib, no status", "smtplib.SMTPAuthenticationError: (535, b'Authentication failed')", 535, ""},
        {"smtplib, Python 2", "(535, '5.7.8 Authentication failed')", 535, "5.7.8"},
        {"smtplib, recipients",
         "smtplib.SMTPRecipientsRefused: {'user@example.com': (550, b'5.1.1 User unknown')}", 550, "5.1.1"},
        {"smtplib, sender",
         "smtplib.SMTPSenderRefused: (530, b'5.7.57 Client not authenticated', 'app@contoso.com')", 530,
         "5.7.57"},
        {"Java, authentication",
         "javax.mail.AuthenticationFailedException: 535 5.7.3 Authentication unsuccessful", 535, "5.7.3"},
        {"Java, sending",
         "com.sun.mail.smtp.SMTPSendFailedException: 550 5.7.60 SMTP; Client does not have permissions to send as this sender",
         550, "5.7.60"},
        {"Java, nested",
         "javax.mail.SendFailedException: Invalid Addresses;\n  nested exception is:\n\t"
         "com.sun.mail.smtp.SMTPAddressFailedException: 550 5.1.1 <user@example.com>: User unknown",
         550, "5.1.1"},
        {"nodemailer, login", "Error: Invalid login: 535 5.7.3 Authentication unsuccessful", 535, "5.7.3"},
        {"nodemailer, recipients", "Error: Can't send mail - all recipients were rejected: 550 No such user",
         550, ""},
        {"PHPMailer, password",
         "SMTP ERROR: Password command failed: 535 5.7.139 Authentication unsuccessful", 535, "5.7.139"},
        {"PHPMailer, detail",
         "SMTP Error: data not accepted. SMTP server error: DATA END command failed Detail: Client does not have permissions to "
         "send as this sender SMTP code: 550 Additional SMTP info: 5.7.60",
         550, "5.7.60"},
        {"curl", "curl: (55) RCPT failed: 550", 550, ""},
        {"Postfix",
         "host mx.example.net[192.0.2.1] said: 550 5.1.1 <user@example.net>: unknown (in reply to RCPT TO command)",
         550, "5.1.1"},
        {"Exim", "SMTP error from remote mail server after RCPT TO:<user@example.net>: 550 No such user", 550,
         ""},
        {"qmail",
         "192.0.2.1 does not like recipient.\nRemote host said: 550 5.1.1 User unknown\nGiving up on 192.0.2.1.",
         550, "5.1.1"},
        {"sendmail, its dialogue", ">>> RCPT To:<user@example.net>\n<<< 550 5.1.1 User unknown", 550,
         "5.1.1"},
        {"sendmail, its dialogue, no status", ">>> RCPT To:<user@example.net>\n<<< 550 User unknown", 550,
         ""},
    });
}

TEST_CASE("numbers that are no reply codes", "[smtp][reply]") {
    check({
        {"a port in words", "cannot connect to port 465", 0, ""},
        {"a port behind a host", "Failed to connect to smtp.example.com:465", 0, ""},
        {"a port behind an IP address", "connect ECONNREFUSED 192.0.2.1:465", 0, ""},
        {"a port behind brackets", "connect to mx.example.com[192.0.2.1]:465: Connection refused", 0, ""},
        {"port 443", "proxy.example.com:443 did not answer", 0, ""},
        {"an IP address", "client 203.0.113.254 was refused", 0, ""},
        {"the first part of an IP address", "from 250.0.113.5", 0, ""},
        {"a time", "at 21:55:02 the connection closed", 0, ""},
        {"milliseconds behind a comma", "2024-05-01 10:15:30,421 Connection closed", 0, ""},
        {"milliseconds behind a dot", "2024-05-01T10:15:30.421Z Connection closed", 0, ""},
        {"a date", "since 2024-05-01", 0, ""},
        {"a year", "Wed, 1 May 2024 10:15:30 +0200", 0, ""},
        {"a size", "the message has 552 kilobytes", 0, ""},
        {"a duration", "timed out after 300 seconds", 0, ""},
        {"a count", "sent to 421 recipients", 0, ""},
        {"a Windows error", "Socket error code 10061", 0, ""},
        {"a process id", "sendmail[421]: connection timed out", 0, ""},
        {"an area code", "call (425) 555-0100 for help", 0, ""},
        {"a queue id", "queued as 550A1F2C", 0, ""},
        {"a number in a name", "mx-450.example.com is down", 0, ""},
        {"a message id", "<20240501.450.1@example.com>", 0, ""},
        {"an HTTP version", "HTTP/1.1 403 Forbidden", 0, ""},
        {"a spam rule", "rejected by AS(201806281)", 0, ""},
        {"an amount", "EUR 450,00 are due", 0, ""},
        {"four digits", "error 5501", 0, ""},
        {"600", "600 is no reply", 0, ""},
        {"580", "580 is no reply", 0, ""},
        {"in front of a code", "at 10:15 port 465 said: 535 5.7.8 Authentication failed", 535, "5.7.8"},
        {"behind a code", "421 4.4.2 mx.example.com timed out after 300 seconds on port 465", 421, "4.4.2"},
        {"behind a code, a host and its port", "535 5.7.8 Authentication failed at smtp.example.com:465", 535,
         "5.7.8"},
    });
}

TEST_CASE("a reply keeps its whole text", "[smtp][reply]") {
    CHECK(read_reply("  Remote Server returned '550 5.1.1 unknown'\n").text ==
          "Remote Server returned '550 5.1.1 unknown'");
    CHECK(innermost_reply("Remote Server returned '550 5.1.1 unknown'") == 24);
    CHECK(innermost_reply("550-a\n550 b") == 0);
    CHECK(innermost_reply("no reply here") == 0);
    CHECK(innermost_reply("") == 0);
}

TEST_CASE("hosts that replied", "[smtp][reply]") {
    struct Named {
        const char* name;
        std::string text;
        std::string host;
    };
    const std::vector<Named> rows = {
        {"nothing", "", ""},
        {"none", "550 5.1.1 User unknown", ""},
        {"Postfix", "host mx.example.net[192.0.2.1] said: 550 5.1.1 unknown", "mx.example.net"},
        {"Exchange brackets", "<mx.example.net #5.1.1 smtp;550 5.1.1 unknown>", "mx.example.net"},
        {"Exchange Online", "535 5.7.3 Authentication unsuccessful [AM0P190CA0001.EURP190.PROD.OUTLOOK.COM]",
         "AM0P190CA0001.EURP190.PROD.OUTLOOK.COM"},
        {"Exchange Online with time and id",
         "535 5.7.139 Authentication unsuccessful [XX1EUR01FT049.eop-EUR01.prod.protection.outlook.com 2024-05-01T10:15:30.421Z 08DC0]",
         "XX1EUR01FT049.eop-EUR01.prod.protection.outlook.com"},
        {"Hostname=", "550 5.1.10 not found [Hostname=XX1PR01MB0001.eurprd01.prod.outlook.com]",
         "XX1PR01MB0001.eurprd01.prod.outlook.com"},
        {"Exchange Online names the server it tried",
         "450 4.4.316 Connection refused [LastAttemptedServerName=mx.example.net] "
         "[XX1EUR01FT049.eop-EUR01.prod.protection.outlook.com]",
         "mx.example.net"},
        {"an IP address is no host", "host 192.0.2.1 said: 550 no", ""},
        {"a word is no host", "host unknown", ""},
        {"webhost is not host", "webhost mx.example.net said no", ""},
        {"other brackets", "550 blocked [192.0.2.1] [example.net]", ""},
        {"the end of a sentence", "Connected to remote server mx.example.net.", "mx.example.net"},
    };
    for (const Named& row : rows) {
        INFO(row.name);
        CHECK(replying_host(row.text) == row.host);
        CHECK(read_reply(row.text).host == row.host);
    }
}

TEST_CASE("the command that a wording names", "[smtp][reply]") {
    struct Told {
        std::string text;
        Stage stage;
    };
    const std::vector<Told> rows = {
        {"", Stage::unknown},
        {"550 5.1.1 User unknown", Stage::unknown},
        {"said: 550 5.1.1 unknown (in reply to RCPT TO command)", Stage::rcpt_to},
        {"said: 550 5.7.1 no (in reply to MAIL FROM command)", Stage::mail_from},
        {"said: 550 5.7.1 no (in reply to end of DATA command)", Stage::data},
        {"said: 503 5.5.1 no (in reply to DATA command)", Stage::data},
        {"said: 501 no (in reply to EHLO command)", Stage::helo},
        {"said: 454 no (in reply to STARTTLS command)", Stage::starttls},
        {"said: 535 no (in reply to AUTH LOGIN command)", Stage::auth},
        {"lost connection while receiving the initial server greeting", Stage::connect},
        {"error from remote mail server after RCPT TO:<a@example.com>: 550 no", Stage::rcpt_to},
        {"error from remote mail server after pipelined MAIL FROM:<a@example.com>: 550 no", Stage::mail_from},
        {"error from remote mail server after end of data: 550 no", Stage::data},
        {"Client was not authenticated to send anonymous mail during MAIL FROM", Stage::mail_from},
        {"IN REPLY TO RCPT TO COMMAND", Stage::rcpt_to},
    };
    for (const Told& row : rows) {
        INFO(row.text);
        CHECK(stage_of(row.text) == row.stage);
    }
    CHECK(to_string(Stage::rcpt_to) == "rcpt-to");
    CHECK(to_string(Stage::mail_from) == "mail-from");
    CHECK(to_string(Stage::unknown).empty());
}

TEST_CASE("replies on one line", "[smtp][reply]") {
    struct Flat {
        const char* name;
        std::string text;
        std::string flat;
    };
    const std::vector<Flat> rows = {
        {"nothing", "", ""},
        {"one line", "550 5.1.1 User unknown", "550 5.1.1 User unknown"},
        {"continuation codes", "550-5.7.1 This mail\n550-5.7.1 was\n550 5.7.1 refused",
         "550-5.7.1 This mail was refused"},
        {"continuation codes without a status", "550-This mail\n550 was refused",
         "550-This mail was refused"},
        {"CRLF and blanks", "550-a \r\n550   b", "550-a b"},
        {"white space", "550  5.1.1 \t User\n unknown", "550 5.1.1 User unknown"},
        {"a line of a code only", "550-a\n550-5.1.1\n550 b", "550-a b"},
        {"empty lines", "550-a\n\n550 b", "550-a b"},
    };
    for (const Flat& row : rows) {
        INFO(row.name);
        CHECK(flatten(row.text) == row.flat);
    }
}

TEST_CASE("long replies are read in bounded time", "[smtp][reply]") {
    CHECK(read_reply(repeated("550-5.1.1 a\n", 50'000) + "550 5.1.1 b").code == 550);
    CHECK(read_reply(repeated("550 ", 250'000)).code == 550);
    CHECK(read_reply("550 " + std::string(1'000'000, ' ') + "5.1.1").code == 550);
    CHECK(read_reply(std::string(1'000'000, '[')).code == 0);
    CHECK(read_reply(repeated("host ", 200'000)).host.empty());
}
