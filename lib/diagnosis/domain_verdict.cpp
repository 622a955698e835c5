#include "diagnosis/domain_verdict.hpp"

#include "diagnosis/domain_sheet.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace relaytool::diagnosis {
namespace {

constexpr std::array<std::string_view, 7> verdicts{"ok",      "absent",  "info", "unknown",
                                                   "warning", "missing", "wrong"};

RecordVerdict verdict_for(Severity severity, const CheckedRecord& record) {
    switch (severity) {
    case Severity::error: return record.found.empty() ? RecordVerdict::missing : RecordVerdict::wrong;
    case Severity::warning: return record.found.empty() ? RecordVerdict::missing : RecordVerdict::warning;
    case Severity::info: return record.found.empty() ? RecordVerdict::absent : RecordVerdict::info;
    case Severity::ok: return RecordVerdict::ok;
    }
    return RecordVerdict::ok;
}

} // namespace

std::string_view to_string(RecordVerdict verdict) {
    return verdicts[static_cast<std::size_t>(verdict)];
}

std::size_t DomainVerdict::count(Severity severity) const {
    return static_cast<std::size_t>(
        std::count_if(findings.begin(), findings.end(),
                      [&](const Finding& finding) { return finding.severity == severity; }));
}

bool DomainVerdict::is_good() const {
    return !could_not_tell && count(Severity::error) == 0 && count(Severity::warning) == 0;
}

std::string Sheet::domain() const {
    return domain::lower_text(verdict_.facts.domain);
}

void Sheet::line(CheckedRecord record) {
    verdict_.records.push_back(std::move(record));
}

void Sheet::find(std::string_view rule_id, Values values, std::optional<Severity> severity) {
    CheckedRecord& record = verdict_.records.back();
    values.emplace_back("domain", domain());
    values.emplace_back("name", record.name);
    values.emplace_back("type", record.type);
    values.emplace_back("found", record.found);
    values.emplace_back("expected", record.expected);
    Finding finding = finding_of(rule_id, values, record.found);
    if (severity) finding.severity = *severity;
    take(std::move(finding));
}

void Sheet::take(Finding finding) {
    CheckedRecord& record = verdict_.records.back();
    const RecordVerdict verdict = verdict_for(finding.severity, record);
    if (record.finding.empty() || record.verdict < verdict) record.finding = finding.id;
    record.verdict = std::max(record.verdict, verdict);
    // Two hosts with the same trouble that is told without their names say it once.
    if (std::find(verdict_.findings.begin(), verdict_.findings.end(), finding) == verdict_.findings.end())
        verdict_.findings.push_back(std::move(finding));
}

void Sheet::failed(std::string_view why, Weight weight) {
    find("domain-lookup-failed", {{"why", std::string(why.empty() ? "no answer" : why)}},
         weight == Weight::matters ? Severity::warning : Severity::info);
    verdict_.records.back().verdict = RecordVerdict::unknown;
    if (weight == Weight::matters) verdict_.could_not_tell = true;
}

DomainVerdict Sheet::finish() {
    std::stable_sort(verdict_.findings.begin(), verdict_.findings.end(),
                     [](const Finding& a, const Finding& b) { return a.severity < b.severity; });
    return std::move(verdict_);
}

std::string joined(const std::vector<std::string>& parts, std::string_view separator) {
    std::string out;
    for (const std::string& part : parts) {
        if (!out.empty()) out += separator;
        out += part;
    }
    return out;
}

DomainVerdict judge_domain(domain::Facts facts) {
    Sheet sheet(std::move(facts));
    if (sheet.facts().is_missing()) {
        sheet.line({"Domain", sheet.domain(), "NS", "", "", RecordVerdict::missing, ""});
        sheet.find("domain-not-in-dns");
        return sheet.finish();
    }
    judge_mx(sheet);
    judge_spf(sheet);
    judge_dkim(sheet);
    judge_dmarc(sheet);
    judge_alignment(sheet);
    judge_mta_sts(sheet);
    judge_tls_rpt(sheet);
    judge_bimi(sheet);
    judge_dane(sheet);
    judge_office(sheet);
    judge_addresses(sheet);
    return sheet.finish();
}

} // namespace relaytool::diagnosis
