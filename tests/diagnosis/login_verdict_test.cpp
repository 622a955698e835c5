#include "diagnosis/catalogue.hpp"
#include "diagnosis/login_verdict.hpp"
#include "support/catch.hpp"

#include <set>
#include <string>

using namespace relaytool;
using diagnosis::Category;
using diagnosis::Severity;
using oauth::Denial;
using oauth::Refusal;

namespace {

constexpr std::int64_t now = 1'800'000'000;
const std::string user = "oliver@shortstraw.be";
const std::string tenant = "11111111-2222-3333-4444-555555555555";

diagnosis::TokenSeeker seeker() {
    return {user, tenant, "app-id", oauth::find_provider("microsoft"), now};
}

Denial refused(std::string error, std::string description = {}) {
    return {Refusal{std::move(error), std::move(description)}, std::nullopt, false};
}

oauth::Claims good() {
    oauth::Claims claims;
    claims.audiences = {"https://outlook.office.com"};
    claims.tenant = tenant;
    claims.login = user;
    claims.scopes = {"SMTP.Send"};
    claims.expires = now + 3600;
    return claims;
}

/// The only finding about a token.
diagnosis::Finding finding_about(const oauth::Claims& claims) {
    const auto findings = diagnosis::judge_token(claims, seeker());
    REQUIRE(findings.size() == 1);
    return findings.front();
}

} // namespace

TEST_CASE("each refusal of a token service has its row", "[diagnosis][login]") {
    struct Row {
        const char* error;
        const char* id;
    };
    const Row row = GENERATE(values<Row>({
        {"authorization_declined", "login-declined"},
        {"access_denied", "login-declined"},
        {"expired_token", "login-code-expired"},
        {"bad_verification_code", "login-code-expired"},
        {"invalid_client", "login-client-refused"},
        {"unauthorized_client", "login-client-refused"},
        {"invalid_scope", "login-scope-refused"},
        {"invalid_grant", "login-grant-refused"},
        {"server_error", "login-refused"},
        {"", "login-refused"},
    }));
    CAPTURE(row.error);
    const auto finding = diagnosis::judge_denial(refused(row.error, "the service's words"), seeker());
    CHECK(finding.id == row.id);
    CHECK(finding.severity == Severity::error);
    CHECK(finding.evidence.find("the service's words") != std::string::npos);
}

TEST_CASE("Entra's numbers count for more than the error's name", "[diagnosis][login]") {
    const auto finding = diagnosis::judge_denial(
        refused("invalid_grant",
                "AADSTS50126: Error validating credentials due to invalid username or password."),
        seeker());
    CHECK(finding.id.starts_with("entra-"));
    CHECK(finding.category == Category::auth_failed);
}

TEST_CASE("a service that is not reached is no refusal", "[diagnosis][login]") {
    const auto finding = diagnosis::judge_denial(
        {std::nullopt, Error{"https://login.example.com/token", "connection refused"}, false}, seeker());
    CHECK(finding.id == "login-unreachable");
    CHECK(finding.category == Category::connection_failed);
}

TEST_CASE("what answers, but is no token service, is not called unreachable", "[diagnosis][login]") {
    const auto finding = diagnosis::judge_denial(
        {std::nullopt, Error{"https://login.example.com/token", "status 404"}, false, 404}, seeker());
    CHECK(finding.id == "login-no-service");
    CHECK(finding.cause.find("status 404") != std::string::npos);
}

TEST_CASE("a token is judged by its text and by its service's words, too", "[diagnosis][login]") {
    const auto first = [](const std::string& token, std::int64_t expires) {
        return std::string(diagnosis::judge_text(token, expires, seeker()).at(0).id);
    };
    CHECK(first("opaque", now - 1) == "token-expired");
    CHECK(first("opaque", now + 3600) == "token-unreadable");
    CHECK(first("opaque", 0) == "token-unreadable");
    CHECK(first("a b", now + 3600) == "token-malformed");
    CHECK(first("", now + 3600) == "token-malformed");
}

TEST_CASE("each fault of a token has its row", "[diagnosis][login]") {
    CHECK(diagnosis::judge_token(good(), seeker()).empty());
    oauth::Claims claims = good();
    SECTION("another service") {
        claims.audiences = {"https://graph.microsoft.com"};
        const auto finding = finding_about(claims);
        CHECK(finding.id == "token-audience");
        CHECK(finding.cause.find("https://graph.microsoft.com") != std::string::npos);
    }
    SECTION("no permission") {
        claims.scopes = {"Mail.Read"};
        CHECK(finding_about(claims).id == "token-permission");
    }
    SECTION("an application's permission will do") {
        claims.scopes.clear();
        claims.roles = {"SMTP.SendAsApp"};
        CHECK(diagnosis::judge_token(claims, seeker()).empty());
    }
    SECTION("another tenant") {
        claims.tenant = "99999999-2222-3333-4444-555555555555";
        CHECK(finding_about(claims).id == "token-tenant");
    }
    SECTION("over") {
        claims.expires = now - 1;
        CHECK(finding_about(claims).id == "token-expired");
    }
    SECTION("not begun") {
        claims.not_before = now + 3600;
        claims.expires = now + 7200;
        CHECK(finding_about(claims).id == "token-not-yet");
    }
    SECTION("nearly over") {
        claims.expires = now + 60;
        const auto finding = finding_about(claims);
        CHECK(finding.id == "token-ends-soon");
        CHECK(finding.severity == Severity::warning);
    }
    SECTION("of another person") {
        claims.login = "ann@shortstraw.be";
        const auto finding = finding_about(claims);
        CHECK(finding.id == "token-other-login");
        CHECK(finding.severity == Severity::warning);
    }
}

TEST_CASE("every row about tokens is reached", "[diagnosis][login]") {
    const std::set<std::string_view> reached{
        "login-declined",      "login-code-expired", "login-client-refused", "login-scope-refused",
        "login-grant-refused", "login-refused",      "login-unreachable",    "login-application-steps",
        "token-audience",      "token-permission",   "token-tenant",         "token-expired",
        "token-not-yet",       "token-ends-soon",    "token-other-login",    "login-no-service",
        "token-malformed",     "token-unreadable",
    };
    for (const diagnosis::Rule& rule : diagnosis::login_rows()) {
        CAPTURE(rule.id);
        CHECK(reached.count(rule.id) == 1);
    }
}

TEST_CASE("the steps for an application are filled in", "[diagnosis][login]") {
    const auto finding = diagnosis::application_steps(seeker());
    CHECK(finding.severity == Severity::info);
    std::string all;
    for (const std::string& step : finding.steps)
        all += step + "\n";
    CHECK(all.find("New-ServicePrincipal -AppId app-id -ObjectId <enterprise-app-object-id>") !=
          std::string::npos);
    CHECK(all.find("Add-MailboxPermission -Identity " + user) != std::string::npos);
}

TEST_CASE("a token is doubted only at servers that are known", "[diagnosis][login]") {
    // {"aud":"https://graph.microsoft.com","exp":1800003600}
    const std::string graph =
        "e30.eyJhdWQiOiJodHRwczovL2dyYXBoLm1pY3Jvc29mdC5jb20iLCJleHAiOjE4MDAwMDM2MDB9.x";
    CHECK(diagnosis::doubt_of(graph, "AM0PR01.outlook.office365.com", now) ==
          "it is made for https://graph.microsoft.com");
    CHECK(diagnosis::doubt_of(graph, "mx.example.net", now).empty());
    CHECK(diagnosis::doubt_of("ya29.opaque", "smtp.gmail.com", now).empty());
}
