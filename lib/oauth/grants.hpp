#pragma once

#include "base/http.hpp"
#include "base/machine.hpp"
#include "oauth/documents.hpp"
#include "oauth/provider.hpp"

#include <optional>
#include <string>

namespace relaytool::oauth {

/// Why there is no token.
struct Denial {
    std::optional<Refusal> refusal; ///< the service said no
    std::optional<Error> broken;    ///< it could not be asked, or its answer is none
    bool is_interrupted = false;    ///< by the user
    int status = 0; ///< with `broken`: of an answer that is none of RFC 6749; 0: there was none
};

template <class T>
using Granted = tl::expected<T, Denial>;

/// How a client proves who it is; both empty for a public one (RFC 6749 section 2.1).
struct Proof {
    std::string secret;
    std::string assertion; ///< a signed JWT, RFC 7523 section 2.2
};

/// Whom to ask, for what, and as which application.
struct Asking {
    Endpoints endpoints;
    std::string client_id;
    std::string scope;
    std::string ca_file; ///< empty: the system's authorities
};

/// RFC 8628 section 3.1.
Granted<DeviceCode> ask_device_code(Web& web, const Asking& asking);

/// Asks again and again until the person has agreed or declined, or the code is over (RFC 8628 sections 3.4
/// and 3.5). Ends early on Ctrl-C. A network that fails now and then is asked again.
Granted<Token> wait_for_person(Web& web, Machine& machine, const Asking& asking, const DeviceCode& code,
                               const Proof& proof);

/// RFC 6749 section 4.4.
Granted<Token> ask_as_application(Web& web, const Asking& asking, const Proof& proof);

/// RFC 6749 section 6. The token that comes back may hold a new refresh token, which replaces the old one.
Granted<Token> refresh(Web& web, const Asking& asking, const std::string& refresh_token, const Proof& proof);

} // namespace relaytool::oauth
