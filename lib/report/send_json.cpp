#include "mail/date.hpp"
#include "report/json.hpp"
#include "report/send.hpp"

namespace relaytool::report {
namespace {

Json tls_json(const smtp::TlsFacts& tls) {
    if (!tls.is_on()) return nullptr;
    Json json = object_of(6);
    add(json, "version", tls.version);
    add(json, "cipher", text_or_null(tls.cipher));
    add(json, "verified", tls.is_verified);
    const smtp::Certificate certificate = tls.chain.empty() ? smtp::Certificate{} : tls.chain.front();
    add(json, "subject", text_or_null(certificate.subject));
    add(json, "issuer", text_or_null(certificate.issuer));
    add(json, "not_after",
        certificate.not_after == 0 ? Json(nullptr) : Json(mail::to_rfc3339(certificate.not_after)));
    return json;
}

/// Times at which a step was over, in milliseconds; null for one that was not reached.
Json times_json(const smtp::Times& times) {
    Json json = object_of(6);
    const auto put = [&](std::string_view name, std::chrono::microseconds at) {
        add(json, name, at.count() > 0 ? Json(milliseconds(at)) : Json(nullptr));
    };
    put("connected", times.connected);
    put("tls", times.secured);
    put("ready", times.ready);
    put("auth", times.logged_in);
    put("envelope", times.enveloped);
    put("total", times.ended);
    return json;
}

Json recipients(const smtp::Outcome& outcome) {
    Json list = Json::array();
    for (const smtp::RecipientOutcome& recipient : outcome.recipients) {
        Json json = object_of(3);
        add(json, "address", recipient.address);
        add(json, "outcome", std::string(to_string(recipient.fate)));
        add(json, "reply", recipient.reply.code == 0 ? Json(nullptr) : to_json(recipient.reply));
        list.push_back(std::move(json));
    }
    return list;
}

Json server(const SendReport& report) {
    Json json = object_of(5);
    add(json, "host", report.host);
    add(json, "port", report.port);
    add(json, "address", text_or_null(report.outcome.address));
    add(json, "greeting", text_or_null(report.outcome.greeting.text));
    add(json, "capabilities", report.outcome.now.lines);
    return json;
}

} // namespace

std::string send_json(const SendReport& report, const smtp::Transcript* transcript) {
    const smtp::Outcome& outcome = report.outcome;
    Json json = object_of(17);
    add(json, "schema", "relaytool/send/1");
    add(json, "outcome", std::string(to_string(outcome.fate)));
    add(json, "stage", std::string(to_string(outcome.stage)));
    add(json, "server", report.host.empty() ? Json(nullptr) : server(report));
    add(json, "tls", tls_json(outcome.tls));
    add(json, "login", text_or_null(report.login));
    add(json, "mechanism",
        outcome.mechanism ? Json(std::string(to_string(*outcome.mechanism))) : Json(nullptr));
    add(json, "from", report.sender);
    add(json, "recipients", recipients(outcome));
    add(json, "reply", outcome.reply.code == 0 ? Json(nullptr) : to_json(outcome.reply));
    add(json, "message_id", text_or_null(report.message_id));
    add(json, "size", report.size);
    Json notes = Json::array();
    for (const mail::Note note : report.notes)
        notes.push_back(std::string(mail::to_string(note)));
    add(json, "notes", std::move(notes));
    add(json, "queue_id", text_or_null(outcome.queue_id));
    add(json, "times", times_json(outcome.times));
    Json findings = Json::array();
    for (const diagnosis::Finding& finding : report.findings)
        findings.push_back(to_json(finding));
    add(json, "findings", std::move(findings));
    if (transcript != nullptr) add(json, "transcript", to_json(*transcript));
    return dump(json);
}

} // namespace relaytool::report
