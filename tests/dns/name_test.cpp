#include "dns/name.hpp"
#include "support/catch.hpp"

#include <string>

using relaytool::dns::Name;

TEST_CASE("names from dotted text", "[dns][name]") {
    struct Row {
        std::string text;
        std::string written; // "-": no name
    };
    const Row rows[] = {
        {"example.com", "example.com"},
        {"example.com.", "example.com"},
        {"Example.COM", "Example.COM"},
        {".", "."},
        {"", "-"},
        {"..", "-"},
        {".example.com", "-"},
        {"example..com", "-"},
        {"example.com..", "-"},
        {"back\\slash.example", "back\\\\slash.example"},
        {"a b.example", "a\\032b.example"},
        {"b\xC3\xBC.example", "b\\195\\188.example"},
        {std::string(63, 'a') + ".example", std::string(63, 'a') + ".example"},
        {std::string(64, 'a') + ".example", "-"},
    };
    for (const Row& row : rows) {
        INFO(row.text);
        const auto name = Name::from_text(row.text);
        CHECK((name ? name->text() : "-") == row.written);
        if (name) CHECK(Name::from_escaped(name->text()) == *name);
        if (name) CHECK(Name::from_wire(name->wire()) == *name);
    }
}

TEST_CASE("the longest name has 255 octets", "[dns][name]") {
    const std::string label(62, 'a');
    const std::string four = label + '.' + label + '.' + label + '.' + label; // 4 * 63 + 1 = 253 on the wire
    CHECK(Name::from_text(four)->wire().size() == 253);
    CHECK(Name::from_text(four + "a")->wire().size() == 254);
    CHECK(!Name::from_text(four + "aa"));
    CHECK(!Name::from_text(four + ".aa"));
    CHECK(Name::from_escaped(four + ".")->wire().size() == 253);
    CHECK(!Name::from_escaped(four + ".aa"));
    CHECK(!Name::from_text(four)->child("aa"));
    CHECK(Name::from_text(four)->child("a")->wire().size() == 255);
}

TEST_CASE("names with escapes", "[dns][name]") {
    const auto dot = Name::from_escaped("first\\.last.example.com.").value();
    CHECK(dot.label_count() == 3);
    CHECK(dot.label(0) == "first.last");
    CHECK(dot.text() == "first\\.last.example.com");
    CHECK(Name::from_escaped("\\065\\.\\b.x")->label(0) == "A.b");
    CHECK(Name::from_escaped("\\000.x")->label(0) == std::string(1, '\0'));
    for (const char* bad : {"\\256.x", "\\06", "a\\", "\\1x.y", "a..b", ""}) {
        INFO(bad);
        CHECK(!Name::from_escaped(bad));
    }
}

TEST_CASE("names from octets", "[dns][name]") {
    const auto read = [](std::string_view wire) { return Name::from_wire(wire); };
    CHECK(read(std::string_view("\0", 1))->is_root());
    CHECK(read(std::string_view("\1a\0", 3))->text() == "a");
    CHECK(!read(""));
    CHECK(!read("\1a"));
    CHECK(!read(std::string_view("\1a\0x", 4)));
    CHECK(!read(std::string_view("\5a\0", 3)));
    CHECK(!read(std::string_view("\xC0\x0C", 2)));
    CHECK(!read(std::string(300, '\1')));
}

TEST_CASE("names are compared without regard to case", "[dns][name]") {
    const auto name = [](const char* text) { return Name::from_text(text).value(); };
    CHECK(name("EXAMPLE.com") == name("example.COM."));
    CHECK(name("EXAMPLE.com").hash() == name("example.COM").hash());
    CHECK(!(name("a.example") < name("A.EXAMPLE")));
    CHECK(!(name("\xC4.example") == name("\xE4.example"))); // only A to Z
    CHECK(name("www.example.com").is_within(name("Example.com")));
    CHECK(name("example.com").is_within(name("example.com")));
    CHECK(name("example.com").is_within(Name()));
    CHECK(!name("badexample.com").is_within(name("example.com")));
    CHECK(!name("com").is_within(name("example.com")));
    CHECK(name("www.example.com").parent() == name("example.com"));
    CHECK(name("com").parent().is_root());
    CHECK(Name().parent().is_root());
    CHECK(name("example.com").child("*")->text() == "*.example.com");
    CHECK(!name("example.com").child(""));
}
