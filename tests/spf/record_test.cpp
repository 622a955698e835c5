#include "spf/record.hpp"
#include "support/catch.hpp"
#include "support/text.hpp"

using namespace relaytool;
using spf::Fault;
using spf::Kind;

namespace {

spf::Term term(const std::string& text) {
    const spf::Record record = spf::read_record("v=spf1 " + text);
    REQUIRE(record.terms.size() == 1);
    CHECK(record.is_valid == (record.terms.front().kind != Kind::bad));
    CHECK((record.terms.front().fault != Fault::none) == (record.terms.front().kind == Kind::bad));
    return record.terms.front();
}

} // namespace

TEST_CASE("which TXT records are SPF records", "[spf][record]") {
    struct Row {
        const char* text;
        bool is;
    };
    const std::vector<Row> rows = {
        {"v=spf1", true},
        {"v=spf1 ", true},
        {"v=spf1 -all", true},
        {"V=SPF1 -all", true},
        {"v=spf10", false},
        {"v=spf1-all", false},
        {" v=spf1", false},
        {"v=spf1\t-all", false},
        {"v=spf2.0/pra -all", false},
        {"spf2.0/mfrom -all", false},
        {"", false},
        {"v=spf", false},
        {"\"v=spf1 -all\"", false},
    };
    for (const Row& row : rows) {
        INFO(row.text);
        CHECK(spf::is_record(row.text) == row.is);
    }
}

TEST_CASE("terms that are right", "[spf][record]") {
    struct Row {
        const char* text;
        Kind kind;
        char sign;
        const char* domain; ///< its text, "" for none
        unsigned prefix4 = 32;
        unsigned prefix6 = 128;
    };
    const std::vector<Row> rows = {
        {"all", Kind::all, '+', ""},
        {"-all", Kind::all, '-', ""},
        {"~ALL", Kind::all, '~', ""},
        {"?All", Kind::all, '?', ""},
        {"+all", Kind::all, '+', ""},
        {"a", Kind::a, '+', ""},
        {"a/24", Kind::a, '+', "", 24},
        {"a//64", Kind::a, '+', "", 32, 64},
        {"a/24//64", Kind::a, '+', "", 24, 64},
        {"a/0//0", Kind::a, '+', "", 0, 0},
        {"a/32//128", Kind::a, '+', ""},
        {"-a:mail.example.com", Kind::a, '-', "mail.example.com"},
        {"A:mail.example.com/24//64", Kind::a, '+', "mail.example.com", 24, 64},
        {"a:foo/bar.example", Kind::a, '+', "foo/bar.example"},
        {"a:mail.example.com./24", Kind::a, '+', "mail.example.com.", 24},
        {"mx", Kind::mx, '+', ""},
        {"?mx:example.com//48", Kind::mx, '?', "example.com", 32, 48},
        {"ptr", Kind::ptr, '+', ""},
        {"ptr:example.com", Kind::ptr, '+', "example.com"},
        {"include:_spf.example.com", Kind::include, '+', "_spf.example.com"},
        {"exists:1.example", Kind::exists, '+', "1.example"},
        {"redirect=_spf.example.com", Kind::redirect, '+', "_spf.example.com"},
        {"REDIRECT=_spf.example.com", Kind::redirect, '+', "_spf.example.com"},
        {"exp=why.example.com", Kind::exp, '+', "why.example.com"},
        {"x-y_z.1=anything:/%{c}", Kind::unknown_modifier, '+', ""},
        {"x=", Kind::unknown_modifier, '+', ""},
        {"v=spf1", Kind::unknown_modifier, '+', ""},
        {"include=a.example", Kind::unknown_modifier, '+', ""},
    };
    for (const Row& row : rows) {
        INFO(row.text);
        const spf::Term found = term(row.text);
        CHECK(found.kind == row.kind);
        CHECK(spf::sign_of(found.qualifier) == row.sign);
        CHECK(found.domain.has_value() == (*row.domain != 0));
        if (found.domain) CHECK(found.domain->literal() == row.domain);
        CHECK(found.prefix4 == row.prefix4);
        CHECK(found.prefix6 == row.prefix6);
        CHECK(found.text == row.text);
    }
}

TEST_CASE("addresses in terms", "[spf][record]") {
    struct Row {
        const char* text;
        const char* network;
    };
    const std::vector<Row> rows = {
        {"ip4:192.0.2.1", "192.0.2.1"},
        {"IP4:192.0.2.0/24", "192.0.2.0/24"},
        {"ip4:0.0.0.0/0", "0.0.0.0/0"},
        {"ip6:2001:db8::1", "2001:db8::1"},
        {"ip6:2001:DB8::/32", "2001:db8::/32"},
        {"ip6:::/0", "::/0"},
        {"ip6:::1", "::1"},
        {"ip6:::ffff:192.0.2.1", "::ffff:192.0.2.1"},
    };
    for (const Row& row : rows) {
        INFO(row.text);
        CHECK(ip::to_string(term(row.text).network) == row.network);
    }
}

TEST_CASE("terms that are wrong", "[spf][record]") {
    struct Row {
        const char* text;
        Fault fault;
    };
    const std::vector<Row> rows = {
        {"ipv4:192.0.2.1", Fault::unknown_mechanism},
        {"al", Fault::unknown_mechanism},
        {"-", Fault::unknown_mechanism},
        {"--all", Fault::unknown_mechanism},
        {":", Fault::unknown_mechanism},
        {"/24", Fault::unknown_mechanism},
        {"=x", Fault::unknown_mechanism},
        {"-exp=a.example", Fault::unknown_mechanism}, // a modifier takes no sign
        {"1x=y", Fault::unknown_mechanism},
        {"redirect:a.example", Fault::unknown_mechanism},
        {"exp:a.example", Fault::unknown_mechanism},
        {"a.example", Fault::unknown_mechanism},
        {"all:", Fault::takes_no_argument},
        {"-all:example.com", Fault::takes_no_argument},
        {"all/8", Fault::takes_no_argument},
        {"include", Fault::needs_argument},
        {"include:", Fault::needs_argument},
        {"exists", Fault::needs_argument},
        {"exists:", Fault::needs_argument},
        {"a:", Fault::needs_argument},
        {"mx:", Fault::needs_argument},
        {"ptr:", Fault::needs_argument},
        {"a:/24", Fault::needs_argument},
        {"ip4", Fault::needs_argument},
        {"ip4:", Fault::needs_argument},
        {"ip4/24", Fault::needs_argument},
        {"ip6:", Fault::needs_argument},
        {"redirect=", Fault::needs_argument},
        {"exp=", Fault::needs_argument},
        {"include:com", Fault::bad_domain},
        {"include:example.com/24", Fault::bad_domain}, // include takes no prefix
        {"include/24", Fault::bad_domain},
        {"ptr:example.com/24", Fault::bad_domain},
        {"ptr/24", Fault::bad_domain},
        {"exists:example.com/24", Fault::bad_domain},
        {"redirect=example.com/24", Fault::bad_domain},
        {"a:192.0.2.1", Fault::bad_domain},
        {"a:example.com:8080", Fault::bad_domain},
        {"mx/", Fault::bad_domain},
        {"a/24/64", Fault::bad_prefix},
        {"a/24/8", Fault::bad_domain},
        {"a//64/24", Fault::bad_domain},
        {"a/24///64", Fault::bad_domain},
        {"exists:%{c}.example", Fault::bad_macro},
        {"exists:%{d}x}", Fault::bad_domain},
        {"exists:%{z}.example", Fault::bad_macro},
        {"exists:%{d.example", Fault::bad_macro},
        {"include:100%.example", Fault::bad_macro},
        {"exp=%{d0}", Fault::bad_macro},
        {"x=%{", Fault::bad_macro},
        {"a/33", Fault::bad_prefix},
        {"a/032", Fault::bad_prefix},
        {"a/00", Fault::bad_prefix},
        {"a//129", Fault::bad_prefix},
        {"a//01", Fault::bad_prefix},
        {"a/24//1000", Fault::bad_prefix},
        {"a/4294967320", Fault::bad_prefix},
        {"ip4:192.0.2.0/33", Fault::bad_prefix},
        {"ip4:192.0.2.0/024", Fault::bad_prefix},
        {"ip4:192.0.2.0/", Fault::bad_prefix},
        {"ip4:192.0.2.0//24", Fault::bad_prefix},
        {"ip4:192.0.2.0/24//64", Fault::bad_prefix},
        {"ip4:192.0.2.0/-1", Fault::bad_prefix},
        {"ip6:2001:db8::/129", Fault::bad_prefix},
        {"ip4:192.0.2", Fault::bad_address},
        {"ip4:192.0.2.256", Fault::bad_address},
        {"ip4:192.0.02.1", Fault::bad_address},
        {"ip4:192.0.2.1:25", Fault::bad_address},
        {"ip4:192.0.2.1-192.0.2.9", Fault::bad_address},
        {"ip4:mail.example.com", Fault::bad_address},
        {"ip4:2001:db8::1", Fault::bad_address},
        {"ip4:%{i}", Fault::bad_address},
        {"ip6:192.0.2.1", Fault::bad_address},
        {"ip6:2001:db8:::1", Fault::bad_address},
        {"ip6:[2001:db8::1]", Fault::bad_address},
        {"ip6:fe80::1%eth0", Fault::bad_address},
        {"\xE2\x80\x93"
         "all",
         Fault::bad_character},
        {"ip4:192.0.2.1\t-all", Fault::bad_character},
        {"x=\xC3\xA9", Fault::bad_character},
        {"a:\x7F.example", Fault::bad_character},
    };
    for (const Row& row : rows) {
        INFO(row.text);
        CHECK(term(row.text).fault == row.fault);
    }
}

TEST_CASE("a record is read to its end", "[spf][record]") {
    const spf::Record record = spf::read_record(
        "v=spf1  a   redirect=a.example  ipv4:192.0.2.1 REDIRECT=b.example exp=%{x} exp=c.example -all ");
    CHECK(!record.is_valid);
    CHECK(!record.is_cut);
    std::vector<std::string> texts;
    for (const spf::Term& found : record.terms) {
        texts.push_back(found.text);
        CHECK(record.text.substr(found.offset, found.text.size()) == found.text);
    }
    CHECK(texts == std::vector<std::string>{"a", "redirect=a.example", "ipv4:192.0.2.1", "REDIRECT=b.example",
                                            "exp=%{x}", "exp=c.example", "-all"});
    CHECK(record.terms[3].fault == Fault::duplicate);
    CHECK(record.modifier(Kind::redirect) == &record.terms[1]);
    CHECK(record.modifier(Kind::exp) == &record.terms[5]);
    CHECK(record.all() == &record.terms[6]);
}

TEST_CASE("records at the edges", "[spf][record]") {
    CHECK(spf::read_record("v=spf1").is_valid);
    CHECK(spf::read_record("v=spf1").terms.empty());
    CHECK(spf::read_record("v=spf1   ").terms.empty());
    CHECK(spf::read_record("").terms.empty());
    CHECK(spf::read_record("v=spf1").all() == nullptr);
    CHECK(spf::read_record("v=spf1 x=1 x=2").is_valid); // section 6: only redirect and exp are once only
    const spf::Record full = spf::read_record("v=spf1" + test::repeated(" a", spf::max_terms));
    CHECK(full.is_valid);
    CHECK(!full.is_cut);
    const spf::Record cut = spf::read_record("v=spf1" + test::repeated(" a", spf::max_terms + 1));
    CHECK(cut.is_cut);
    CHECK(!cut.is_valid);
    CHECK(cut.terms.size() == spf::max_terms);
}

TEST_CASE("names of kinds and signs", "[spf][record]") {
    CHECK(spf::to_string(Kind::include) == "include");
    CHECK(spf::to_string(Kind::redirect) == "redirect");
    CHECK(spf::to_string(Kind::exp) == "exp");
    CHECK(spf::to_string(Kind::unknown_modifier) == "modifier");
    CHECK(spf::to_string(Kind::bad) == "error");
    for (const char* text : {"a", "mx", "ptr", "include:a.b", "exists:a.b", "redirect=a.b"})
        CHECK(term(text).is_lookup());
    for (const char* text : {"all", "ip4:192.0.2.1", "ip6:::1", "exp=a.b", "x=y"})
        CHECK(!term(text).is_lookup());
}
