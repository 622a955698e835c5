#pragma once

#include "mail/message.hpp"
#include "smtp/connector.hpp"
#include "smtp/login.hpp"

#include <functional>
#include <string>
#include <vector>

namespace relaytool::probe {

/// How much to find out beside the road itself.
enum class Depth {
    road,
    deep, ///< also what the server lets strangers do: Exposure
};

/// What to try on the way to one server.
struct Plan {
    smtp::Target target;
    smtp::Login login;
    std::vector<std::string> senders;
    std::vector<std::string> recipients;
    Depth depth = Depth::road;
    /// Makes the message that is sent from each sender to the login itself; absent: none is sent.
    std::function<Result<mail::Written>(const std::string& sender, mail::Transfer)> test_message;
};

} // namespace relaytool::probe
