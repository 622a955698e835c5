#include "edge/host_addresses.hpp"

#include <algorithm>
#include <cstring>
#include <memory>
#include <netdb.h>
#include <netinet/in.h>
#include <optional>
#include <string_view>
#include <sys/socket.h>

namespace relaytool::edge {
namespace {

std::optional<ip::Address> address_of(const addrinfo& entry) {
    char octets[16];
    std::size_t size = 0;
    if (entry.ai_family == AF_INET) {
        sockaddr_in socket_address{};
        std::memcpy(&socket_address, entry.ai_addr, sizeof socket_address);
        size = sizeof socket_address.sin_addr;
        std::memcpy(octets, &socket_address.sin_addr, size);
    } else if (entry.ai_family == AF_INET6) {
        sockaddr_in6 socket_address{};
        std::memcpy(&socket_address, entry.ai_addr, sizeof socket_address);
        size = sizeof socket_address.sin6_addr;
        std::memcpy(octets, &socket_address.sin6_addr, size);
    }
    return ip::address_from_octets({octets, size});
}

} // namespace

Result<std::vector<ip::Address>> host_addresses(const std::string& host) {
    addrinfo hints{};
    hints.ai_socktype = SOCK_DGRAM;
    addrinfo* list = nullptr;
    const int error = ::getaddrinfo(host.c_str(), nullptr, &hints, &list);
    if (error != 0) return tl::unexpected(Error{host, ::gai_strerror(error)});
    const std::unique_ptr<addrinfo, decltype(&::freeaddrinfo)> owned(list, ::freeaddrinfo);
    std::vector<ip::Address> addresses;
    for (const addrinfo* entry = list; entry != nullptr; entry = entry->ai_next) {
        const auto address = address_of(*entry);
        if (address && std::find(addresses.begin(), addresses.end(), *address) == addresses.end())
            addresses.push_back(*address);
    }
    if (addresses.empty()) return tl::unexpected(Error{host, "no address is known for it"});
    return addresses;
}

} // namespace relaytool::edge
