#include "oauth/claims.hpp"
#include "oauth/documents.hpp"
#include "support/catch.hpp"

#include <limits>
#include <string>

using namespace relaytool;
using oauth::Fault;

namespace {

constexpr std::int64_t now = 1'800'000'000;

std::string token_of(const std::string& payload) {
    return oauth::to_base64url(R"({"alg":"none"})") + "." + oauth::to_base64url(payload) + ".c2ln";
}

oauth::Claims good() {
    oauth::Claims claims;
    claims.audiences = {"https://outlook.office.com"};
    claims.scopes = {"SMTP.Send"};
    claims.tenant = "11111111-1111-1111-1111-111111111111";
    claims.login = "oliver@shortstraw.be";
    claims.not_before = now - 60;
    claims.expires = now + 3600;
    return claims;
}

std::vector<Fault> faults_of(const oauth::Claims& claims) {
    return check(claims, {oauth::find_provider("microsoft"), "11111111-1111-1111-1111-111111111111",
                          "oliver@shortstraw.be", now});
}

} // namespace

TEST_CASE("claims are read from a token's middle part") {
    const auto claims = oauth::read_claims(token_of(
        R"({"aud":"https://outlook.office.com","scp":"SMTP.Send User.Read","roles":["A","B"],"tid":"t","appid":"a",)"
        R"("upn":"u","iss":"i","iat":1,"nbf":2,"exp":3})"));
    REQUIRE(claims);
    CHECK(claims->audiences == std::vector<std::string>{"https://outlook.office.com"});
    CHECK(claims->scopes == std::vector<std::string>{"SMTP.Send", "User.Read"});
    CHECK(claims->roles == std::vector<std::string>{"A", "B"});
    CHECK(claims->tenant == "t");
    CHECK(claims->application == "a");
    CHECK(claims->login == "u");
    CHECK(claims->issuer == "i");
    CHECK(claims->issued == 1);
    CHECK(claims->not_before == 2);
    CHECK(claims->expires == 3);
}

TEST_CASE("what is no JWT cannot be read, and is no error") {
    const std::string text =
        GENERATE(as<std::string>{}, "", "ya29.a0AfB_opaque", "EwBAAl3BAAUF", "a.b.c", "..", token_of("[]"),
                 token_of("{"), token_of("null"), std::string(70'000, '.'));
    CAPTURE(text.substr(0, 50));
    CHECK_FALSE(oauth::read_claims(text));
}

TEST_CASE("members of another kind are as good as none") {
    const auto claims = oauth::read_claims(token_of(
        R"({"aud":{"a":1},"scp":7,"roles":[1,null,"R"],"tid":[],"upn":{},"exp":"soon","nbf":-1.5,"iat":null})"));
    REQUIRE(claims);
    CHECK(claims->audiences.empty());
    CHECK(claims->scopes.empty());
    CHECK(claims->roles == std::vector<std::string>{"R"});
    CHECK(claims->tenant.empty());
    CHECK(claims->expires == 0);
    CHECK(claims->not_before == 0);
}

TEST_CASE("a token that fits has no fault") {
    CHECK(faults_of(good()).empty());
    oauth::Claims application = good();
    application.scopes = {};
    application.roles = {"SMTP.SendAsApp"};
    application.audiences = {"https://outlook.office365.com/"};
    CHECK(faults_of(application).empty());
}

TEST_CASE("each fault of a token by itself") {
    struct Row {
        const char* name;
        void (*change)(oauth::Claims&);
        Fault fault;
    };
    constexpr auto most = std::numeric_limits<std::int64_t>::max();
    const auto row = GENERATE(values<Row>({
        {"Graph", [](oauth::Claims& c) { c.audiences = {"https://graph.microsoft.com"}; },
         Fault::wrong_audience},
        {"no audience", [](oauth::Claims& c) { c.audiences.clear(); }, Fault::wrong_audience},
        {"another permission", [](oauth::Claims& c) { c.scopes = {"IMAP.AccessAsUser.All"}; },
         Fault::no_permission},
        {"another tenant", [](oauth::Claims& c) { c.tenant = "22222222-2222-2222-2222-222222222222"; },
         Fault::wrong_tenant},
        {"over", [](oauth::Claims& c) { c.expires = now; }, Fault::expired},
        {"long over", [](oauth::Claims& c) { c.expires = -most; }, Fault::expired},
        {"599 seconds left", [](oauth::Claims& c) { c.expires = now + 599; }, Fault::ends_soon},
        {"not yet", [](oauth::Claims& c) { c.not_before = now + 301; }, Fault::not_yet_valid},
        {"never", [](oauth::Claims& c) { c.not_before = most; }, Fault::not_yet_valid},
        {"somebody else", [](oauth::Claims& c) { c.login = "other@shortstraw.be"; }, Fault::other_login},
    }));
    CAPTURE(row.name);
    oauth::Claims claims = good();
    row.change(claims);
    CHECK(faults_of(claims) == std::vector<Fault>{row.fault});
    CHECK(oauth::is_fatal(row.fault) == (row.fault != Fault::ends_soon && row.fault != Fault::other_login));
}

TEST_CASE("what is not known of a token is no fault") {
    oauth::Claims claims = good();
    claims.expires = 0;
    claims.tenant.clear();
    claims.login.clear();
    CHECK(faults_of(claims).empty());
    claims = good();
    claims.expires = now + 600;
    CHECK(faults_of(claims).empty());
    claims.audiences = {"https://graph.microsoft.com"};
    CHECK(check(claims, {oauth::find_provider("google"), {}, {}, now}).empty());
}
