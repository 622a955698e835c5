#include "dkim/sign.hpp"
#include "support/catch.hpp"
#include "support/fake_crypto.hpp"
#include "support/text.hpp"

#include <string>
#include <vector>

using namespace relaytool;
using namespace relaytool::dkim;
using namespace relaytool::test;

TEST_CASE("a message is signed", "[dkim]") {
    const std::string message =
        crlf("Received: x\nFrom: a@example.com\nSubject:  one\n two\nTo: b@example.org\n\nHi  you \n\n");
    const FakeSigner signer;
    const auto field = sign_message(message, {"example.com", "s1"}, signer, 1528637909);
    REQUIRE(field);
    REQUIRE(signer.hashed.size() == 2);
    CHECK(signer.hashed[0] == "Hi you\r\n");
    CHECK(field->starts_with(
        crlf("DKIM-Signature: v=1; a=rsa-sha256; c=relaxed/relaxed;\n d=example.com;\n s=s1; "
             "t=1528637909;\n h=from:subject:to:from;\n bh=") +
        encoding::to_base64(fake_hash("Hi you\r\n"))));
    CHECK(signer.hashed[1].starts_with(
        crlf("from:a@example.com\nsubject:one two\nto:b@example.org\n") +
        "dkim-signature:v=1; a=rsa-sha256; c=relaxed/relaxed; d=example.com; s=s1; "));
    CHECK(signer.hashed[1].ends_with("; b="));
    CHECK(read_header(*field + message).fields.size() == 5);
}

TEST_CASE("what cannot be signed", "[dkim]") {
    FakeSigner signer;
    const std::string message = crlf("From: a@example.com\n\nHi\n");
    CHECK_FALSE(sign_message(crlf("To: a@example.com\n\nHi\n"), {"example.com", "s"}, signer, 0));
    for (const char* bad : {"", ".", "a\r\nBcc: b", "a b", "a;b"}) {
        CHECK(sign_message(message, {bad, "s"}, signer, 0).error().what == "--dkim-domain");
        CHECK(sign_message(message, {"example.com", bad}, signer, 0).error().what == "--dkim-selector");
    }
    signer.broken = true;
    CHECK_FALSE(sign_message(message, {"example.com", "s"}, signer, 0));
}
