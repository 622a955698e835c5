#pragma once

#include "smtp/connector.hpp"

#include <chrono>
#include <deque>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

namespace relaytool::test {

/// A server made of what it says: each answer goes out when the client has sent something since the one
/// before. The first one is the greeting. An empty answer is silence; "close" ends the connection.
struct FakeServer final : smtp::Connector {
    std::deque<std::string> answers;
    std::string heard;             ///< everything the client sent
    std::vector<std::string> sent; ///< the same, by the step in which it came
    smtp::TlsFacts tls;
    std::string address = "192.0.2.25";
    std::optional<smtp::Broken> broken; ///< connecting fails with it
    std::set<std::string> absent;       ///< hosts that do not answer at all
    std::vector<smtp::Target> targets;  ///< what was asked for, in order

    smtp::Spoken<smtp::Connection> connect(const smtp::Target& target, smtp::Opening,
                                           smtp::Transcript& transcript) override {
        targets.push_back(target);
        if (broken) return tl::unexpected(*broken);
        if (absent.count(target.host) != 0)
            return tl::unexpected(smtp::Broken{smtp::Break::refused, "Connection refused"});
        transcript.add(smtp::Speaker::note, smtp::Wire::plain, "Connected");
        smtp::Connection connection;
        connection.channel = std::make_unique<Line>(*this);
        connection.tls = tls;
        connection.address = address;
        return connection;
    }

private:
    struct Line final : smtp::Channel {
        explicit Line(FakeServer& server) : server_(server) {}

        smtp::Spoken<void> send(std::string_view octets, std::chrono::milliseconds) override {
            server_.heard += octets;
            server_.sent.emplace_back(octets);
            return {};
        }

        smtp::Spoken<void> receive(std::string& octets, std::chrono::milliseconds) override {
            if (server_.answers.empty() || server_.answers.front() == "close")
                return tl::unexpected(smtp::Broken{smtp::Break::closed, "closed"});
            std::string answer = std::move(server_.answers.front());
            server_.answers.pop_front();
            if (answer.empty()) return tl::unexpected(smtp::Broken{smtp::Break::timed_out, "silence"});
            octets += answer;
            return {};
        }

        FakeServer& server_;
    };
};

} // namespace relaytool::test
