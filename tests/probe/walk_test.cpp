#include "probe/walk.hpp"
#include "support/catch.hpp"
#include "support/probe_world.hpp"

#include <algorithm>
#include <string>

using namespace relaytool;
using probe::Facts;
using probe::Offer;
using smtp::Break;
using smtp::TlsMode;
using smtp::TlsVersion;
using test::holds;
using test::ProbeWorld;

namespace {

Offer offer_of(const Facts& facts, TlsVersion version) {
    return facts.versions.at(static_cast<std::size_t>(version)).offer;
}

} // namespace

TEST_CASE("where the addresses come from", "[probe]") {
    ProbeWorld world;
    SECTION("the DNS, IPv4 and IPv6 in turn, with the aliases on the way") {
        world.dns.cname("smtp.example.net", "mx.example.net");
        world.dns.address("mx.example.net", "192.0.2.26");
        world.dns.address("mx.example.net", "2001:db8::25");
        world.plan.target.host = "smtp.example.net";
        const Facts facts = world.walk();
        CHECK(facts.resolution.source == probe::AddressSource::dns);
        CHECK(facts.resolution.aliases == std::vector<std::string>{"mx.example.net"});
        REQUIRE(facts.resolution.addresses.size() == 3);
        CHECK(ip::to_string(facts.resolution.addresses[1]) == "2001:db8::25");
        CHECK(facts.addresses.size() == 3);
    }
    SECTION("one family alone") {
        world.dns.address("mx.example.net", "2001:db8::25");
        world.plan.target.family = smtp::IpFamily::v4;
        CHECK(world.walk().resolution.addresses.size() == 1);
    }
    SECTION("no more than are looked at, and all are counted") {
        for (int i = 0; i < 20; ++i)
            world.dns.address("mx.example.net", "198.51.100." + std::to_string(i));
        const Facts facts = world.walk();
        CHECK(facts.resolution.addresses.size() == probe::most_addresses);
        CHECK(facts.resolution.total == 21);
    }
    SECTION("an address in place of a name") {
        world.plan.target.host = "192.0.2.25";
        CHECK(world.walk().resolution.source == probe::AddressSource::literal);
        CHECK(world.dns.asked.empty());
    }
    SECTION("names that the DNS does not have") {
        world.plan.target.host = "relay.local";
        CHECK(world.walk().resolution.source == probe::AddressSource::system);
        CHECK(world.dns.asked.empty());
    }
    SECTION("behind a proxy it is the proxy that asks") {
        world.plan.target.proxy = "socks5://127.0.0.1:1080";
        CHECK(world.walk().resolution.source == probe::AddressSource::system);
        CHECK(world.dns.asked.empty());
    }
}

TEST_CASE("addresses are tried one by one", "[probe]") {
    ProbeWorld world;
    world.dns.address("mx.example.net", "192.0.2.26");
    world.network.broken_addresses["192.0.2.26"] = {Break::refused, "refused"};
    const Facts facts = world.walk();
    REQUIRE(facts.addresses.size() == 2);
    CHECK(!facts.addresses[0].broken);
    REQUIRE(facts.addresses[1].broken);
    CHECK(facts.addresses[1].broken->kind == Break::refused);
    CHECK(facts.outcome.greeting.code == 220);
}

TEST_CASE("other ports are tried only where nobody answers", "[probe]") {
    ProbeWorld world;
    SECTION("nobody") {
        world.network.broken_ports[587] = {Break::refused, "refused"};
        world.network.broken_ports[25] = {Break::timed_out, "silence"};
        const Facts facts = world.walk();
        REQUIRE(facts.other_ports.size() == 2);
        CHECK(facts.other_ports[0].port == 25);
        CHECK(facts.other_ports[0].broken);
        CHECK(facts.other_ports[1].port == 465);
        CHECK(!facts.other_ports[1].broken);
    }
    SECTION("somebody, who says nothing") {
        world.network.greeting = "";
        CHECK(world.walk().other_ports.empty());
    }
    SECTION("somebody, who says no") {
        world.network.greeting = "554 no";
        CHECK(world.walk().other_ports.empty());
    }
}

TEST_CASE("each TLS version by itself", "[probe]") {
    ProbeWorld world;
    world.network.versions = {TlsVersion::v1_0, TlsVersion::v1_2};
    world.network.untestable = {TlsVersion::v1_1};
    SECTION("with STARTTLS") {}
    SECTION("from the first octet") {
        world.plan.target.tls.mode = TlsMode::implicit;
        world.plan.target.port = 465;
    }
    const Facts facts = world.walk();
    CHECK(offer_of(facts, TlsVersion::v1_0) == Offer::yes);
    CHECK(offer_of(facts, TlsVersion::v1_1) == Offer::cannot_test);
    CHECK(offer_of(facts, TlsVersion::v1_2) == Offer::yes);
    CHECK(offer_of(facts, TlsVersion::v1_3) == Offer::no);
    CHECK(facts.outcome.tls.version == "TLSv1.2");
}

TEST_CASE("where there is no TLS, nothing is known of versions", "[probe]") {
    ProbeWorld world;
    SECTION("it is not offered") {
        world.network.plain_hello = "250 mx.example.net";
        CHECK(offer_of(world.walk(), TlsVersion::v1_2) == Offer::unknown);
    }
    SECTION("nobody answers") {
        world.network.broken = {Break::refused, "refused"};
        CHECK(offer_of(world.walk(), TlsVersion::v1_2) == Offer::unknown);
    }
    SECTION("it was not asked for") {
        world.plan.target.tls.mode = TlsMode::off;
        CHECK(world.walk().versions.empty());
    }
}

TEST_CASE("the certificate is known though it ended the walk", "[probe]") {
    ProbeWorld world;
    world.network.certificate_fault = {Break::certificate_expired, "expired"};
    const Facts facts = world.walk();
    REQUIRE(facts.outcome.broken);
    CHECK(facts.outcome.broken->kind == Break::certificate_expired);
    REQUIRE(facts.chain().size() == 1);
    CHECK(facts.chain().front().subject == "CN = mx.example.net");
    CHECK(!facts.inside_tls().lines.empty());
}

TEST_CASE("a certificate that is not looked at is looked at beside", "[probe]") {
    ProbeWorld world;
    world.plan.target.tls.verification = smtp::Verification::none;
    CHECK(!world.walk().certificate_fault);
    world.network.certificate_fault = {Break::certificate_name, "another name"};
    const Facts facts = world.walk();
    REQUIRE(facts.certificate_fault);
    CHECK(facts.certificate_fault->detail == "another name");
    CHECK(!facts.outcome.broken);
}

TEST_CASE("every sender, and recipients with the first that is taken", "[probe]") {
    ProbeWorld world;
    world.plan.senders = {"no@example.com", "yes@example.com"};
    world.plan.recipients = {"b@example.net", "c@example.org"};
    world.network.answers["MAIL FROM:<no@"] = "553 5.7.1 no";
    world.network.answers["RCPT TO:<c@"] = "554 5.7.1 relay access denied";
    const auto check = [&] {
        const Facts facts = world.walk();
        REQUIRE(facts.senders.size() == 2);
        CHECK(facts.senders[0].reply.code == 553);
        CHECK(facts.senders[1].reply.code == 250);
        REQUIRE(facts.recipients.size() == 2);
        CHECK(facts.recipients[0].reply.code == 250);
        CHECK(facts.recipients[1].reply.code == 554);
        CHECK(!facts.envelope_broken);
    };
    SECTION("in one go") {
        check();
    }
    SECTION("one by one") {
        world.network.secure_hello = "250 mx.example.net";
        check();
    }
    CHECK(!holds(world.network.heard(), "DATA"));
    CHECK(holds(world.network.heard(), "RSET\r\n"));
}

TEST_CASE("no sender is taken: answers to recipients say nothing", "[probe]") {
    ProbeWorld world;
    world.plan.senders = {"a@example.com"};
    world.plan.recipients = {"b@example.net"};
    world.network.answers["MAIL"] = "550 5.7.1 no";
    world.network.answers["RCPT"] = "503 5.5.1 sender first";
    CHECK(world.walk().recipients.at(0).reply.code == 0);
}

TEST_CASE("a connection that is lost among the senders", "[probe]") {
    ProbeWorld world;
    world.plan.senders = {"a@example.com", "b@example.com"};
    world.network.answers["MAIL FROM:<b@"] = "close";
    const Facts facts = world.walk();
    REQUIRE(facts.envelope_broken);
    CHECK(facts.senders[0].reply.code == 250);
    CHECK(facts.senders[1].reply.code == 0);
}

TEST_CASE("what strangers may do", "[probe]") {
    ProbeWorld world;
    world.plan.depth = probe::Depth::deep;
    world.plan.senders = {"a@example.com"};
    world.plan.recipients = {"b@example.net"};
    SECTION("little") {
        world.network.answers["RCPT TO:<relay-test"] = "554 5.7.1 Relay access denied";
        world.network.answers["RCPT TO:<@"] = "554 5.7.1 Relay access denied";
        const Facts facts = world.walk();
        REQUIRE(facts.exposure);
        REQUIRE(facts.exposure->relayed.size() == 3);
        for (const auto& relayed : facts.exposure->relayed)
            CHECK(relayed.reply.code == 554);
        CHECK(facts.exposure->vrfy.code == 252);
        CHECK(facts.exposure->expn.code == 502);
        CHECK(!facts.exposure->bare_line_feed);
        CHECK(facts.exposure->tried_smuggling);
        CHECK(!facts.exposure->smuggled);
    }
    SECTION("everything") {
        world.network.takes_bare_line_feeds = true;
        const Facts facts = world.walk();
        REQUIRE(facts.exposure);
        CHECK(facts.exposure->relayed.at(2).recipient == "@mx.example.net:relay-test@example.net");
        CHECK(facts.exposure->relayed.at(2).reply.code == 250);
        REQUIRE(facts.exposure->bare_line_feed);
        REQUIRE(facts.exposure->smuggled);
        CHECK(facts.exposure->smuggled->code == 250);
    }
    SECTION("nobody knows: it hangs up on strangers") {
        world.network.greeting = "554 no";
        const Facts facts = world.walk();
        REQUIRE(facts.exposure);
        CHECK(facts.exposure->relayed.empty());
        CHECK(facts.exposure->vrfy.code == 0);
    }
}

TEST_CASE("the password stays where it belongs", "[probe]") {
    ProbeWorld world;
    world.log_in();
    dns::Cache cache(world.dns);
    const auto clock = [&] { return world.machine.uptime(); };
    smtp::Transcript transcript(clock);
    probe::walk(world.plan, {world.network, &cache, clock}, transcript);
    CHECK(holds(world.network.heard(), "AUTH PLAIN "));
    for (const smtp::TranscriptLine& line : transcript.lines()) {
        CHECK(!holds(line.text, "secret"));
        CHECK(!holds(line.text, "c2VjcmV0"));
    }
}
