#pragma once

#include "dkim/signature.hpp"
#include "route/arc.hpp"
#include "route/authres.hpp"
#include "route/exchange.hpp"
#include "route/filter.hpp"
#include "route/oddity.hpp"
#include "route/paste.hpp"
#include "route/route.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace relaytool::route {

/// An Authentication-Results field in its place.
struct AuthField {
    AuthResults results;
    std::size_t field = 0; ///< which field of the header, from 0, counted from the top
    /// Authentication-Results-Original: what an earlier server wrote, kept by Exchange.
    bool is_original = false;
    /// It stands above the line of the border: the recipient's side wrote it. Those below came with the mail.
    bool is_own = false;
};

struct SpfField {
    ReceivedSpf spf;
    std::size_t field = 0;
    bool is_own = false; ///< as of AuthField
};

/// Everything that a header says, read; nothing is judged.
struct Headers {
    Repair repair;                          ///< what had to be mended before it could be read
    std::string subject;                    ///< for people: decoded, in UTF-8
    std::string message_id;                 ///< as written
    std::string date;                       ///< as written
    std::optional<std::int64_t> time;       ///< of `date`: seconds since 1970-01-01 UTC
    std::optional<std::string> return_path; ///< the envelope's sender, "" for <>; absent when it is not known
    People people;
    std::string delivered_to; ///< Delivered-To, X-Original-To, or `for` of the last hop that has it
    Route route;
    std::vector<AuthField> authentication; ///< from the top down
    std::vector<SpfField> received_spf;    ///< from the top down
    std::vector<ArcSet> arc;
    std::vector<dkim::Signature> signatures; ///< from the top down, the first 100
    Filter filter;
    Exchange exchange;
    std::vector<OddField> oddities;
    std::size_t field_count = 0;
    bool has_body = false; ///< something stands behind the header

    /// The domain of From, in lower case, or "".
    std::string from_domain() const;
    /// The recipient's domain, in lower case, or "".
    std::string recipient_domain() const;
};

inline constexpr std::size_t max_header_fields = 200'000; ///< that are kept of one header

/// Reads the header at the start of `text`, a message or a header alone (as from repair_header()).
Headers read_headers(std::string_view text);

} // namespace relaytool::route
