#include "edge/curl_channel.hpp"

#include "edge/poll_sockets.hpp"

#include <vector>

namespace relaytool::edge {
namespace {

using Clock = std::chrono::steady_clock;

constexpr std::size_t block = 16 * 1024;

smtp::Broken silence() {
    return {smtp::Break::timed_out, "the server does not answer in time"};
}

} // namespace

bool CurlChannel::wait(Wish wish, Clock::time_point deadline) {
    const auto left = deadline - Clock::now();
    if (left <= Clock::duration::zero()) return false;
    curl_socket_t socket = CURL_SOCKET_BAD;
    curl_.easy_getinfo(handle_.get(), CURLINFO_ACTIVESOCKET, &socket);
    std::vector<WatchedSocket> sockets(1);
    sockets[0].handle = static_cast<WatchedSocket::Handle>(socket);
    sockets[0].wants_read = wish == Wish::read;
    sockets[0].wants_write = wish == Wish::write;
    poll_sockets(sockets, left);
    return sockets[0].can_read || sockets[0].can_write || Clock::now() < deadline;
}

smtp::Spoken<void> CurlChannel::send(std::string_view octets, std::chrono::milliseconds limit) {
    Clock::time_point deadline = Clock::now() + limit;
    while (!octets.empty()) {
        std::size_t sent = 0;
        const CURLcode code = curl_.easy_send(handle_.get(), octets.data(), octets.size(), &sent);
        if (code == CURLE_AGAIN) {
            if (!wait(Wish::write, deadline)) return tl::unexpected(silence());
        } else if (code != CURLE_OK) {
            return tl::unexpected(smtp::Broken{smtp::Break::reset, "the connection broke off while sending"});
        } else {
            octets.remove_prefix(sent);
            deadline = Clock::now() + limit; // it is for one step, not for a message of any size
        }
    }
    return {};
}

smtp::Spoken<void> CurlChannel::receive(std::string& octets, std::chrono::milliseconds limit) {
    const Clock::time_point deadline = Clock::now() + limit;
    const std::size_t before = octets.size();
    while (true) {
        octets.resize(before + block);
        std::size_t got = 0;
        const CURLcode code = curl_.easy_recv(handle_.get(), octets.data() + before, block, &got);
        octets.resize(before + (code == CURLE_OK ? got : 0));
        if (code == CURLE_OK && got != 0) return {};
        if (code == CURLE_OK)
            return tl::unexpected(smtp::Broken{smtp::Break::closed, "the server closed the connection"});
        if (code != CURLE_AGAIN)
            return tl::unexpected(smtp::Broken{smtp::Break::reset, "the connection broke off"});
        if (!wait(Wish::read, deadline)) return tl::unexpected(silence());
    }
}

} // namespace relaytool::edge
