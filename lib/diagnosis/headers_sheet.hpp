#pragma once

#include "diagnosis/check.hpp"
#include "diagnosis/headers_verdict.hpp"

#include <optional>
#include <string>
#include <string_view>

/// Shared by the parts of judge_headers (diagnosis/headers_*.cpp); not for the outside.
namespace relaytool::diagnosis {

/// The verdict, while it is being made.
class HeadersSheet {
public:
    HeadersSheet(route::Headers headers, std::optional<route::Verification> verification);

    const route::Headers& headers() const { return verdict_.headers; }
    const HeadersVerdict& so_far() const { return verdict_; }
    const std::optional<route::HandOver>& hand_over() const { return hand_over_; }

    Origin& origin() { return verdict_.origin; }
    FilterVerdict& filter() { return verdict_.filter; }
    void set_dmarc(std::optional<bool> passes) { verdict_.dmarc = passes; }
    AuthLine& line(AuthLine line);

    /// Adds a finding. {domain}, {from}, {to}, {ip}, {host}, {carrier} and {include} are filled by
    /// themselves.
    void find(std::string_view rule_id, Values values = {}, std::string evidence = {},
              std::optional<Severity> severity = {});

    /// The same, in front of all others of its severity.
    void find_first(std::string_view rule_id, Values values, std::string evidence,
                    std::optional<Severity> severity);

    HeadersVerdict finish();

private:
    HeadersVerdict verdict_;
    std::optional<route::HandOver> hand_over_;
};

// The parts, in their order: later ones look at what earlier ones found.
void judge_proofs(HeadersSheet& sheet);       ///< SPF, DKIM, DMARC, compauth, ARC, as the header has them
void judge_filter(HeadersSheet& sheet);       ///< where the message was put, and by what
void judge_origin(HeadersSheet& sheet);       ///< the way it went
void judge_verification(HeadersSheet& sheet); ///< what the DNS and the signatures say now
void judge_oddities(HeadersSheet& sheet);     ///< the header as such, clocks and queues

} // namespace relaytool::diagnosis
