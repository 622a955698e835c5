#pragma once

#include "domain/text_records.hpp"

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace relaytool::domain {

/// What keeps a key record from being used (RFC 6376 section 3.6.1).
enum class KeyFault {
    none,
    no_key,       ///< no p= tag
    revoked,      ///< p= is empty
    bad_version,  ///< v= is not DKIM1, or not in front
    unknown_type, ///< k= is neither rsa nor ed25519
    bad_base64,   ///< p= is cut off, or holds other signs than base64
    bad_key,      ///< p= is base64, but no public key of its type
    not_for_mail, ///< s= leaves e-mail out
};
std::string_view to_string(KeyFault fault);

/// A DKIM key record.
struct DkimKey {
    std::string text;
    KeyFault fault = KeyFault::none;
    std::string type = "rsa"; ///< k=, in lower case
    unsigned bits = 0;        ///< of an RSA modulus; 256 for ed25519
    std::string octets;       ///< p=, decoded
    bool has_version = false;
    bool testing = false;         ///< t=y
    bool strict = false;          ///< t=s: the i= domain must be d= itself
    bool sha1_only = false;       ///< h= without sha256 (RFC 8301 section 3.1)
    bool has_white_space = false; ///< inside p=: allowed, but DNS panels and old verifiers break on it
};

DkimKey read_dkim_key(std::string_view text);

/// Those of the texts that look like keys, the first 10: other records turn up below wildcards.
std::vector<DkimKey> read_dkim_keys(const TextRecords& records);

/// Where a selector's CNAME leads.
enum class DkimTarget {
    none,          ///< it is no CNAME
    other,         ///< another service's name
    microsoft_old, ///< selector1-contoso-com._domainkey.contoso.onmicrosoft.com
    microsoft_new, ///< selector1-contoso-com._domainkey.contoso.x-v1.dkim.mail.microsoft
};

/// Why a selector was asked about.
enum class SelectorOrigin {
    wanted, ///< the user named it
    probed, ///< a name that mail services use
    /// A wildcard, `*._domainkey`: every selector has this record.
    wildcard,
};

struct DkimSelector {
    std::string selector;
    SelectorOrigin origin = SelectorOrigin::probed;
    TextRecords records;
    std::vector<DkimKey> keys; ///< of the texts that look like keys
    DkimTarget target = DkimTarget::none;
    /// For a Microsoft target: it begins with another selector or domain than this one.
    bool wrong_target = false;

    bool is_found() const { return !keys.empty() || !records.aliases.empty() || !records.texts.empty(); }
    /// A CNAME whose target does not exist, or holds no key.
    bool is_dangling() const { return !records.aliases.empty() && keys.empty() && !records.failed(); }
    /// A single key that verifiers can use.
    bool is_usable() const { return keys.size() == 1 && keys.front().fault == KeyFault::none; }
};

/// Selectors that are tried without being named: Microsoft, Google, and names in wide use.
std::span<const std::string_view> known_selectors();

DkimTarget target_of(const dns::Name& name);

/// `selectors` are those the user named. Probed ones appear only when there is something, or when their
/// look-up failed: those of Microsoft and Google, and of the others the first.
void prefetch_dkim(dns::Cache& cache, const dns::Name& domain, std::span<const std::string> selectors);
/// `mx_label` is what the domain's Microsoft MX begins with, if it has one: targets may hold the same.
std::vector<DkimSelector> look_at_dkim(dns::Cache& cache, const dns::Name& domain,
                                       std::span<const std::string> selectors,
                                       std::string_view mx_label = {});

/// The CNAME target for the other Microsoft selector, from that of `known`: selector1-… becomes selector2-…
std::string sibling_target(const DkimSelector& known, std::string_view selector);

} // namespace relaytool::domain
