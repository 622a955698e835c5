#include "route/access_line.hpp"
#include "route/carrier.hpp"
#include "route/look_alike.hpp"
#include "route/microsoft_host.hpp"
#include "support/catch.hpp"

#include <string>

using namespace relaytool::route;

TEST_CASE("domains that look alike", "[route][look_alike]") {
    struct Row {
        const char* a;
        const char* b;
        bool alike;
    };
    const auto row = GENERATE(values<Row>({
        {"shortstraw.be", "shortstraw.be", false},
        {"mail.shortstraw.be", "shortstraw.be", false},
        {"shortstravv.be", "shortstraw.be", true},
        {"sh0rtstraw.be", "shortstraw.be", true},
        {"shortsrtaw.be", "shortstraw.be", true},
        {"shortstra.be", "shortstraw.be", true},
        {"xn--shrtstraw-12h.be", "shortstraw.be", true}, // shоrtstraw with a Cyrillic o
        {"contoso.com", "shortstraw.be", false},
        {"contoso.com", "contoso.be", false},
        {"abc.com", "abd.com", false}, // too short to tell
        {"", "shortstraw.be", false},
    }));
    INFO(row.a << " " << row.b);
    CHECK(look_alike(row.a, row.b) == row.alike);
    CHECK(look_alike(row.b, row.a) == row.alike);
}

TEST_CASE("mixed scripts", "[route][look_alike]") {
    CHECK(has_mixed_script("sh\xD0\xBErtstraw.be"));
    CHECK(has_mixed_script(
        "\xD0\xB0\xD1\x80\xD1\x80\xD3\x8F\xD0\xB5.com")); // a word in Cyrillic that reads as Latin
    CHECK(!has_mixed_script("shortstraw.be"));
    CHECK(!has_mixed_script("b\xC3\xBC"
                            "cher.example"));
    CHECK(!has_mixed_script(
        "\xD0\xBF\xD0\xBE\xD1\x87\xD1\x82\xD0\xB0\xD0\xB6.example")); // a word with letters of its own
    CHECK(!has_mixed_script(""));
}

TEST_CASE("registered domains without the DNS", "[route][carrier]") {
    CHECK(registered_domain("a.b.example.com") == "example.com");
    CHECK(registered_domain("mail.shop.co.uk") == "shop.co.uk");
    CHECK(registered_domain("example.com.") == "example.com");
    CHECK(registered_domain("co.uk") == "co.uk");
    CHECK(registered_domain("localhost") == "localhost");
    CHECK(registered_domain("") == "");
    CHECK(same_organisation("a.example.com", "EXAMPLE.com"));
    CHECK(!same_organisation("a.co.uk", "b.co.uk"));
    CHECK(!same_organisation("", ""));
    CHECK(!same_organisation("localhost", "localhost"));
}

TEST_CASE("companies by their hosts", "[route][carrier]") {
    REQUIRE(carrier_of("michel.telenet-ops.be"));
    CHECK(carrier_of("michel.telenet-ops.be")->name == "Telenet");
    CHECK(carrier_of("MICHEL.TELENET-OPS.BE.") == carrier_of("michel.telenet-ops.be"));
    CHECK(!carrier_of("nottelenet-ops.be"));
    CHECK(!carrier_of("telenet-ops"));
    CHECK(!carrier_of(""));
}

TEST_CASE("lines of customers are no mail servers", "[route][carrier]") {
    const auto address = relaytool::ip::read_address("203.0.113.10");
    CHECK(is_access_line("ptr-203-0-113-10.dyn.example.net", address));
    CHECK(is_access_line("10.113.0.203.example.net", address));
    CHECK(is_access_line("dcb00710a.access.example.net", address)); // the address in hexadecimal, and a word
    CHECK(is_access_line("host.dsl.example.net", {}));
    CHECK(!is_access_line("michel.telenet-ops.be", relaytool::ip::read_address("195.130.132.51")));
    CHECK(!is_access_line("mail-10.example.net", address));
    CHECK(!is_access_line("", address));
}

TEST_CASE("what hosts of Exchange Online do", "[route][microsoft]") {
    struct Row {
        const char* host;
        MicrosoftHost expected;
    };
    const auto row = GENERATE(values<Row>({
        {"SG2APC01FT133.mail.protection.outlook.com", MicrosoftHost::entry},
        {"shortstraw-be.s-v1.mx.microsoft", MicrosoftHost::entry},
        {"EUR05-DB8-obe.outbound.protection.outlook.com", MicrosoftHost::outbound},
        {"AM0PR02CA0012.eurprd02.prod.outlook.com", MicrosoftHost::submission},
        {"AM5PR0602CA0017.outlook.office365.com", MicrosoftHost::submission},
        {"SG2PR01CA0123.apcprd01.prod.exchangelabs.com", MicrosoftHost::submission},
        {"AM0PR04MB4321.eurprd04.prod.outlook.com", MicrosoftHost::mailbox},
        {"outlook.com.example.net", MicrosoftHost::none},
        {"", MicrosoftHost::none},
    }));
    INFO(row.host);
    CHECK(microsoft_host(row.host) == row.expected);
}
