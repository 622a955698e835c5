#pragma once

#include "diagnosis/headers_verdict.hpp"

#include <string>
#include <string_view>
#include <utility>
#include <vector>

/// What `headers` says in words, whatever form it is printed in (report/headers_text.cpp, headers_page*.cpp).
/// Values of strangers stand in it as they came.
namespace relaytool::report {

/// "Sent through Telenet, not through Microsoft 365": without a full stop.
std::string origin_title(const diagnosis::Origin& origin);
/// The same, and what became of it: "...; it went to Junk".
std::string verdict_title(const diagnosis::HeadersVerdict& verdict);
/// The worst that was found: error, warning, or else ok.
diagnosis::Severity worst_severity(const diagnosis::HeadersVerdict& verdict);
/// "wrong", "warning", "ok": a mark that needs no colour.
std::string_view severity_word(diagnosis::Severity severity);

/// "Invoicing <invoicing@shortstraw.be> and 2 more".
std::string mailbox_words(const std::vector<mail::Mailbox>& mailboxes);
/// From, Envelope (where it differs from From), To, Subject, Date, without those that are not there.
std::vector<std::pair<std::string_view, std::string>> message_lines(const route::Headers& headers);

/// "Junk", "the inbox": where it was put.
std::string_view placement_words(diagnosis::Placement placement);
/// "Where the filter put it: Junk, by CAT:SPOOF"; "" when no filter says anything.
std::string filter_title(const diagnosis::FilterVerdict& filter);

/// Who handed it over at this hop, as the server saw it: "albert.telenet-ops.be (195.130.132.51)".
std::string client_words(const route::Received& received);
/// "ESMTPS, TLSv1.2, logged in": how.
std::string protocol_words(const route::Received& received);
/// "+2 s", "clock 1 h slow": the time of a hop, "" for the first.
std::string delay_words(const route::Hop& hop);
/// Whether `delay_words` speaks of a wrong clock.
bool has_wrong_clock(const route::Hop& hop);
/// What it means that a hop is one's own, vouched for or claimed.
std::string_view trust_words(route::Trust trust);
inline constexpr std::string_view border_words = "here the recipient's side took it";

/// "Who vouches for it, says mx1.example.com".
std::string proofs_title(const diagnosis::HeadersVerdict& verdict);
/// Instead of proofs, when there are none.
inline constexpr std::string_view no_proofs_words =
    "Nobody says so in this header. --verify asks the DNS and the signatures.";
/// For which domain: "contoso.com (not From's)".
std::string proof_domain(const diagnosis::AuthLine& line);
/// What it means, and where it comes from when no server said so.
std::string proof_words(const diagnosis::AuthLine& line);

} // namespace relaytool::report
