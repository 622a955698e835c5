#pragma once

#include "diagnosis/finding.hpp"
#include "diagnosis/match.hpp"
#include "smtp/outcome.hpp"

#include <cstdint>
#include <string>
#include <vector>

namespace relaytool::diagnosis {

/// What we tried to send, and to whom we talked.
struct Sending {
    std::string host; ///< as it was asked for
    std::uint16_t port = 0;
    std::string login;
    std::string from; ///< of the envelope
};

/// What fills the placeholders of rules about it. A lookalike on loopback is known by the name it gives, a
/// real server by the name it was asked for.
Seen seen_of(const smtp::Outcome& outcome, const Sending& sending);

/// The finding about one answer of a server. `recipient`: of RCPT; else empty.
Finding judge_reply(const smtp::Reply& reply, smtp::Stage stage, Seen seen,
                    const std::string& recipient = {});

/// What went wrong in an attempt: the finding that `diagnose` gives for the same words of the server, once
/// for each cause; of our own rows where nothing was said. Empty when nothing did.
std::vector<Finding> judge_sending(const smtp::Outcome& outcome, const Sending& sending);

} // namespace relaytool::diagnosis
