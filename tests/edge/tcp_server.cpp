#include "edge/tcp_server.hpp"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <stdexcept>
#include <sys/socket.h>
#include <unistd.h>
#include <utility>

namespace relaytool::test {
namespace {

constexpr std::chrono::milliseconds between_pieces{20};
constexpr std::chrono::milliseconds longest{30'000};

sockaddr* plain(sockaddr_in& address) {
    return static_cast<sockaddr*>(static_cast<void*>(&address));
}

bool send_all(int socket, const std::string& octets) {
    for (std::size_t sent = 0; sent < octets.size();) {
        const ssize_t more = ::send(socket, octets.data() + sent, octets.size() - sent, MSG_NOSIGNAL);
        if (more <= 0) return false;
        sent += static_cast<std::size_t>(more);
    }
    return true;
}

} // namespace

TcpServer::TcpServer(std::vector<std::string> pieces, End end) : pieces_(std::move(pieces)), end_(end) {
    listener_ = ::socket(AF_INET, SOCK_STREAM, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof address;
    if (::bind(listener_, plain(address), size) != 0 || ::listen(listener_, 1) != 0 ||
        ::getsockname(listener_, plain(address), &size) != 0)
        throw std::runtime_error("no free port on loopback");
    port_ = ntohs(address.sin_port);
    thread_ = std::thread([this] { run(); });
}

TcpServer::~TcpServer() {
    stop_ = true;
    thread_.join();
    ::close(listener_);
}

bool TcpServer::readable(int socket, std::chrono::milliseconds limit) const {
    constexpr std::chrono::milliseconds step{10};
    for (std::chrono::milliseconds waited{0}; waited < limit && !stop_; waited += step) {
        pollfd polled{socket, POLLIN, 0};
        if (::poll(&polled, 1, static_cast<int>(step.count())) > 0) return true;
    }
    return false;
}

void TcpServer::run() {
    if (!readable(listener_, longest)) return;
    const int connection = ::accept(listener_, nullptr, nullptr);
    bool open = true;
    for (const std::string& piece : pieces_) {
        if (!open || !send_all(connection, piece)) break;
        char octets[1024];
        if (readable(connection, between_pieces)) open = ::recv(connection, octets, sizeof octets, 0) > 0;
    }
    while (open && end_ == End::wait && readable(connection, longest)) {
        char octets[1024];
        open = ::recv(connection, octets, sizeof octets, 0) > 0;
    }
    ::close(connection);
}

} // namespace relaytool::test
