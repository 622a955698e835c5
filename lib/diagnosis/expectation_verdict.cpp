#include "base/ascii.hpp"
#include "diagnosis/expectation.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <string_view>
#include <utility>

namespace relaytool::diagnosis {
namespace {

constexpr std::int64_t seconds_per_day = 86'400;

struct Answer {
    Met met = Met::unknown;
    std::string detail;
};

Met met_if(bool is_so) {
    return is_so ? Met::yes : Met::no;
}

Met inverted(Met met) {
    if (met == Met::unknown) return met;
    return met_if(met == Met::no);
}

bool holds(Relation relation, std::int64_t seen, std::int64_t expected) {
    switch (relation) {
    case Relation::is: return seen == expected;
    case Relation::is_not: return seen != expected;
    case Relation::at_least: return seen >= expected;
    case Relation::at_most: return seen <= expected;
    }
    return false;
}

/// What weighs more among the lines of one step.
int weight_of(StepVerdict verdict) {
    switch (verdict) {
    case StepVerdict::problem: return 3;
    case StepVerdict::unknown: return 2;
    case StepVerdict::ok: return 1;
    case StepVerdict::skipped: return 0;
    }
    return 0;
}

class Judge {
public:
    explicit Judge(const ProbeVerdict& verdict) : verdict_(verdict) {}

    Answer judge(const Expectation& expectation) const {
        switch (expectation.subject) {
        case Subject::outcome: return outcome(expectation);
        case Subject::version: return version(expectation);
        case Subject::offer: return offer(expectation);
        case Subject::days_left: return days_left(expectation);
        case Subject::time: return time(expectation);
        case Subject::finding: return finding(expectation);
        }
        return {};
    }

private:
    /// Something broke before it came to this: then it is not so. Else nobody knows.
    Answer not_reached(std::string otherwise) const {
        const auto broken =
            std::find_if(verdict_.steps.begin(), verdict_.steps.end(), [](const StepLine& line) {
                return line.verdict == StepVerdict::problem || line.verdict == StepVerdict::unknown;
            });
        if (broken == verdict_.steps.end()) return {Met::unknown, std::move(otherwise)};
        return {broken->verdict == StepVerdict::problem ? Met::no : Met::unknown,
                fmt::format("not reached; {}: {}", to_string(broken->step), broken->evidence)};
    }

    /// The line that decides; null when the step has none (--deep was not asked for).
    const StepLine* line_of(const Expectation& expectation) const {
        const StepLine* decisive = nullptr;
        for (const StepLine& line : verdict_.steps) {
            if (line.step != expectation.step) continue;
            // A step that was skipped as a whole has one line, without an address.
            const bool is_whole = line.verdict == StepVerdict::skipped && line.address.empty();
            if (expectation.address && !is_whole && !ascii::iequals(line.address, *expectation.address))
                continue;
            if (decisive == nullptr || weight_of(line.verdict) > weight_of(decisive->verdict))
                decisive = &line;
        }
        return decisive;
    }

    bool has_category(const StepLine& line, Category category) const {
        return std::any_of(verdict_.findings.begin(), verdict_.findings.end(), [&](const Finding& finding) {
            return finding.id == line.finding && finding.category == category;
        });
    }

    Answer outcome(const Expectation& expectation) const {
        const StepLine* line = line_of(expectation);
        const bool is_skipped = line == nullptr || line->verdict == StepVerdict::skipped;
        Answer answer{Met::unknown, line == nullptr ? "not asked for" : line->evidence};
        if (expectation.verdict == StepVerdict::skipped)
            answer.met = met_if(is_skipped);
        else if (is_skipped && line != nullptr && !line->finding.empty()) // seen, but not demanded
            answer.met = met_if(expectation.category && has_category(*line, *expectation.category));
        else if (is_skipped)
            answer = not_reached(answer.detail);
        else if (expectation.verdict)
            answer.met = line->verdict == StepVerdict::unknown && *expectation.verdict != StepVerdict::unknown
                             ? Met::unknown
                             : met_if(line->verdict == *expectation.verdict);
        else if (line->verdict != StepVerdict::unknown)
            answer.met =
                met_if(line->verdict == StepVerdict::problem && has_category(*line, *expectation.category));
        // What was not reached is not ok; but neither is it known to be anything else.
        if (expectation.relation != Relation::is_not) return answer;
        return {is_skipped && answer.met == Met::no && expectation.verdict != StepVerdict::skipped
                    ? Met::unknown
                    : inverted(answer.met),
                answer.detail};
    }

    Answer version(const Expectation& expectation) const {
        const std::string& agreed = verdict_.facts.outcome.tls.version;
        if (agreed.empty()) return no_tls();
        for (const smtp::TlsVersion version : smtp::all_tls_versions) {
            const std::string name(to_string(version));
            // OpenSSL calls 1.0 "TLSv1".
            if (agreed != "TLSv" + name && (agreed != "TLSv1" || version != smtp::TlsVersion::v1_0)) continue;
            return {
                met_if(holds(expectation.relation, static_cast<std::int64_t>(version), expectation.number)),
                agreed};
        }
        return {Met::unknown, agreed};
    }

    Answer no_tls() const {
        Answer answer = not_reached("the connection is in clear");
        const bool is_broken =
            std::any_of(verdict_.steps.begin(), verdict_.steps.end(), [](const StepLine& line) {
                return line.verdict == StepVerdict::unknown && line.step < ProbeStep::auth;
            });
        if (answer.met == Met::unknown && !is_broken) return {Met::no, "the connection is in clear"};
        return answer;
    }

    Answer offer(const Expectation& expectation) const {
        for (const probe::VersionTrial& trial : verdict_.facts.versions) {
            if (static_cast<std::int64_t>(trial.version) != expectation.number) continue;
            const std::string name = "TLS " + std::string(to_string(trial.version));
            switch (trial.offer) {
            case probe::Offer::yes:
                return {met_if(expectation.relation == Relation::is), name + " is offered"};
            case probe::Offer::no:
                return {met_if(expectation.relation == Relation::is_not), name + " is not offered"};
            case probe::Offer::turned_away:
                return {met_if(expectation.relation == Relation::is_not),
                        name + " is turned away after the handshake: " + smtp::flatten(trial.detail)};
            case probe::Offer::cannot_test: return {Met::unknown, name + " cannot be tested from here"};
            case probe::Offer::unknown: return {Met::unknown, name + ": " + trial.detail};
            }
        }
        return {Met::unknown, "TLS was not asked for"};
    }

    Answer days_left(const Expectation& expectation) const {
        const auto& chain = verdict_.facts.chain();
        if (chain.empty()) return no_tls();
        const std::int64_t end = chain.front().not_after;
        if (end == 0) return {Met::unknown, "the end of the certificate cannot be read"};
        const std::int64_t left = end - verdict_.at;
        const std::int64_t days = left / seconds_per_day - (left < 0 && left % seconds_per_day != 0 ? 1 : 0);
        return {met_if(holds(expectation.relation, days, expectation.number)),
                days < 0 ? "the certificate has expired" : fmt::format("{} days are left", days)};
    }

    Answer time(const Expectation& expectation) const {
        std::chrono::microseconds took = verdict_.facts.time;
        if (expectation.step) {
            const StepLine* line = line_of(expectation);
            if (line == nullptr || line->verdict == StepVerdict::skipped)
                return not_reached(line == nullptr ? "not asked for" : line->evidence);
            took = std::chrono::microseconds{0};
            for (const StepLine& one : verdict_.steps)
                if (one.step == *expectation.step) took = std::max(took, one.time);
        }
        const auto rounded = std::chrono::ceil<std::chrono::milliseconds>(took).count();
        return {met_if(holds(expectation.relation, rounded, expectation.number)),
                fmt::format("{} ms", rounded)};
    }

    Answer finding(const Expectation& expectation) const {
        const auto found =
            std::find_if(verdict_.findings.begin(), verdict_.findings.end(), [&](const Finding& finding) {
                return finding.id == expectation.finding ||
                       to_string(finding.severity) == expectation.finding;
            });
        const bool is_there = found != verdict_.findings.end();
        // What was not looked at to the end may have more to find.
        const bool is_open = !is_there && verdict_.verdict == StepVerdict::unknown;
        const Met met = is_open ? Met::unknown : met_if(is_there);
        return {expectation.relation == Relation::is ? met : inverted(met),
                is_there ? found->id + ": " + found->title : "no such finding"};
    }

    const ProbeVerdict& verdict_;
};

} // namespace

std::vector<ExpectationLine> judge_expectations(const std::vector<Expectation>& expectations,
                                                const ProbeVerdict& verdict) {
    const Judge judge(verdict);
    std::vector<ExpectationLine> lines;
    lines.reserve(expectations.size());
    for (const Expectation& expectation : expectations) {
        Answer answer = judge.judge(expectation);
        lines.push_back({expectation.term, answer.met, std::move(answer.detail)});
    }
    return lines;
}

Met sum_of(const std::vector<ExpectationLine>& lines) {
    const auto any = [&](Met met) {
        return std::any_of(lines.begin(), lines.end(),
                           [&](const ExpectationLine& line) { return line.met == met; });
    };
    if (any(Met::no)) return Met::no;
    return any(Met::unknown) ? Met::unknown : Met::yes;
}

} // namespace relaytool::diagnosis
