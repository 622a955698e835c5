#pragma once

#include "sandbox/reply_values.hpp"
#include "sandbox/scenario.hpp"
#include "smtp/session.hpp"

#include <chrono>
#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace relaytool::sandbox {

struct Login {
    std::string name;
    std::string password;
};

/// What a token is worth.
enum class TokenVerdict { good, bad, expires_soon };

/// What is to be played, for all servers and connections.
struct Play {
    std::vector<Login> logins;
    std::vector<std::string> tokens; ///< good for every login
    /// Whether a token is good for a login; asked for those that are not in `tokens`.
    std::function<TokenVerdict(std::string_view login, std::string_view token)> token_verdict;
    /// What logins may send as besides their own address: an address, or `@domain`.
    std::vector<std::string> allowed_senders;
    std::vector<const Scenario*> failing;   ///< played to everybody
    std::vector<std::string> domains;       ///< of the MX; empty: mail for any
    std::chrono::milliseconds tarpit{5000}; ///< Office 365 holds refusals back
    std::chrono::milliseconds slow{0};      ///< before every reply
    std::optional<smtp::Step> drop_after;   ///< the connection ends instead of the reply
    std::optional<smtp::Step> stall_after;  ///< no reply ever comes
    std::size_t size_limit = 157'286'400;   ///< octets of a message
    std::function<std::int64_t()> now = [] { return std::int64_t{0}; };
};

/// What the connections know of each other. Used by one thread at a time.
struct Connections {
    std::uint64_t last = 0; ///< number of the latest connection
    std::map<std::string, std::set<std::uint64_t>> by_login;
};

/// What all servers have in common: scenarios, and faults of the line. A scenario is played when it was asked
/// for, or when the local part of the login, the sender or a recipient names it.
class Player : public smtp::Policy {
public:
    Player(const Play& play, Connections& connections, Server server)
        : play_(play), connections_(connections), server_(server), number_(++connections.last) {}
    Player(const Player&) = delete;
    Player& operator=(const Player&) = delete;

    smtp::Answer answer(const smtp::State& state, const smtp::Request& request) final;

protected:
    /// What this server says when nothing goes wrong by order.
    virtual smtp::Answer play(const smtp::State& state, const smtp::Request& request) = 0;
    virtual Values values(const smtp::State& state, const smtp::Request& request) const;

    smtp::Answer refuse(const Scenario& scenario, const Values& values) const;
    /// The scenario of that name, which there is.
    smtp::Answer refuse(std::string_view scenario, const Values& values) const;

    const Play& play_;
    Connections& connections_;

    std::uint64_t number() const { return number_; }
    /// Of this connection and moment: sixteen hexadecimal digits.
    std::string id() const;

private:
    const Scenario* scenario_for(const smtp::State& state, const smtp::Request& request) const;
    bool applies(const Scenario& scenario, const smtp::State& state, smtp::Step step) const;

    Server server_;
    std::uint64_t number_;
};

} // namespace relaytool::sandbox
