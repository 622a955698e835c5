#pragma once

#include "domain/mx.hpp"

#include <vector>

namespace relaytool::domain {

/// What a mail server's zone promises about its certificate (RFC 7672).
struct DaneHost {
    dns::Name host;
    dns::Status status = dns::Status::no_name; ///< of the look-up of _25._tcp.<host> TLSA
    bool is_signed = false;         ///< the name server vouches for the records, or the zone publishes a key
    std::vector<dns::Tlsa> records; ///< the first 20
    /// Records that mail servers can use: usage 2 or 3 (RFC 7672 section 3.1.3).
    std::size_t usable = 0;
};

struct Dane {
    bool domain_is_signed = false; ///< the domain's own zone: without it nobody trusts its MX
    std::vector<DaneHost> hosts;
    bool has_records() const;
};

void prefetch_dane(dns::Cache& cache, const dns::Name& domain);
Dane look_at_dane(dns::Cache& cache, const dns::Name& domain, const Mx& mx);

} // namespace relaytool::domain
