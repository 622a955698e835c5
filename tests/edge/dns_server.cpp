#include "edge/dns_server.hpp"

#include <algorithm>
#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <stdexcept>
#include <sys/socket.h>
#include <unistd.h>
#include <utility>

namespace relaytool::test {
namespace {

constexpr std::size_t header_size = 12;

sockaddr* plain(sockaddr_in& address) {
    return static_cast<sockaddr*>(static_cast<void*>(&address));
}

/// Binds to 127.0.0.1 and `port` (0: any); the port, or 0.
std::uint16_t bind_loopback(int socket, std::uint16_t port) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    address.sin_port = htons(port);
    socklen_t size = sizeof address;
    if (::bind(socket, plain(address), size) != 0 || ::getsockname(socket, plain(address), &size) != 0)
        return 0;
    return ntohs(address.sin_port);
}

unsigned number_at(std::string_view octets, std::size_t at) {
    return static_cast<unsigned>(static_cast<unsigned char>(octets[at])) << 8U |
           static_cast<unsigned char>(octets[at + 1]);
}

SeenQuery read_query(std::string_view octets, bool tcp) {
    SeenQuery query;
    query.tcp = tcp;
    query.id = number_at(octets, 0);
    query.edns = number_at(octets, 10) == 1;
    const std::size_t end = octets.find('\0', header_size);
    query.question.name = dns::Name::from_wire(octets.substr(header_size, end + 1 - header_size)).value();
    query.question.type = static_cast<dns::Type>(number_at(octets, end + 1));
    return query;
}

} // namespace

DnsServer::DnsServer(Reply reply, Tcp tcp) : reply_(std::move(reply)) {
    for (int attempt = 0; attempt < 100 && port_ == 0; ++attempt) {
        udp_ = ::socket(AF_INET, SOCK_DGRAM, 0);
        port_ = bind_loopback(udp_, 0);
        if (tcp == Tcp::off) break;
        tcp_ = ::socket(AF_INET, SOCK_STREAM, 0);
        if (bind_loopback(tcp_, port_) != 0 && ::listen(tcp_, 16) == 0) break;
        ::close(udp_);
        ::close(tcp_);
        port_ = 0;
    }
    if (port_ == 0) throw std::runtime_error("no free port on loopback");
    thread_ = std::thread([this] { run(); });
}

DnsServer::~DnsServer() {
    stop_ = true;
    thread_.join();
    for (const int socket : connections_)
        ::close(socket);
    ::close(udp_);
    if (tcp_ >= 0) ::close(tcp_);
}

void DnsServer::run() {
    while (!stop_) {
        std::vector<pollfd> polled{{udp_, POLLIN, 0}, {tcp_, POLLIN, 0}};
        for (const int connection : connections_)
            polled.push_back({connection, POLLIN, 0});
        if (::poll(polled.data(), polled.size(), 20) <= 0) continue;
        if (polled[0].revents != 0) serve_udp();
        if (polled[1].revents != 0) connections_.push_back(::accept(tcp_, nullptr, nullptr));
        for (std::size_t i = 2; i < polled.size(); ++i) {
            if (polled[i].revents == 0 || serve_tcp(polled[i].fd)) continue;
            ::close(polled[i].fd);
            std::erase(connections_, polled[i].fd);
        }
    }
}

std::string DnsServer::reply_to(std::string_view octets, bool tcp) {
    ++queries_;
    return reply_(read_query(octets, tcp));
}

void DnsServer::serve_udp() {
    char buffer[2048];
    sockaddr_in from{};
    socklen_t size = sizeof from;
    const ssize_t got = ::recvfrom(udp_, buffer, sizeof buffer, 0, plain(from), &size);
    if (got < static_cast<ssize_t>(header_size)) return;
    const std::string reply = reply_to({buffer, static_cast<std::size_t>(got)}, false);
    if (!reply.empty()) ::sendto(udp_, reply.data(), reply.size(), 0, plain(from), size);
}

/// One query, one answer; false when the connection is over.
bool DnsServer::serve_tcp(int connection) {
    char buffer[2048];
    if (::recv(connection, buffer, 2, MSG_WAITALL) != 2) return false;
    const std::size_t size = number_at({buffer, 2}, 0);
    if (size > sizeof buffer || ::recv(connection, buffer, size, MSG_WAITALL) != static_cast<ssize_t>(size))
        return false;
    std::string reply = reply_to({buffer, size}, true);
    if (reply.empty()) return false;
    const char length[2] = {static_cast<char>(reply.size() >> 8), static_cast<char>(reply.size() & 0xFF)};
    reply.insert(0, length, 2);
    for (std::size_t sent = 0; sent < reply.size();) {
        const ssize_t more = ::send(connection, reply.data() + sent, reply.size() - sent, MSG_NOSIGNAL);
        if (more <= 0) return false;
        sent += static_cast<std::size_t>(more);
    }
    return true;
}

std::uint16_t closed_port() {
    const int socket = ::socket(AF_INET, SOCK_DGRAM, 0);
    const std::uint16_t port = bind_loopback(socket, 0);
    ::close(socket);
    return port;
}

} // namespace relaytool::test
