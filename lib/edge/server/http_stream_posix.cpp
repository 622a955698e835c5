#include "edge/server/http_stream.hpp"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

namespace relaytool::edge {
namespace {

/// How long nobody looks whether the server stops.
constexpr std::chrono::milliseconds slice{100};
/// What a client may still send that has got its answer.
constexpr std::size_t last_octets = 4 * 1024 * 1024;
constexpr std::chrono::milliseconds last_moment{500};

} // namespace

HttpStream::HttpStream(socket_t socket, std::uint64_t octets, std::chrono::seconds longest,
                       const std::atomic<bool>& is_stopping)
    : socket_(socket), left_(octets), end_(Clock::now() + longest), is_stopping_(is_stopping) {}

HttpStream::~HttpStream() {
    ::close(socket_);
}

bool HttpStream::wait_for(short event) const {
    while (!is_stopping_) {
        const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(end_ - Clock::now());
        if (left.count() <= 0) return false;
        pollfd watched{socket_, event, 0};
        const int ready = ::poll(&watched, 1, static_cast<int>(std::min(left, slice).count()));
        if (ready > 0) return true;
        if (ready < 0 && errno != EINTR) return false;
    }
    return false;
}

bool HttpStream::is_readable() const {
    return begin_ < filled_ || wait_for(POLLIN);
}

bool HttpStream::is_writable() const {
    return wait_for(POLLOUT);
}

ssize_t HttpStream::read(char* octets, size_t count) {
    if (begin_ == filled_) {
        if (left_ == 0 || !wait_for(POLLIN)) return -1;
        const std::size_t most = std::min<std::uint64_t>(buffer_.size(), left_);
        const ssize_t got = ::recv(socket_, buffer_.data(), most, 0);
        if (got <= 0) return got;
        begin_ = 0;
        filled_ = static_cast<std::size_t>(got);
        left_ -= filled_;
    }
    const std::size_t taken = std::min(count, filled_ - begin_);
    std::memcpy(octets, buffer_.data() + begin_, taken);
    begin_ += taken;
    return static_cast<ssize_t>(taken);
}

ssize_t HttpStream::write(const char* octets, size_t count) {
    if (!is_writable()) return -1;
    return ::send(socket_, octets, count, MSG_NOSIGNAL | MSG_DONTWAIT);
}

void HttpStream::get_remote_ip_and_port(std::string& ip, int& port) const {
    ip.clear();
    port = 0;
}

void HttpStream::get_local_ip_and_port(std::string& ip, int& port) const {
    ip.clear();
    port = 0;
}

void HttpStream::finish() {
    // A socket that is closed with unread octets takes back what it has sent (RFC 9112 section 9.6).
    ::shutdown(socket_, SHUT_WR);
    end_ = std::min(end_, Clock::now() + last_moment);
    std::size_t read = 0;
    while (read < last_octets && wait_for(POLLIN)) {
        const ssize_t got = ::recv(socket_, buffer_.data(), buffer_.size(), MSG_DONTWAIT);
        if (got <= 0) return;
        read += static_cast<std::size_t>(got);
    }
}

void set_listening_options(socket_t socket) {
    const int yes = 1;
    ::setsockopt(socket, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes);
}

} // namespace relaytool::edge
