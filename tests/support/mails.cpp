#include "support/mails.hpp"

namespace relaytool::test {
namespace {

std::string field(std::string_view name, std::string_view value) {
    return value.empty() ? std::string{} : std::string(name).append(value).append("\n");
}

} // namespace

std::string iis_report(const IisReport& report) {
    const std::string boundary = "9B095B5ADSN=_01DA9B8E0F3C2A1000000042relay01.contoso.";
    std::string mail = "From: postmaster@relay01.contoso.com\n"
                       "To: app@contoso.com\n"
                       "Date: Wed, 1 May 2024 10:15:32 +0200\n"
                       "MIME-Version: 1.0\n"
                       "Content-Type: multipart/report; report-type=delivery-status;\n"
                       "\tboundary=\"" +
                       boundary + "\"\n";
    mail += field("X-DSNContext: 7ce717b1 - 1196 - 00000002 - ", report.local_error);
    mail += "Message-ID: <pT1aYk3Hd00000042@relay01.contoso.com>\n"
            "Subject: Delivery Status Notification (Failure)\n\n"
            "This is a MIME-formatted message.  \n"
            "Portions of this message may be unreadable without a MIME-capable mail program.\n\n"
            "--" +
            boundary +
            "\nContent-Type: text/plain; charset=unicode-1-1-utf-7\n\n"
            "This is an automatically generated Delivery Status Notification.\n\n";
    mail.append(report.sentence).append("\n\n       ").append(report.recipient).append("\n\n\n\n\n");
    mail += "--" + boundary +
            "\nContent-Type: message/delivery-status\n\n"
            "Reporting-MTA: dns;relay01.contoso.com\n"
            "Received-From-MTA: dns;APP01\n"
            "Arrival-Date: Wed, 1 May 2024 10:15:30 +0200\n\n";
    mail += field("Final-Recipient: rfc822;", report.recipient);
    mail += field("Action: ", report.action);
    mail += field("Status: ", report.status);
    if (!report.diagnostic.empty()) mail.append("Diagnostic-Code: ").append(report.diagnostic);
    mail += field("Will-Retry-Until: ", report.retry_until);
    mail.append(report.more_groups);
    mail += "\n\n--" + boundary + "\nContent-Type: message/rfc822\n\n";
    mail +=
        "Received: from APP01 ([192.0.2.7]) by relay01.contoso.com with Microsoft SMTPSVC(10.0.17763.1);\n"
        "\t Wed, 1 May 2024 10:15:30 +0200\n";
    mail += field("From: ", report.original_from);
    mail += field("To: ", report.recipient);
    mail += "Subject: Invoice 2024-17\n"
            "Date: Wed, 1 May 2024 10:15:29 +0200\n"
            "Message-ID: <invoice-2024-17@contoso.com>\n\n"
            "Please pay.\n\n"
            "--" +
            boundary + "--\n";
    return mail;
}

std::string rfc3464_report(std::string_view message_fields, std::string_view recipient_groups) {
    return "From: MAILER-DAEMON@mx.example.net\n"
           "To: app@contoso.com\n"
           "Subject: Report\n"
           "MIME-Version: 1.0\n"
           "Content-Type: multipart/report; report-type=delivery-status; boundary=\"next-part\"\n\n"
           "--next-part\n"
           "Content-Type: text/plain\n\n"
           "Your mail was not delivered.\n\n"
           "--next-part\n"
           "Content-Type: message/delivery-status\n\n" +
           std::string(message_fields) + "\n" + std::string(recipient_groups) +
           "\n--next-part\n"
           "Content-Type: text/rfc822-headers\n\n"
           "From: Invoicing <app@contoso.com>\n"
           "To: user@example.com\n"
           "Subject: =?utf-8?Q?Invoice_=E2=82=AC_17?=\n"
           "Date: Wed, 1 May 2024 10:15:29 +0200\n"
           "Message-ID: <invoice-2024-17@contoso.com>\n\n"
           "--next-part--\n";
}

std::string ordinary_mail() {
    return "From: Invoicing <app@contoso.com>\n"
           "To: user@example.com\n"
           "Subject: Invoice 2024-17\n"
           "Date: Wed, 1 May 2024 10:15:29 +0200\n"
           "Message-ID: <invoice-2024-17@contoso.com>\n\n"
           "Please pay.\n";
}

} // namespace relaytool::test
