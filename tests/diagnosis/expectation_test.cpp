#include "diagnosis/expectation.hpp"
#include "support/catch.hpp"
#include "support/probe_world.hpp"

#include <functional>
#include <string>
#include <vector>

using namespace relaytool;
using diagnosis::ExpectationLine;
using diagnosis::judge_expectations;
using diagnosis::Met;
using diagnosis::ProbeVerdict;
using diagnosis::read_expectations;
using smtp::Break;
using smtp::TlsVersion;
using test::ProbeWorld;

namespace {

std::string why_not(std::string_view text) {
    const auto read = read_expectations(text);
    return read ? "" : read.error().what + ": " + read.error().why;
}

/// The term about that server.
ExpectationLine judged(const std::string& term, const ProbeVerdict& verdict) {
    CAPTURE(term);
    const auto read = read_expectations(term);
    REQUIRE(read.has_value());
    return judge_expectations(*read, verdict).at(0);
}

struct Row {
    const char* term;
    Met met;
};

void check(const ProbeVerdict& verdict, const std::vector<Row>& rows) {
    for (const Row& row : rows) {
        const ExpectationLine line = judged(row.term, verdict);
        CAPTURE(row.term, line.detail);
        CHECK(to_string(line.met) == to_string(row.met));
        CHECK(line.term == row.term);
        CHECK(!line.detail.empty());
    }
}

/// A server that works, with a login, two senders (the second refused) and a recipient.
ProbeVerdict good() {
    ProbeWorld world;
    world.log_in();
    world.plan.senders = {"a@example.com", "x=1@example.com"};
    world.plan.recipients = {"b@example.net"};
    world.network.answers["MAIL FROM:<x=1@example.com>"] = "553 5.7.1 not owned by user";
    world.network.untestable = {TlsVersion::v1_1};
    world.network.chain.front().not_after = world.now + 20 * 86'400 + 100;
    return world.judge();
}

} // namespace

TEST_CASE("expectations are terms between commas", "[diagnosis][expectation]") {
    const auto read = read_expectations("auth=ok, tls>=1.2 ,certificate>=14d,from:<>!=refused");
    REQUIRE(read.has_value());
    REQUIRE(read->size() == 4);
    CHECK((*read)[1].term == "tls>=1.2");
    CHECK((*read)[1].relation == diagnosis::Relation::at_least);
    CHECK((*read)[2].number == 14);
    CHECK((*read)[3].address == "");
    CHECK((*read)[3].relation == diagnosis::Relation::is_not);
}

TEST_CASE("what is no expectation is named, with what may stand there", "[diagnosis][expectation]") {
    for (const char* text : {"",
                             ",",
                             "auth",
                             "auth=",
                             "=ok",
                             "auth=ok,",
                             "lunch=ok",
                             "auth>=ok",
                             "auth=maybe",
                             "tls>1.2",
                             "tls=1.4",
                             "tls-offers>=1.2",
                             "certificate=14d",
                             "certificate>=-1d",
                             "certificate>=99999999999999999999d",
                             "from:=ok",
                             "from:a@b=5",
                             "time=5s",
                             "time<=5x",
                             "time<=2d",
                             "auth<=",
                             "finding>=x",
                             "to:a@b>=ok",
                             "!=ok"}) {
        CAPTURE(text);
        const std::string why = why_not(text);
        CHECK(why.starts_with("--expect: '"));
    }
    CHECK(test::holds(why_not("auth=ok,lunch=ok"), "'lunch=ok': there are resolve, connect, banner, ehlo,"));
    CHECK(test::holds(why_not("auth=maybe"), "smtp-auth-disabled"));
}

TEST_CASE("expectations of a server that works", "[diagnosis][expectation]") {
    check(good(), {{"auth=ok", Met::yes},
                   {"auth!=ok", Met::no},
                   {"auth=problem", Met::no},
                   {"auth=auth-failed", Met::no},
                   {"auth!=auth-failed", Met::yes},
                   {"send-as=skipped", Met::yes},
                   {"send-as=ok", Met::no}, // a sender is a problem before it
                   {"mail=ok", Met::no},
                   {"mail=problem", Met::yes},
                   {"from:a@example.com=ok", Met::yes},
                   {"from:A@EXAMPLE.com=ok", Met::yes},
                   {"from:x=1@example.com=refused", Met::yes},
                   {"from:x=1@example.com!=ok", Met::yes},
                   {"to:b@example.net=ok", Met::yes},
                   {"to:b@example.net=refused", Met::no},
                   {"tls=ok", Met::yes},
                   {"tls=1.3", Met::yes},
                   {"tls>=1.2", Met::yes},
                   {"tls<=1.2", Met::no},
                   {"tls!=1.3", Met::no},
                   {"tls-offers=1.2", Met::yes},
                   {"tls-offers!=1.0", Met::yes},
                   {"tls-offers=1.0", Met::no},
                   {"tls-offers!=1.1", Met::unknown},
                   {"certificate>=14d", Met::yes},
                   {"certificate>=20d", Met::yes},
                   {"certificate>=21d", Met::no},
                   {"certificate=ok", Met::yes},
                   {"time<=10s", Met::yes},
                   {"time<=1ms", Met::no},
                   {"auth<=10s", Met::yes},
                   {"auth>=10s", Met::no},
                   {"finding!=warning", Met::yes},
                   {"finding!=error", Met::no},
                   {"finding=probe-open-relay", Met::no},
                   {"relaying=skipped", Met::yes}});
}

TEST_CASE("what was not reached is not met, and a refusal may be what was expected",
          "[diagnosis][expectation]") {
    ProbeWorld world;
    world.log_in();
    world.plan.senders = {"a@example.com"};
    world.network.answers["AUTH"] =
        "535 5.7.139 Authentication unsuccessful, SmtpClientAuthentication is disabled for "
        "the Tenant. Visit https://aka.ms/smtp_auth_disabled for more information.";
    check(world.judge(), {{"auth=smtp-auth-disabled", Met::yes},
                          {"auth!=smtp-auth-disabled", Met::no},
                          {"auth=auth-failed", Met::no},
                          {"auth=problem", Met::yes},
                          {"auth=ok", Met::no},
                          {"from:a@example.com=ok", Met::no},
                          {"from:a@example.com=refused", Met::no},
                          {"from:a@example.com!=ok", Met::unknown},
                          {"mail<=5s", Met::no},
                          {"mail=skipped", Met::yes},
                          {"certificate>=14d", Met::yes}});
    const ExpectationLine line = judged("from:a@example.com=ok", world.judge());
    CHECK(test::holds(line.detail, "not reached; auth: "));
    CHECK(test::holds(line.detail, "535 5.7.139"));
}

TEST_CASE("what was not asked for cannot be told", "[diagnosis][expectation]") {
    ProbeWorld world;
    SECTION("no login") {
        check(world.judge(),
              {{"auth=ok", Met::unknown}, {"auth=problem", Met::unknown}, {"relaying=ok", Met::unknown}});
    }
    SECTION("in clear") {
        world.plan.target.tls.mode = smtp::TlsMode::off;
        check(world.judge(), {{"tls>=1.2", Met::no},
                              {"tls-offers!=1.0", Met::unknown},
                              {"certificate>=1d", Met::no},
                              {"starttls=skipped", Met::yes}});
    }
    SECTION("the DNS does not answer") {
        world.plan.target.host = "slow.example.net";
        world.dns.breaks("slow.example.net", dns::Type::a, dns::Status::timeout);
        world.dns.breaks("slow.example.net", dns::Type::aaaa, dns::Status::timeout);
        world.network.broken = {Break::host_unknown, "no such host"};
        check(world.judge(), {{"tls>=1.2", Met::unknown},
                              {"auth=ok", Met::unknown},
                              {"resolve=ok", Met::unknown},
                              {"resolve=unknown", Met::yes},
                              {"certificate>=1d", Met::unknown},
                              {"finding!=probe-open-relay", Met::unknown}});
    }
}

TEST_CASE("a certificate that has expired has no days left", "[diagnosis][expectation]") {
    ProbeWorld world;
    world.network.chain.front().not_after = world.now - 10;
    const ExpectationLine line = judged("certificate>=0d", world.judge());
    CHECK(line.met == Met::no);
    CHECK(line.detail == "the certificate has expired");
}

TEST_CASE("one that is not met counts for more than one that is not known", "[diagnosis][expectation]") {
    CHECK(diagnosis::sum_of({{"a", Met::yes, ""}, {"b", Met::unknown, ""}, {"c", Met::no, ""}}) == Met::no);
    CHECK(diagnosis::sum_of({{"a", Met::yes, ""}, {"b", Met::unknown, ""}}) == Met::unknown);
    CHECK(diagnosis::sum_of({{"a", Met::yes, ""}}) == Met::yes);
}
