#include "diagnosis/paths_verdict.hpp"
#include "report/paths.hpp"
#include "support/catch.hpp"

#include <nlohmann/json.hpp>

#include <string>
#include <utility>

using namespace relaytool;
using diagnosis::Path;
using diagnosis::ProbeStep;
using diagnosis::ProbeVerdict;
using diagnosis::StepVerdict;

namespace {

const std::string inside = "accounts@shortstraw.be";
const std::string outside = "you@example.com";

/// A walk that got an answer, with one line that matters.
ProbeVerdict walk(ProbeStep step, StepVerdict verdict, const std::string& address = {}) {
    ProbeVerdict result;
    result.facts.host = "mx.example.net";
    result.facts.port = 25;
    result.facts.login = "oliver@shortstraw.be";
    result.facts.outcome.greeting.code = 220;
    result.steps.push_back({step, verdict, {}, "the server's words", "some-finding", address});
    result.verdict = verdict;
    if (verdict == StepVerdict::problem) {
        result.findings.emplace_back();
        result.findings.back().id = "some-finding";
        result.findings.back().title = "It does not work";
    }
    return result;
}

/// An MX that takes the one, and the other, or not.
ProbeVerdict exchanger(StepVerdict to_inside, StepVerdict to_outside) {
    ProbeVerdict result = walk(ProbeStep::rcpt, to_inside, inside);
    result.steps.push_back({ProbeStep::rcpt, to_outside, {}, "550 5.7.64 ATTR36", "attr36", outside});
    return result;
}

diagnosis::PathsVerdict judge(ProbeVerdict submission, std::optional<ProbeVerdict> mx) {
    diagnosis::PathWalks walks;
    walks.submission = std::move(submission);
    walks.exchanger = std::move(mx);
    walks.no_exchanger = walks.exchanger ? "" : "shortstraw.be: has no mail server";
    walks.inside = inside;
    walks.outside = outside;
    return diagnosis::judge_paths(std::move(walks));
}

StepVerdict verdict_of(const diagnosis::PathsVerdict& verdict, Path path) {
    return verdict.lines[static_cast<std::size_t>(path)].verdict;
}

} // namespace

TEST_CASE("the way that works and reaches everybody is recommended", "[diagnosis][probe]") {
    const auto ok = StepVerdict::ok;
    const auto problem = StepVerdict::problem;
    SECTION("a login that works, whatever else does") {
        const auto verdict = judge(walk(ProbeStep::auth, ok), exchanger(ok, ok));
        CHECK(verdict.recommended == Path::submission);
        CHECK(verdict.findings.empty());
    }
    SECTION("a connector, where the login does not work") {
        const auto verdict = judge(walk(ProbeStep::auth, problem), exchanger(ok, ok));
        CHECK(verdict.recommended == Path::connector);
        CHECK(verdict.findings.empty());
    }
    SECTION("the login all the same, where the tenant takes mail for its own people only") {
        const auto verdict = judge(walk(ProbeStep::auth, problem), exchanger(ok, problem));
        CHECK(verdict.recommended == Path::submission);
        REQUIRE(verdict.findings.size() == 1);
        CHECK(verdict.findings.front().id == "some-finding");
        CHECK(verdict_of(verdict, Path::direct_send) == ok);
        CHECK(verdict_of(verdict, Path::connector) == problem);
    }
}

TEST_CASE("direct send is enough where nobody outside gets mail", "[diagnosis][probe]") {
    diagnosis::PathWalks walks;
    walks.submission = walk(ProbeStep::auth, StepVerdict::problem);
    walks.exchanger = walk(ProbeStep::rcpt, StepVerdict::ok, inside);
    walks.inside = inside;
    const auto verdict = diagnosis::judge_paths(std::move(walks));
    CHECK(verdict.recommended == Path::direct_send);
    CHECK(verdict_of(verdict, Path::connector) == StepVerdict::unknown);
}

TEST_CASE("what was not tried is not known", "[diagnosis][probe]") {
    SECTION("no login was given") {
        ProbeVerdict submission = walk(ProbeStep::auth, StepVerdict::skipped);
        submission.facts.login.clear();
        const auto verdict = judge(std::move(submission), std::nullopt);
        CHECK(verdict.recommended == Path::submission);
        for (const Path path : {Path::submission, Path::direct_send, Path::connector})
            CHECK(verdict_of(verdict, path) == StepVerdict::unknown);
    }
    SECTION("nobody answers anywhere") {
        ProbeVerdict submission = walk(ProbeStep::connect, StepVerdict::problem);
        submission.facts.outcome.greeting.code = 0;
        CHECK_FALSE(judge(std::move(submission), std::nullopt).recommended);
    }
}

TEST_CASE("a comparison of ways, for people and for programs", "[report][probe]") {
    auto verdict =
        judge(walk(ProbeStep::auth, StepVerdict::problem), exchanger(StepVerdict::ok, StepVerdict::problem));
    verdict.lines[0].evidence = "535 \x1b[31m\xE2\x80\xAE evil";
    const std::string text = report::paths_text(verdict, {.unicode = true, .width = 60});
    CHECK(text.starts_with("Take client-submission: it is the one that reaches everybody"));
    CHECK(text.find('\x1b') == std::string::npos);
    CHECK(text.find("\xE2\x80\xAE") == std::string::npos);
    CHECK(text.find("It does not work") != std::string::npos);
    const auto json = nlohmann::json::parse(report::paths_json(verdict));
    CHECK(json["schema"] == "relaytool/probe-paths/1");
    CHECK(json["recommended"] == "client-submission");
    CHECK(json["paths"][2]["path"] == "connector");
    CHECK(json["paths"][2]["outcome"] == "problem");
    CHECK(json["submission"]["schema"] == "relaytool/probe/1");
}
