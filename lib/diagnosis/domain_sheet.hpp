#pragma once

#include "diagnosis/check.hpp"
#include "diagnosis/domain_verdict.hpp"

#include <optional>
#include <string>
#include <string_view>

/// Shared by the parts of judge_domain (diagnosis/domain_*.cpp); not for the outside.
namespace relaytool::diagnosis {

/// The table and the findings, while they are being made.
class Sheet {
public:
    explicit Sheet(domain::Facts facts) { verdict_.facts = std::move(facts); }

    const domain::Facts& facts() const { return verdict_.facts; }
    std::string domain() const;

    /// Adds a line to the table; findings that follow are about it.
    void line(CheckedRecord record);

    /// Adds a finding about the last line. {domain}, and {name} and {type} of the line, are filled by
    /// themselves. The line's verdict becomes as bad as the finding; an error about something that is not
    /// there makes it `missing`.
    void find(std::string_view rule_id, Values values = {}, std::optional<Severity> severity = {});

    /// Adds a finding that is made already, about the last line.
    void take(Finding finding);

    enum class Weight {
        matters, ///< without it the question is not answered
        detail,
    };
    /// The last line's look-up failed.
    void failed(std::string_view why, Weight weight);

    /// The last line was not looked at, on purpose: no trouble, but no answer either.
    void undecided() { verdict_.records.back().verdict = RecordVerdict::unknown; }

    DomainVerdict finish();

private:
    DomainVerdict verdict_;
};

// The parts, one per subject.
void judge_mx(Sheet& sheet);
void judge_spf(Sheet& sheet);
void judge_dkim(Sheet& sheet);
void judge_dmarc(Sheet& sheet);
void judge_alignment(Sheet& sheet);
void judge_mta_sts(Sheet& sheet);
void judge_tls_rpt(Sheet& sheet);
void judge_bimi(Sheet& sheet);
void judge_dane(Sheet& sheet);
void judge_office(Sheet& sheet);
void judge_addresses(Sheet& sheet);

/// Whether some DKIM key of the domain can be used, and whether SPF lets its mail service send.
bool dkim_works(const domain::Facts& facts);
bool spf_works(const domain::Facts& facts);
/// Whether the look-up of a selector failed, so that there may be a key that was not seen.
bool dkim_is_unknown(const domain::Facts& facts);

/// "a, b and c": a list on one line.
std::string joined(const std::vector<std::string>& parts, std::string_view separator = ", ");

} // namespace relaytool::diagnosis
