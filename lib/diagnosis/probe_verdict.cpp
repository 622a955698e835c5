#include "diagnosis/probe_verdict.hpp"

#include "diagnosis/probe_sheet.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace relaytool::diagnosis {
namespace {

using smtp::Break;
using smtp::Stage;

bool is_about_names(Break kind) {
    return kind == Break::host_unknown || kind == Break::dns_failed;
}

/// The step that a break of the connection, or a refusal, belongs to.
std::optional<ProbeStep> break_of(const probe::Facts& facts) {
    const smtp::Outcome& outcome = facts.outcome;
    if (!outcome.went_wrong()) return std::nullopt;
    if (outcome.broken && is_about_names(outcome.broken->kind)) return ProbeStep::resolve;
    // A proxy that answers is no server that does.
    if (outcome.broken && outcome.broken->kind == Break::proxy) return ProbeStep::connect;
    if (outcome.broken && smtp::is_about_certificate(outcome.broken->kind)) return ProbeStep::certificate;
    if (outcome.broken && outcome.broken->kind == Break::tls_not_offered) return ProbeStep::starttls;
    if (outcome.broken && outcome.broken->kind == Break::tls_handshake) return ProbeStep::tls;
    switch (outcome.stage) {
    case Stage::connect:
    case Stage::unknown:
        return outcome.times.connected.count() > 0 || outcome.greeting.code != 0 ? ProbeStep::banner
                                                                                 : ProbeStep::connect;
    case Stage::helo: return facts.had_tls() ? ProbeStep::secure_hello : ProbeStep::hello;
    case Stage::starttls:
        return outcome.reply.code == 220 && outcome.broken && outcome.broken->kind != Break::not_smtp
                   ? ProbeStep::tls
                   : ProbeStep::starttls;
    default: return ProbeStep::auth;
    }
}

int weight_of(Severity severity) {
    return static_cast<int>(severity);
}

/// Whether the walk's end tells nothing about the server: this machine or its DNS could not even ask.
bool is_undecided(const smtp::Outcome& outcome) {
    if (!outcome.broken) return false;
    const Break kind = outcome.broken->kind;
    return kind == Break::dns_failed || kind == Break::local || kind == Break::proxy;
}

} // namespace

std::string_view to_string(ProbeStep step) {
    switch (step) {
    case ProbeStep::resolve: return "resolve";
    case ProbeStep::connect: return "connect";
    case ProbeStep::banner: return "banner";
    case ProbeStep::hello: return "ehlo";
    case ProbeStep::starttls: return "starttls";
    case ProbeStep::tls: return "tls";
    case ProbeStep::certificate: return "certificate";
    case ProbeStep::secure_hello: return "ehlo-tls";
    case ProbeStep::auth: return "auth";
    case ProbeStep::mail: return "mail";
    case ProbeStep::rcpt: return "rcpt";
    case ProbeStep::send_as: return "send-as";
    case ProbeStep::relaying: return "relaying";
    case ProbeStep::exposure: return "exposure";
    case ProbeStep::line_feeds: return "line-feeds";
    }
    return "";
}

std::string_view to_string(StepVerdict verdict) {
    switch (verdict) {
    case StepVerdict::ok: return "ok";
    case StepVerdict::problem: return "problem";
    case StepVerdict::unknown: return "unknown";
    case StepVerdict::skipped: return "skipped";
    }
    return "";
}

std::span<const ProbeStep> probe_steps() {
    static constexpr std::array steps{ProbeStep::resolve,     ProbeStep::connect,      ProbeStep::banner,
                                      ProbeStep::hello,       ProbeStep::starttls,     ProbeStep::tls,
                                      ProbeStep::certificate, ProbeStep::secure_hello, ProbeStep::auth,
                                      ProbeStep::mail,        ProbeStep::rcpt,         ProbeStep::send_as,
                                      ProbeStep::relaying,    ProbeStep::exposure,     ProbeStep::line_feeds};
    return steps;
}

std::optional<ProbeStep> probe_step_from(std::string_view name) {
    for (const ProbeStep step : probe_steps())
        if (to_string(step) == name) return step;
    return std::nullopt;
}

std::optional<StepVerdict> step_verdict_from(std::string_view name) {
    for (const StepVerdict verdict :
         {StepVerdict::ok, StepVerdict::problem, StepVerdict::unknown, StepVerdict::skipped})
        if (to_string(verdict) == name) return verdict;
    return std::nullopt;
}

std::string_view to_string(Met met) {
    switch (met) {
    case Met::yes: return "met";
    case Met::no: return "not-met";
    case Met::unknown: return "unknown";
    }
    return "";
}

std::string offered_words(const smtp::Capabilities& offered) {
    std::string words;
    for (const std::string& line : offered.lines)
        words += (words.empty() ? "" : ", ") + line;
    return words;
}

ProbeSheet::ProbeSheet(probe::Facts facts, std::int64_t now) : now_(now), broke_at_(break_of(facts)) {
    verdict_.facts = std::move(facts);
    verdict_.at = now;
}

StepLine& ProbeSheet::line(ProbeStep step, StepVerdict verdict, std::string evidence) {
    verdict_.steps.push_back({step, verdict, {}, std::move(evidence), {}, {}});
    return verdict_.steps.back();
}

Seen ProbeSheet::seen(const std::string& from) const {
    return seen_of(outcome(), {facts().host, facts().port, facts().login, from});
}

std::vector<Finding> ProbeSheet::break_findings() const {
    return judge_sending(outcome(), {facts().host, facts().port, facts().login, {}});
}

void ProbeSheet::walked(ProbeStep step, std::chrono::microseconds time, std::string evidence) {
    time = std::max(time, std::chrono::microseconds{0}); // a transcript of a second attempt begins anew
    if (passed(step)) {
        line(step, StepVerdict::ok, std::move(evidence)).time = time;
    } else if (!broke(step)) {
        line(step, StepVerdict::skipped, "not reached");
    } else {
        line(step, is_undecided(outcome()) ? StepVerdict::unknown : StepVerdict::problem, std::move(evidence))
            .time = time;
        StepLine& last = verdict_.steps.back();
        const std::vector<Finding> findings = break_findings();
        if (last.evidence.empty() && !findings.empty()) last.evidence = findings.front().evidence;
        for (const Finding& finding : findings)
            take(finding);
    }
}

void ProbeSheet::find(std::string_view rule_id, const Values& values, std::string evidence) {
    Values all = values;
    all.emplace_back("host", facts().host);
    take(finding_of(rule_id, all, std::move(evidence)));
}

void ProbeSheet::take(Finding finding) {
    StepLine& last = verdict_.steps.back();
    if (last.finding.empty() || finding.severity == Severity::error) last.finding = finding.id;
    const bool is_known =
        std::any_of(verdict_.findings.begin(), verdict_.findings.end(), [&](const Finding& other) {
            return other.id == finding.id && other.title == finding.title;
        });
    if (!is_known) verdict_.findings.push_back(std::move(finding));
}

ProbeVerdict ProbeSheet::finish() {
    std::stable_sort(
        verdict_.findings.begin(), verdict_.findings.end(),
        [](const Finding& a, const Finding& b) { return weight_of(a.severity) < weight_of(b.severity); });
    const auto any = [&](StepVerdict verdict) {
        return std::any_of(verdict_.steps.begin(), verdict_.steps.end(),
                           [&](const StepLine& line) { return line.verdict == verdict; });
    };
    verdict_.verdict = any(StepVerdict::problem)   ? StepVerdict::problem
                       : any(StepVerdict::unknown) ? StepVerdict::unknown
                                                   : StepVerdict::ok;
    return std::move(verdict_);
}

ProbeVerdict judge_probe(probe::Facts facts, std::int64_t now) {
    ProbeSheet sheet(std::move(facts), now);
    judge_road(sheet);
    judge_tls(sheet);
    judge_login(sheet);
    judge_envelope(sheet);
    judge_exposure(sheet);
    return sheet.finish();
}

ProbeVerdict judge_no_exchanger(probe::Facts facts, const std::string& why, std::int64_t now) {
    ProbeSheet sheet(std::move(facts), now);
    sheet.line(ProbeStep::resolve, StepVerdict::unknown, why);
    sheet.find("probe-no-exchanger", {{"why", why}}, why);
    for (const ProbeStep step : probe_steps())
        if (step > ProbeStep::resolve && step < ProbeStep::relaying)
            sheet.line(step, StepVerdict::skipped, "not reached");
    return sheet.finish();
}

} // namespace relaytool::diagnosis
