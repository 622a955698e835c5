#pragma once

#include "base/result.hpp"

#include <string>

namespace relaytool::smtp {

/// What to ask of a server that offers DSN (RFC 3461). Empty parts are not asked for.
struct DsnRequest {
    std::string notify; ///< "NEVER", or of "SUCCESS,FAILURE,DELAY"
    std::string ret;    ///< "FULL", "HDRS"
    std::string envid;  ///< as xtext
};

/// `request` as people write it, made fit for MAIL and RCPT: words in upper case, the envid as xtext (RFC
/// 3461 section 4). The Error names the option.
Result<DsnRequest> read_dsn_request(const DsnRequest& request);

} // namespace relaytool::smtp
