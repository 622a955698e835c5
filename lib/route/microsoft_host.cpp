#include "route/microsoft_host.hpp"

#include "base/ascii.hpp"
#include "route/carrier.hpp"
#include "spf/provider.hpp"

#include <algorithm>
#include <array>

namespace relaytool::route {
namespace {

bool is_within_any(std::string_view host, auto&& domains) {
    return std::any_of(domains.begin(), domains.end(),
                       [&](std::string_view domain) { return is_within(host, domain); });
}

// Beside the worldwide cloud: China (21Vianet), and the US government's.
constexpr std::array<std::string_view, 4> outbound_domains = {
    "outbound.protection.outlook.com", "outbound.protection.partner.outlook.cn",
    "outbound.protection.office365.us", "outbound.protection.outlook.de"};
constexpr std::array<std::string_view, 5> entry_domains = {
    "protection.outlook.com", "mx.microsoft", "protection.partner.outlook.cn", "protection.office365.us",
    "protection.outlook.de"};
constexpr std::array<std::string_view, 5> submission_domains = {
    "outlook.office365.com", "smtp.office365.com", "office365.us", "partner.outlook.cn", "outlook.office.de"};
constexpr std::array<std::string_view, 4> inside_domains = {"prod.outlook.com", "prod.exchangelabs.com",
                                                            "prod.partner.outlook.cn", "outlook.com"};

/// `AM0PR01CA0012`: two letters tell what the server is for, digits on both sides. CA is client access.
bool is_client_access(std::string_view host) {
    std::string_view label = host.substr(0, host.find('.'));
    const auto drop_digits = [&] {
        while (!label.empty() && ascii::is_digit(label.back()))
            label.remove_suffix(1);
    };
    const std::size_t whole = label.size();
    drop_digits();
    if (label.size() == whole || !ascii::iends_with(label, "CA")) return false;
    label.remove_suffix(2);
    return !label.empty() && ascii::is_digit(label.back()) && ascii::icontains(label, "P");
}

} // namespace

std::string_view to_string(MicrosoftHost host) {
    switch (host) {
    case MicrosoftHost::none: return "none";
    case MicrosoftHost::entry: return "entry";
    case MicrosoftHost::submission: return "submission";
    case MicrosoftHost::mailbox: return "mailbox";
    case MicrosoftHost::outbound: return "outbound";
    }
    return "";
}

MicrosoftHost microsoft_host(std::string_view host) {
    if (is_within_any(host, outbound_domains)) return MicrosoftHost::outbound;
    if (is_within_any(host, entry_domains)) return MicrosoftHost::entry;
    if (is_within_any(host, submission_domains)) return MicrosoftHost::submission;
    if (!is_within_any(host, inside_domains)) return MicrosoftHost::none;
    return is_client_access(host) ? MicrosoftHost::submission : MicrosoftHost::mailbox;
}

bool is_microsoft_address(const ip::Address& address) {
    if (address.family() == ip::Family::v6 && address.high() >> 40 == 0x260310) return true;
    const spf::Provider* const provider = spf::provider_by_address(address);
    return provider && provider->id == "o365";
}

} // namespace relaytool::route
