#pragma once

#include "base/ip.hpp"
#include "dns/record.hpp"
#include "smtp/exchange.hpp"
#include "smtp/outcome.hpp"

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

/// The road to a mail server, walked step by step. Facts only: diagnosis/probe_verdict says what they mean.
namespace relaytool::probe {

/// Where the addresses of the server came from.
enum class AddressSource {
    literal, ///< an address was given instead of a name
    dns,
    system, ///< the DNS was not asked, or knows no such name: the system may (a hosts file, mDNS)
};

struct Resolution {
    AddressSource source = AddressSource::system;
    std::vector<std::string> aliases; ///< the CNAME records followed, first to last
    dns::Status v4 = dns::Status::no_name;
    dns::Status v6 = dns::Status::no_name;
    std::string detail;                 ///< why a look-up failed
    std::vector<ip::Address> addresses; ///< IPv4 and IPv6 in turn, at most most_addresses
    std::size_t total = 0;              ///< of the addresses that there are
    std::chrono::microseconds time{0};

    /// Whether it could not be found out if there are addresses.
    bool failed() const;
};

/// Addresses that are looked at, each over a connection of its own.
inline constexpr std::size_t most_addresses = 8;

/// One attempt to open a connection, and nothing more.
struct Reach {
    ip::Address address; ///< unset when `port` was tried at any address
    std::uint16_t port = 0;
    std::optional<smtp::Broken> broken; ///< absent: somebody answers
    std::chrono::microseconds time{0};
};

/// What became of an attempt with one TLS version and no other.
enum class Offer {
    yes,
    no,
    turned_away, ///< the handshake is made, and the server refuses to go on: Office 365 says 421 4.7.66
    cannot_test, ///< the TLS library of this machine does not speak it any more
    unknown,     ///< it did not come to the handshake
};

struct VersionTrial {
    smtp::TlsVersion version = smtp::TlsVersion::v1_2;
    Offer offer = Offer::unknown;
    smtp::TlsFacts tls;
    smtp::Capabilities offered; ///< those inside TLS
    std::string detail;         ///< why not, in the library's or the server's words
};

/// MAIL FROM for one sender.
struct SenderTrial {
    std::string address;
    smtp::Reply reply;                    ///< code 0: it did not come to it
    std::chrono::microseconds time{0};    ///< until the reply
    std::optional<smtp::Outcome> message; ///< of the test message, where one was sent
};

/// RCPT TO for one recipient, with the first sender that was taken.
struct RecipientTrial {
    std::string address;
    smtp::Reply reply; ///< code 0: it did not come to it
    std::chrono::microseconds time{0};
};

/// How a server behaves towards strangers (--deep). Replies with code 0 did not come.
struct Exposure {
    struct Relayed {
        std::string recipient; ///< as it stood in RCPT TO
        smtp::Reply reply;
    };
    std::vector<Relayed> relayed; ///< recipients elsewhere, from a sender elsewhere, without a login
    smtp::Reply vrfy;             ///< of a mailbox that cannot exist (RFC 5321 section 3.5)
    smtp::Reply expn;             ///< of postmaster
    std::optional<smtp::Reply>
        bare_line_feed; ///< to a command that ends in LF; absent: silence, as it should be
    /// To a message that ends in LF . LF; absent: not tried, or the server went on waiting, as it should.
    std::optional<smtp::Reply> smuggled;
    bool tried_smuggling = false;
    std::optional<smtp::Broken> broken; ///< why some of this is not known
};

/// All that was found out about one server.
struct Facts {
    std::string host;
    std::uint16_t port = 0;
    smtp::TlsMode mode = smtp::TlsMode::starttls;
    std::string login; ///< empty: none was tried
    Resolution resolution;
    std::vector<Reach> addresses;   ///< when there are several: each by itself
    std::vector<Reach> other_ports; ///< tried when nobody answers at the one asked for
    smtp::Outcome outcome;          ///< of the walk up to the login
    std::vector<smtp::Exchange> exchanges;
    std::vector<VersionTrial> versions; ///< oldest first
    /// What is wrong with the certificate, when that did not end the walk; of an unverified connection.
    std::optional<smtp::Broken> certificate_fault;
    std::vector<SenderTrial> senders;
    std::vector<RecipientTrial> recipients;
    std::optional<smtp::Broken> envelope_broken; ///< the connection ended among them
    std::optional<Exposure> exposure;
    std::chrono::microseconds time{0}; ///< all of it

    /// Whether the walk came into TLS, though it may have ended there.
    bool had_tls() const;
    /// The certificates that the server sent, on whichever connection; its own first. May be empty.
    const std::vector<smtp::Certificate>& chain() const;
    /// The capabilities inside TLS, from whichever connection came so far.
    const smtp::Capabilities& inside_tls() const;
};

} // namespace relaytool::probe
