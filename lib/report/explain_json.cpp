#include "report/explain.hpp"
#include "report/json.hpp"

namespace relaytool::report {

std::string explanation_json(const diagnosis::Explanation& explanation) {
    Json json;
    json["input"] = explanation.input;
    json["reply"] = to_json(explanation.reply);
    json["category"] = std::string(to_string(explanation.finding.category));
    json["diagnosis"] = to_json(explanation.finding);
    return dump(json);
}

std::string_view explain_json_begin() {
    return "{\"schema\":\"relaytool/explain/1\",\"results\":[";
}
std::string_view explain_json_end() {
    return "]}\n";
}

} // namespace relaytool::report
