#pragma once

#include "base/ip.hpp"
#include "spf/policy.hpp"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace relaytool::spf {

inline constexpr unsigned max_lookup_terms = 10;  ///< RFC 7208 section 4.6.4
inline constexpr unsigned max_void_lookups = 2;   ///< RFC 7208 section 4.6.4
inline constexpr std::size_t max_host_names = 10; ///< names of one mx or ptr, RFC 7208 section 4.6.4
/// Waiting for the DNS in one check; behind it the result is temperror (RFC 7208 section 4.6.4: at least 20
/// s).
inline constexpr std::chrono::seconds max_waiting{20};

/// RFC 7208 section 2.6.
enum class Verdict { none, neutral, pass, fail, softfail, temperror, permerror };

/// "none", "neutral", …: the words of the RFC.
std::string_view to_string(Verdict verdict);

/// Which name of the sender is checked (RFC 7208 sections 2.3 and 2.4).
enum class Identity { mail_from, helo };
std::string_view to_string(Identity identity);

/// The arguments of check_host(), RFC 7208 section 4.1.
struct Query {
    ip::Address ip;
    std::string domain;       ///< may be nothing that DNS could hold: then the result is none
    std::string sender_local; ///< in front of the @; "postmaster" where there was none (section 4.3)
    std::string sender_domain;
    std::string helo;
    std::string receiver = "unknown"; ///< %{r}
    std::int64_t now = 0;             ///< %{t}: seconds since 1970-01-01 UTC
    Identity identity = Identity::mail_from;
};

/// Why a check did not end at a mechanism.
enum class Reason {
    matched,          ///< a mechanism matched
    no_match,         ///< none did: neutral by default, RFC 7208 section 4.7
    bad_domain,       ///< the domain is no name with at least two labels: none, section 4.3
    no_domain,        ///< the domain does not exist: none
    no_record,        ///< it has no SPF record: none
    many_records,     ///< it has several: permerror, section 4.5
    syntax,           ///< the record has a mistake: permerror, section 4.6
    too_many_lookups, ///< more than ten terms that need the DNS: permerror, section 4.6.4
    too_many_voids,   ///< more than two look-ups for nothing: permerror, section 4.6.4
    too_many_hosts,   ///< an mx with more than ten hosts: permerror, section 4.6.4
    include_none,     ///< an include or redirect leads to no usable record: permerror, sections 5.2 and 6.1
    dns_failure,      ///< the DNS did not answer: temperror
    out_of_time,      ///< max_waiting is over: temperror
};

/// One term that was looked at, in the order of evaluation.
struct Visit {
    unsigned depth = 0;         ///< 0: the record of the domain itself
    PolicyPtr policy;           ///< whose record
    const Term* term = nullptr; ///< in that record
    bool matched = false;
};

/// What check_host() found.
struct Check {
    Query query;
    Verdict verdict = Verdict::none;
    Reason reason = Reason::no_match;
    std::string record;      ///< of the domain; empty when there is none
    std::string explanation; ///< what the domain says for `fail` (RFC 7208 section 6.2); else empty
    /// The way to the term that decided: includes and redirects, then the term; `shortstraw.be`'s own first.
    std::vector<std::string> path;
    std::string at;       ///< the domain, or host, whose record or look-up decided
    unsigned lookups = 0; ///< terms that counted against the ten
    unsigned void_lookups = 0;
    std::vector<Visit> visits;

    /// The mechanism that decided, or "".
    std::string_view mechanism() const;
};

/// check_host() of RFC 7208 section 4. Look-ups that are going to be needed are started ahead, level by
/// level; the outcome is that of asking one after the other.
Check evaluate(Policies& policies, const Query& query);

} // namespace relaytool::spf
