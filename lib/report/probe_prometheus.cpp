#include "base/place.hpp"
#include "diagnosis/expectation.hpp"
#include "report/probe.hpp"

#include <fmt/format.h>

#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

/// https://prometheus.io/docs/instrumenting/exposition_formats/
namespace relaytool::report {
namespace {

using diagnosis::Met;
using diagnosis::ProbeVerdict;
using diagnosis::StepLine;
using diagnosis::StepVerdict;

using Labels = std::vector<std::pair<std::string_view, std::string>>;

/// Backslash, quotation mark and line feed are escaped; a line feed does not get through sanitise_line().
std::string quoted(const std::string& value) {
    std::string out = "\"";
    for (const char c : sanitise_line(value, {.unicode = true})) {
        if (c == '\\' || c == '"') out += '\\';
        out += c;
    }
    return out + '"';
}

/// One metric with its samples. No two of them may have the same labels: the worse (smaller) value stays.
class Metric {
public:
    Metric(std::string_view name, std::string_view help, const std::string& target)
        : name_(name), help_(help), target_(target) {}

    void sample(const Labels& labels, double value) {
        std::string key = "target=" + quoted(target_);
        for (const auto& [label, text] : labels)
            if (!text.empty()) key += fmt::format(",{}={}", label, quoted(text));
        const auto [place, is_new] = samples_.emplace(std::move(key), value);
        if (!is_new && value < place->second) place->second = value;
    }

    /// "" when there are no samples.
    std::string text() const {
        if (samples_.empty()) return {};
        const std::string full_name = fmt::format("relaytool_probe_{}", name_);
        std::string out = fmt::format("# HELP {} {}\n# TYPE {} gauge\n", full_name, help_, full_name);
        for (const auto& [labels, value] : samples_)
            out += fmt::format("{}{{{}}} {}\n", full_name, labels, value);
        return out;
    }

private:
    std::string_view name_;
    std::string_view help_;
    const std::string& target_;
    std::map<std::string, double> samples_;
};

double seconds(std::chrono::microseconds time) {
    return std::chrono::duration<double>(time).count();
}

bool is_success(const ProbeVerdict& verdict) {
    if (!verdict.expectations.empty()) return diagnosis::sum_of(verdict.expectations) == Met::yes;
    return verdict.verdict == StepVerdict::ok;
}

std::string steps_text(const ProbeVerdict& verdict, const std::string& target) {
    Metric success("step_success", "1 where a step went well, 0 where not; absent where it is not known.",
                   target);
    Metric duration("step_duration_seconds", "How long a step took.", target);
    for (const StepLine& line : verdict.steps) {
        const Labels labels{{"step", std::string(to_string(line.step))}, {"address", line.address}};
        const bool is_known = line.verdict == StepVerdict::ok || line.verdict == StepVerdict::problem;
        if (is_known) success.sample(labels, line.verdict == StepVerdict::ok ? 1 : 0);
        if (line.time.count() > 0) duration.sample(labels, seconds(line.time));
    }
    return success.text() + duration.text();
}

std::string tls_text(const ProbeVerdict& verdict, const std::string& target) {
    Metric version("tls_version_info", "The TLS version that was agreed on.", target);
    Metric end("certificate_not_after_timestamp_seconds", "When the server's certificate ends.", target);
    const std::string& agreed = verdict.facts.outcome.tls.version;
    if (!agreed.empty()) version.sample({{"version", agreed}}, 1);
    const auto& chain = verdict.facts.chain();
    if (!chain.empty() && chain.front().not_after != 0)
        end.sample({}, static_cast<double>(chain.front().not_after));
    return version.text() + end.text();
}

std::string findings_text(const ProbeVerdict& verdict, const std::string& target) {
    Metric found("finding", "1 for each finding, by its id in docs/catalogue.md.", target);
    for (const diagnosis::Finding& finding : verdict.findings)
        found.sample({{"id", finding.id}, {"severity", std::string(to_string(finding.severity))}}, 1);
    Metric met("expectation_met",
               "1 where a term of --expect is met, 0 where not; absent where it is not known.", target);
    for (const diagnosis::ExpectationLine& line : verdict.expectations)
        if (line.met != Met::unknown) met.sample({{"term", line.term}}, line.met == Met::yes ? 1 : 0);
    return found.text() + met.text();
}

} // namespace

std::string probe_prometheus(const ProbeVerdict& verdict) {
    const std::string target = place_of(verdict.facts.host, verdict.facts.port);
    Metric success("success",
                   "1 when everything that was tried works, or everything that was expected is so.", target);
    success.sample({}, is_success(verdict) ? 1 : 0);
    Metric at("timestamp_seconds", "When it was looked at.", target);
    at.sample({}, static_cast<double>(verdict.at));
    Metric duration("duration_seconds", "How long all of it took.", target);
    duration.sample({}, seconds(verdict.facts.time));
    return success.text() + at.text() + duration.text() + steps_text(verdict, target) +
           tls_text(verdict, target) + findings_text(verdict, target);
}

} // namespace relaytool::report
