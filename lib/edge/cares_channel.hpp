#pragma once

#include "base/ip.hpp"
#include "dns/message.hpp"
#include "edge/poll_sockets.hpp"

#include <chrono>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

struct ares_channeldata;

namespace relaytool::edge {

/// Address and port of a name server.
struct ServerAddress {
    ip::Address address;
    std::uint16_t port = 53;

    bool operator==(const ServerAddress&) const = default;
};

/// The servers that the system is set to, as c-ares finds them (resolv.conf, the registry, …).
std::vector<ServerAddress> system_servers();

/// How a query of ours ended, as far as c-ares knows.
enum class Delivery {
    answered,    ///< there is an answer, whatever it says
    given_up,    ///< c-ares waits no longer
    refused,     ///< nobody listens there
    no_route,    ///< the network does not lead there
    unreachable, ///< sending or receiving failed for another reason
};

/// The road to one name server, over UDP, and over TCP when an answer is cut. c-ares does the sockets;
/// queries are repeated by whoever sends them.
class CaresChannel {
public:
    /// A query on its way; whoever sends it derives from it what it has to remember.
    class Query {
    public:
        virtual ~Query() = default;
        /// Called once, from inside send(), process() or process_time(). It may not use the channel. Never
        /// called for queries that are out when the channel goes.
        virtual void ended(Delivery delivery, std::string_view octets) = 0;
    };

    /// Queries are forgotten after `lifetime`. `sockets` is kept up to date with what to wait for; both have
    /// to outlive the channel.
    CaresChannel(const ServerAddress& server, dns::Edns edns, std::chrono::milliseconds lifetime,
                 std::vector<WatchedSocket>& sockets);
    CaresChannel(const CaresChannel&) = delete;
    CaresChannel& operator=(const CaresChannel&) = delete;
    ~CaresChannel();

    /// Sends a query; `query` has to live until it has ended.
    void send(std::string_view octets, Query& query);
    /// Reads or writes what a socket is ready for.
    void process(const WatchedSocket& socket);
    /// Whether an answer over UDP was cut, so that TCP was needed.
    bool has_used_tcp() const { return has_used_tcp_; }
    /// Ends queries whose lifetime is over.
    void process_time();

private:
    struct Callbacks;

    ares_channeldata* channel_ = nullptr;
    std::vector<WatchedSocket>& sockets_;
    bool has_used_tcp_ = false;
};

} // namespace relaytool::edge
