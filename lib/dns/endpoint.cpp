#include "dns/endpoint.hpp"

#include "base/ascii.hpp"
#include "dns/name.hpp"

#include <fmt/format.h>

#include <charconv>

namespace relaytool::dns {
namespace {

bool is_host_name(std::string_view text) {
    const auto is_host_character = [](char c) {
        return ascii::is_alnum(c) || c == '-' || c == '_' || c == '.';
    };
    for (const char c : text)
        if (!is_host_character(c)) return false;
    // Digits and dots alone are an address with a mistake in it.
    return Name::from_text(text).has_value() &&
           text.find_first_not_of("0123456789.") != std::string_view::npos;
}

} // namespace

Result<Endpoint> read_endpoint(std::string_view text) {
    const std::string what(text);
    const auto bad = [&](std::string why) { return tl::unexpected(Error{what, std::move(why)}); };
    text = ascii::trim(text);
    Endpoint endpoint;
    std::string_view port;
    bool has_port = false;
    const auto cut = [&](std::size_t colon) {
        has_port = true;
        port = text.substr(colon + 1);
        text = text.substr(0, colon);
    };
    if (text.starts_with('[')) {
        const std::size_t end = text.find(']');
        if (end == std::string_view::npos) return bad("a [ without a ]: write [::1]:53");
        if (end + 1 < text.size() && text[end + 1] != ':') return bad("behind the ] comes :PORT or nothing");
        if (end + 1 < text.size()) cut(end + 1);
        text = text.substr(1, end - 1);
        endpoint.address = ip::read_address(text);
        if (!endpoint.address) return bad("between [ and ] stands an IPv6 address");
    } else {
        endpoint.address = ip::read_address(text);
        const std::size_t colon = text.rfind(':');
        if (!endpoint.address && colon != std::string_view::npos) {
            cut(colon);
            endpoint.address = ip::read_address(text);
            if (endpoint.address && endpoint.address->family() == ip::Family::v6)
                return bad("an IPv6 address with a port needs brackets: [::1]:53");
        }
    }
    if (!endpoint.address && !is_host_name(text))
        return bad(
            "neither an address nor a host name: write 192.0.2.53, [2001:db8::53]:53 or dns.example.com");
    endpoint.host = text;
    if (!has_port) return endpoint;
    const auto [end, error] = std::from_chars(port.data(), port.data() + port.size(), endpoint.port);
    if (error != std::errc{} || end != port.data() + port.size() || endpoint.port == 0)
        return bad("the port is a number from 1 to 65535");
    return endpoint;
}

std::string to_string(const ip::Address& address, std::uint16_t port) {
    const std::string text = ip::to_string(address);
    return address.family() == ip::Family::v6 ? fmt::format("[{}]:{}", text, port)
                                              : fmt::format("{}:{}", text, port);
}

} // namespace relaytool::dns
