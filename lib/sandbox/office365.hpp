#pragma once

#include "sandbox/player.hpp"

namespace relaytool::sandbox {

/// smtp.office365.com, port 587, as it was in 2026: STARTTLS, then LOGIN or XOAUTH2, and whether the sender
/// is allowed is said when the whole message is there.
class Office365 final : public Player {
public:
    Office365(const Play& play, Connections& connections) : Player(play, connections, Server::submission) {}
    ~Office365() override;

protected:
    smtp::Answer play(const smtp::State& state, const smtp::Request& request) override;

private:
    smtp::Answer on_auth(const smtp::State& state, const smtp::Request& request);
    smtp::Answer on_mail(const smtp::State& state, const smtp::Request& request);
    smtp::Answer on_message(const smtp::State& state, const smtp::Request& request);
    smtp::Answer on_trouble(const smtp::State& state, const smtp::Request& request) const;
    std::string hello(const smtp::State& state, const smtp::Request& request) const;
    bool is_good(const smtp::Credentials& credentials) const;
    bool may_send_as(const std::string& login, std::string_view address) const;
    bool is_one_too_many() const;

    std::string login_; ///< counted in Connections
};

} // namespace relaytool::sandbox
