#pragma once

#include <string>
#include <string_view>

namespace relaytool::smtp {

/// What a mail server's log says in one line about one delivery.
struct LogLine {
    enum class Outcome {
        none,   ///< a log line about something else, or about success
        failed, ///< refused for good, or put off: `reply` tells why
    };

    std::string_view format; ///< "postfix", "exim", "smtpsvc"; empty: no log line that is known
    Outcome outcome = Outcome::none;
    std::string reply;     ///< the server's words
    std::string host;      ///< who said them
    std::string recipient; ///< address
    std::string sender;    ///< address
};

/// Reads a line of a Postfix (`postfix/smtp[123]: … status=bounced (…)`), Exim (`** user@example.com R=… T=…:
/// …`), or IIS SMTP log (W3C or ODBC fields with `SMTPSVC1` in them, blanks written as `+`).
LogLine read_log_line(std::string_view line);

} // namespace relaytool::smtp
