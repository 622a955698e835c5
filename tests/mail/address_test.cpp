#include "mail/address.hpp"
#include "support/catch.hpp"
#include "support/text.hpp"

#include <string>
#include <string_view>
#include <vector>

using namespace relaytool::mail;
using namespace relaytool::test;
using namespace std::string_literals;

using Strings = std::vector<std::string>;

TEST_CASE("what is an address", "[mail][address]") {
    struct Row {
        const char* name;
        std::string text;
        bool is;
    };
    const std::vector<Row> rows = {
        {"plain", "app@example.com", true},
        {"signs that RFC 5322 allows", "o'neil!#$%&*+-/=?^_`{|}~@example.com", true},
        {"a host of a LAN", "root@relay01", true},
        {"a quoted local part", "\"app server\"@example.com", true},
        {"an IPv4 literal", "postmaster@[192.0.2.1]", true},
        {"an IPv6 literal", "postmaster@[IPv6:2001:db8::1]", true},
        {"internationalised", "b\xC3\xBCro@ex\xC3\xA4mple.com", true},
        {"an underscore in the host", "a@old_host", true},
        {"two at signs: the last one counts", "\"a@b\"@example.com", true},
        {"nothing", "", false},
        {"no at sign", "example.com", false},
        {"no local part", "@example.com", false},
        {"no domain", "app@", false},
        {"a blank", "app server@example.com", false},
        {"angle brackets", "<app@example.com>", false},
        {"a dot first in the domain", "app@.example.com", false},
        {"a hyphen first in the domain", "app@-example.com", false},
        {"a line end", "app@example.com\n", false},
        {"a NUL", "app\0@example.com"s, false},
        {"a comma", "app,b@example.com", false},
        {"the longest", std::string(64, 'a') + "@" + std::string(255, 'b'), true},
        {"longer than the longest", std::string(65, 'a') + "@" + std::string(255, 'b'), false},
    };
    for (const Row& row : rows) {
        INFO(row.name);
        CHECK(is_address(row.text) == row.is);
    }
}

TEST_CASE("the addresses of a header value", "[mail][address]") {
    struct Row {
        const char* name;
        std::string value;
        Strings found;
    };
    const std::vector<Row> rows = {
        {"nothing", "", {}},
        {"one", "app@example.com", {"app@example.com"}},
        {"with a name", "Invoicing <invoicing@contoso.com>", {"invoicing@contoso.com"}},
        {"two", "a@example.com, b@example.net", {"a@example.com", "b@example.net"}},
        {"semicolons, as Outlook has it", "a@example.com; b@example.net", {"a@example.com", "b@example.net"}},
        {"a comma inside a quoted name",
         "\"Contoso, Invoicing\" <a@contoso.com>, b@example.com",
         {"a@contoso.com", "b@example.com"}},
        {"an escaped quote inside a name", "\"the \\\"app\\\", server\" <a@contoso.com>", {"a@contoso.com"}},
        {"an address inside a name", "\"b@example.net\" <a@example.com>", {"a@example.com"}},
        {"a comment", "a@example.com (the app, on relay01)", {"a@example.com"}},
        {"a comment in a comment", "(x (y, z) <b@example.com>) a@example.com", {"a@example.com"}},
        {"an escaped parenthesis in a comment", "(x \\) b@example.com,) a@example.com", {"a@example.com"}},
        {"an address with a quoted local part", "\"a b\"@example.com", {"\"a b\"@example.com"}},
        {"a quoted comma in a local part",
         "\"a,b\"@example.com, c@example.com",
         {"\"a,b\"@example.com", "c@example.com"}},
        {"a quoted colon in a local part", "\"a:b\"@example.com", {"\"a:b\"@example.com"}},
        // RFC 5322 section 4.4
        {"a route", "<@relay.example.net,@mx.example.org:a@example.com>", {"a@example.com"}},
        // RFC 5322 appendix A.1.3
        {"a group", "A Group: a@example.com, App <b@example.net>;", {"a@example.com", "b@example.net"}},
        {"an empty group", "undisclosed-recipients:;", {}},
        {"a group and an address", "Team: a@example.com;, b@example.net", {"a@example.com", "b@example.net"}},
        {"an IPv4 literal", "postmaster@[192.0.2.1]", {"postmaster@[192.0.2.1]"}},
        {"an IPv6 literal", "postmaster@[IPv6:2001:db8::1]", {"postmaster@[IPv6:2001:db8::1]"}},
        {"an IPv6 literal in angle brackets",
         "<postmaster@[IPv6:2001:db8::1]>",
         {"postmaster@[IPv6:2001:db8::1]"}},
        {"the empty sender", "<>", {}},
        {"a name only", "Invoicing", {}},
        {"empty places in the list", ",, a@example.com ,,", {"a@example.com"}},
        {"an angle bracket that is never closed", "App <a@example.com", {"a@example.com"}},
        {"a quote that is never closed", "\"App <a@example.com>", {"a@example.com"}},
        {"blanks inside the brackets", "App < a@example.com >", {"a@example.com"}},
        {"spaces in place of an address", "<   >", {}},
    };
    for (const Row& row : rows) {
        INFO(row.name);
        CHECK(read_addresses(row.value) == row.found);
        CHECK(first_address(row.value) == (row.found.empty() ? "" : row.found.front()));
    }
}

TEST_CASE("long lists of addresses are read in bounds", "[mail][address]") {
    CHECK(read_addresses(repeated("a@example.com, ", 100'000)).size() == 100);
    CHECK(read_addresses(std::string(1'000'000, '(')).empty());
    CHECK(read_addresses(std::string(1'000'000, '"')).empty());
    CHECK(read_addresses(std::string(1'000'000, '<')).empty());
    CHECK(read_addresses(std::string(1'000'000, '\\')).empty());
    CHECK(find_address(std::string(1'000'000, '@')).empty());
    CHECK(find_address(repeated("\"@", 500'000)).empty());
    CHECK(find_address(std::string(10'000'000, 'x')).empty());
}

TEST_CASE("an address in free text", "[mail][address]") {
    struct Row {
        const char* name;
        std::string text;
        std::string found;
    };
    const std::vector<Row> rows = {
        {"nothing", "", ""},
        {"no address", "User unknown @ this host", ""},
        {"bare", "could not deliver to a@example.com today", "a@example.com"},
        {"angle brackets", "550 <a@example.com>: unknown", "a@example.com"},
        {"a full stop behind it", "Unknown: a@example.com.", "a@example.com"},
        {"a comma behind it", "a@example.com, b@example.com", "a@example.com"},
        {"quotes around it", "user 'a@example.com' unknown", "a@example.com"},
        {"a type in front of it", "rfc822;a@example.com", "a@example.com"},
        {"SMTP: in front of it", "SMTP:a@example.com", "a@example.com"},
        {"mailto", "<mailto:a@example.com>", "a@example.com"},
        {"brackets", "[a@example.com]", "a@example.com"},
        {"a quoted local part", "to \"a b\"@example.com now", "\"a b\"@example.com"},
        {"an IPv6 literal", "to a@[IPv6:2001:db8::1] now", "a@[IPv6:2001:db8::1]"},
        {"at the very end", "a@example.com", "a@example.com"},
        {"the first one is none", "@ home: a@example.com", "a@example.com"},
        {"an ellipsis behind it", "a@example.com... User unknown", "a@example.com"},
        {"a plus", "a+b@example.com", "a+b@example.com"},
    };
    for (const Row& row : rows) {
        INFO(row.name);
        const std::string_view found = find_address(row.text);
        CHECK(found == row.found);
        CHECK(reaches_into(found, row.text));
    }
}

TEST_CASE("the domain of an address", "[mail][address]") {
    CHECK(domain_of("a@example.com") == "example.com");
    CHECK(domain_of("\"a@b\"@example.com") == "example.com");
    CHECK(domain_of("root").empty());
    CHECK(domain_of("").empty());
}
