#pragma once

#include "dns/cache.hpp"

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace relaytool::domain {

/// The names that Microsoft 365 services look for in a domain.
enum class OfficeName {
    autodiscover,            ///< Outlook finds its server
    enterprise_registration, ///< Windows registers the device
    enterprise_enrollment,   ///< Intune manages the device
    sip,                     ///< Skype for Business: legacy
    lyncdiscover,            ///< Skype for Business: legacy
    sip_tls,                 ///< SRV _sip._tls: legacy
    sip_federation,          ///< SRV _sipfederationtls._tcp: federation with other organisations
    msoid,                   ///< obsolete outside China
};

/// One row of what Microsoft 365 expects.
struct OfficeExpectation {
    OfficeName name = OfficeName::autodiscover;
    std::string_view labels;           ///< in front of the domain: "autodiscover", "_sip._tls"
    dns::Type type = dns::Type::cname; ///< CNAME or SRV
    std::string_view targets[3] = {};  ///< any of them is right; the first is the one to publish
    std::string_view text;             ///< the record's data as to be published
    std::uint16_t port = 0;            ///< of an SRV record
};

std::span<const OfficeExpectation> office_expectations();

/// What is there.
struct OfficeRecord {
    const OfficeExpectation* expected = nullptr;
    dns::Name name;
    dns::Status status = dns::Status::no_name;
    std::string found; ///< target of the CNAME, data of the SRV record, or an address; "" when absent
    bool is_right = false;
    bool failed() const { return status == dns::Status::failure || status == dns::Status::timeout; }
};

void prefetch_office(dns::Cache& cache, const dns::Name& domain);
std::vector<OfficeRecord> look_at_office(dns::Cache& cache, const dns::Name& domain);

} // namespace relaytool::domain
