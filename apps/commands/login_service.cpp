#include "commands/login_service.hpp"

#include "base/ascii.hpp"

#include <utility>

namespace relaytool::cli {
namespace {

constexpr std::string_view usual_provider = "microsoft";

Error wrong(std::string what, std::string why) {
    return {std::move(what), std::move(why)};
}

void fill_in(std::string& value, const std::string& kept) {
    if (value.empty()) value = kept;
}

bool names_other_service(const ServiceOptions& options, const oauth::CachedLogin& kept) {
    const bool has_other_provider =
        !options.provider.empty() && !ascii::iequals(options.provider, kept.provider);
    const std::string& address = options.login.token_address;
    return has_other_provider || (!address.empty() && address != kept.token_address);
}

/// The addresses of a provider follow from the tenant; others stay as they are.
void complete_addresses(const oauth::CachedLogin& kept, oauth::CachedLogin& login) {
    const bool follows_tenant = oauth::provider_of_endpoint(nullptr, kept.token_address) != nullptr;
    if (follows_tenant && !login.tenant.empty()) return;
    fill_in(login.tenant, kept.tenant);
    fill_in(login.token_address, kept.token_address);
    fill_in(login.device_address, kept.device_address);
}

void complete_proof(const oauth::CachedLogin& kept, oauth::CachedLogin& login) {
    for (const std::string* said :
         {&login.secret_file, &login.secret_command, &login.certificate_file, &login.key_file})
        if (!said->empty()) return;
    login.secret_file = kept.secret_file;
    login.secret_command = kept.secret_command;
    login.certificate_file = kept.certificate_file;
    login.key_file = kept.key_file;
}

Result<const oauth::Provider*> named_provider(const std::string& name) {
    if (const oauth::Provider* provider = oauth::find_provider(name)) return provider;
    std::string names;
    for (const oauth::Provider& row : oauth::providers())
        names += (names.empty() ? "" : ", ") + std::string(row.name);
    return tl::unexpected(
        wrong("--provider", name + " is none of " + names + "; name others with --token-endpoint"));
}

Result<void> check_addresses(const oauth::CachedLogin& login) {
    for (const auto& [option, address] : {std::pair{"--token-endpoint", &login.token_address},
                                          std::pair{"--device-endpoint", &login.device_address}}) {
        if (address->empty()) continue;
        if (auto read = oauth::read_endpoint_option(option, *address); !read)
            return tl::unexpected(read.error());
    }
    return {};
}

/// Addresses and scope that are the provider's own.
Result<void> complete_from_provider(const oauth::Provider& provider, oauth::CachedLogin& login) {
    const auto own = oauth::endpoints_of(provider, login.tenant);
    if (!own) return tl::unexpected(own.error());
    if (login.is_app && provider.app_scope.empty())
        return tl::unexpected(wrong("--app", std::string(provider.title) +
                                                 " gives tokens for SMTP to persons only: leave --app out"));
    if (login.scope.empty()) login.scope = login.is_app ? provider.app_scope : provider.user_scope;
    if (login.token_address.empty()) login.token_address = own->token;
    if (login.token_address == own->token) fill_in(login.device_address, own->device);
    return {};
}

} // namespace

void add_service_options(CLI::App& app, ServiceOptions& options) {
    constexpr const char* group = "Token service";
    const auto text = [&](const char* names, std::string& value, const char* help, const char* shown) {
        app.add_option(names, value, help)->option_text(shown)->group(group);
    };
    text("--provider", options.provider, "microsoft (usual), gcc-high, dod, china, google", "NAME");
    text("--tenant", options.login.tenant, "GUID or domain of the organisation (default: any)", "TENANT");
    text("--client-id", options.login.client_id, "Application (client) ID of the registered application",
         "ID");
    text("--scope", options.login.scope, "What to ask for, when it is not the usual", "SCOPE");
    text("--token-endpoint", options.login.token_address, "Address of another token service", "URL");
    text("--device-endpoint", options.login.device_address, "Its address for device codes", "URL");
    text("--ca-file", options.login.ca_file, "Authorities to trust for these addresses, PEM", "FILE");
    app.add_flag("--app", options.login.is_app,
                 "As an application of its own, without a person (client credentials)")
        ->group("Application without a person");
    constexpr const char* proof = "Application without a person";
    app.add_option("--client-secret-file", options.login.secret_file, "File whose first line is its secret")
        ->option_text("FILE")
        ->group(proof);
    app.add_option("--client-secret-command", options.login.secret_command, "Command that prints its secret")
        ->option_text("COMMAND")
        ->group(proof);
    app.add_option("--cert", options.login.certificate_file, "Its certificate instead of a secret, PEM")
        ->option_text("FILE")
        ->group(proof);
    app.add_option("--key", options.login.key_file, "Key of the certificate, PEM (default: in the same file)")
        ->option_text("FILE")
        ->group(proof);
}

void complete_from(const oauth::CachedLogin& kept, ServiceOptions& options) {
    oauth::CachedLogin& login = options.login;
    if (names_other_service(options, kept)) return;
    fill_in(options.provider, kept.provider);
    fill_in(login.ca_file, kept.ca_file);
    complete_addresses(kept, login);
    if (login.client_id.empty()) {
        login.client_id = kept.client_id;
        login.is_app = login.is_app || kept.is_app;
        complete_proof(kept, login);
    }
    if (login.is_app == kept.is_app) fill_in(login.scope, kept.scope);
}

Result<oauth::Endpoints> settle_service(ServiceOptions& options) {
    oauth::CachedLogin& login = options.login;
    const auto named =
        named_provider(options.provider.empty() ? std::string(usual_provider) : options.provider);
    if (!named) return tl::unexpected(named.error());
    if (auto checked = check_addresses(login); !checked) return tl::unexpected(checked.error());
    const oauth::Provider* provider = *named;
    if (options.provider.empty() && !login.token_address.empty())
        provider = oauth::provider_of_endpoint(provider, login.token_address);
    login.provider = provider == nullptr ? "" : provider->name;
    if (provider != nullptr)
        if (auto completed = complete_from_provider(*provider, login); !completed)
            return tl::unexpected(completed.error());
    if (login.device_address.empty())
        login.device_address = oauth::device_address_beside(login.token_address);
    if (login.device_address.empty() && !login.is_app)
        return tl::unexpected(
            wrong("--device-endpoint",
                  "missing: the address at which this service gives codes for persons; it does "
                  "not follow from --token-endpoint " +
                      login.token_address));
    return oauth::Endpoints{login.device_address, login.token_address};
}

Result<void> check_application(const oauth::CachedLogin& login) {
    if (login.client_id.empty())
        return tl::unexpected(wrong(
            "--client-id",
            "missing: tokens are given to registered applications. Microsoft Entra admin center > App registrations > "
            "New registration; there Authentication > Allow public client flows: Yes, and API permissions > "
            "Office 365 Exchange Online > SMTP.Send. Then give its Application (client) ID, here or as "
            "client-id in a profile"));
    const bool has_certificate = !login.certificate_file.empty();
    const bool has_secret = !login.secret_file.empty() || !login.secret_command.empty();
    if (has_certificate && has_secret)
        return tl::unexpected(wrong("--cert", "a certificate or a secret, please, not both"));
    if (login.is_app && login.tenant.empty() && login.provider != "google" &&
        login.token_address.find("/organizations/") != std::string::npos)
        return tl::unexpected(
            wrong("--tenant", "missing: an application asks in its own tenant; give its GUID or domain"));
    return {};
}

oauth::CachedLogin with_absolute_names(oauth::CachedLogin login, const Files& files) {
    for (std::string* name : {&login.ca_file, &login.secret_file, &login.certificate_file, &login.key_file})
        if (!name->empty()) *name = files.absolute(*name);
    return login;
}

} // namespace relaytool::cli
