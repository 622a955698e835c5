#pragma once

#include "base/ip.hpp"

#include <optional>
#include <string_view>

namespace relaytool::route {

/// Whether a reverse name is that of a customer's line, not of a mail server: it holds the address, or one of
/// the words that providers put there ("dyn", "dsl", "pool", "static").
bool is_access_line(std::string_view host, const std::optional<ip::Address>& address);

} // namespace relaytool::route
