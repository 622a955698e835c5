#include "diagnosis/catalogue.hpp"
#include "diagnosis/probe_verdict.hpp"
#include "support/catch.hpp"
#include "support/probe_world.hpp"

#include <algorithm>
#include <functional>
#include <set>
#include <string>

using namespace relaytool;
using diagnosis::ProbeStep;
using diagnosis::ProbeVerdict;
using diagnosis::StepVerdict;
using smtp::Break;
using smtp::TlsVersion;
using test::line_of;
using test::ProbeWorld;

namespace {

bool has_finding(const ProbeVerdict& verdict, std::string_view id) {
    return std::any_of(verdict.findings.begin(), verdict.findings.end(),
                       [&](const diagnosis::Finding& finding) { return finding.id == id; });
}

/// One way in which a road breaks, or is odd.
struct Row {
    const char* name;
    std::function<void(ProbeWorld&)> set_up;
    ProbeStep step;
    StepVerdict verdict;
    const char* finding; ///< "" for any, or none
};

void be(ProbeWorld& world, const std::string& host) {
    world.plan.target.host = host;
    world.dns.address(host, "192.0.2.25");
    world.network.greeting = "220 " + host + " ESMTP";
}

const std::vector<Row>& breaks() {
    static const std::vector<Row> rows{
        {"no such name",
         [](ProbeWorld& w) {
             w.plan.target.host = "nowhere.example.net";
             w.network.broken = {Break::host_unknown, "no such host"};
         },
         ProbeStep::resolve, StepVerdict::problem, ""},
        {"the DNS does not answer",
         [](ProbeWorld& w) {
             w.plan.target.host = "slow.example.net";
             w.dns.breaks("slow.example.net", dns::Type::a, dns::Status::timeout);
             w.dns.breaks("slow.example.net", dns::Type::aaaa, dns::Status::timeout);
             w.network.broken = {Break::host_unknown, "no such host"};
         },
         ProbeStep::resolve, StepVerdict::unknown, ""},
        {"nobody listens, at any port",
         [](ProbeWorld& w) {
             w.network.broken = {Break::refused, "refused"};
         },
         ProbeStep::connect, StepVerdict::problem, ""},
        {"another port answers",
         [](ProbeWorld& w) {
             w.network.broken_ports[587] = {Break::refused, "refused"};
         },
         ProbeStep::connect, StepVerdict::problem, "probe-other-port"},
        {"port 25 is filtered",
         [](ProbeWorld& w) {
             w.plan.target.port = 25;
             w.network.broken_ports[25] = {Break::timed_out, "silence"};
         },
         ProbeStep::connect, StepVerdict::problem, "probe-port-25-blocked"},
        {"turned away at once", [](ProbeWorld& w) { w.network.greeting = "554 5.7.1 go away"; },
         ProbeStep::banner, StepVerdict::problem, ""},
        {"no greeting comes", [](ProbeWorld& w) { w.network.greeting = ""; }, ProbeStep::banner,
         StepVerdict::problem, ""},
        {"no STARTTLS", [](ProbeWorld& w) { w.network.plain_hello = "250 mx.example.net"; },
         ProbeStep::starttls, StepVerdict::problem, ""},
        {"STARTTLS painted over",
         [](ProbeWorld& w) { w.network.plain_hello = "250-mx.example.net\r\n250 XXXXXXXA"; },
         ProbeStep::starttls, StepVerdict::problem, "probe-starttls-stripped"},
        {"no STARTTLS where it has to be",
         [](ProbeWorld& w) {
             be(w, "smtp.office365.com");
             w.network.plain_hello = "250 smtp.office365.com";
         },
         ProbeStep::starttls, StepVerdict::problem, "probe-starttls-stripped"},
        {"STARTTLS refused", [](ProbeWorld& w) { w.network.starttls = "454 4.7.0 not now"; },
         ProbeStep::starttls, StepVerdict::problem, ""},
        {"STARTTLS refused, and not demanded",
         [](ProbeWorld& w) {
             w.network.starttls = "454 TLS not available";
             w.plan.target.tls.mode = smtp::TlsMode::opportunistic;
         },
         ProbeStep::starttls, StepVerdict::problem, "tls-unavailable-for-now"},
        {"neither STARTTLS nor AUTH for a login",
         [](ProbeWorld& w) {
             w.log_in();
             w.network.plain_hello = "250 mx.example.net";
         },
         ProbeStep::starttls, StepVerdict::problem, "auth-not-offered"},
        {"no version in common", [](ProbeWorld& w) { w.network.versions.clear(); }, ProbeStep::tls,
         StepVerdict::problem, ""},
        {"old versions only",
         [](ProbeWorld& w) {
             w.network.versions = {TlsVersion::v1_0, TlsVersion::v1_1};
         },
         ProbeStep::tls, StepVerdict::problem, "probe-tls-only-old"},
        {"expired certificate",
         [](ProbeWorld& w) {
             w.network.certificate_fault = {Break::certificate_expired, "expired"};
         },
         ProbeStep::certificate, StepVerdict::problem, ""},
        {"certificate for another name",
         [](ProbeWorld& w) {
             w.network.certificate_fault = {Break::certificate_name, "wrong name"};
         },
         ProbeStep::certificate, StepVerdict::problem, ""},
        {"certificate of a firewall",
         [](ProbeWorld& w) {
             be(w, "smtp.office365.com");
             w.network.certificate_fault = {Break::certificate_untrusted, "self-signed"};
         },
         ProbeStep::certificate, StepVerdict::problem, "probe-certificate-swapped"},
        {"hung up inside TLS", [](ProbeWorld& w) { w.network.secure_hello = ""; }, ProbeStep::secure_hello,
         StepVerdict::problem, ""},
        {"the login is never over",
         [](ProbeWorld& w) {
             w.log_in();
             w.network.answers["AUTH"] = "334 more";
         },
         ProbeStep::auth, StepVerdict::problem, "send-not-smtp"},
        {"wrong password",
         [](ProbeWorld& w) {
             w.log_in();
             w.network.answers["AUTH"] = "535 5.7.8 Authentication credentials invalid";
         },
         ProbeStep::auth, StepVerdict::problem, ""},
        {"no login is offered",
         [](ProbeWorld& w) {
             w.log_in();
             w.network.secure_hello = "250 mx.example.net";
         },
         ProbeStep::auth, StepVerdict::problem, ""},
        {"sender refused",
         [](ProbeWorld& w) {
             w.plan.senders = {"a@example.com"};
             w.network.answers["MAIL"] = "553 5.7.1 not owned by user";
         },
         ProbeStep::mail, StepVerdict::problem, ""},
        {"recipient refused",
         [](ProbeWorld& w) {
             w.plan.senders = {"a@example.com"};
             w.plan.recipients = {"b@example.org"};
             w.network.answers["RCPT"] = "554 5.7.1 Relay access denied";
         },
         ProbeStep::rcpt, StepVerdict::problem, ""},
        {"lost among the senders",
         [](ProbeWorld& w) {
             w.plan.senders = {"a@example.com"};
             w.network.answers["MAIL"] = "close";
         },
         ProbeStep::mail, StepVerdict::unknown, "connection-dropped"},
        {"open relay", [](ProbeWorld& w) { w.plan.depth = probe::Depth::deep; }, ProbeStep::relaying,
         StepVerdict::problem, "probe-open-relay"},
        {"message smuggling",
         [](ProbeWorld& w) {
             w.plan.depth = probe::Depth::deep;
             w.plan.senders = {"a@example.com"};
             w.plan.recipients = {"b@example.net"};
             w.network.takes_bare_line_feeds = true;
         },
         ProbeStep::line_feeds, StepVerdict::problem, "probe-smuggling"},
    };
    return rows;
}

/// What works and is worth a word.
const std::vector<Row>& oddities() {
    static const std::vector<Row> rows{
        {"an address of a large operator",
         [](ProbeWorld& w) {
             w.plan.target.host = "40.101.1.1";
             w.network.greeting =
                 "220 AM0PR01CA0001.outlook.office365.com Microsoft ESMTP MAIL Service ready";
         },
         ProbeStep::resolve, StepVerdict::ok, "probe-address-literal"},
        {"one address of two is dead",
         [](ProbeWorld& w) {
             w.dns.address("mx.example.net", "192.0.2.26");
             w.network.broken_addresses["192.0.2.26"] = {Break::timed_out, "silence"};
         },
         ProbeStep::connect, StepVerdict::ok, "probe-some-addresses"},
        {"somebody else greets",
         [](ProbeWorld& w) {
             be(w, "smtp.office365.com");
             w.plan.target.tls.verification = smtp::Verification::none;
             w.network.greeting = "220 proxy.isp.example ESMTP";
         },
         ProbeStep::banner, StepVerdict::ok, "probe-other-operator"},
        {"AUTH in clear",
         [](ProbeWorld& w) {
             w.network.plain_hello = "250-mx.example.net\r\n250-AUTH PLAIN LOGIN\r\n250 STARTTLS";
         },
         ProbeStep::hello, StepVerdict::ok, "probe-auth-in-clear"},
        {"old versions beside new ones", [](ProbeWorld& w) { w.network.versions.insert(TlsVersion::v1_0); },
         ProbeStep::tls, StepVerdict::ok, "probe-tls-old-versions"},
        {"a bad certificate that nobody minds",
         [](ProbeWorld& w) {
             w.plan.target.tls.verification = smtp::Verification::none;
             w.network.certificate_fault = {Break::certificate_untrusted, "self-signed"};
         },
         ProbeStep::certificate, StepVerdict::skipped, "probe-certificate-unverified"},
        {"a bad certificate between servers",
         [](ProbeWorld& w) {
             w.plan.target.tls.mode = smtp::TlsMode::opportunistic;
             w.plan.target.tls.verification = smtp::Verification::none;
             w.network.certificate_fault = {Break::certificate_untrusted, "self-signed"};
         },
         ProbeStep::certificate, StepVerdict::skipped, "probe-certificate-unverified"},
        {"the certificate ends soon",
         [](ProbeWorld& w) { w.network.chain.front().not_after = w.now + 5 * 86'400; },
         ProbeStep::certificate, StepVerdict::ok, "probe-certificate-soon"},
        {"who may send as whom is not known yet",
         [](ProbeWorld& w) {
             be(w, "smtp.office365.com");
             w.log_in();
             w.plan.senders = {"other@example.com"};
         },
         ProbeStep::mail, StepVerdict::ok, "probe-send-as-late"},
        {"a password at Microsoft's",
         [](ProbeWorld& w) {
             be(w, "smtp.office365.com");
             w.log_in();
         },
         ProbeStep::auth, StepVerdict::ok, "probe-plan-basic-auth"},
        {"VRFY tells",
         [](ProbeWorld& w) {
             w.plan.depth = probe::Depth::deep;
             w.network.answers["VRFY"] = "550 5.1.1 unknown";
             w.network.answers["RCPT"] = "554 5.7.1 Relay access denied";
         },
         ProbeStep::exposure, StepVerdict::problem, "probe-vrfy"},
        {"EXPN tells",
         [](ProbeWorld& w) {
             w.plan.depth = probe::Depth::deep;
             w.network.answers["EXPN"] = "250 2.0.0 <root@example.net>";
         },
         ProbeStep::exposure, StepVerdict::problem, "probe-expn"},
        {"HELO only",
         [](ProbeWorld& w) {
             w.plan.target.tls.mode = smtp::TlsMode::off;
             w.network.answers["EHLO"] = "500 5.5.1 what?";
         },
         ProbeStep::hello, StepVerdict::ok, "probe-ehlo-refused"},
        {"HELO only, for a login",
         [](ProbeWorld& w) {
             w.log_in();
             w.plan.target.tls.mode = smtp::TlsMode::off;
             w.network.answers["EHLO"] = "500 5.5.1 what?";
         },
         ProbeStep::hello, StepVerdict::problem, "probe-ehlo-refused"},
        {"LF ends a command",
         [](ProbeWorld& w) {
             w.plan.depth = probe::Depth::deep;
             w.network.takes_bare_line_feeds = true;
         },
         ProbeStep::line_feeds, StepVerdict::ok, "probe-bare-line-feed"},
    };
    return rows;
}

ProbeVerdict judge(const Row& row) {
    ProbeWorld world;
    row.set_up(world);
    return world.judge();
}

} // namespace

TEST_CASE("a road without obstacles", "[diagnosis][probe]") {
    ProbeWorld world;
    world.log_in();
    world.plan.senders = {"a@example.com"};
    world.plan.recipients = {"b@example.net"};
    const ProbeVerdict verdict = world.judge();
    CHECK(verdict.verdict == StepVerdict::ok);
    CHECK(verdict.findings.empty());
    CHECK(verdict.at == world.now);
    for (const diagnosis::StepLine& line : verdict.steps) {
        CAPTURE(to_string(line.step), line.evidence);
        CHECK(line.verdict == (line.step == ProbeStep::send_as ? StepVerdict::skipped : StepVerdict::ok));
    }
}

TEST_CASE("each way to break has its step, its verdict and its finding", "[diagnosis][probe]") {
    for (const Row& row : breaks()) {
        CAPTURE(row.name);
        const ProbeVerdict verdict = judge(row);
        const diagnosis::StepLine& line = line_of(verdict, row.step);
        CAPTURE(line.evidence, line.finding);
        CHECK(to_string(line.verdict) == to_string(row.verdict));
        CHECK(verdict.verdict != StepVerdict::ok);
        if (row.finding[0] != '\0') CHECK(line.finding == row.finding);
        if (row.verdict == StepVerdict::problem) {
            REQUIRE(!verdict.findings.empty());
            CHECK(!line.finding.empty());
            CHECK(!line.evidence.empty());
            CHECK(verdict.findings.front().severity == diagnosis::Severity::error);
        }
        for (const diagnosis::StepLine& other : verdict.steps) {
            CAPTURE(to_string(other.step), other.evidence);
            if (other.step < row.step && row.step < ProbeStep::relaying)
                CHECK(other.verdict != StepVerdict::problem);
            // Behind a break of the road itself there is nothing.
            if (other.step > row.step && row.step <= ProbeStep::auth)
                CHECK(other.verdict == StepVerdict::skipped);
        }
    }
}

TEST_CASE("what works and is odd has its finding", "[diagnosis][probe]") {
    for (const Row& row : oddities()) {
        CAPTURE(row.name);
        const ProbeVerdict verdict = judge(row);
        const diagnosis::StepLine& line = line_of(verdict, row.step);
        CAPTURE(line.evidence, line.finding);
        CHECK(to_string(line.verdict) == to_string(row.verdict));
        CHECK(has_finding(verdict, row.finding));
    }
}

/// A name whose CNAME records go round.
ProbeVerdict judge_circle() {
    probe::Facts facts;
    facts.host = "round.example.net";
    facts.resolution.v4 = facts.resolution.v6 = dns::Status::failure;
    facts.resolution.detail = "CNAME records in a circle";
    facts.outcome.broken = smtp::Broken{Break::dns_failed, "could not resolve host"};
    return diagnosis::judge_probe(std::move(facts), 0);
}

TEST_CASE("a name that cannot be followed", "[diagnosis][probe]") {
    const ProbeVerdict circle = judge_circle();
    CHECK(circle.verdict == StepVerdict::problem);
    CHECK(line_of(circle, ProbeStep::resolve).evidence == "round.example.net: CNAME records in a circle");
    const ProbeVerdict none = diagnosis::judge_no_exchanger({}, "no MX", 0);
    CHECK(none.verdict == StepVerdict::unknown);
    CHECK(none.steps.size() == 12);
}

TEST_CASE("every row about probing is reached", "[diagnosis][probe]") {
    std::set<std::string> reached{judge_circle().findings.front().id,
                                  diagnosis::judge_no_exchanger({}, "no MX", 0).findings.front().id};
    for (const std::vector<Row>* rows : {&breaks(), &oddities()})
        for (const Row& row : *rows)
            for (const diagnosis::Finding& finding : judge(row).findings)
                reached.insert(finding.id);
    for (const diagnosis::Rule& rule : diagnosis::probing_rows()) {
        CAPTURE(rule.id);
        CHECK(reached.count(std::string(rule.id)) == 1);
    }
}

TEST_CASE("a test message tells who may send as whom", "[diagnosis][probe]") {
    ProbeWorld world;
    world.log_in();
    world.plan.senders = {"a@example.com", "other@example.com"};
    world.plan.test_message = [](const std::string& sender, mail::Transfer) -> Result<mail::Written> {
        mail::Written written;
        written.octets = "From: " + sender + "\r\n\r\nHi\r\n";
        return written;
    };
    SECTION("they may") {
        CHECK(world.judge().verdict == StepVerdict::ok);
    }
    SECTION("they may not") {
        world.network.answers["."] =
            "554 5.2.252 SendAsDenied; a@example.com not allowed to send as other@example.com";
        const ProbeVerdict verdict = world.judge();
        CHECK(line_of(verdict, ProbeStep::send_as).verdict == StepVerdict::problem);
        REQUIRE(!verdict.findings.empty());
        CHECK(verdict.findings.front().category == diagnosis::Category::send_as_denied);
    }
    SECTION("the connection is lost behind the message") {
        world.network.answers["."] = "close";
        CHECK(line_of(world.judge(), ProbeStep::send_as).verdict == StepVerdict::unknown);
    }
}
