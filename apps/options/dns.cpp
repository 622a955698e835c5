#include "options/dns.hpp"

namespace relaytool::cli {

void add_dns_options(CLI::App& app, DnsOptions& options) {
    app.add_option("--nameserver", options.servers.addresses, "DNS server to ask")
        ->option_text("HOST[:PORT]");
}

Result<std::unique_ptr<dns::Resolver>> open_dns(const DnsOptions& options, Context& context) {
    return context.network_dns(options.servers);
}

} // namespace relaytool::cli
