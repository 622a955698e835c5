#pragma once

#include "diagnosis/rule.hpp"

#include <string_view>

namespace relaytool::diagnosis {

/// The operator behind a host name; `any` when it is none of those that matter here.
HostFamily family_of_host(std::string_view host);

/// The operator whose unmistakable wording is in a reply (`gsmtp`, `STOREDRV`, `AS(201806281)`, …).
HostFamily family_of_text(std::string_view text);

} // namespace relaytool::diagnosis
