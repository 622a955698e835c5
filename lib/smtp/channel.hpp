#pragma once

#include "base/result.hpp"

#include <chrono>
#include <string>
#include <string_view>

namespace relaytool::smtp {

/// How a connection failed. What a server answers is never one of these.
enum class Break {
    host_unknown,          ///< the name has no address
    dns_failed,            ///< no name server could tell
    refused,               ///< nobody listens at the port
    unreachable,           ///< no route
    timed_out,             ///< silence
    closed,                ///< the other side ended the connection
    reset,                 ///< the connection broke off
    proxy,                 ///< the proxy did not let through
    tls_not_offered,       ///< STARTTLS is not among the capabilities
    tls_handshake,         ///< no common version or cipher, or not TLS at all
    certificate_expired,   ///< or not valid yet
    certificate_name,      ///< made for another name
    certificate_untrusted, ///< self-signed, or by an authority that is not known here
    not_smtp,              ///< what came is no SMTP reply, or has no end
    local,                 ///< this program lacks what it needs: a library, a file
};

/// Whether it is the server's certificate that was not accepted.
constexpr bool is_about_certificate(Break kind) {
    return kind == Break::certificate_expired || kind == Break::certificate_name ||
           kind == Break::certificate_untrusted;
}

/// A connection that no longer serves, or never did.
struct Broken {
    Break kind = Break::closed;
    std::string detail; ///< the system's or the library's words
};

template <class T>
using Spoken = tl::expected<T, Broken>;

/// Octets to and from a server; implemented by the edge, and by plain fakes in the tests. A broken channel
/// stays broken.
class Channel {
public:
    virtual ~Channel() = default;

    /// Sends everything, waiting at most `limit` for room.
    virtual Spoken<void> send(std::string_view octets, std::chrono::milliseconds limit) = 0;

    /// Appends what has arrived, at least one octet, waiting at most `limit` for it.
    virtual Spoken<void> receive(std::string& octets, std::chrono::milliseconds limit) = 0;
};

} // namespace relaytool::smtp
