#pragma once

#include "domain/text_records.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace relaytool::domain {

/// What is wrong with the record at _smtp._tls (RFC 8460 section 3).
enum class TlsRptFault { none, several, no_rua, bad_rua };

struct TlsRpt {
    TextRecords records;
    std::vector<std::string> texts; ///< those that begin with v=TLSRPTv1
    std::vector<std::string> rua;   ///< mailto: and https: addresses
    TlsRptFault fault = TlsRptFault::none;
};

/// Reads one record: its addresses and what is wrong with it.
TlsRpt read_tls_rpt(std::string_view text);

void prefetch_tls_rpt(dns::Cache& cache, const dns::Name& domain);
TlsRpt look_at_tls_rpt(dns::Cache& cache, const dns::Name& domain);

/// What is wrong with the record at default._bimi (draft-brand-indicators-for-message-identification).
enum class BimiFault { none, several, no_logo, not_https, not_svg };

struct Bimi {
    TextRecords records;
    std::vector<std::string> texts; ///< those that begin with v=BIMI1
    std::string logo;               ///< l=
    std::string evidence;           ///< a=: address of the certificate
    bool declined = false;          ///< l= and a= are empty: no logo is wanted
    BimiFault fault = BimiFault::none;
};

Bimi read_bimi(std::string_view text);

void prefetch_bimi(dns::Cache& cache, const dns::Name& domain);
Bimi look_at_bimi(dns::Cache& cache, const dns::Name& domain);

} // namespace relaytool::domain
