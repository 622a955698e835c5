#include "spf/macro.hpp"
#include "support/catch.hpp"
#include "support/text.hpp"

using namespace relaytool;
using spf::MacroPlace;

namespace {

/// The sender of RFC 7208 section 7.4.
spf::MacroValues values(std::string_view ip = "192.0.2.3") {
    return {.sender_local = "strong-bad",
            .sender_domain = "email.example.com",
            .domain = "email.example.com",
            .ip = ip::read_address(ip).value(),
            .validated = "mx.example.org",
            .helo = "helo.example.net",
            .receiver = "receiver.example",
            .now = 1700000000};
}

std::string expanded(std::string_view text, const spf::MacroValues& with = values()) {
    const auto macro = spf::read_macro_string(text, MacroPlace::explanation);
    return macro ? spf::expand(*macro, with) : "(not read)";
}

} // namespace

TEST_CASE("the macro examples of the standard", "[spf][macro]") {
    struct Row {
        const char* macro;
        const char* expansion;
        const char* ip = "192.0.2.3";
    };
    const std::vector<Row> rows = {
        {"%{s}", "strong-bad@email.example.com"},
        {"%{o}", "email.example.com"},
        {"%{d}", "email.example.com"},
        {"%{d4}", "email.example.com"},
        {"%{d3}", "email.example.com"},
        {"%{d2}", "example.com"},
        {"%{d1}", "com"},
        {"%{dr}", "com.example.email"},
        {"%{d2r}", "example.email"},
        {"%{l}", "strong-bad"},
        {"%{l-}", "strong.bad"},
        {"%{lr}", "strong-bad"},
        {"%{lr-}", "bad.strong"},
        {"%{l1r-}", "strong"},
        {"%{ir}.%{v}._spf.%{d2}", "3.2.0.192.in-addr._spf.example.com"},
        {"%{lr-}.lp._spf.%{d2}", "bad.strong.lp._spf.example.com"},
        {"%{lr-}.lp.%{ir}.%{v}._spf.%{d2}", "bad.strong.lp.3.2.0.192.in-addr._spf.example.com"},
        {"%{ir}.%{v}.%{l1r-}.lp._spf.%{d2}", "3.2.0.192.in-addr.strong.lp._spf.example.com"},
        {"%{d2}.trusted-domains.example.net", "example.com.trusted-domains.example.net"},
        {"%{ir}.%{v}._spf.%{d2}",
         "1.0.B.C.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.8.B.D.0.1.0.0.2.ip6._spf.example.com",
         "2001:db8::cb01"},
    };
    for (const Row& row : rows) {
        INFO(row.macro << " " << row.ip);
        CHECK(expanded(row.macro, values(row.ip)) == row.expansion);
    }
}

TEST_CASE("what macros stand for, and what becomes of it", "[spf][macro]") {
    struct Row {
        const char* name;
        const char* macro;
        const char* expansion;
        const char* ip = "192.0.2.3";
    };
    const std::vector<Row> rows = {
        {"HELO name", "%{h}", "helo.example.net"},
        {"validated name", "%{p}", "mx.example.org"},
        {"receiver", "%{r}", "receiver.example"},
        {"time", "%{t}", "1700000000"},
        {"address for people", "%{c}", "192.0.2.3"},
        {"IPv6 address for people", "%{c}", "2001:db8::cb01", "2001:db8::cb01"},
        {"family", "%{v}", "ip6", "2001:db8::cb01"},
        {"dots of an IPv6 address", "%{i}", "2.0.0.1.0.D.B.8.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.C.B.0.1",
         "2001:db8::cb01"},
        {"the last of an IPv6 address", "%{i4}", "C.B.0.1", "2001:db8::cb01"},
        {"an upper-case letter means URL escapes", "%{S}", "strong-bad%40email.example.com"},
        {"a reserved character of the literal stays", "http://%{D}/?a=%{L}",
         "http://email.example.com/?a=strong-bad"},
        {"percent sign", "100%%", "100%"},
        {"blank", "a%_b", "a b"},
        {"escaped blank", "a%-b", "a%20b"},
        {"several delimiters", "%{sr-.}", "com.example.bad@email.strong"},
        {"pieces are joined by dots whatever split them", "%{s1-}", "bad@email.example.com"},
        {"more parts than there are", "%{d99}", "email.example.com"},
        {"a number that overflows", "%{d99999999999999999999}", "email.example.com"},
        {"an upper-case transformer", "%{dR}", "com.example.email"},
        {"every delimiter", "%{l.-+,/_=}", "strong.bad"},
        {"blanks and quotes in an explanation", "see \"it\" now", "see \"it\" now"},
        {"a brace that closes nothing", "a}b", "a}b"},
    };
    for (const Row& row : rows) {
        INFO(row.name);
        CHECK(expanded(row.macro, values(row.ip)) == row.expansion);
    }
}

TEST_CASE("the grammar of macro strings", "[spf][macro]") {
    struct Row {
        const char* text;
        bool domain;
        bool modifier;
        bool explanation;
    };
    const std::vector<Row> rows = {
        {"example.com", true, true, true},
        {"example.com.", true, true, true},
        {".com", true, true, true},
        {"com", false, true, true}, // no dot in front of the top label
        {"", false, true, true},
        {".", false, true, true},
        {"example..com", true, true, true}, // a name that cannot be, but the grammar allows it
        {"example.com..", false, true, true},
        {"a.b-c", true, true, true},
        {"a.-bc", false, true, true},
        {"a.bc-", false, true, true},
        {"a.123", false, true, true}, // a top label of digits alone
        {"a.1b3", true, true, true},
        {"a.b_c", false, true, true},
        {"a_b.com", true, true, true},
        {"foo:bar/baz.com", true, true, true},
        {"a b.com", false, false, true},
        {"\x01.com", false, false, false},
        {"\xC3\xA9.com", false, false, false},
        {"\x7F.com", false, false, false},
        {"%{d}", true, true, true},
        {"%{D}", true, true, true},
        {"a.%{d}", true, true, true},
        {"%{d}.com", true, true, true},
        {"%{d}com", false, true, true},
        {"%{d}.", false, true, true},
        {"%{d}.com}", false, true, true},
        {"%{d}x}", false, true, true}, // a brace that closes nothing ends no macro
        {"a.com%%", true, true, true},
        {"a.com%_", true, true, true},
        {"a.com%-", true, true, true},
        {"a.com%%_", false, true, true}, // an escaped percent sign, then an underscore
        {"a.com%%-", false, true, true},
        {"a.com%%%%", true, true, true},
        {"%{c}", false, true, true}, // section 7.2: for explanations
        {"%{r}", false, true, true},
        {"%{t}", false, true, true},
        {"%{x}", false, false, false},
        {"%{}", false, false, false},
        {"%{1}", false, false, false},
        {"%{d0}", false, false, false}, // section 7.1: not zero
        {"%{d00}", false, false, false},
        {"%{d01}", true, true, true},
        {"%{dr2}", false, false, false},
        {"%{drr}", false, false, false},
        {"%{d:}", false, false, false},
        {"%{d.", false, false, false},
        {"%{d", false, false, false},
        {"%{", false, false, false},
        {"%", false, false, false},
        {"a%", false, false, false},
        {"%a.com", false, false, false},
        {"%(d)", false, false, false},
        {"% {d}", false, false, false},
        {"%{ d}", false, false, false},
    };
    for (const Row& row : rows) {
        INFO(row.text);
        CHECK(spf::read_macro_string(row.text, MacroPlace::domain).has_value() == row.domain);
        CHECK(spf::read_macro_string(row.text, MacroPlace::modifier).has_value() == row.modifier);
        CHECK(spf::read_macro_string(row.text, MacroPlace::explanation).has_value() == row.explanation);
    }
}

TEST_CASE("a macro string knows what it depends on", "[spf][macro]") {
    const auto read = [](std::string_view text) {
        return spf::read_macro_string(text, MacroPlace::domain).value();
    };
    CHECK(read("a.example").is_literal());
    CHECK(read("a.example").is_fixed());
    CHECK(read("a%%.example").literal() == "a%.example");
    CHECK(!read("%{d}").is_literal());
    CHECK(read("_spf.%{d2}").is_fixed());
    CHECK(!read("%{i}.%{d}").is_fixed());
    CHECK(read("%{I}.%{d}").uses('i'));
    CHECK(!read("%{d}").uses('i'));
}

TEST_CASE("long names lose labels on the left, and keep within their bounds", "[spf][macro]") {
    const std::string label(60, 'a');
    std::string long_name;
    for (int i = 0; i < 6; ++i)
        long_name += label + ".";
    long_name += "example.com";
    spf::MacroValues with = values();
    with.domain = long_name;
    const auto expand = [&](std::string_view text) {
        return spf::expand_domain(spf::read_macro_string(text, MacroPlace::domain).value(), with);
    };
    const std::string short_name = expand("b.%{d}");
    CHECK(short_name.size() <= 253);
    CHECK(short_name.starts_with(label + "."));
    CHECK(long_name.ends_with(short_name));
    CHECK(expand("example.com.") == "example.com");
    const std::string one_label(300, 'a');
    with.domain = one_label;
    CHECK(expand("%{d}") == one_label); // no name at all, and nothing to cut it at
    const std::string huge(40'000, ' ');
    with.sender_local = huge;
    CHECK(expanded("%{L}%{L}", with).size() == spf::longest_expansion);
}
