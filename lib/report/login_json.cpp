#include "mail/date.hpp"
#include "report/json.hpp"
#include "report/login.hpp"

namespace relaytool::report {
namespace {

Json date_or_null(std::int64_t seconds) {
    return seconds == 0 ? Json(nullptr) : Json(mail::to_rfc3339(seconds));
}

Json claims_json(const oauth::Claims& claims) {
    Json json = object_of(9);
    add(json, "audience", claims.audiences);
    add(json, "issuer", text_or_null(claims.issuer));
    add(json, "tenant", text_or_null(claims.tenant));
    add(json, "application", text_or_null(claims.application));
    add(json, "login", text_or_null(claims.login));
    add(json, "scopes", claims.scopes);
    add(json, "roles", claims.roles);
    add(json, "issued", date_or_null(claims.issued));
    add(json, "expires", date_or_null(claims.expires));
    return json;
}

} // namespace

std::string login_json(const LoginReport& report) {
    const oauth::CachedLogin& login = report.login;
    Json json = object_of(13);
    add(json, "schema", "relaytool/login/1");
    add(json, "outcome", std::string(to_string(report.outcome)));
    add(json, "user", text_or_null(login.user));
    add(json, "provider", text_or_null(login.provider));
    add(json, "tenant", text_or_null(login.tenant));
    add(json, "client_id", text_or_null(login.client_id));
    add(json, "scope", text_or_null(login.scope));
    add(json, "application", login.is_app);
    add(json, "expires", date_or_null(login.is_end_assumed ? 0 : login.expires));
    add(json, "renews", login.is_app || !login.refresh.empty());
    add(json, "claims", report.claims ? claims_json(*report.claims) : Json(nullptr));
    add(json, "file", text_or_null(report.file));
    Json findings = Json::array();
    for (const diagnosis::Finding& finding : report.findings)
        findings.push_back(to_json(finding));
    add(json, "findings", std::move(findings));
    return dump(json);
}

} // namespace relaytool::report
