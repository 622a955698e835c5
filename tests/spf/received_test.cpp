#include "spf/received.hpp"
#include "support/catch.hpp"

using namespace relaytool;
using spf::Verdict;

namespace {

spf::Check check(Verdict verdict) {
    spf::Check made;
    made.query = {.ip = ip::read_address("192.0.2.1").value(),
                  .domain = "example.com",
                  .sender_local = "myname",
                  .sender_domain = "example.com",
                  .helo = "foo.example.com",
                  .receiver = "mybox.example.org"};
    made.verdict = verdict;
    return made;
}

} // namespace

TEST_CASE("the Received-SPF field of the standard", "[spf][received]") {
    // RFC 7208 section 9.1, on one line.
    CHECK(
        spf::received_field(check(Verdict::pass)) ==
        "Received-SPF: pass (mybox.example.org: domain of myname@example.com designates 192.0.2.1 as permitted sender) "
        "receiver=mybox.example.org; client-ip=192.0.2.1; envelope-from=\"myname@example.com\"; "
        "helo=foo.example.com; identity=mailfrom;");
    spf::Check fail = check(Verdict::fail);
    fail.reason = spf::Reason::matched;
    fail.path = {"include:a.example", "-all"};
    CHECK(
        spf::received_field(fail) ==
        "Received-SPF: fail (mybox.example.org: domain of myname@example.com does not designate 192.0.2.1 as permitted "
        "sender) receiver=mybox.example.org; client-ip=192.0.2.1; envelope-from=\"myname@example.com\"; "
        "helo=foo.example.com; identity=mailfrom; mechanism=-all;");
}

TEST_CASE("every result has its word", "[spf][received]") {
    for (const Verdict verdict : {Verdict::none, Verdict::neutral, Verdict::pass, Verdict::fail,
                                  Verdict::softfail, Verdict::temperror, Verdict::permerror}) {
        const std::string field = spf::received_field(check(verdict));
        CHECK(
            field.starts_with("Received-SPF: " + std::string(to_string(verdict)) + " (mybox.example.org: "));
        CHECK(field.ends_with("identity=mailfrom;"));
    }
    spf::Check helo = check(Verdict::pass);
    helo.query.identity = spf::Identity::helo;
    CHECK(spf::received_field(helo).ends_with("identity=helo;"));
}

TEST_CASE("values that are no dot-atom stand in quotes", "[spf][received]") {
    struct Row {
        const char* name;
        std::string helo;
        const char* field;
    };
    const std::vector<Row> rows = {
        {"a name", "mail-1.example.com", " helo=mail-1.example.com;"},
        {"underscores", "my_pc", " helo=my_pc;"},
        {"address literal", "[192.0.2.1]", " helo=\"[192.0.2.1]\";"},
        {"a dot in front", ".example.com", " helo=\".example.com\";"},
        {"a dot at the end", "example.com.", " helo=\"example.com.\";"},
        {"two dots", "a..b", " helo=\"a..b\";"},
        {"quotes and backslashes", "a\"b\\c", " helo=\"a\\\"b\\\\c\";"},
        {"a second field", "a\r\nX-Evil: 1", " helo=\"a??X-Evil: 1\";"},
        {"not ASCII", "\xC3\xA9", " helo=\"??\";"},
        {"NUL", std::string("a\0b", 3), " helo=\"a?b\";"},
    };
    for (const Row& row : rows) {
        INFO(row.name);
        spf::Check made = check(Verdict::pass);
        made.query.helo = row.helo;
        CHECK(spf::received_field(made).find(row.field) != std::string::npos);
    }
    spf::Check none = check(Verdict::pass);
    none.query.helo.clear();
    CHECK(spf::received_field(none).find("helo") == std::string::npos);
    spf::Check six = check(Verdict::pass);
    six.query.ip = ip::read_address("2001:db8::1").value();
    CHECK(spf::received_field(six).find(" client-ip=\"2001:db8::1\";") != std::string::npos);
    spf::Check hostile = check(Verdict::pass);
    hostile.query.sender_local = "a)\r\nX: (b\\";
    const std::string field = spf::received_field(hostile);
    CHECK(field.find("a\\)??X: \\(b\\\\@example.com designates") != std::string::npos);
    for (const char c : field)
        CHECK((c >= ' ' && c <= '~'));
}
