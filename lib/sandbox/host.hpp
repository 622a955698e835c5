#pragma once

#include "base/result.hpp"
#include "dns/zone.hpp"
#include "sandbox/mailroot.hpp"
#include "sandbox/web.hpp"
#include "smtp/session.hpp"

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace relaytool::sandbox {

/// What is wrong with the certificate that the servers show.
enum class Certificate { good, expired, wrong_name, self_signed };

/// The newest TLS that the servers speak.
enum class TlsMax { newest, tls_1_1 };

/// Where servers listen, and how they protect the connection.
struct Listen {
    std::string address = "127.0.0.1";
    /// Ports; 0: one that is free.
    std::uint16_t smtp = 0;
    std::uint16_t mx = 0;
    std::uint16_t dns = 0; ///< only used when there are zones
    std::uint16_t http = 0;
    Certificate certificate = Certificate::good;
    TlsMax tls_max = TlsMax::newest;
    std::chrono::seconds idle{300}; ///< longest silence of a client
};

/// Where they listen now.
struct Running {
    std::string smtp; ///< "127.0.0.1:2587"
    std::string mx;
    std::string dns;     ///< empty: none
    std::string http;    ///< pages, API and token endpoint
    std::string ca_file; ///< certificate of the authority, PEM
};

/// A connection that ended.
struct Ended {
    smtp::State state;
    std::string server; ///< "smtp", "mx"
};

/// What servers need from the logic. All of it is called by the thread that is in Servers::wait().
struct Parts {
    std::function<std::unique_ptr<smtp::Policy>()> submission;
    std::function<std::unique_ptr<smtp::Policy>()> mx;
    smtp::SessionLimits limits;
    const dns::ZoneResolver* zones = nullptr;
    /// A mail that was there in full, accepted or refused; `server` is "smtp" or "mx".
    std::function<void(smtp::Mail, const std::string& server)> on_mail;
    std::function<void(const Ended&)> on_ended; ///< every connection
    /// What the web server answers. The exception: called by several threads at once.
    std::function<WebReply(const WebRequest&)> web;
    std::function<void()> tick; ///< four times a second; may be empty
};

/// Servers on this machine; implemented by the edge.
class Servers {
public:
    virtual ~Servers() = default;

    /// Opens all ports. `parts` is kept.
    virtual Result<Running> start(const Listen& listen, Parts parts) = 0;
    /// Serves until the user or the system ends the program (SIGINT, SIGTERM).
    virtual void wait() = 0;
    /// Writes a file into a folder, which is made when it is not there.
    virtual Result<void> save(const std::string& folder, const std::string& name,
                              std::string_view octets) = 0;
    /// A mailroot, whose folders are made where they are missing.
    virtual Result<std::unique_ptr<Mailroot>> open_mailroot(const std::string& folder) = 0;
};

} // namespace relaytool::sandbox
