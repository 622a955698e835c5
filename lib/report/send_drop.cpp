#include "report/send_drop.hpp"

#include "base/ascii.hpp"
#include "report/diagnose.hpp"
#include "report/finding.hpp"
#include "report/json.hpp"

namespace relaytool::report {
namespace {

using iis::Whereabouts;

/// What the reports say about one recipient; null when none names it.
const bounce::Recipient* reported(const Dropped& dropped, std::string_view address) {
    for (const Bounced& bounced : dropped.bounces)
        for (const bounce::Recipient& recipient : bounced.verdict.bounce.recipients)
            if (ascii::iequals(recipient.address, address)) return &recipient;
    return nullptr;
}

Json recipients_json(const Dropped& dropped) {
    Json all = Json::array();
    for (const std::string& address : dropped.recipients) {
        const bounce::Recipient* report = reported(dropped, address);
        Json json = object_of(4);
        add(json, "address", address);
        if (dropped.bounces.empty())
            add(json, "outcome", std::string(outcome_of(dropped)));
        else
            add(json, "outcome", report == nullptr ? "unknown" : "refused");
        add(json, "reply", report == nullptr ? Json(nullptr) : to_json(report->reply));
        all.push_back(std::move(json));
    }
    return all;
}

Json findings_json(const Dropped& dropped) {
    Json all = Json::array();
    if (dropped.finding) all.push_back(to_json(*dropped.finding));
    for (const Bounced& bounced : dropped.bounces) {
        for (const diagnosis::Finding& finding : bounced.verdict.findings)
            all.push_back(to_json(finding));
        if (bounced.verdict.badmail) all.push_back(to_json(*bounced.verdict.badmail));
    }
    return all;
}

} // namespace

std::string_view outcome_of(const Dropped& dropped) {
    if (dropped.sighting.where == Whereabouts::gone) return "accepted";
    return dropped.sighting.where == Whereabouts::bounced ? "refused" : "unknown";
}

std::string dropped_text(const Dropped& dropped, const Style& style) {
    std::string out;
    if (dropped.finding) {
        out += headline(*dropped.finding, style) + "\n\n";
        out += labelled("File", dropped.file, style);
        out += labelled("Message", dropped.message_id, style);
        out += advice(*dropped.finding, style);
    }
    for (const Bounced& bounced : dropped.bounces) {
        if (!out.empty()) out += '\n';
        out += verdict_text(bounced.file, bounced.verdict, style);
    }
    return out;
}

std::string dropped_json(const Dropped& dropped) {
    Json drop = object_of(4);
    add(drop, "file", dropped.file);
    add(drop, "where", std::string(to_string(dropped.sighting.where)));
    add(drop, "seconds", dropped.sighting.age);
    Json badmail = Json::array();
    for (const std::string& file : dropped.sighting.badmail)
        badmail.push_back(file);
    add(drop, "badmail", std::move(badmail));
    Json json = object_of(8);
    add(json, "schema", "relaytool/send/1");
    add(json, "outcome", std::string(outcome_of(dropped)));
    add(json, "stage", "pickup");
    add(json, "recipients", recipients_json(dropped));
    add(json, "message_id", text_or_null(dropped.message_id));
    add(json, "drop", std::move(drop));
    add(json, "findings", findings_json(dropped));
    return dump(json) + "\n";
}

std::string_view progress_of(Whereabouts where) {
    switch (where) {
    case Whereabouts::in_pickup: return "waits in Pickup";
    case Whereabouts::in_queue: return "waits in Queue";
    case Whereabouts::leaving: return "left the folders";
    case Whereabouts::gone: return "handed on";
    case Whereabouts::picked_up: return "picked up";
    case Whereabouts::bounced: return "bounced";
    }
    return "";
}

} // namespace relaytool::report
