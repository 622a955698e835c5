#include "diagnosis/fill.hpp"
#include "support/catch.hpp"
#include "support/text.hpp"

#include <string>
#include <vector>

using namespace relaytool::diagnosis;
using namespace relaytool::test;
using namespace std::string_literals;

namespace {

const Seen everything{.login = "login@contoso.com",
                      .from = "app@contoso.com",
                      .recipient = "user@example.com",
                      .relay = "relay01.contoso.com",
                      .client = "APP01",
                      .host = "mx.example.com",
                      .ip = "192.0.2.4"};

} // namespace

TEST_CASE("placeholders are filled with what was seen", "[diagnosis][fill]") {
    struct Row {
        const char* name;
        std::string text;
        std::string filled;
    };
    const std::vector<Row> rows = {
        {"nothing", "", ""},
        {"no placeholder", "Restart the service.", "Restart the service."},
        {"login and from", "{login} may not send as {from}",
         "login@contoso.com may not send as app@contoso.com"},
        {"domains", "{from-domain} {recipient-domain}", "contoso.com example.com"},
        {"the others", "{recipient} {relay} {client} {host} {ip}",
         "user@example.com relay01.contoso.com APP01 mx.example.com 192.0.2.4"},
        {"twice", "{from}{from}", "app@contoso.comapp@contoso.com"},
        {"no such placeholder", "Where-Object {$_.From -eq '{from}'}",
         "Where-Object {$_.From -eq 'app@contoso.com'}"},
        {"braces of PowerShell around one", "{ {from} }", "{ app@contoso.com }"},
        {"an empty name", "{}", "{}"},
        {"never closed", "{from", "{from"},
        {"upper case is another name", "{FROM}", "{FROM}"},
    };
    for (const Row& row : rows) {
        INFO(row.name);
        CHECK(fill(row.text, everything) == row.filled);
    }
}

TEST_CASE("what was not seen becomes a name in angle brackets", "[diagnosis][fill]") {
    CHECK(fill("{login} {from} {from-domain} {recipient-domain}", {}) ==
          "<login> <from> <from-domain> <recipient-domain>");
    CHECK(fill("{from-domain}", {.from = "root"}) == "<from-domain>");
}

TEST_CASE("hostile values never get into a command", "[diagnosis][fill]") {
    const std::vector<std::string> hostile = {
        "a@b;rm -rf /",
        "$(x)@y",
        "`x`@y",
        "a@b|c",
        "a@b&c",
        "a@b\nc",
        "a@b c",
        "'a'@b",
        "\"a b\"@c",
        "a@b>c",
        "a@b<c",
        "a@b#c",
        "a@b\\c",
        "a@b%PATH%",
        "a@b!",
        "a@b*",
        "a@b?",
        "a@{b}",
        "a@[b]",
        "~a@b",
        "-Identity",
        "--help",
        "@args",
        "a@b\x1b]0;x\x07",
        "a@b\0c"s,
        "a@b\xE2\x80\xAE",
        "\xC2\xAD"
        "a@b",
        "a@b\r\nc",
        std::string(255, 'a'),
        "{login}",
    };
    for (const std::string& value : hostile) {
        INFO(value);
        const Seen seen{.login = value,
                        .from = value,
                        .recipient = value,
                        .relay = value,
                        .client = value,
                        .host = value,
                        .ip = value};
        CHECK(fill("x {login} x", seen) == "x <login> x");
        CHECK(fill("{from}", seen) == "<from>");
        CHECK(fill("{recipient}", seen) == "<recipient>");
        CHECK(fill("{relay}", seen) == "<relay>");
        CHECK(fill("{client}", seen) == "<client>");
        CHECK(fill("{host}", seen) == "<host>");
        CHECK(fill("{ip}", seen) == "<ip>");
    }
}

TEST_CASE("a filled value is not filled again", "[diagnosis][fill]") {
    CHECK(fill("{from}", {.login = "b@example.com", .from = "{login}"}) == "<from>");
}

TEST_CASE("what a reply gives away", "[diagnosis][fill]") {
    struct Row {
        const char* name;
        std::string reply;
        std::string login;
        std::string from;
        std::string ip;
    };
    const std::vector<Row> rows = {
        {"nothing", "", "", "", ""},
        {"who may not send as whom",
         "554 5.2.252 SendAsDenied; login@contoso.com not allowed to send as app@contoso.com; STOREDRV",
         "login@contoso.com", "app@contoso.com", ""},
        {"at the end of a sentence", "login@contoso.com not allowed to send as app@contoso.com.",
         "login@contoso.com", "app@contoso.com", ""},
        {"wrapped", "login@contoso.com\n not allowed to send as\n app@contoso.com", "login@contoso.com",
         "app@contoso.com", ""},
        {"an apostrophe is a part of the address",
         "o'login@contoso.com not allowed to send as d'app@contoso.com; STOREDRV", "o'login@contoso.com",
         "d'app@contoso.com", ""},
        {"no addresses", "you are not allowed to send as somebody else", "", "", ""},
        {"the words alone", "not allowed to send as", "", "", ""},
        {"an address in brackets", "550 5.7.1 Client host [192.0.2.4] blocked", "", "", "192.0.2.4"},
        {"IPv6", "550 5.7.1 Client host [IPv6:2001:db8::4] blocked", "", "", "2001:db8::4"},
        {"no IP address in brackets", "550 [AB12] blocked [relay01.contoso.com]", "", "", ""},
        {"a bracket that is never closed", "550 [192.0.2.4", "", "", ""},
    };
    for (const Row& row : rows) {
        INFO(row.name);
        Seen seen;
        read_seen(row.reply, seen);
        CHECK(seen.login == row.login);
        CHECK(seen.from == row.from);
        CHECK(seen.ip == row.ip);
    }
}

TEST_CASE("long texts are filled in bounded time", "[diagnosis][fill]") {
    CHECK(fill(repeated("{", 20'000), everything).size() == 20'000);
    CHECK(fill(repeated("{from}", 50'000), everything).size() == 50'000 * everything.from.size());
    Seen seen;
    read_seen(std::string(1'000'000, '['), seen);
    CHECK(seen.ip.empty());
}
