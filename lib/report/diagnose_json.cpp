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
    Json json = object_of(16);
    add(json, "from", text_or_null(original.from));
    add(json, "to", text_or_null(original.to));
    add(json, "subject", text_or_null(original.subject));
    add(json, "message_id", text_or_null(original.message_id));
    add(json, "date", date_or_text(original.date));
    return json;
}

Json recipient_json(const bounce::Recipient& recipient, diagnosis::Finding finding) {
    Json json = object_of(16);
    add(json, "address", text_or_null(recipient.address));
    add(json, "action", text_or_null(to_string(recipient.action)));
    add(json, "status", text_or_null(recipient.status));
    add(json, "reply", to_json(recipient.reply));
    add(json, "stage", text_or_null(to_string(recipient.stage)));
    add(json, "notice", text_or_null(recipient.notice));
    add(json, "diagnosis", to_json(std::move(finding)));
    return json;
}

} // namespace

std::string verdict_json(std::string_view file, diagnosis::Verdict verdict) {
    const bounce::Bounce& bounce = verdict.bounce;
    Json json = object_of(16);
    add(json, "file", std::string(file));
    add(json, "kind", std::string(to_string(bounce.kind)));
    add(json, "format", std::string(bounce.format));
    if (bounce.kind == bounce::Kind::unreadable) {
        add(json, "category", nullptr);
        add(json, "recipients", Json::array());
        add(json, "error", bounce.notice);
        return dump(json);
    }
    add(json, "category", std::string(to_string(verdict.category())));
    add(json, "reporting_host", text_or_null(bounce.reporting_host));
    add(json, "submitted_by", text_or_null(bounce.submitted_by));
    add(json, "queue_id", text_or_null(bounce.queue_id));
    add(json, "arrival", date_or_text(bounce.arrival));
    add(json, "retry_until", date_or_text(bounce.retry_until));
    add(json, "local_error",
        bounce.local_error == 0 ? Json(nullptr) : Json(fmt::format("0x{:08X}", bounce.local_error)));
    add(json, "notice", text_or_null(bounce.notice));
    add(json, "original", original_json(bounce.original));
    Json recipients = Json::array();
    for (std::size_t i = 0; i < bounce.recipients.size(); ++i)
        recipients.push_back(recipient_json(bounce.recipients[i], std::move(verdict.findings[i])));
    add(json, "recipients", std::move(recipients));
    if (bounce.left_out > 0) add(json, "left_out", bounce.left_out);
    if (bounce.recipients.empty() && !verdict.findings.empty())
        add(json, "diagnosis", to_json(std::move(verdict.findings.front())));
    if (verdict.badmail) add(json, "badmail", to_json(std::move(*verdict.badmail)));
    return dump(json);
}

std::string_view diagnose_json_begin() {
    return "{\"schema\":\"relaytool/diagnose/1\",\"files\":[";
}
std::string_view diagnose_json_end() {
    return "]}\n";
}

} // namespace relaytool::report
