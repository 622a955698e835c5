#pragma once

#include "context.hpp"

namespace relaytool::cli {

/// Reads the command line, runs the command, returns its exit code. Wrong usage is explained on
/// `context.err`.
Exit dispatch(int argc, const char* const* argv, Context& context);

} // namespace relaytool::cli
