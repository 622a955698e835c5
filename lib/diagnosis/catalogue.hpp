#pragma once

#include "diagnosis/rule.hpp"

#include <array>
#include <span>
#include <string_view>

namespace relaytool::diagnosis {

/// One subject's rows, with the heading it has in docs/catalogue.md.
struct Chapter {
    std::string_view title;
    std::span<const Rule> rows;
};

/// Every row there is, by subject. Order inside a chapter decides only between rows of equal strength.
std::span<const Chapter> catalogue();

/// The row with that id, or null.
const Rule* find_rule(std::string_view id);

// One function per rows file; catalogue.cpp lists them.
std::span<const Rule> submission_rows(); ///< logging in and sending through the smart host
std::span<const Rule> entra_rows();      ///< AADSTS codes of the token endpoint and the sign-in log
std::span<const Rule> iis_rows();        ///< what IIS SMTP itself says: Pickup, BadMail, relay list
std::span<const Rule> relaying_rows();   ///< relay refused, connectors, direct send, send limits, blocks
std::span<const Rule> reputation_rows(); ///< block lists, spam, viruses, SPF, DKIM, DMARC, PTR, HELO
std::span<const Rule> recipient_rows();  ///< unknown, full, disabled, restricted, moved
std::span<const Rule> transport_rows();  ///< DNS, connections, TLS, expiry, loops
std::span<const Rule> content_rows();    ///< size, syntax, malformed mail, protocol errors, policy
std::span<const Rule> status_rows();     ///< RFC 3463 status codes and RFC 5321 reply codes by themselves
std::span<const Rule> spf_rows();        ///< what a check of an SPF record finds
std::span<const Rule> domain_rows();  ///< checks of a domain's DNS: MX, DKIM, DMARC, TLS, Microsoft's names
std::span<const Rule> sending_rows(); ///< what `send` finds where no server said it
std::span<const Rule> login_rows();   ///< what `login` finds about tokens and their service
std::span<const Rule> probing_rows(); ///< what `probe` finds on the way to a server
std::span<const Rule> headers_rows(); ///< what `headers` finds in a header
std::span<const Rule> event_rows();   ///< delays, successes, auto-replies, complaints, ordinary mail

} // namespace relaytool::diagnosis
