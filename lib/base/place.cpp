#include "base/place.hpp"

namespace relaytool {

std::string place_of(std::string_view host, std::uint16_t port) {
    const bool is_v6 = host.find(':') != std::string_view::npos;
    std::string place = is_v6 ? "[" : "";
    place.append(host).append(is_v6 ? "]:" : ":").append(std::to_string(port));
    return place;
}

} // namespace relaytool
