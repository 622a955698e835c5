#pragma once

#include "domain/dane.hpp"
#include "domain/dkim.hpp"
#include "domain/dmarc_walk.hpp"
#include "domain/mta_sts.hpp"
#include "domain/mx.hpp"
#include "domain/office365.hpp"
#include "domain/sending_address.hpp"
#include "domain/spf_record.hpp"
#include "domain/tls_rpt.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace relaytool::domain {

/// Which mail service a domain's records are measured against.
enum class Expect {
    any,         ///< no service in particular
    o365,        ///< mail comes from and goes to Microsoft 365
    o365_direct, ///< Microsoft 365 sends; another server or filter takes the mail first
    google,      ///< Google Workspace
};
std::string_view to_string(Expect expect);
std::optional<Expect> expect_from(std::string_view word);

/// Why it is measured against that.
enum class ExpectSource {
    asked,     ///< the user said so
    mx,        ///< its MX records
    proof,     ///< its MS= record
    spf,       ///< its SPF record includes the service
    null_mx,   ///< it takes no mail
    no_reason, ///< nothing points at a service
};

/// What to look at.
struct Request {
    dns::Name domain;
    std::optional<Expect> expect;
    std::vector<std::string> selectors; ///< DKIM selectors that must be there
    std::vector<ip::Address> addresses; ///< that send
};

/// Everything that the DNS (and the web, for MTA-STS) says about a domain's mail.
struct Facts {
    dns::Name domain;
    Expect expect = Expect::any;
    ExpectSource expect_source = ExpectSource::no_reason;
    Mx mx;
    SpfRecord spf;
    std::vector<DkimSelector> dkim;
    Dmarc dmarc;
    MtaSts mta_sts;
    TlsRpt tls_rpt;
    Bimi bimi;
    Dane dane;
    std::vector<OfficeRecord> office; ///< looked at for Microsoft 365 only
    std::vector<SendingAddress> addresses;

    /// It takes no mail: there is only a null MX.
    bool takes_no_mail() const { return mx.null_mx && mx.hosts.empty(); }
    /// It takes none, and nobody says that it sends any.
    bool is_parked() const {
        return takes_no_mail() && expect == Expect::any && !spf.names_senders() && !spf.records.failed();
    }
    bool sends_by_microsoft() const { return expect == Expect::o365 || expect == Expect::o365_direct; }
    /// It stands below another domain whose organisation it belongs to.
    bool is_subdomain() const { return !dmarc.levels.empty() && !(dmarc.organisation == domain); }
    /// The DNS says that the name does not exist.
    bool is_missing() const { return mx.status == dns::Status::no_name && !mx.domain_exists; }
};

/// Starts all look-ups about a domain, those that follow from others included.
void prefetch(dns::Cache& cache, const Request& request);

/// Looks at everything. With prefetch() first it takes about three round trips.
Facts look_at(dns::Cache& cache, const Request& request, const StsSource& sts);

} // namespace relaytool::domain
