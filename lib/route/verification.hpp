#pragma once

#include "dkim/verify.hpp"
#include "dns/cache.hpp"
#include "domain/dmarc_walk.hpp"
#include "route/headers.hpp"
#include "spf/evaluate.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace relaytool::route {

/// What was found out anew, from the DNS as it is now.
struct Verification {
    /// SPF for the hop that handed the mail to the recipient's side; absent when its address is not known.
    std::optional<spf::Check> spf;
    std::vector<dkim::Verification> dkim; ///< from the top of the header down
    /// The DMARC policy of From's domain; absent when there is no such domain.
    std::optional<domain::Dmarc> dmarc;
    /// Whether SPF or DKIM passed for a domain that is aligned with From (RFC 9989 section 4.4). Absent
    /// without a policy, and where a look-up failed that it depends on.
    std::optional<bool> dmarc_pass;
    bool spf_aligned = false;
    std::vector<bool> dkim_aligned; ///< one for each of `dkim`
};

/// Who handed the mail over, and as whom: what SPF is about.
struct HandOver {
    ip::Address ip;
    std::string mail_from; ///< "" for the null sender
    std::string helo;
};

/// From the line of the border, or, where no border was found, from what the recipient's side wrote about
/// SPF.
std::optional<HandOver> hand_over(const Headers& headers);

/// Asks the DNS. `text` is the message that `headers` come from; `now` is in seconds since 1970-01-01 UTC.
Verification verify(const Headers& headers, std::string_view text, dns::Cache& cache,
                    const dkim::Crypto& crypto, std::int64_t now);

} // namespace relaytool::route
