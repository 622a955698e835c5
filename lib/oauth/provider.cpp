#include "oauth/provider.hpp"

#include "base/ascii.hpp"

#include <algorithm>

namespace relaytool::oauth {
namespace {

// Microsoft: the documents on OAuth for SMTP, and on national clouds. The GUID is Exchange Online's own
// application, which stands in tokens of the first version.
constexpr Provider rows[] = {
    {.name = "microsoft",
     .title = "Microsoft 365",
     .device_address = "https://login.microsoftonline.com/{tenant}/oauth2/v2.0/devicecode",
     .token_address = "https://login.microsoftonline.com/{tenant}/oauth2/v2.0/token",
     .user_scope = "https://outlook.office.com/SMTP.Send offline_access",
     .app_scope = "https://outlook.office365.com/.default",
     .audiences = "https://outlook.office.com https://outlook.office365.com "
                  "00000002-0000-0ff1-ce00-000000000000",
     .user_permission = "SMTP.Send",
     .app_permission = "SMTP.SendAsApp",
     .host_suffixes = "office365.com outlook.com",
     .default_tenant = "organizations"},
    {.name = "gcc-high",
     .title = "Microsoft 365 GCC High",
     .device_address = "https://login.microsoftonline.us/{tenant}/oauth2/v2.0/devicecode",
     .token_address = "https://login.microsoftonline.us/{tenant}/oauth2/v2.0/token",
     .user_scope = "https://outlook.office365.us/SMTP.Send offline_access",
     .app_scope = "https://outlook.office365.us/.default",
     .audiences = "https://outlook.office365.us 00000002-0000-0ff1-ce00-000000000000",
     .user_permission = "SMTP.Send",
     .app_permission = "SMTP.SendAsApp",
     .host_suffixes = "office365.us",
     .default_tenant = "organizations"},
    {.name = "dod",
     .title = "Microsoft 365 DoD",
     .device_address = "https://login.microsoftonline.us/{tenant}/oauth2/v2.0/devicecode",
     .token_address = "https://login.microsoftonline.us/{tenant}/oauth2/v2.0/token",
     .user_scope = "https://outlook-dod.office365.us/SMTP.Send offline_access",
     .app_scope = "https://outlook-dod.office365.us/.default",
     .audiences = "https://outlook-dod.office365.us https://outlook.office365.us "
                  "00000002-0000-0ff1-ce00-000000000000",
     .user_permission = "SMTP.Send",
     .app_permission = "SMTP.SendAsApp",
     .host_suffixes = "outlook-dod.office365.us",
     .default_tenant = "organizations"},
    {.name = "china",
     .title = "Microsoft 365 in China (21Vianet)",
     .device_address = "https://login.partner.microsoftonline.cn/{tenant}/oauth2/v2.0/devicecode",
     .token_address = "https://login.partner.microsoftonline.cn/{tenant}/oauth2/v2.0/token",
     .user_scope = "https://partner.outlook.cn/SMTP.Send offline_access",
     .app_scope = "https://partner.outlook.cn/.default",
     .audiences = "https://partner.outlook.cn 00000002-0000-0ff1-ce00-000000000000",
     .user_permission = "SMTP.Send",
     .app_permission = "SMTP.SendAsApp",
     .host_suffixes = "partner.outlook.cn",
     .default_tenant = "organizations"},
    {.name = "google",
     .title = "Google",
     .device_address = "https://oauth2.googleapis.com/device/code",
     .token_address = "https://oauth2.googleapis.com/token",
     .user_scope = "https://mail.google.com/",
     .app_scope = "",
     .audiences = "",
     .user_permission = "https://mail.google.com/",
     .app_permission = "",
     .host_suffixes = "gmail.com googlemail.com google.com"},
};

/// Calls `use` with each word until it says true; whether it did.
template <class Use>
bool any_word(std::string_view words, Use use) {
    while (!words.empty()) {
        const std::size_t end = std::min(words.find(' '), words.size());
        if (use(words.substr(0, end))) return true;
        words.remove_prefix(std::min(end + 1, words.size()));
    }
    return false;
}

bool is_below(std::string_view host, std::string_view suffix) {
    if (!ascii::iends_with(host, suffix)) return false;
    return host.size() == suffix.size() || host[host.size() - suffix.size() - 1] == '.';
}

std::string with_tenant(std::string_view address, std::string_view tenant) {
    constexpr std::string_view placeholder = "{tenant}";
    std::string result(address);
    if (const std::size_t at = result.find(placeholder); at != std::string::npos)
        result.replace(at, placeholder.size(), tenant);
    return result;
}

/// Whether `address` is the pattern's, with some tenant in it.
bool fits_pattern(std::string_view address, std::string_view pattern) {
    constexpr std::string_view placeholder = "{tenant}";
    const std::size_t at = pattern.find(placeholder);
    if (at == std::string_view::npos) return address == pattern;
    const std::string_view end = pattern.substr(at + placeholder.size());
    if (address.size() <= at + end.size() || !address.starts_with(pattern.substr(0, at)) ||
        !address.ends_with(end))
        return false;
    const std::string_view tenant = address.substr(at, address.size() - at - end.size());
    return tenant.find('/') == std::string_view::npos;
}

bool is_loopback(std::string_view address) {
    for (const std::string_view host : {"http://127.0.0.1", "http://localhost", "http://[::1]"})
        if (address.starts_with(host) &&
            (address.size() == host.size() || address[host.size()] == ':' || address[host.size()] == '/'))
            return true;
    return false;
}

} // namespace

std::span<const Provider> providers() {
    return rows;
}

bool takes_audience(const Provider& provider, std::string_view audience) {
    while (audience.ends_with('/'))
        audience.remove_suffix(1);
    return any_word(provider.audiences,
                    [audience](std::string_view word) { return ascii::iequals(word, audience); });
}

const Provider* find_provider(std::string_view name) {
    for (const Provider& row : rows)
        if (ascii::iequals(row.name, name)) return &row;
    return nullptr;
}

const Provider* provider_of_host(std::string_view host) {
    // The longest suffix wins: outlook-dod.office365.us is below office365.us.
    const Provider* best = nullptr;
    std::size_t longest = 0;
    for (const Provider& row : rows)
        any_word(row.host_suffixes, [&](std::string_view suffix) {
            if (suffix.size() > longest && is_below(host, suffix)) {
                best = &row;
                longest = suffix.size();
            }
            return false;
        });
    return best;
}

Result<Endpoints> endpoints_of(const Provider& provider, const std::string& tenant) {
    const bool is_fit = std::all_of(tenant.begin(), tenant.end(),
                                    [](char c) { return ascii::is_alnum(c) || c == '.' || c == '-'; });
    if (!is_fit)
        return tl::unexpected(
            Error{"--tenant", tenant + " is no tenant: give its GUID or one of its domains (contoso.com)"});
    const std::string_view used = tenant.empty() ? provider.default_tenant : std::string_view(tenant);
    return Endpoints{with_tenant(provider.device_address, used), with_tenant(provider.token_address, used)};
}

const Provider* provider_of_endpoint(const Provider* preferred, std::string_view token_address) {
    if (preferred != nullptr && fits_pattern(token_address, preferred->token_address)) return preferred;
    for (const Provider& row : rows)
        if (fits_pattern(token_address, row.token_address)) return &row;
    return nullptr;
}

std::string device_address_beside(std::string_view token_address) {
    constexpr std::string_view ending = "/oauth2/v2.0/token";
    if (!token_address.ends_with(ending)) return {};
    token_address.remove_suffix(ending.size());
    return std::string(token_address) + "/oauth2/v2.0/devicecode";
}

Result<std::string> read_endpoint_option(std::string_view option, const std::string& address) {
    const bool is_plain =
        std::all_of(address.begin(), address.end(), [](char c) { return c > ' ' && c <= '~'; });
    if (is_plain && (address.starts_with("https://") || is_loopback(address))) return address;
    return tl::unexpected(
        Error{std::string(option), address + " is no https address (http serves on loopback only)"});
}

} // namespace relaytool::oauth
