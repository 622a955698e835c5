#include "oauth/token_cache.hpp"
#include "support/catch.hpp"
#include "support/fake_secrets.hpp"

#include <limits>
#include <string>

using namespace relaytool;

namespace {

oauth::CachedLogin login_of(const std::string& user) {
    oauth::CachedLogin login;
    login.user = user;
    login.client_id = "app";
    login.token_address = "https://t.test/token";
    login.access = "old";
    login.refresh = "first";
    return login;
}

} // namespace

TEST_CASE("the name of a login's file leads nowhere else") {
    const std::string user =
        GENERATE(as<std::string>{}, "../../etc/passwd", "/abs", ".", "..", "a/b", "a\\b", ".hidden",
                 std::string("a\0b", 3), "a\nb", "\xc3\xa4@x.test", std::string(5000, 'x'));
    const std::string name = oauth::TokenCache::file_name(user);
    CAPTURE(user, name);
    CHECK(name.find_first_of("/\\\n") == std::string::npos);
    CHECK(name.find('\0') == std::string::npos);
    CHECK_FALSE(name.starts_with('.'));
    CHECK(name.size() < 250);
    CHECK(name.ends_with(".json"));
}

TEST_CASE("a login is kept by its mailbox, case ignored") {
    test::FakeSecrets secrets;
    oauth::TokenCache cache(secrets);
    REQUIRE(cache.save(login_of("Oliver@Shortstraw.be")));
    CHECK(cache.load("oliver@shortstraw.be").value()->access == "old");
    CHECK_FALSE(cache.load("other@shortstraw.be").value());
    CHECK(cache.remove("OLIVER@shortstraw.be").value());
    CHECK_FALSE(cache.remove("oliver@shortstraw.be").value());
}

TEST_CASE("a broken file is named; others are still listed") {
    test::FakeSecrets secrets;
    oauth::TokenCache cache(secrets);
    REQUIRE(cache.save(login_of("a@x.test")));
    secrets.files["b@x.test.json"] = "{";
    const auto broken = cache.load("b@x.test");
    REQUIRE_FALSE(broken);
    CHECK(broken.error().what == "/tokens/b@x.test.json");
    std::vector<Error> errors;
    CHECK(cache.list(errors)->size() == 1);
    CHECK(errors.size() == 1);
    // Somebody else's login under this name.
    secrets.files["c@x.test.json"] = secrets.files["a@x.test.json"];
    CHECK_FALSE(cache.load("c@x.test"));
}

TEST_CASE("a new refresh token replaces the old one, which stays when none comes") {
    constexpr std::int64_t now = 1'800'000'000;
    oauth::CachedLogin login = with_token(login_of("a@x.test"), {"new", "second", 3599}, now);
    CHECK(login.access == "new");
    CHECK(login.refresh == "second");
    CHECK(login.expires == now + 3599);
    login = with_token(login, {"newer", "", {}}, now);
    CHECK(login.refresh == "second");
    CHECK(login.expires == now + 3600);
    CHECK(login.is_end_assumed);
    login = with_token(login, {"newest", "", 0}, now);
    CHECK(login.expires == now); // over, and not good for an hour
    CHECK_FALSE(login.is_end_assumed);
}

TEST_CASE("a token is renewed ten minutes early") {
    constexpr std::int64_t now = 1'800'000'000;
    oauth::CachedLogin login = login_of("a@x.test");
    login.expires = now + 600;
    CHECK(is_fresh(login, now));
    login.expires = now + 599;
    CHECK_FALSE(is_fresh(login, now));
    login.expires = std::numeric_limits<std::int64_t>::min();
    CHECK_FALSE(is_fresh(login, now));
}
