#include "sandbox/web_guard.hpp"

#include "base/ascii.hpp"
#include "base/ip.hpp"

#include <algorithm>

namespace relaytool::sandbox {

bool is_local_host(std::string_view host) {
    if (host.starts_with('[')) {
        const std::size_t close = host.find(']');
        if (close == std::string_view::npos) return false;
        const std::string_view port = host.substr(close + 1);
        const auto address = ip::read_address(host.substr(1, close - 1));
        return address && address->family() == ip::Family::v6 && (port.empty() || port.front() == ':');
    }
    const std::size_t colon = std::min(host.find(':'), host.size());
    const std::string_view name = host.substr(0, colon);
    const std::string_view port = host.substr(std::min(colon + 1, host.size()));
    if (!std::all_of(port.begin(), port.end(), ascii::is_digit)) return false;
    return ascii::iequals(name, "localhost") || ip::read_address(name).has_value();
}

int web_refusal(const WebHead& head) {
    if (!is_local_host(head.host)) return 403;
    if (!head.origin.empty() && !ascii::iequals(head.origin, "http://" + head.host)) return 403;
    if (!head.transfer_encoding.empty()) return 411;
    if (head.content_length > longest_web_body) return 413;
    if (!head.content_encoding.empty() && !ascii::iequals(head.content_encoding, "identity")) return 415;
    return ascii::istarts_with(head.content_type, "multipart/") ? 415 : 0;
}

} // namespace relaytool::sandbox
