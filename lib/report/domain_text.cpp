#include "diagnosis/catalogue.hpp"
#include "diagnosis/fill.hpp"
#include "dns/idn.hpp"
#include "report/cell.hpp"
#include "report/domain.hpp"
#include "report/finding.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <vector>

namespace relaytool::report {
namespace {

using diagnosis::CheckedRecord;
using diagnosis::DomainVerdict;
using diagnosis::Finding;
using diagnosis::RecordVerdict;
using diagnosis::Severity;
using domain::ExpectSource;

constexpr std::size_t mark_width = 8;
constexpr std::size_t most_lines = 3; ///< of one cell
constexpr std::size_t narrow = 60;    ///< below it the value stands under the record

struct Mark {
    std::string_view word;
    Tone tone;
};

Mark mark_of(RecordVerdict verdict) {
    switch (verdict) {
    case RecordVerdict::ok: return {"ok", Tone::good};
    case RecordVerdict::absent: return {"-", Tone::quiet};
    case RecordVerdict::info: return {"note", Tone::strong};
    case RecordVerdict::unknown: return {"?", Tone::warning};
    case RecordVerdict::warning: return {"warning", Tone::warning};
    case RecordVerdict::missing: return {"missing", Tone::bad};
    case RecordVerdict::wrong: return {"wrong", Tone::bad};
    }
    return {"", Tone::plain};
}

std::string_view why_expected(ExpectSource source) {
    switch (source) {
    case ExpectSource::asked: return "as you asked";
    case ExpectSource::mx: return "from its MX record";
    case ExpectSource::proof: return "from its MS= record";
    case ExpectSource::spf: return "from its SPF record";
    case ExpectSource::null_mx: return "it takes no mail";
    case ExpectSource::no_reason: return "nothing points at a mail service; say --expect o365 or google";
    }
    return "";
}

/// Strangers' text for a cell.
std::string plain(std::string_view text) {
    return sanitise_line(text, Style{});
}

/// Verdict, record, and what stands there; what should stand there below it, where that is something else.
class Table {
public:
    Table(const std::vector<CheckedRecord>& records, const Style& style) : style_(style) {
        for (const CheckedRecord& record : records)
            name_width_ = std::max(name_width_, record.record.size());
        name_width_ = std::min<std::size_t>(name_width_, 24) + 2;
        if (style.width < narrow) name_width_ = 0;
        indent_ = 2 + mark_width + name_width_;
    }

    std::string row(const CheckedRecord& record) const {
        std::string out = "  " + mark(record);
        if (name_width_ == 0)
            out += fmt::format("{}\n{:<{}}", cell(record.record, 1), "", indent_);
        else
            out += fmt::format("{:<{}}", plain(record.record).substr(0, name_width_ - 2), name_width_);
        const bool is_fine = record.verdict == RecordVerdict::ok || record.verdict == RecordVerdict::absent;
        out += cell(record.found.empty() ? nothing(record.verdict) : record.found, is_fine ? 1 : most_lines);
        out += '\n';
        if (!shows_expected(record)) return out;
        return out + fmt::format("{:<{}}{}\n", "", indent_, cell("expected: " + record.expected, most_lines));
    }

    std::string heading() const {
        const std::string line = fmt::format("  {:<{}}{:<{}}Found", "", mark_width, "Record", name_width_);
        return name_width_ == 0 ? "" : paint(line, Tone::quiet, style_) + '\n';
    }

private:
    static bool shows_expected(const CheckedRecord& record) {
        return record.verdict >= RecordVerdict::warning && !record.expected.empty() &&
               record.found.find(record.expected) == std::string::npos;
    }

    static std::string_view nothing(RecordVerdict verdict) {
        return verdict == RecordVerdict::unknown  ? "could not find out"
               : verdict == RecordVerdict::absent ? "none (optional)"
                                                  : "none";
    }

    std::string mark(const CheckedRecord& record) const {
        const Mark mark = mark_of(record.verdict);
        return paint(mark.word, mark.tone, style_) + std::string(mark_width - mark.word.size(), ' ');
    }

    std::string cell(std::string_view text, std::size_t lines) const {
        std::string out;
        for (const std::string& line :
             cell_lines(plain(text), style_.width - indent_, {lines, style_.unicode ? "…" : "~"})) {
            if (!out.empty()) out += '\n' + std::string(indent_, ' ');
            out += line;
        }
        return out;
    }

    const Style& style_;
    std::size_t name_width_ = 6;
    std::size_t indent_ = 0;
};

std::string counts_text(const DomainVerdict& verdict) {
    const std::size_t errors = verdict.count(Severity::error);
    const std::size_t warnings = verdict.count(Severity::warning);
    std::string out;
    if (errors > 0) out = plural(errors, "problem");
    if (warnings > 0) out += (out.empty() ? "" : ", ") + plural(warnings, "warning");
    if (verdict.could_not_tell)
        out += (out.empty() ? "" : "; ") + std::string("not everything could be found out");
    return out.empty() ? "good" : out;
}

Tone tone_of(const DomainVerdict& verdict) {
    if (verdict.count(Severity::error) > 0) return Tone::bad;
    return verdict.is_good() ? Tone::good : Tone::warning;
}

std::string rule_line(const Style& style) {
    return paint(std::string(std::min<std::size_t>(style.width, 72), '-'), Tone::quiet, style);
}

/// In full, or, when cause and steps were shown with another finding before, by its title.
enum class Shown { full, title };

std::string finding_text(const Finding& finding, Shown shown_as, const Style& style) {
    constexpr std::size_t shown = 600;
    std::string evidence = finding.evidence.substr(0, shown);
    if (evidence.size() < finding.evidence.size()) evidence += " ...";
    std::string out = fmt::format("\n{}\n{}\n", rule_line(style), headline(finding, style));
    if (!evidence.empty()) out += '\n' + labelled("Found", evidence, style, Tone::strong);
    if (shown_as == Shown::title) return out + "\nCause and steps: as above.\n";
    return out + advice(finding, style);
}

} // namespace

std::string domain_line(const DomainVerdict& verdict, const Style& style) {
    const std::string name = domain::lower_text(verdict.facts.domain);
    const std::string written = dns::name_for_people(verdict.facts.domain);
    const bool has_letters = style.unicode && name.find("xn--") != std::string::npos && written != name;
    const std::string shown = has_letters ? fmt::format("{} ({})", written, name) : name;
    return fmt::format("{}: {}", paint(sanitise_line(shown, style), Tone::strong, style),
                       paint(counts_text(verdict), tone_of(verdict), style));
}

std::string domain_text(const DomainVerdict& verdict, const Style& style) {
    std::string out = domain_line(verdict, style) + '\n';
    for (const Finding& finding : verdict.findings)
        if (finding.severity == Severity::error || finding.severity == Severity::warning)
            out += title_line(finding, style);
    const std::string expect = fmt::format("Measured against: {} ({})", to_string(verdict.facts.expect),
                                           why_expected(verdict.facts.expect_source));
    if (!verdict.facts.is_missing()) out += paint(wrap(expect, 2, 0, style), Tone::quiet, style) + '\n';
    out += '\n';
    const Table table(verdict.records, style);
    out += table.heading();
    for (const CheckedRecord& record : verdict.records)
        out += table.row(record);
    std::vector<const Finding*> told;
    for (const Finding& finding : verdict.findings) {
        if (finding.severity != Severity::error && finding.severity != Severity::warning) continue;
        const bool is_known = std::any_of(told.begin(), told.end(), [&](const Finding* other) {
            return other->cause == finding.cause && other->steps == finding.steps;
        });
        out += finding_text(finding, is_known ? Shown::title : Shown::full, style);
        told.push_back(&finding);
    }
    const std::string notes = notes_text(verdict.findings, style);
    return notes.empty() ? out : out + fmt::format("\n{}\n", rule_line(style)) + notes;
}

void DomainCounts::add(const DomainVerdict& verdict) {
    ++domains_;
    if (verdict.is_good()) ++good_;
    if (verdict.could_not_tell) ++unknown_;
    std::map<std::string, Severity> seen;
    for (const Finding& finding : verdict.findings)
        seen.emplace(finding.id, finding.severity); // the worst comes first
    for (const auto& [id, severity] : seen) {
        Count& count = counts_[id];
        count.severity = std::min(count.severity, severity);
        ++count.domains;
    }
}

std::string DomainCounts::text(const Style& style) const {
    std::string out = fmt::format("\n{}: {} good", plural(domains_, "domain"), good_);
    if (const std::size_t bad = domains_ - good_ - std::min(unknown_, domains_ - good_); bad > 0)
        out += fmt::format(", {} with problems or warnings", bad);
    if (unknown_ > 0) out += fmt::format(", {} not found out", unknown_);
    if (unusable_ > 0) out += fmt::format("; {} left out", plural(unusable_, "unusable line"));
    out += '\n';
    std::vector<std::pair<std::string, Count>> ranked(counts_.begin(), counts_.end());
    std::stable_sort(ranked.begin(), ranked.end(), [](const auto& a, const auto& b) {
        if (a.second.severity != b.second.severity) return a.second.severity < b.second.severity;
        return a.second.domains > b.second.domains;
    });
    for (const auto& [id, count] : ranked) {
        const diagnosis::Rule* rule = diagnosis::find_rule(id);
        const std::string title = rule == nullptr ? id : diagnosis::fill(*rule, {}).title;
        out +=
            fmt::format("{:>6} {} {:<8}{}\n", count.domains, sanitise("×", style), to_string(count.severity),
                        wrap(fmt::format("{} [{}]", sanitise(title, style), id), 17, 17, style));
    }
    return out;
}

} // namespace relaytool::report
