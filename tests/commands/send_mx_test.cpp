#include "support/catch.hpp"
#include "support/send_world.hpp"

#include <string>

using namespace relaytool;
using cli::Exit;
using test::holds;
using test::Outcome;
using test::SendWorld;

namespace {

struct World : SendWorld {
    World() {
        dns.mx("example.net", 20, "second.example.net");
        dns.mx("example.net", 10, "first.example.net");
        dns.mx("example.net", 30, "third.example.net");
        dns.address("first.example.net", "192.0.2.1");
        dns.address("second.example.net", "192.0.2.2");
        dns.address("second.example.net", "2001:db8::2");
        take_all();
    }

    Outcome to_mx(std::vector<std::string> more = {}) {
        more.insert(more.begin(), {"--mx", "-f", "a@example.com", "-t", "b@example.net"});
        return send_only(more);
    }

    std::vector<std::string> asked() const {
        std::vector<std::string> hosts;
        for (const smtp::Target& target : server.targets)
            hosts.push_back(target.host);
        return hosts;
    }
};

using Hosts = std::vector<std::string>;

} // namespace

TEST_CASE("option --mx asks the best server of the recipient's domain", "[commands][send][mx]") {
    World world;
    const Outcome outcome = world.to_mx();
    CHECK(outcome.exit == Exit::good);
    CHECK(world.asked() == Hosts{"first.example.net"});
    const smtp::Target& target = world.server.targets.front();
    CHECK(target.port == 25);
    CHECK(target.tls.mode == smtp::TlsMode::opportunistic);
    REQUIRE(target.addresses.size() == 1);
    CHECK(ip::to_string(target.addresses[0]) == "192.0.2.1");
    CHECK(holds(outcome.out, "first.example.net:25 (192.0.2.25)"));
}

TEST_CASE("option --mx goes on to the next one when nobody answers", "[commands][send][mx]") {
    World world;
    SECTION("and that one takes the message") {
        world.server.absent = {"first.example.net"};
        CHECK(world.to_mx().exit == Exit::good);
        CHECK(world.asked() == Hosts{"first.example.net", "second.example.net"});
        CHECK(world.server.targets.back().addresses.size() == 2);
    }
    SECTION("and tells of the last one when none does") {
        world.server.absent = {"first.example.net", "second.example.net"};
        const Outcome outcome = world.to_mx({"--json"});
        CHECK(outcome.exit == Exit::could_not_tell);
        CHECK(world.asked() == Hosts{"first.example.net", "second.example.net"});
        CHECK(test::json_of(outcome)["server"]["host"] == "second.example.net");
        CHECK(test::json_of(outcome)["findings"][0]["category"] == "connection-failed");
    }
}

TEST_CASE("option --mx stays with the one that answered", "[commands][send][mx]") {
    World world;
    world.server.answers = {"220 x\r\n", "250 x\r\n", "550 5.7.1 no\r\n", "221 x\r\n"};
    CHECK(world.to_mx().exit == Exit::bad);
    CHECK(world.asked() == Hosts{"first.example.net"});
}

TEST_CASE("a domain without MX records has its own address (RFC 5321 section 5.1)", "[commands][send][mx]") {
    World world;
    world.dns.address("plain.example.org", "192.0.2.9");
    const Outcome outcome = world.send_only({"--mx", "-f", "a@example.com", "-t", "b@plain.example.org"});
    CHECK(outcome.exit == Exit::good);
    CHECK(world.asked() == Hosts{"plain.example.org"});
}

TEST_CASE("where --mx leads nowhere", "[commands][send][mx]") {
    struct Row {
        const char* name;
        const char* to;
        const char* says;
    };
    const Row row = GENERATE(values<Row>({
        {"null MX", "b@null.example.org", "RFC 7505"},
        {"no records", "b@nothing.example.org", "no mail server"},
        {"no addresses", "b@hollow.example.org", "no mail server"},
        {"failed look-up", "b@broken.example.org", "look-up of its MX records failed"},
        {"two domains", "b@example.net,c@example.org", "example.net and example.org"},
        {"no name", "b@[192.0.2.1]", "[192.0.2.1]"},
    }));
    CAPTURE(row.name);
    World world;
    world.dns.mx("null.example.org", 0, ".");
    world.dns.mx("hollow.example.org", 10, "nowhere.example.org");
    world.dns.breaks("broken.example.org", dns::Type::mx, dns::Status::failure);
    const Outcome outcome = world.send_only({"--mx", "-f", "a@example.com", "-t", row.to});
    // Two domains at once is how the command was called; the others are what the DNS says.
    CHECK(outcome.exit == (std::string_view(row.name) == "two domains" ? Exit::usage : Exit::could_not_tell));
    CHECK(holds(outcome.err, row.says));
    CHECK(outcome.out.empty());
    CHECK(world.server.targets.empty());
}
