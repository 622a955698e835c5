#pragma once

#include "context.hpp"
#include "options/dns.hpp"
#include "options/output.hpp"
#include "probe/plan.hpp"

#include <cstdint>
#include <string>

namespace relaytool::cli {

/// What `--all-paths` compares: the walk to the smart host, and one to the domain's MX.
struct PathsOptions {
    std::string domain;
    std::uint16_t mx_port = 25;
    DnsOptions dns;
    OutputOptions output;
};

/// Walks both roads at the same time and prints the comparison. `plan` is the one to the smart host.
Exit run_paths(const PathsOptions& options, const probe::Plan& plan, Context& context);

} // namespace relaytool::cli
