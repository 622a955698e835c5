#pragma once

#include "dns/zone.hpp"
#include "edge/server/asio.hpp"

#include <chrono>
#include <memory>

namespace relaytool::edge {

/// Answers queries about `zones` over UDP and TCP. All of it happens in the thread that runs `io`; `zones`
/// must outlive that.
class DnsServer {
public:
    DnsServer(asio::io_context& io, asio::ip::udp::socket udp, asio::ip::tcp::acceptor tcp,
              const dns::ZoneResolver& zones);

    void start();

private:
    class Datagrams;
    class Stream;
    struct Listener;
    static void accept(const std::shared_ptr<Listener>& listener);

    std::shared_ptr<Datagrams> datagrams_;
    std::shared_ptr<Listener> listener_;
};

} // namespace relaytool::edge
