#include "dns/message.hpp"
#include "support/catch.hpp"
#include "support/dns_octets.hpp"

#include <string>

using namespace relaytool;
using dns::Status;
using dns::Type;
using test::AnswerOctets;

namespace {

const std::string owner = AnswerOctets::pointer(12); // the question's name
const std::string address_octets("\xC0\x00\x02\x01", 4);

dns::Question question(std::string_view name, Type type) {
    return {dns::Name::from_text(name).value(), type};
}

dns::Answer read(const dns::Question& asked, const AnswerOctets& octets) {
    return dns::read_answer(asked, octets.octets());
}

} // namespace

TEST_CASE("a query", "[dns][message]") {
    std::string out = "left over";
    dns::write_query(question("example.com", Type::txt), 0x1234, dns::Edns::off, out);
    CHECK(out == std::string("\x12\x34\x01\x20\0\1\0\0\0\0\0\0\7example\3com\0\0\x10\0\1", 29));
    dns::write_query(question("example.com", Type::txt), 0x1234, dns::Edns::on, out);
    CHECK(out.size() == 29 + 11);
    CHECK(out.substr(29) == std::string("\0\0\x29\x04\xD0\0\0\0\0\0\0", 11));
    CHECK(out[11] == 1);
}

TEST_CASE("records of each type", "[dns][message]") {
    using A = AnswerOctets;
    const auto first = [](Type type, const std::string& rdata) {
        const auto asked = question("example.com", type);
        AnswerOctets octets(asked);
        octets.add(owner, type, rdata);
        const dns::Answer answer = read(asked, octets);
        CHECK(answer.status == Status::answer);
        REQUIRE(answer.records.size() == 1);
        CHECK(answer.records.front().ttl == 300);
        return answer.records.front().data;
    };
    CHECK(std::get<ip::Address>(first(Type::a, address_octets)) == ip::read_address("192.0.2.1"));
    CHECK(std::get<ip::Address>(first(Type::aaaa, std::string(15, '\0') + '\1')) == ip::read_address("::1"));
    CHECK(std::get<dns::Name>(first(Type::ns, A::name("ns.example"))).text() == "ns.example");
    CHECK(std::get<dns::Name>(first(Type::ptr, A::name("odd *name.example"))).text() ==
          "odd\\032*name.example");
    CHECK(std::get<dns::Name>(first(Type::cname, std::string("\3www", 4) + owner)).text() ==
          "www.example.com");
    const auto mx = std::get<dns::Mx>(first(Type::mx, std::string("\0\x0A\4mail", 7) + owner));
    CHECK(mx.preference == 10);
    CHECK(mx.exchange.text() == "mail.example.com");
    CHECK(std::get<dns::Mx>(first(Type::mx, std::string(3, '\0'))).exchange.is_root()); // RFC 7505
    const auto srv =
        std::get<dns::Srv>(first(Type::srv, std::string("\0\1\0\2\1\xBB", 6) + A::name("h.example")));
    CHECK(srv.priority == 1);
    CHECK(srv.weight == 2);
    CHECK(srv.port == 443);
    CHECK(srv.target.text() == "h.example");
    const auto tlsa = std::get<dns::Tlsa>(first(Type::tlsa, std::string("\3\1\1\xAB\xCD", 5)));
    CHECK(tlsa.usage == 3);
    CHECK(tlsa.data == "\xAB\xCD");
    CHECK(std::get<dns::Text>(first(Type::txt, A::string("v=spf1 ") + A::string("-all"))).joined() ==
          "v=spf1 -all");
    CHECK(std::get<dns::Text>(first(Type::txt, A::string(""))).strings.size() == 1);
    CHECK(std::get<dns::Text>(first(Type::txt, "")).strings.empty()); // seen from real servers
    CHECK(std::get<dns::Opaque>(first(Type::caa, "octets")).octets == "octets");
}

TEST_CASE("a text of 64 kB", "[dns][message]") {
    const auto asked = question("example.com", Type::txt);
    AnswerOctets octets(asked);
    std::string rdata;
    for (int i = 0; i < 255; ++i)
        rdata += AnswerOctets::string(std::string(255, 'x'));
    octets.add(owner, Type::txt, rdata);
    const dns::Answer answer = read(asked, octets);
    REQUIRE(answer.status == Status::answer);
    CHECK(answer.all<dns::Text>().front()->joined().size() == 255 * 255);
}

TEST_CASE("data that is not of its type's form", "[dns][message]") {
    struct Row {
        Type type;
        std::string rdata;
    };
    const Row rows[] = {
        {Type::a, "123"},
        {Type::a, "12345"},
        {Type::aaaa, address_octets},
        {Type::ns, ""},
        {Type::ns, std::string("\3abc", 4)},
        {Type::ns, AnswerOctets::name("a.example") + "x"},
        {Type::mx, std::string("\0\1", 2)},
        {Type::mx, std::string("\0", 1)},
        {Type::srv, std::string("\0\1\0\2", 4)},
        {Type::txt, "\x05"
                    "abc"},
        {Type::tlsa, "ab"},
    };
    for (const Row& row : rows) {
        const auto asked = question("example.com", row.type);
        AnswerOctets octets(asked);
        octets.add(owner, row.type, row.rdata);
        const dns::Answer answer = read(asked, octets);
        INFO(dns::to_string(row.type));
        CHECK(answer.status == Status::failure);
        CHECK(answer.records.empty());
        CHECK(answer.detail == "a " + dns::to_string(row.type) + " record that cannot be read");
        CHECK(!dns::read_data(row.type, row.rdata));
    }
}

TEST_CASE("only records on the way from the question count", "[dns][message]") {
    const auto asked = question("www.example.com", Type::a);
    AnswerOctets octets(asked);
    octets.add(AnswerOctets::name("other.example"), Type::a, address_octets);
    octets.add(AnswerOctets::name("b.example"), Type::a, address_octets); // in any order
    octets.add(AnswerOctets::name("c:*.example"), Type::cname, AnswerOctets::name("B.example"));
    octets.add(AnswerOctets::name("WWW.example.COM"), Type::cname, AnswerOctets::name("c:*.example"));
    octets.add(AnswerOctets::name("www.example.com"), Type::a, address_octets, 3); // Chaos
    octets.add(AnswerOctets::name("b.example"), Type::aaaa, "nonsense");
    octets.add(AnswerOctets::name("b.example"), Type::dnskey, "");
    const dns::Answer answer = read(asked, octets);
    CHECK(answer.status == Status::answer);
    CHECK(answer.records.size() == 1);
    REQUIRE(answer.aliases.size() == 2);
    CHECK(answer.aliases[0].text() == "c:*.example");
    CHECK(answer.aliases[1].text() == "B.example");
}

TEST_CASE("aliases that lead nowhere", "[dns][message]") {
    const auto asked = question("www.example.com", Type::mx);
    for (const unsigned rcode : {0U, 3U}) {
        AnswerOctets octets(asked, 0x8180 | rcode);
        octets.add(owner, Type::cname, AnswerOctets::name("gone.example"));
        const dns::Answer answer = read(asked, octets);
        CHECK(answer.status == (rcode == 0 ? Status::no_data : Status::no_name));
        CHECK(answer.aliases.size() == 1);
        CHECK(answer.is_void());
    }
    AnswerOctets loop(asked);
    loop.add(owner, Type::cname, AnswerOctets::name("b.example"));
    loop.add(AnswerOctets::name("b.example"), Type::cname, AnswerOctets::name("www.EXAMPLE.com"));
    CHECK(read(asked, loop).detail == "CNAME records in a circle");
    AnswerOctets itself(asked);
    itself.add(owner, Type::cname, owner);
    CHECK(read(asked, itself).status == Status::failure);
    for (const int length : {16, 17}) {
        AnswerOctets chain(asked);
        std::string from = owner;
        for (int i = 0; i < length; ++i) {
            const std::string to = AnswerOctets::name(std::to_string(i) + ".example");
            chain.add(from, Type::cname, to);
            from = to;
        }
        chain.add(from, Type::mx, std::string(3, '\0'));
        CHECK(read(asked, chain).status == (length == 16 ? Status::answer : Status::failure));
    }
}

TEST_CASE("result codes", "[dns][message]") {
    const auto asked = question("example.com", Type::a);
    struct Row {
        unsigned rcode;
        Status status;
        const char* detail;
    };
    for (const Row& row : {Row{0, Status::no_data, ""}, Row{1, Status::failure, "FORMERR"},
                           Row{2, Status::failure, "SERVFAIL"}, Row{3, Status::no_name, ""},
                           Row{4, Status::failure, "NOTIMP"}, Row{5, Status::failure, "REFUSED"},
                           Row{9, Status::failure, "NOTAUTH"}, Row{15, Status::failure, "RCODE 15"}}) {
        const dns::Answer answer = read(asked, AnswerOctets(asked, 0x8180 | row.rcode));
        INFO(row.rcode);
        CHECK(answer.status == row.status);
        CHECK(answer.rcode == row.rcode);
        CHECK(answer.detail == row.detail);
    }
    AnswerOctets version(asked);
    version.add_opt(1);
    CHECK(read(asked, version).detail == "BADVERS");
    CHECK(dns::read_answer(asked, std::string("\0\0\x80\1\0\0\0\0\0\0\0\0", 12)).detail == "FORMERR");
    AnswerOctets verified(asked, 0x81A0);
    CHECK(read(asked, verified).authenticated);
}

TEST_CASE("a server that only names others gives no answer", "[dns][message]") {
    const auto asked = question("www.example.com", Type::a);
    AnswerOctets referral(asked, 0x8100);
    referral.add_authority(AnswerOctets::name("com"), Type::ns, AnswerOctets::name("ns.example"));
    CHECK(read(asked, referral).status == Status::failure);
    AnswerOctets nothing(asked, 0x8180); // the same from a server that does look up
    nothing.add_authority(AnswerOctets::name("com"), Type::ns, AnswerOctets::name("ns.example"));
    CHECK(read(asked, nothing).status == Status::no_data);
}

TEST_CASE("answers to something else, and no answers", "[dns][message]") {
    const auto asked = question("example.com", Type::a);
    const auto detail = [&](const std::string& octets) {
        const dns::Answer answer = dns::read_answer(asked, octets);
        CHECK(answer.status == Status::failure);
        CHECK(answer.records.empty());
        return answer.detail;
    };
    CHECK(detail("") == "an answer shorter than its header");
    CHECK(detail("12345678901") == "an answer shorter than its header");
    CHECK(detail(AnswerOctets(asked, 0x0100).octets()) == "not an answer");
    CHECK(detail(AnswerOctets(asked, 0xA180).octets()) == "not an answer"); // NOTIFY
    CHECK(detail(AnswerOctets(question("example.org", Type::a)).octets()) == "an answer to another question");
    CHECK(detail(AnswerOctets(question("example.com", Type::mx)).octets()) ==
          "an answer to another question");
    AnswerOctets two(asked);
    two.questions(2);
    CHECK(detail(two.octets()) == "an answer to another question");
    AnswerOctets none(asked);
    none.questions(0);
    CHECK(detail(none.octets()) == "an answer to another question");
    const std::string cut = AnswerOctets(asked, 0x8380).octets();
    CHECK(detail(cut) == "an answer that was cut");
    CHECK(dns::is_truncated(cut));
    CHECK(!dns::is_truncated(AnswerOctets(asked).octets()));
    CHECK(!dns::is_truncated("\x80\x02"));
}

TEST_CASE("counts that lie", "[dns][message]") {
    const auto asked = question("example.com", Type::a);
    AnswerOctets octets(asked);
    octets.add(owner, Type::a, address_octets);
    octets.count(65535);
    CHECK(read(asked, octets).detail == "an answer that ends in the middle of a record");
    octets.count(0);
    CHECK(read(asked, octets).status == Status::no_data);
    octets.count(1);
    const std::string whole = octets.octets();
    for (std::size_t size = 0; size < whole.size(); ++size)
        CHECK(dns::read_answer(asked, whole.substr(0, size)).status == Status::failure);
    CHECK(dns::read_answer(asked, whole).status == Status::answer);
}

TEST_CASE("compression that goes wrong", "[dns][message]") {
    const auto asked = question("example.com", Type::ns);
    const unsigned record = 12 + 13 + 4; // where the first record stands
    struct Row {
        const char* what;
        std::string target;
    };
    const Row rows[] = {
        {"itself", AnswerOctets::pointer(record + 12)},
        {"forward", AnswerOctets::pointer(record + 14)},
        {"far behind the end", AnswerOctets::pointer(0x3FFF)},
        {"into the header", AnswerOctets::pointer(5)},
        {"back to its own label", "\1a" + AnswerOctets::pointer(record + 12)},
        {"half a pointer", "\xC0"},
        {"reserved", std::string("\x80\0", 2)},
        {"reserved too", std::string("\x40\0", 2)},
    };
    for (const Row& row : rows) {
        INFO(row.what);
        AnswerOctets octets(asked);
        octets.add(owner, Type::ns, row.target);
        const dns::Answer answer = read(asked, octets);
        CHECK(answer.status ==
              (std::string_view(row.what) == "into the header" ? answer.status : Status::failure));
    }
    AnswerOctets odd_owner(asked); // a name that is not ours may be as odd as it likes
    odd_owner.add(AnswerOctets::pointer(record), Type::ns, AnswerOctets::name("a.example"));
    odd_owner.add(owner, Type::ns, AnswerOctets::name("b.example"));
    CHECK(read(asked, odd_owner).records.size() == 1);
}

TEST_CASE("a bomb of pointers ends soon", "[dns][message]") {
    const auto asked = question("example.com", Type::ns);
    AnswerOctets octets(asked);
    std::string chain = "\1a" + AnswerOctets::pointer(12);
    std::size_t last = octets.add(owner, Type::txt, chain) + 12;
    for (int i = 0; i < 1000; ++i) { // each name one label longer
        const std::string more = "\1a" + AnswerOctets::pointer(static_cast<unsigned>(last));
        last = octets.add(owner, Type::txt, more) + 12;
    }
    octets.add(owner, Type::ns, AnswerOctets::pointer(static_cast<unsigned>(last)));
    CHECK(read(asked, octets).status == Status::failure);
}
