#include "mail/date.hpp"
#include "report/json.hpp"
#include "report/probe.hpp"
#include "smtp/login.hpp"

#include <string_view>

namespace relaytool::report {
namespace {

using diagnosis::ProbeVerdict;
using diagnosis::StepLine;
using probe::Facts;

Json time_or_null(std::chrono::microseconds time) {
    return time.count() > 0 ? Json(milliseconds(time)) : Json(nullptr);
}

Json date_or_null(std::int64_t seconds) {
    return seconds == 0 ? Json(nullptr) : Json(mail::to_rfc3339(seconds));
}

Json reply_or_null(const smtp::Reply& reply) {
    return reply.code == 0 ? Json(nullptr) : to_json(reply);
}

Json steps(const ProbeVerdict& verdict) {
    Json list = Json::array();
    for (const StepLine& line : verdict.steps) {
        Json json = object_of(6);
        add(json, "step", std::string(to_string(line.step)));
        add(json, "outcome", std::string(to_string(line.verdict)));
        add(json, "ms", time_or_null(line.time));
        add(json, "evidence", text_or_null(line.evidence));
        add(json, "address", text_or_null(line.address));
        add(json, "finding", text_or_null(line.finding));
        list.push_back(std::move(json));
    }
    return list;
}

Json target(const Facts& facts) {
    Json json = object_of(3);
    add(json, "host", facts.host);
    add(json, "port", facts.port);
    add(json, "address", text_or_null(facts.outcome.address));
    return json;
}

Json reaches(const std::vector<probe::Reach>& tried) {
    Json list = Json::array();
    for (const probe::Reach& reach : tried) {
        Json json = object_of(5);
        add(json, "address", ip::to_string(reach.address));
        add(json, "port", reach.port);
        add(json, "answers", !reach.broken);
        add(json, "detail", reach.broken ? text_or_null(reach.broken->detail) : Json(nullptr));
        add(json, "ms", time_or_null(reach.time));
        list.push_back(std::move(json));
    }
    return list;
}

std::string_view source_name(probe::AddressSource source) {
    switch (source) {
    case probe::AddressSource::literal: return "literal";
    case probe::AddressSource::dns: return "dns";
    case probe::AddressSource::system: return "system";
    }
    return "";
}

Json resolution(const probe::Resolution& resolution) {
    Json json = object_of(4);
    add(json, "source", std::string(source_name(resolution.source)));
    add(json, "aliases", resolution.aliases);
    Json addresses = Json::array();
    for (const ip::Address& address : resolution.addresses)
        addresses.push_back(ip::to_string(address));
    add(json, "addresses", std::move(addresses));
    add(json, "total", resolution.total);
    return json;
}

std::string_view offer_name(probe::Offer offer) {
    switch (offer) {
    case probe::Offer::yes: return "yes";
    case probe::Offer::no: return "no";
    case probe::Offer::turned_away: return "turned-away";
    case probe::Offer::cannot_test: return "cannot-test";
    case probe::Offer::unknown: return "unknown";
    }
    return "";
}

Json tls(const Facts& facts) {
    Json json = object_of(4);
    add(json, "version", text_or_null(facts.outcome.tls.version));
    add(json, "cipher", text_or_null(facts.outcome.tls.cipher));
    add(json, "verified", facts.outcome.tls.is_verified);
    Json versions = Json::array();
    for (const probe::VersionTrial& trial : facts.versions) {
        Json version = object_of(4);
        add(version, "version", std::string(to_string(trial.version)));
        add(version, "offered", std::string(offer_name(trial.offer)));
        add(version, "cipher", text_or_null(trial.tls.cipher));
        add(version, "detail", text_or_null(trial.detail));
        versions.push_back(std::move(version));
    }
    add(json, "versions", std::move(versions));
    return json;
}

Json certificate_json(const smtp::Certificate& certificate) {
    Json json = object_of(8);
    add(json, "subject", text_or_null(certificate.subject));
    add(json, "issuer", text_or_null(certificate.issuer));
    add(json, "names", certificate.names);
    add(json, "not_before", date_or_null(certificate.not_before));
    add(json, "not_after", date_or_null(certificate.not_after));
    add(json, "key", text_or_null(certificate.key));
    return json;
}

Json certificate(const Facts& facts) {
    if (facts.chain().empty()) return nullptr;
    Json json = certificate_json(facts.chain().front());
    const smtp::Outcome& outcome = facts.outcome;
    const bool is_bad = facts.certificate_fault.has_value() || (!outcome.tls.is_on() && outcome.broken);
    add(json, "fault",
        facts.certificate_fault ? text_or_null(facts.certificate_fault->detail)
        : is_bad                ? text_or_null(outcome.broken->detail)
                                : Json(nullptr));
    Json chain = Json::array();
    for (const smtp::Certificate& link : facts.chain())
        chain.push_back(certificate_json(link));
    add(json, "chain", std::move(chain));
    return json;
}

Json capabilities(const Facts& facts) {
    Json json = object_of(2);
    add(json, "plain", facts.outcome.before_tls.lines);
    add(json, "tls", facts.inside_tls().lines);
    return json;
}

std::string outcome_of(const ProbeVerdict& verdict, diagnosis::ProbeStep step, std::string_view address) {
    for (const StepLine& line : verdict.steps)
        if (line.step == step && line.address == address) return std::string(to_string(line.verdict));
    return std::string(to_string(diagnosis::StepVerdict::skipped));
}

Json auth(const ProbeVerdict& verdict) {
    const smtp::Outcome& outcome = verdict.facts.outcome;
    const bool is_answer = outcome.stage == smtp::Stage::auth && outcome.reply.code >= 400;
    Json json = object_of(6);
    add(json, "login", text_or_null(verdict.facts.login));
    add(json, "mechanism",
        outcome.mechanism ? Json(std::string(to_string(*outcome.mechanism))) : Json(nullptr));
    add(json, "offered", outcome.now.auth);
    add(json, "outcome", outcome_of(verdict, diagnosis::ProbeStep::auth, ""));
    add(json, "reply", is_answer ? to_json(outcome.reply) : Json(nullptr));
    add(json, "token_refusal", text_or_null(outcome.token_refusal));
    return json;
}

Json senders(const ProbeVerdict& verdict) {
    Json list = Json::array();
    for (const probe::SenderTrial& sender : verdict.facts.senders) {
        Json json = object_of(4);
        add(json, "address", sender.address);
        add(json, "outcome", outcome_of(verdict, diagnosis::ProbeStep::mail, sender.address));
        add(json, "reply", reply_or_null(sender.reply));
        Json message = nullptr;
        if (sender.message) {
            message = object_of(3);
            add(message, "outcome", outcome_of(verdict, diagnosis::ProbeStep::send_as, sender.address));
            add(message, "reply", reply_or_null(sender.message->reply));
            add(message, "queue_id", text_or_null(sender.message->queue_id));
        }
        add(json, "message", std::move(message));
        list.push_back(std::move(json));
    }
    return list;
}

Json recipients(const ProbeVerdict& verdict) {
    Json list = Json::array();
    for (const probe::RecipientTrial& recipient : verdict.facts.recipients) {
        Json json = object_of(3);
        add(json, "address", recipient.address);
        add(json, "outcome", outcome_of(verdict, diagnosis::ProbeStep::rcpt, recipient.address));
        add(json, "reply", reply_or_null(recipient.reply));
        list.push_back(std::move(json));
    }
    return list;
}

Json exposure(const Facts& facts) {
    if (!facts.exposure) return nullptr;
    Json json = object_of(5);
    Json relayed = Json::array();
    for (const probe::Exposure::Relayed& tried : facts.exposure->relayed) {
        Json one = object_of(2);
        add(one, "recipient", tried.recipient);
        add(one, "reply", reply_or_null(tried.reply));
        relayed.push_back(std::move(one));
    }
    add(json, "relaying", std::move(relayed));
    add(json, "vrfy", reply_or_null(facts.exposure->vrfy));
    add(json, "expn", reply_or_null(facts.exposure->expn));
    add(json, "bare_line_feed", reply_or_null(facts.exposure->bare_line_feed.value_or(smtp::Reply())));
    add(json, "smuggled", reply_or_null(facts.exposure->smuggled.value_or(smtp::Reply())));
    return json;
}

Json expectations(const ProbeVerdict& verdict) {
    Json list = Json::array();
    for (const diagnosis::ExpectationLine& line : verdict.expectations) {
        Json json = object_of(3);
        add(json, "term", line.term);
        add(json, "outcome", std::string(to_string(line.met)));
        add(json, "detail", text_or_null(line.detail));
        list.push_back(std::move(json));
    }
    return list;
}

} // namespace

std::string probe_json(const ProbeVerdict& verdict, const smtp::Transcript* transcript) {
    const Facts& facts = verdict.facts;
    Json json = object_of(20);
    add(json, "schema", "relaytool/probe/1");
    add(json, "at", date_or_null(verdict.at));
    add(json, "target", target(facts));
    add(json, "outcome", std::string(to_string(verdict.verdict)));
    add(json, "ms", milliseconds(facts.time));
    add(json, "steps", steps(verdict));
    add(json, "resolution", resolution(facts.resolution));
    add(json, "addresses", reaches(facts.addresses));
    add(json, "other_ports", reaches(facts.other_ports));
    add(json, "greeting", text_or_null(facts.outcome.greeting.text));
    add(json, "capabilities", capabilities(facts));
    add(json, "tls", tls(facts));
    add(json, "certificate", certificate(facts));
    add(json, "auth", auth(verdict));
    add(json, "senders", senders(verdict));
    add(json, "recipients", recipients(verdict));
    add(json, "exposure", exposure(facts));
    Json findings = Json::array();
    for (const diagnosis::Finding& finding : verdict.findings)
        findings.push_back(to_json(finding));
    add(json, "findings", std::move(findings));
    if (!verdict.expectations.empty()) add(json, "expectations", expectations(verdict));
    if (transcript != nullptr) add(json, "transcript", to_json(*transcript));
    return dump(json);
}

} // namespace relaytool::report
