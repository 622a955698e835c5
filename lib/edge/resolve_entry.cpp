#include "edge/resolve_entry.hpp"

namespace relaytool::edge {

std::string resolve_entry(std::string_view host, std::uint16_t port,
                          const std::vector<ip::Address>& addresses) {
    std::string entry;
    for (const ip::Address& address : addresses) {
        if (entry.empty())
            entry.append(host).append(":").append(std::to_string(port)).append(":");
        else
            entry += ',';
        const std::string text = ip::to_string(address);
        entry += address.family() == ip::Family::v6 ? "[" + text + "]" : text;
    }
    return entry;
}

} // namespace relaytool::edge
