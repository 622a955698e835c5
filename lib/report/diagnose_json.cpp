#include "mail/date.hpp"
#include "report/diagnose.hpp"
#include "report/json.hpp"

#include <fmt/format.h>

namespace relaytool::report {
namespace {

/// RFC 3339 where the date can be read, else as the server wrote it.
Json date_or_text(std::string_view date) {
    const auto seconds = mail::read_date(date);
    return seconds ? Json(mail::to_rfc3339(*seconds)) : text_or_null(date);
}

Json original_json(const bounce::Original& original) {
    Json json;
    json["from"] = text_or_null(original.from);
    json["to"] = text_or_null(original.to);
    json["subject"] = text_or_null(original.subject);
    json["message_id"] = text_or_null(original.message_id);
    json["date"] = date_or_text(original.date);
    return json;
}

Json recipient_json(const bounce::Recipient& recipient, diagnosis::Finding finding) {
    Json json;
    json["address"] = text_or_null(recipient.address);
    json["action"] = text_or_null(to_string(recipient.action));
    json["status"] = text_or_null(recipient.status);
    json["reply"] = to_json(recipient.reply);
    json["stage"] = text_or_null(to_string(recipient.stage));
    json["notice"] = text_or_null(recipient.notice);
    json["diagnosis"] = to_json(std::move(finding));
    return json;
}

} // namespace

std::string verdict_json(std::string_view file, diagnosis::Verdict verdict) {
    const bounce::Bounce& bounce = verdict.bounce;
    Json json;
    json["file"] = std::string(file);
    json["kind"] = std::string(to_string(bounce.kind));
    json["format"] = std::string(bounce.format);
    if (bounce.kind == bounce::Kind::unreadable) {
        json["category"] = nullptr;
        json["recipients"] = Json::array();
        json["error"] = bounce.notice;
        return dump(json);
    }
    json["category"] = std::string(to_string(verdict.category()));
    json["reporting_host"] = text_or_null(bounce.reporting_host);
    json["submitted_by"] = text_or_null(bounce.submitted_by);
    json["queue_id"] = text_or_null(bounce.queue_id);
    json["arrival"] = date_or_text(bounce.arrival);
    json["retry_until"] = date_or_text(bounce.retry_until);
    json["local_error"] =
        bounce.local_error == 0 ? Json(nullptr) : Json(fmt::format("0x{:08X}", bounce.local_error));
    json["notice"] = text_or_null(bounce.notice);
    json["original"] = original_json(bounce.original);
    json["recipients"] = Json::array();
    for (std::size_t i = 0; i < bounce.recipients.size(); ++i)
        json["recipients"].push_back(recipient_json(bounce.recipients[i], std::move(verdict.findings[i])));
    if (bounce.recipients.empty() && !verdict.findings.empty())
        json["diagnosis"] = to_json(std::move(verdict.findings.front()));
    if (verdict.badmail) json["badmail"] = to_json(std::move(*verdict.badmail));
    return dump(json);
}

std::string_view diagnose_json_begin() {
    return "{\"schema\":\"relaytool/diagnose/1\",\"files\":[";
}
std::string_view diagnose_json_end() {
    return "]}\n";
}

} // namespace relaytool::report
