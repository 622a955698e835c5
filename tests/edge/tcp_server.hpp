#pragma once

#include <atomic>
#include <chrono>
#include <cstdint>
#include <string>
#include <thread>
#include <vector>

namespace relaytool::test {

/// A server on loopback for one connection: sends its pieces, a little apart, and then waits until the client
/// goes, or hangs up.
class TcpServer {
public:
    enum class End { wait, hang_up };

    explicit TcpServer(std::vector<std::string> pieces, End end = End::wait);
    TcpServer(const TcpServer&) = delete;
    TcpServer& operator=(const TcpServer&) = delete;
    ~TcpServer();

    std::uint16_t port() const { return port_; }

private:
    void run();
    /// Whether `socket` can be read before the server is stopped, or `limit` is over.
    bool readable(int socket, std::chrono::milliseconds limit) const;

    std::vector<std::string> pieces_;
    End end_;
    int listener_ = -1;
    std::uint16_t port_ = 0;
    std::atomic<bool> stop_{false};
    std::thread thread_;
};

} // namespace relaytool::test
