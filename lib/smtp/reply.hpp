#pragma once

#include "smtp/status.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace relaytool::smtp {

/// What a server answered, RFC 5321 section 4.2. Nothing in it is invented: a part the server did not say is
/// absent.
struct Reply {
    int code = 0;                   ///< 200-599, or 0 when the text holds no reply code
    std::optional<Status> enhanced; ///< RFC 2034 / RFC 3463 status inside the reply
    std::string text;               ///< the whole reply as seen, codes included, lines joined by '\n'
    std::string host;               ///< who said it, as far as the text tells; else empty

    bool operator==(const Reply&) const = default;
};

/// The command that was being answered, RFC 5321 section 4.1.1 and RFC 3207, RFC 4954.
enum class Stage { unknown, connect, helo, starttls, auth, mail_from, rcpt_to, data };

/// "connect", "helo", …, "rcpt-to"; "" for unknown.
std::string_view to_string(Stage stage);

/// Reads the reply that decides: programs wrap one reply in another (`Remote Server returned '550 … -> 535
/// …'`), and the innermost one is the cause. `text` of the result is the whole of `text`, trimmed.
Reply read_reply(std::string_view text);

/// Where in `text` the innermost reply begins; 0 when it holds no reply code.
std::size_t innermost_reply(std::string_view text);

/// The replying host where the wording names it: `host mx.example.net[192.0.2.1] said:`,
/// `<mx.example.net #5.1.1 …>`, `[XX1EUR01FT049.eop-EUR01.prod.protection.outlook.com 2024-…]`. Else empty.
std::string_view replying_host(std::string_view text);

/// The SMTP command the wording ties the reply to: `(in reply to RCPT TO command)`, `after MAIL FROM`, ….
Stage stage_of(std::string_view text);

/// One line per reply made one line of plain words: continuation codes (`550-5.7.1 `) dropped, white space
/// folded. For matching and for showing a reply in one row.
std::string flatten(std::string_view text);

} // namespace relaytool::smtp
