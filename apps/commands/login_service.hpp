#pragma once

#include "context.hpp"
#include "oauth/documents.hpp"
#include "oauth/provider.hpp"

#include <CLI/App.hpp>

#include <string>

namespace relaytool::cli {

/// Which token service `login` asks, and as which application.
struct ServiceOptions {
    oauth::CachedLogin login; ///< its plain values are bound to options directly
    std::string provider;     ///< empty: not said
};

/// Declares them.
void add_service_options(CLI::App& app, ServiceOptions& options);

/// What the options leave open is as in the login that is kept, unless they name another service. A client
/// id names the application anew: the secret of another, and whether it is without a person, are not taken.
void complete_from(const oauth::CachedLogin& kept, ServiceOptions& options);

/// The service, its addresses and the scope go into the login; what is not said is the provider's. The Error
/// names the option.
Result<oauth::Endpoints> settle_service(ServiceOptions& options);

/// Whether the options suffice to ask, and fit each other. The Error names the option.
Result<void> check_application(const oauth::CachedLogin& login);

/// The login with names of files that mean the same in every folder: it is renewed from elsewhere.
oauth::CachedLogin with_absolute_names(oauth::CachedLogin login, const Files& files);

} // namespace relaytool::cli
