#pragma once

#include "base/ip.hpp"
#include "base/result.hpp"

#include <string>
#include <utility>
#include <vector>

namespace relaytool {

/// What a web server answered.
struct HttpAnswer {
    int status = 0;           ///< 200, 404, …
    std::string content_type; ///< as the server says it, parameters included; may be empty
    std::string body;         ///< its beginning: 64 KiB of what get() fetches, 256 KiB of what post() does
    bool is_cut = false;      ///< there was more
    std::string redirect;     ///< where it sends us instead; empty: nowhere
};

/// Names and values, not yet encoded.
using HttpForm = std::vector<std::pair<std::string, std::string>>;

/// The web, as far as policies and tokens are fetched from it; implemented by the edge, and by plain fakes in
/// the tests.
class Web {
public:
    virtual ~Web() = default;

    /// Fetches one https address from the server at one of `addresses`: certificate verified, no redirects
    /// followed (RFC 8461 section 3.3), 10 seconds at most. When there is no answer the Error's `what` is the
    /// address; when this program cannot fetch at all, it is what it lacks. `why` says what broke.
    virtual Result<HttpAnswer> get(const std::string& url, const std::vector<ip::Address>& addresses) = 0;

    /// Sends a form (application/x-www-form-urlencoded) to an https address, or to an http one on loopback:
    /// certificate verified, no redirects followed, 30 seconds at most. Every status is an answer. The form
    /// may hold secrets: it is in no error. `ca_file`: authorities to trust, PEM; empty: the system's.
    virtual Result<HttpAnswer> post(const std::string& url, const HttpForm& form,
                                    const std::string& ca_file) = 0;
};

} // namespace relaytool
