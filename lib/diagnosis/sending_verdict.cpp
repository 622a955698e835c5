#include "diagnosis/sending_verdict.hpp"

#include "base/place.hpp"
#include "diagnosis/catalogue.hpp"
#include "diagnosis/check.hpp"
#include "diagnosis/fill.hpp"
#include "diagnosis/host_family.hpp"
#include "smtp/login.hpp"

#include <algorithm>
#include <utility>

namespace relaytool::diagnosis {
namespace {

/// The row that says the same of a mail that a relay could not hand on; "" when there is none.
std::string_view rule_of(smtp::Break kind) {
    switch (kind) {
    case smtp::Break::host_unknown: return "host-unknown";
    case smtp::Break::dns_failed: return "host-unknown-resolver-down";
    case smtp::Break::refused: return "connection-refused-named";
    case smtp::Break::unreachable: return "connection-unreachable";
    case smtp::Break::timed_out: return "connection-timed-out";
    case smtp::Break::closed:
    case smtp::Break::reset: return "connection-dropped";
    case smtp::Break::proxy: return "send-proxy";
    case smtp::Break::tls_not_offered: return "tls-not-offered";
    case smtp::Break::tls_handshake: return "tls-handshake-failed";
    case smtp::Break::certificate_expired: return "tls-certificate-expired";
    case smtp::Break::certificate_name: return "tls-certificate-name";
    case smtp::Break::certificate_untrusted: return "tls-certificate-untrusted";
    case smtp::Break::not_smtp: return "send-not-smtp";
    case smtp::Break::local: return "send-local";
    }
    return "send-local";
}

std::string_view rule_of(smtp::Obstacle obstacle) {
    switch (obstacle) {
    case smtp::Obstacle::auth_not_offered: return "auth-not-offered";
    case smtp::Obstacle::mechanism_not_offered: return "send-mechanism";
    case smtp::Obstacle::login_without_tls: return "send-login-without-tls";
    case smtp::Obstacle::token_unfit: return "send-token-unfit";
    case smtp::Obstacle::too_big: return "send-too-big";
    case smtp::Obstacle::smtputf8_not_offered: return "protocol-smtputf8";
    case smtp::Obstacle::message:
    case smtp::Obstacle::none: break;
    }
    return "send-message";
}

/// A row of either kind, by its id.
Finding finding_by_id(std::string_view id, const Seen& seen, const Values& values, std::string evidence) {
    const Rule* rule = find_rule(id);
    if (rule != nullptr && rule->when.event != Event::check) {
        Finding finding = fill(*rule, seen);
        finding.evidence = std::move(evidence);
        return finding;
    }
    return finding_of(id, values, std::move(evidence));
}

void add_once(std::vector<Finding>& findings, Finding finding) {
    const auto same = [&](const Finding& other) {
        return other.id == finding.id && other.title == finding.title;
    };
    if (std::none_of(findings.begin(), findings.end(), same)) findings.push_back(std::move(finding));
}

/// STARTTLS is answered only where it was in the server's list: words that elsewhere tell that it is not
/// offered mean here that it does not begin.
Finding refused_starttls(const Seen& seen, Finding by_words) {
    if (by_words.id != "tls-not-offered" && by_words.id != "unknown") return by_words;
    Finding finding = fill(*find_rule("tls-unavailable-for-now"), seen);
    finding.evidence = std::move(by_words.evidence);
    finding.permanent = by_words.permanent;
    finding.severity = Severity::error; // no relay tries again by itself here
    return finding;
}

/// Why a connection in clear is not enough for a login.
std::string clear_words(const smtp::Outcome& outcome) {
    if (outcome.obstacle != smtp::Obstacle::login_without_tls) return outcome.obstacle_detail;
    return outcome.before_tls.starttls
               ? "The server offered STARTTLS, and refused when it was to begin."
               : "The server did not offer STARTTLS, or a device between takes the offer out.";
}

/// The row about how the connection ended.
std::string_view rule_of_break(const smtp::Outcome& outcome) {
    const smtp::Break kind = outcome.broken->kind;
    // Silence of somebody who is there is another matter than no connection.
    const bool is_there = outcome.greeting.code != 0 || outcome.times.connected.count() > 0;
    if (kind == smtp::Break::timed_out && is_there) return "connection-lost-conversation";
    // TLS from the first octet, where the server wants to greet first.
    if (kind == smtp::Break::tls_handshake && outcome.stage == smtp::Stage::connect)
        return "tls-port-mixed-up";
    const bool waits_for_tls = outcome.stage == smtp::Stage::starttls && outcome.reply.code == 220;
    if (kind == smtp::Break::not_smtp && waits_for_tls) return "send-starttls-injection";
    return rule_of(kind);
}

/// A login with a token that was refused without a reason of its own, such as a switch that is off.
bool is_refused_token(const smtp::Outcome& outcome, const Finding& finding) {
    return outcome.stage == smtp::Stage::auth && outcome.mechanism && sasl::takes_token(*outcome.mechanism) &&
           finding.category == Category::auth_failed;
}

/// What is usually wrong with a token is something else than what is wrong with a password.
Finding refused_token(const smtp::Outcome& outcome, const Sending& sending, const Seen& seen,
                      Finding by_reply) {
    const std::string& why = outcome.token_refusal;
    const bool is_microsoft = family_of_host(seen.host) == HostFamily::microsoft && why.empty();
    Finding finding =
        finding_of(is_microsoft ? "send-token-refused-microsoft" : "send-token-refused",
                   {{"host", seen.host}, {"name", sending.login}, {"why", why.empty() ? "nothing" : why}},
                   std::move(by_reply.evidence));
    finding.permanent = by_reply.permanent;
    return finding;
}

} // namespace

Seen seen_of(const smtp::Outcome& outcome, const Sending& sending) {
    Seen seen;
    seen.login = sending.login;
    seen.from = sending.from;
    seen.host = sending.host;
    if (sending.port != 0) seen.port = std::to_string(sending.port);
    if (family_of_host(sending.host) != HostFamily::any) return seen;
    std::string said = smtp::greeting_name(outcome.greeting);
    if (family_of_host(said) != HostFamily::any) seen.host = std::move(said);
    return seen;
}

Finding judge_reply(const smtp::Reply& reply, smtp::Stage stage, Seen seen, const std::string& recipient) {
    Evidence evidence;
    evidence.reply = smtp::read_reply(reply.text);
    evidence.stage = stage;
    evidence.seen = std::move(seen);
    evidence.seen.recipient = recipient;
    Finding finding = diagnose(evidence);
    return stage == smtp::Stage::starttls ? refused_starttls(evidence.seen, std::move(finding)) : finding;
}

std::vector<Finding> judge_sending(const smtp::Outcome& outcome, const Sending& sending) {
    std::vector<Finding> findings;
    const Seen seen = seen_of(outcome, sending);
    const auto judge = [&](const smtp::Reply& reply, smtp::Stage stage, const std::string& recipient) {
        add_once(findings, judge_reply(reply, stage, seen, recipient));
    };
    if (outcome.fate == smtp::Fate::unknown) {
        const std::string evidence = outcome.broken ? outcome.broken->detail : std::string{};
        findings.push_back(finding_of("send-outcome-unknown", {{"host", sending.host}}, evidence));
    } else if (outcome.broken) {
        const std::string where = place_of(sending.host, sending.port) + ": ";
        Seen asked = seen;
        asked.host = sending.host;
        findings.push_back(finding_by_id(rule_of_break(outcome), asked,
                                         {{"host", sending.host}, {"why", outcome.broken->detail}},
                                         where + outcome.broken->detail));
    } else if (outcome.obstacle != smtp::Obstacle::none) {
        findings.push_back(finding_by_id(rule_of(outcome.obstacle), seen,
                                         {{"host", sending.host},
                                          {"limit", outcome.obstacle_detail},
                                          {"list", outcome.obstacle_detail},
                                          {"why", clear_words(outcome)}},
                                         outcome.obstacle_detail));
    }
    for (const smtp::RecipientOutcome& recipient : outcome.recipients)
        if (recipient.fate == smtp::Fate::refused && recipient.reply.code >= 300)
            judge(recipient.reply,
                  outcome.end_of_message && recipient.reply == outcome.reply ? smtp::Stage::data
                                                                             : smtp::Stage::rcpt_to,
                  recipient.address);
    if (outcome.fate == smtp::Fate::refused && findings.empty()) {
        judge(outcome.reply, outcome.stage, {});
        if (is_refused_token(outcome, findings.front()))
            findings.front() = refused_token(outcome, sending, seen, std::move(findings.front()));
    }
    return findings;
}

} // namespace relaytool::diagnosis
