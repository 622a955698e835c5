#include "sandbox/token_endpoint.hpp"
#include "support/catch.hpp"
#include "support/text.hpp"

#include <random>
#include <set>
#include <string>
#include <vector>

using namespace relaytool;
using namespace relaytool::sandbox;
using namespace relaytool::test;
using namespace std::string_literals;

namespace {

constexpr std::int64_t start = 1'780'000'000;
const std::string app = "11111111-2222-3333-4444-555555555555";
const std::string smtp_scope = "https%3A%2F%2Foutlook.office.com%2FSMTP.Send+offline_access";
const std::string app_scope = "https://outlook.office365.com/.default";
const std::string device_grant = "grant_type=urn:ietf:params:oauth:grant-type:device_code";

std::string claims_in_words(const Claims& claims) {
    return "head." + claims.audience + '|' + claims.login;
}

struct World {
    TokenSettings settings;
    std::mt19937_64 engine{1};

    TokenEndpoint endpoint() {
        settings.address = "http://127.0.0.1:8025";
        settings.write_claims = claims_in_words;
        settings.random = [this] { return engine(); };
        return TokenEndpoint(settings);
    }
};

TokenAnswer post(TokenEndpoint& endpoint, const std::string& path, const std::string& body,
                 std::int64_t now = start) {
    const auto answer = endpoint.answer({"POST", path, "", body}, now);
    REQUIRE(answer.has_value());
    return *answer;
}

TokenAnswer device_code(TokenEndpoint& endpoint, const std::string& client = app,
                        const std::string& tenant = "contoso.com") {
    return post(endpoint, "/" + tenant + "/oauth2/v2.0/devicecode",
                "client_id=" + client + "&scope=" + smtp_scope);
}

TokenAnswer token(TokenEndpoint& endpoint, const std::string& body, std::int64_t now = start,
                  const std::string& tenant = "contoso.com") {
    return post(endpoint, "/" + tenant + "/oauth2/v2.0/token", body, now);
}

std::string poll_for(const DeviceCode& code, const std::string& client = app) {
    return device_grant + "&client_id=" + client + "&device_code=" + code.device_code;
}

DevicePage confirm(TokenEndpoint& endpoint, const std::string& code, const std::string& login,
                   const std::string& answer = "confirm") {
    return std::get<DevicePage>(
        post(endpoint, "/device", "user_code=" + code + "&login=" + login + "&answer=" + answer));
}

/// "AADSTS70016 authorization_pending", or what else it is.
std::string error_of(const TokenAnswer& answer) {
    const auto* refusal = std::get_if<TokenRefusal>(&answer);
    if (refusal == nullptr) return "no error";
    return std::string(refusal->error->name) + ' ' + std::string(refusal->error->error);
}

} // namespace

TEST_CASE("a device code is confirmed and becomes a token", "[sandbox][token]") {
    World world;
    TokenEndpoint endpoint = world.endpoint();
    const auto code = std::get<DeviceCode>(device_code(endpoint));
    CHECK(code.verification_uri == "http://127.0.0.1:8025/device");
    CHECK(code.user_code.size() == 9);
    CHECK(code.expires_in == 900);
    CHECK(code.interval == 5);
    CHECK(error_of(token(endpoint, poll_for(code), start + 5)) == "AADSTS70016 authorization_pending");
    CHECK(confirm(endpoint, code.user_code, "relay@contoso.com").state == DevicePage::State::confirmed);
    const auto given = std::get<Token>(token(endpoint, poll_for(code), start + 10));
    CHECK(given.access_token.starts_with("head.https://outlook.office.com|relay@contoso.com."));
    CHECK(given.scope == "https://outlook.office.com/SMTP.Send offline_access");
    CHECK_FALSE(given.refresh_token.empty());
    CHECK(endpoint.state_of("Relay@contoso.com", given.access_token, start + 10) == TokenState::good);
    CHECK(error_of(token(endpoint, poll_for(code), start + 20)) == "AADSTS70018 bad_verification_code");
}

TEST_CASE("polling of a device code", "[sandbox][token]") {
    World world;
    TokenEndpoint endpoint = world.endpoint();
    const auto code = std::get<DeviceCode>(device_code(endpoint));
    SECTION("too fast, and then too fast for the longer interval") {
        CHECK(error_of(token(endpoint, poll_for(code), start)) == "AADSTS70016 authorization_pending");
        CHECK(error_of(token(endpoint, poll_for(code), start + 4)) == "slow-down slow_down");
        CHECK(error_of(token(endpoint, poll_for(code), start + 13)) == "slow-down slow_down");
        CHECK(error_of(token(endpoint, poll_for(code), start + 28)) == "AADSTS70016 authorization_pending");
    }
    SECTION("declined") {
        CHECK(confirm(endpoint, code.user_code, "", "decline").state == DevicePage::State::declined);
        CHECK(error_of(token(endpoint, poll_for(code))) == "AADSTS65004 authorization_declined");
    }
    SECTION("expired") {
        CHECK(error_of(token(endpoint, poll_for(code), start + 899)) == "AADSTS70016 authorization_pending");
        CHECK(error_of(token(endpoint, poll_for(code), start + 905)) == "AADSTS70019 expired_token");
    }
    SECTION("another code") {
        CHECK(error_of(token(endpoint, device_grant + "&client_id=" + app + "&device_code=x")) ==
              "AADSTS70018 bad_verification_code");
    }
    SECTION("another client") {
        CHECK(error_of(token(endpoint, poll_for(code, "other"))) == "AADSTS70000 invalid_grant");
    }
    SECTION("a secret") {
        CHECK(error_of(token(endpoint, poll_for(code) + "&client_secret=x")) ==
              "AADSTS700025 invalid_client");
    }
    SECTION("confirmed by a login that is to fail") {
        confirm(endpoint, code.user_code, "AADSTS50076@contoso.com");
        CHECK(error_of(token(endpoint, poll_for(code))) == "AADSTS50076 interaction_required");
    }
}

TEST_CASE("the page for codes", "[sandbox][token]") {
    World world;
    TokenEndpoint endpoint = world.endpoint();
    const auto code = std::get<DeviceCode>(device_code(endpoint));
    const auto shown = endpoint.answer({"GET", "/device", "code=AB%3CC", ""}, start);
    REQUIRE(shown.has_value());
    CHECK(std::get<DevicePage>(*shown).user_code == "AB<C");
    CHECK(confirm(endpoint, "NOSUCH", "relay@contoso.com").state == DevicePage::State::unknown_code);
    CHECK(confirm(endpoint, code.user_code, "").state == DevicePage::State::asks);
    CHECK(error_of(token(endpoint, poll_for(code))) == "AADSTS70016 authorization_pending");
    CHECK(std::get<TokenMisuse>(*endpoint.answer({"PUT", "/device", "", ""}, start)).status == 405);
}

TEST_CASE("codes are approved without a person", "[sandbox][token]") {
    World world;
    world.settings.approved_login = "relay@contoso.com";
    TokenEndpoint endpoint = world.endpoint();
    const auto code = std::get<DeviceCode>(device_code(endpoint));
    CHECK(std::holds_alternative<Token>(token(endpoint, poll_for(code))));
}

TEST_CASE("an application gets its own token", "[sandbox][token]") {
    World world;
    world.settings.client_secret = "good";
    TokenEndpoint endpoint = world.endpoint();
    const std::string base = "grant_type=client_credentials&client_id=" + app;
    const auto given = std::get<Token>(token(endpoint, base + "&client_secret=good&scope=" + app_scope));
    CHECK(given.refresh_token.empty());
    CHECK(given.scope.empty());
    CHECK(endpoint.state_of("anybody@contoso.com", given.access_token, start) == TokenState::good);
    CHECK(error_of(token(endpoint, base + "&client_secret=bad&scope=" + app_scope)) ==
          "AADSTS7000215 invalid_client");
    CHECK(error_of(token(endpoint, base + "&scope=" + app_scope)) == "AADSTS7000218 invalid_client");
    CHECK(
        error_of(token(endpoint, base + "&client_secret=good&scope=https://outlook.office.com/SMTP.Send")) ==
        "AADSTS70011 invalid_scope");
    CHECK(error_of(token(endpoint, base + "&client_secret=good")) == "AADSTS900144 invalid_request");
    CHECK(error_of(token(endpoint, base + "&client_secret=good&scope=" + app_scope, start, "common")) ==
          "AADSTS9001023 invalid_request");
    CHECK(error_of(
              token(endpoint, base + "&client_secret=good&scope=https://outlook.office356.com/.default")) ==
          "AADSTS500011 invalid_resource");
}

TEST_CASE("a refresh token is good once", "[sandbox][token]") {
    World world;
    world.settings.approved_login = "relay@contoso.com";
    TokenEndpoint endpoint = world.endpoint();
    const auto first =
        std::get<Token>(token(endpoint, poll_for(std::get<DeviceCode>(device_code(endpoint)))));
    const auto refresh = [&](const std::string& text, const std::string& more = "") {
        return token(endpoint, "grant_type=refresh_token&client_id=" + app + "&refresh_token=" + text + more,
                     start + 4000);
    };
    const auto second = std::get<Token>(refresh(first.refresh_token));
    CHECK(second.refresh_token != first.refresh_token);
    CHECK(second.access_token != first.access_token);
    CHECK(error_of(refresh(first.refresh_token)) == "AADSTS70000 invalid_grant");
    CHECK(error_of(refresh("made-up")) == "AADSTS70000 invalid_grant");
    CHECK(endpoint.state_of("relay@contoso.com", first.access_token, start + 4000) == TokenState::expired);
    CHECK(endpoint.state_of("relay@contoso.com", second.access_token, start + 4000) == TokenState::good);
    const auto third =
        std::get<Token>(refresh(second.refresh_token, "&scope=https://graph.microsoft.com/Mail.Send"));
    CHECK(endpoint.state_of("relay@contoso.com", third.access_token, start + 4000) ==
          TokenState::wrong_audience);
    CHECK_FALSE(third.refresh_token.empty());
}

TEST_CASE("what SMTP has to think of tokens", "[sandbox][token]") {
    World world;
    TokenEndpoint endpoint = world.endpoint();
    const auto by_password = [&](const std::string& scope) {
        return std::get<Token>(token(endpoint, "grant_type=password&client_id=" + app +
                                                   "&username=relay@contoso.com&password=x&scope=" + scope))
            .access_token;
    };
    const std::string good = by_password("https://outlook.office365.com/.default");
    const std::string login = "relay@contoso.com";
    CHECK(endpoint.state_of(login, good, start + 3598) == TokenState::good);
    CHECK(endpoint.state_of(login, good, start + 3599) == TokenState::expired);
    CHECK(endpoint.state_of("other@contoso.com", good, start) == TokenState::wrong_login);
    CHECK(endpoint.state_of(login, good + "x", start) == TokenState::unknown);
    CHECK(endpoint.state_of(login, "", start) == TokenState::unknown);
    CHECK(endpoint.state_of(login, by_password("https://outlook.office.com/IMAP.AccessAsUser.All"), start) ==
          TokenState::no_permission);
    CHECK(endpoint.state_of(login, by_password("SMTP.Send"), start) == TokenState::wrong_audience);
}

TEST_CASE("requests that are none", "[sandbox][token]") {
    struct Row {
        const char* name;
        std::string path;
        std::string body;
        std::string error;
    };
    const std::string device = "/contoso.com/oauth2/v2.0/devicecode";
    const std::string tokens = "/contoso.com/oauth2/v2.0/token";
    const std::vector<Row> rows = {
        {"no body", device, "", "AADSTS900144 invalid_request"},
        {"JSON", device, R"({"client_id":"a"})", "AADSTS900144 invalid_request"},
        {"no scope", device, "client_id=a", "AADSTS900144 invalid_request"},
        {"only OpenID's scopes", device, "client_id=a&scope=openid+offline_access",
         "AADSTS70011 invalid_scope"},
        {"two resources", device,
         "client_id=a&scope=https://outlook.office.com/SMTP.Send+https://graph.microsoft.com/Mail.Send",
         "AADSTS70011 invalid_scope"},
        {"no grant", tokens, "client_id=a", "AADSTS900144 invalid_request"},
        {"an unknown grant", tokens, "client_id=a&grant_type=magic", "AADSTS70003 unsupported_grant_type"},
        {"no device code", tokens, "client_id=a&" + device_grant, "AADSTS900144 invalid_request"},
        {"no refresh token", tokens, "client_id=a&grant_type=refresh_token", "AADSTS900144 invalid_request"},
        {"no user", tokens, "client_id=a&grant_type=password", "AADSTS900144 invalid_request"},
        {"a tenant that is none", "/contoso/oauth2/v2.0/token", "client_id=a", "AADSTS90002 invalid_request"},
        {"10 MB", tokens, std::string(10'000'000, '&'), "AADSTS900144 invalid_request"},
        {"NULs", tokens, std::string(1000, '\0'), "AADSTS900144 invalid_request"},
    };
    for (const Row& row : rows) {
        INFO(row.name);
        World world;
        TokenEndpoint endpoint = world.endpoint();
        CHECK(error_of(post(endpoint, row.path, row.body)) == row.error);
    }
}

TEST_CASE("paths of others are left to them", "[sandbox][token]") {
    World world;
    TokenEndpoint endpoint = world.endpoint();
    for (const std::string& path :
         {"/"s, ""s, "/devices"s, "/api/v1/messages"s, "//oauth2/v2.0/token"s, "/a/b/oauth2/v2.0/token"s,
          "/a/oauth2/v2.0/token/"s, "/a/oauth2/token"s, std::string(100'000, '/'), "/\0/oauth2"s}) {
        INFO(path.substr(0, 100));
        CHECK_FALSE(endpoint.answer({"POST", path, "", "client_id=a"}, start).has_value());
    }
    CHECK(
        std::get<TokenMisuse>(*endpoint.answer({"GET", "/common/oauth2/v2.0/token", "", ""}, start)).status ==
        405);
}

TEST_CASE("an error's text is filled in one pass", "[sandbox][token]") {
    World world;
    TokenEndpoint endpoint = world.endpoint();
    const auto answer = token(endpoint, "client_id={tenant}\r\nX:+y&grant_type=client_credentials", start,
                              "AADSTS700016.example.com");
    REQUIRE(error_of(answer) == "AADSTS700016 unauthorized_client");
    const auto& refusal = std::get<TokenRefusal>(answer);
    CHECK(refusal.description.starts_with(
        "AADSTS700016: Application with identifier '{tenant}\r\nX: y' was not found "
        "in the directory 'AADSTS700016.example.com'. Trace ID: "));
    CHECK(refusal.description.ends_with(" Timestamp: 2026-05-28 20:26:40Z"));
    CHECK(refusal.trace_id.size() == 36);
    CHECK(refusal.trace_id != refusal.correlation_id);
    const auto long_one = token(endpoint, "client_id=" + std::string(1'000'000, 'x'), start, "AADSTS700016");
    CHECK(std::get<TokenRefusal>(long_one).description.size() < 2000);
}

TEST_CASE("every error can be ordered by flag, tenant and client", "[sandbox][token]") {
    for (const EntraError& error : entra_errors()) {
        INFO(error.name);
        CHECK(find_entra_error(error.name) == &error);
        enum class How { flag, tenant, client };
        for (const How how : {How::flag, How::tenant, How::client}) {
            World world;
            world.settings.approved_login = "relay@contoso.com";
            if (how == How::flag) world.settings.failing = {&error};
            TokenEndpoint endpoint = world.endpoint();
            const std::string name(error.name);
            const std::string client = how == How::client ? name : app;
            const std::string tenant = how == How::tenant ? name : "contoso.com";
            TokenAnswer answer = device_code(endpoint, client, tenant);
            if (const auto* code = std::get_if<DeviceCode>(&answer)) {
                answer = token(endpoint, poll_for(*code, client), start, tenant);
                if (const auto* given = std::get_if<Token>(&answer))
                    answer = token(endpoint,
                                   "grant_type=refresh_token&client_id=" + client +
                                       "&refresh_token=" + given->refresh_token,
                                   start, tenant);
            }
            const auto* refusal = std::get_if<TokenRefusal>(&answer);
            REQUIRE(refusal != nullptr);
            CHECK(refusal->error == &error);
        }
    }
}

TEST_CASE("errors by the word of RFC 8628", "[sandbox][token]") {
    CHECK(find_entra_error("authorization-pending") == &entra_error(70016));
    CHECK(find_entra_error("authorization_declined") == &entra_error(65004));
    CHECK(find_entra_error("Expired-Token") == &entra_error(70019));
    CHECK(find_entra_error("bad-verification-code") == &entra_error(70018));
    CHECK(find_entra_error("aadsts700016") == &entra_error(700016));
    CHECK(find_entra_error("invalid-grant") == nullptr);
    CHECK(find_entra_error("") == nullptr);
    CHECK(entra_error_named_in("AADSTS50034@contoso.com") == &entra_error(50034));
    CHECK(entra_error_named_in("relay@AADSTS50034") == nullptr);
}

TEST_CASE("what is remembered is bounded", "[sandbox][token]") {
    World world;
    world.settings.approved_login = "relay@contoso.com";
    TokenEndpoint endpoint = world.endpoint();
    const auto first = std::get<DeviceCode>(device_code(endpoint));
    for (std::size_t i = 0; i < max_device_codes; ++i)
        device_code(endpoint);
    CHECK(error_of(token(endpoint, poll_for(first))) == "AADSTS70018 bad_verification_code");
    const std::string ask = "grant_type=client_credentials&client_secret=x&client_id=a&scope=" + app_scope;
    const auto old = std::get<Token>(token(endpoint, ask));
    for (std::size_t i = 0; i < max_tokens; ++i)
        token(endpoint, ask);
    CHECK(endpoint.state_of("", old.access_token, start) == TokenState::unknown);
}

TEST_CASE("forms and queries", "[sandbox][web]") {
    const Form form("a=1&b=x+y%21&a=2&&c&=d&e=%zz%4&%66=%C3%A9&g=h=i");
    CHECK(form.value("a") == "1");
    CHECK(form.value("b") == "x y!");
    CHECK(form.has("c"));
    CHECK(form.value("c").empty());
    CHECK(form.value("") == "d");
    CHECK(form.value("e") == "%zz%4");
    CHECK(form.value("f") == "\xC3\xA9");
    CHECK(form.value("g") == "h=i");
    CHECK_FALSE(form.has("x"));
    CHECK_FALSE(Form(repeated("a=1&", 1000) + "b=2").has("b"));
    CHECK(percent_decoded("%00%ff%2F%") == "\0\xFF/%"s);
}
