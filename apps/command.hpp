#pragma once

#include "context.hpp"

#include <CLI/App.hpp>

#include <functional>
#include <span>
#include <string_view>

namespace relaytool::cli {

/// Does the command's work with the options it was set up with.
using Run = std::function<Exit(Context&)>;

/// One subcommand. `setup` declares options and opens nothing; what it returns does the work.
struct Command {
    std::string_view name;
    std::string_view summary;
    Run (*setup)(CLI::App& app);
};

/// Declares the commands in `app`, the program's or those of a command; the one that is chosen does the work.
Run setup_nested(CLI::App& app, std::span<const Command> commands);

/// The one table of subcommands.
std::span<const Command> commands();

} // namespace relaytool::cli
