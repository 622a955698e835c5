#include "oauth/provider.hpp"
#include "support/catch.hpp"

#include <string>
#include <utility>

using namespace relaytool;

TEST_CASE("who runs a mail server, by its name") {
    const auto row = GENERATE(values<std::pair<std::string, std::string>>({
        {"smtp.office365.com", "microsoft"},
        {"HK0PR01CA0063.outlook.office365.com", "microsoft"},
        {"smtp-mail.outlook.com", "microsoft"},
        {"SMTP.OFFICE365.US", "gcc-high"},
        {"outlook-dod.office365.us", "dod"},
        {"smtp.partner.outlook.cn", "china"},
        {"smtp.gmail.com", "google"},
        {"evil-office365.com", ""},
        {"office365.com.evil.test", ""},
        {"", ""},
    }));
    CAPTURE(row.first);
    const oauth::Provider* provider = oauth::provider_of_host(row.first);
    CHECK((provider == nullptr ? "" : std::string(provider->name)) == row.second);
}

TEST_CASE("addresses of a tenant") {
    const auto named = oauth::endpoints_of(*oauth::find_provider("MICROSOFT"), "shortstraw.be");
    REQUIRE(named);
    CHECK(named->token == "https://login.microsoftonline.com/shortstraw.be/oauth2/v2.0/token");
    CHECK(named->device == "https://login.microsoftonline.com/shortstraw.be/oauth2/v2.0/devicecode");
    const std::string bad =
        GENERATE(as<std::string>{}, "a/b", "../x", "a?b", "a b", "a#b", "a@b", "a\nb", "%2e");
    CAPTURE(bad);
    CHECK_FALSE(oauth::endpoints_of(*oauth::find_provider("microsoft"), bad));
}

TEST_CASE("secrets go over https, and without it to this machine only") {
    const auto row = GENERATE(values<std::pair<std::string, bool>>({
        {"https://login.example.com/token", true},
        {"http://127.0.0.1:2580/x/token", true},
        {"http://localhost:2580/token", true},
        {"http://[::1]:2580/token", true},
        {"http://login.example.com/token", false},
        {"http://127.0.0.1.evil.test/token", false},
        {"http://127.0.0.1@evil.test/token", false},
        {"http://localhost.evil.test/", false},
        {"ftp://127.0.0.1/token", false},
        {"file:///etc/passwd", false},
        {"127.0.0.1/token", false},
        {"", false},
    }));
    CAPTURE(row.first);
    CHECK(oauth::read_endpoint_option("--token-endpoint", row.first).has_value() == row.second);
}
