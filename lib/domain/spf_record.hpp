#pragma once

#include "domain/text_records.hpp"
#include "spf/lint.hpp"
#include "spf/tree.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace relaytool::domain {

/// The SPF record of a domain as text, and what the spf module finds in it.
struct SpfRecord {
    TextRecords records;
    std::vector<std::string> texts; ///< those that begin with "v=spf1" (RFC 7208 section 4.5)

    spf::Tree tree;                 ///< never without its root
    std::vector<spf::Issue> issues; ///< all that is wrong with it

    const std::string* only() const { return texts.size() == 1 ? &texts.front() : nullptr; }
    /// Whether it says that the domain sends no mail: v=spf1 -all.
    bool sends_nothing() const;
    /// Whether some record names senders: a mechanism other than `all` that does not fail, or a redirect.
    bool names_senders() const;
    /// Whether the record itself includes that provider, or is redirected to it.
    bool includes(const spf::Provider& provider) const;
};

void prefetch_spf(dns::Cache& cache, const dns::Name& domain);

/// Fetches the record with its tree and goes over it.
SpfRecord look_at_spf(dns::Cache& cache, const dns::Name& domain);

} // namespace relaytool::domain
