#include "spf/form.hpp"
#include "support/spf_world.hpp"

using namespace relaytool;
using relaytool::test::FakeDns;
using relaytool::test::name;
using relaytool::test::SpfWorld;

TEST_CASE("what was meant to be an SPF record", "[spf][form]") {
    struct Text {
        const char* text;
        bool is;
    };
    const std::vector<Text> rows = {
        {"v=spf1", false},
        {"v=spf1 -all", false},
        {"v=spf1-all", true},
        {"v = spf1 -all", true},
        {"'v=spf1 -all'", true},
        {"v=spf 1 -all", true},
        {"v=spf -all", true},
        {"spf1 -all", true},
        {"v:spf1 -all", true},
        {"V=SPF1;-all", true},
        {"\xE2\x80\x9Cv=spf1 -all", true},
        {"v=DKIM1; k=rsa", false},
        {"v=DMARC1; p=none", false},
        {"", false},
        {"spf2.0/pra -all", false},
        {"see v=spf1 below", false},
        {"MS=ms12345678", false},
    };
    for (const Text& row : rows) {
        INFO(row.text);
        CHECK(spf::is_almost_a_record(row.text) == row.is);
    }
}

TEST_CASE("a record whose form alone is wrong", "[spf][form]") {
    struct Row {
        const char* name;
        std::vector<std::string> strings;
        const char* mended; ///< "": nothing of that kind
    };
    const std::vector<Row> rows = {
        {"in order", {"v=spf1 ip4:192.0.2.1 -all"}, ""},
        {"in order, in two strings", {"v=spf1 ip4:192.0.2.1 ", "-all"}, ""},
        {"split in a word", {"v=spf1 include:a.exa", "mple -all"}, ""},
        {"quotes", {"\"v=spf1 ip4:192.0.2.1 -all\""}, "v=spf1 ip4:192.0.2.1 -all"},
        {"a blank in front", {" v=spf1 -all"}, "v=spf1 -all"},
        {"a byte order mark", {"\xEF\xBB\xBFv=spf1 -all"}, "v=spf1 -all"},
        {"no blank", {"v=spf1ip4:192.0.2.1 -all"}, "v=spf1 ip4:192.0.2.1 -all"},
        {"run into each other",
         {"v=spf1 include:a.example", "include:b.example", "-all"},
         "v=spf1 include:a.example include:b.example -all"},
        {"Sender ID", {"spf2.0/pra -all"}, ""},
        {"something else", {"see v=spf1 below"}, ""},
        {"not to be mended", {"v=sfp1 -all"}, ""},
    };
    for (const Row& row : rows) {
        INFO(row.name);
        FakeDns dns;
        dns.txt("example.com", row.strings);
        CHECK(spf::mended(*SpfWorld(dns).policies.query(name("example.com"))) == row.mended);
    }
}

TEST_CASE("a record as it is pasted", "[spf][form]") {
    struct Row {
        const char* pasted;
        const char* record;
    };
    const std::vector<Row> rows = {
        {"v=spf1 -all", "v=spf1 -all"},
        {" v=spf1 -all\r\n", "v=spf1 -all"},
        {"\"v=spf1 -all\"", "v=spf1 -all"},
        {"'v=spf1 -all'", "v=spf1 -all"},
        {"\"v=spf1 mx \" \"-all\"", "v=spf1 mx -all"},
        {"\"v=spf1 mx\" -all", "\"v=spf1 mx\" -all"}, // half a quote is a mistake to be told
        {"\"v=spf1 -all", "\"v=spf1 -all"},
        {"\"\"", ""},
        {"\"", "\""},
        {"", ""},
    };
    for (const Row& row : rows) {
        INFO(row.pasted);
        CHECK(spf::unquoted(row.pasted) == row.record);
    }
}
