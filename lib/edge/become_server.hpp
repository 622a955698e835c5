#pragma once

#include "base/result.hpp"

namespace relaytool::edge {

/// Replaces this process by the program that has servers in it, with the same arguments. It lies beside this
/// program, or in ../libexec/relaytool. Returns only when that failed.
Error become_server(char** argv);

} // namespace relaytool::edge
