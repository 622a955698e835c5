#pragma once

#include "context.hpp"
#include "options/message.hpp"
#include "options/output.hpp"
#include "smtp/client.hpp"

#include <CLI/App.hpp>

#include <cstddef>
#include <cstdint>
#include <string>

namespace relaytool::cli {

/// The options of a load test.
struct LoadOptions {
    std::uint64_t count = 1;
    std::size_t parallel = 1;
    double rate = 0;      ///< messages a minute; 0: as fast as it goes
    std::size_t size = 0; ///< octets to fill the message up to
    bool is_own_server = false;

    bool is_load() const { return count > 1; }
};

void add_load_options(CLI::App& app, LoadOptions& options);

/// What to send many times, and where.
struct LoadTask {
    const smtp::Target& target;
    const smtp::Login& credentials;
    const Composed& composed;
};

/// Sends the message many times, and reports what that was like.
Exit run_load(const LoadOptions& options, const OutputOptions& output, const LoadTask& task,
              Context& context);

} // namespace relaytool::cli
