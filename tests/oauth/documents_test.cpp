#include "oauth/documents.hpp"
#include "support/catch.hpp"

#include <string>

using namespace relaytool;

TEST_CASE("a device code") {
    const auto code = oauth::device_code_from_json(
        R"({"device_code":"d","user_code":"U-1","verification_uri":"https://x.test/","expires_in":900,"interval":7})");
    REQUIRE(code);
    CHECK(code->device_code == "d");
    CHECK(code->user_code == "U-1");
    CHECK(code->address == "https://x.test/");
    CHECK(code->expires_in == 900);
    CHECK(code->interval == 7);
}

TEST_CASE("Google calls the address otherwise, and lets the interval out") {
    const auto code = oauth::device_code_from_json(
        R"({"device_code":"d","user_code":"u","verification_url":"https://g.test/","expires_in":"1800"})");
    REQUIRE(code);
    CHECK(code->address == "https://g.test/");
    CHECK(code->expires_in == 1800);
    CHECK(code->interval == 5); // RFC 8628 section 3.2
}

TEST_CASE("a token, with and without what may be left out") {
    const auto full = oauth::token_from_json(R"({"access_token":"a","refresh_token":"r","expires_in":3599})");
    REQUIRE(full);
    CHECK(full->access == "a");
    CHECK(full->refresh == "r");
    CHECK(full->expires_in == 3599);
    const auto bare = oauth::token_from_json(R"({"access_token":"a"})");
    REQUIRE(bare);
    CHECK(bare->refresh.empty());
    CHECK_FALSE(bare->expires_in);
}

TEST_CASE("a span of time is never negative, and never longer than a year") {
    CHECK(oauth::token_from_json(R"({"access_token":"a","expires_in":-5})")->expires_in == 0);
    CHECK(oauth::token_from_json(R"({"access_token":"a","expires_in":1e300})")->expires_in == 0);
    CHECK(oauth::token_from_json(R"({"access_token":"a","expires_in":9223372036854775807})")->expires_in ==
          366LL * 24 * 3600);
}

TEST_CASE("a token that could change what a server is told is none") {
    const std::string bad =
        GENERATE(as<std::string>{}, R"({"access_token":"a b"})", R"({"access_token":"a\r\nQUIT"})",
                 R"({"access_token":"a\u0001b"})", R"({"access_token":"\u00e4"})", R"({"access_token":""})",
                 R"({"access_token":7})", R"({})");
    CAPTURE(bad);
    CHECK_FALSE(oauth::token_from_json(bad));
}

TEST_CASE("hostile documents are none") {
    const std::string deep = R"({"a":)" + std::string(20'000, '[') + std::string(20'000, ']') + "}";
    const std::string bad = GENERATE_COPY(as<std::string>{}, "", "{", "null", "[]", "\"x\"", "<html>", deep,
                                          "{\"a\":\"\xff\"}", std::string(300'000, ' ') + "{}");
    CAPTURE(bad.substr(0, 30));
    CHECK_FALSE(oauth::device_code_from_json(bad));
    CHECK_FALSE(oauth::token_from_json(bad));
    CHECK_FALSE(oauth::refusal_from_json(bad));
    CHECK_FALSE(oauth::claims_from_json(bad));
    CHECK_FALSE(oauth::cached_login_from_json(bad));
}

TEST_CASE("a refusal") {
    const auto refusal = oauth::refusal_from_json(
        R"({"error":"invalid_grant","error_description":"AADSTS50173: x","error_codes":[50173]})");
    REQUIRE(refusal);
    CHECK(refusal->error == "invalid_grant");
    CHECK(refusal->description == "AADSTS50173: x");
    CHECK_FALSE(oauth::refusal_from_json(R"({"error_description":"x"})"));
}

TEST_CASE("a login is read as it was written") {
    oauth::CachedLogin login;
    login.user = "oliver \"the\" user@shortstraw.be";
    login.provider = "microsoft";
    login.tenant = "shortstraw.be";
    login.client_id = "id";
    login.scope = "s";
    login.token_address = "https://t.test/token";
    login.ca_file = "/ca";
    login.is_app = true;
    login.secret_file = "/s";
    login.secret_command = "pass x";
    login.certificate_file = "/c";
    login.key_file = "/k";
    login.access = "a";
    login.refresh = "r";
    login.expires = 1'800'000'000;
    const std::string text = oauth::to_json_text(login);
    const auto again = oauth::cached_login_from_json(text);
    REQUIRE(again);
    CHECK(oauth::to_json_text(*again) == text);
    CHECK(again->user == login.user);
    CHECK(again->is_app);
    CHECK(again->expires == login.expires);
    CHECK_FALSE(oauth::cached_login_from_json(R"({"user":"u"})"));
}

TEST_CASE("base64url has no padding, and nothing that an address escapes") {
    CHECK(oauth::to_base64url("") == "");
    CHECK(oauth::to_base64url("\xff\xef\xfe") == "_-_-");
    CHECK(oauth::to_base64url("ab") == "YWI");
}
