#include "edge/poll_sockets.hpp"

#include <algorithm>
#include <poll.h>

namespace relaytool::edge {

void poll_sockets(std::vector<WatchedSocket>& sockets, std::chrono::nanoseconds longest) {
    thread_local std::vector<pollfd> polled;
    polled.clear();
    for (const WatchedSocket& socket : sockets) {
        const int events = (socket.wants_read ? POLLIN : 0) | (socket.wants_write ? POLLOUT : 0);
        polled.push_back({static_cast<int>(socket.handle), static_cast<short>(events), 0});
    }
    // Rounded up: a wait that ends too early would only be repeated.
    const auto wait = std::chrono::ceil<std::chrono::milliseconds>(longest).count();
    const int timeout = static_cast<int>(std::clamp<long long>(wait, 0, 60'000));
    const int found = ::poll(polled.data(), polled.size(), timeout);
    for (std::size_t i = 0; i < sockets.size(); ++i) {
        const short events = found > 0 ? polled[i].revents : short{0};
        sockets[i].can_read = (events & (POLLIN | POLLERR | POLLHUP | POLLNVAL)) != 0;
        sockets[i].can_write = (events & POLLOUT) != 0;
    }
}

} // namespace relaytool::edge
