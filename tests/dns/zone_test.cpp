#include "dns/zone.hpp"
#include "support/catch.hpp"
#include "support/sizes.hpp"

#include <chrono>
#include <string>

using namespace relaytool;
using dns::Status;
using dns::Type;

namespace {

dns::Name name(std::string_view text) {
    return dns::Name::from_escaped(text).value();
}

dns::ZoneResolver resolver(std::string_view text) {
    const auto zone = dns::read_zone(text, "test.zone");
    if (!zone) FAIL(zone.error().what << ": " << zone.error().why);
    dns::ZoneResolver made;
    made.add(*zone);
    return made;
}

/// What a file says about one name, as one line: "nxdomain", "no-data", or the records.
std::string ask(const dns::ZoneResolver& zone, std::string_view owner, Type type) {
    const dns::Answer answer = zone.look_up({name(owner), type});
    CHECK(answer.server == "zone file");
    if (answer.status != Status::answer) return std::string(dns::to_string(answer.status));
    std::string out;
    for (const dns::Record& record : answer.records) {
        if (!out.empty()) out += " | ";
        if (const auto* text = std::get_if<dns::Text>(&record.data)) out += text->joined();
        if (const auto* address = std::get_if<ip::Address>(&record.data)) out += ip::to_string(*address);
        if (const auto* target = std::get_if<dns::Name>(&record.data)) out += target->text();
        if (const auto* mx = std::get_if<dns::Mx>(&record.data))
            out += std::to_string(mx->preference) + " " + mx->exchange.text();
        if (const auto* srv = std::get_if<dns::Srv>(&record.data))
            out += std::to_string(srv->port) + " " + srv->target.text();
        if (const auto* tlsa = std::get_if<dns::Tlsa>(&record.data))
            out += "usage " + std::to_string(tlsa->usage) + " octets " + std::to_string(tlsa->data.size());
        if (const auto* opaque = std::get_if<dns::Opaque>(&record.data))
            out += "octets " + std::to_string(opaque->octets.size());
    }
    return out;
}

std::uint32_t ttl(const dns::ZoneResolver& zone, std::string_view owner) {
    return zone.look_up({name(owner), Type::txt}).records.at(0).ttl;
}

constexpr std::string_view example =
    "\xEF\xBB\xBF; a comment\r\n"
    "$ORIGIN example.com.\r\n"
    "$TTL 1h30m\r\n"
    "@ IN SOA ns1 host\\.master ( 2024010101 ; serial\r\n"
    "      2h 30m 2w\r\n"
    "      5m )\r\n"
    "  NS ns1\r\n"
    "  MX 10 mail\r\n"
    "  MX 10 MAIL ; the same\r\n"
    "  TXT \"v=spf1 include:_spf\" \".example.net -all\"\r\n"
    "ns1 300 IN A 192.0.2.53\r\n"
    "ns1 IN 300 AAAA 2001:db8::53\r\n"
    "mail IN A 192.0.2.1\r\n"
    "www CNAME mail\r\n"
    "a.b.c TXT deep\r\n"
    "*.wild TXT \"from the wildcard\"\r\n"
    "x.y.wild A 192.0.2.7\r\n"
    "star CNAME q.wild\r\n"
    "_sip._tls SRV 100 1 443 sipdir.online.lync.com.\r\n"
    "_25._tcp.mail TLSA 3 1 1 ( ABCD\r\n EF01 )\r\n"
    "odd\\.dot TXT \"odd\"\r\n"
    "\\065\\066c TXT \"a \\\"quote\\\" and \\; \\\\ \\065\"\r\n"
    "generic TYPE16 \\# 4 03616263\r\n"
    "generic A \\# 4 C0000209\r\n"
    "new TYPE65280 \\# 3 010203\r\n"
    "old SPF \"v=spf1 -all\"\r\n"
    "many HTTPS 1 . alpn=h2,h3\r\n"
    "many CAA 0 issue \"ca.example\"\r\n"
    "many DS 12345 8 2 ABCD\r\n"
    "word DS 12345 RSASHA256 2 ABCD\r\n"
    "@ RRSIG TXT 8 2 3600 ( 20240101000000 20230101000000 1 example.com. AAAA )\r\n"
    "@ DNSKEY 257 3 8 AwEAAa==\r\n"
    "hash.example.com. NSEC3 1 0 0 - ABCDEF A RRSIG\r\n"
    "chaos CH TXT \"other class\"\r\n"
    "loop1 CNAME loop2\r\n"
    "loop2 CNAME loop1\r\n"
    "out CNAME elsewhere.example.net.\r\n"
    "sub NS ns.elsewhere.example.\r\n"
    "$ORIGIN deeper\r\n"
    "x 60 TXT \"relative origin\"";

} // namespace

TEST_CASE("a zone file with everything in it", "[dns][zone]") {
    const dns::ZoneResolver zone = resolver(example);
    struct Row {
        const char* name;
        Type type;
        const char* answer;
    };
    const Row rows[] = {
        {"example.com", Type::txt, "v=spf1 include:_spf.example.net -all"},
        {"EXAMPLE.com", Type::mx, "10 mail.example.com"},
        {"example.com", Type::ns, "ns1.example.com"},
        {"example.com", Type::soa, "octets 62"},
        {"example.com", Type::dnskey, "octets 8"},
        {"ns1.example.com", Type::a, "192.0.2.53"},
        {"ns1.example.com", Type::aaaa, "2001:db8::53"},
        {"www.example.com", Type::a, "192.0.2.1"},
        {"www.example.com", Type::aaaa, "no-data"},
        {"www.example.com", Type::cname, "mail.example.com"},
        {"nobody.example.com", Type::a, "nxdomain"},
        {"mail.example.com", Type::txt, "no-data"},
        {"b.c.example.com", Type::txt, "no-data"}, // RFC 4592 section 2.2.2
        {"c.example.com", Type::txt, "no-data"},
        {"x.c.example.com", Type::txt, "nxdomain"},
        {"q.wild.example.com", Type::txt, "from the wildcard"},
        {"p.q.wild.example.com", Type::txt, "from the wildcard"},
        {"q.wild.example.com", Type::a, "no-data"},
        {"*.wild.example.com", Type::txt, "from the wildcard"},
        {"wild.example.com", Type::txt, "no-data"},
        {"y.wild.example.com", Type::txt, "no-data"},    // exists, because of x
        {"z.y.wild.example.com", Type::txt, "nxdomain"}, // closest encloser: y
        {"star.example.com", Type::txt, "from the wildcard"},
        {"_sip._tls.example.com", Type::srv, "443 sipdir.online.lync.com"},
        {"_25._tcp.mail.example.com", Type::tlsa, "usage 3 octets 4"},
        {"odd\\.dot.example.com", Type::txt, "odd"},
        {"odd.dot.example.com", Type::txt, "nxdomain"},
        {"abc.example.com", Type::txt, "a \"quote\" and ; \\ A"},
        {"generic.example.com", Type::txt, "abc"},
        {"generic.example.com", Type::a, "192.0.2.9"},
        {"new.example.com", static_cast<Type>(65280), "octets 3"},
        {"old.example.com", Type::spf, "v=spf1 -all"},
        {"many.example.com", Type::caa, "octets 17"},
        {"many.example.com", Type::ds, "octets 6"},
        {"word.example.com", Type::ds, "octets 0"},
        {"many.example.com", Type::txt, "no-data"},
        {"hash.example.com", Type::txt, "nxdomain"},
        {"chaos.example.com", Type::txt, "nxdomain"},
        {"loop1.example.com", Type::txt, "server-failure"},
        {"out.example.com", Type::txt, "nxdomain"},
        {"x.deeper.example.com", Type::txt, "relative origin"},
        {"com", Type::txt, "no-data"},
        {"org", Type::txt, "nxdomain"},
    };
    for (const Row& row : rows) {
        INFO(row.name << " " << dns::to_string(row.type));
        CHECK(ask(zone, row.name, row.type) == row.answer);
    }
    CHECK(ttl(zone, "example.com") == 5400);
    CHECK(ttl(zone, "x.deeper.example.com") == 60);
    const dns::Answer chain = zone.look_up({name("star.example.com"), Type::txt});
    REQUIRE(chain.aliases.size() == 1);
    CHECK(chain.aliases[0].text() == "q.wild.example.com");
    CHECK(zone.look_up({name("loop1.example.com"), Type::a}).detail == "CNAME records in a circle");
}

TEST_CASE("what the files speak for", "[dns][zone]") {
    const dns::ZoneResolver zone = resolver(example);
    const dns::ZoneResolver loose = resolver("a.example.org. TXT x\nb.example.org. CNAME c.example.net.\n");
    struct Row {
        const dns::ZoneResolver& zone;
        const char* name;
        Type type;
        bool covered;
    };
    const Row rows[] = {
        {zone, "example.com", Type::txt, true},
        {zone, "nobody.example.com", Type::a, true},
        {zone, "com", Type::ns, false},
        {zone, "example.net", Type::txt, false},
        {zone, "sub.example.com", Type::txt, false}, // given away
        {zone, "x.sub.example.com", Type::txt, false},
        {zone, "sub.example.com", Type::ns, true},
        {loose, "a.example.org", Type::txt, true},
        {loose, "a.example.org", Type::mx, false},
        {loose, "b.example.org", Type::mx, true},
        {loose, "example.org", Type::txt, false},
        {loose, ".", Type::ns, false},
    };
    for (const Row& row : rows) {
        INFO(row.name << " " << dns::to_string(row.type));
        CHECK(row.zone.covers({row.name == std::string_view(".") ? dns::Name() : name(row.name), row.type}) ==
              row.covered);
    }
}

TEST_CASE("times of records without one", "[dns][zone]") {
    CHECK(ttl(resolver("a. TXT x\n"), "a") == 3600);
    CHECK(ttl(resolver("a. 7 TXT x\nb. TXT x\n"), "b") == 7); // RFC 1035 section 5.1
    CHECK(ttl(resolver("a. SOA b. c. 1 2 3 4 1w\na. TXT x\n"), "a") == 604800);
    CHECK(ttl(resolver("$TTL 1d\na. 7 TXT x\nb. TXT x\n"), "b") == 86400);
    CHECK(ttl(resolver("a. 2w3d4h5m6s TXT x\n"), "a") == 1483506);
}

TEST_CASE("mistakes are told with their line and the fix", "[dns][zone]") {
    struct Row {
        std::string text;
        const char* what;
        const char* why;
    };
    const Row rows[] = {
        {"a TXT x\n", "f:1", "$ORIGIN"},
        {"@ TXT x\n", "f:1", "relative to nothing"},
        {"a. CNAME b\n", "f:1", "CNAME record: \"b\" is relative to nothing"},
        {"\n\n  TXT x\n", "f:3", "no name in front"},
        {"a. TXT\n", "f:1", "the text is missing"},
        {"a. TXT \"x\n\"\n", "f:1", "quote"},
        {"a. TXT \"" + std::string(256, 'x') + "\"\n", "f:1", "256 octets, and 255 is the most: split it"},
        {"a. A 192.0.2.300\n", "f:1", "\"192.0.2.300\" is not an IPv4 address"},
        {"a. A ::1\n", "f:1", "is not an IPv4"},
        {"a. AAAA 1.2.3.4\n", "f:1", "is not an IPv6"},
        {"a. A\n", "f:1", "is missing"},
        {"a. A 192.0.2.1 192.0.2.2\n", "f:1", "\"192.0.2.2\" is too much"},
        {"a. MX mail.\n", "f:1", "preference"},
        {"a. MX 10\n", "f:1", "name is missing"},
        {"a. MX 70000 b.\n", "f:1", "from 0 to 65535"},
        {"a. SRV 1 2 b.\n", "f:1", "port"},
        {"a. TLSA 3 1 1 ABC\n", "f:1", "odd number"},
        {"a. TLSA 3 1 256 AB\n", "f:1", "from 0 to 255"},
        {"a. TLSA 3 1 1 XY\n", "f:1", "not hexadecimal"},
        {"a. TEXT x\n", "f:1", "\"TEXT\" is no record type"},
        {"a.\n", "f:1", "without a type"},
        {"a. IN 300\n", "f:1", "without a type"},
        {"a. TYPE16 \\# 5 0361\n", "f:1", "followed by 2 octets"},
        {"a. A \\# 3 010203\n", "f:1", "no A record"},
        {"a..b. TXT x\n", "f:1", "is no domain name"},
        {std::string(64, 'a') + ". TXT x\n", "f:1", "is no domain name"},
        {"$INCLUDE other\n", "f:1", "--zone of its own"},
        {"a. TXT x\n$GENERATE 1-3 a$ A 192.0.2.$\n", "f:2", "$GENERATE is not known"},
        {"$TTL soon\n", "f:1", "\"soon\" is no time"},
        {"$ORIGIN\n", "f:1", "one value"},
        {"$ORIGIN b\n", "f:1", "relative to nothing"},
        {"a. TXT ( x\n\ny\n", "f:1", "never closed"},
        {"a. TXT x )\n", "f:1", "without a ("},
        {"a. SOA b. c. 1 2 3 4\n", "f:1", "minimum"},
        {"a. CAA 0 issue\n", "f:1", "a tag and a value"},
    };
    for (const Row& row : rows) {
        INFO(row.text);
        const auto zone = dns::read_zone(row.text, "f");
        REQUIRE(!zone);
        INFO(zone.error().why);
        CHECK(zone.error().what == row.what);
        CHECK(zone.error().why.find(row.why) != std::string::npos);
    }
}

TEST_CASE("a text is no longer than a record", "[dns][zone]") {
    std::string strings;
    for (int i = 0; i < 255; ++i)
        strings += " \"" + std::string(255, 'x') + "\"";
    CHECK(ask(resolver("a. TXT" + strings + "\n"), "a", Type::txt).size() == 255 * 255);
    const auto more = dns::read_zone("a. TXT" + strings + strings + "\n", "f");
    REQUIRE(!more);
    CHECK(more.error().why.find("65535") != std::string::npos);
}

TEST_CASE("several files, and records that are there already", "[dns][zone]") {
    dns::ZoneResolver zone = resolver("a. TXT one\na. TXT one\nb. A 192.0.2.1\n");
    zone.add(*dns::read_zone("a. TXT two\nA. TXT one\nc. MX 1 B.\nc. MX 1 b.\n", "second"));
    CHECK(ask(zone, "a", Type::txt) == "one | two");
    CHECK(ask(zone, "b", Type::a) == "192.0.2.1");
    CHECK(ask(zone, "c", Type::mx) == "1 B");
    CHECK(ask(dns::ZoneResolver(), "a", Type::a) == "nxdomain");
    CHECK(ask(resolver(""), "a", Type::a) == "nxdomain");
    CHECK(ask(resolver("; nothing\n\n   \n"), "a", Type::a) == "nxdomain");
}

TEST_CASE("answers come in wait()", "[dns][zone]") {
    dns::ZoneResolver zone = resolver("a. TXT x\n");
    int answers = 0;
    zone.ask({name("a"), Type::txt}, [&](const dns::Answer& answer) {
        CHECK(answer.status == Status::answer);
        ++answers;
        zone.ask({name("b"), Type::txt}, [&](const dns::Answer&) { ++answers; });
    });
    CHECK(answers == 0);
    CHECK(zone.wait().count() == 0);
    CHECK(answers == 1);
    zone.wait();
    CHECK(answers == 2);
}

TEST_CASE("large files take time in proportion", "[dns][zone]") {
    std::string text = "$ORIGIN example.com.\n$TTL 300\n";
    constexpr std::size_t names = test::sized(60'000);
    for (std::size_t i = 0; i < names; ++i)
        text += "one A 192." + std::to_string(i >> 16) + "." + std::to_string(i >> 8 & 255) + "." +
                std::to_string(i & 255) + "\nhost" + std::to_string(i) + ".x TXT \"v=spf1 -all\"\n";
    const auto begun = std::chrono::steady_clock::now();
    const dns::ZoneResolver zone = resolver(text);
    CHECK(zone.look_up({name("one.example.com"), Type::a}).records.size() == names);
    CHECK(ask(zone, "host" + std::to_string(names - 1) + ".x.example.com", Type::txt) == "v=spf1 -all");
    CHECK(std::chrono::steady_clock::now() - begun < std::chrono::seconds(10)); // a square would be minutes
}

TEST_CASE("files that are no zone files are refused in few words", "[dns][zone]") {
    struct Row {
        std::string text;
        const char* why;
    };
    const Row rows[] = {
        {std::string("\xFF\xFE@\0", 4), "the file is UTF-16"},
        {std::string("\xFE\xFF\0@", 4), "the file is UTF-16"},
        {std::string("@\0 \0I\0N\0", 8), "zeros"},
        {std::string(1'000'000, '\0'), "zeros"},
        {std::string(1'000'000, 'x'), "a word of 1000000 characters"},
    };
    for (const Row& row : rows) {
        INFO(row.why);
        const auto zone = dns::read_zone(row.text, "a.zone");
        REQUIRE(!zone);
        CHECK(zone.error().what.starts_with("a.zone"));
        CHECK(zone.error().why.find(row.why) != std::string::npos);
        CHECK(zone.error().why.size() < 200);
    }
}
