#pragma once

#include <chrono>
#include <cstddef>
#include <vector>

namespace relaytool::edge {

/// A socket to wait for, and what became of it.
struct WatchedSocket {
    using Handle = long long; ///< wide enough for every system's handles

    Handle handle = -1;
    void* owner = nullptr;
    bool wants_read = false;
    bool wants_write = false;
    bool can_read = false; ///< also set when there is an error to be fetched by reading
    bool can_write = false;
};

/// Waits until one of the sockets can be used, or the time is over; signals do not end the wait.
void poll_sockets(std::vector<WatchedSocket>& sockets, std::chrono::nanoseconds longest);

} // namespace relaytool::edge
