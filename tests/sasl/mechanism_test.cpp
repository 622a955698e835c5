#include "base/base64.hpp"
#include "sasl/mechanism.hpp"
#include "support/catch.hpp"

using namespace relaytool;

TEST_CASE("responses as in the documents") {
    // RFC 4616 section 4, Microsoft's example for XOAUTH2.
    CHECK(encoding::base64(sasl::plain_response("tim", "tanstaaftanstaaf")) ==
          std::string("\0tim\0tanstaaftanstaaf", 21));
    CHECK(
        sasl::xoauth2_response("test@contoso.onmicrosoft.com", "EwBAAl3BAAUFFpUAo7J3Ve0bjLBWZWCclRC3EoAA") ==
        "dXNlcj10ZXN0QGNvbnRvc28ub25taWNyb3NvZnQuY29tAWF1dGg9QmVhcmVyIEV3QkFBbDNCQUFVRkZwVUFvN0ozVmUwYmpMQldaV0NjbFJD"
        "M0VvQUEBAQ==");
    CHECK(
        encoding::base64(sasl::oauthbearer_response("us,er=x@example.com", "tok", "mail.example.com", 587)) ==
        "n,a=us=2Cer=3Dx@example.com,\x01host=mail.example.com\x01port=587\x01"
        "auth=Bearer tok\x01\x01");
}

TEST_CASE("names of mechanisms") {
    CHECK(sasl::read_mechanism("cram-md5") == sasl::Mechanism::cram_md5);
    CHECK(!sasl::read_mechanism("DIGEST-MD5"));
    CHECK(to_string(sasl::Mechanism::oauthbearer) == "OAUTHBEARER");
    CHECK(sasl::token_error("eyJzdGF0dXMiOiI0MDAifQ==") == R"({"status":"400"})");
    CHECK(sasl::token_error("VXNlcm5hbWU6").empty());
}
