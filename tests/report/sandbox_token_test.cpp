#include "base/base64.hpp"
#include "diagnosis/explanation.hpp"
#include "report/sandbox_web.hpp"
#include "support/catch.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <string>

using namespace relaytool;
using namespace relaytool::report;
using namespace relaytool::sandbox;
using nlohmann::json;

namespace {

json read_part(std::string text) {
    std::replace(text.begin(), text.end(), '-', '+');
    std::replace(text.begin(), text.end(), '_', '/');
    return json::parse(encoding::base64(text));
}

std::string header_of(const WebReply& reply, std::string_view name) {
    for (const auto& [key, value] : reply.headers)
        if (key == name) return value;
    return {};
}

} // namespace

TEST_CASE("a token has the parts of a JWT", "[report][sandbox]") {
    const std::string text = token_text({"https://outlook.office.com",
                                         "contoso.com",
                                         "app-id",
                                         "relay@contoso.com",
                                         {"SMTP.Send", "IMAP.AccessAsUser.All"},
                                         {},
                                         1000,
                                         4599,
                                         "uti\xFF"});
    const std::size_t dot = text.find('.');
    REQUIRE(dot != std::string::npos);
    CHECK(text.find_first_of("+/=") == std::string::npos);
    CHECK(read_part(text.substr(0, dot))["typ"] == "JWT");
    const json claims = read_part(text.substr(dot + 1));
    CHECK(claims["aud"] == "https://outlook.office.com");
    CHECK(claims["scp"] == "SMTP.Send IMAP.AccessAsUser.All");
    CHECK(claims["upn"] == "relay@contoso.com");
    CHECK(claims["appid"] == "app-id");
    CHECK(claims["tid"] == "contoso.com");
    CHECK(claims["exp"] == 4599);
    CHECK_FALSE(claims.contains("roles"));
    const std::string own =
        token_text({"https://outlook.office365.com", "t", "a", "", {}, {"SMTP.SendAsApp"}, 1, 2, ""});
    const json app_claims = read_part(own.substr(own.find('.') + 1));
    CHECK(app_claims["roles"] == json::array({"SMTP.SendAsApp"}));
    CHECK_FALSE(app_claims.contains("upn"));
}

TEST_CASE("answers of the token endpoint as JSON", "[report][sandbox]") {
    const WebReply code = web_reply(DeviceCode{"device", "ABC", "http://127.0.0.1:1/device", 900, 5});
    CHECK(code.status == 200);
    CHECK(code.content_type == "application/json; charset=utf-8");
    CHECK(header_of(code, "Cache-Control") == "no-store");
    CHECK(json::parse(code.body)["user_code"] == "ABC");
    CHECK(json::parse(code.body)["interval"] == 5);

    const json given = json::parse(web_reply(Token{"a.b.c", "", "", 3599}).body);
    CHECK(given["token_type"] == "Bearer");
    CHECK_FALSE(given.contains("refresh_token"));
    CHECK_FALSE(given.contains("scope"));

    const WebReply refused =
        web_reply(TokenRefusal{&entra_error(700016), "AADSTS700016: \x1b\xFF\"no\"", 1000, "t", "c"});
    CHECK(refused.status == 400);
    const json error = json::parse(refused.body);
    CHECK(error["error"] == "unauthorized_client");
    CHECK(error["error_codes"] == json::array({700016}));
    CHECK(error["timestamp"] == "1970-01-01 00:16:40Z");
    CHECK(error["error_uri"] == "https://login.microsoftonline.com/error?code=700016");
    CHECK(refused.body.find('\x1b') == std::string::npos);

    const WebReply busy =
        web_reply(TokenRefusal{find_entra_error("token-throttled"), "Busy", 1000, "t", "c"});
    CHECK(busy.status == 429);
    CHECK(header_of(busy, "Retry-After") == "10");
    CHECK(web_reply(TokenRefusal{find_entra_error("token-unavailable"), "", 0, "", ""}).status == 503);
    CHECK(web_reply(TokenMisuse{405}).status == 405);
}

TEST_CASE("explain knows every error that the sandbox plays", "[report][sandbox]") {
    for (const EntraError& error : entra_errors()) {
        if (error.code == 0 || error.code == 70003) continue; // none of the catalogue's
        INFO(error.name);
        const auto explanation =
            diagnosis::explain(std::string(error.name) + ": " + std::string(error.message));
        CHECK(explanation.finding.id.starts_with("entra-"));
    }
}

TEST_CASE("the page for codes is not written by strangers", "[report][sandbox]") {
    const WebReply page = web_reply(DevicePage{
        DevicePage::State::unknown_code, "\"><script>alert(1)</script>", "' onfocus='x\x1b\xFF\xE2\x80\xAE"});
    CHECK(page.status == 404);
    CHECK(page.content_type == "text/html; charset=utf-8");
    CHECK(header_of(page, "Content-Security-Policy").starts_with("default-src 'none'"));
    CHECK(page.body.find("<script") == std::string::npos);
    CHECK(page.body.find("onfocus='") == std::string::npos);
    CHECK(page.body.find('\x1b') == std::string::npos);
    CHECK(page.body.find("value=\"&quot;&gt;&lt;script&gt;alert(1)&lt;/script&gt;\"") != std::string::npos);
    CHECK(device_page({DevicePage::State::confirmed, "ABC", "relay@contoso.com"}).find("<form") ==
          std::string::npos);
}
