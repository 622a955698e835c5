#define CARES_NO_DEPRECATED // 1.34 prefers calls that 1.18 does not have

#include "edge/cares_channel.hpp"

#include "dns/endpoint.hpp"

#include <ares.h>

#include <algorithm>
#include <cerrno>
#include <cstring>

namespace relaytool::edge {
namespace {

/// Room for the answers of all queries that are out together, where the system allows it.
constexpr int receive_buffer = 1024 * 1024;

Delivery delivery_of(int status) {
    if (status == ARES_ETIMEOUT) return Delivery::given_up;
    // c-ares calls every failure "connection refused"; the system's own word is still in errno.
    switch (errno) {
    case ECONNREFUSED: return Delivery::refused;
    case ENETUNREACH:
    case EHOSTUNREACH: return Delivery::no_route;
    default: return Delivery::unreachable;
    }
}

WatchedSocket::Handle handle_of(ares_socket_t socket) {
    return static_cast<WatchedSocket::Handle>(socket);
}

/// c-ares has to be told once that it is used.
struct Library {
    Library() { ares_library_init(ARES_LIB_INIT_ALL); }
    Library(const Library&) = delete;
    Library& operator=(const Library&) = delete;
    ~Library() { ares_library_cleanup(); }

    static void use() { static const Library library; }
};

ip::Address address_of(const ares_addr_port_node& node) {
    const std::size_t size = node.family == AF_INET ? 4 : 16;
    char octets[16];
    std::memcpy(octets, &node.addr, size);
    return ip::address_from_octets({octets, size}).value_or(ip::Address());
}

} // namespace

std::vector<ServerAddress> system_servers() {
    Library::use();
    std::vector<ServerAddress> servers;
    ares_channel channel = nullptr;
    if (ares_init(&channel) != ARES_SUCCESS) return servers;
    ares_addr_port_node* list = nullptr;
    if (ares_get_servers_ports(channel, &list) == ARES_SUCCESS) {
        for (const ares_addr_port_node* node = list; node != nullptr; node = node->next) {
            const int port = node->udp_port > 0 ? node->udp_port : dns::dns_port;
            const ServerAddress server{address_of(*node), static_cast<std::uint16_t>(port)};
            if (std::find(servers.begin(), servers.end(), server) == servers.end()) servers.push_back(server);
        }
        ares_free_data(list);
    }
    ares_destroy(channel);
    return servers;
}

/// What c-ares calls.
struct CaresChannel::Callbacks {
    static void ended(void* query, int status, int /*timeouts*/, unsigned char* octets, int size) {
        if (status == ARES_EDESTRUCTION) return;
        const bool is_answer = octets != nullptr && size > 0;
        const auto* bytes = static_cast<const char*>(static_cast<const void*>(octets));
        static_cast<Query*>(query)->ended(is_answer ? Delivery::answered : delivery_of(status),
                                          is_answer ? std::string_view(bytes, static_cast<std::size_t>(size))
                                                    : std::string_view());
    }

    static int socket_made(ares_socket_t /*socket*/, int type, void* self) {
        if (type == SOCK_STREAM) static_cast<CaresChannel*>(self)->has_used_tcp_ = true;
        return 0;
    }

    static void socket_changed(void* self, ares_socket_t socket, int read, int write) {
        auto& channel = *static_cast<CaresChannel*>(self);
        auto& sockets = channel.sockets_;
        auto found = std::find_if(sockets.begin(), sockets.end(), [&](const WatchedSocket& other) {
            return other.handle == handle_of(socket);
        });
        if (read == 0 && write == 0) {
            if (found != sockets.end()) sockets.erase(found);
            return;
        }
        if (found == sockets.end()) found = sockets.insert(found, WatchedSocket{handle_of(socket)});
        found->owner = &channel;
        found->wants_read = read != 0;
        found->wants_write = write != 0;
    }
};

CaresChannel::CaresChannel(const ServerAddress& server, dns::Edns edns, std::chrono::milliseconds lifetime,
                           std::vector<WatchedSocket>& sockets)
    : sockets_(sockets) {
    Library::use();
    ares_options options{};
    // NOCHECKRESP: else SERVFAIL and REFUSED come as "could not contact servers". EDNS: else UDP answers
    // above 512 octets are asked for again over TCP; the queries themselves are ours.
    options.flags = ARES_FLAG_NOCHECKRESP | ARES_FLAG_STAYOPEN | ARES_FLAG_NOSEARCH | ARES_FLAG_NOALIASES |
                    (edns == dns::Edns::on ? ARES_FLAG_EDNS : 0);
    options.ednspsz = dns::largest_udp_answer;
    options.timeout = static_cast<int>(lifetime.count());
    options.tries = 1;
    options.socket_receive_buffer_size = receive_buffer;
    options.sock_state_cb = Callbacks::socket_changed;
    options.sock_state_cb_data = this;
    int chosen = ARES_OPT_FLAGS | ARES_OPT_EDNSPSZ | ARES_OPT_TIMEOUTMS | ARES_OPT_TRIES |
                 ARES_OPT_SOCK_RCVBUF | ARES_OPT_SOCK_STATE_CB;
#ifdef ARES_OPT_QUERY_CACHE
    options.qcache_max_ttl = 0; // from 1.31 on it would remember answers for an hour
    chosen |= ARES_OPT_QUERY_CACHE;
#endif
    if (ares_init_options(&channel_, &options, chosen) != ARES_SUCCESS) {
        channel_ = nullptr;
        return;
    }
    const std::string text = dns::to_string(server.address, server.port);
    if (ares_set_servers_ports_csv(channel_, text.c_str()) != ARES_SUCCESS) {
        ares_destroy(channel_);
        channel_ = nullptr;
        return;
    }
    ares_set_socket_configure_callback(channel_, Callbacks::socket_made, this);
}

CaresChannel::~CaresChannel() {
    if (channel_ != nullptr) ares_destroy(channel_);
}

void CaresChannel::send(std::string_view octets, Query& query) {
    if (channel_ == nullptr) return query.ended(Delivery::unreachable, {});
    errno = 0;
    const auto* bytes = static_cast<const unsigned char*>(static_cast<const void*>(octets.data()));
    ares_send(channel_, bytes, static_cast<int>(octets.size()), Callbacks::ended, &query);
}

void CaresChannel::process(const WatchedSocket& socket) {
    const auto handle = static_cast<ares_socket_t>(socket.handle);
    errno = 0;
    ares_process_fd(channel_, socket.can_read ? handle : ARES_SOCKET_BAD,
                    socket.can_write ? handle : ARES_SOCKET_BAD);
}

void CaresChannel::process_time() {
    if (channel_ == nullptr) return;
    errno = 0;
    ares_process_fd(channel_, ARES_SOCKET_BAD, ARES_SOCKET_BAD);
}

} // namespace relaytool::edge
