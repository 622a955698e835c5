#include "dns/message.hpp"
#include "dns/serve.hpp"
#include "dns/wire.hpp"
#include "support/catch.hpp"

#include <string>

using namespace relaytool;
using dns::Question;
using dns::Status;
using dns::Transport;
using dns::Type;

namespace {

constexpr const char* zone_text = "$ORIGIN example.com.\n"
                                  "$TTL 300\n"
                                  "@    SOA ns1 hostmaster 1 2 3 4 5\n"
                                  "     NS  ns1\n"
                                  "     MX  10 mail\n"
                                  "     TXT \"v=spf1 mx -all\" \n"
                                  "     TXT \"one\" \"two\"\n"
                                  "mail A 192.0.2.25\n"
                                  "     AAAA 2001:db8::25\n"
                                  "www  CNAME web.example.com.\n"
                                  "web  CNAME mail\n"
                                  "away CNAME host.example.org.\n"
                                  "_sip._tls SRV 1 2 443 mail\n"
                                  "*.wild TXT \"found\"\n";

dns::ZoneResolver zones(const std::string& text = zone_text) {
    dns::ZoneResolver resolver;
    resolver.add(dns::read_zone(text, "test").value());
    return resolver;
}

Question question(const char* name, Type type) {
    return {dns::Name::from_text(name).value(), type};
}

/// What a client of ours makes of the server's octets.
dns::Answer asked(const Question& question, const dns::ZoneResolver& resolver) {
    std::string query;
    dns::write_query(question, 7, dns::Edns::on, query);
    return dns::read_answer(question, dns::answer_query(query, resolver, Transport::udp));
}

unsigned rcode_of(const std::string& message) {
    return dns::wire::octet(message.at(3)) & 0xF;
}

} // namespace

TEST_CASE("a zone's records, asked over the wire", "[dns][serve]") {
    const dns::ZoneResolver resolver = zones();
    SECTION("every kind of data survives") {
        const Question questions[] = {
            question("example.com", Type::mx),         question("example.com", Type::txt),
            question("example.com", Type::ns),         question("mail.example.com", Type::a),
            question("mail.example.com", Type::aaaa),  question("_sip._tls.example.com", Type::srv),
            question("x.wild.example.com", Type::txt), question("www.example.com", Type::a),
            question("www.example.com", Type::cname),  question("example.com", Type::soa),
            question("MAIL.EXAMPLE.COM", Type::a),
        };
        for (const Question& each : questions) {
            INFO(each.name.text() << " " << to_string(each.type));
            const dns::Answer wire = asked(each, resolver);
            const dns::Answer file = resolver.look_up(each);
            REQUIRE(wire.status == Status::answer);
            CHECK(wire.aliases == file.aliases);
            REQUIRE(wire.records.size() == file.records.size());
            for (std::size_t i = 0; i < wire.records.size(); ++i) {
                CHECK(wire.records[i].ttl == file.records[i].ttl);
                CHECK(dns::canonical_octets(wire.records[i].data) ==
                      dns::canonical_octets(file.records[i].data));
            }
        }
    }
    SECTION("nothing there") {
        CHECK(asked(question("mail.example.com", Type::mx), resolver).status == Status::no_data);
        CHECK(asked(question("no.example.com", Type::mx), resolver).status == Status::no_name);
    }
    SECTION("outside the zones") {
        const dns::Answer answer = asked(question("example.org", Type::mx), resolver);
        CHECK(answer.status == Status::failure);
        CHECK(answer.rcode == 5);
        CHECK(asked(question("away.example.com", Type::a), resolver).rcode == 5);
    }
}

TEST_CASE("queries that get no answer, or an error", "[dns][serve]") {
    const dns::ZoneResolver resolver = zones();
    std::string query;
    dns::write_query(question("mail.example.com", Type::a), 0x1234, dns::Edns::off, query);
    const auto answered = [&](const std::string& octets) {
        return dns::answer_query(octets, resolver, Transport::udp);
    };
    const std::string good = answered(query);
    CHECK(good.substr(0, 2) == "\x12\x34");
    CHECK(rcode_of(good) == 0);
    CHECK(good.substr(12, query.size() - 12) == query.substr(12));
    SECTION("no query") {
        CHECK(answered("").empty());
        CHECK(answered(query.substr(0, 11)).empty());
        CHECK(answered(good).empty()); // two servers would go on for ever
    }
    SECTION("cut anywhere") {
        for (std::size_t size = 12; size < query.size(); ++size)
            CHECK(rcode_of(answered(query.substr(0, size))) == 1);
    }
    SECTION("another opcode") {
        query[2] = static_cast<char>(query[2] | 5 << 3); // UPDATE
        CHECK(rcode_of(answered(query)) == 4);
    }
    SECTION("two questions") {
        query[5] = 2;
        CHECK(rcode_of(answered(query)) == 1);
    }
    SECTION("another class") {
        query.back() = 3; // CHAOS
        CHECK(rcode_of(answered(query)) == 5);
    }
    SECTION("zone transfer") {
        query[query.size() - 3] = static_cast<char>(252);
        CHECK(rcode_of(answered(query)) == 4);
    }
    SECTION("another version of EDNS") {
        dns::write_query(question("mail.example.com", Type::a), 1, dns::Edns::on, query);
        query[query.size() - 5] = 1;
        const std::string answer = answered(query);
        CHECK(rcode_of(answer) == 0); // BADVERS is 16: the upper bits are in the OPT record
        CHECK(dns::wire::octet(answer.at(answer.size() - 6)) == 1);
        CHECK(answer.at(7) == 0);
    }
}

TEST_CASE("answers that do not fit", "[dns][serve]") {
    std::string text = "$ORIGIN example.com.\n@ SOA ns1 hostmaster 1 2 3 4 5\n";
    for (int i = 0; i < 6; ++i)
        text += "@ TXT \"" + std::string(200, static_cast<char>('a' + i)) + "\"\n";
    const dns::ZoneResolver resolver = zones(text);
    const Question txt = question("example.com", Type::txt);
    std::string query;
    for (const dns::Edns edns : {dns::Edns::off, dns::Edns::on}) {
        dns::write_query(txt, 1, edns, query);
        const std::string cut = dns::answer_query(query, resolver, Transport::udp);
        CHECK(dns::is_truncated(cut));
        CHECK(cut.size() < 512);
        const std::string whole = dns::answer_query(query, resolver, Transport::tcp);
        CHECK(!dns::is_truncated(whole));
        CHECK(dns::read_answer(txt, whole).records.size() == 6);
    }
}
