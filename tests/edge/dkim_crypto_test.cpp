#include "dkim/verify.hpp"
#include "edge/dkim_crypto.hpp"
#include "support/catch.hpp"
#include "support/dkim_examples.hpp"
#include "support/fake_dns.hpp"

#include <string>
#include <vector>

using namespace relaytool;
using namespace relaytool::dkim;
using namespace relaytool::test;

namespace {

FakeDns zone_of_rfcs() {
    FakeDns dns;
    dns.txt("brisbane._domainkey.example.com", rfc6376_record);
    dns.txt("brisbane._domainkey.football.example.com", rfc8463_ed25519_record);
    dns.txt("test._domainkey.football.example.com", rfc8463_rsa_record);
    return dns;
}

/// "pass matched" for each signature, with a blank between them.
std::string verdict(const std::string& message, Body body = Body::there) {
    FakeDns dns = zone_of_rfcs();
    dns::Cache cache(dns);
    const edge::DkimCrypto crypto;
    std::string out;
    for (const Verification& each : verify(message, body, cache, crypto, 0)) {
        if (!out.empty()) out += ' ';
        out.append(to_string(each.outcome)).append(" ").append(to_string(each.reason));
    }
    return out;
}

std::string replaced(std::string text, const std::string& what, const std::string& by) {
    const std::size_t at = text.find(what);
    REQUIRE(at != std::string::npos);
    return text.replace(at, what.size(), by);
}

std::string bare_lf(std::string text) {
    std::erase(text, '\r');
    return text;
}

} // namespace

TEST_CASE("the example of RFC 6376 appendix A is verified", "[edge][dkim]") {
    CHECK(verdict(rfc6376_message) == "pass matched");
    CHECK(verdict(bare_lf(rfc6376_message)) == "pass matched");
    CHECK(verdict(rfc6376_message.substr(0, rfc6376_message.find("\r\n\r\n") + 2), Body::missing) ==
          "neutral header-only");
    CHECK(verdict(rfc6376_message + "\r\n\r\n") == "pass matched");
    CHECK(verdict(replaced(rfc6376_message, "game. Are", "game.  Are")) == "fail body-altered");
    CHECK(verdict(replaced(rfc6376_message, "Is dinner", "Is  dinner")) == "fail header-altered");
    CHECK(verdict(replaced(rfc6376_message, "b=AuUo", "b=BuUo")) == "fail header-altered");
    CHECK(verdict(replaced(rfc6376_message, "com;\r\n      c=", "com;\r\n     c=")) == "fail header-altered");
    CHECK(verdict(replaced(rfc6376_message, "4nujc", "\t4nujc")) == "pass matched"); // inside b=
}

TEST_CASE("both signatures of RFC 8463 appendix A are verified", "[edge][dkim]") {
    CHECK(verdict(rfc8463_message) == "pass matched pass matched");
    CHECK(verdict(bare_lf(rfc8463_message)) == "pass matched pass matched");
    CHECK(verdict(replaced(rfc8463_message, "Subject: Is dinner ready?",
                           "SUBJECT :  Is\r\n\tdinner ready? ")) == "pass matched pass matched");
    CHECK(verdict(replaced(rfc8463_message, "ready", "cold")) == "fail header-altered fail header-altered");
    CHECK(verdict(replaced(rfc8463_message, "lost", "won")) == "fail body-altered fail body-altered");
    CHECK(verdict(replaced(rfc8463_message, "From:", "From: a@example.org\r\nFrom:")) ==
          "fail header-altered fail header-altered");
}

TEST_CASE("SHA-256 of pieces", "[edge][dkim]") {
    const edge::DkimCrypto crypto;
    const auto digest = crypto.sha256();
    REQUIRE(digest);
    (*digest)->add("a");
    (*digest)->add("");
    (*digest)->add("bc");
    // FIPS 180-4, example "abc"
    CHECK((*digest)->finish().substr(0, 4) == "\xBA\x78\x16\xBF");
}

TEST_CASE("what is no key verifies nothing", "[edge][dkim]") {
    const edge::DkimCrypto crypto;
    const std::string digest(32, 'd');
    for (const std::string& key : {std::string(), std::string("x"), std::string(300, '\x30')}) {
        CHECK_FALSE(crypto.verify(Algorithm::rsa_sha256, key, digest, std::string(128, 's')));
        CHECK_FALSE(crypto.verify(Algorithm::ed25519_sha256, key, digest, std::string(64, 's')));
    }
    const std::string point(32, '\x01');
    for (const std::size_t size : {0U, 1U, 63U, 64U, 65U, 10000U}) {
        const auto verified = crypto.verify(Algorithm::ed25519_sha256, point, digest, std::string(size, 's'));
        CHECK_FALSE(verified.value_or(false));
    }
}
