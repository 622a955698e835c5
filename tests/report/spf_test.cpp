#include "report/spf.hpp"
#include "support/spf_world.hpp"

#include <sstream>

using namespace relaytool;
using relaytool::test::name;
using relaytool::test::SpfWorld;
using report::Style;

namespace {

report::SpfRecord record_of(SpfWorld& world, const std::string& domain) {
    report::SpfRecord record;
    record.tree = world.walk(domain);
    const spf::Surroundings around = spf::look_around(world.cache, name(domain));
    record.findings = diagnosis::findings_of(record.tree, spf::lint(record.tree, around));
    record.sources = spf::sources(record.tree);
    record.suggestion = spf::propose(world.policies, record.tree, around, {});
    return record;
}

report::SpfCheck check_of(SpfWorld& world, const std::string& domain, std::string_view ip) {
    report::SpfCheck result;
    result.check = spf::evaluate(world.policies, {.ip = ip::read_address(ip).value(),
                                                  .domain = domain,
                                                  .sender_local = "user",
                                                  .sender_domain = domain,
                                                  .helo = "mail.example.net"});
    result.finding = diagnosis::finding_of(result.check);
    return result;
}

/// Everything that spf prints as text.
std::vector<std::string> texts(const Style& style) {
    dns::ZoneResolver zones = test::example_zones();
    SpfWorld world(zones);
    std::vector<std::string> all;
    for (const char* domain :
         {"shortstraw.be", "full.shortstraw.be", "eleven.shortstraw.be", "crm.shortstraw.be",
          "parked.shortstraw.be", "en-dash.broken.example", "no-record.broken.example",
          "two-records.broken.example", "loop-a.broken.example", "void.broken.example"}) {
        const report::SpfRecord record = record_of(world, domain);
        all.push_back(report::spf_record_text(record, style));
        all.push_back(report::spf_explain_text(record, style));
        all.push_back(report::spf_suggestion_text(record.tree, record.suggestion, record.findings, style));
        all.push_back(report::spf_sources_text(record.tree, record.sources, style));
        all.push_back(report::spf_tree_text(record.tree, report::TreeDetail::full, style));
        for (const char* ip : {"40.107.6.55", "195.130.132.52", "2001:db8::1"}) {
            const report::SpfCheck check = check_of(world, domain, ip);
            all.push_back(report::spf_check_text(check, style));
            all.push_back(report::spf_check_line(check.check, style));
        }
    }
    return all;
}

} // namespace

TEST_CASE("where there is no UTF-8, everything is ASCII", "[report][spf]") {
    for (const std::string& text : texts({}))
        for (const char c : text)
            CHECK((c == '\n' || (c >= ' ' && c <= '~')));
}

TEST_CASE("colours come when they are wanted, and end", "[report][spf]") {
    const std::vector<std::string> plain = texts({.unicode = true});
    const std::vector<std::string> coloured = texts({.colour = true, .unicode = true});
    std::size_t painted = 0;
    for (std::size_t i = 0; i < plain.size(); ++i) {
        CHECK(plain[i].find('\x1b') == std::string::npos);
        if (coloured[i].find('\x1b') != std::string::npos) ++painted;
        std::istringstream lines(coloured[i]);
        std::string line;
        while (std::getline(lines, line)) {
            // Nothing stays on at the end of the text; the last sequence switches off.
            const std::size_t last = line.rfind("\x1b[");
            if (last != std::string::npos &&
                coloured[i].find("\x1b[0m", coloured[i].rfind(line)) == std::string::npos)
                FAIL_CHECK(line);
        }
    }
    CHECK(painted > plain.size() / 2);
}

TEST_CASE("text keeps to the width, but for what is to be copied", "[report][spf]") {
    dns::ZoneResolver zones = test::example_zones();
    SpfWorld world(zones);
    for (const std::size_t width : {std::size_t{60}, std::size_t{100}}) {
        const Style style{.unicode = true, .width = width};
        const report::SpfRecord record = record_of(world, "shortstraw.be");
        const report::SpfCheck check = check_of(world, "shortstraw.be", "40.107.6.55");
        std::size_t too_long = 0;
        std::size_t longest = 0;
        for (const std::string& text :
             {report::spf_record_text(record, style), report::spf_check_text(check, style)}) {
            std::istringstream lines(text);
            std::string line;
            while (std::getline(lines, line)) {
                const std::string_view words =
                    std::string_view(line).substr(std::min(line.find_first_not_of(' '), line.size()));
                const bool is_copied = words.starts_with("relaytool ") || words.starts_with("v=spf1") ||
                                       line.find("\xE2\x94") != std::string::npos || // a drawing
                                       line.find("https://") != std::string::npos ||
                                       words.find(' ') == std::string_view::npos;
                INFO(line);
                if (!is_copied && report::columns(line) > width) {
                    ++too_long;
                    UNSCOPED_INFO(line);
                }
                if (!is_copied) longest = std::max(longest, report::columns(line));
            }
        }
        CHECK(too_long == 0);
        CHECK(longest > width - 15); // and makes use of it
    }
}

TEST_CASE("a tree as a drawing", "[report][spf]") {
    test::FakeDns dns;
    dns.txt("example.com", "v=spf1 a include:a.example include:gone.example include:example.com ptr -all mx "
                           "exp=why.example");
    dns.txt(
        "a.example",
        "v=spf1 ip4:192.0.2.0/25 ip4:192.0.2.128/25 ip6:2001:db8::/64 ?ip4:198.51.100.1 redirect=b.example");
    dns.txt("b.example", "v=spf1 -all");
    dns.address("example.com", "192.0.2.80");
    const spf::Tree tree = SpfWorld(dns).walk("example.com");
    CHECK(report::spf_tree_text(tree, report::TreeDetail::brief, {}) ==
          "example.com  6 look-ups\n"
          "|- a  1 look-up, 1 address\n"
          "|- include:a.example  2 look-ups\n"
          "|  |- 3 networks  256 IPv4 and 2^64 IPv6 addresses\n"
          "|  |- ?ip4:198.51.100.1  1 address\n"
          "|  `- redirect=b.example  1 look-up\n"
          "|     `- -all\n"
          "|- include:gone.example  1 look-up, no SPF record there\n"
          "|- include:example.com  1 look-up, leads back to a record above\n"
          "|- ptr  1 look-up, depends on the sender's reverse name\n"
          "|- -all\n"
          "|- mx  never looked at\n"
          "`- exp=why.example\n");
    const std::string full = report::spf_tree_text(tree, report::TreeDetail::full, {.unicode = true});
    CHECK(full.find("\xE2\x94\x82  \xE2\x94\x9C\xE2\x94\x80 ip4:192.0.2.128/25  128 addresses\n") !=
          std::string::npos);
}

TEST_CASE("numbers of addresses in words", "[report][spf]") {
    struct Row {
        double count;
        const char* text;
    };
    const std::vector<Row> rows = {
        {0, "0"},
        {1, "1"},
        {9999, "9999"},
        {10'000, "10,000"},
        {458'784, "458,784"},
        {100'005, "100,005"},
        {1'000'000, "1.0 million"},
        {13'200'000, "13.2 million"},
        {1e9, "1.0 billion"},
        {4294967296.0, "4.3 billion"},
        {151115727451828646838272.0, "2^77"},
    };
    for (const Row& row : rows) {
        INFO(row.text);
        CHECK(report::count_text(row.count) == row.text);
    }
}
