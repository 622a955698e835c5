#include "options/dns.hpp"

#include "dns/endpoint.hpp"
#include "dns/layered.hpp"
#include "dns/zone.hpp"
#include "options/server.hpp"

#include <CLI/Error.hpp>
#include <fmt/format.h>

#include <utility>

namespace relaytool::cli {
namespace {

void add_server(DnsOptions& options, const std::string& text) {
    if (const auto endpoint = dns::read_endpoint(text); !endpoint)
        throw CLI::ValidationError("--nameserver", fmt::format("{}: {}", text, endpoint.error().why));
    options.servers.addresses.push_back(text);
}

void set_timeout(DnsOptions& options, const std::string& text) {
    const auto span = read_span(text);
    if (!span || *span < std::chrono::milliseconds(100) || *span > std::chrono::seconds(60))
        throw CLI::ValidationError("--dns-timeout", text + " is not a time from 0.1s to 60s");
    options.servers.timeout = *span;
}

} // namespace

Result<dns::ZoneResolver> read_zones(const std::vector<std::string>& names, const Files& files) {
    dns::ZoneResolver resolver;
    for (const std::string& name : names) {
        Result<dns::Zone> zone = tl::unexpected(Error{name, "the file is empty"});
        const auto read = files.read(name, [&](std::string_view text) { zone = dns::read_zone(text, name); });
        if (!read) return tl::unexpected(read.error());
        if (!zone) return tl::unexpected(zone.error());
        resolver.add(*zone);
    }
    return resolver;
}

void add_dns_options(CLI::App& app, DnsOptions& options) {
    app.add_option_function<std::vector<std::string>>(
           "--nameserver",
           [&options](const std::vector<std::string>& texts) {
               for (const std::string& text : texts)
                   add_server(options, text);
           },
           "DNS server to ask instead of the system's; several are asked in turn")
        ->option_text("HOST[:PORT]")
        ->allow_extra_args(false)
        ->take_all();
    app.add_option_function<std::string>(
           "--dns-timeout", [&options](const std::string& text) { set_timeout(options, text); },
           "Longest wait for one DNS answer (default 5s)")
        ->option_text("TIME");
    app.add_option("--zone", options.zones,
                   "Zone file to ask instead of the network; with --nameserver, before it")
        ->option_text("FILE")
        ->allow_extra_args(false)
        ->take_all();
}

Result<std::unique_ptr<dns::Resolver>> open_dns(const DnsOptions& options, Context& context) {
    if (options.zones.empty()) return context.network_dns(options.servers);
    auto zones = read_zones(options.zones, context.files);
    if (!zones) return tl::unexpected(zones.error());
    if (options.servers.addresses.empty()) return std::make_unique<dns::ZoneResolver>(*std::move(zones));
    auto network = context.network_dns(options.servers);
    if (!network) return network;
    return std::make_unique<dns::Layered>(*std::move(zones), *std::move(network));
}

} // namespace relaytool::cli
