#pragma once

#include "dns/record.hpp"

#include <atomic>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

namespace relaytool::test {

/// A query as the server sees it.
struct SeenQuery {
    dns::Question question;
    unsigned id = 0;
    bool edns = false;
    bool tcp = false;
};

/// A name server on loopback, UDP and TCP on one port, in a thread of its own.
class DnsServer {
public:
    /// What to send back; nothing when empty.
    using Reply = std::function<std::string(const SeenQuery&)>;

    enum class Tcp { on, off };

    explicit DnsServer(Reply reply, Tcp tcp = Tcp::on);
    DnsServer(const DnsServer&) = delete;
    DnsServer& operator=(const DnsServer&) = delete;
    ~DnsServer();

    std::uint16_t port() const { return port_; }
    /// "127.0.0.1:40053"
    std::string text() const { return "127.0.0.1:" + std::to_string(port_); }
    int queries() const { return queries_; }

private:
    void run();
    void serve_udp();
    bool serve_tcp(int connection);
    std::string reply_to(std::string_view octets, bool tcp);

    Reply reply_;
    int udp_ = -1;
    int tcp_ = -1;
    std::uint16_t port_ = 0;
    std::atomic<bool> stop_{false};
    std::atomic<int> queries_{0};
    std::vector<int> connections_;
    std::thread thread_;
};

/// A loopback port where nobody listens.
std::uint16_t closed_port();

} // namespace relaytool::test
