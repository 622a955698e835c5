#pragma once

#include "domain/dmarc.hpp"
#include "domain/text_records.hpp"

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

namespace relaytool::domain {

/// What stands at one step of the walk up the tree.
struct DmarcLevel {
    dns::Name domain;
    TextRecords records;               ///< at _dmarc.<domain>
    std::vector<DmarcRecord> dmarc;    ///< of the texts that begin with v=DMARC1
    std::vector<DmarcRecord> mistaken; ///< meant as DMARC records, but receivers do not take them for one

    /// The record that counts: the only one, and sound. Two records are none (RFC 9989 section 4.10).
    const DmarcRecord* usable() const;
};

/// Whether the owner of a report address takes reports about this domain (RFC 9990 section 4).
enum class Authorisation {
    own,     ///< the address is in the same organisation: nothing to ask
    given,   ///< <domain>._report._dmarc.<host> says v=DMARC1
    missing, ///< it does not: receivers send nothing there
    unknown, ///< the look-up failed
};
std::string_view to_string(Authorisation authorisation);

struct ReportDestination {
    std::string tag; ///< "rua" or "ruf"
    ReportAddress address;
    Authorisation authorisation = Authorisation::own;
    dns::Name record; ///< where the permission stands, or should
};

/// The DMARC policy that holds for a domain, found by the walk up the tree of RFC 9989 section 4.10.
struct Dmarc {
    std::vector<DmarcLevel> levels;    ///< the domain itself first, then upwards; at most 8
    dns::Name organisation;            ///< organisational domain, RFC 9989 section 4.10.2
    std::optional<std::size_t> source; ///< the level whose record holds, if there is one
    std::optional<Policy> policy;      ///< what it asks for this domain
    std::vector<ReportDestination> destinations;
    /// At _dmarc.example.com.example.com, where a panel puts it that appends the domain by itself.
    TextRecords doubled;

    const DmarcLevel& own() const { return levels.front(); }
    const DmarcRecord* record() const;
    bool is_inherited() const { return source && *source > 0; }
    /// A look-up failed on which the answer depends.
    bool failed() const;
};

/// Where the walk asks: the domain, then upwards; from more than seven labels straight to seven.
std::vector<dns::Name> walk_of(const dns::Name& domain);

void prefetch_dmarc(dns::Cache& cache, const dns::Name& domain);
Dmarc look_at_dmarc(dns::Cache& cache, const dns::Name& domain, Existence existence);

} // namespace relaytool::domain
