#include "options/dns.hpp"
#include "support/catch.hpp"
#include "support/fake_dns.hpp"
#include "support/fake_files.hpp"

#include <memory>
#include <string>

using namespace relaytool;
using test::FakeDns;

namespace {

struct Parsed {
    cli::DnsOptions options;
    std::string error;
};

Parsed parse(const std::string& arguments) {
    Parsed parsed;
    CLI::App app;
    cli::add_dns_options(app, parsed.options);
    try {
        app.parse(arguments);
    } catch (const CLI::Error& error) {
        parsed.error = error.what();
    }
    return parsed;
}

/// Opens what the options mean, with a network that knows one name, and asks for two.
std::string ask(const cli::DnsOptions& options, const test::FakeFiles& files) {
    cli::Context context{
        .files = files,
        .out = {},
        .err = {},
        .terminal = {},
        .network_dns = [](const dns::Servers&) -> Result<std::unique_ptr<dns::Resolver>> {
            auto network = std::make_unique<FakeDns>();
            network->txt("network.example", "from the network");
            return network;
        },
    };
    const auto resolver = cli::open_dns(options, context);
    if (!resolver) return resolver.error().what + ": " + resolver.error().why;
    std::string out;
    for (const char* name : {"zone.example", "network.example"}) {
        bool done = false;
        (*resolver)->ask({FakeDns::name(name), dns::Type::txt}, [&](const dns::Answer& answer) {
            for (const dns::Text* text : answer.all<dns::Text>())
                out += text->joined() + ";";
            done = true;
        });
        while (!done)
            (*resolver)->wait();
    }
    return out;
}

} // namespace

TEST_CASE("the options of commands that ask the DNS", "[options][dns]") {
    CHECK(parse("").options.servers.addresses.empty());
    CHECK(parse("").options.servers.timeout == std::chrono::seconds(5));
    const Parsed all =
        parse("--nameserver 192.0.2.53 --nameserver [::1]:5353 --dns-timeout 0.25 --zone a --zone b");
    CHECK(all.error.empty());
    CHECK(all.options.servers.addresses == std::vector<std::string>{"192.0.2.53", "[::1]:5353"});
    CHECK(all.options.servers.timeout == std::chrono::milliseconds(250));
    CHECK(all.options.zones == std::vector<std::string>{"a", "b"});
    CHECK(parse("--dns-timeout 60").options.servers.timeout == std::chrono::seconds(60));
    CHECK(parse("--dns-timeout 500ms").options.servers.timeout == std::chrono::milliseconds(500));
    for (const char* wrong :
         {"--dns-timeout 0", "--dns-timeout 61", "--dns-timeout nan", "--dns-timeout 1x", "--dns-timeout=-1",
          "--nameserver 192.0.2.53:0", "--nameserver 192.0.2", "--zone", "--nameserver"}) {
        INFO(wrong);
        CHECK(!parse(wrong).error.empty());
    }
    CHECK(parse("--nameserver 192.0.2.53:99999").error ==
          "--nameserver: 192.0.2.53:99999: the port is a number from 1 to 65535");
}

TEST_CASE("zone files, the network, or both", "[options][dns]") {
    test::FakeFiles files;
    files.files["a.zone"] = "zone.example. TXT \"from the file\"\n";
    files.files["bad.zone"] = "zone.example. TEXT x\n";
    CHECK(ask(parse("").options, files) == "from the network;");
    CHECK(ask(parse("--zone a.zone").options, files) == "from the file;");
    CHECK(ask(parse("--zone a.zone --nameserver 192.0.2.53").options, files) ==
          "from the file;from the network;");
    CHECK(ask(parse("--zone a.zone --zone bad.zone").options, files).substr(0, 31) ==
          "bad.zone:1: \"TEXT\" is no record");
    CHECK(ask(parse("--zone missing.zone").options, files).substr(0, 12) == "missing.zone");
}
