#include "diagnosis/catalogue.hpp"
#include "diagnosis/spf_findings.hpp"
#include "support/spf_world.hpp"
#include "support/text.hpp"

using namespace relaytool;
using diagnosis::Finding;
using relaytool::test::FakeDns;
using relaytool::test::SpfWorld;
using spf::Problem;
using spf::Reason;
using spf::Verdict;

namespace {

constexpr auto last_problem = static_cast<int>(Problem::shared_bulk);

/// Everything a finding says in words.
std::string all_words(const Finding& finding) {
    std::string text = finding.title + '\n' + finding.cause;
    for (const std::string& step : finding.steps)
        text += '\n' + step;
    return text;
}

/// Placeholders that nothing filled: `<word>` or `{word}`.
bool has_placeholder(const std::string& text) {
    for (std::size_t at = text.find_first_of("<{"); at != std::string::npos;
         at = text.find_first_of("<{", at + 1)) {
        const std::size_t end = text.find_first_of(">} ", at);
        if (text[at] == '{' && at > 0 && text[at - 1] == '%') continue; // a macro
        if (end != std::string::npos && text[end] != ' ') return true;
    }
    return false;
}

Finding finding(FakeDns& dns, std::string_view ip, const std::string& domain = "example.com") {
    SpfWorld world(dns);
    return diagnosis::finding_of(spf::evaluate(world.policies, {.ip = ip::read_address(ip).value(),
                                                                .domain = domain,
                                                                .sender_local = "user",
                                                                .sender_domain = domain,
                                                                .helo = "mail.example.net"}));
}

} // namespace

TEST_CASE("every problem has a row of its own", "[diagnosis][spf_findings]") {
    std::set<std::string_view> ids;
    for (int i = 0; i <= last_problem; ++i) {
        const std::string_view id = diagnosis::id_of(static_cast<Problem>(i));
        INFO(i << " " << id);
        CHECK(id.starts_with("spf-"));
        CHECK(diagnosis::find_rule(id) != nullptr);
        CHECK(ids.insert(id).second);
    }
    CHECK(diagnosis::id_of(static_cast<Problem>(last_problem + 1)).empty());
}

TEST_CASE("what lint finds is said without gaps", "[diagnosis][spf_findings]") {
    dns::ZoneResolver zones = test::example_zones();
    SpfWorld world(zones);
    const dns::Zone zone = dns::read_zone(test::read_source("examples/zones/broken.zone"), "zone").value();
    std::set<std::string> seen;
    for (const dns::ZoneRecord& record : zone.records) {
        const std::string domain = record.owner.text();
        const spf::Tree tree = world.walk(domain);
        const auto issues = spf::lint(tree, spf::look_around(world.cache, record.owner));
        const std::vector<Finding> findings = diagnosis::findings_of(tree, issues);
        REQUIRE(findings.size() == issues.size());
        for (std::size_t i = 0; i < findings.size(); ++i) {
            INFO(domain << " " << findings[i].id << "\n" << all_words(findings[i]));
            CHECK(findings[i].id == diagnosis::id_of(issues[i].problem));
            CHECK(!has_placeholder(all_words(findings[i])));
            CHECK(findings[i].evidence.starts_with(domain));
            CHECK(findings[i].title.find('\n') == std::string::npos);
            seen.insert(findings[i].id);
        }
    }
    CHECK(seen.size() > 35);
}

TEST_CASE("words of strangers in findings", "[diagnosis][spf_findings]") {
    struct Row {
        const char* name;
        std::string term;
        const char* shown;
    };
    const std::vector<Row> rows = {
        {"a dash",
         "\xE2\x80\x93"
         "all",
         "\\xe2\\x80\\x93all"},
        {"an escape sequence", "\x1b]0;x\x07", "\\x1b]0;x\\x07"},
        {"a backtick", "a`b", "a\\x60b"},
        {"a very long one", "x:" + std::string(5000, 'a'), "x:aaa"},
    };
    for (const Row& row : rows) {
        INFO(row.name);
        FakeDns dns;
        dns.txt("example.com", "v=spf1 " + row.term + " -all");
        SpfWorld world(dns);
        const spf::Tree tree = world.walk("example.com");
        const Finding found = diagnosis::findings_of(tree, spf::lint(tree, {})).at(0);
        CHECK(found.title.find(row.shown) != std::string::npos);
        CHECK(!has_placeholder(found.title));
        CHECK(found.title.size() < 500);
        for (const char c : all_words(found))
            CHECK((c == '\n' || (c >= ' ' && c <= '~')));
    }
}

TEST_CASE("a check's outcome in words", "[diagnosis][spf_findings]") {
    struct Row {
        const char* name;
        const char* record;
        const char* id;
        const char* said; ///< somewhere in the finding
        const char* ip = "192.0.2.1";
    };
    const std::vector<Row> rows = {
        {"pass", "v=spf1 ip4:192.0.2.1 -all", "spf-check-pass", "allows it by ip4:192.0.2.1"},
        {"pass by an include", "v=spf1 include:pass.example -all", "spf-check-pass",
         "allows it by include:pass.example"},
        {"pass by the end of another record", "v=spf1 redirect=pass.example", "spf-check-pass",
         "redirect=pass.example"},
        {"pass for a provider's customers", "v=spf1 include:_spf.telenet-ops.be -all",
         "spf-check-pass-shared", "every other customer of Telenet", "195.130.132.52"},
        {"fail", "v=spf1 -all", "spf-check-fail", "-all denies it"},
        {"softfail", "v=spf1 ~all", "spf-check-softfail", "~all asks"},
        {"neutral", "v=spf1 ?all", "spf-check-neutral", "says nothing about 192.0.2.1"},
        {"no match", "v=spf1 ip4:192.0.2.9", "spf-check-neutral", "says nothing about 192.0.2.1"},
        {"Microsoft is missing", "v=spf1 -all", "spf-check-provider-missing",
         "Add include:spf.protection.outlook.com: `relaytool spf suggest example.com --keep --sends-via o365`",
         "40.107.6.55"},
        {"Microsoft is missing, ~all", "v=spf1 ~all", "spf-check-provider-missing", "Microsoft 365",
         "40.107.6.55"},
        {"Microsoft is there, but not allowed", "v=spf1 ?include:spf.protection.outlook.com -all",
         "spf-check-neutral", "nothing about 40.107.6.55", "40.107.6.55"},
        {"an address that Microsoft no longer names", "v=spf1 include:spf.protection.outlook.com -all",
         "spf-check-fail", "-all denies it", "104.47.0.1"},
        {"by redirect to Microsoft", "v=spf1 redirect=spf.protection.outlook.com", "spf-check-fail",
         "denies it", "104.47.0.1"},
        {"a mistake", "v=spf1 ip4:x -all", "spf-check-invalid", "at ip4:x: a term that SPF does not know"},
        {"a mistake, from Microsoft", "v=spf1 ip4:x -all", "spf-check-invalid", "at ip4:x", "40.107.6.55"},
        {"a sign",
         "v=spf1 \xE2\x80\x93"
         "all",
         "spf-check-invalid", "at \\xe2\\x80\\x93all"},
        {"include of none", "v=spf1 include:gone.example -all", "spf-check-invalid", "leads to no record"},
        {"include of two", "v=spf1 include:two.example -all", "spf-check-invalid",
         "more than one SPF record"},
        {"look-ups", "v=spf1 include:example.com -all", "spf-check-invalid", "more than 10 DNS look-ups"},
        {"void look-ups", "v=spf1 a:x.example a:y.example a:z.example -all", "spf-check-invalid",
         "more than 2 look-ups that find nothing"},
        {"mail hosts", "v=spf1 mx:eleven.example -all", "spf-check-invalid", "more than 10 hosts"},
        {"DNS", "v=spf1 include:slow.example -all", "spf-check-dns-failure",
         "did not answer for slow.example"},
    };
    for (const Row& row : rows) {
        INFO(row.name);
        FakeDns dns;
        dns.txt("example.com", row.record);
        dns.txt("pass.example", "v=spf1 +all");
        dns.txt("two.example", "v=spf1 +all");
        dns.txt("two.example", "v=spf1 -all");
        dns.txt("_spf.telenet-ops.be", "v=spf1 ip4:195.130.132.48/29 ~all");
        dns.txt("spf.protection.outlook.com", "v=spf1 ip4:40.107.0.0/16 -all");
        dns.breaks("slow.example", dns::Type::txt, dns::Status::timeout);
        for (int i = 1; i <= 11; ++i)
            dns.mx("eleven.example", 10, "m" + std::to_string(i) + ".example");
        const Finding found = finding(dns, row.ip);
        INFO(all_words(found));
        CHECK(found.id == row.id);
        CHECK(all_words(found).find(row.said) != std::string::npos);
        CHECK(!has_placeholder(all_words(found)));
        CHECK(found.evidence.starts_with("example.com"));
    }
}

TEST_CASE("domains without a record in words", "[diagnosis][spf_findings]") {
    struct Row {
        const char* domain;
        const char* ip;
        const char* id;
        const char* said;
    };
    const std::vector<Row> rows = {
        {"gone.example", "192.0.2.1", "spf-no-domain", "gone.example does not exist"},
        {"none.example", "192.0.2.1", "spf-check-no-record", "none.example says nothing"},
        {"localhost", "192.0.2.1", "spf-check-bad-domain", "localhost is no domain"},
        {"localhost", "40.107.6.55", "spf-check-bad-domain", "localhost is no domain"},
        {"a b..c", "192.0.2.1", "spf-check-bad-domain", "a b..c is no domain"},
        {"slow.example", "40.107.6.55", "spf-check-dns-failure", "for slow.example"},
        {"two.example", "192.0.2.1", "spf-check-invalid",
         "at two.example: there is more than one SPF record"},
    };
    for (const Row& row : rows) {
        INFO(row.domain << " " << row.ip);
        FakeDns dns;
        dns.txt("none.example", "hello");
        dns.txt("two.example", "v=spf1 +all");
        dns.txt("two.example", "v=spf1 -all");
        dns.breaks("slow.example", dns::Type::txt, dns::Status::timeout);
        const Finding found = finding(dns, row.ip, row.domain);
        INFO(all_words(found));
        CHECK(found.id == row.id);
        CHECK(all_words(found).find(row.said) != std::string::npos);
        CHECK(!has_placeholder(all_words(found)));
    }
}

TEST_CASE("every verdict and reason has a finding", "[diagnosis][spf_findings]") {
    for (int v = 0; v <= static_cast<int>(Verdict::permerror); ++v)
        for (int r = 0; r <= static_cast<int>(Reason::out_of_time); ++r) {
            spf::Check check;
            check.query.domain = "example.com";
            check.query.ip = ip::Address::v4(0xC0000201);
            check.at = "a.example";
            check.verdict = static_cast<Verdict>(v);
            check.reason = static_cast<Reason>(r);
            for (const bool has_path : {false, true}) {
                if (has_path) check.path = {"include:a.example"};
                const Finding found = diagnosis::finding_of(check);
                INFO(v << " " << r << "\n" << all_words(found));
                CHECK(diagnosis::find_rule(found.id) != nullptr);
                CHECK(!has_placeholder(all_words(found)));
            }
        }
}
