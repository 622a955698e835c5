#include "oauth/grants.hpp"
#include "support/catch.hpp"
#include "support/fake_machine.hpp"
#include "support/fake_web.hpp"

#include <algorithm>
#include <string>

using namespace relaytool;

namespace {

HttpAnswer answer(int status, std::string body) {
    return {status, "application/json", std::move(body), false};
}

HttpAnswer refused(const std::string& error) {
    return answer(400, R"({"error":")" + error + R"("})");
}

const HttpAnswer granted = answer(200, R"({"access_token":"a","refresh_token":"r","expires_in":3599})");
const HttpAnswer nobody = answer(0, "");

const oauth::Asking asking{{"https://t.test/devicecode", "https://t.test/token"}, "app", "scope", ""};
const oauth::DeviceCode code{"device", "USER", "https://t.test/", 900, 5};

std::string field(const HttpForm& form, std::string_view name) {
    const auto found =
        std::find_if(form.begin(), form.end(), [name](const auto& one) { return one.first == name; });
    return found == form.end() ? "" : found->second;
}

} // namespace

TEST_CASE("a person is waited for: pending, slower, and a network that fails now and then") {
    test::FakeWeb web;
    test::FakeMachine machine;
    web.answers = {refused("authorization_pending"), refused("slow_down"), nobody, granted};
    const auto start = machine.time;
    const auto token = oauth::wait_for_person(web, machine, asking, code, {});
    REQUIRE(token);
    CHECK(token->access == "a");
    CHECK(token->refresh == "r");
    CHECK(machine.time - start == std::chrono::seconds(5 + 5 + 10 + 10)); // RFC 8628 section 3.5
    CHECK(field(web.posted.back().second, "device_code") == "device");
}

TEST_CASE("a no is final") {
    const std::string error =
        GENERATE(as<std::string>{}, "access_denied", "authorization_declined", "expired_token",
                 "bad_verification_code", "invalid_client", "something_else");
    test::FakeWeb web;
    test::FakeMachine machine;
    web.answers = {refused("authorization_pending"), refused(error), granted};
    const auto token = oauth::wait_for_person(web, machine, asking, code, {});
    REQUIRE_FALSE(token);
    REQUIRE(token.error().refusal);
    CHECK(token.error().refusal->error == error);
    CHECK(web.posted.size() == 2);
}

TEST_CASE("a code that nobody enters is over in time") {
    test::FakeWeb web;
    test::FakeMachine machine;
    for (int i = 0; i < 1000; ++i)
        web.answers.push_back(refused("authorization_pending"));
    const auto token = oauth::wait_for_person(web, machine, asking, code, {});
    REQUIRE_FALSE(token);
    CHECK(token.error().refusal->error == "expired_token");
    CHECK(web.posted.size() == 900 / 5);
}

TEST_CASE("Ctrl-C ends the wait") {
    test::FakeWeb web;
    test::FakeMachine machine;
    web.answers = {refused("authorization_pending"), granted};
    machine.interrupted_in = 2;
    const auto token = oauth::wait_for_person(web, machine, asking, code, {});
    REQUIRE_FALSE(token);
    CHECK(token.error().is_interrupted);
    CHECK(web.posted.size() == 1);
}

TEST_CASE("an application proves itself by a secret or an assertion, in the body only") {
    test::FakeWeb web;
    web.answers = {granted, granted};
    REQUIRE(oauth::ask_as_application(web, asking, {"secret", ""}));
    REQUIRE(oauth::ask_as_application(web, asking, {"", "jwt"}));
    CHECK(field(web.posted[0].second, "client_secret") == "secret");
    CHECK(field(web.posted[0].second, "grant_type") == "client_credentials");
    CHECK(field(web.posted[1].second, "client_assertion") == "jwt");
    CHECK(field(web.posted[1].second, "client_secret").empty());
    CHECK(web.posted[0].first == "https://t.test/token");
}

TEST_CASE("an answer of something else is no token") {
    const auto page =
        GENERATE(values<HttpAnswer>({answer(200, "<html>"), answer(200, "{}"), answer(502, ""), nobody}));
    test::FakeWeb web;
    web.answers = {page};
    const auto token = oauth::refresh(web, asking, "old", {});
    REQUIRE_FALSE(token);
    CHECK(token.error().broken);
    CHECK(token.error().broken->why.find("old") == std::string::npos);
}

TEST_CASE("what the service repeats of our secrets is hidden") {
    test::FakeWeb web;
    web.answers = {
        answer(400, R"({"error":"invalid_client","error_description":"client_secret=p%2Fq%3Dr, p/q=r"})"),
        answer(400, R"({"error":"invalid_grant","error_description":"refresh-me is over"})")};
    const auto application = oauth::ask_as_application(web, asking, {"p/q=r", ""});
    REQUIRE_FALSE(application);
    CHECK(application.error().refusal->description == "client_secret=(hidden), (hidden)");
    const auto person = oauth::refresh(web, asking, "refresh-me", {});
    REQUIRE_FALSE(person);
    CHECK(person.error().refusal->description == "(hidden) is over");
}

TEST_CASE("tokens of other types are no use") {
    test::FakeWeb web;
    web.answers = {answer(200, R"({"access_token":"a","token_type":"DPoP"})"),
                   answer(200, R"({"access_token":"a","token_type":"bearer"})")};
    const auto token = oauth::ask_as_application(web, asking, {});
    REQUIRE_FALSE(token);
    CHECK(token.error().refusal->description.find("DPoP") != std::string::npos);
    CHECK(oauth::ask_as_application(web, asking, {}));
}

TEST_CASE("a long description leaves the error's name") {
    test::FakeWeb web;
    web.answers = {
        answer(400, R"({"error":"invalid_scope","error_description":")" + std::string(100'000, 'x') + "\"}")};
    const auto token = oauth::ask_as_application(web, asking, {});
    REQUIRE_FALSE(token);
    REQUIRE(token.error().refusal);
    CHECK(token.error().refusal->error == "invalid_scope");
    CHECK(token.error().refusal->description.size() < 3000);
}
