#include "diagnosis/verdict.hpp"
#include "iis/bad_mail_writer.hpp"
#include "iis/bdr.hpp"
#include "mail/fields.hpp"
#include "mail/text.hpp"
#include "support/catch.hpp"
#include "support/text.hpp"

#include <fstream>
#include <iterator>
#include <string>
#include <vector>

using namespace relaytool;
using namespace relaytool::iis;
using namespace relaytool::test;
using namespace std::string_literals;

namespace {

const std::string send_as =
    "554 5.2.252 SendAsDenied; relay@contoso.com not allowed to send as invoicing@contoso.com; "
    "STOREDRV.Submission.Exception:SendAsDeniedException.MapiExceptionSendAsDenied; Failed to process message "
    "due to a permanent exception with message [BeginDiagnosticData]Cannot submit message. "
    "0.35250:1F009983[EndDiagnosticData] [Hostname=FR4P281MB4321.DEUP281.PROD.OUTLOOK.COM]";

DeliveryReport report_of(std::vector<UndeliveredTo> recipients) {
    DeliveryReport report;
    report.id = {1740987736, 0x11};
    report.host = "relay-01.contoso.com";
    report.client = "INVOICE-PC";
    report.sender = "invoicing@contoso.com";
    report.arrived = 1740987734;
    report.written = 1740987736;
    report.recipients = std::move(recipients);
    report.original = crlf("From: Invoicing <invoicing@contoso.com>\nTo: <user@example.com>\n"
                           "Subject: Invoice 17\nMessage-ID: <17@contoso.com>\n\nPlease pay.\n");
    return report;
}

diagnosis::Verdict judged(const DeliveryReport& report, std::string_view bdr = {}) {
    return diagnosis::judge(write_report(report), bdr, diagnosis::Place::badmail);
}

} // namespace

TEST_CASE("names of mails as SMTPSVC gives them", "[iis][bad_mail]") {
    CHECK(file_stem({1740987736, 0x11}) == "c8debc0001db8c0f00000011");
    CHECK(file_stem({0, 0xFFFFFFFF}) == "d53e8000019db1deffffffff");
    CHECK(file_stem({-99999999999, 0}) == "000000000000000000000000");
    CHECK(queue_file_name({1740987736, 0x11}) == "NTFS_c8debc0001db8c0f00000011.EML");
}

TEST_CASE("a report has the shape of SMTPSVC", "[iis][bad_mail]") {
    const std::string boundary = "9B095B5ADSN=_01DB8C0FC8DEBC0000000011relay?01.contoso";
    const std::string expected =
        crlf("From: postmaster@relay-01.contoso.com\n"
             "To: invoicing@contoso.com\n"
             "Date: Mon, 3 Mar 2025 07:42:16 +0000\n"
             "MIME-Version: 1.0\n"
             "Content-Type: multipart/report; report-type=delivery-status;\n"
             "\tboundary=\"" +
             boundary +
             "\"\n"
             "X-DSNContext: 7ce717b1 - 1196 - 00000002 - 00000000\n"
             "Message-ID: <c8debc0001db8c0f00000011@relay-01.contoso.com>\n"
             "Subject: Delivery Status Notification (Failure)\n"
             "\n"
             "This is a MIME-formatted message.  \n"
             "Portions of this message may be unreadable without a MIME-capable mail program.\n"
             "\n"
             "--" +
             boundary +
             "\n"
             "Content-Type: text/plain; charset=unicode-1-1-utf-7\n"
             "\n"
             "This is an automatically generated Delivery Status Notification.\n"
             "\n"
             "Delivery to the following recipients failed.\n"
             "\n"
             "       user+-tag@example.com\n"
             "\n\n\n\n"
             "--" +
             boundary +
             "\n"
             "Content-Type: message/delivery-status\n"
             "\n"
             "Reporting-MTA: dns;relay-01.contoso.com\n"
             "Received-From-MTA: dns;INVOICE-PC\n"
             "Arrival-Date: Mon, 3 Mar 2025 07:42:14 +0000\n"
             "\n"
             "Final-Recipient: rfc822;user+tag@example.com\n"
             "Action: failed\n"
             "Status: 5.1.1\n"
             "Diagnostic-Code: smtp;550 5.1.1 User unknown\n"
             "\n\n"
             "--" +
             boundary +
             "\n"
             "Content-Type: message/rfc822\n"
             "\n"
             "From: Invoicing <invoicing@contoso.com>\nTo: <user@example.com>\n"
             "Subject: Invoice 17\nMessage-ID: <17@contoso.com>\n\nPlease pay.\n"
             "\n"
             "--" +
             boundary + "--\n");
    CHECK(write_report(report_of({{"user+tag@example.com", "5.1.1", "550 5.1.1 User unknown"}})) == expected);
}

/// One line for each line up to the original: fields without their values, words as they are.
std::string skeleton_of(const std::string& report) {
    std::string out;
    mail::Lines lines(report);
    std::string_view line;
    while (lines.next(line) && line != "Content-Type: message/rfc822") {
        mail::Field field;
        if (line.starts_with("--9B095B5ADSN=_"))
            out += "--boundary";
        else if (line.starts_with("\tboundary=\"9B095B5ADSN=_"))
            out += "\tboundary";
        else if (line.starts_with("       "))
            out += "       address";
        else if (mail::read_field_line(line, field))
            out += field.name;
        else
            out += line;
        out += '\n';
    }
    return out;
}

TEST_CASE("a report has the shape of the example", "[iis][bad_mail]") {
    std::ifstream file(RELAYTOOL_SOURCE_DIR "/examples/BadMail/44d4697001db8c0300000011.bad",
                       std::ios::binary);
    const std::string example{std::istreambuf_iterator<char>(file), {}};
    REQUIRE_FALSE(example.empty());
    CHECK(skeleton_of(write_report(report_of({{"user@example.com", "5.2.252", send_as}}))) ==
          skeleton_of(example));
}

TEST_CASE("diagnose reads back what is written", "[iis][bad_mail]") {
    struct Row {
        const char* name;
        NotDelivered cause;
        UndeliveredTo recipient;
        diagnosis::Category category;
        std::string reply; ///< as read
    };
    using diagnosis::Category;
    const std::vector<Row> rows = {
        {"send-as denied",
         NotDelivered::refused_by_next_hop,
         {"user@example.com", "5.2.252", send_as},
         Category::send_as_denied,
         send_as},
        {"an unknown recipient",
         NotDelivered::refused_by_next_hop,
         {"user@example.com", "5.1.1", "550 5.1.1 User unknown"},
         Category::recipient_unknown,
         "550 5.1.1 User unknown"},
        {"a reply of several lines",
         NotDelivered::refused_by_next_hop,
         {"user@example.com", "4.7.0",
          "451-4.7.0 Too many connections\n451-4.7.0 from here,\n451 4.7.0 try later."},
         Category::throttled,
         "451-4.7.0 Too many connections\n451-4.7.0 from here,\n451 4.7.0 try later."},
        {"basic authentication is off",
         NotDelivered::refused_by_next_hop,
         {"user@example.com", "5.7.139",
          "535 5.7.139 Authentication unsuccessful, basic authentication is disabled."},
         Category::basic_auth_retired,
         "535 5.7.139 Authentication unsuccessful, basic authentication is disabled."},
        {"no connection",
         NotDelivered::no_connection,
         {"user@example.com", "4.4.7", ""},
         Category::connection_failed,
         ""},
        {"refused by the server itself",
         NotDelivered::refused_here,
         {"user@example.com", "5.1.1", ""},
         Category::recipient_unknown,
         ""},
    };
    for (const Row& row : rows) {
        INFO(row.name);
        DeliveryReport report = report_of({row.recipient});
        report.cause = row.cause;
        const diagnosis::Verdict verdict = judged(report);
        CHECK(verdict.bounce.kind == bounce::Kind::bounce);
        CHECK(verdict.bounce.format == "iis");
        CHECK(verdict.bounce.reporting_host == "relay-01.contoso.com");
        CHECK(verdict.bounce.submitted_by == "INVOICE-PC");
        CHECK(verdict.bounce.original.message_id == "17@contoso.com");
        REQUIRE(verdict.bounce.recipients.size() == 1);
        CHECK(verdict.bounce.recipients[0].address == "user@example.com");
        CHECK(verdict.bounce.recipients[0].status == row.recipient.status);
        CHECK(verdict.bounce.recipients[0].reply.text == row.reply);
        CHECK(to_string(verdict.category()) == to_string(row.category));
    }
}

TEST_CASE("several recipients and both files", "[iis][bad_mail]") {
    const DeliveryReport report =
        report_of({{"a@example.com", "5.1.1", "550 5.1.1 User unknown"},
                   {"b@example.com", "5.2.2", "552 5.2.2 Mailbox full"},
                   {"c@example.com", "5.1.1", "550-5.1.1 No\n550 5.1.1 such user"}});
    const diagnosis::Verdict verdict = judged(report, write_bdr(BadMailReason::report_undeliverable));
    REQUIRE(verdict.bounce.recipients.size() == 3);
    CHECK(verdict.bounce.recipients[1].address == "b@example.com");
    CHECK(verdict.findings[1].category == diagnosis::Category::mailbox_full);
    REQUIRE(verdict.badmail.has_value());
    CHECK(verdict.badmail->category == diagnosis::Category::ndr_undeliverable);
}

TEST_CASE("a delay says so", "[iis][bad_mail]") {
    DeliveryReport report = report_of({{"user@example.com", "4.4.7", ""}});
    report.kind = ReportKind::delay;
    const std::string text = write_report(report);
    CHECK(text.find("X-DSNContext: 7ce717b1 - 1196 - 00000004 - 00000000\r\n") != std::string::npos);
    CHECK(text.find("Subject: Delivery Status Notification (Delay)\r\n") != std::string::npos);
    CHECK(diagnosis::judge(text).bounce.kind == bounce::Kind::delay);
}

TEST_CASE("reports beside bad mail are read back", "[iis][bad_mail]") {
    CHECK(read_bdr(write_bdr(BadMailReason::report_undeliverable)).error_code == 0xC00402C7);
    CHECK(read_bdr(write_bdr(BadMailReason::bad_pickup_file)).error_code == 0xC00402CE);
    CHECK(is_bdr(write_bdr(BadMailReason::bad_pickup_file)));
    const diagnosis::Verdict verdict =
        diagnosis::judge(crlf("To: <user@example.com>\nSubject: Invoice\n\nText\n"),
                         write_bdr(BadMailReason::bad_pickup_file), diagnosis::Place::badmail);
    CHECK(verdict.category() == diagnosis::Category::pickup_file_invalid);
}

TEST_CASE("strangers cannot write lines into a report", "[iis][bad_mail]") {
    const std::string evil = "x\r\nAction: delivered\r\n\r\n--9B095B5ADSN=_\r\n\0\x1b[31m"s;
    DeliveryReport report = report_of({{"a@example.com" + evil, "5.0.0" + evil, "550 no" + evil}});
    report.host = "relay\r\nBcc: x@example.com\"";
    report.client = evil;
    report.sender = evil;
    const std::string text = write_report(report);
    CHECK(text.find("\nAction: delivered") == std::string::npos);
    CHECK(text.find("\nBcc:") == std::string::npos);
    CHECK(text.find('\0') == std::string::npos);
    CHECK(text.find('\x1b') == std::string::npos);
    CHECK(text.find("\n--9B095B5ADSN=_\r") == std::string::npos);
    const diagnosis::Verdict verdict = diagnosis::judge(text);
    REQUIRE(verdict.bounce.recipients.size() == 1);
    CHECK(verdict.bounce.recipients[0].action == bounce::Action::failed);
}

TEST_CASE("a huge reply is cut", "[iis][bad_mail]") {
    const std::string text =
        write_report(report_of({{"a@example.com", "5.0.0", std::string(10'000'000, 'x')}}));
    CHECK(text.size() < 12'000);
    CHECK(write_report(report_of({{"a@example.com", "5.0.0", repeated("550-\n", 1'000'000)}})).size() <
          20'000);
}
