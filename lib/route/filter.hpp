#pragma once

#include "base/ip.hpp"
#include "mail/fields.hpp"

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace relaytool::route {

/// `SFV:SPM`: one entry of Microsoft's fields of the form `KEY:value;KEY:value`.
struct Entry {
    std::string key;   ///< as written
    std::string value; ///< without white space around it
};

/// Such a field: X-Forefront-Antispam-Report, X-Microsoft-Antispam, X-Microsoft-Antispam-Mailbox-Delivery.
struct Entries {
    std::vector<Entry> list; ///< in their order

    bool empty() const { return list.empty(); }
    /// The value behind `key`, case ignored; "" when it is not there.
    std::string_view value(std::string_view key) const;
    /// The same as a number.
    std::optional<int> number(std::string_view key) const;
};

inline constexpr std::size_t max_entries = 200;

/// Reads the field's value, folded or not: `(null)` is dropped, a value may hold colons (IPv6). Never fails.
Entries read_entries(std::string_view value);

/// Whose filter spoke.
enum class FilterProduct { spamassassin, rspamd, google, barracuda, proofpoint, mailscanner, yahoo };
std::string_view to_string(FilterProduct product);

/// What a filter other than Microsoft's hosted one wrote into the header.
struct FilterMark {
    FilterProduct product = FilterProduct::spamassassin;
    std::string field;              ///< the name of the field
    std::optional<bool> spam;       ///< what it decided, where it says so
    std::optional<double> score;    ///< higher is worse
    std::optional<double> required; ///< from this score on it is spam
    std::string detail;             ///< rules that hit, or the action taken; as written
};

/// All that filters left in a header.
struct Filter {
    Entries forefront;           ///< X-Forefront-Antispam-Report
    Entries forefront_untrusted; ///< X-Forefront-Antispam-Report-Untrusted: of an earlier evaluation
    Entries antispam;            ///< X-Microsoft-Antispam
    Entries delivery;            ///< X-Microsoft-Antispam-Mailbox-Delivery
    std::optional<int> scl; ///< spam confidence: -1 trusted … 9; from X-MS-Exchange-Organization-SCL or SCL:
    std::optional<int> pcl; ///< phishing confidence
    std::optional<int> bcl; ///< bulk complaint level 0 … 9
    std::vector<FilterMark> marks;

    /// The reverse name that Exchange Online found for `address`, if that handed the mail over (CIP: and
    /// PTR:); "" else.
    std::string_view reverse_name(const std::optional<ip::Address>& address) const;

    bool has_microsoft() const { return !forefront.empty() || !antispam.empty() || !delivery.empty() || scl; }
    bool empty() const { return !has_microsoft() && marks.empty(); }
};

Filter read_filter(const mail::Fields& fields);

} // namespace relaytool::route
