#pragma once

#include "dns/cache.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace relaytool::domain {

/// The TXT records at one name, and how the look-up ended.
struct TextRecords {
    dns::Name name;
    dns::Status status = dns::Status::no_name;
    std::vector<std::string> texts; ///< strings joined; the first 50
    std::vector<dns::Name> aliases; ///< CNAME records on the way, first to last
    std::string detail;             ///< why it failed

    bool failed() const { return status == dns::Status::failure || status == dns::Status::timeout; }
    /// Those that begin with `version` ("v=DMARC1"), the case of letters and blanks around `=` ignored; a
    /// longer word ("v=DMARC10") is another version.
    std::vector<std::string> of_version(std::string_view version) const;
};

TextRecords look_at_text(dns::Cache& cache, const dns::Name& name);

/// The name with `labels` ("_dmarc", "selector1._domainkey") in front; the root when that is too long for a
/// name.
dns::Name name_below(const dns::Name& domain, std::string_view labels);

/// The name without its dot at the end, in lower case.
std::string lower_text(const dns::Name& name);

} // namespace relaytool::domain
