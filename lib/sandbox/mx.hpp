#pragma once

#include "sandbox/player.hpp"

namespace relaytool::sandbox {

/// A mail exchanger: no login, STARTTLS as one likes, mail for its own domains.
class Mx final : public Player {
public:
    Mx(const Play& play, Connections& connections) : Player(play, connections, Server::mx) {}

protected:
    smtp::Answer play(const smtp::State& state, const smtp::Request& request) override;
    Values values(const smtp::State& state, const smtp::Request& request) const override;

private:
    bool is_local(std::string_view address) const;
};

} // namespace relaytool::sandbox
