#include "base/ip_set.hpp"
#include "support/catch.hpp"

#include <string>
#include <vector>

using namespace relaytool;

namespace {

ip::Set set_of(const std::vector<std::string>& networks) {
    ip::Set set;
    for (const std::string& network : networks)
        set.add(ip::read_network(network).value());
    return set;
}

std::vector<std::string> blocks_of(const ip::Set& set) {
    std::vector<std::string> blocks;
    for (const ip::Network& network : set.networks())
        blocks.push_back(ip::to_string(network));
    return blocks;
}

} // namespace

TEST_CASE("sets of addresses are made of the fewest blocks", "[base][ip]") {
    struct Row {
        const char* name;
        std::vector<std::string> added;
        std::vector<std::string> removed;
        std::vector<std::string> blocks;
    };
    const std::vector<Row> rows = {
        {"nothing", {}, {}, {}},
        {"neighbours join", {"192.0.2.0/25", "192.0.2.128/25"}, {}, {"192.0.2.0/24"}},
        {"contained", {"192.0.2.0/24", "192.0.2.7"}, {}, {"192.0.2.0/24"}},
        {"not aligned", {"192.0.2.1", "192.0.2.2", "192.0.2.3"}, {}, {"192.0.2.1", "192.0.2.2/31"}},
        {"bits behind the prefix", {"192.0.2.77/24"}, {}, {"192.0.2.0/24"}},
        {"everything", {"0.0.0.0/0", "::/0", "255.255.255.255"}, {}, {"0.0.0.0/0", "::/0"}},
        {"all but one", {"192.0.2.0/30"}, {"192.0.2.1"}, {"192.0.2.0", "192.0.2.2/31"}},
        {"the end cut off", {"192.0.2.0/24"}, {"192.0.2.128/25"}, {"192.0.2.0/25"}},
        {"more than all", {"192.0.2.0/24", "198.51.100.1"}, {"0.0.0.0/0"}, {}},
        {"one hole in two ranges",
         {"192.0.2.0/31", "192.0.2.4/31"},
         {"192.0.2.1", "192.0.2.4"},
         {"192.0.2.0", "192.0.2.5"}},
        {"families apart", {"192.0.2.1", "2001:db8::/64"}, {"::/0"}, {"192.0.2.1"}},
        {"IPv6 over the middle",
         {"2001:db8::ffff:ffff:ffff:ffff", "2001:db8:0:1::"},
         {},
         {"2001:db8::ffff:ffff:ffff:ffff", "2001:db8:0:1::"}},
        {"IPv6 halves", {"2001:db8::/33", "2001:db8:8000::/33"}, {}, {"2001:db8::/32"}},
    };
    for (const Row& row : rows) {
        INFO(row.name);
        ip::Set set = set_of(row.added);
        set.remove(set_of(row.removed));
        CHECK(blocks_of(set) == row.blocks);
    }
}

TEST_CASE("sets know what is in them", "[base][ip]") {
    const ip::Set set = set_of({"192.0.2.0/24", "2001:db8::/64"});
    CHECK(set.contains(ip::read_address("192.0.2.255").value()));
    CHECK_FALSE(set.contains(ip::read_address("192.0.3.0").value()));
    CHECK(set.contains(ip::read_network("2001:db8::/70").value()));
    CHECK_FALSE(set.contains(ip::read_network("2001:db8::/63").value()));
    CHECK(set.size(ip::Family::v4) == 256);
    CHECK(set.size(ip::Family::v6) == 18446744073709551616.0);
}
