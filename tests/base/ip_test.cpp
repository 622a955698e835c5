#include "base/ip.hpp"
#include "support/catch.hpp"

#include <string>

using namespace relaytool;

namespace {

std::string read(std::string_view text) {
    const auto address = ip::read_address(text);
    return address ? ip::to_string(*address) : "-";
}

ip::Network network(std::string_view text) {
    return ip::read_network(text).value();
}

ip::Address address(std::string_view text) {
    return ip::read_address(text).value();
}

} // namespace

TEST_CASE("addresses are read and written in one form", "[base][ip]") {
    struct Row {
        const char* text;
        const char* written;
    };
    const Row rows[] = {
        {"0.0.0.0", "0.0.0.0"},
        {"192.0.2.1", "192.0.2.1"},
        {"255.255.255.255", "255.255.255.255"},
        // RFC 4291 section 2.2
        {"ABCD:EF01:2345:6789:ABCD:EF01:2345:6789", "abcd:ef01:2345:6789:abcd:ef01:2345:6789"},
        {"2001:DB8:0:0:8:800:200C:417A", "2001:db8::8:800:200c:417a"},
        {"FF01:0:0:0:0:0:0:101", "ff01::101"},
        {"0:0:0:0:0:0:0:1", "::1"},
        {"0:0:0:0:0:0:0:0", "::"},
        {"::", "::"},
        {"0:0:0:0:0:0:13.1.68.3", "::d01:4403"},
        {"::FFFF:129.144.52.38", "::ffff:129.144.52.38"},
        {"::ffff:8190:3426", "::ffff:129.144.52.38"},
        {"1:2:3:4:5:6:7::", "1:2:3:4:5:6:7:0"},
        {"::2:3:4:5:6:7:8", "0:2:3:4:5:6:7:8"},
        // RFC 5952 section 4
        {"2001:0db8::0001", "2001:db8::1"},
        {"2001:db8:0:0:0:0:2:1", "2001:db8::2:1"},
        {"2001:db8:0:1:1:1:1:1", "2001:db8:0:1:1:1:1:1"},
        {"2001:0:0:1:0:0:0:1", "2001:0:0:1::1"},
        {"2001:db8:0:0:1:0:0:1", "2001:db8::1:0:0:1"},
        {"2001:db8:aaaa:bbbb:cccc:dddd:eeee:AAAA", "2001:db8:aaaa:bbbb:cccc:dddd:eeee:aaaa"},
    };
    for (const Row& row : rows) {
        INFO(row.text);
        CHECK(read(row.text) == row.written);
        CHECK(read(row.written) == row.written);
    }
}

TEST_CASE("what only looks like an address is none", "[base][ip]") {
    for (const char* text : {"",
                             " ",
                             "1",
                             "1.2.3",
                             "1.2.3.4.5",
                             "1.2.3.",
                             "1.2.3.256",
                             "01.2.3.4",
                             "1.2.3.04",
                             "0x1.2.3.4",
                             "1.2.3.4 ",
                             " 1.2.3.4",
                             "1..3.4",
                             "-1.2.3.4",
                             "1.2.3.4/24",
                             ":",
                             ":::",
                             "1:2:3:4:5:6:7",
                             "1:2:3:4:5:6:7:8:9",
                             "1:2:3:4:5:6:7:8::",
                             "::1:2:3:4:5:6:7:8",
                             "1::2::3",
                             "12345::",
                             "g::",
                             "1:2:3:4:5:6:7:",
                             ":1:2:3:4:5:6:7",
                             "::1.2.3",
                             "1.2.3.4::",
                             "::1.2.3.4:5",
                             "fe80::1%eth0",
                             "[::1]",
                             "::1/128",
                             "ffff:ffff:ffff:ffff:ffff:ffff:255.255.255.2555"}) {
        INFO(text);
        CHECK(read(text) == "-");
    }
}

TEST_CASE("octets become addresses", "[base][ip]") {
    CHECK(ip::address_from_octets(std::string_view("\xC0\x00\x02\x01", 4)) == address("192.0.2.1"));
    CHECK(ip::address_from_octets(std::string(15, '\0') + '\1') == address("::1"));
    CHECK(!ip::address_from_octets(""));
    CHECK(!ip::address_from_octets("12345"));
}

TEST_CASE("an IPv4 address in IPv6 clothes", "[base][ip]") {
    CHECK(ip::unmapped(address("::ffff:192.0.2.1")) == address("192.0.2.1"));
    CHECK(ip::unmapped(address("::192.0.2.1")) == address("::192.0.2.1"));
    CHECK(ip::unmapped(address("64:ff9b::192.0.2.1")) == address("64:ff9b::c000:201"));
    CHECK(ip::unmapped(address("192.0.2.1")) == address("192.0.2.1"));
}

TEST_CASE("names for the way back", "[base][ip]") {
    CHECK(ip::reverse_name(address("192.0.2.10")) == "10.2.0.192.in-addr.arpa");
    // RFC 3596 section 2.5
    CHECK(ip::reverse_name(address("4321:0:1:2:3:4:567:89ab")) ==
          "b.a.9.8.7.6.5.0.4.0.0.0.3.0.0.0.2.0.0.0.1.0.0.0.0.0.0.0.1.2.3.4.ip6.arpa");
}

TEST_CASE("networks", "[base][ip]") {
    struct Row {
        const char* network;
        const char* first;
        const char* last;
        const char* inside;
        const char* outside;
    };
    const Row rows[] = {
        {"192.0.2.0/24", "192.0.2.0", "192.0.2.255", "192.0.2.77", "192.0.3.0"},
        {"192.0.2.77/25", "192.0.2.0", "192.0.2.127", "192.0.2.1", "192.0.2.128"},
        {"0.0.0.0/0", "0.0.0.0", "255.255.255.255", "203.0.113.9", "::"},
        {"192.0.2.1/32", "192.0.2.1", "192.0.2.1", "192.0.2.1", "192.0.2.2"},
        {"2001:db8::/32", "2001:db8::", "2001:db8:ffff:ffff:ffff:ffff:ffff:ffff",
         "2001:db8:1::", "2001:db9::"},
        {"2001:db8::/64", "2001:db8::", "2001:db8::ffff:ffff:ffff:ffff", "2001:db8::1", "2001:db8:0:1::"},
        {"2001:db8::8/125", "2001:db8::8", "2001:db8::f", "2001:db8::a", "2001:db8::7"},
        {"::/0", "::", "ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff", "::1", "1.2.3.4"},
        {"::1/128", "::1", "::1", "::1", "::2"},
    };
    for (const Row& row : rows) {
        INFO(row.network);
        const ip::Network block = network(row.network);
        CHECK(ip::to_string(ip::first_of(block)) == row.first);
        CHECK(ip::to_string(ip::last_of(block)) == row.last);
        CHECK(block.contains(address(row.inside)));
        CHECK(!block.contains(address(row.outside)));
        CHECK(block.contains(block));
    }
    CHECK(ip::to_string(network("192.0.2.1")) == "192.0.2.1");
    CHECK(ip::to_string(network("192.0.2.0/24")) == "192.0.2.0/24");
    CHECK(network("10.0.0.0/8").contains(network("10.1.0.0/16")));
    CHECK(!network("10.1.0.0/16").contains(network("10.0.0.0/8")));
    for (const char* text : {"192.0.2.0/33", "192.0.2.0/", "192.0.2.0/024", "192.0.2.0/-1", "::/129", "/24",
                             "192.0.2.0/24/24", "192.0.2/24", "192.0.2.0/2 "}) {
        INFO(text);
        CHECK(!ip::read_network(text));
    }
}

TEST_CASE("blocks that nobody outside sees", "[base][ip]") {
    for (const char* text :
         {"10.1.2.3", "127.0.0.1", "169.254.1.1", "172.31.255.255", "192.168.0.1", "100.64.0.1", "224.0.0.1",
          "255.255.255.255", "::1", "fe80::1", "fc00::1", "ff02::1", "10.0.0.0/8", "192.168.0.0/17"}) {
        INFO(text);
        CHECK(ip::is_private(ip::read_network(text).value()));
    }
    // Those of the documentation are public servers in examples.
    for (const char* text : {"8.8.8.8", "172.32.0.1", "100.128.0.1", "192.0.3.1", "2606:4700::1", "192.0.2.1",
                             "2001:db8::1", "0.0.0.0/0", "10.0.0.0/7", "192.0.2.0/24"}) {
        INFO(text);
        CHECK(!ip::is_private(ip::read_network(text).value()));
    }
    CHECK(ip::is_private(address("10.1.2.3")));
    CHECK(!ip::is_private(address("192.0.2.1")));
}
