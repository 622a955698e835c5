#include "base/utf8.hpp"
#include "support/catch.hpp"
#include "support/fake_dns.hpp"
#include "support/run.hpp"
#include "support/text.hpp"

#include <nlohmann/json.hpp>

#include <sstream>
#include <string>
#include <vector>

using namespace relaytool;
using namespace relaytool::test;
using nlohmann::json;
using relaytool::cli::Exit;

namespace {

using Words = std::vector<std::string>;

FakeDns world() {
    FakeDns dns;
    dns.txt("example.com", "v=spf1 ip4:192.0.2.0/25 include:good.example -all exp=why.example");
    dns.txt("why.example", "%{i} may not send as %{d}");
    dns.txt("good.example", "v=spf1 ip4:198.51.100.0/24 -all");
    dns.txt("soft.example", "v=spf1 ~all");
    dns.txt("mistake.example", "v=spf1 ipv4:192.0.2.1 -all");
    dns.txt("shared.example", "v=spf1 include:_spf.telenet-ops.be -all");
    dns.txt("_spf.telenet-ops.be", "v=spf1 ip4:195.130.132.48/29 ~all");
    dns.txt("bulk.example", "v=spf1 include:sendgrid.net -all");
    dns.txt("sendgrid.net", "v=spf1 ip4:167.89.0.0/17 ~all");
    dns.txt("unsure.example", "v=spf1 include:slow.example -all");
    dns.txt("unsurehost.example", "v=spf1 a:slow.example -all");
    dns.txt("both.example", "v=spf1 include:slow.example ?all");
    dns.txt("open.example", "v=spf1 exists:%{i}.example -all");
    dns.txt("two.example", "v=spf1 ip4:192.0.2.1 -all");
    dns.txt("two.example", "v=spf1 ip4:192.0.2.2 -all");
    dns.txt("loop.example", "v=spf1 include:loop.example -all");
    dns.txt("none.example", "hello");
    dns.txt("mail.example.net", "v=spf1 ip4:192.0.2.7 -all");
    dns.txt("xn--mnchen-3ya.example", "v=spf1 ip4:192.0.2.1 -all");
    std::string eleven = "v=spf1";
    for (int i = 1; i <= 11; ++i)
        eleven += " exists:%{i}." + std::to_string(i) + ".example";
    dns.txt("eleven.example", eleven + " -all");
    dns.breaks("slow.example", dns::Type::txt, dns::Status::timeout);
    dns.breaks("slow.example", dns::Type::a, dns::Status::timeout);
    dns.breaks("silent.example", dns::Type::txt, dns::Status::failure);
    return dns;
}

Outcome spf(Words words, const FakeFiles& files = {}, cli::Terminal terminal = {.utf8 = true}) {
    FakeDns dns = world();
    words.insert(words.begin(), "spf");
    return run(words, files, dns, terminal);
}

FakeFiles pairs(const std::string& text) {
    FakeFiles files;
    files.files = {{"pairs.txt", text}};
    return files;
}

json document(Words words, const FakeFiles& files = {}) {
    words.emplace_back("--json");
    const Outcome outcome = spf(words, files);
    INFO(outcome.out << outcome.err);
    REQUIRE(json::accept(outcome.out));
    CHECK(outcome.out.ends_with('\n'));
    CHECK(std::count(outcome.out.begin(), outcome.out.end(), '\n') == 1);
    json made = json::parse(outcome.out);
    CHECK(made.at("schema") == "relaytool/spf/1");
    return made;
}

json lines(const std::string& text) {
    std::istringstream stream(text);
    json found = json::array();
    std::string line;
    while (std::getline(stream, line))
        found.push_back(json::parse(line));
    return found;
}

/// "s" string, "n" number, "b" boolean, "a" array, "o" object, "0" null; several for either.
struct Key {
    const char* name;
    const char* types;
};

void check_keys(const json& object, const std::vector<Key>& keys) {
    REQUIRE(object.is_object());
    for (const Key& key : keys) {
        INFO(key.name << " in " << object.dump());
        REQUIRE(object.contains(key.name));
        const json& value = object.at(key.name);
        const char type = value.is_string()    ? 's'
                          : value.is_number()  ? 'n'
                          : value.is_boolean() ? 'b'
                          : value.is_array()   ? 'a'
                          : value.is_object()  ? 'o'
                                               : '0';
        CHECK(std::string_view(key.types).find(type) != std::string_view::npos);
    }
    CHECK(object.size() == keys.size());
}

const std::vector<Key> finding_keys = {
    {"id", "s"},    {"category", "s"}, {"severity", "s"},   {"title", "s"},     {"cause", "s"},
    {"steps", "a"}, {"owner", "s"},    {"permanent", "0b"}, {"evidence", "0s"}, {"reference", "0s"}};
const std::vector<Key> check_keys_of_one = {
    {"domain", "s"},       {"ip", "s"},           {"identity", "s"},   {"sender", "s"}, {"helo", "0s"},
    {"result", "s"},       {"explanation", "0s"}, {"mechanism", "0s"}, {"path", "a"},   {"lookups", "n"},
    {"void_lookups", "n"}, {"received_spf", "s"}, {"finding", "s"}};
const std::vector<Key> document_keys = {{"schema", "s"},    {"domain", "s"},       {"record", "0s"},
                                        {"result", "0s"},   {"explanation", "0s"}, {"checks", "a"},
                                        {"tree", "0o"},     {"lookups", "n"},      {"void_lookups", "n"},
                                        {"suggested", "a"}, {"findings", "a"}};

} // namespace

TEST_CASE("exit codes of spf", "[commands][spf]") {
    struct Row {
        const char* name;
        Words words;
        Exit exit;
    };
    const std::vector<Row> rows = {
        {"in order", {"check", "good.example"}, Exit::good},
        {"notes alone", {"check", "bulk.example"}, Exit::good},
        {"a warning", {"check", "shared.example"}, Exit::bad},
        {"a mistake", {"check", "mistake.example"}, Exit::bad},
        {"two records", {"check", "two.example"}, Exit::bad},
        {"no record", {"check", "none.example"}, Exit::bad},
        {"no domain", {"check", "gone.example"}, Exit::bad},
        {"no answer", {"check", "silent.example"}, Exit::could_not_tell},
        {"no answer for an include", {"check", "unsure.example"}, Exit::could_not_tell},
        {"no answer for a host", {"check", "unsurehost.example"}, Exit::could_not_tell},
        {"no answer wins over a warning", {"check", "both.example"}, Exit::could_not_tell},
        {"a record that is not published", {"check", "gone.example", "--record", "v=spf1 -all"}, Exit::good},
        {"with the quotes of a zone file",
         {"check", "gone.example", "--record", "\"v=spf1 \" \"-all\""},
         Exit::good},
        {"nothing between the quotes", {"check", "gone.example", "--record", "\"\""}, Exit::usage},
        {"a bad one", {"check", "good.example", "--record", "v=spf1 +all"}, Exit::bad},
        {"a link in place of a domain", {"check", "https://good.example/"}, Exit::good},
        {"an address in place of a domain", {"check", "Info <info@good.example>"}, Exit::good},
        {"an IP address in place of a domain", {"check", "192.0.2.1"}, Exit::usage},
        {"pass", {"check", "example.com", "--ip", "192.0.2.1"}, Exit::good},
        {"fail", {"check", "example.com", "--ip", "203.0.113.1"}, Exit::bad},
        {"softfail", {"check", "soft.example", "--ip", "192.0.2.1"}, Exit::bad},
        {"none", {"check", "none.example", "--ip", "192.0.2.1"}, Exit::bad},
        {"permerror", {"check", "mistake.example", "--ip", "192.0.2.1"}, Exit::bad},
        {"temperror", {"check", "unsure.example", "--ip", "192.0.2.1"}, Exit::could_not_tell},
        {"pass and fail", {"check", "example.com", "--ip", "192.0.2.1", "--ip", "203.0.113.1"}, Exit::bad},
        {"no domain at all, but a sender",
         {"check", "--ip", "192.0.2.1", "--mail-from", "a@example.com"},
         Exit::good},
        {"no domain at all, but a HELO name",
         {"check", "--ip", "192.0.2.7", "--helo", "mail.example.net"},
         Exit::good},
        {"a HELO name that is none", {"check", "--ip", "192.0.2.7", "--helo", "localhost"}, Exit::bad},
        {"whom?", {"check"}, Exit::usage},
        {"whom? with an address", {"check", "--ip", "192.0.2.1"}, Exit::usage},
        {"whom? with the null sender", {"check", "--ip", "192.0.2.1", "--mail-from", ""}, Exit::usage},
        {"no such address", {"check", "example.com", "--ip", "192.0.2.256"}, Exit::usage},
        {"no such name", {"check", "a..example"}, Exit::usage},
        {"no such option", {"check", "example.com", "--no-such-option"}, Exit::usage},
        {"no such command", {"chekc", "example.com"}, Exit::usage},
        {"no command", {}, Exit::usage},
        {"two forms", {"check", "example.com", "--json", "--jsonl"}, Exit::usage},
        {"no such zone file", {"check", "example.com", "--zone", "gone.zone"}, Exit::usage},
        {"help", {"check", "--help"}, Exit::good},
        {"explained", {"explain", "example.com"}, Exit::good},
        {"explained, with warnings", {"explain", "shared.example"}, Exit::good},
        {"explained, but a mistake", {"explain", "mistake.example"}, Exit::bad},
        {"explained, but a loop", {"explain", "loop.example"}, Exit::bad},
        {"explained, but eleven look-ups", {"explain", "eleven.example"}, Exit::bad},
        {"nothing to explain", {"explain", "none.example"}, Exit::bad},
        {"explain: no answer", {"explain", "silent.example"}, Exit::could_not_tell},
        {"explain: whom?", {"explain"}, Exit::usage},
        {"listed", {"sources", "example.com"}, Exit::good},
        {"listed, as far as can be", {"sources", "open.example"}, Exit::good},
        {"listed, but a loop", {"sources", "loop.example"}, Exit::bad},
        {"listed, but eleven look-ups", {"sources", "eleven.example"}, Exit::bad},
        {"nothing to list", {"sources", "none.example"}, Exit::bad},
        {"sources: a mistake", {"sources", "mistake.example"}, Exit::bad},
        {"sources: no answer", {"sources", "unsure.example"}, Exit::could_not_tell},
        {"sources: whom?", {"sources"}, Exit::usage},
        {"suggested", {"suggest", "example.com"}, Exit::good},
        {"suggested for a new domain", {"suggest", "gone.example", "--sends-via", "203.0.113.7"}, Exit::good},
        {"suggest: no answer", {"suggest", "silent.example"}, Exit::could_not_tell},
        {"suggest: unknown sender", {"suggest", "example.com", "--sends-via", "o365,nobody"}, Exit::usage},
        {"suggest: whom?", {"suggest"}, Exit::usage},
    };
    for (const Row& row : rows) {
        INFO(row.name);
        const Outcome outcome = spf(row.words);
        CHECK(outcome.exit == row.exit);
        if (row.exit == Exit::usage) CHECK(outcome.out.empty());
        if (row.exit == Exit::usage) CHECK(!outcome.err.empty());
        if (row.exit == Exit::good) CHECK(outcome.err.empty());
    }
}

TEST_CASE("who is checked", "[commands][spf]") {
    struct Row {
        const char* name;
        Words words;
        const char* domain;
        const char* sender;
        const char* identity;
    };
    const std::vector<Row> rows = {
        {"a domain", {"example.com"}, "example.com", "postmaster@example.com", "mailfrom"},
        {"a sender", {"boss@example.com"}, "example.com", "boss@example.com", "mailfrom"},
        {"a domain and a HELO name",
         {"example.com", "--helo", "mail.example.net"},
         "example.com",
         "postmaster@example.com",
         "mailfrom"},
        {"an envelope sender",
         {"--mail-from", "boss@example.com"},
         "example.com",
         "boss@example.com",
         "mailfrom"},
        {"without local part",
         {"--mail-from", "@example.com"},
         "example.com",
         "postmaster@example.com",
         "mailfrom"},
        {"two at signs", {"--mail-from", "a@b@example.com"}, "example.com", "a@b@example.com", "mailfrom"},
        {"the record of another domain",
         {"good.example", "--mail-from", "boss@example.com"},
         "good.example",
         "boss@example.com",
         "mailfrom"},
        {"a bounce",
         {"--mail-from", "", "--helo", "mail.example.net"},
         "mail.example.net",
         "postmaster@mail.example.net",
         "helo"},
        {"HELO alone",
         {"--helo", "mail.example.net"},
         "mail.example.net",
         "postmaster@mail.example.net",
         "helo"},
        {"letters outside ASCII",
         {"m\xC3\xBCnchen.example"},
         "xn--mnchen-3ya.example",
         "postmaster@m\xC3\xBCnchen.example",
         "mailfrom"},
    };
    for (const Row& row : rows) {
        INFO(row.name);
        Words words{"check", "--ip", "192.0.2.7"};
        words.insert(words.end(), row.words.begin(), row.words.end());
        const json check = document(words).at("checks").at(0);
        CHECK(check.at("domain") == row.domain);
        CHECK(check.at("sender") == row.sender);
        CHECK(check.at("identity") == row.identity);
    }
    // Without --ip the record of a sender's domain is looked at.
    CHECK(document({"check", "boss@good.example"}).at("domain") == "good.example");
}

TEST_CASE("what spf check says of a record in JSON", "[commands][spf]") {
    const json made = document({"check", "example.com"});
    check_keys(made, document_keys);
    CHECK(made.at("record").get<std::string>().starts_with("v=spf1"));
    CHECK(made.at("result").is_null());
    const json& tree = made.at("tree");
    check_keys(tree, {{"domain", "s"},
                      {"status", "s"},
                      {"record", "0s"},
                      {"lookups", "n"},
                      {"void_lookups", "n"},
                      {"terms", "a"}});
    REQUIRE(tree.at("terms").size() == 4);
    check_keys(tree.at("terms")[0], {{"term", "s"},
                                     {"mechanism", "s"},
                                     {"qualifier", "0s"},
                                     {"target", "0s"},
                                     {"lookups", "n"},
                                     {"void_lookups", "n"},
                                     {"networks", "a"}});
    CHECK(tree.at("terms")[1].at("below").at("domain") == "good.example");
    CHECK(tree.at("terms")[3].at("qualifier").is_null()); // a modifier
    const json missing = document({"check", "gone.example"});
    check_keys(missing, document_keys);
    CHECK(missing.at("record").is_null());
    CHECK(missing.at("tree").at("status") == "nxdomain");
    check_keys(missing.at("findings").at(0), finding_keys);
    const json mended = document({"check", "mistake.example"});
    check_keys(mended.at("suggested").at(0), {{"name", "s"}, {"record", "s"}, {"strings", "a"}});
}

TEST_CASE("what spf check says of senders in JSON", "[commands][spf]") {
    const json made =
        document({"check", "example.com", "--ip", "203.0.113.1", "--ip", "2001:db8::1", "--ip", "192.0.2.1"});
    check_keys(made, document_keys);
    CHECK(made.at("result") == "fail"); // of the first
    CHECK(made.at("explanation") == "203.0.113.1 may not send as example.com");
    REQUIRE(made.at("checks").size() == 3);
    CHECK(made.at("findings").size() == 3);
    for (const json& check : made.at("checks"))
        check_keys(check, check_keys_of_one);
    CHECK(made.at("checks")[1].at("ip") == "2001:db8::1");
    CHECK(made.at("checks")[2].at("result") == "pass");
    CHECK(made.at("checks")[2].at("explanation").is_null());
    CHECK(made.at("checks")[2].at("path") == json::array({"ip4:192.0.2.0/25"}));
    const json& tree = made.at("tree");
    check_keys(tree, {{"domain", "s"}, {"record", "s"}, {"terms", "a"}});
    CHECK(tree.at("terms")[1].at("below").at("terms")[1].at("term") == "-all");
    CHECK(tree.at("terms")[2].at("matched") == true);
    const json none = document({"check", "none.example", "--ip", "192.0.2.1"});
    check_keys(none, document_keys);
    CHECK(none.at("tree").is_null());
    CHECK(none.at("record").is_null());
    // JSON lines are the checks of the document.
    CHECK(lines(spf({"check", "example.com", "--jsonl", "--ip", "203.0.113.1", "--ip", "2001:db8::1", "--ip",
                     "192.0.2.1"})
                    .out) == made.at("checks"));
}

TEST_CASE("records that lead to themselves are nested as they were visited", "[commands][spf]") {
    FakeDns dns;
    dns.txt("example.com", "v=spf1 ip4:192.0.2.1 include:example.com -all");
    dns.txt("r.example", "v=spf1 ip4:192.0.2.1 redirect=r.example");
    for (const char* domain : {"example.com", "r.example"}) {
        const json made =
            json::parse(run({"spf", "check", domain, "--ip", "192.0.2.9", "--json"}, {}, dns).out);
        CHECK(made.at("result") == "permerror");
        json tree = made.at("tree");
        unsigned depth = 0;
        while (tree.at("terms").back().contains("below")) {
            CHECK(tree.at("terms").size() == 2);
            const json below = tree.at("terms").back().at("below");
            tree = below;
            ++depth;
        }
        CHECK(depth == 10);
    }
}

TEST_CASE("many pairs from a file", "[commands][spf]") {
    struct Row {
        const char* name;
        std::string text;
        Exit exit;
        std::vector<std::string> results; ///< address, domain and result of each
        std::string complaint;
    };
    const std::vector<Row> rows = {
        {"one", "192.0.2.1 example.com", Exit::good, {"192.0.2.1 example.com pass"}, ""},
        {"two, one bad",
         "192.0.2.1 example.com\n203.0.113.1 example.com\n",
         Exit::bad,
         {"192.0.2.1 example.com pass", "203.0.113.1 example.com fail"},
         ""},
        {"the other order, senders, commas, tabs",
         "example.com 192.0.2.1\nboss@example.com,192.0.2.2\n192.0.2.3\texample.com;mail.example.net\n",
         Exit::good,
         {"192.0.2.1 example.com pass", "192.0.2.2 example.com pass", "192.0.2.3 example.com pass"},
         ""},
        {"comments and empty lines",
         "# pairs\n\n   \n192.0.2.1 example.com\n  # end",
         Exit::good,
         {"192.0.2.1 example.com pass"},
         ""},
        {"CRLF",
         "192.0.2.1 example.com\r\n\r\n192.0.2.2 example.com\r\n",
         Exit::good,
         {"192.0.2.1 example.com pass", "192.0.2.2 example.com pass"},
         ""},
        {"a byte order mark",
         "\xEF\xBB\xBF"
         "192.0.2.1 example.com\r\n",
         Exit::good,
         {"192.0.2.1 example.com pass"},
         ""},
        {"a line that is none",
         "192.0.2.1 example.com\nexample.com\n203.0.113.1 example.com\n",
         Exit::could_not_tell,
         {"192.0.2.1 example.com pass", "203.0.113.1 example.com fail"},
         "pairs.txt:2: "},
        {"an address that is none",
         "192.0.2.256 example.com\n192.0.2.1 example.com",
         Exit::could_not_tell,
         {"192.0.2.1 example.com pass"},
         "pairs.txt:1: "},
        {"an escape sequence",
         "\x1b]0;x\x07\n192.0.2.1 example.com",
         Exit::could_not_tell,
         {"192.0.2.1 example.com pass"},
         "pairs.txt:1: "},
        {"no answer",
         "192.0.2.1 unsure.example\n203.0.113.1 example.com",
         Exit::could_not_tell,
         {"192.0.2.1 unsure.example temperror", "203.0.113.1 example.com fail"},
         ""},
        {"no such domain", "192.0.2.1 gone.example", Exit::bad, {"192.0.2.1 gone.example none"}, ""},
        {"a domain that cannot be", "192.0.2.1 a..b", Exit::bad, {"192.0.2.1 a..b none"}, ""},
        {"nothing", "", Exit::could_not_tell, {}, "no line with an address"},
        {"comments alone", "# nothing\n", Exit::could_not_tell, {}, "no line with an address"},
    };
    for (const Row& row : rows) {
        INFO(row.name);
        const FakeFiles files = pairs(row.text);
        const Outcome outcome = spf({"check", "--file", "pairs.txt", "--jsonl"}, files);
        CHECK(outcome.exit == row.exit);
        std::vector<std::string> results;
        for (const json& check : lines(outcome.out)) {
            check_keys(check, check_keys_of_one);
            results.push_back(check.at("ip").get<std::string>() + " " +
                              check.at("domain").get<std::string>() + " " +
                              check.at("result").get<std::string>());
        }
        CHECK(results == row.results);
        CHECK(outcome.err.find(row.complaint) != std::string::npos);
        CHECK(outcome.err.empty() == row.complaint.empty());
        CHECK(outcome.err.find('\x1b') == std::string::npos);
        // The same in the other forms.
        CHECK(document({"check", "--file", "pairs.txt"}, files).at("checks") == lines(outcome.out));
        const Outcome text = spf({"check", "--file", "pairs.txt"}, files);
        CHECK(text.exit == row.exit);
        CHECK(static_cast<std::size_t>(std::count(text.out.begin(), text.out.end(), '\n')) ==
              row.results.size());
    }
}

TEST_CASE("files that cannot be", "[commands][spf]") {
    CHECK(spf({"check", "--file", "gone.txt"}).exit == Exit::could_not_tell);
    const Outcome record =
        spf({"check", "--file", "pairs.txt", "--record", "v=spf1 +all"}, pairs("192.0.2.1 example.com"));
    CHECK(record.exit == Exit::usage); // whose record would that be?
    FakeFiles input;
    input.files = {{"-", "192.0.2.1 example.com\n"}};
    CHECK(spf({"check", "--file", "-"}, input).exit == Exit::good);
    // More than are in flight together; each domain is asked for once.
    FakeDns dns = world();
    const Outcome many =
        run({"spf", "check", "--file", "pairs.txt"}, pairs(repeated("192.0.2.1 example.com\n", 500)), dns);
    CHECK(std::count(many.out.begin(), many.out.end(), '\n') == 500);
    CHECK(std::count(dns.asked.begin(), dns.asked.end(), "TXT example.com") == 1);
    CHECK(many.out.starts_with("pass      192.0.2.1       example.com > ip4:192.0.2.0/25\n"));
}

TEST_CASE("a record that is not published counts in place of the DNS", "[commands][spf]") {
    const json check =
        document({"check", "example.com", "--ip", "203.0.113.1", "--record", "v=spf1 ip4:203.0.113.1 -all"});
    CHECK(check.at("result") == "pass");
    CHECK(check.at("record") == "v=spf1 ip4:203.0.113.1 -all");
    CHECK(document({"explain", "example.com", "--record", "v=spf1 -all"}).at("record") == "v=spf1 -all");
    CHECK(document({"sources", "example.com", "--record", "v=spf1 ip4:203.0.113.1 -all"}).at("networks") ==
          json::array({"203.0.113.1"}));
    const Outcome almost = spf({"check", "example.com", "--record", "v=spf1ip4:203.0.113.1 -all"});
    CHECK(almost.exit == Exit::bad);
    CHECK(almost.out.find("[spf-almost-a-record]") != std::string::npos);
}

TEST_CASE("zone files stand for the network", "[commands][spf]") {
    FakeFiles files;
    files.files = {
        {"a.zone", "$ORIGIN example.com.\n$TTL 60\n@ SOA ns1 hostmaster 1 1 1 1 1\n@ TXT \"v=spf1 mx -all\"\n"
                   "@ MX 10 mail\nmail A 192.0.2.25\n"},
        {"broken.zone", "@ TXT \"never closed\n"}};
    const std::vector<std::string> words{"spf",        "check",  "example.com", "--ip",
                                         "192.0.2.25", "--zone", "a.zone"};
    CHECK(run(words, files).exit == Exit::good);
    const Outcome broken = run({"spf", "check", "example.com", "--zone", "broken.zone"}, files);
    CHECK(broken.exit == Exit::usage);
    CHECK(broken.err.starts_with("relaytool: broken.zone:1: "));
    // Only the names of the zone come from it when a server is named, too.
    FakeDns dns = world();
    CHECK(run({"spf", "check", "good.example", "--ip", "198.51.100.1", "--zone", "a.zone", "--nameserver",
               "192.0.2.53"},
              files, dns)
              .exit == Exit::good);
    CHECK(
        run({"spf", "check", "good.example", "--ip", "198.51.100.1", "--zone", "a.zone"}, files, dns).exit ==
        Exit::could_not_tell); // the file says nothing about it
}

TEST_CASE("who may send, as a list", "[commands][spf]") {
    CHECK(spf({"sources", "example.com"}).out == "192.0.2.0/25\n198.51.100.0/24\n");
    const json made = document({"sources", "example.com"});
    check_keys(made, {{"schema", "s"},
                      {"domain", "s"},
                      {"record", "0s"},
                      {"networks", "a"},
                      {"not_listed", "a"},
                      {"complete", "b"}});
    CHECK(made.at("complete") == true);
    const json open = document({"sources", "open.example"});
    CHECK(open.at("complete") == false);
    check_keys(open.at("not_listed").at(0), {{"domain", "s"}, {"term", "s"}});
    CHECK(spf({"sources", "open.example"}).out ==
          "# cannot be listed, depends on the message: exists:%{i}.example of open.example\n");
    CHECK(spf({"sources", "unsure.example"}).out ==
          "# not complete: the DNS did not answer for some names\n");
    CHECK(spf({"sources", "none.example"}).out.empty());
    CHECK(spf({"sources", "none.example"}).err == "relaytool: none.example: no SPF record\n");
}

TEST_CASE("the record as it should be", "[commands][spf]") {
    const json made = document({"suggest", "mistake.example", "--sends-via", "o365,192.0.2.1"});
    check_keys(made, {{"schema", "s"},
                      {"domain", "s"},
                      {"record", "0s"},
                      {"suggested", "a"},
                      {"lookups", "n"},
                      {"lookups_after", "n"},
                      {"changes", "a"},
                      {"written_out", "a"},
                      {"findings", "a"}});
    CHECK(made.at("suggested").at(0).at("record") ==
          "v=spf1 ip4:192.0.2.1 include:spf.protection.outlook.com -all");
    for (const json& change : made.at("changes"))
        check_keys(change,
                   {{"before", "0s"}, {"after", "0s"}, {"why", "s"}, {"about", "0s"}, {"lookups", "n"}});
    const Outcome text = spf({"suggest", "mistake.example"});
    CHECK(text.out.starts_with("TXT record of mistake.example:\n\nv=spf1 ip4:192.0.2.1 -all\n"));
    CHECK(spf({"suggest", "good.example"}).out.starts_with("good.example: the record can stay as it is\n"));
    // Several lists are one.
    CHECK(document({"suggest", "gone.example", "--sends-via", "o365", "--sends-via", "192.0.2.1"})
              .at("suggested")
              .at(0)
              .at("record") == "v=spf1 include:spf.protection.outlook.com ip4:192.0.2.1 ~all");
}

TEST_CASE("a record in words", "[commands][spf]") {
    const std::string text = spf({"explain", "example.com"}).out;
    CHECK(text.find("  2. include:good.example\n") != std::string::npos);
    CHECK(text.find("refused mail is told the text at why.example") != std::string::npos);
    CHECK(text.find("Look-ups: 1 of 10. Addresses that may send: 384 IPv4, 0 IPv6.\n") != std::string::npos);
    CHECK(spf({"explain", "none.example"}).out == "none.example has no SPF record\n");
    // What is not known is not denied.
    CHECK(spf({"explain", "silent.example"}).out.find("no SPF record") == std::string::npos);
    // A record that nobody uses is not explained as if somebody did.
    CHECK(spf({"explain", "two.example"}).out.find("There are 2 SPF records") != std::string::npos);
    const std::string mistake = spf({"explain", "mistake.example"}).out;
    CHECK(mistake.find("There is a mistake in it") != std::string::npos);
    CHECK(mistake.find("the first term that fits decides") == std::string::npos);
    check_keys(document({"explain", "example.com"}), document_keys);
}

TEST_CASE("hostile text does not reach the terminal", "[commands][spf]") {
    const std::string evil = "\x1b]0;x\x07\x9b"
                             "1m\xE2\x80\xAE\xC2\x85" +
                             std::string(1, '\0') + "\x7F\r`id`\xFF";
    FakeDns dns;
    dns.txt("example.com", "v=spf1 include:b.example x" + evil + " exp=why.example -all");
    dns.txt("two.example", "v=spf1 -all");
    dns.txt("two.example", "v=spf1 " + evil);
    dns.txt("almost.example", " v=spf1 " + evil);
    dns.txt("id.example", "spf2.0/" + evil);
    dns.txt("b.example", evil);
    dns.txt("c.example", "v=spf1 include:bad.example exists:%{l}.%{h}.example -all exp=why.example");
    dns.txt("bad.example", "v=spf1 -all");
    dns.txt("why.example", "%{l} %{h} %{r}");
    dns.txt("mx.example", "v=spf1 mx -all");
    dns.add("mx.example", dns::Type::mx,
            dns::Mx{10, dns::Name::from_text(evil.substr(0, 20) + ".example").value()});
    FakeFiles files;
    files.files = {{"pairs.txt", evil + "\n192.0.2.1 " + "a\x1b[1m@c.example " + evil +
                                     "\n192.0.2.1 \x1b]0;x\x07.example\n"}};
    const std::vector<Words> runs = {
        {"check", "example.com"},
        {"check", "two.example"},
        {"check", "almost.example"},
        {"check", "id.example"},
        {"check", "mx.example"},
        {"check", "c.example", "--ip", "192.0.2.1", "--helo", "\x1b[1m", "--receiver", "\x1b[1m"},
        {"check", "--mail-from", "\x1b]0;x\x07\xE2\x80\xAE@c.example", "--ip", "192.0.2.1", "--helo",
         "\x1b[1m\xFF"},
        {"check", "--mail-from", "a@\x1b[1m.example", "--ip", "192.0.2.1"},
        {"check", "example.com", "--ip", "192.0.2.1"},
        {"check", "two.example", "--ip", "192.0.2.1"},
        {"check", "\x1b[1m.example"},
        {"check", "c.example", "--record", "v=spf1 \x1b[1m\xE2\x80\xAE -all"},
        {"check", "--file", "pairs.txt"},
        {"explain", "example.com"},
        {"explain", "mx.example"},
        {"sources", "c.example"},
        {"suggest", "example.com"},
        {"suggest", "two.example"},
        {"suggest", "example.com", "--sends-via", "\x1b[1m"},
    };
    for (Words words : runs) {
        words.insert(words.begin(), "spf");
        INFO(words[1] << " " << words[2]);
        for (const char* form : {"", "--json", "--jsonl"}) {
            Words with = words;
            if (*form != 0) with.emplace_back(form);
            const Outcome outcome = run(with, files, dns, {.utf8 = true});
            std::size_t raw = 0;
            for (const std::string& text : {outcome.out, outcome.err}) {
                for (const char c : text)
                    if ((static_cast<unsigned char>(c) < 0x20 && c != '\n') || c == 0x7F) ++raw;
                CHECK(encoding::is_utf8(text));
            }
            CHECK(raw == 0);
            if (*form == 0) {
                CHECK(outcome.out.find("\xE2\x80\xAE") == std::string::npos);
                CHECK(outcome.out.find("\xC2\x85") == std::string::npos);
            } else {
                for (const json& line : lines(outcome.out))
                    CHECK(line.is_object());
            }
        }
    }
}

TEST_CASE("options may stand in front of the domain", "[commands][spf]") {
    FakeFiles files;
    files.files = {
        {"a.zone",
         "$ORIGIN example.com.\n@ 60 SOA ns1 hostmaster 1 1 1 1 1\n@ 60 TXT \"v=spf1 a -all\"\n@ 60 A 192.0.2.25\n"}};
    FakeDns dns = world();
    for (const Words& words : std::vector<Words>{{"--ip", "192.0.2.25", "example.com", "--zone", "a.zone"},
                                                 {"--ip", "192.0.2.25", "--zone", "a.zone", "example.com"},
                                                 {"--ip", "192.0.2.25", "--ip", "192.0.2.25", "--zone",
                                                  "a.zone", "--nameserver", "192.0.2.53", "example.com"}}) {
        Words all{"spf", "check"};
        all.insert(all.end(), words.begin(), words.end());
        const Outcome outcome = run(all, files, dns);
        INFO(outcome.err);
        CHECK(outcome.exit == Exit::good);
    }
}
