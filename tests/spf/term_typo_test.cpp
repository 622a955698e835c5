#include "spf/term_typo.hpp"
#include "support/catch.hpp"

using namespace relaytool;

TEST_CASE("what a term was meant to be", "[spf][term_typo]") {
    struct Row {
        const char* written;
        const char* meant; ///< "": cannot be told
    };
    const std::vector<Row> rows = {
        {"ipv4:192.0.2.1", "ip4:192.0.2.1"},
        {"IPv4:192.0.2.0/24", "ip4:192.0.2.0/24"},
        {"-ipv4:192.0.2.1", "-ip4:192.0.2.1"},
        {"ip:192.0.2.1", "ip4:192.0.2.1"},
        {"ip:2001:db8::1", "ip6:2001:db8::1"},
        {"ipv6:2001:db8::/32", "ip6:2001:db8::/32"},
        {"ipv6:192.0.2.1", "ip4:192.0.2.1"},
        {"ip4:2001:db8::1", "ip6:2001:db8::1"},
        {"ip6:192.0.2.1", "ip4:192.0.2.1"},
        {"192.0.2.1", "ip4:192.0.2.1"},
        {"192.0.2.0/24", "ip4:192.0.2.0/24"},
        {"2001:db8::1", "ip6:2001:db8::1"},
        {"includes:a.example", "include:a.example"},
        {"inlcude:a.example", "include:a.example"},
        {"include=a.example", "include:a.example"},
        {"includes=a.example", "include:a.example"},
        {"ip4=192.0.2.1", "ip4:192.0.2.1"},
        {"a=mail.example.com", "a:mail.example.com"},
        {"\xE2\x80\x93"
         "all",
         "-all"},
        {"\xE2\x88\x92"
         "all",
         "-all"},
        {"\x96"
         "all",
         "-all"},
        {"-all\"", "-all"},
        {"-all\r", "-all"},
        {"\xE2\x80\x8Bip4:192.0.2.1", "ip4:192.0.2.1"},
        {"ip4:192.0.2.1\xC2\xA0", "ip4:192.0.2.1"},
        {"-alll", "-all"},
        {"ip4:mail.example.com", "a:mail.example.com"},
        {"a:192.0.2.1", "ip4:192.0.2.1"},
        {"redirect:x.example", "redirect=x.example"},
        {"ip4:192.0.2.1-all", "ip4:192.0.2.1 -all"},
        {"ip4:192.0.2.1\t-all", "ip4:192.0.2.1 -all"},
        {"ip4:192.0.2.1,include:a.example", "ip4:192.0.2.1 include:a.example"},
        // Nothing to be sure of
        {"ip4:192.0.2.0/33", ""},
        {"ip4:", ""},
        {"x=y", ""},
        {"report=postmaster", ""},
        {"all=", ""},
        {"include=", ""},
        {"exists:%{z}.example", ""},
        {"-", ""},
        {"\xC3\xA9", ""},
        // Right as it is
        {"ip4:192.0.2.1", ""},
        {"-all", ""},
        {"redirect=a.example", ""},
    };
    for (const Row& row : rows) {
        INFO(row.written);
        CHECK(spf::corrected(spf::read_record(std::string("v=spf1 ") + row.written).terms.at(0)) ==
              row.meant);
    }
}
