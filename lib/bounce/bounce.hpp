#pragma once

#include "smtp/reply.hpp"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

/// Reading of bounces: from the bytes of a mail to the facts in it. No sentence for people is made here, and
/// nothing is invented: what a report does not say stays empty.
namespace relaytool::bounce {

enum class Kind {
    bounce,       ///< at least one recipient failed
    delay,        ///< not delivered yet, the server goes on trying
    success,      ///< delivered or relayed
    auto_reply,   ///< written by a program in answer to the mail (RFC 3834)
    complaint,    ///< an abuse report (RFC 5965)
    not_a_bounce, ///< ordinary mail
    unreadable,   ///< no mail at all
};

/// RFC 3464 section 2.3.3; `none` when the report does not say.
enum class Action { none, failed, delayed, delivered, relayed, expanded };

/// "bounce", "auto-reply", …; "failed", … ("" for none): the words of the JSON contract.
std::string_view to_string(Kind kind);
std::string_view to_string(Action action);

/// What a report says about one recipient.
struct Recipient {
    std::string address; ///< as written, without type and angle brackets
    Action action = Action::none;
    std::string status; ///< the Status: field, verbatim; RFC 3463
    smtp::Reply reply;  ///< what the remote server answered, or empty
    smtp::Stage stage = smtp::Stage::unknown;
    std::string notice; ///< the reporting server's own words about this recipient, where it had no reply

    bool operator==(const Recipient&) const = default;
};

/// The mail that was not delivered.
struct Original {
    std::string from; ///< an address
    std::string to;   ///< an address
    std::string subject;
    std::string message_id; ///< without angle brackets
    std::string date;       ///< as written

    bool operator==(const Original&) const = default;
};

/// Everything one report says. Texts are UTF-8, dates as written (RFC 5322 section 3.3).
struct Bounce {
    Kind kind = Kind::not_a_bounce;
    std::string_view format;    ///< who wrote it: "iis", "exchange", "postfix", …; "mail" for no report
    std::string reporting_host; ///< Reporting-MTA, or what stands for it
    std::string submitted_by;   ///< Received-From-MTA: the client that handed the mail in
    std::string queue_id;
    std::string arrival;           ///< Arrival-Date
    std::string retry_until;       ///< Will-Retry-Until, RFC 3464 section 2.3.9
    std::uint32_t local_error = 0; ///< HRESULT of the sending server (X-DSNContext, .BDR), 0 for none
    std::string notice;            ///< the reporting server's own sentence about the whole mail
    Original original;
    std::vector<Recipient> recipients;
    std::size_t left_out = 0; ///< recipients behind the first mail::max_recipients, which are not kept

    bool operator==(const Bounce&) const = default;
};

/// Reads a mail: one message, in text as from mail::readable_text. Never fails and never throws; time and
/// memory are linear in its size.
Bounce read(std::string_view message);

} // namespace relaytool::bounce
