#include "mail/dkim_signature.hpp"
#include "mail/message.hpp"
#include "support/catch.hpp"
#include "support/text.hpp"

#include <string>
#include <vector>

using namespace relaytool;
using namespace relaytool::mail;
using namespace relaytool::test;

namespace {

/// "Signs" by keeping what it was given.
struct FakeSigner final : Signer {
    mutable std::string hashed;
    mutable std::string signed_text;
    bool broken = false;

    DkimAlgorithm algorithm() const override { return DkimAlgorithm::rsa_sha256; }
    Result<std::string> sha256(std::string_view octets) const override {
        hashed = octets;
        return std::string(32, 'h');
    }
    Result<std::string> sign(std::string_view octets) const override {
        if (broken) return tl::unexpected(Error{"--dkim-key", "broken"});
        signed_text = octets;
        return std::string(128, 's');
    }
};

} // namespace

TEST_CASE("relaxed canonicalisation, RFC 6376 section 3.4.5", "[mail][dkim]") {
    CHECK(signed_octets(crlf("A: X\nB : Y\t\n\tZ  \n\n C \n"), {"a", "b"}, "X:") ==
          crlf("a:X\nb:Y Z\n") + "x:");
    CHECK(relaxed_body(crlf(" C \nD \t E\n\n\n")) == crlf(" C\nD E\n"));
    CHECK(relaxed_body("").empty());
    CHECK(relaxed_body(crlf("\n \n\t\n")).empty());
    CHECK(relaxed_body(crlf("a\n\nb")) == crlf("a\n\nb\n"));
}

TEST_CASE("the last field of a name is signed first, RFC 6376 section 5.4.2", "[mail][dkim]") {
    CHECK(signed_octets(crlf("To: 1\nX: 2\nTo: 3\n\n"), {"to", "to", "to", "none"}, "S: b=") ==
          crlf("to:3\nto:1\n") + "s:b=");
}

TEST_CASE("a message is signed", "[mail][dkim]") {
    const std::string message =
        crlf("Received: x\nFrom: a@example.com\nSubject:  one\n two\nTo: b@example.org\n\nHi  you \n\n");
    const FakeSigner signer;
    const auto field = sign_message(message, {"example.com", "s1"}, signer, 1528637909);
    REQUIRE(field);
    CHECK(signer.hashed == "Hi you\r\n");
    CHECK(field->starts_with(
        crlf("DKIM-Signature: v=1; a=rsa-sha256; c=relaxed/relaxed;\n d=example.com;\n s=s1; "
             "t=1528637909;\n h=from:subject:to:from;\n bh=aGho")));
    CHECK(signer.signed_text.starts_with(
        crlf("from:a@example.com\nsubject:one two\nto:b@example.org\n") +
        "dkim-signature:v=1; a=rsa-sha256; c=relaxed/relaxed; d=example.com; s=s1; "));
    CHECK(signer.signed_text.ends_with("; b="));
    const Parts parts = cut(*field + message);
    CHECK(parts.fields.size() == 5);
}

TEST_CASE("what cannot be signed", "[mail][dkim]") {
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
