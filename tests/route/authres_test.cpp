#include "route/authres.hpp"
#include "support/catch.hpp"

#include <string>

using relaytool::route::AuthResults;
using relaytool::route::MethodResult;
using relaytool::route::read_auth_results;
using relaytool::route::read_received_spf;
using relaytool::route::ReceivedSpf;

namespace {

/// `server | method=result reason {comment} name:value … | …`
std::string outline(const AuthResults& results) {
    std::string out = results.server;
    for (const MethodResult& method : results.results) {
        out += " | " + method.method + "=" + method.result;
        if (!method.reason.empty()) out += " because " + method.reason;
        if (!method.comment.empty()) out += " {" + method.comment + "}";
        for (const auto& property : method.properties)
            out.append(" ").append(property.name).append(":").append(property.value);
    }
    return out;
}

struct Row {
    const char* name;
    const char* value;
    const char* expected;
};

} // namespace

TEST_CASE("Authentication-Results: the examples of RFC 8601 appendix B", "[route][authres]") {
    const auto row = GENERATE(values<Row>({
        {"B.2", "example.org 1; none", "example.org"},
        {"B.3", "example.com;\r\n          spf=pass smtp.mailfrom=example.net",
         "example.com | spf=pass smtp.mailfrom:example.net"},
        {"B.4",
         "example.com;\r\n          auth=pass (cram-md5) smtp.auth=sender@example.net;\r\n"
         "          spf=pass smtp.mailfrom=example.net",
         "example.com | auth=pass {cram-md5} smtp.auth:sender@example.net | spf=pass smtp.mailfrom:example.net"},
        {"B.5", "example.com;\r\n      dkim=pass (good signature) header.d=example.com",
         "example.com | dkim=pass {good signature} header.d:example.com"},
        {"B.6",
         "example.com;\r\n      dkim=pass reason=\"good signature\"\r\n        header.i=@mail-router.example.net;\r\n"
         "      dkim=fail reason=\"bad signature\"\r\n        header.i=@newyork.example.com",
         "example.com | dkim=pass because good signature header.i:@mail-router.example.net"
         " | dkim=fail because bad signature header.i:@newyork.example.com"},
        {"B.7",
         "foo.example.net (foobar) 1 (baz);\r\n      dkim (Because I like it) / 1 (One yay) = (wait for it) fail\r\n"
         "        policy (A dot can go here) . (like that) expired\r\n"
         "        (this surprised me) = (as I wasn't expecting it) 1362471462",
         "foo.example.net | dkim=fail {Because I like it; One yay; wait for it; A dot can go here; like that; this "
         "surprised me; as I wasn't expecting it} policy.expired:1362471462"},
    }));
    INFO(row.name);
    CHECK(outline(read_auth_results(row.value)) == row.expected);
}

TEST_CASE("Authentication-Results as providers write it", "[route][authres]") {
    const auto row = GENERATE(values<Row>({
        {"Microsoft",
         "spf=pass (sender IP is 203.0.113.5) smtp.mailfrom=contoso.com; dkim=pass (signature was verified) "
         "header.d=contoso.com;dmarc=pass action=none header.from=contoso.com;compauth=pass reason=100",
         " | spf=pass {sender IP is 203.0.113.5} smtp.mailfrom:contoso.com | dkim=pass {signature was verified} "
         "header.d:contoso.com | dmarc=pass action:none header.from:contoso.com | compauth=pass because 100"},
        {"Microsoft, with the recipient's domain in between",
         "spf=none (sender IP is 203.0.113.5) smtp.mailfrom=a@contoso.com; example.com; dkim=none (message not "
         "signed) header.d=none;example.com; dmarc=none action=none header.from=contoso.com;",
         " | spf=none {sender IP is 203.0.113.5} smtp.mailfrom:a@contoso.com | dkim=none {message not signed} "
         "header.d:none | dmarc=none action:none header.from:contoso.com"},
        {"Microsoft in ARC", "i=1; mx.microsoft.com 1; spf=pass smtp.mailfrom=contoso.com; arc=none",
         "mx.microsoft.com | spf=pass smtp.mailfrom:contoso.com | arc=none"},
        {"Google",
         "mx.google.com;\n       dkim=pass header.i=@contoso.com header.s=s1 header.b=\"Ab/c=\";\n       dmarc=fail "
         "(p=NONE sp=NONE dis=NONE) header.from=contoso.com",
         "mx.google.com | dkim=pass header.i:@contoso.com header.s:s1 header.b:Ab/c= | dmarc=fail {p=NONE sp=NONE "
         "dis=NONE} header.from:contoso.com"},
        {"nothing", "", ""},
        {"not closed", "mx.example.com; spf=fail (why smtp.mailfrom=a",
         "mx.example.com | spf=fail {why smtp.mailfrom=a}"},
        {"a quoted local part", "mx.example.com; spf=pass smtp.mailfrom=\"a b\"@example.net",
         "mx.example.com | spf=pass smtp.mailfrom:a b@example.net"},
        {"the word none among results", "mx.example.com; spf=none; none", "mx.example.com | spf=none"},
    }));
    INFO(row.name);
    CHECK(outline(read_auth_results(row.value)) == row.expected);
}

TEST_CASE("Authentication-Results of a hostile length is bounded", "[route][authres]") {
    std::string value = "mx.example.com";
    for (int i = 0; i < 100'000; ++i)
        value += "; dkim=pass header.d=example.com";
    CHECK(read_auth_results(value).results.size() == relaytool::route::max_results);
}

TEST_CASE("Received-SPF: the examples of RFC 7208 section 9.1", "[route][authres]") {
    const ReceivedSpf pass = read_received_spf(
        "pass (mybox.example.org: domain of\n myname@example.com designates 192.0.2.1 as permitted sender)\n"
        "   receiver=mybox.example.org; client-ip=192.0.2.1;\n   envelope-from=\"myname@example.com\"; "
        "helo=foo.example.com;");
    CHECK(pass.result == "pass");
    CHECK(pass.comment ==
          "mybox.example.org: domain of myname@example.com designates 192.0.2.1 as permitted sender");
    REQUIRE(pass.client_ip());
    CHECK(relaytool::ip::to_string(*pass.client_ip()) == "192.0.2.1");
    CHECK(pass.value("envelope-from") == "myname@example.com");
    CHECK(pass.value("helo") == "foo.example.com");

    const ReceivedSpf fail = read_received_spf(
        "fail (mybox.example.org: domain of\n myname@example.com does not designate\n 192.0.2.1 as permitted sender)\n"
        " identity=mailfrom; client-ip=192.0.2.1;\n envelope-from=\"myname@example.com\";");
    CHECK(fail.result == "fail");
    CHECK(fail.value("identity") == "mailfrom");

    const ReceivedSpf no_record = read_received_spf(
        "pass (mybox.example.org: domain of\n myname@example.com designates 192.0.2.1 as permitted sender)\n"
        " receiver=mybox.example.org; client-ip=2001:db8::1;\n mechanism=ip4:192.0.2.1; problem=none");
    CHECK(no_record.value("mechanism") == "ip4:192.0.2.1");
    CHECK(relaytool::ip::to_string(*no_record.client_ip()) == "2001:db8::1");
}
