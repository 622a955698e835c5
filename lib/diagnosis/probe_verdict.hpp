#pragma once

#include "diagnosis/finding.hpp"
#include "probe/facts.hpp"

#include <chrono>
#include <cstdint>
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

enum class StepVerdict {
    ok,
    problem,
    unknown, ///< could not tell
    skipped, ///< not reached, or not asked for
};
/// "ok", "problem", "unknown", "skipped".
std::string_view to_string(StepVerdict verdict);

/// One line of the list. MAIL, RCPT and test messages have one for each address.
struct StepLine {
    ProbeStep step = ProbeStep::resolve;
    StepVerdict verdict = StepVerdict::skipped;
    std::chrono::microseconds time{0}; ///< 0 when it took none of its own
    std::string evidence;              ///< what was seen, or why it was skipped; strangers wrote parts of it
    std::string finding;               ///< id of the finding about it, or empty
    std::string address;               ///< whose line it is, or empty
};

/// Everything that `probe` says about one server.
struct ProbeVerdict {
    probe::Facts facts;
    std::vector<StepLine> steps;
    std::vector<Finding> findings; ///< what broke first; then the other problems, warnings, and notes
    StepVerdict verdict = StepVerdict::ok;
};

/// `now`: seconds since 1970-01-01 UTC, for certificates that end soon.
ProbeVerdict judge_probe(probe::Facts facts, std::int64_t now);

} // namespace relaytool::diagnosis
