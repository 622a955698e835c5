#pragma once

#include "base/ip.hpp"
#include "sasl/mechanism.hpp"
#include "smtp/channel.hpp"
#include "smtp/transcript.hpp"

#include <array>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace relaytool::smtp {

/// How a connection is protected.
enum class TlsMode {
    starttls,      ///< RFC 3207, or no mail
    implicit,      ///< TLS from the first octet (RFC 8314 section 3)
    opportunistic, ///< STARTTLS where it is offered
    off,
};

enum class TlsVersion { v1_0, v1_1, v1_2, v1_3 };
inline constexpr std::array all_tls_versions{TlsVersion::v1_0, TlsVersion::v1_1, TlsVersion::v1_2,
                                             TlsVersion::v1_3};

/// "1.2".
constexpr std::string_view to_string(TlsVersion version) {
    constexpr std::array<std::string_view, all_tls_versions.size()> names{"1.0", "1.1", "1.2", "1.3"};
    return names[static_cast<std::size_t>(version)];
}

enum class Verification { full, none };
enum class IpFamily { any, v4, v6 };

struct TlsSettings {
    TlsMode mode = TlsMode::starttls;
    Verification verification = Verification::full;
    TlsVersion oldest = TlsVersion::v1_2;
    TlsVersion newest = TlsVersion::v1_3;
    std::string ca_file;          ///< PEM; empty: the system's authorities
    std::string certificate_file; ///< of the client, PEM; empty: none
    std::string key_file;         ///< of that certificate, PEM; empty: in the same file
};

/// How long to wait, phase by phase. RFC 5321 section 4.5.3.2 allows minutes; Office 365 holds a refusal back
/// for five seconds.
struct Patience {
    std::chrono::milliseconds connect{20'000};
    std::chrono::milliseconds command{60'000};
    std::chrono::milliseconds data{120'000}; ///< for room to send more of the message
    std::chrono::milliseconds end{300'000};  ///< for the answer to the end of the message
};

/// How far the edge goes before the dialogue takes over.
enum class Opening {
    socket, ///< TCP (and implicit TLS): the server's greeting is still to be read
    hello, ///< greeting, EHLO and, as far as the settings ask for it, STARTTLS, the second EHLO and EdgeLogin
};

/// A login with a mechanism that the edge's library speaks, and we do not (CRAM-MD5, NTLM).
struct EdgeLogin {
    sasl::Mechanism mechanism = sasl::Mechanism::cram_md5;
    std::string user;
    std::string password;
};

/// Where to connect to, and how.
struct Target {
    std::string host; ///< name or address, without brackets
    std::uint16_t port = 587;
    std::vector<ip::Address>
        addresses; ///< of the host, when they are known already; else the system looks them up
    TlsSettings tls;
    std::string helo; ///< what to call ourselves (RFC 5321 section 4.1.1.1)
    IpFamily family = IpFamily::any;
    std::string source_address; ///< local address or interface; empty: the system's choice
    std::string proxy;          ///< "socks5://host:port", "http://host:port"; empty: none
    Patience patience;
    std::optional<EdgeLogin> login;
};

/// One X.509 certificate (RFC 5280), as far as people ask about it.
struct Certificate {
    std::string subject;            ///< "CN = mail.example.com"
    std::string issuer;             ///< the same form
    std::vector<std::string> names; ///< the DNS names and addresses it is made for (subjectAltName)
    std::int64_t not_before = 0;    ///< seconds since 1970-01-01 UTC; 0 when it could not be read
    std::int64_t not_after = 0;     ///< the same
    std::string key;                ///< "RSA 2048"; "" when it could not be read
};

/// What was agreed on. Empty without TLS.
struct TlsFacts {
    std::string version; ///< "TLSv1.3"
    std::string cipher;
    std::vector<Certificate> chain; ///< as the server sent it, its own first; at most 10
    bool is_verified = false;

    bool is_on() const { return !version.empty(); }
};

struct Connection {
    std::unique_ptr<Channel> channel;
    Opening opening = Opening::socket;
    TlsFacts tls;
    std::string address; ///< of the server
};

/// Makes connections. Everything that is said while doing so goes into the transcript. May be used by several
/// threads at once, each with a transcript of its own.
class Connector {
public:
    virtual ~Connector() = default;

    /// `reach` says how far the edge may go; with TlsMode::starttls and opportunistic, Opening::hello makes
    /// TLS. A reply that ends the attempt is in the transcript; the Broken tells only what became of the
    /// connection.
    virtual Spoken<Connection> connect(const Target& target, Opening reach, Transcript& transcript) = 0;
};

} // namespace relaytool::smtp
