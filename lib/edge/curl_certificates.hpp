#pragma once

#include "edge/curl_library.hpp"
#include "smtp/connector.hpp"

#include <vector>

namespace relaytool::edge {

/// The certificates that a server sent, its own first; empty without TLS, and where libcurl tells nothing of
/// a chain that it did not accept.
std::vector<smtp::Certificate> read_chain(const CurlLibrary& curl, CURL* easy);

} // namespace relaytool::edge
