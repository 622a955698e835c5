#pragma once

#include "context.hpp"
#include "dns/cache.hpp"
#include "options/dns.hpp"
#include "spf/policy.hpp"
#include "spf/tree.hpp"

#include <CLI/App.hpp>

#include <memory>
#include <string>

namespace relaytool::cli {

/// What every spf command about one domain has.
struct SpfOptions {
    std::string domain;
    std::string record; ///< --record: counts as the domain's
    DnsOptions dns;
};

/// Declares DOMAIN, --record and the options of the DNS.
void add_spf_options(CLI::App& app, SpfOptions& options);

/// The DNS with its memory, and the records in it.
struct SpfWorld {
    std::unique_ptr<dns::Resolver> resolver;
    std::unique_ptr<dns::Cache> cache;
    std::unique_ptr<spf::Policies> policies;
    dns::Name domain; ///< SpfOptions::domain
};

/// Opens the DNS and reads the domain's name. `--record` counts from then on.
Result<SpfWorld> open_spf(const SpfOptions& options, Context& context);

/// How a command ends that shows what the record allows. What keeps the record from working is said on
/// standard error.
Exit exit_for(const spf::Tree& tree, Context& context);

} // namespace relaytool::cli
