#include "report/json.hpp"

#include <utility>

namespace relaytool::report {

Json text_or_null(std::string_view text) {
    return text.empty() ? Json(nullptr) : Json(std::string(text));
}

Json to_json(diagnosis::Finding finding) {
    Json json;
    json["id"] = std::move(finding.id);
    json["category"] = std::string(to_string(finding.category));
    json["severity"] = std::string(to_string(finding.severity));
    json["title"] = std::move(finding.title);
    json["cause"] = std::move(finding.cause);
    json["steps"] = std::move(finding.steps);
    json["owner"] = std::string(to_string(finding.owner));
    json["permanent"] = finding.permanent ? Json(*finding.permanent) : Json(nullptr);
    json["evidence"] = finding.evidence.empty() ? Json(nullptr) : Json(std::move(finding.evidence));
    json["reference"] = text_or_null(finding.reference);
    return json;
}

Json to_json(const smtp::Reply& reply) {
    Json json;
    json["code"] = reply.code == 0 ? Json(nullptr) : Json(reply.code);
    json["enhanced"] = reply.enhanced ? Json(smtp::to_string(*reply.enhanced)) : Json(nullptr);
    json["text"] = text_or_null(reply.text);
    json["host"] = text_or_null(reply.host);
    return json;
}

std::string dump(const Json& document) {
    return document.dump(-1, ' ', false, Json::error_handler_t::replace);
}

} // namespace relaytool::report
