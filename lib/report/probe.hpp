#pragma once

#include "base/result.hpp"
#include "diagnosis/probe_changes.hpp"
#include "diagnosis/probe_verdict.hpp"
#include "report/style.hpp"
#include "smtp/transcript.hpp"

#include <cstdint>
#include <string>
#include <string_view>

namespace relaytool::report {

/// For people: the verdict, the road step by step, what to do.
std::string probe_text(const diagnosis::ProbeVerdict& verdict, const Style& style);

/// One object on one line, without a line end (docs/json.md). `transcript` may be null.
std::string probe_json(const diagnosis::ProbeVerdict& verdict, const smtp::Transcript* transcript);

/// What became of what was expected (--expect), on one line: `ok: 3 of 3 expectations met`, `NOT MET:
/// auth=ok: 535 5.7.139 …`, `CANNOT TELL: …`. Ends in a line end.
std::string expectations_text(const diagnosis::ProbeVerdict& verdict, const Style& style);

/// A line for each change: `2026-11-26T08:15:02Z auth: ok → problem: 535 5.7.139 …`; "" when there is none.
/// `at`: seconds since 1970-01-01 UTC.
std::string changes_text(const diagnosis::ProbeChanges& changes, std::int64_t at, const Style& style);

/// A line with the time before it. `at` as above.
std::string dated_line(std::int64_t at, std::string_view line);

/// What a monitoring plugin has to answer with (Monitoring Plugins Development Guidelines, section 2.2).
enum class PluginState { ok = 0, warning = 1, critical = 2, unknown = 3 };
/// With expectations they alone decide; else problems, and findings that are warnings.
PluginState plugin_state(const diagnosis::ProbeVerdict& verdict);

/// `SMTP OK - …|auth=0.120s;;;0 …`: plugin output with performance data, one line. Ends in a line end.
std::string probe_nagios(const diagnosis::ProbeVerdict& verdict);
/// The same for what could not even begin.
std::string nagios_error(const Error& error);

/// Prometheus text exposition format 0.0.4.
std::string probe_prometheus(const diagnosis::ProbeVerdict& verdict);

/// A JUnit XML document: a test case for each line of the list, or for each expectation where there are some.
std::string probe_junit(const diagnosis::ProbeVerdict& verdict);

} // namespace relaytool::report
