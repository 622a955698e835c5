#pragma once

#include "diagnosis/finding.hpp"
#include "domain/facts.hpp"

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace relaytool::diagnosis {

/// How one record does.
enum class RecordVerdict {
    ok,      ///< as it should be
    absent,  ///< not there, and not needed
    info,    ///< works; something is worth knowing
    unknown, ///< could not be found out
    warning, ///< works with risks
    missing, ///< not there, but needed
    wrong,   ///< does harm
};
/// "ok", "absent", "info", "unknown", "warning", "missing", "wrong".
std::string_view to_string(RecordVerdict verdict);

/// One line of the table.
struct CheckedRecord {
    std::string record;   ///< "MX", "DKIM selector1"
    std::string name;     ///< where it stands: "_dmarc.example.com"
    std::string type;     ///< "MX", "TXT", "CNAME", "PTR", …; "HTTPS" for a policy file
    std::string expected; ///< what should stand there, in short; empty when nothing in particular
    std::string found;    ///< what stands there, in short; strangers wrote it
    RecordVerdict verdict = RecordVerdict::ok;
    std::string finding; ///< id of the worst finding about it, or empty
};

/// Everything that `domain check` says about one domain.
struct DomainVerdict {
    domain::Facts facts;
    std::vector<CheckedRecord> records;
    std::vector<Finding> findings; ///< errors first, then warnings, then what is worth knowing
    bool could_not_tell = false;   ///< a look-up failed on which the answer depends

    std::size_t count(Severity severity) const;
    /// No error and no warning, and everything that matters was found out.
    bool is_good() const;
};

DomainVerdict judge_domain(domain::Facts facts);

} // namespace relaytool::diagnosis
