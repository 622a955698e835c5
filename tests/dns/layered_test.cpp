#include "dns/layered.hpp"
#include "support/catch.hpp"
#include "support/fake_dns.hpp"

#include <memory>
#include <string>

using namespace relaytool;
using dns::Status;
using dns::Type;
using test::FakeDns;

namespace {

struct Layers {
    FakeDns* network = nullptr;
    std::unique_ptr<dns::Layered> layered;

    explicit Layers(std::string_view zone) {
        dns::ZoneResolver front;
        front.add(dns::read_zone(zone, "f").value());
        auto behind = std::make_unique<FakeDns>();
        network = behind.get();
        layered = std::make_unique<dns::Layered>(std::move(front), std::move(behind));
    }

    dns::Answer ask(std::string_view name, Type type) {
        dns::Answer found;
        bool done = false;
        layered->ask({FakeDns::name(name), type}, [&](dns::Answer answer) {
            found = std::move(answer);
            done = true;
        });
        CHECK(!done);
        while (!done)
            layered->wait();
        return found;
    }
};

} // namespace

TEST_CASE("zone files in front of the network", "[dns][layered]") {
    Layers dns("$ORIGIN example.com.\n"
               "@ SOA a b 1 2 3 4 5\n"
               "@ TXT \"new\"\n"
               "out CNAME www.example.net.\n"
               "loop CNAME loop.example.net.\n"
               "_dmarc.example.org. TXT \"v=DMARC1\"\n");
    dns.network->txt("example.com", "old");
    dns.network->txt("example.org", "network");
    dns.network->txt("www.example.net", "target");
    dns.network->cname("in.example.net", "example.com");
    dns.network->cname("loop.example.net", "loop.example.com");
    CHECK(dns.ask("example.com", Type::txt).all<dns::Text>().at(0)->joined() == "new");
    CHECK(dns.ask("nobody.example.com", Type::txt).status == Status::no_name);
    CHECK(dns.network->asked.empty());
    CHECK(dns.ask("example.org", Type::txt).all<dns::Text>().at(0)->joined() == "network");
    CHECK(dns.ask("_dmarc.example.org", Type::txt).server == "zone file");
    CHECK(dns.network->asked.size() == 1);

    const dns::Answer out = dns.ask("out.example.com", Type::txt);
    CHECK(out.all<dns::Text>().at(0)->joined() == "target");
    CHECK(out.aliases.size() == 1);
    const dns::Answer in = dns.ask("in.example.net", Type::txt);
    CHECK(in.all<dns::Text>().at(0)->joined() == "new");
    CHECK(in.aliases.size() == 1);
    CHECK(dns.ask("loop.example.com", Type::txt).detail == "too many CNAME records in a row");
}
