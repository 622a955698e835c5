#include "base/utf8.hpp"
#include "bounce/bounce.hpp"
#include "support/catch.hpp"
#include "support/mails.hpp"
#include "support/outline.hpp"
#include "support/text.hpp"

#include <string>
#include <string_view>
#include <vector>

using namespace relaytool;
using namespace relaytool::test;
using namespace std::string_literals;

namespace {

const std::string original = "original from app@contoso.com\n"
                             "original to user@example.com\n"
                             "subject Invoice \xE2\x82\xAC 17\n"
                             "message id invoice-2024-17@contoso.com\n"
                             "date Wed, 1 May 2024 10:15:29 +0200\n";

struct Row {
    const char* name;
    std::string message_fields;
    std::string groups;
    std::string expected; ///< without the original
};

/// The outline of the report, LF and CRLF alike, without the lines about the original.
std::string read(const Row& row, std::string (*ends)(std::string_view)) {
    std::string out = outline(bounce::read(ends(rfc3464_report(row.message_fields, row.groups))));
    const std::size_t at = out.find(original);
    return at == std::string::npos ? "no original in\n" + out : out.erase(at, original.size());
}

std::string lf(std::string_view text) {
    return std::string(text);
}

} // namespace

TEST_CASE("reports with the fields of RFC 3464", "[bounce][rfc3464]") {
    const std::string mta = "Reporting-MTA: dns; mx.example.net\n";
    const std::vector<Row> rows = {
        {"failed", mta,
         "Final-Recipient: rfc822; user@example.com\nAction: failed\nStatus: 5.1.1\n"
         "Remote-MTA: dns; mx.example.com\nDiagnostic-Code: smtp; 550 5.1.1 User unknown\n",
         "bounce by rfc3464\nreporting mx.example.net\n"
         "to user@example.com\n  action failed\n  status 5.1.1\n  code 550\n  enhanced 5.1.1\n"
         "  text 550 5.1.1 User unknown\n  host mx.example.com\n"},
        {"fields about the mail",
         mta + "Received-From-MTA: dns; app01.contoso.com\nArrival-Date: Wed, 1 May 2024 10:15:30 +0200\n",
         "Final-Recipient: rfc822; user@example.com\nAction: failed\nStatus: 5.0.0\n",
         "bounce by rfc3464\nreporting mx.example.net\nsubmitted by app01.contoso.com\n"
         "arrival Wed, 1 May 2024 10:15:30 +0200\n"
         "to user@example.com\n  action failed\n  status 5.0.0\n"},
        {"delayed", mta,
         "Final-Recipient: rfc822; user@example.com\nAction: delayed\nStatus: 4.4.1\n"
         "Will-Retry-Until: Fri, 3 May 2024 10:15:30 +0200\n",
         "delay by rfc3464\nreporting mx.example.net\nretry until Fri, 3 May 2024 10:15:30 +0200\n"
         "to user@example.com\n  action delayed\n  status 4.4.1\n"},
        {"delivered", mta, "Final-Recipient: rfc822; user@example.com\nAction: delivered\nStatus: 2.0.0\n",
         "success by rfc3464\nreporting mx.example.net\n"
         "to user@example.com\n  action delivered\n  status 2.0.0\n"},
        {"relayed", mta,
         "Final-Recipient: rfc822; user@example.com\nAction: relayed (to a host without reports)\nStatus: 2.0.0\n",
         "success by rfc3464\nreporting mx.example.net\n"
         "to user@example.com\n  action relayed\n  status 2.0.0\n"},
        {"three recipients, blank lines between them", mta,
         "Final-Recipient: rfc822; a@example.com\nAction: failed\nStatus: 5.1.1\n\n\n"
         "Final-Recipient: rfc822; b@example.com\nAction: delayed\nStatus: 4.2.2\n\n\n\n"
         "Final-Recipient: rfc822; c@example.com\nAction: delivered\nStatus: 2.0.0\n",
         "bounce by rfc3464\nreporting mx.example.net\n"
         "to a@example.com\n  action failed\n  status 5.1.1\n"
         "to b@example.com\n  action delayed\n  status 4.2.2\n"
         "to c@example.com\n  action delivered\n  status 2.0.0\n"},
        {"a delay and a success are a delay", mta,
         "Final-Recipient: rfc822; a@example.com\nAction: delivered\nStatus: 2.0.0\n\n"
         "Final-Recipient: rfc822; b@example.com\nAction: delayed\nStatus: 4.2.2\n",
         "delay by rfc3464\nreporting mx.example.net\n"
         "to a@example.com\n  action delivered\n  status 2.0.0\n"
         "to b@example.com\n  action delayed\n  status 4.2.2\n"},
        {"no action", mta, "Final-Recipient: rfc822; user@example.com\nStatus: 5.1.1\n",
         "bounce by rfc3464\nreporting mx.example.net\nto user@example.com\n  status 5.1.1\n"},
        {"no action, class 2", mta, "Final-Recipient: rfc822; user@example.com\nStatus: 2.1.5\n",
         "success by rfc3464\nreporting mx.example.net\nto user@example.com\n  status 2.1.5\n"},
        {"angle brackets and another type", mta,
         "Final-Recipient: LOCAL;<user@example.com>\nAction: failed\n",
         "bounce by rfc3464\nreporting mx.example.net\nto user@example.com\n  action failed\n"},
        {"the original recipient is the one who was written to", mta,
         "Original-Recipient: rfc822; user@example.com\nFinal-Recipient: x-local; /var/mail/user\nAction: failed\n",
         "bounce by rfc3464\nreporting mx.example.net\nto user@example.com\n  action failed\n"},
        {"a reply of several lines", mta,
         "Final-Recipient: rfc822; user@example.com\nAction: failed\nStatus: 5.7.1\n"
         "Diagnostic-Code: smtp; 550-5.7.1 first\n 550 5.7.1 second (in reply to end of DATA command)\n",
         "bounce by rfc3464\nreporting mx.example.net\n"
         "to user@example.com\n  action failed\n  status 5.7.1\n  code 550\n  enhanced 5.7.1\n"
         "  text 550-5.7.1 first\n550 5.7.1 second (in reply to end of DATA command)\n  stage data\n"},
        {"a diagnosis without codes", mta,
         "Final-Recipient: rfc822; user@example.com\nAction: failed\nStatus: 5.1.1\nDiagnostic-Code: x-unix; user unknown\n",
         "bounce by rfc3464\nreporting mx.example.net\n"
         "to user@example.com\n  action failed\n  status 5.1.1\n  text user unknown\n"},
        {"a group for each attempt: the last word counts", mta,
         "Final-Recipient: rfc822; user@example.com\nAction: delayed\nStatus: 4.4.1\n\n"
         "Final-Recipient: rfc822; USER@example.com\nAction: failed\nStatus: 5.1.1\n",
         "bounce by rfc3464\nreporting mx.example.net\n"
         "to USER@example.com\n  action failed\n  status 5.1.1\n"},
        {"no Reporting-MTA", "", "Final-Recipient: rfc822; user@example.com\nAction: failed\nStatus: 5.1.1\n",
         "bounce by rfc3464\nto user@example.com\n  action failed\n  status 5.1.1\n"},
        {"the remote host has an address behind it", mta,
         "Final-Recipient: rfc822; user@example.com\nAction: failed\nRemote-MTA: dns; mx.example.com. (192.0.2.1)\n",
         "bounce by rfc3464\nreporting mx.example.net\n"
         "to user@example.com\n  action failed\n  host mx.example.com\n"},
    };
    for (const Row& row : rows) {
        INFO(row.name);
        CHECK(read(row, lf) == row.expected);
        CHECK(read(row, crlf) == row.expected);
    }
}

TEST_CASE("what is no report of delivery", "[bounce][rfc3464]") {
    struct Mail {
        const char* name;
        std::string text;
        std::string expected;
    };
    const std::vector<Mail> rows = {
        {"nothing", "", "unreadable by mail\n"},
        {"a mail that somebody wrote", ordinary_mail(),
         "not-a-bounce by mail\noriginal from app@contoso.com\noriginal to user@example.com\nsubject Invoice 2024-17\n"
         "message id invoice-2024-17@contoso.com\ndate Wed, 1 May 2024 10:15:29 +0200\n"},
        {"an automatic reply",
         "From: user@example.com\nTo: app@contoso.com\nSubject: Out of office\nAuto-Submitted: auto-replied\n"
         "In-Reply-To: <invoice-2024-17@contoso.com>\n\nBack on Monday.\n",
         "auto-reply by auto-reply\nmessage id invoice-2024-17@contoso.com\nto user@example.com\n"},
        {"a complaint",
         "From: abuse@example.net\nTo: app@contoso.com\nSubject: complaint\n"
         "Content-Type: multipart/report; report-type=feedback-report; boundary=b\n\n--b\n\nA complaint.\n"
         "--b\nContent-Type: message/feedback-report\n\nFeedback-Type: abuse\nUser-Agent: loop/1\nVersion: 1\n"
         "Original-Rcpt-To: <user@example.com>\n\n--b--\n",
         "complaint by arf\nnotice abuse\nto user@example.com\n"},
    };
    for (const Mail& row : rows) {
        INFO(row.name);
        CHECK(outline(bounce::read(row.text)) == row.expected);
        CHECK(outline(bounce::read(crlf(row.text))) == row.expected);
    }
}

TEST_CASE("a report inside the mail that came back is not this report", "[bounce][rfc3464]") {
    const std::string inner =
        rfc3464_report("Reporting-MTA: dns; old.example.net\n",
                       "Final-Recipient: rfc822; old@example.com\nAction: failed\nStatus: 5.1.1\n");
    const std::string outer =
        "From: MAILER-DAEMON@mx.example.net\nSubject: Report\n"
        "Content-Type: multipart/report; report-type=delivery-status; boundary=out\n\n"
        "--out\nContent-Type: message/rfc822\n\n" +
        inner +
        "--out\nContent-Type: message/delivery-status\n\nReporting-MTA: dns; mx.example.net\n\n"
        "Final-Recipient: rfc822; new@example.com\nAction: failed\nStatus: 5.2.2\n\n--out--\n";
    const bounce::Bounce bounce = bounce::read(outer);
    REQUIRE(bounce.recipients.size() == 1);
    CHECK(bounce.recipients[0].address == "new@example.com");
    CHECK(bounce.reporting_host == "mx.example.net");
}

TEST_CASE("a report that names nobody is a report", "[bounce][rfc3464]") {
    const bounce::Bounce cut =
        bounce::read("From: MAILER-DAEMON@mx.example.org\n"
                     "Content-Type: multipart/report; report-type=delivery-status; boundary=b\n\n"
                     "--b\nContent-Type: message/delivery-status\n\n"
                     "Reporting-MTA: dns; mx.example.org\n");
    CHECK(cut.kind == bounce::Kind::bounce);
    CHECK(cut.recipients.empty());
}

TEST_CASE("recipients behind the bound are counted", "[bounce][rfc3464]") {
    std::string text = "From: MAILER-DAEMON@mx.example.org\nContent-Type: message/delivery-status\n\n";
    for (int i = 0; i < 5010; ++i)
        text += "Final-Recipient: rfc822; a" + std::to_string(i) +
                "@example.com\nAction: failed\nStatus: 5.1.1\n\n";
    const bounce::Bounce many = bounce::read(text);
    CHECK(many.recipients.size() == 5000);
    CHECK(many.left_out == 10);
}

TEST_CASE("a report cut off anywhere is read", "[bounce][rfc3464]") {
    const std::string mail = rfc3464_report(
        "Reporting-MTA: dns; mx.example.net\n",
        "Final-Recipient: rfc822; user@example.com\nAction: failed\nStatus: 5.1.1\nDiagnostic-Code: smtp; 550 5.1.1 no\n");
    std::size_t known = 0;
    std::size_t strange = 0;
    for (std::size_t size = 0; size <= mail.size(); ++size) {
        const bounce::Bounce bounce = bounce::read(std::string_view(mail).substr(0, size));
        if (bounce.recipients.empty()) continue;
        ++known;
        const std::string& address = bounce.recipients[0].address;
        const bool cut = std::string_view("user@example.com").starts_with(address) ||
                         std::string_view("rfc822").starts_with(address);
        if (!cut) ++strange;
    }
    CHECK(known > 100);
    CHECK(strange == 0);
}

TEST_CASE("texts of a bounce are valid UTF 8", "[bounce][rfc3464]") {
    const std::string mail =
        rfc3464_report("Reporting-MTA: dns; m\xFFx.example.net\n",
                       "Final-Recipient: rfc822; us\xFC"
                       "er@example.com\nAction: failed\n"
                       "Status: 5.1.1\xFE\nDiagnostic-Code: smtp; 550 5.1.1 gr\xFC\xDF\n");
    CHECK(encoding::is_utf8(outline(bounce::read(mail))));
    std::string header_only = ordinary_mail();
    header_only.replace(header_only.find("app@"), 3, "b\xFC\xFE");
    header_only.replace(header_only.find("Wed"), 3, "\xED\xA0\x80");
    CHECK(encoding::is_utf8(outline(bounce::read(header_only))));
}

TEST_CASE("hostile reports are read in bounds", "[bounce][rfc3464]") {
    const std::string group = "Final-Recipient: rfc822; user@example.com\nAction: failed\nStatus: 5.1.1\n\n";
    std::string groups;
    for (int i = 0; i < 20'000; ++i)
        groups += "Final-Recipient: rfc822; u" + std::to_string(i) + "@example.com\nAction: failed\n\n";
    CHECK(bounce::read(rfc3464_report("", groups)).recipients.size() == 5000);
    CHECK(bounce::read(rfc3464_report("", repeated(group, 50'000))).recipients.size() == 1);
    CHECK(bounce::read(rfc3464_report("", "Final-Recipient: rfc822; " + std::string(10'000'000, 'x') + "\n"))
              .recipients.size() <= 1);
    CHECK(bounce::read(rfc3464_report(std::string(1'000'000, '\n'), group)).recipients.size() == 1);
}
