#pragma once

#include "diagnosis/finding.hpp"
#include "probe/facts.hpp"

#include <chrono>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace relaytool::diagnosis {

/// The road to a mail server, in the order in which it is walked.
enum class ProbeStep {
    resolve,
    connect,
    banner,
    hello,
    starttls,
    tls,
    certificate,
    secure_hello, ///< EHLO inside TLS
    auth,
    mail,
    rcpt,
    send_as,    ///< a test message from each sender
    relaying,   ///< does it pass mail of strangers on to strangers?
    exposure,   ///< does it tell strangers who has a mailbox?
    line_feeds, ///< does it take a bare LF for the end of a line?
};
/// "resolve", "connect", "banner", "ehlo", "starttls", "tls", "certificate", "ehlo-tls", "auth", "mail",
/// "rcpt", "send-as", "relaying", "exposure", "line-feeds".
std::string_view to_string(ProbeStep step);
/// All of them, in order.
std::span<const ProbeStep> probe_steps();
std::optional<ProbeStep> probe_step_from(std::string_view name);

enum class StepVerdict {
    ok,
    problem,
    unknown, ///< could not tell
    skipped, ///< not reached, or not asked for
};
/// "ok", "problem", "unknown", "skipped".
std::string_view to_string(StepVerdict verdict);
std::optional<StepVerdict> step_verdict_from(std::string_view name);

/// One line of the list. MAIL, RCPT and test messages have one for each address.
struct StepLine {
    ProbeStep step = ProbeStep::resolve;
    StepVerdict verdict = StepVerdict::skipped;
    std::chrono::microseconds time{0}; ///< 0 when it took none of its own
    std::string evidence;              ///< what was seen, or why it was skipped; strangers wrote parts of it
    std::string finding;               ///< id of the finding about it, or empty
    std::string address;               ///< whose line it is, or empty
};

/// Whether one of the things that were expected is so (--expect).
enum class Met {
    yes,
    no,
    unknown, ///< could not tell
};
/// "met", "not-met", "unknown".
std::string_view to_string(Met met);

struct ExpectationLine {
    std::string term; ///< as it was written: "auth=ok"
    Met met = Met::unknown;
    std::string detail; ///< what was seen; strangers wrote parts of it
};

/// Everything that `probe` says about one server.
struct ProbeVerdict {
    probe::Facts facts;
    std::int64_t at = 0; ///< when it was looked at, in seconds since 1970-01-01 UTC
    std::vector<StepLine> steps;
    std::vector<Finding> findings; ///< what broke first; then the other problems, warnings, and notes
    StepVerdict verdict = StepVerdict::ok;
    std::vector<ExpectationLine> expectations; ///< in the order of the terms; see diagnosis/expectation.hpp
};

/// `now`: seconds since 1970-01-01 UTC, for certificates that end soon.
/// Nobody to walk to: the mail server of the domain `facts.host` could not be found.
ProbeVerdict judge_no_exchanger(probe::Facts facts, const std::string& why, std::int64_t now);

ProbeVerdict judge_probe(probe::Facts facts, std::int64_t now);

} // namespace relaytool::diagnosis
