#include "iis/bad_mail_writer.hpp"

#include "base/ascii.hpp"
#include "mail/date.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace relaytool::iis {
namespace {

constexpr std::size_t longest_reply = 8 * 1024;
constexpr std::size_t host_in_boundary = 16;

/// 100-nanosecond steps since 1601-01-01 UTC (Windows' FILETIME).
std::uint64_t filetime(std::int64_t seconds) {
    constexpr std::int64_t from_1601_to_1970 = 11'644'473'600;
    constexpr std::uint64_t steps = 10'000'000;
    return static_cast<std::uint64_t>(std::max<std::int64_t>(seconds + from_1601_to_1970, 0)) * steps;
}

/// Values stand on one line each, whatever strangers wrote into them.
std::string one_line(std::string_view text) {
    std::string line(text);
    std::replace_if(
        line.begin(), line.end(), [](char c) { return (c >= 0 && c < ' ') || c == '\x7F'; }, ' ');
    return line;
}

std::string boundary_of(const DeliveryReport& report) {
    std::string host = one_line(report.host).substr(0, host_in_boundary);
    std::replace(host.begin(), host.end(), '-', '?');
    std::erase(host, '"');
    return fmt::format("9B095B5ADSN=_{:016X}{:08X}{}", filetime(report.id.seconds), report.id.serial, host);
}

std::string_view sentence_of(const DeliveryReport& report) {
    if (report.kind == ReportKind::delay)
        return "THIS IS A WARNING MESSAGE ONLY.\r\n\r\nYOU DO NOT NEED TO RESEND YOUR MESSAGE.\r\n\r\n"
               "Delivery to the following recipients has been delayed.";
    if (report.cause == NotDelivered::no_connection)
        return "Unable to deliver message to the following recipients, due to being unable to connect "
               "successfully to the destination mail server.";
    return "Delivery to the following recipients failed.";
}

std::string_view error_field(NotDelivered cause) {
    switch (cause) {
    case NotDelivered::refused_by_next_hop: return "00000000";
    case NotDelivered::refused_here: return "80040546";
    case NotDelivered::no_connection: return "C00402D1";
    }
    return "";
}

std::string_view kind_field(const DeliveryReport& report) {
    if (report.kind == ReportKind::delay) return "00000004";
    return report.cause == NotDelivered::refused_here ? "00000001" : "00000002";
}

std::string header_of(const DeliveryReport& report, std::string_view boundary) {
    const std::string host = one_line(report.host);
    std::string text = fmt::format("From: postmaster@{}\r\n", host);
    text += fmt::format("To: {}\r\n", one_line(report.sender));
    text += fmt::format("Date: {}\r\n", smtpsvc_date(report.written));
    text += "MIME-Version: 1.0\r\nContent-Type: multipart/report; report-type=delivery-status;\r\n";
    text += fmt::format("\tboundary=\"{}\"\r\n", boundary);
    text += fmt::format("X-DSNContext: 7ce717b1 - 1196 - {} - {}\r\n", kind_field(report),
                        error_field(report.cause));
    text += fmt::format("Message-ID: <{}@{}>\r\n", file_stem(report.id), host);
    text += fmt::format("Subject: Delivery Status Notification ({})\r\n\r\n",
                        report.kind == ReportKind::delay ? "Delay" : "Failure");
    text += "This is a MIME-formatted message.  \r\n"
            "Portions of this message may be unreadable without a MIME-capable mail program.\r\n\r\n";
    return text;
}

/// RFC 2152: `+` begins base64, so that it has to be written `+-`. SMTPSVC takes no addresses beyond
/// US-ASCII: what is none shows as `?`.
std::string to_utf7(std::string_view text) {
    std::string out;
    for (const char c : text) {
        out += c < 0 ? '?' : c;
        if (c == '+') out += '-';
    }
    return out;
}

std::string words_of(const DeliveryReport& report) {
    std::string text = "Content-Type: text/plain; charset=unicode-1-1-utf-7\r\n\r\n"
                       "This is an automatically generated Delivery Status Notification.\r\n\r\n";
    text.append(sentence_of(report)).append("\r\n\r\n");
    for (const UndeliveredTo& recipient : report.recipients)
        text += fmt::format("       {}\r\n", to_utf7(one_line(recipient.address)));
    return text + "\r\n\r\n\r\n\r\n";
}

/// `451-…` or `451 …`, RFC 5321 section 4.2.1.
bool is_reply_line(std::string_view line) {
    return line.size() >= 4 && line[0] >= '2' && line[0] <= '5' && ascii::is_digit(line[1]) &&
           ascii::is_digit(line[2]) && (line[3] == '-' || line[3] == ' ');
}

/// The first line behind the field's name, the others at column 0 behind a blank line: SMTPSVC's own slip.
/// What is no line of a reply stays on the line before it, or a server's words could be fields of the report.
std::string diagnostic_of(std::string_view reply) {
    reply = reply.substr(0, longest_reply);
    std::string text = "Diagnostic-Code: smtp;";
    bool is_first = true;
    bool is_second = true;
    while (!reply.empty()) {
        const std::size_t end = std::min(reply.find('\n'), reply.size());
        const std::string line = one_line(ascii::trim(reply.substr(0, end)));
        reply.remove_prefix(std::min(end + 1, reply.size()));
        if (!is_first && is_reply_line(line)) {
            text += is_second ? "\r\n\r\n" : "\r\n";
            is_second = false;
        } else if (!is_first) {
            text += ' ';
        }
        text += line;
        is_first = false;
    }
    return text + "\r\n";
}

std::string status_part(const DeliveryReport& report) {
    std::string text = "Content-Type: message/delivery-status\r\n\r\n";
    text += fmt::format("Reporting-MTA: dns;{}\r\n", one_line(report.host));
    if (!report.client.empty()) text += fmt::format("Received-From-MTA: dns;{}\r\n", one_line(report.client));
    text += fmt::format("Arrival-Date: {}\r\n\r\n", smtpsvc_date(report.arrived));
    for (const UndeliveredTo& recipient : report.recipients) {
        text += fmt::format("Final-Recipient: rfc822;{}\r\n", one_line(recipient.address));
        text += fmt::format("Action: {}\r\n", report.kind == ReportKind::delay ? "delayed" : "failed");
        text += fmt::format("Status: {}\r\n", one_line(recipient.status));
        if (!recipient.reply.empty()) text += diagnostic_of(recipient.reply);
        text += "\r\n\r\n";
    }
    return text;
}

} // namespace

std::string file_stem(const MailId& id) {
    const std::uint64_t time = filetime(id.seconds);
    return fmt::format("{:08x}{:08x}{:08x}", time & 0xFFFFFFFFu, time >> 32, id.serial);
}

std::string queue_file_name(const MailId& id) {
    return fmt::format("NTFS_{}.EML", file_stem(id));
}

std::string smtpsvc_date(std::int64_t seconds) {
    std::string date = mail::to_rfc5322(seconds);
    constexpr std::size_t day = std::string_view("Mon, ").size();
    if (date[day] == '0') date.erase(day, 1);
    return date;
}

std::string write_report(const DeliveryReport& report) {
    const std::string boundary = boundary_of(report);
    const std::string line = fmt::format("--{}\r\n", boundary);
    std::string text = header_of(report, boundary);
    text += line + words_of(report);
    text += line + status_part(report);
    text += line + "Content-Type: message/rfc822\r\n\r\n" + report.original;
    if (!report.original.ends_with("\r\n")) text += "\r\n";
    text += fmt::format("\r\n--{}--\r\n", boundary);
    return text;
}

std::string write_bdr(BadMailReason reason) {
    const bool is_report = reason == BadMailReason::report_undeliverable;
    return fmt::format(
        "Unable to deliver this message because the follow error was encountered: \"{}\".\r\n\r\n"
        "The specific error code was {}.\r\n",
        is_report ? "This message is a delivery status notification that cannot be delivered."
                  : "Error is processing file in pickup directory.",
        is_report ? "0xC00402C7" : "0xC00402CE");
}

} // namespace relaytool::iis
