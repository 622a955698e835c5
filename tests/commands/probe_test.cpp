#include "support/catch.hpp"
#include "support/probe_world.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <string>
#include <vector>

using namespace relaytool;
using cli::Exit;
using test::holds;
using test::Outcome;
using test::ProbeWorld;

namespace {

nlohmann::json json_of(const Outcome& outcome) {
    return nlohmann::json::parse(outcome.out);
}

constexpr const char* wrong_password = "535 5.7.8 Authentication credentials invalid";

} // namespace

TEST_CASE("a probe of a server that works", "[commands][probe]") {
    ProbeWorld world;
    SECTION("as text") {
        const Outcome outcome = world.probe({"mx.example.net"});
        CHECK(outcome.exit == Exit::good);
        CHECK(outcome.err.empty());
        CHECK(outcome.out.starts_with("Good: everything that was tried at mx.example.net:587 works\n"));
    }
    SECTION("as JSON, by either name") {
        for (const std::vector<std::string>& form :
             {std::vector<std::string>{"--json"}, {"--jsonl"}, {"--format", "json"}}) {
            std::vector<std::string> arguments{"mx.example.net"};
            arguments.insert(arguments.end(), form.begin(), form.end());
            const Outcome outcome = world.probe(arguments);
            CHECK(outcome.exit == Exit::good);
            CHECK(json_of(outcome)["schema"] == "relaytool/probe/1");
            CHECK(std::count(outcome.out.begin(), outcome.out.end(), '\n') == 1);
        }
    }
    SECTION("the dialogue, without the password") {
        const Outcome outcome = world.probe({"mx.example.net", "--user", "a@example.com", "-v", "--json"});
        CHECK(outcome.exit == Exit::good);
        CHECK(holds(outcome.err, "AUTH PLAIN"));
        CHECK(json_of(outcome)["transcript"].size() > 5);
        for (const char* secret : {"secret", "AGFAZXhhbXBsZS5jb20Ac2VjcmV0"}) {
            CHECK(!holds(outcome.err, secret));
            CHECK(!holds(outcome.out, secret));
        }
    }
    SECTION("the login is the sender, where no other is named") {
        CHECK(world.probe({"mx.example.net", "--user", "a@example.com"}).exit == Exit::good);
        CHECK(holds(world.network.heard(), "MAIL FROM:<a@example.com>\r\n"));
        CHECK(!holds(world.network.heard(), "DATA"));
    }
}

TEST_CASE("which server is probed", "[commands][probe]") {
    ProbeWorld world;
    SECTION("a profile") {
        world.dns.address("smtp.office365.com", "192.0.2.25");
        world.network.greeting = "220 smtp.office365.com ESMTP";
        CHECK(json_of(world.probe({"o365", "--json"}))["target"]["host"] == "smtp.office365.com");
    }
    SECTION("a port") {
        CHECK(json_of(world.probe({"mx.example.net:465", "--json"}))["target"]["port"] == 465);
    }
    SECTION("the MX of a domain") {
        world.dns.mx("example.net", 10, "mx.example.net");
        const auto json = json_of(world.probe({"--mx", "example.net", "--json"}));
        CHECK(json["target"]["host"] == "mx.example.net");
        CHECK(json["target"]["port"] == 25);
    }
    SECTION("none") {
        const Outcome outcome = world.probe({});
        CHECK(outcome.exit == Exit::usage);
        CHECK(holds(outcome.err, "relaytool: probe: which server?"));
    }
    SECTION("two") {
        CHECK(world.probe({"mx.example.net", "--server", "other.example.net"}).exit == Exit::usage);
    }
}

TEST_CASE("exit codes of a probe", "[commands][probe]") {
    ProbeWorld world;
    SECTION("a problem") {
        world.network.answers["AUTH"] = wrong_password;
        CHECK(world.probe({"mx.example.net", "--user", "a@example.com"}).exit == Exit::bad);
    }
    SECTION("not known") {
        world.network.broken = smtp::Broken{smtp::Break::local, "libcurl is missing"};
        CHECK(world.probe({"mx.example.net", "--from", "a@example.com"}).exit == Exit::could_not_tell);
    }
    SECTION("wrong usage") {
        const std::vector<std::vector<std::string>> wrong{
            {"mx.example.net", "--send-as-test"},
            {"mx.example.net", "--from", "nobody at all"},
            {"mx.example.net", "--lunch"},
            {"mx.example.net", "--format", "xml"},
            {"mx.example.net", "--json", "--format", "text"},
            {"mx.example.net", "--watch", "x"},
            {"mx.example.net", "--watch", "1ms"},
            {"mx.example.net", "--watch", "2d"},
            {"mx.example.net", "--watch", "5s", "--format", "junit"},
            {"mx.example.net", "--watch", "5s", "--format", "prometheus"},
            {"mx.example.net", "--expect", "lunch=ok"},
            {"mx.example.net", "--expect", ""},
            {"mx.example.net", "--expect", "tls>=1.4"},
            {"mx.example.net", "--expect", "certificate>=14"},
            {"mx.example.net", "--expect", "certificate>=99999999999999d"},
            {"mx.example.net", "--user", "a@example.com", "--expect", "sendas:a@example.com=ok"},
            {"[2001:db8::1]:587", "-4"},
            {"192.0.2.1", "-6"},
            {"mx.example.net", "--expect", "from:nobody at all=ok"},
            {"mx.example.net", "--expect", "sendas:a@example.com=ok"}, // nobody logs in
            {"--all-paths", "--from", "a@example.com", "--watch", "5s"},
            {"--all-paths", "--from", "a@example.com", "--expect", "auth=ok"},
            {"--all-paths", "--from", "a@example.com", "--format", "nagios"}};
        for (const std::vector<std::string>& arguments : wrong) {
            CAPTURE(arguments);
            const Outcome outcome = world.probe(arguments);
            CHECK((outcome.exit == Exit::usage || outcome.exit == Exit::plugin_unknown));
            CHECK((outcome.exit == Exit::usage) == outcome.out.empty());
            CHECK(world.network.heard().empty());
        }
    }
}

TEST_CASE("a plugin has codes of its own", "[commands][probe]") {
    ProbeWorld world;
    const auto plugin = [&](std::vector<std::string> more) {
        more.insert(more.begin(), {"mx.example.net", "--format", "nagios"});
        return world.probe(more);
    };
    SECTION("OK") {
        const Outcome outcome = plugin({});
        CHECK(outcome.exit == Exit::good);
        CHECK(outcome.out.starts_with("SMTP OK - mx.example.net:587: "));
        CHECK(holds(outcome.out, "|time="));
    }
    SECTION("CRITICAL") {
        world.network.answers["AUTH"] = wrong_password;
        CHECK(plugin({"--user", "a@example.com"}).exit == Exit::plugin_critical);
    }
    SECTION("UNKNOWN, for what cannot even begin") {
        CHECK(plugin({"--expect", ""}).exit == Exit::plugin_unknown);
        const Outcome outcome = plugin({"--expect", "lunch=ok"});
        CHECK(outcome.exit == Exit::plugin_unknown);
        CHECK(outcome.out.starts_with("SMTP UNKNOWN - --expect: 'lunch=ok'"));
        CHECK(outcome.err.empty());
    }
}

TEST_CASE("other forms", "[commands][probe]") {
    ProbeWorld world;
    CHECK(world.probe({"mx.example.net", "--format", "prometheus"})
              .out.starts_with("# HELP relaytool_probe_success"));
    CHECK(world.probe({"mx.example.net", "--format", "junit"}).out.starts_with("<?xml"));
    CHECK(world.probe({"mx.example.net", "--format", "text"}).out.starts_with("Good: "));
    SECTION("a domain without a mail server gives a document, too") {
        const Outcome outcome = world.probe({"--mx", "nosuch.example", "--format", "prometheus"});
        CHECK(outcome.exit == Exit::could_not_tell);
        CHECK(holds(outcome.out, "relaytool_probe_success{target=\"nosuch.example:25\"} 0\n"));
        CHECK(world.probe({"--mx", "nosuch.example", "--format", "junit"}).out.starts_with("<?xml"));
        CHECK(json_of(world.probe({"--mx", "nosuch.example", "--json"}))["outcome"] == "unknown");
    }
}

TEST_CASE("what is expected decides", "[commands][probe]") {
    ProbeWorld world;
    const auto expect = [&](const std::string& terms) {
        return world.probe({"mx.example.net", "--user", "a@example.com", "--expect", terms});
    };
    SECTION("met") {
        const Outcome outcome = expect("auth=ok,tls>=1.2");
        CHECK(outcome.exit == Exit::good);
        CHECK(outcome.out == "ok: 2 of 2 expectations met\n");
    }
    SECTION("not met") {
        world.network.answers["AUTH"] = wrong_password;
        const Outcome outcome = expect("auth=ok");
        CHECK(outcome.exit == Exit::bad);
        CHECK(outcome.out ==
              "NOT MET: auth=ok: PLAIN as a@example.com: " + std::string(wrong_password) + "\n");
    }
    SECTION("a refusal that was expected is good") {
        world.network.answers["AUTH"] = wrong_password;
        CHECK(expect("auth!=ok,auth=problem").exit == Exit::good);
    }
    SECTION("not known") {
        CHECK(expect("relaying=ok").exit == Exit::could_not_tell);
    }
    SECTION("addresses in it are tried") {
        CHECK(expect("from:x@example.com=ok,to:y@example.net=ok,from:<>=ok").exit == Exit::good);
        CHECK(holds(world.network.heard(), "MAIL FROM:<x@example.com>\r\nRCPT TO:<y@example.net>\r\n"));
        CHECK(holds(world.network.heard(), "MAIL FROM:<>\r\n"));
        CHECK(!holds(world.network.heard(), "DATA"));
    }
    SECTION("sendas: sends a test message to the login") {
        world.network.answers["."] =
            "554 5.2.252 SendAsDenied; a@example.com not allowed to send as x@example.com";
        const auto expect_sent = [&](const std::string& terms) {
            return world.probe(
                {"mx.example.net", "--user", "a@example.com", "--send-as-test", "--expect", terms});
        };
        CHECK(expect_sent("sendas:x@example.com=send-as-denied").exit == Exit::good);
        CHECK(holds(world.network.heard(), "MAIL FROM:<x@example.com>"));
        CHECK(holds(world.network.heard(), "RCPT TO:<a@example.com>"));
        CHECK(expect_sent("sendas:x@example.com=ok").exit == Exit::bad);
    }
    SECTION("in JSON") {
        const auto json = json_of(world.probe({"mx.example.net", "--expect", "tls=1.2", "--json"}));
        CHECK(json["expectations"][0]["term"] == "tls=1.2");
        CHECK(json["expectations"][0]["outcome"] == "not-met");
        CHECK(json["expectations"][0]["detail"] == "TLSv1.3");
    }
}

TEST_CASE("watching a server", "[commands][probe]") {
    ProbeWorld world;
    world.machine.interrupted_in = 4;
    const auto watch = [&](std::vector<std::string> more = {}) {
        more.insert(more.begin(), {"mx.example.net", "--user", "a@example.com", "--watch", "5m"});
        return world.probe(more);
    };
    SECTION("nothing is said while nothing changes") {
        const Outcome outcome = watch();
        CHECK(outcome.exit == Exit::interrupted);
        CHECK(outcome.out.ends_with("no message was sent.\n"));
        CHECK(world.machine.sleeps == 4);
        CHECK(std::count(world.dns.asked.begin(), world.dns.asked.end(), "A mx.example.net") == 4);
    }
    SECTION("a line for each change") {
        world.machine.on_sleep = [&](int number) {
            world.network.answers["AUTH"] =
                number == 1 ? wrong_password : "235 2.7.0 Authentication successful";
        };
        const Outcome outcome = watch();
        CHECK(
            holds(outcome.out,
                  "\n1970-01-01T00:00:00Z auth: ok → problem: The mail server does not accept this user name "
                  "and password: PLAIN as a@example.com: 535 5.7.8"));
        CHECK(holds(outcome.out, "\n1970-01-01T00:00:00Z auth: problem → ok: "));
        CHECK(holds(outcome.out, "\n1970-01-01T00:00:00Z mail <a@example.com>: skipped → ok: "));
    }
    SECTION("expectations are told again when they change") {
        world.machine.on_sleep = [&](int number) {
            if (number == 2) world.network.answers["AUTH"] = wrong_password;
        };
        const Outcome outcome = watch({"--expect", "auth=ok"});
        CHECK(outcome.out == "ok: 1 of 1 expectation met\n1970-01-01T00:00:00Z NOT MET: auth=ok: PLAIN as "
                             "a@example.com: 535 5.7.8 Authentication credentials invalid\n");
        CHECK(outcome.exit == Exit::interrupted);
    }
    SECTION("a document for each look") {
        const Outcome outcome = watch({"--json"});
        CHECK(std::count(outcome.out.begin(), outcome.out.end(), '\n') == 4);
        CHECK(nlohmann::json::accept(outcome.out.substr(0, outcome.out.find('\n'))));
    }
    SECTION("a token is fetched anew each time") {
        world.machine.commands["token"] = "eyJ0b2tlbiI6IngifQ";
        world.machine.on_sleep = [&](int) { world.machine.commands["token"] += "x"; };
        CHECK(watch({"--token-command", "token"}).exit == Exit::interrupted);
    }
    SECTION("what cannot be tried any more is told once") {
        world.machine.commands["token"] = "eyJ0b2tlbiI6IngifQ";
        world.machine.on_sleep = [&](int) { world.machine.commands.clear(); };
        const Outcome outcome = watch({"--token-command", "token"});
        CHECK(outcome.exit == Exit::interrupted);
        CHECK(std::count(outcome.err.begin(), outcome.err.end(), '\n') == 1);
        CHECK(holds(outcome.err, "relaytool: the token command: "));
    }
}
