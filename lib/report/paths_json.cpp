#include "report/json.hpp"
#include "report/paths.hpp"
#include "report/probe.hpp"

namespace relaytool::report {
namespace {

using diagnosis::PathLine;
using diagnosis::PathNeeds;

Json needs(const PathNeeds& needs) {
    Json json = object_of(5);
    add(json, "login", std::string(needs.login));
    add(json, "address", std::string(needs.address));
    add(json, "recipients", std::string(needs.recipients));
    add(json, "sender", std::string(needs.sender));
    add(json, "tls", std::string(needs.encryption));
    return json;
}

Json path(const PathLine& line) {
    Json json = object_of(6);
    add(json, "path", std::string(to_string(line.path)));
    add(json, "outcome", std::string(to_string(line.verdict)));
    add(json, "place", text_or_null(line.place));
    add(json, "evidence", text_or_null(line.evidence));
    add(json, "finding", text_or_null(line.finding));
    add(json, "needs", needs(diagnosis::needs_of(line.path)));
    return json;
}

} // namespace

std::string paths_json(const diagnosis::PathsVerdict& verdict) {
    Json json = object_of(7);
    add(json, "schema", "relaytool/probe-paths/1");
    add(json, "recommended",
        verdict.recommended ? Json(std::string(to_string(*verdict.recommended))) : Json(nullptr));
    add(json, "why", verdict.why);
    Json paths = Json::array();
    for (const PathLine& line : verdict.lines)
        paths.push_back(path(line));
    add(json, "paths", std::move(paths));
    add(json, "submission", Json::parse(probe_json(verdict.walks.submission, nullptr)));
    add(json, "exchanger",
        verdict.walks.exchanger ? Json::parse(probe_json(*verdict.walks.exchanger, nullptr)) : Json(nullptr));
    Json findings = Json::array();
    for (const diagnosis::Finding& finding : verdict.findings)
        findings.push_back(to_json(finding));
    add(json, "findings", std::move(findings));
    return dump(json);
}

} // namespace relaytool::report
