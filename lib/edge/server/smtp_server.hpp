#pragma once

#include "edge/server/asio.hpp"
#include "smtp/session.hpp"

#include <chrono>
#include <functional>
#include <memory>
#include <string>

namespace relaytool::edge {

/// What one SMTP server needs.
struct SmtpSettings {
    std::string name; ///< "smtp", "mx": for Ended
    std::function<std::unique_ptr<smtp::Policy>()> policy;
    smtp::SessionLimits limits;
    std::chrono::seconds idle{300};
    std::size_t connections = 200; ///< at a time; more wait
    std::function<void(smtp::Mail)> on_mail;
    std::function<void(const smtp::State&)> on_ended;
};

/// Plays smtp::Session on the connections of one port. All of it happens in the thread that runs `io`.
class SmtpServer {
public:
    SmtpServer(asio::io_context& io, asio::ssl::context& tls, asio::ip::tcp::acceptor acceptor,
               SmtpSettings settings);

    /// Takes connections from now on.
    void start();

private:
    struct Shared;
    static void accept(const std::shared_ptr<Shared>& shared);

    class Connection;
    std::shared_ptr<Shared> shared_;
};

} // namespace relaytool::edge
