#pragma once

#include "support/fake_dns.hpp"
#include "support/fake_machine.hpp"
#include "support/fake_server.hpp"
#include "support/run.hpp"
#include "support/text.hpp"

#include <nlohmann/json.hpp>

#include <deque>
#include <string>
#include <vector>

namespace relaytool::test {

/// `relaytool send` on a made-up machine, to a made-up server.
struct SendWorld {
    FakeFiles files;
    FakeMachine machine;
    FakeServer server;
    FakeDns dns;
    cli::Terminal terminal{.utf8 = true};

    /// `send` with `more` behind it, from a@example.com to b@example.net over mx.example.net, in clear.
    Outcome send(const std::vector<std::string>& more = {}) {
        std::vector<std::string> arguments{"--server", "mx.example.net:25", "--tls", "off",
                                           "--from",   "a@example.com",     "--to",  "b@example.net"};
        arguments.insert(arguments.end(), more.begin(), more.end());
        return send_only(arguments);
    }

    /// `send` with nothing but `arguments`.
    Outcome send_only(std::vector<std::string> arguments) {
        arguments.insert(arguments.begin(), "send");
        return run(
            arguments, files,
            Surroundings{.dns = &dns, .connector = &server, .machine = &machine, .terminal = terminal});
    }

    /// The server takes everything.
    void take_all() { server.answers = answers("250 2.0.0 Ok: queued as 4XyZ\r\n"); }

    /// A dialogue without surprises up to the answer to the end of the message.
    static std::deque<std::string> answers(std::string end_of_data) {
        return {"220 mx.example.net ESMTP\r\n",
                "250 mx.example.net\r\n",
                "250 2.1.0 Ok\r\n",
                "250 2.1.5 Ok\r\n",
                "354 go\r\n",
                std::move(end_of_data),
                "221 Bye\r\n"};
    }
};

inline nlohmann::json json_of(const Outcome& outcome) {
    return nlohmann::json::parse(outcome.out);
}

} // namespace relaytool::test
