#pragma once

#include "diagnosis/finding.hpp"
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

/// What went wrong in an attempt: the finding that `diagnose` gives for the same words of the server, once
/// for each cause; of our own rows where nothing was said. Empty when nothing did.
std::vector<Finding> judge_sending(const smtp::Outcome& outcome, const Sending& sending);

} // namespace relaytool::diagnosis
