#include "base/place.hpp"
#include "diagnosis/expectation.hpp"
#include "report/probe.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <string_view>

/// https://www.monitoring-plugins.org/doc/guidelines.html
namespace relaytool::report {
namespace {

using diagnosis::Finding;
using diagnosis::Met;
using diagnosis::ProbeVerdict;
using diagnosis::Severity;
using diagnosis::StepLine;
using diagnosis::StepVerdict;

constexpr std::size_t longest_message = 1000; ///< old versions cut at 1 KiB
constexpr std::int64_t seconds_per_day = 86'400;

std::string_view name_of(PluginState state) {
    switch (state) {
    case PluginState::ok: return "OK";
    case PluginState::warning: return "WARNING";
    case PluginState::critical: return "CRITICAL";
    case PluginState::unknown: return "UNKNOWN";
    }
    return "";
}

/// One line; what is behind a `|` would be taken for performance data.
std::string message_of(std::string_view text) {
    std::string line = sanitise_line(text, {.unicode = false});
    std::replace(line.begin(), line.end(), '|', '/');
    if (line.size() > longest_message) line.resize(longest_message);
    return line;
}

const Finding* first_of(const ProbeVerdict& verdict, Severity severity) {
    const auto found = std::find_if(verdict.findings.begin(), verdict.findings.end(),
                                    [&](const Finding& finding) { return finding.severity == severity; });
    return found == verdict.findings.end() ? nullptr : &*found;
}

const StepLine* first_of(const ProbeVerdict& verdict, StepVerdict outcome) {
    const auto found = std::find_if(verdict.steps.begin(), verdict.steps.end(),
                                    [&](const StepLine& line) { return line.verdict == outcome; });
    return found == verdict.steps.end() ? nullptr : &*found;
}

std::string words_of(const StepLine* line) {
    return line == nullptr ? std::string() : fmt::format(" ({}: {})", to_string(line->step), line->evidence);
}

std::string reason_of(const ProbeVerdict& verdict, PluginState state) {
    if (!verdict.expectations.empty()) {
        std::string line = expectations_text(verdict, {});
        line.pop_back();
        return line;
    }
    const Finding* error = first_of(verdict, Severity::error);
    const Finding* warning = first_of(verdict, Severity::warning);
    if (state == PluginState::critical)
        return (error != nullptr ? error->title : "something is broken") +
               words_of(first_of(verdict, StepVerdict::problem));
    if (state == PluginState::unknown)
        return (error != nullptr ? error->title : "not everything could be found out") +
               words_of(first_of(verdict, StepVerdict::unknown));
    if (state == PluginState::warning && warning != nullptr) return warning->title;
    return "everything that was tried works";
}

/// `connect=0.012s;;;0`, once for each step that took time.
std::string performance_of(const ProbeVerdict& verdict) {
    std::string data =
        fmt::format("time={:.6f}s;;;0", std::chrono::duration<double>(verdict.facts.time).count());
    std::vector<diagnosis::ProbeStep> done;
    for (const StepLine& line : verdict.steps) {
        if (line.time.count() <= 0 || std::find(done.begin(), done.end(), line.step) != done.end()) continue;
        done.push_back(line.step);
        auto longest = line.time;
        for (const StepLine& other : verdict.steps)
            if (other.step == line.step) longest = std::max(longest, other.time);
        data += fmt::format(" {}={:.6f}s;;;0", to_string(line.step),
                            std::chrono::duration<double>(longest).count());
    }
    const auto& chain = verdict.facts.chain();
    if (!chain.empty() && chain.front().not_after != 0)
        data +=
            fmt::format(" certificate_days={};;;", (chain.front().not_after - verdict.at) / seconds_per_day);
    return data;
}

} // namespace

PluginState plugin_state(const ProbeVerdict& verdict) {
    if (!verdict.expectations.empty()) {
        switch (diagnosis::sum_of(verdict.expectations)) {
        case Met::yes: return PluginState::ok;
        case Met::no: return PluginState::critical;
        case Met::unknown: return PluginState::unknown;
        }
    }
    if (verdict.verdict == StepVerdict::problem) return PluginState::critical;
    if (verdict.verdict == StepVerdict::unknown) return PluginState::unknown;
    return first_of(verdict, Severity::warning) != nullptr ? PluginState::warning : PluginState::ok;
}

std::string probe_nagios(const ProbeVerdict& verdict) {
    const PluginState state = plugin_state(verdict);
    const std::string message = message_of(
        fmt::format("{}: {}", place_of(verdict.facts.host, verdict.facts.port), reason_of(verdict, state)));
    return fmt::format("SMTP {} - {}|{}\n", name_of(state), message, performance_of(verdict));
}

std::string nagios_error(const Error& error) {
    return fmt::format("SMTP UNKNOWN - {}\n", message_of(error.what + ": " + error.why));
}

} // namespace relaytool::report
