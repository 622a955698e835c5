#include "base/utf8.hpp"
#include "diagnosis/expectation.hpp"
#include "report/probe.hpp"
#include "support/catch.hpp"
#include "support/probe_world.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <string>
#include <vector>

using namespace relaytool;
using diagnosis::Met;
using diagnosis::ProbeVerdict;
using diagnosis::StepVerdict;
using report::PluginState;
using test::holds;
using test::ProbeWorld;

namespace {

/// Times are what tests cannot know.
ProbeVerdict timeless(ProbeVerdict verdict) {
    for (diagnosis::StepLine& line : verdict.steps)
        line.time = {};
    verdict.facts.time = std::chrono::milliseconds(120);
    return verdict;
}

ProbeVerdict good() {
    ProbeWorld world;
    world.log_in();
    world.plan.senders = {"a@example.com"};
    return timeless(world.judge());
}

ProbeVerdict broken() {
    ProbeWorld world;
    world.log_in();
    world.plan.senders = {"a@example.com"};
    world.network.answers["AUTH"] =
        "535 5.7.139 Authentication unsuccessful, SmtpClientAuthentication is disabled for "
        "the Tenant. Visit https://aka.ms/smtp_auth_disabled for more information.";
    return timeless(world.judge());
}

const std::string evil = "\x1b]0;x\x07|\"<&\\'\r\n\xC2\x9B\xE2\x80\xAE\xEF\xBF\xBF\xFF\x01\x7F`$(x)\t end";

/// Words of strangers wherever they may stand.
ProbeVerdict hostile() {
    ProbeVerdict verdict = broken();
    verdict.facts.host = evil;
    verdict.facts.login = evil;
    verdict.facts.outcome.greeting.text = evil;
    verdict.facts.outcome.tls.version = evil;
    verdict.facts.outcome.tls.cipher = evil;
    verdict.facts.outcome.tls.chain = {{evil, evil, {evil}, 1, 2'000'000'000, evil}};
    verdict.facts.outcome.before_tls.lines = {evil};
    for (diagnosis::StepLine& line : verdict.steps) {
        line.evidence = evil;
        line.address = evil;
    }
    for (diagnosis::Finding& finding : verdict.findings) {
        finding.title = evil;
        finding.cause = evil;
        finding.evidence = evil;
        finding.steps = {evil};
    }
    return verdict;
}

bool is_control(char c) {
    return (static_cast<unsigned char>(c) < 0x20 && c != '\n') || c == '\x7F';
}

/// Nothing that a terminal obeys: C0 but for tabs in texts of several lines, DEL, C1.
void check_harmless(const std::string& text) {
    CHECK(std::none_of(text.begin(), text.end(), [](char c) { return c != '\t' && is_control(c); }));
    CHECK(encoding::is_utf8(text));
    for (std::size_t at = text.find('\xC2'); at != std::string::npos; at = text.find('\xC2', at + 1))
        CHECK(static_cast<unsigned char>(text[at + 1]) >= 0xA0);
    CHECK(!holds(text, "\xE2\x80\xAE")); // U+202E
}

std::vector<std::string> lines_of(const std::string& text) {
    std::vector<std::string> lines(1);
    for (const char c : text) {
        if (c == '\n')
            lines.emplace_back();
        else
            lines.back() += c;
    }
    return lines;
}

std::vector<std::string> keys_of(const nlohmann::ordered_json& object) {
    std::vector<std::string> keys;
    for (const auto& item : object.items())
        keys.push_back(item.key());
    return keys;
}

} // namespace

TEST_CASE("a good road as text", "[report][probe]") {
    CHECK(report::probe_text(good(), {.unicode = true, .width = 80}) ==
          R"(Good: everything that was tried at mx.example.net:587 works

  ok       resolve              192.0.2.25
  ok       connect              192.0.2.25:587
  ok       banner               220 mx.example.net ESMTP
  ok       ehlo                 PIPELINING, STARTTLS
  ok       starttls             220 go
  ok       tls                  TLSv1.3 SOME-CIPHER; offers 1.2, 1.3; does not
                                offer 1.0, 1.1
  ok       certificate          until 2096-10-02 (25462 days), for
                                mx.example.net, by Some Authority
  ok       ehlo-tls             PIPELINING, AUTH PLAIN LOGIN XOAUTH2
  ok       auth                 PLAIN as a@example.com: 235 2.7.0 Authentication
                                successful
  ok       mail                 <a@example.com>: 250 2.0.0 Ok
  -        rcpt                 no --to was given
  -        send-as              not asked for (--send-as-test)

  Walked in 120 ms; no message was sent.
)");
}

TEST_CASE("a broken road as text", "[report][probe]") {
    const std::string text = report::probe_text(broken(), {.unicode = true, .width = 80});
    const std::vector<std::string> lines = lines_of(text);
    REQUIRE(lines.size() > 20);
    CHECK(holds(lines[0], "SMTP"));
    CHECK(holds(text, "  PROBLEM  auth                 PLAIN as a@example.com: 535 5.7.139\n"));
    CHECK(holds(text, "  -        mail                 not reached\n"));
    CHECK(holds(text, "\n  Walked in 120 ms; no message was sent.\n"));
}

TEST_CASE("a narrow terminal, and one without Unicode", "[report][probe]") {
    const std::string text = report::probe_text(broken(), {.unicode = false, .width = 60});
    CHECK(std::all_of(text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) < 0x80; }));
    CHECK(holds(text, "  ok       banner\n           220 mx.example.net ESMTP\n"));
    // Below, commands and addresses stay whole.
    for (const std::string& line :
         lines_of(text.substr(text.find("\n"), text.find("Walked") - text.find("\n"))))
        CHECK(line.size() <= 60);
}

TEST_CASE("the JSON document has the keys that docs/json.md promises", "[report][probe]") {
    ProbeVerdict verdict = broken();
    verdict.expectations = {{"auth=ok", Met::no, "535"}};
    const smtp::Transcript transcript([] { return std::chrono::microseconds{0}; });
    const std::string document = report::probe_json(verdict, &transcript);
    const auto in_order = nlohmann::ordered_json::parse(document);
    const auto json = nlohmann::json::parse(document);
    CHECK(keys_of(in_order) ==
          std::vector<std::string>{"schema",      "at",       "target",       "outcome",
                                   "ms",          "steps",    "resolution",   "addresses",
                                   "other_ports", "greeting", "capabilities", "tls",
                                   "certificate", "auth",     "senders",      "recipients",
                                   "exposure",    "findings", "expectations", "transcript"});
    CHECK(keys_of(in_order["steps"][0]) ==
          std::vector<std::string>{"step", "outcome", "ms", "evidence", "address", "finding"});
    CHECK(json["at"] == "2027-01-15T08:00:00Z");
    CHECK(json["outcome"] == "problem");
    CHECK(json["auth"]["reply"]["code"] == 535);
    CHECK(json["auth"]["mechanism"] == "PLAIN");
    CHECK(json["tls"]["version"] == "TLSv1.3");
    CHECK(json["tls"]["versions"][0]["offered"] == "no");
    CHECK(json["certificate"]["subject"] == "CN = mx.example.net");
    CHECK(json["certificate"]["fault"].is_null());
    CHECK(json["capabilities"]["plain"][1] == "STARTTLS");
    CHECK(json["senders"].empty()); // it did not come to them
    CHECK(json["expectations"][0]["outcome"] == "not-met");
    CHECK(json["findings"][0]["category"] == "smtp-auth-disabled");
    const auto without = nlohmann::json::parse(report::probe_json(good(), nullptr));
    CHECK(!without.contains("expectations"));
    CHECK(!without.contains("transcript"));
}

TEST_CASE("a plugin's line", "[report][probe]") {
    SECTION("good") {
        const std::string line = report::probe_nagios(good());
        CHECK(line == "SMTP OK - mx.example.net:587: everything that was tried works|time=0.120000s;;;0 "
                      "certificate_days=25462;;;\n");
        CHECK(report::plugin_state(good()) == PluginState::ok);
    }
    SECTION("a warning") {
        ProbeVerdict verdict = good();
        verdict.findings.emplace_back();
        verdict.findings.back().severity = diagnosis::Severity::warning;
        verdict.findings.back().title = "It ends in 13 days";
        CHECK(report::probe_nagios(verdict).starts_with(
            "SMTP WARNING - mx.example.net:587: It ends in 13 days|"));
        CHECK(report::plugin_state(verdict) == PluginState::warning);
    }
    SECTION("broken") {
        const std::string line = report::probe_nagios(broken());
        CHECK(line.starts_with("SMTP CRITICAL - mx.example.net:587: "));
        CHECK(holds(line, "(auth: PLAIN as a@example.com: 535 5.7.139"));
        CHECK(report::plugin_state(broken()) == PluginState::critical);
    }
    SECTION("not known") {
        ProbeVerdict verdict = good();
        verdict.verdict = verdict.steps[8].verdict = StepVerdict::unknown;
        CHECK(report::probe_nagios(verdict).starts_with("SMTP UNKNOWN - "));
        CHECK(report::nagios_error({"--mx", "a|b\nc"}) == "SMTP UNKNOWN - --mx: a/b\\nc\n");
    }
    SECTION("expectations decide alone") {
        ProbeVerdict verdict = broken();
        verdict.expectations = {{"auth=smtp-auth-disabled", Met::yes, "535"}};
        CHECK(report::probe_nagios(verdict).starts_with(
            "SMTP OK - mx.example.net:587: ok: 1 of 1 expectation met|"));
        verdict.expectations.push_back({"tls=1.2", Met::unknown, "?"});
        CHECK(report::plugin_state(verdict) == PluginState::unknown);
        verdict.expectations.push_back({"tls=1.2", Met::no, "TLSv1.3"});
        CHECK(report::plugin_state(verdict) == PluginState::critical);
    }
    SECTION("hostile words") {
        const std::string line = report::probe_nagios(hostile());
        CHECK(std::count(line.begin(), line.end(), '|') == 1);
        CHECK(std::count(line.begin(), line.end(), '\n') == 1);
        check_harmless(line);
    }
}

TEST_CASE("metrics for Prometheus", "[report][probe]") {
    const std::string text = report::probe_prometheus(broken());
    CHECK(text.starts_with("# HELP relaytool_probe_success "));
    CHECK(holds(
        text,
        "\n# TYPE relaytool_probe_success gauge\nrelaytool_probe_success{target=\"mx.example.net:587\"} 0\n"));
    CHECK(holds(text, "\nrelaytool_probe_step_success{target=\"mx.example.net:587\",step=\"auth\"} 0\n"));
    CHECK(holds(text, "\nrelaytool_probe_step_success{target=\"mx.example.net:587\",step=\"tls\"} 1\n"));
    CHECK(!holds(text, "step=\"mail\"")); // not known
    CHECK(holds(
        text,
        "\nrelaytool_probe_certificate_not_after_timestamp_seconds{target=\"mx.example.net:587\"} 4000000000\n"));
    CHECK(holds(text,
                "\nrelaytool_probe_tls_version_info{target=\"mx.example.net:587\",version=\"TLSv1.3\"} 1\n"));
    CHECK(holds(
        text,
        "relaytool_probe_finding{target=\"mx.example.net:587\",id=\"smtp-auth-disabled-tenant\",severity=\"error\"} 1\n"));
    SECTION("no two samples with the same labels, whoever is named twice: the worse one counts") {
        ProbeVerdict verdict = good();
        verdict.steps.push_back(verdict.steps[9]);
        verdict.steps.back().verdict = StepVerdict::problem;
        std::vector<std::string> lines = lines_of(report::probe_prometheus(verdict));
        CHECK(std::count(lines.begin(), lines.end(),
                         "relaytool_probe_step_success{target=\"mx.example.net:587\",step=\"mail\",address="
                         "\"a@example.com\"} 0") == 1);
        for (std::string& line : lines)
            line.erase(std::min(line.rfind(' '), line.size()));
        lines.erase(
            std::remove_if(lines.begin(), lines.end(), [](const std::string& line) { return line.empty(); }),
            lines.end());
        std::sort(lines.begin(), lines.end());
        CHECK(std::adjacent_find(lines.begin(), lines.end()) == lines.end());
    }
    SECTION("expectations") {
        ProbeVerdict verdict = broken();
        verdict.expectations = {{"to:\"x\\y\"@a=ok", Met::yes, ""}, {"b", Met::unknown, ""}};
        const std::string expected = report::probe_prometheus(verdict);
        CHECK(holds(expected, "term=\"to:\\\"x\\\\y\\\"@a=ok\"} 1\n"));
        CHECK(!holds(expected, "term=\"b\""));
    }
    SECTION("hostile words") {
        const std::string evil_text = report::probe_prometheus(hostile());
        check_harmless(evil_text);
        for (const std::string& line : lines_of(evil_text)) {
            CAPTURE(line);
            CHECK((line.empty() || line.starts_with("# ") || line.starts_with("relaytool_probe_")));
        }
    }
}

TEST_CASE("test cases for CI", "[report][probe]") {
    const std::string text = report::probe_junit(broken());
    CHECK(text.starts_with(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites>\n"
        "  <testsuite name=\"relaytool probe mx.example.net:587\" tests=\"12\" failures=\"1\" "
        "errors=\"0\" skipped=\"3\" time=\"0.120000\" timestamp=\"2027-01-15T08:00:00\">\n"));
    CHECK(holds(text, "name=\"auth\" time=\"0.000000\">\n      <failure message=\""));
    CHECK(holds(text, "type=\"smtp-auth-disabled\">PLAIN as a@example.com: 535 5.7.139 "));
    CHECK(holds(text, "<skipped message=\"not reached\"/>"));
    SECTION("or one for each expectation") {
        ProbeVerdict verdict = broken();
        verdict.expectations = {
            {"tls>=1.2", Met::yes, "TLSv1.3"}, {"auth=ok", Met::no, "535"}, {"x", Met::unknown, "?"}};
        const std::string expected = report::probe_junit(verdict);
        CHECK(holds(expected, "tests=\"3\" failures=\"1\" errors=\"1\" skipped=\"0\""));
        CHECK(holds(expected, "name=\"tls&gt;=1.2\" time=\"0.000000\"/>"));
        CHECK(holds(expected, "name=\"auth=ok\" time=\"0.000000\">\n      <failure message=\"535\"/>"));
    }
    SECTION("hostile words") {
        const std::string evil_text = report::probe_junit(hostile());
        check_harmless(evil_text);
        CHECK(!holds(evil_text, "\xEF\xBF\xBF"));
        CHECK(!holds(evil_text, "\"<&"));
        CHECK(holds(evil_text, "&quot;&lt;&amp;"));
    }
}

TEST_CASE("words of strangers reach no terminal as they are", "[report][probe]") {
    const ProbeVerdict verdict = hostile();
    for (const bool unicode : {true, false}) {
        check_harmless(report::probe_text(verdict, {.unicode = unicode, .width = 80}));
        check_harmless(report::probe_text(verdict, {.unicode = unicode, .width = 40}));
        ProbeVerdict expected = verdict;
        expected.expectations = {{evil, Met::no, evil}, {evil, Met::unknown, evil}};
        const std::string line = report::expectations_text(expected, {.unicode = unicode});
        check_harmless(line);
        CHECK(std::count(line.begin(), line.end(), '\n') == 1);
    }
    const std::string json = report::probe_json(verdict, nullptr);
    CHECK(std::none_of(json.begin(), json.end(), is_control));
    CHECK(encoding::is_utf8(json));
    CHECK(nlohmann::json::accept(json));
}

TEST_CASE("expectations on one line", "[report][probe]") {
    ProbeVerdict verdict;
    verdict.expectations = {
        {"a=ok", Met::yes, "x"}, {"b=ok", Met::unknown, "who knows"}, {"c=ok", Met::no, "535 no"}};
    CHECK(report::expectations_text(verdict, {}) == "NOT MET: c=ok: 535 no\n");
    verdict.expectations.pop_back();
    CHECK(report::expectations_text(verdict, {}) == "CANNOT TELL: b=ok: who knows\n");
    verdict.expectations.pop_back();
    CHECK(report::expectations_text(verdict, {}) == "ok: 1 of 1 expectation met\n");
    verdict.expectations = {{"c=ok", Met::no, std::string(5000, 'x')}};
    CHECK(report::expectations_text(verdict, {}).size() < 450);
}
