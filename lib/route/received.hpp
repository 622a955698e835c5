#pragma once

#include "base/ip.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

/// The way of one message, read from its header: facts, no words.
namespace relaytool::route {

/// Whose form a Received field has; told by its wording, so that a stranger can imitate it.
enum class Software {
    unknown,
    exchange, ///< Exchange and Exchange Online
    iis,      ///< Microsoft SMTPSVC
    postfix,  ///< also Zimbra, and what else is built on it
    exim,
    sendmail,
    qmail, ///< and its descendants
    google,
    yahoo,
    bizsmtp, ///< Telenet's smart hosts
    amazon_ses,
    mdaemon,
    hmailserver,
    mailenable,
    haraka,
    opensmtpd,
    courier,
    halon,
    lmtp_store, ///< Dovecot, Cyrus: the last metre into the mailbox
};
std::string_view to_string(Software software);

/// One Received field (RFC 5321 section 4.4, and what servers really write). Parts that are not there, or
/// cannot be told, are empty. Strangers may have written all of it.
struct Received {
    std::string helo; ///< what the client called itself: the word behind `from`, or the one told by `helo=`
    /// The name that the receiving server found for the client's address, without a dot at its end. Empty
    /// where the server says "unknown".
    std::string host;
    std::optional<ip::Address> ip; ///< the client's address, as the receiving server saw it
    std::string by;                ///< the server that wrote the field
    std::optional<ip::Address> by_ip;
    std::string with;    ///< protocol, as written: "ESMTPSA", "Microsoft SMTP Server", "mapi", "bizsmtp"
    std::string via;     ///< as written: "Frontend Transport", "UUCP"
    std::string tls;     ///< TLS version, in one spelling: "TLSv1.2"; "TLS" when only that is known
    std::string cipher;  ///< as written
    std::string user;    ///< who had logged in, where the server says so
    std::string account; ///< whose program handed it in, when `local`: "www-data", "uid 33"
    std::string id;      ///< the server's name for the message, without angle brackets
    std::string for_;    ///< the recipient, without angle brackets
    std::string sender;  ///< the envelope's sender, where the server says so (`envelope-from`)
    std::string date;    ///< as written
    std::optional<std::int64_t> time; ///< `date` in seconds since 1970-01-01 UTC
    Software software = Software::unknown;
    /// The client had logged in: `with` says so (RFC 3848: the A in ESMTPA), or `user` is there.
    bool authenticated = false;
    /// The mail came over TLS: `with` says so (RFC 3848: the S in ESMTPS), or `tls` is there.
    bool encrypted = false;
    /// Nobody sent it over a network: from a local program (`by x with local`, qmail's `invoked by uid`,
    /// Postfix's `from userid`), or out of a mailbox (`mapi`).
    bool local = false;

    /// The client's name: the one that the server found, else the one that the client gave itself.
    std::string_view client_name() const { return host.empty() ? helo : host; }

    /// Whether anything was understood but the date.
    bool is_understood() const {
        return !by.empty() || !helo.empty() || ip.has_value() || local || software != Software::unknown;
    }
};

/// Reads the value of a Received field, folded or not. Never fails; linear in its length, of which the first
/// `longest_received` octets (and the date at the end) count.
Received read_received(std::string_view value);

inline constexpr std::size_t longest_received = 16 * 1024;

} // namespace relaytool::route
