#pragma once

#include "route/headers.hpp"

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace relaytool::diagnosis {

/// How a message began its way.
enum class OriginKind {
    smtp_auth,      ///< a program logged in at Microsoft 365 and handed it over (client submission)
    direct_send,    ///< handed to the own domain's MX at Microsoft 365 without a login
    connector,      ///< handed to Microsoft 365, which knew the server by an inbound connector
    iis_relay,      ///< through an IIS SMTP server, and from there to Microsoft 365
    isp,            ///< through an internet provider's mail server, not through Microsoft 365
    other_provider, ///< through another company's mail server, or straight from a server of its own
    mailbox,        ///< out of a mailbox at Microsoft 365: Outlook, the web, a program over Graph
    internal,       ///< it never left the organisation
    unknown,
};
/// "smtp-auth", "direct-send", "connector", "iis-relay", "isp", "other-provider", "mailbox", "internal",
/// "unknown".
std::string_view to_string(OriginKind kind);

/// A line of the header that shows it.
struct OriginEvidence {
    std::string field;              ///< "Received", "X-OriginatorOrg"
    std::optional<std::size_t> hop; ///< which hop of the route, from 0, the oldest first
    std::string text;               ///< the field's value, on one line, verbatim
    std::string says;               ///< what it shows, in plain words
};

struct Origin {
    OriginKind kind = OriginKind::unknown;
    /// Of iis_relay: how the IIS server handed it over.
    OriginKind through = OriginKind::unknown;
    bool has_iis = false;                    ///< an IIS SMTP server had it, whatever came behind
    const route::Carrier* carrier = nullptr; ///< of isp and other_provider, where it is known
    std::string host;                        ///< the first server on the way that is not the sender's own
    std::optional<ip::Address> sender;       ///< the address from which that server took it
    std::optional<std::size_t> hop;          ///< at which that was decided
    bool is_claimed = false;                 ///< a stranger could have made up the line that decided
    std::vector<OriginEvidence> evidence;
};

/// Goes along the route from the sender on; the first server that is not the sender's own decides.
Origin find_origin(const route::Headers& headers);

} // namespace relaytool::diagnosis
