#include "diagnosis/explanation.hpp"
#include "diagnosis/match.hpp"
#include "sandbox/reply_values.hpp"
#include "sandbox/scenario.hpp"
#include "smtp/reply.hpp"
#include "support/catch.hpp"

#include <set>
#include <string>

using namespace relaytool;
using sandbox::Scenario;
using sandbox::Server;

namespace {

sandbox::Values seen() {
    sandbox::Values values;
    values.front_end = "SBX2P001CA0042.SBXP001.PROD.OUTLOOK.COM";
    values.mailbox_host = "SBX2P001MB0042.SBXP001.PROD.OUTLOOK.COM";
    values.login = "relay@example.com";
    values.from = "invoices@example.com";
    values.recipient = "customer@example.org";
    values.client = "192.0.2.25";
    values.time = "2026-02-19T07:20:02.000Z";
    values.id = "08DE6F18941543E9";
    return values;
}

smtp::Stage stage_of(smtp::Step step) {
    switch (step) {
    case smtp::Step::connect: return smtp::Stage::connect;
    case smtp::Step::hello: return smtp::Stage::helo;
    case smtp::Step::starttls: return smtp::Stage::starttls;
    case smtp::Step::mechanism:
    case smtp::Step::auth: return smtp::Stage::auth;
    case smtp::Step::mail: return smtp::Stage::mail_from;
    case smtp::Step::rcpt: return smtp::Stage::rcpt_to;
    default: return smtp::Stage::data;
    }
}

std::string name_of(diagnosis::Category category) {
    return std::string(diagnosis::to_string(category));
}

} // namespace

TEST_CASE("every refusal of the sandbox gets the category it has to get", "[sandbox][scenario]") {
    for (const Scenario& scenario : sandbox::scenarios()) {
        const std::string reply = sandbox::fill(scenario.reply, seen());
        if (reply.starts_with('2') || scenario.category == diagnosis::Category::unknown) continue;
        INFO(scenario.name << ": " << reply.substr(0, 200));
        // As `send` sees it: the reply, where it came, and from whom.
        diagnosis::Evidence evidence;
        evidence.reply = smtp::read_reply(reply);
        evidence.stage = stage_of(scenario.step);
        evidence.seen.host =
            scenario.server == Server::mx ? "example-com.mail.protection.outlook.com" : "smtp.office365.com";
        evidence.reply.host = evidence.seen.host;
        CHECK(name_of(diagnosis::diagnose(evidence).category) == name_of(scenario.category));
        // As `explain` sees it: the words alone.
        CHECK(name_of(diagnosis::explain(reply).finding.category) == name_of(scenario.category));
    }
}

TEST_CASE("the names of scenarios are words that can be a local part, and each is there once",
          "[sandbox][scenario]") {
    std::set<std::string_view> names;
    for (const Scenario& scenario : sandbox::scenarios()) {
        INFO(scenario.name);
        CHECK(names.insert(scenario.name).second);
        CHECK(scenario.name.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789-") ==
              std::string_view::npos);
        CHECK(sandbox::find_scenario(scenario.name) == &scenario);
        CHECK(sandbox::scenario_of_address(std::string(scenario.name) + "@example.com") == &scenario);
    }
    CHECK(sandbox::find_scenario("") == nullptr);
    CHECK(sandbox::scenario_of_address("nobody@example.com") == nullptr);
    CHECK(sandbox::scenario_of_address("Spam@example.com") == sandbox::find_scenario("spam"));
}

TEST_CASE("placeholders are filled once", "[sandbox][scenario]") {
    sandbox::Values values = seen();
    values.login = "{from}";
    CHECK(sandbox::fill("{login} as {from}", values) == "{from} as invoices@example.com");
    CHECK(sandbox::fill("{nothing}.", values) == ".");
    CHECK(sandbox::fill("open {", values) == "open ");
    CHECK(sandbox::fill("", values).empty());
}

TEST_CASE("every placeholder of a reply is known", "[sandbox][scenario]") {
    for (const Scenario& scenario : sandbox::scenarios()) {
        INFO(scenario.name);
        const std::string reply = sandbox::fill(scenario.reply, seen());
        CHECK(reply.find("[]") == std::string::npos);
        CHECK(reply.find("  ") == std::string::npos);
        CHECK(reply.find("<>") == std::string::npos);
    }
}

TEST_CASE("steps and their words", "[sandbox][scenario]") {
    for (const std::string_view word :
         {"connect", "helo", "starttls", "tls", "auth", "mail", "rcpt", "data", "dot"}) {
        const auto step = sandbox::step_from(word);
        REQUIRE(step);
        CHECK(sandbox::to_string(*step) == word);
    }
    CHECK(sandbox::step_from("DOT") == smtp::Step::message);
    CHECK(!sandbox::step_from("quit"));
}
