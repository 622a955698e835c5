#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

/// Writing what IIS SMTP (SMTPSVC) leaves in its BadMail folder. No complete description of it is public: the
/// shape is that of real reports.
namespace relaytool::iis {

/// What SMTPSVC calls a mail by in file names, boundaries and Message-IDs.
struct MailId {
    std::int64_t seconds = 0; ///< since 1970-01-01 UTC, when the mail came
    std::uint32_t serial = 0; ///< running number

    bool operator==(const MailId&) const = default;
};

/// `44d4697001db8c0300000011`: the base name of its files. Low half of the time, high half, serial.
std::string file_stem(const MailId& id);

/// `NTFS_44d4697001db8c0300000011.EML`: its file in the Queue folder.
std::string queue_file_name(const MailId& id);

/// `Mon, 3 Mar 2025 07:42:16 +0000`: as SMTPSVC writes dates, the day without a zero in front.
std::string smtpsvc_date(std::int64_t seconds);

/// Why a mail did not go on: the fourth field of X-DSNContext.
enum class NotDelivered {
    refused_by_next_hop, ///< 00000000: the reply says why
    refused_here,        ///< 80040546: this server itself does not know the recipient
    no_connection,       ///< C00402D1: could not connect until the mail was too old
};

/// Whether the server has given up: the third field of X-DSNContext.
enum class ReportKind { failure, delay };

/// One recipient of a report.
struct UndeliveredTo {
    std::string address;
    std::string status; ///< RFC 3463, such as "5.2.252"
    std::string reply;  ///< what the next hop said, its lines separated by '\n'; empty when it said nothing
};

/// All that a report tells.
struct DeliveryReport {
    MailId id;                ///< of the report
    std::string host;         ///< name of this server
    std::string client;       ///< who handed the mail in (HELO name); empty leaves Received-From-MTA out
    std::string sender;       ///< of the mail: whom the report is for
    std::int64_t arrived = 0; ///< seconds since 1970-01-01 UTC, when the mail came
    std::int64_t written = 0; ///< the same, when the report is written
    ReportKind kind = ReportKind::failure;
    NotDelivered cause = NotDelivered::refused_by_next_hop;
    std::vector<UndeliveredTo> recipients;
    std::string original; ///< the mail as it would have gone out, lines ending in CRLF
};

/// The report as a mail (RFC 3464 as SMTPSVC writes it), lines ending in CRLF. Control characters in values
/// become blanks, replies are cut at 8 KiB: a value never makes a line of its own, but the lines of a long
/// reply, which stand where SMTPSVC puts them, behind a blank line.
std::string write_report(const DeliveryReport& report);

/// Why a mail lies in BadMail.
enum class BadMailReason {
    report_undeliverable, ///< 0xC00402C7: it is a report that could not be returned
    bad_pickup_file,      ///< 0xC00402CE: no mail could be made of a file in Pickup
};

/// The text of the `.BDR` file beside it.
std::string write_bdr(BadMailReason reason);

} // namespace relaytool::iis
