#pragma once

#include "diagnosis/check.hpp"
#include "diagnosis/probe_verdict.hpp"
#include "diagnosis/sending_verdict.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

/// Shared by the parts of judge_probe (diagnosis/probe_*.cpp); not for the outside.
namespace relaytool::diagnosis {

/// The list and the findings, while they are being made.
class ProbeSheet {
public:
    ProbeSheet(probe::Facts facts, std::int64_t now);

    const probe::Facts& facts() const { return verdict_.facts; }
    const smtp::Outcome& outcome() const { return verdict_.facts.outcome; }
    std::int64_t now() const { return now_; }
    const std::vector<StepLine>& lines() const { return verdict_.steps; }

    /// The step at which the walk ended; nothing when it went through.
    std::optional<ProbeStep> broke_at() const { return broke_at_; }
    /// Whether the walk came behind that step.
    bool passed(ProbeStep step) const { return !broke_at_ || step < *broke_at_; }
    bool broke(ProbeStep step) const { return broke_at_ == step; }

    /// Adds a line.
    StepLine& line(ProbeStep step, StepVerdict verdict, std::string evidence = {});
    /// Adds the line of a step of the walk: ok with `evidence` when it was passed, not reached when the walk
    /// ended before it, and with the finding of the break when it ended there.
    void walked(ProbeStep step, std::chrono::microseconds time, std::string evidence);

    /// A finding about the last line.
    void find(std::string_view rule_id, const Values& values, std::string evidence = {});
    void take(Finding finding);

    /// What fills the placeholders of rules about this server.
    Seen seen(const std::string& from = {}) const;
    /// The finding of the break.
    std::vector<Finding> break_findings() const;

    ProbeVerdict finish();

private:
    std::int64_t now_;
    std::optional<ProbeStep> broke_at_;
    ProbeVerdict verdict_;
};

// The parts, in the order of the road.
void judge_road(ProbeSheet& sheet);     ///< the name, the connection, the greeting
void judge_tls(ProbeSheet& sheet);      ///< STARTTLS, versions, certificate
void judge_login(ProbeSheet& sheet);    ///< EHLO inside TLS, AUTH
void judge_envelope(ProbeSheet& sheet); ///< senders, recipients, test messages
void judge_exposure(ProbeSheet& sheet); ///< --deep

/// "SIZE 157286400, PIPELINING, STARTTLS": what a server offers, on one line.
std::string offered_words(const smtp::Capabilities& offered);

} // namespace relaytool::diagnosis
