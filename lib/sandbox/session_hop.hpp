#pragma once

#include "sandbox/mailroot.hpp"
#include "smtp/session.hpp"

#include <functional>
#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace relaytool::sandbox {

/// A server to hand mail on to that is in this program: the whole dialogue (STARTTLS, LOGIN, MAIL, RCPT,
/// DATA) goes through its Session, without a socket and without its delays.
class SessionHop final : public NextHop {
public:
    struct Settings {
        std::function<std::unique_ptr<smtp::Policy>()> policy;
        smtp::SessionLimits limits;
        std::string client = "127.0.0.1"; ///< address it seems to come from
        std::string name = "localhost";   ///< in EHLO
        std::string login;
        std::string password;
        std::function<void(smtp::Mail)> on_mail; ///< what the server got in full
    };

    explicit SessionHop(Settings settings) : settings_(std::move(settings)) {}

    std::vector<RecipientReply> deliver(const PickedUp& mail) override;

private:
    Settings settings_;
};

} // namespace relaytool::sandbox
