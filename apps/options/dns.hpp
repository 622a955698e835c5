#pragma once

#include "context.hpp"
#include "dns/resolver.hpp"
#include "dns/zone.hpp"

#include <CLI/App.hpp>

#include <memory>
#include <string>
#include <vector>

namespace relaytool::cli {

/// The options of every command that asks the DNS.
struct DnsOptions {
    dns::Servers servers;
    std::vector<std::string> zones; ///< zone files
};

/// Declares --nameserver, --dns-timeout and --zone.
void add_dns_options(CLI::App& app, DnsOptions& options);

/// The zone files in memory.
Result<dns::ZoneResolver> read_zones(const std::vector<std::string>& names, const Files& files);

/// What the options mean: the zone files alone (no network), the network alone, or, when both --zone and
/// --nameserver are given, the network behind the zone files.
Result<std::unique_ptr<dns::Resolver>> open_dns(const DnsOptions& options, Context& context);

} // namespace relaytool::cli
