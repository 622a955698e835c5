#include "diagnosis/catalogue.hpp"
#include "diagnosis/fill.hpp"
#include "report/explain.hpp"
#include "report/json.hpp"

namespace relaytool::report {

std::string explanation_json(const diagnosis::Explanation& explanation) {
    Json json = object_of(4);
    add(json, "input", explanation.input);
    add(json, "reply", to_json(explanation.reply));
    add(json, "category", std::string(to_string(explanation.finding.category)));
    add(json, "diagnosis", to_json(explanation.finding));
    return dump(json);
}

std::string catalogue_json() {
    Json document;
    document["schema"] = "relaytool/explain/1";
    document["rules"] = Json::array();
    for (const diagnosis::Chapter& chapter : diagnosis::catalogue())
        for (const diagnosis::Rule& rule : chapter.rows) {
            Json json = object_of(4);
            add(json, "id", std::string(rule.id));
            add(json, "category", std::string(to_string(rule.category)));
            add(json, "title", diagnosis::fill(rule, {}).title);
            add(json, "owner", std::string(to_string(rule.owner)));
            document["rules"].push_back(std::move(json));
        }
    return dump(document) + '\n';
}

std::string_view explain_json_begin() {
    return "{\"schema\":\"relaytool/explain/1\",\"results\":[";
}
std::string_view explain_json_end() {
    return "]}\n";
}

} // namespace relaytool::report
