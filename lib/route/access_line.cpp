#include "route/access_line.hpp"

#include "base/ascii.hpp"
#include "route/carrier.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cstddef>
#include <iterator>

namespace relaytool::route {
namespace {

constexpr std::string_view words[] = {
    "dyn",       "dynamic", "dsl",    "adsl",    "vdsl",   "xdsl",  "cable",   "pool", "static",
    "ppp",       "pppoe",   "dhcp",   "dial",    "dialup", "fiber", "ftth",    "cust", "customer",
    "broadband", "access",  "client", "clients", "ip",     "res",   "business"};

/// The letters or digits that stand together at `at`.
std::string_view run_at(std::string_view host, std::size_t at) {
    const bool digits = ascii::is_digit(host[at]);
    std::size_t end = at;
    while (end < host.size() && (digits ? ascii::is_digit(host[end]) : ascii::is_alpha(host[end])))
        ++end;
    return host.substr(at, end - at);
}

bool has_word(std::string_view host) {
    for (std::size_t at = 0; at < host.size();) {
        if (!ascii::is_alnum(host[at])) {
            ++at;
            continue;
        }
        const std::string_view run = run_at(host, at);
        const bool is_word = std::any_of(std::begin(words), std::end(words),
                                         [&](std::string_view word) { return ascii::iequals(word, run); });
        if (is_word) return true;
        at += run.size();
    }
    return false;
}

/// Three of the four numbers of an IPv4 address, or its eight hexadecimal digits.
bool holds_address(std::string_view host, std::uint32_t value) {
    if (ascii::icontains(host, fmt::format("{:08x}", value))) return true;
    std::array<bool, 4> found = {};
    for (std::size_t at = 0; at < host.size();) {
        if (!ascii::is_digit(host[at])) {
            ++at;
            continue;
        }
        const std::string_view run = run_at(host, at);
        for (unsigned i = 0; i < 4; ++i)
            if (run == std::to_string(value >> (24 - 8 * i) & 0xFFU)) found[i] = true;
        at += run.size();
    }
    return std::count(found.begin(), found.end(), true) >= 3;
}

} // namespace

bool is_access_line(std::string_view host, const std::optional<ip::Address>& address) {
    const std::string_view own =
        host.substr(0, host.size() - std::min(registered_domain(host).size(), host.size()));
    if (has_word(own)) return true;
    return address && address->family() == ip::Family::v4 &&
           holds_address(own, static_cast<std::uint32_t>(address->low()));
}

} // namespace relaytool::route
