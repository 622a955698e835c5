#pragma once

#include "dns/name.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace relaytool::domain {

/// What a domain asks receivers to do with mail that fails (RFC 9989 section 4.7), weakest first.
enum class Policy { none, quarantine, reject };
std::string_view to_string(Policy policy);

/// Whether the authenticated domain may differ from that of From (RFC 9989 section 4.4).
enum class Alignment { relaxed, strict };
std::string_view to_string(Alignment alignment);

/// Whether receivers take a text for a DMARC record.
enum class DmarcForm {
    other,             ///< something else
    record,            ///< begins with v=DMARC1
    wrong_case,        ///< v=dmarc1: the value must match precisely
    wrong_separator,   ///< v=DMARC1, p=none: something else than semicolons between the tags
    quoted,            ///< quotation marks are part of the text
    version_not_first, ///< v=DMARC1 stands behind another tag
};

/// Whether the DNS knows a subdomain that inherits its policy.
enum class Existence { exists, does_not_exist };

/// One address of rua= or ruf= (RFC 9989 section 4.6).
struct ReportAddress {
    std::string text; ///< as written
    enum class Form { mailto, other_scheme, no_scheme, bad_address } form = Form::no_scheme;
    std::string address;         ///< of a mailto, without its size limit
    dns::Name host;              ///< behind the @; root when there is none
    bool has_size_limit = false; ///< "!10m": RFC 7489; receivers ignore it today
};

/// A tag whose value is not one of those it may have.
struct BadValue {
    std::string tag;
    std::string value;
};

/// A DMARC record, read as RFC 9989 section 4.7 wants it: unknown tags are ignored, wrong values count as
/// absent.
struct DmarcRecord {
    std::string text;
    DmarcForm form = DmarcForm::other;
    std::optional<Policy> p;
    std::optional<Policy> sp; ///< for subdomains that exist
    std::optional<Policy> np; ///< for those that do not
    Alignment adkim = Alignment::relaxed;
    Alignment aspf = Alignment::relaxed;
    char psd = 'u';       ///< 'y': a public suffix; 'n': an organisation's own domain
    bool testing = false; ///< t=y: the policy is not to be applied yet
    std::vector<ReportAddress> rua;
    std::vector<ReportAddress> ruf;
    bool has_p = false;
    std::optional<unsigned> pct;       ///< RFC 7489; removed in RFC 9989
    std::vector<std::string> historic; ///< tags that RFC 9989 removed: pct, rf, ri
    std::vector<std::string> unknown;  ///< tags that no RFC knows
    std::vector<std::string> doubled;  ///< tags that stand there twice
    std::vector<std::string> broken;   ///< parts without an equals sign
    std::vector<BadValue> bad_values;
    bool p_not_second = false; ///< RFC 7489 wanted it behind v=

    /// Whether at least one address can get reports.
    bool has_rua() const;
    /// A wrong p, sp or np: with a usable rua the record counts as p=none, without one it does not count at
    /// all (RFC 9989 section 4.10.1).
    bool has_bad_policy() const;
    bool counts() const { return form == DmarcForm::record && (!has_bad_policy() || has_rua()); }
    /// p=, as receivers apply it; `none` where it is missing or wrong.
    Policy own_policy() const;
    /// What holds for a subdomain without a record of its own.
    Policy subdomain_policy(Existence existence) const;
};

DmarcRecord read_dmarc(std::string_view text);

/// "reject" → Policy; case does not matter.
std::optional<Policy> policy_from(std::string_view word);

} // namespace relaytool::domain
