#include "bounce/bounce.hpp"
#include "support/catch.hpp"
#include "support/outline.hpp"
#include "support/text.hpp"

#include <string>
#include <vector>

using namespace relaytool;
using namespace relaytool::test;

namespace {

/// A report of Exchange without fields of RFC 3464, as forwarded ones are.
std::string text_report(std::string_view text) {
    return "From: Microsoft Outlook <postmaster@contoso.com>\nTo: app@contoso.com\nSubject: Undeliverable: Invoice 2024-17\n"
           "X-MS-Exchange-Message-Is-Ndr:\nContent-Type: text/plain; charset=utf-8\n\n" +
           std::string(text);
}

struct Row {
    const char* name;
    std::string mail;
    std::string expected;
};

} // namespace

TEST_CASE("reports of Exchange in plain text", "[bounce][exchange]") {
    const std::string begin =
        "Delivery has failed to these recipients or groups:\n\nuser@example.com\nThe address was not found.\n\n";
    const std::vector<Row> rows = {
        {"one recipient",
         text_report(
             begin +
             "Diagnostic information for administrators:\n\nGenerating server: XX1PR01MB0001.eurprd01.prod.outlook.com\n\n"
             "user@example.com\nRemote Server returned '550 5.1.10 RESOLVER.ADR.RecipientNotFound; Recipient not found'\n"),
         "bounce by exchange\nreporting XX1PR01MB0001.eurprd01.prod.outlook.com\n"
         "to user@example.com\n  action failed\n  code 550\n  enhanced 5.1.10\n"
         "  text Remote Server returned '550 5.1.10 RESOLVER.ADR.RecipientNotFound; Recipient not found'\n"},
        {"the host between recipient and reply",
         text_report(begin +
                     "Diagnostic information for administrators:\n\nGenerating server: mail01.contoso.com\n\n"
                     "user@example.com\nmx.example.com\nRemote Server returned '550 5.1.1 User unknown'\n"),
         "bounce by exchange\nreporting mail01.contoso.com\n"
         "to user@example.com\n  action failed\n  code 550\n  enhanced 5.1.1\n"
         "  text Remote Server returned '550 5.1.1 User unknown'\n  host mx.example.com\n"},
        {"two recipients, a wrapped reply",
         text_report(begin +
                     "Diagnostic information for administrators:\n\nGenerating server: mail01.contoso.com\n\n"
                     "user@example.com\nRemote Server returned '550 5.1.1\nUser unknown'\n\n"
                     "other@example.com\nRemote Server returned '554 5.2.2 mailbox full'\n"),
         "bounce by exchange\nreporting mail01.contoso.com\n"
         "to user@example.com\n  action failed\n  code 550\n  enhanced 5.1.1\n"
         "  text Remote Server returned '550 5.1.1 User unknown'\n"
         "to other@example.com\n  action failed\n  code 554\n  enhanced 5.2.2\n  text Remote Server returned '554 5.2.2 mailbox full'\n"},
        {"hash marks of Exchange 2007",
         text_report(begin +
                     "Diagnostic information for administrators:\n\nGenerating server: mail01.contoso.com\n\n"
                     "user@example.com\n#550 5.2.2 mailbox full##\n"),
         "bounce by exchange\nreporting mail01.contoso.com\n"
         "to user@example.com\n  action failed\n  code 550\n  enhanced 5.2.2\n  text 550 5.2.2 mailbox full\n"},
        {"in German",
         text_report(
             "Fehler bei der Nachrichtenzustellung an folgende Empf\xC3\xA4nger oder Gruppen:\n\nuser@example.com\n\n"
             "Diagnoseinformationen f\xC3\xBCr Administratoren:\n\nGenerierender Server: mail01.contoso.com\n\n"
             "user@example.com\nRemote Server returned '550 5.1.1 User unknown'\n"),
         "bounce by exchange\nreporting mail01.contoso.com\n"
         "to user@example.com\n  action failed\n  code 550\n  enhanced 5.1.1\n  text Remote Server returned '550 5.1.1 User unknown'\n"},
    };
    for (const Row& row : rows) {
        INFO(row.name);
        CHECK(outline(bounce::read(row.mail)) == row.expected);
        CHECK(outline(bounce::read(crlf(row.mail))) == row.expected);
    }
}

TEST_CASE("reports of Exchange with fields are completed by their text", "[bounce][exchange]") {
    const std::string mail =
        "From: postmaster@contoso.com\nTo: app@contoso.com\nSubject: Undeliverable: Invoice 2024-17\n"
        "Content-Type: multipart/report; report-type=delivery-status; boundary=b\nX-MS-Exchange-Message-Is-Ndr:\n\n"
        "--b\nContent-Type: text/plain; charset=utf-8\n\n"
        "Diagnostic information for administrators:\n\nGenerating server: mail01.contoso.com\n\n"
        "user@example.com\nmx.example.com\nRemote Server returned '550 5.1.1 User unknown'\n\n"
        "--b\nContent-Type: message/delivery-status\n\nReporting-MTA: dns;mail01.contoso.com\n\n"
        "Final-Recipient: rfc822;user@example.com\nAction: failed\nStatus: 5.1.1\n\n"
        "--b\nContent-Type: message/rfc822\n\nFrom: app@contoso.com\nTo: user@example.com\nSubject: Invoice 2024-17\n\nPlease pay.\n"
        "--b--\n";
    CHECK(outline(bounce::read(mail)) ==
          "bounce by exchange\nreporting mail01.contoso.com\n"
          "original from app@contoso.com\noriginal to user@example.com\nsubject Invoice 2024-17\n"
          "to user@example.com\n  action failed\n  status 5.1.1\n  code 550\n  enhanced 5.1.1\n"
          "  text Remote Server returned '550 5.1.1 User unknown'\n  host mx.example.com\n");
}

TEST_CASE("the words of Exchange 2003 and of the Internet Mail Service", "[bounce][exchange]") {
    const std::string mail =
        "From: System Administrator <postmaster@contoso.com>\nTo: app@contoso.com\nSubject: Undeliverable: Invoice\n\n"
        "Your message\n\n  To:      user@example.com\n  Subject: Invoice\n\n"
        "did not reach the following recipient(s):\n\n"
        "user@example.com on Wed, 1 May 2024 10:15:30 +0200\n"
        "    The e-mail account does not exist at the organization this message was sent to.\n"
        "    <mail01.contoso.com #5.1.1>\n";
    const bounce::Bounce bounce = bounce::read(mail);
    CHECK(bounce.format == "exchange-2003");
    REQUIRE(bounce.recipients.size() == 1);
    CHECK(bounce.recipients[0].address == "user@example.com");
    REQUIRE(bounce.recipients[0].reply.enhanced.has_value());
    CHECK(smtp::to_string(*bounce.recipients[0].reply.enhanced) == "5.1.1");
}
