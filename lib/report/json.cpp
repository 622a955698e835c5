#include "report/json.hpp"

#include <utility>

namespace relaytool::report {

Json object_of(std::size_t keys) {
    Json object = Json::object();
    object.get_ref<Json::object_t&>().reserve(keys);
    return object;
}

void add(Json& object, std::string_view key, Json value) {
    object.get_ref<Json::object_t&>().emplace_back(std::string(key), std::move(value));
}

Json text_or_null(std::string_view text) {
    return text.empty() ? Json(nullptr) : Json(std::string(text));
}

Json to_json(diagnosis::Finding finding) {
    Json json = object_of(10);
    add(json, "id", std::move(finding.id));
    add(json, "category", std::string(to_string(finding.category)));
    add(json, "severity", std::string(to_string(finding.severity)));
    add(json, "title", std::move(finding.title));
    add(json, "cause", std::move(finding.cause));
    add(json, "steps", std::move(finding.steps));
    add(json, "owner", std::string(to_string(finding.owner)));
    add(json, "permanent", finding.permanent ? Json(*finding.permanent) : Json(nullptr));
    add(json, "evidence", finding.evidence.empty() ? Json(nullptr) : Json(std::move(finding.evidence)));
    add(json, "reference", text_or_null(finding.reference));
    return json;
}

Json to_json(const smtp::Reply& reply) {
    Json json = object_of(4);
    add(json, "code", reply.code == 0 ? Json(nullptr) : Json(reply.code));
    add(json, "enhanced", reply.enhanced ? Json(smtp::to_string(*reply.enhanced)) : Json(nullptr));
    add(json, "text", text_or_null(reply.text));
    add(json, "host", text_or_null(reply.host));
    return json;
}

std::string dump(const Json& document) {
    return document.dump(-1, ' ', false, Json::error_handler_t::replace);
}

} // namespace relaytool::report
