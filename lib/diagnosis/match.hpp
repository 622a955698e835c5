#pragma once

#include "diagnosis/finding.hpp"
#include "diagnosis/rule.hpp"
#include "smtp/reply.hpp"

#include <cstdint>
#include <string>

namespace relaytool::diagnosis {

/// What fills the placeholders of a rule. Unknown parts stay empty.
struct Seen {
    std::string login;     ///< the account the relay logs in with
    std::string from;      ///< the sender that was refused, or the From of the original mail
    std::string recipient; ///< the address that was not reached
    std::string relay;     ///< the server that wrote the report
    std::string client;    ///< the program or host that handed the mail to the relay
    std::string host;      ///< the server whose reply it is
    std::string port;      ///< of that server, where it was dialled; empty: 25, as between servers
    std::string ip;        ///< the address that was refused
};

/// Everything known about one recipient's failure, from whatever command.
struct Evidence {
    smtp::Reply reply;
    std::string notice; ///< the reporting server's own sentence, where there is no reply to go by
    std::string stated; ///< the report's Status: field, verbatim
    smtp::Stage stage = smtp::Stage::unknown;
    std::uint32_t local_error = 0; ///< HRESULT of the sending server, 0 when it has none
    Event event = Event::failure;
    bool given_up = false; ///< a report says that the server does not try again
    Seen seen;
};

/// The row that explains `evidence`: wording with host family, wording, host family with status, status,
/// vague wording, status class, code, event, in that order. There always is one: the last rows say "unknown".
const Rule& match(const Evidence& evidence);

/// match(), with the placeholders filled in and what could be read from the reply itself added to `seen`.
Finding diagnose(const Evidence& evidence);

} // namespace relaytool::diagnosis
