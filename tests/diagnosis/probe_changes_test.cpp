#include "diagnosis/probe_changes.hpp"
#include "report/probe.hpp"
#include "support/catch.hpp"
#include "support/probe_world.hpp"

#include <string>

using namespace relaytool;
using diagnosis::changes_between;
using diagnosis::ProbeVerdict;
using test::ProbeWorld;

namespace {

ProbeVerdict look(const std::string& auth, std::int64_t days_left = 90) {
    ProbeWorld world;
    world.log_in();
    world.network.answers["AUTH"] = auth;
    world.network.chain.front().not_after = world.now + days_left * 86'400;
    return world.judge();
}

std::string text(const ProbeVerdict& before, const ProbeVerdict& after, bool unicode = true) {
    return report::changes_text(changes_between(before, after), 1'795'680'902, {.unicode = unicode});
}

const std::string good = "235 2.7.0 welcome";
const std::string wrong = "535 5.7.8 Authentication credentials invalid";

} // namespace

TEST_CASE("nothing changed, whatever the times are", "[diagnosis][probe]") {
    ProbeVerdict later = look(good);
    later.facts.time *= 7;
    later.steps.front().time *= 7;
    later.steps.front().evidence = "other words";
    CHECK(changes_between(look(good), later).empty());
    CHECK(text(look(good), later).empty());
}

TEST_CASE("a step that breaks, and works again", "[diagnosis][probe]") {
    CHECK(text(look(good), look(wrong)) ==
          "2026-11-26T08:15:02Z auth: ok → problem: The mail server does not accept this user name and "
          "password: PLAIN as a@example.com: " +
              wrong + "\n");
    CHECK(text(look(wrong), look(good), false) ==
          "2026-11-26T08:15:02Z auth: problem -> ok: PLAIN as a@example.com: " + good + "\n");
}

TEST_CASE("a step that breaks for another reason", "[diagnosis][probe]") {
    const ProbeVerdict other = look("454 4.7.0 Temporary authentication failure");
    CHECK(test::holds(text(look(wrong), other), "auth: problem → problem: "));
}

TEST_CASE("findings that come and go without a step", "[diagnosis][probe]") {
    CHECK(test::holds(text(look(good), look(good, 13)),
                      "2026-11-26T08:15:02Z warning: The certificate of mx.example.net ends in 13 days"));
    CHECK(test::holds(text(look(good, 13), look(good)), "2026-11-26T08:15:02Z no more: The certificate of"));
    CHECK(text(look(good, 13), look(good, 12)).empty());
}

TEST_CASE("words of strangers stay on their line", "[diagnosis][probe]") {
    const std::string line = text(look(good), look("535 5.7.8 \x1b[2Jno\r\n"));
    CHECK(line.find('\x1b') == std::string::npos);
    CHECK(line.find('\n') == line.size() - 1);
}
