#pragma once

#include "base/result.hpp"

#include <span>
#include <string>
#include <string_view>

/// OAuth 2.0 (RFC 6749) as far as SMTP needs it: where to ask for a token, how, and whether one will do.
namespace relaytool::oauth {

/// One operator's token service. `{tenant}` in an address stands for the organisation.
struct Provider {
    std::string_view name;  ///< as in --provider
    std::string_view title; ///< for people
    std::string_view device_address;
    std::string_view token_address;
    std::string_view user_scope;      ///< for a person's token
    std::string_view app_scope;       ///< for an application of its own; empty: there is none
    std::string_view audiences;       ///< those that its SMTP takes, blanks between them; empty: unreadable
    std::string_view user_permission; ///< in `scp`
    std::string_view app_permission;  ///< in `roles`
    std::string_view host_suffixes;   ///< of its SMTP servers, blanks between them
    std::string_view default_tenant = {}; ///< when none is named; empty: addresses have no tenant
};

std::span<const Provider> providers();
/// Case matters not; null when there is none of that name.
const Provider* find_provider(std::string_view name);
/// The provider whose mail server calls itself so; null when it is none of them.
const Provider* provider_of_host(std::string_view host);

/// Whether its SMTP takes tokens that are made for `audience` (case and slashes at its end ignored).
bool takes_audience(const Provider& provider, std::string_view audience);

/// Where to ask.
struct Endpoints {
    std::string device; ///< RFC 8628 section 3.1; empty: no device codes
    std::string token;  ///< RFC 6749 section 3.2
};

/// The provider's addresses for a tenant; an empty one is the provider's default. The Error names --tenant
/// when there is something in it that no name of a tenant has.
Result<Endpoints> endpoints_of(const Provider& provider, const std::string& tenant);

/// The provider whose token service has that address, for whatever tenant: `preferred` if it has, as some
/// share one. Null when it is none of theirs.
const Provider* provider_of_endpoint(const Provider* preferred, std::string_view token_address);

/// The address for device codes beside a token address of Entra's form: they differ in their last word only.
/// Empty when it has another form.
std::string device_address_beside(std::string_view token_address);

/// An address that was given by hand: https, or http on loopback. The Error names the option.
Result<std::string> read_endpoint_option(std::string_view option, const std::string& address);

} // namespace relaytool::oauth
