#pragma once

#include "context.hpp"

#include <CLI/App.hpp>

#include <string>

namespace relaytool::cli {

/// Sets the options of `app` that the command line left alone to what the profile says: a table of that name
/// in the user's `config.toml`, whose keys are long options, or one of the built-in ones. The Error names the
/// file and the key.
Result<void> apply_profile(CLI::App& app, const std::string& name, Context& context);

/// Whether there is a profile of that name, built in or in the user's `config.toml`.
bool is_profile(const std::string& name, Context& context);

} // namespace relaytool::cli
