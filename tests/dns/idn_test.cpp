#include "dns/idn.hpp"
#include "support/catch.hpp"

#include <string>

using namespace relaytool;

TEST_CASE("names as people type them", "[dns][idn]") {
    struct Row {
        std::string typed;
        std::string name;
    };
    const Row rows[] = {
        {"example.com", "example.com"},
        {"  example.com.\r\n", "example.com"},
        {"Example.COM", "Example.COM"},
        {"_dmarc.example.com", "_dmarc.example.com"},
        {"a..b", ""},
        {"bücher.example", "xn--bcher-kva.example"},
        {"BÜCHER.example", "xn--bcher-kva.example"},
        {"bu\xCC\x88"
         "cher.example",
         "xn--bcher-kva.example"},
        {"straße.example", "xn--strae-oqa.example"}, // nontransitional
        {"_dmarc.bücher.example", "_dmarc.xn--bcher-kva.example"},
        {"例え。テスト", "xn--r8jz45g.xn--zckzah"},
        {"xn--bcher-kva.example", "xn--bcher-kva.example"},
        {"xn--a.example", "xn--a.example"}, // ASCII stays as it is
        {"under_score.exa mple", "under_score.exa\\032mple"},
    };
    for (const Row& row : rows) {
        INFO(row.typed);
        const auto name = dns::name_from_input(row.typed);
        CHECK((name ? name->text() : "") == row.name);
    }
}

TEST_CASE("a domain as people paste it", "[dns][idn]") {
    struct Row {
        std::string typed;
        std::string name; ///< "": refused
    };
    const Row rows[] = {
        {" Example.com. ", "Example.com"},
        {"user@example.com", "example.com"},
        {"<user@example.com>", "example.com"},
        {"Info <info@example.com>", "example.com"},
        {"mailto:info@example.com", "example.com"},
        {"https://example.com", "example.com"},
        {"https://example.com:8443/a@b?c#d", "example.com"},
        {"https://user:word@example.com/", "example.com"},
        {"user@bücher.example", "xn--bcher-kva.example"},
        {"_spf.example.com", "_spf.example.com"},
        {"192.0.2.1", ""},
        {"192.0.2.1.", ""},
        {"2001:db8::1", ""},
        {"[192.0.2.1]", ""},
        {"https://192.0.2.1/", ""},
        {"192.0.2.0/24", ""},
        {"user@", ""},
        {">", ""},
        {".", ""},
        {"exa mple.com", ""},
        {"example.com,example.org", ""},
    };
    for (const Row& row : rows) {
        INFO(row.typed);
        const auto name = dns::domain_from_input(row.typed);
        CHECK((name ? name->text() : "") == row.name);
    }
}

TEST_CASE("what is no name is refused with the fix", "[dns][idn]") {
    struct Row {
        std::string typed;
        const char* why;
    };
    const Row rows[] = {
        {"", "no domain name is given"},
        {" \t", "no domain name is given"},
        {".example.com", "begin with a dot"},
        {"a..b", "two dots"},
        {"a.b..", "two dots"},
        {std::string(64, 'x') + ".example", "has 64 characters"},
        {std::string(60, 'x') + "." + std::string(60, 'x') + "." + std::string(60, 'x') + "." +
             std::string(60, 'x') + "." + std::string(60, 'x'),
         "at most 253"},
        {"b\xFC"
         "cher.example",
         "UTF-8"},
        {std::string("ü\0x.example", 12), "UTF-8"},
        {"☃\xE2\x80\x8F.example", "no valid international domain name"},
        {"ü" + std::string(2000, 'x'), "at most 253"},
    };
    for (const Row& row : rows) {
        INFO(row.typed);
        const auto name = dns::name_from_input(row.typed);
        REQUIRE(!name);
        INFO(name.error().why);
        CHECK(name.error().why.find(row.why) != std::string::npos);
    }
    CHECK(dns::name_from_input(" a..b ").error().what == "a..b");
}

TEST_CASE("names for people", "[dns][idn]") {
    const auto shown = [](const char* text) {
        return dns::name_for_people(dns::Name::from_text(text).value());
    };
    CHECK(shown("xn--bcher-kva.example") == "bücher.example");
    CHECK(shown("_dmarc.xn--bcher-kva.example") == "_dmarc.bücher.example");
    CHECK(shown("example.com") == "example.com");
    CHECK(shown("xn--a.example") == "xn--a.example"); // no A-label
    CHECK(shown("xn--\xC3.example") == "xn--\\195.example");
}
