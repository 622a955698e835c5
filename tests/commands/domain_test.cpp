#include "support/catch.hpp"
#include "support/fake_dns.hpp"
#include "support/fake_web.hpp"
#include "support/run.hpp"

#include <nlohmann/json.hpp>

#include <sstream>
#include <string>
#include <vector>

using namespace relaytool::test;
using nlohmann::json;
using relaytool::cli::Exit;
using relaytool::dns::Status;
using relaytool::dns::Type;

namespace {

/// example.com is in order, bad.example.com is not; escape.example.com was written by somebody hostile.
FakeDns world() {
    FakeDns dns;
    dns.mx("example.com", 10, "mx.example.com");
    dns.address("mx.example.com", "192.0.2.25");
    dns.txt("example.com", "v=spf1 mx -all");
    dns.txt("_dmarc.example.com", "v=DMARC1; p=reject; rua=mailto:dmarc@example.com");
    dns.txt("default._domainkey.example.com",
            "v=DKIM1; k=ed25519; p=11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo=");
    dns.mx("bad.example.org", 10, "gone.example.org");
    dns.mx("escape.example.org", 10, "mx.example.com");
    dns.txt("escape.example.org", "v=spf1 \x1b]0;owned\x07 \xFF\xE2\x80\xAE -all");
    dns.txt("_dmarc.escape.example.org", "v=DMARC1; p=\x1b[31m`rm -rf`");
    dns.breaks("lost.example.org", Type::mx, Status::timeout);
    return dns;
}

Outcome check(std::vector<std::string> arguments, const FakeFiles& files = {}) {
    FakeDns dns = world();
    arguments.insert(arguments.begin(), {"domain", "check"});
    return run(arguments, files, dns);
}

} // namespace

TEST_CASE("exit codes of domain check", "[commands][domain]") {
    struct Row {
        const char* name;
        std::vector<std::string> arguments;
        Exit exit;
    };
    const std::vector<Row> rows = {
        {"good", {"example.com"}, Exit::good},
        {"upper case and a dot at the end", {"EXAMPLE.COM."}, Exit::good},
        {"an address", {"user@example.com"}, Exit::good},
        {"a link", {"https://example.com/index.html"}, Exit::good},
        {"a link with a port", {"https://example.com:8443/"}, Exit::good},
        {"an address with a name", {"Info <info@example.com>"}, Exit::good},
        {"a service in capitals", {"example.com", "--expect", "ANY"}, Exit::good},
        {"a selector's whole name",
         {"example.com", "--selector", "default._domainkey.example.com"},
         Exit::good},
        {"problems", {"bad.example.org"}, Exit::bad},
        {"no such domain", {"nothing.example.net"}, Exit::bad},
        {"a time-out", {"lost.example.org"}, Exit::could_not_tell},
        {"2 wins over 1", {"bad.example.org", "lost.example.org"}, Exit::could_not_tell},
        {"no domain", {}, Exit::usage},
        {"not a domain", {"a..b"}, Exit::usage},
        {"one of two is none", {"example.com", "a..b"}, Exit::could_not_tell},
        {"another service", {"example.com", "--expect", "yahoo"}, Exit::usage},
        {"not an address", {"example.com", "--ip", "1.2.3"}, Exit::usage},
        {"no file", {"--file", "no-such-file"}, Exit::could_not_tell},
        {"a wanted selector is missing", {"example.com", "--selector", "mine"}, Exit::bad},
        {"a wanted selector is there", {"example.com", "--selector", "DEFAULT"}, Exit::good},
        {"help", {"--help"}, Exit::good},
    };
    for (const Row& row : rows) {
        INFO(row.name);
        const Outcome outcome = check(row.arguments);
        INFO(outcome.out << outcome.err);
        CHECK(outcome.exit == row.exit);
        if (row.exit == Exit::usage) CHECK(outcome.err.find("relaytool: ") == 0);
    }
    CHECK(run({"domain"}, {}).exit == Exit::usage);
}

TEST_CASE("one domain as JSON", "[commands][domain]") {
    const json document = json::parse(check({"bad.example.org", "--json"}).out);
    CHECK(document.at("schema") == "relaytool/domain/1");
    CHECK(document.at("domain") == "bad.example.org");
    CHECK(document.at("expect") == "any");
    CHECK(document.at("verdict") == "bad");
    CHECK(document.at("mx").at("hosts").at(0).at("name") == "gone.example.org");
    CHECK(document.at("spf").at("records").empty());
    CHECK(document.at("dmarc").at("policy").is_null());
    const json& line = document.at("records").at(0);
    CHECK(line.at("record") == "MX");
    CHECK(line.at("verdict") == "wrong");
    CHECK(line.at("finding") == "domain-mx-no-address");
    std::size_t errors = 0;
    for (const json& finding : document.at("findings"))
        if (finding.at("severity") == "error") ++errors;
    CHECK(document.at("errors") == errors);
    for (const char* key : {"id", "category", "severity", "title", "cause", "steps", "owner", "permanent",
                            "evidence", "reference"})
        CHECK(document.at("findings").at(0).contains(key));
}

TEST_CASE("many domains", "[commands][domain]") {
    FakeFiles files;
    files.files["list.csv"] =
        "\xEF\xBB\xBF# customers\r\nexample.com\r\n\r\nbad.example.org, Contoso # old\r\na..b\r\n";
    files.files["-"] = "example.com\n";
    const json document = json::parse(check({"--file", "list.csv", "--json"}, files).out);
    REQUIRE(document.at("domains").size() == 3);
    CHECK(document.at("domains").at(0).at("verdict") == "ok");
    CHECK(document.at("domains").at(1).at("domain") == "bad.example.org");
    CHECK(document.at("domains").at(2).at("verdict") == "unusable");
    std::istringstream lines(check({"--file", "list.csv", "--jsonl"}, files).out);
    std::string line;
    json found = json::array();
    while (std::getline(lines, line))
        found.push_back(json::parse(line));
    CHECK(found == document.at("domains"));
    CHECK(json::parse(check({"-", "--json"}, files).out).at("domains").size() == 1);
    const std::string text = check({"--file", "list.csv"}, files).out;
    CHECK(text.find("example.com: good\n") != std::string::npos);
    CHECK(text.find("2 domains: 1 good, 1 with problems or warnings; 1 unusable line left out") !=
          std::string::npos);
}

TEST_CASE("lists as Exchange and Excel write them", "[commands][domain]") {
    FakeFiles files;
    files.files["quoted.csv"] = "\"DomainName\",\"DomainType\"\r\n\"example.com\",\"Authoritative\"\r\n";
    files.files["wide.txt"] = "\xFF\xFE";
    for (const char c : std::string("example.com\r\n"))
        files.files["wide.txt"] += {c, '\0'};
    for (const char* name : {"quoted.csv", "wide.txt"}) {
        INFO(name);
        const Outcome outcome = check({"--file", name, "--jsonl"}, files);
        INFO(outcome.out << outcome.err);
        CHECK(outcome.exit == Exit::good);
        CHECK(json::parse(outcome.out).at("domain") == "example.com");
    }
    CHECK(check({"--file", "quoted.csv"}, files).err.find("DomainName") != std::string::npos);
    CHECK(check({"--file", "wide.txt"}, files).err.empty());
}

TEST_CASE("look-ups of the next domains are under way meanwhile", "[commands][domain]") {
    FakeFiles files;
    for (int i = 0; i < 20; ++i)
        files.files["-"] += "d" + std::to_string(i) + ".example.net\n";
    FakeDns dns;
    run({"domain", "check", "-"}, files, dns);
    CHECK(dns.rounds <= 3);
}

TEST_CASE("strangers' words reach neither the terminal nor a command", "[commands][domain]") {
    for (const bool utf8 : {true, false}) {
        FakeDns dns = world();
        const Outcome outcome = run({"domain", "check", "escape.example.org"}, {}, dns, {.utf8 = utf8});
        CHECK(outcome.out.find('\x1b') == std::string::npos);
        CHECK(outcome.out.find('\x07') == std::string::npos);
        CHECK(outcome.out.find("\xE2\x80\xAE") == std::string::npos);
    }
    const Outcome outcome = check({"escape.example.org", "--json"});
    REQUIRE(json::accept(outcome.out));
    // A name of its own: a range-for keeps no temporary alive whose member it goes over.
    const json document = json::parse(outcome.out);
    for (const json& finding : document.at("findings"))
        for (const json& step : finding.at("steps"))
            CHECK(step.get<std::string>().find("rm -rf") == std::string::npos);
}

TEST_CASE("text fits the terminal", "[commands][domain]") {
    for (const std::size_t width : {40U, 60U, 80U, 100U}) {
        FakeDns dns = world();
        const Outcome outcome =
            run({"domain", "check", "escape.example.org"}, {}, dns, {.utf8 = false, .columns = width});
        std::istringstream lines(outcome.out);
        std::string line;
        while (std::getline(lines, line) && !line.starts_with("---")) {
            INFO(line);
            CHECK(line.size() <= width);
        }
    }
}

TEST_CASE("the MTA-STS policy comes from the web or from a file", "[commands][domain]") {
    FakeDns dns = world();
    dns.txt("_mta-sts.example.com", "v=STSv1; id=1");
    dns.txt("_smtp._tls.example.com", "v=TLSRPTv1; rua=mailto:a@example.com");
    dns.address("mta-sts.example.com", "192.0.2.81");
    FakeWeb web;
    const std::string url = "https://mta-sts.example.com/.well-known/mta-sts.txt";
    web.pages[url] = {200, "text/plain",
                      "version: STSv1\nmode: enforce\nmx: mx.example.com\nmax_age: 604800\n", false};
    CHECK(run({"domain", "check", "example.com"}, {}, dns, web).exit == Exit::good);
    CHECK(web.fetched == std::vector<std::string>{url});
    web.pages[url].body = "version: STSv1\nmode: enforce\nmx: other.example.com\nmax_age: 604800\n";
    CHECK(run({"domain", "check", "example.com"}, {}, dns, web).exit == Exit::bad);
    CHECK(run({"domain", "check", "example.com", "--no-https"}, {}, dns, web).exit == Exit::good);
    web.pages.clear();
    CHECK(run({"domain", "check", "example.com"}, {}, dns, web).exit == Exit::bad);
    FakeFiles files;
    files.files["policy.txt"] = "version: STSv1\nmode: enforce\nmx: *.example.com\nmax_age: 604800\n";
    const Outcome given =
        run({"domain", "check", "example.com", "--mta-sts-policy", "policy.txt"}, files, dns, web);
    INFO(given.out);
    CHECK(given.exit == Exit::good);
}
