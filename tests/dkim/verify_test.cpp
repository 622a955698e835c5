#include "dkim/verify.hpp"
#include "support/catch.hpp"
#include "support/fake_crypto.hpp"
#include "support/fake_dns.hpp"

#include <functional>
#include <string>
#include <vector>

using namespace relaytool;
using namespace relaytool::dkim;
using namespace relaytool::test;

namespace {

const std::string key_name = "s1._domainkey.example.com";
const std::string plain = crlf("Received: from a.example\n by b.example; now\n"
                               "From: Shop <shop@example.com>\n"
                               "To: b@example.org\n"
                               "Subject: Your order\n\tof today\n"
                               "X-Note: 1\n"
                               "\n"
                               "Hello,\n"
                               "\n"
                               "your order  is on its way. \n"
                               "\n");
/// A 512-bit key made for these tests.
const std::string short_record =
    "v=DKIM1; p=MFwwDQYJKoZIhvcNAQEBBQADSwAwSAJBANsuZQM1kHMNCTbB8gAx31tehI1Dv49Fe9mBV9f0Oke"
    "4sKuFr2akBHdV9zXSmqmc7ZKxKQNYvOvm10lyI6iYp+ECAwEAAQ==";

struct World {
    FakeDns dns;
    FakeCrypto crypto;
    std::string message;
    Body body = Body::there;
    std::int64_t now = 1000;

    void replace(const std::string& what, const std::string& by) {
        const std::size_t at = message.find(what);
        REQUIRE(at != std::string::npos);
        message.replace(at, what.size(), by);
    }
    void publish(const std::string& record) { dns.data[{key_name, dns::Type::txt}] = {dns::Text{{record}}}; }

    std::vector<Verification> check() {
        dns::Cache cache(dns);
        return verify(message, body, cache, crypto, now);
    }
};

World world_of(const FakeSigning& signing) {
    World world;
    world.message = fake_sign(plain, signing);
    world.dns.txt("s1._domainkey." + signing.domain, rfc6376_record);
    return world;
}

std::string words(const Verification& result) {
    return std::string(to_string(result.outcome)) + " " + std::string(to_string(result.reason));
}

using Change = std::function<void(World&)>;
Change replacing(const std::string& what, const std::string& by) {
    return [what, by](World& world) { world.replace(what, by); };
}
Change publishing(const std::string& record) {
    return [record](World& world) { world.publish(record); };
}

struct Row {
    const char* name;
    std::string tags;
    Change change;
    std::string expected;
};

void check_all(const std::vector<Row>& rows) {
    for (const Row& row : rows) {
        INFO(row.name);
        World world = world_of({.tags = row.tags});
        row.change(world);
        const auto results = world.check();
        REQUIRE(results.size() == 1);
        CHECK(words(results.front()) == row.expected);
    }
}

const std::string relaxed = "c=relaxed/relaxed; h=from:to:subject:from";
const std::string simple = "c=simple/simple; h=from:to:subject:from";
const auto nothing = [](World&) {};

} // namespace

TEST_CASE("what a signature survives and what not", "[dkim][verify]") {
    const std::string order = "Subject: Your order\r\n\tof today";
    check_all({
        {"relaxed", relaxed, nothing, "pass matched"},
        {"simple", simple, nothing, "pass matched"},
        {"simple header, relaxed body", "c=simple/relaxed; h=from", nothing, "pass matched"},
        {"relaxed header, simple body", "c=relaxed; h=from", nothing, "pass matched"},
        {"line ends, relaxed", relaxed, [](World& world) { std::erase(world.message, '\r'); },
         "pass matched"},
        {"line ends, simple", simple, [](World& world) { std::erase(world.message, '\r'); }, "pass matched"},
        {"folded elsewhere, relaxed", relaxed, replacing(order, "Subject:\r\n Your\r\n  order of today "),
         "pass matched"},
        {"folded elsewhere, simple", simple, replacing(order, "Subject: Your\r\n order of today"),
         "fail header-altered"},
        {"a signed field", relaxed, replacing("Your order", "Our order"), "fail header-altered"},
        {"a field that is not signed", relaxed, replacing("X-Note: 1", "X-Note: 2"), "pass matched"},
        {"a signed field is gone", relaxed, replacing("To: b@example.org\r\n", ""), "fail header-altered"},
        {"an added From, which is signed against", relaxed,
         replacing("From: Shop", "From: a@example.net\r\nFrom: Shop"), "fail header-altered"},
        {"an added From below", "h=from:to", replacing("X-Note: 1", "From: a@example.net"),
         "fail header-altered"},
        {"an added field that stays unsigned", "h=from:to",
         replacing("From: Shop", "From: a@example.net\r\nFrom: Shop"), "pass matched"},
        {"other fields in another order", "h=from:to",
         [](World& world) {
             world.replace("To: b@example.org\r\n", "");
             world.replace("Received: from", "To: b@example.org\r\nReceived: from");
         },
         "pass matched"},
        {"a copied field in another order", "h=from:x-note:x-note",
         [](World& world) {
             world.message = fake_sign(crlf("X-Note: 1\nX-Note: 2\n") + plain.substr(plain.find("From:")),
                                       {.tags = "h=from:x-note:x-note:x-note"});
             world.replace("X-Note: 1\r\nX-Note: 2", "X-Note: 2\r\nX-Note: 1");
         },
         "fail header-altered"},
        {"the body", relaxed, replacing("is on its way", "is gone"), "fail body-altered"},
        {"the body behind the end", relaxed, [](World& world) { world.message += "Ad\r\n"; },
         "fail body-altered"},
        {"the body is gone", relaxed, [](World& world) { world.message.erase(world.message.find("Hello")); },
         "fail body-altered"},
        {"blanks in the body, relaxed", relaxed, replacing("order  is", "order is"), "pass matched"},
        {"blanks in the body, simple", simple, replacing("order  is", "order is"), "fail body-altered"},
        {"empty lines behind the body", simple, [](World& world) { world.message += "\r\n\r\n"; },
         "pass matched"},
        {"the signature", relaxed, replacing("\r\n b=", "\r\n b=AAAA"), "fail header-altered"},
        {"d=", relaxed, replacing("d=example.com", "d=example.net"), "permerror no-key"},
        {"h=", relaxed, replacing("h=from:to:", "h=from:"), "fail header-altered"},
        {"a tag is added", relaxed, replacing("s=s1;", "s=s1; t=1;"), "fail header-altered"},
        {"the signature field is folded, relaxed", relaxed, replacing("v=1; a=", "v=1;\r\n\ta="),
         "pass matched"},
        {"the signature field is folded, simple", simple, replacing("v=1; a=", "v=1;\r\n a="),
         "fail header-altered"},
    });
}

TEST_CASE("l= leaves the rest of the body to anybody", "[dkim][verify]") {
    World world = world_of({.tags = "c=relaxed/relaxed; h=from; l=8"});
    Verification result = world.check().front();
    CHECK(words(result) == "pass matched");
    CHECK(result.unsigned_octets == 29);
    world.message += "Buy!\r\n";
    result = world.check().front();
    CHECK(words(result) == "pass matched");
    CHECK(result.body_ok);
    CHECK(result.unsigned_octets == 37);
    world.replace("Hello", "Howdy");
    CHECK(words(world.check().front()) == "fail body-altered");

    World zero = world_of({.tags = "h=from; l=0"});
    CHECK(words(zero.check().front()) == "pass matched");
    World beyond = world_of({.tags = "c=relaxed/relaxed; h=from; l=1000"}); // more than there is
    CHECK(words(beyond.check().front()) == "fail body-altered");
    CHECK(beyond.check().front().header_ok);
}

TEST_CASE("keys", "[dkim][verify]") {
    const auto fails = [](dns::Status status) {
        return [status](World& world) { world.dns.breaks(key_name, dns::Type::txt, status); };
    };
    const std::string p = rfc6376_record.substr(rfc6376_record.find("p="));
    check_all({
        {"none", relaxed, [](World& world) { world.dns.data.clear(); }, "permerror no-key"},
        {"another text", relaxed, publishing("v=spf1 -all"), "permerror no-key"},
        {"another text beside it", relaxed, [](World& world) { world.dns.txt(key_name, "v=spf1 -all"); },
         "pass matched"},
        {"two", relaxed, [](World& world) { world.dns.txt(key_name, rfc8463_rsa_record); },
         "permerror many-keys"},
        {"SERVFAIL", relaxed, fails(dns::Status::failure), "temperror dns-failure"},
        {"time-out", relaxed, fails(dns::Status::timeout), "temperror dns-failure"},
        {"an alias", relaxed,
         [](World& world) {
             world.dns.data.clear();
             world.dns.cname(key_name, "s1.keys.example.net");
             world.dns.txt("s1.keys.example.net", rfc6376_record);
         },
         "pass matched"},
        {"an alias that leads nowhere", relaxed,
         [](World& world) {
             world.dns.data.clear();
             world.dns.cname(key_name, "s1.keys.example.net");
         },
         "permerror no-key"},
        {"another key", relaxed, publishing(rfc8463_rsa_record), "fail header-altered"},
        {"revoked", relaxed, publishing("v=DKIM1; p="), "permerror bad-key"},
        {"no key in it", relaxed, publishing("v=DKIM1; k=rsa"), "permerror bad-key"},
        {"for other services", relaxed, publishing("v=DKIM1; s=other; " + p), "permerror bad-key"},
        {"of another type", relaxed, publishing(rfc8463_ed25519_record), "permerror wrong-key"},
        {"for SHA-1 only", relaxed, publishing("v=DKIM1; h=sha1; " + p), "permerror wrong-key"},
        {"512 bits", relaxed, publishing(short_record), "permerror short-key"},
        {"testing", relaxed, publishing("v=DKIM1; t=y; " + p), "pass matched"},
        {"strict, no i=", relaxed, publishing("v=DKIM1; t=s; " + p), "pass matched"},
        {"strict, i= fits", relaxed + "; i=joe@Example.com", publishing("v=DKIM1; t=s; " + p),
         "pass matched"},
        {"strict, i= below", relaxed + "; i=@a.example.com", publishing("v=DKIM1; t=s; " + p),
         "permerror wrong-key"},
        {"i= below", relaxed + "; i=@a.example.com", nothing, "pass matched"},
        {"unusable", relaxed, [](World& world) { world.crypto.key_unusable = true; }, "permerror bad-key"},
        {"no library", relaxed, [](World& world) { world.crypto.broken = true; }, "temperror no-crypto"},
    });
}

TEST_CASE("an Ed25519 key", "[dkim][verify]") {
    World world;
    world.message =
        fake_sign(plain, {.algorithm = "ed25519-sha256", .key = key_octets(rfc8463_ed25519_record)});
    world.publish(rfc8463_ed25519_record);
    CHECK(words(world.check().front()) == "pass matched");
    world.publish(rfc6376_record);
    CHECK(words(world.check().front()) == "permerror wrong-key");
}

TEST_CASE("an expired signature", "[dkim][verify]") {
    const std::string tags = relaxed + "; t=1; x=999";
    check_all({
        {"expired", tags, nothing, "permerror expired"},
        {"not yet", tags, [](World& world) { world.now = 999; }, "pass matched"},
        {"expired, and the key is gone", tags, [](World& world) { world.dns.data.clear(); },
         "permerror expired"},
        {"expired and altered", tags, replacing("is on its way", "is gone"), "fail body-altered"},
    });
}

TEST_CASE("faults of the field", "[dkim][verify]") {
    check_all({
        {"no From", "h=to", nothing, "permerror bad-signature"},
        {"version", relaxed, replacing("v=1", "v=2"), "permerror bad-signature"},
        {"SHA-1", relaxed, replacing("rsa-sha256", "rsa-sha1"), "permerror bad-signature"},
    });
    World world = world_of({.tags = "h=to"});
    CHECK(to_string(world.check().front().signature.fault) == "from-not-signed");
    CHECK(world.dns.asked.empty());
}

TEST_CASE("a header without its body", "[dkim][verify]") {
    World world = world_of({.tags = relaxed});
    world.body = Body::missing;
    world.message.erase(world.message.find("\r\n\r\n") + 2);
    const Verification result = world.check().front();
    CHECK(words(result) == "neutral header-only");
    CHECK(result.header_ok);
    CHECK_FALSE(result.body_ok);
    world.replace("Your order", "Our order");
    CHECK(words(world.check().front()) == "fail header-altered");

    for (const char* end : {"", "\r\n", "\r\n \r\n\r\n"}) {
        World empty;
        empty.publish(rfc6376_record);
        empty.body = Body::missing;
        empty.message = fake_sign("From: a@example.com\r\n" + std::string(end), {.tags = relaxed});
        CHECK(words(empty.check().front()) == "pass matched");
    }
}

TEST_CASE("header and body are told apart", "[dkim][verify]") {
    World world = world_of({.tags = relaxed});
    world.replace("is on its way", "is gone");
    CHECK(world.check().front().header_ok);
    world.replace("Your order", "Our order");
    CHECK_FALSE(world.check().front().header_ok);
    world.dns.data.clear();
    CHECK_FALSE(world.check().front().body_ok);
    world.replace("is gone", "is on its way");
    CHECK(world.check().front().body_ok);
}

TEST_CASE("copies that nobody signed", "[dkim][verify]") {
    const auto copies = [](const std::string& tags, const std::string& added) {
        World world = world_of({.tags = tags});
        world.replace("DKIM-Signature:", added + "DKIM-Signature:");
        const Verification result = world.check().front();
        CHECK(words(result) == "pass matched");
        return result.unsigned_copies;
    };
    using Names = std::vector<std::string>;
    CHECK(copies("h=from:to:subject", "").empty());
    CHECK(copies("h=from:to:subject", "From: a@example.net\r\nSUBJECT: Win\r\n") == Names{"From", "Subject"});
    CHECK(copies("h=from", "") == Names{"To", "Subject"});
    CHECK(copies("h=from:to:subject", "Received: x\r\n").empty());
}

TEST_CASE("several signatures", "[dkim][verify]") {
    World world = world_of({});
    world.message =
        fake_sign(world.message, {.tags = "c=simple/simple; h=from:dkim-signature", .domain = "example.net"});
    world.dns.txt("s1._domainkey.example.net", rfc6376_record);
    auto results = world.check();
    REQUIRE(results.size() == 2);
    CHECK(results[0].signature.domain == "example.net");
    CHECK(words(results[0]) == "pass matched");
    CHECK(words(results[1]) == "pass matched");
    // The lower one is signed by the upper one.
    world.replace("v=1; a=rsa-sha256; d=example.com", "v=1;  a=rsa-sha256; d=example.com");
    results = world.check();
    CHECK(words(results[0]) == "fail header-altered");
    CHECK(words(results[1]) == "pass matched");
}

TEST_CASE("a body is hashed once for all who want the same of it", "[dkim][verify]") {
    World world = world_of({});
    for (int i = 0; i < 5; ++i)
        world.message = fake_sign(world.message, {});
    for (const Verification& result : world.check())
        CHECK(words(result) == "pass matched");
    CHECK(world.crypto.hashed.size() == 7);
}

TEST_CASE("more signatures than anybody needs", "[dkim][verify]") {
    World world = world_of({});
    for (std::size_t i = 0; i < max_signatures + 1; ++i)
        world.message = fake_sign(world.message, {});
    const auto results = world.check();
    REQUIRE(results.size() == max_signatures + 2);
    CHECK(words(results[max_signatures - 1]) == "pass matched");
    CHECK(words(results[max_signatures]) == "neutral too-many");
    CHECK(results[max_signatures].signature.domain == "example.com");

    World crowded = world_of({});
    crowded.message.insert(0, repeated("X: 1\r\n", 10'000));
    CHECK(crowded.check().empty()); // the signature is behind the last field that is read
    crowded.message = fake_sign(crowded.message, {});
    CHECK(words(crowded.check().front()) == "neutral too-many");
}

TEST_CASE("keys are asked for ahead", "[dkim][verify]") {
    World world = world_of({});
    world.message = fake_sign(fake_sign(world.message, {.domain = "example.net"}), {.tags = "h=to"});
    dns::Cache cache(world.dns);
    prefetch(cache, world.message);
    CHECK(world.dns.asked ==
          std::vector<std::string>{"TXT s1._domainkey.example.net", "TXT s1._domainkey.example.com"});
    CHECK(verify(world.message, Body::there, cache, world.crypto, 0).size() == 3);
    CHECK(world.dns.asked.size() == 2);
    CHECK(world.dns.rounds == 1);
}

TEST_CASE("mails that are none", "[dkim][verify]") {
    World world;
    for (const char* text :
         {"", "\r\n", "DKIM-Signature", "hello", "From: a@example.com\r\n\r\nDKIM-Signature: v=1"}) {
        world.message = text;
        CHECK(world.check().empty());
    }
    world.message = "DKIM-Signature:";
    CHECK(words(world.check().front()) == "permerror bad-signature");
}
