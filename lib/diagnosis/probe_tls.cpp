#include "base/ascii.hpp"
#include "diagnosis/host_family.hpp"
#include "diagnosis/probe_sheet.hpp"
#include "mail/date.hpp"
#include "smtp/dialogue.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace relaytool::diagnosis {
namespace {

using probe::Facts;
using probe::Offer;
using probe::VersionTrial;
using smtp::Break;
using smtp::TlsMode;
using smtp::TlsVersion;

constexpr std::int64_t seconds_per_day = 86'400;
constexpr std::int64_t soon = 14; ///< days
constexpr std::size_t date_width = 10;

/// "1.2, 1.3".
std::string versions_with(const Facts& facts, Offer offer) {
    std::string names;
    for (const VersionTrial& trial : facts.versions)
        if (trial.offer == offer)
            names += (names.empty() ? "" : ", ") + std::string(to_string(trial.version));
    return names;
}

bool is_old(const VersionTrial& trial) {
    return trial.version < TlsVersion::v1_2;
}

/// Some firewalls overwrite the word so that the length stays the same: `250-XXXXXXXA`.
bool is_overwritten(const smtp::Capabilities& offered) {
    return std::any_of(offered.lines.begin(), offered.lines.end(),
                       [](const std::string& line) { return ascii::icontains(line, "XXXX"); });
}

const smtp::Exchange* starttls_of(const Facts& facts) {
    const auto asked =
        std::find_if(facts.exchanges.begin(), facts.exchanges.end(),
                     [](const smtp::Exchange& exchange) { return exchange.command == "STARTTLS"; });
    return asked == facts.exchanges.end() ? nullptr : &*asked;
}

/// Neither STARTTLS nor AUTH: whoever wants to log in is wrong here, with or without TLS.
void judge_no_login(ProbeSheet& sheet) {
    const std::string offered = offered_words(sheet.outcome().before_tls);
    const std::string words =
        "neither STARTTLS nor AUTH is offered" + (offered.empty() ? "" : ": " + offered);
    sheet.line(ProbeStep::starttls, StepVerdict::problem, words);
    smtp::Outcome hindered = sheet.outcome();
    std::vector<Finding> also =
        sheet.break_findings(); // where a device takes STARTTLS away, AUTH goes with it
    hindered.broken.reset();
    hindered.fate = smtp::Fate::not_sent;
    hindered.obstacle = smtp::Obstacle::auth_not_offered;
    hindered.obstacle_detail = words;
    for (Finding& finding :
         judge_sending(hindered, {sheet.facts().host, sheet.facts().port, sheet.facts().login, {}}))
        sheet.take(std::move(finding));
    for (Finding& finding : also) {
        finding.severity = Severity::warning;
        sheet.take(std::move(finding));
    }
}

void judge_starttls(ProbeSheet& sheet) {
    const Facts& facts = sheet.facts();
    if (facts.mode == TlsMode::implicit || facts.mode == TlsMode::off) {
        sheet.line(ProbeStep::starttls, StepVerdict::skipped,
                   facts.mode == TlsMode::off ? "not asked for (--tls off)" : "TLS comes first on this port");
        return;
    }
    const smtp::Capabilities& offered = facts.outcome.before_tls;
    const smtp::Exchange* asked = starttls_of(facts);
    const bool is_missing = facts.outcome.broken && facts.outcome.broken->kind == Break::tls_not_offered;
    if (is_missing && (is_overwritten(offered) || family_of_host(facts.host) != HostFamily::any)) {
        sheet.line(ProbeStep::starttls, StepVerdict::problem, "not offered: " + offered_words(offered));
        sheet.find("probe-starttls-stripped", {{"list", offered_words(offered)}}, offered_words(offered));
        return;
    }
    if (is_missing && !facts.login.empty() && offered.auth.empty()) {
        judge_no_login(sheet);
        return;
    }
    if (!offered.starttls && sheet.passed(ProbeStep::starttls)) {
        sheet.line(ProbeStep::starttls, StepVerdict::skipped, "not offered, and not demanded on this port");
        return;
    }
    const bool has_answer = asked != nullptr && asked->reply.code != 0;
    std::string words = has_answer ? smtp::flatten(asked->reply.text) : std::string{};
    const bool is_refused = has_answer && asked->reply.code >= 300;
    if (is_refused) words.insert(0, "offered, then refused: ");
    if (has_answer && sheet.broke(ProbeStep::starttls) && facts.outcome.broken)
        words += "; " + facts.outcome.broken->detail;
    const std::chrono::microseconds time =
        has_answer ? asked->answered - asked->sent : std::chrono::microseconds{0};
    if (!is_refused || !sheet.passed(ProbeStep::starttls)) {
        sheet.walked(ProbeStep::starttls, time, words);
        return;
    }
    // The walk went on in clear: --tls opportunistic.
    sheet.line(ProbeStep::starttls, StepVerdict::problem, words).time = time;
    sheet.take(judge_reply(asked->reply, smtp::Stage::starttls, sheet.seen()));
}

/// "421 4.7.66", which follows the handshake with old versions at Office 365.
std::string turning_words(const Facts& facts) {
    const auto turned =
        std::find_if(facts.versions.begin(), facts.versions.end(),
                     [](const VersionTrial& trial) { return trial.offer == Offer::turned_away; });
    if (turned == facts.versions.end()) return {};
    const smtp::Reply reply = smtp::plain_reply(turned->detail);
    const std::size_t code = std::string_view("421 ").size();
    return reply.enhanced ? turned->detail.substr(0, turned->detail.find(' ', code))
                          : turned->detail.substr(0, code - 1);
}

std::string tls_words(const Facts& facts) {
    std::string words;
    if (facts.outcome.tls.is_on()) words = facts.outcome.tls.version + " " + facts.outcome.tls.cipher;
    const auto add = [&](std::string_view label, const std::string& names) {
        if (!names.empty()) words += fmt::format("{}{} {}", words.empty() ? "" : "; ", label, names);
    };
    add("offers", versions_with(facts, Offer::yes));
    add("does not offer", versions_with(facts, Offer::no));
    if (const std::string names = versions_with(facts, Offer::turned_away); !names.empty())
        add("handshake, then " + turning_words(facts) + ", with", names);
    add("cannot be tested from here:", versions_with(facts, Offer::cannot_test));
    return words;
}

/// Of the walk's own handshake.
std::chrono::microseconds handshake_time(const Facts& facts) {
    const smtp::Times& times = facts.outcome.times;
    std::chrono::microseconds start = times.connected;
    for (const smtp::Exchange& exchange : facts.exchanges)
        if (exchange.command == "STARTTLS") start = exchange.answered;
    return times.secured > start ? times.secured - start : std::chrono::microseconds{0};
}

void judge_versions(ProbeSheet& sheet) {
    const Facts& facts = sheet.facts();
    const auto offers = [&](auto predicate) {
        return std::any_of(facts.versions.begin(), facts.versions.end(), [&](const VersionTrial& trial) {
            return trial.offer == Offer::yes && predicate(trial);
        });
    };
    const bool offers_old = offers(is_old);
    const bool offers_new = offers([](const VersionTrial& trial) { return !is_old(trial); });
    if (sheet.broke(ProbeStep::tls) && offers_old && !offers_new) {
        sheet.line(ProbeStep::tls, StepVerdict::problem, tls_words(facts));
        sheet.find("probe-tls-only-old", {{"list", versions_with(facts, Offer::yes)}},
                   facts.outcome.broken ? facts.outcome.broken->detail : std::string{});
        return;
    }
    const bool has_no_tls = sheet.passed(ProbeStep::tls) && !facts.had_tls() && facts.chain().empty();
    if (has_no_tls) {
        sheet.line(ProbeStep::tls, StepVerdict::skipped, "the connection is in clear");
        return;
    }
    const bool is_reached = sheet.passed(ProbeStep::tls) || sheet.broke(ProbeStep::tls);
    sheet.walked(ProbeStep::tls, handshake_time(facts), is_reached ? tls_words(facts) : std::string{});
    if (is_reached && offers_old)
        sheet.find("probe-tls-old-versions", {{"list", versions_with(facts, Offer::yes)}});
}

std::string date_of(std::int64_t seconds) {
    return mail::to_rfc3339(seconds).substr(0, date_width);
}

/// The name in `O = Example, CN = mail.example.com`; all of it when there is none.
std::string common_name(const std::string& subject) {
    constexpr std::string_view label = "CN = ";
    const std::size_t start = subject.find(label);
    if (start == std::string::npos) return subject;
    const std::size_t name = start + label.size();
    const char end = name < subject.size() && subject[name] == '"' ? '"' : ',';
    const std::size_t from = end == '"' ? name + 1 : name;
    return subject.substr(from, subject.find(end, from) - from);
}

std::string certificate_words(const ProbeSheet& sheet) {
    const auto& chain = sheet.facts().chain();
    if (chain.empty()) return {};
    const smtp::Certificate& own = chain.front();
    std::string words;
    if (own.not_after != 0 && own.not_after < sheet.now())
        words = "expired on " + date_of(own.not_after);
    else if (own.not_after != 0)
        words = fmt::format("until {} ({} days)", date_of(own.not_after),
                            (own.not_after - sheet.now()) / seconds_per_day);
    words += (words.empty() ? "for " : ", for ") + common_name(own.subject);
    return words + ", by " + (own.issuer == own.subject ? "itself" : common_name(own.issuer));
}

void judge_soon(ProbeSheet& sheet) {
    const auto& chain = sheet.facts().chain();
    if (chain.empty() || chain.front().not_after == 0) return;
    const std::int64_t left = chain.front().not_after - sheet.now();
    if (left < 0 || left > soon * seconds_per_day) return;
    sheet.find(
        "probe-certificate-soon",
        {{"count", std::to_string(left / seconds_per_day)}, {"value", date_of(chain.front().not_after)}},
        certificate_words(sheet));
}

void judge_certificate(ProbeSheet& sheet) {
    const Facts& facts = sheet.facts();
    const std::string words = certificate_words(sheet);
    if (sheet.passed(ProbeStep::certificate) && !facts.had_tls()) {
        sheet.line(ProbeStep::certificate, StepVerdict::skipped, "the connection is in clear");
        return;
    }
    if (sheet.broke(ProbeStep::certificate)) {
        const smtp::Broken& broken = *facts.outcome.broken;
        const bool is_known = family_of_host(facts.host) != HostFamily::any;
        if (is_known && broken.kind != Break::certificate_expired) {
            sheet.line(ProbeStep::certificate, StepVerdict::problem,
                       broken.detail + (words.empty() ? "" : ": " + words));
            sheet.find("probe-certificate-swapped", {{"found", words}}, broken.detail);
            return;
        }
        sheet.walked(ProbeStep::certificate, {}, broken.detail + (words.empty() ? "" : ": " + words));
        return;
    }
    if (!facts.certificate_fault) {
        const bool is_unverified = facts.outcome.tls.is_on() && !facts.outcome.tls.is_verified;
        sheet.walked(ProbeStep::certificate, {},
                     words + (is_unverified ? "; good, though not demanded" : ""));
        if (sheet.passed(ProbeStep::certificate)) judge_soon(sheet);
        return;
    }
    if (!sheet.passed(ProbeStep::certificate)) {
        sheet.walked(ProbeStep::certificate, {}, {});
        return;
    }
    const std::string& why = facts.certificate_fault->detail;
    sheet.line(ProbeStep::certificate, StepVerdict::skipped,
               "not good, though not demanded: " + (words.empty() ? why : words));
    Finding finding = finding_of("probe-certificate-unverified", {{"host", facts.host}, {"why", why}}, why);
    // Between servers it is usual, and nobody looks (RFC 7435).
    if (facts.mode == TlsMode::opportunistic) finding.severity = Severity::info;
    sheet.take(std::move(finding));
}

} // namespace

void judge_tls(ProbeSheet& sheet) {
    judge_starttls(sheet);
    if (sheet.facts().mode == TlsMode::off) {
        for (const ProbeStep step : {ProbeStep::tls, ProbeStep::certificate})
            sheet.line(step, StepVerdict::skipped, "not asked for (--tls off)");
        return;
    }
    judge_versions(sheet);
    judge_certificate(sheet);
}

} // namespace relaytool::diagnosis
