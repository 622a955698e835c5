#include "diagnosis/probe_verdict.hpp"
#include "smtp/reply.hpp"
#include "support/catch.hpp"

#include <algorithm>
#include <string>

using namespace relaytool;
using namespace relaytool::diagnosis;

namespace {

smtp::Reply reply(int code, std::string text) {
    smtp::Reply made = smtp::read_reply(text);
    CHECK(made.code == code);
    return made;
}

/// Of a walk that went through, in clear.
probe::Facts facts() {
    probe::Facts made;
    made.host = "mail.example.com";
    made.port = 587;
    made.mode = smtp::TlsMode::off;
    made.outcome.fate = smtp::Fate::stopped;
    made.outcome.greeting = reply(220, "220 mail.example.com ESMTP");
    return made;
}

StepLine line_of(const ProbeVerdict& verdict, ProbeStep step) {
    const auto found = std::find_if(verdict.steps.begin(), verdict.steps.end(),
                                    [&](const StepLine& line) { return line.step == step; });
    REQUIRE(found != verdict.steps.end());
    return *found;
}

} // namespace

TEST_CASE("a connection that ends among the senders has its finding", "[diagnosis][probe]") {
    probe::Facts made = facts();
    made.senders = {{"a@example.com", reply(250, "250 2.1.0 ok"), {}, {}}, {"b@example.com", {}, {}, {}}};
    made.recipients = {{"c@example.com", {}, {}}};
    made.envelope_broken = smtp::Broken{smtp::Break::closed, "the connection was closed"};
    const ProbeVerdict verdict = judge_probe(made, 0);
    CHECK(verdict.verdict == StepVerdict::unknown);
    CHECK(std::count_if(verdict.steps.begin(), verdict.steps.end(),
                        [](const StepLine& line) { return line.verdict == StepVerdict::unknown; }) == 1);
    CHECK(line_of(verdict, ProbeStep::rcpt).verdict == StepVerdict::skipped);
    REQUIRE(verdict.findings.size() == 1);
    CHECK(verdict.findings.front().id == "connection-dropped");
}

TEST_CASE("a refusal inside TLS is not one of the first EHLO", "[diagnosis][probe]") {
    probe::Facts made = facts();
    made.mode = smtp::TlsMode::starttls;
    made.outcome.fate = smtp::Fate::refused;
    made.outcome.stage = smtp::Stage::helo;
    made.outcome.before_tls.starttls = true;
    made.outcome.reply = reply(421, "421 4.7.66 TLS 1.0 and 1.1 are not supported.");
    smtp::Exchange asked;
    asked.command = "EHLO";
    asked.wire = smtp::Wire::tls;
    asked.reply = made.outcome.reply;
    made.exchanges = {asked};
    const ProbeVerdict verdict = judge_probe(made, 0);
    CHECK(line_of(verdict, ProbeStep::hello).verdict == StepVerdict::ok);
    const StepLine line = line_of(verdict, ProbeStep::secure_hello);
    CHECK(line.verdict == StepVerdict::problem);
    CHECK(line.evidence == made.outcome.reply.text);
}
