#include "support/catch.hpp"
#include "support/send_world.hpp"

#include <string>

using namespace relaytool;
using cli::Exit;
using test::holds;
using test::Outcome;
using test::SendWorld;

namespace {

const std::string secret = "s3cret-word";
const std::string secret_base64 = "czNjcmV0LXdvcmQ";

/// A server that asks for a login over TLS, and repeats the secret in its refusal.
void refuse_login(SendWorld& world) {
    world.server.tls.version = "TLSv1.3";
    world.server.answers = {"220 x\r\n", "250-x\r\n250 AUTH PLAIN XOAUTH2\r\n",
                            "535 5.7.8 " + secret + " or " + secret_base64 + "= is wrong\r\n", "221 x\r\n"};
}

} // namespace

TEST_CASE("a secret stands in no output, wherever it comes from", "[commands][send]") {
    struct Row {
        const char* name;
        std::vector<std::string> options;
    };
    const Row row = GENERATE(values<Row>({
        {"file", {"--password-file", "secret.txt"}},
        {"command", {"--password-command", "show it"}},
        {"environment", {}},
        {"command line", {"--password", secret}},
        {"token file", {"--token-file", "secret.txt"}},
        {"token command", {"--token-command", "show it"}},
    }));
    const bool as_json = GENERATE(false, true);
    CAPTURE(row.name, as_json);
    SendWorld world;
    world.files.files["secret.txt"] = secret + "\r\nsecond line\r\n";
    world.machine.commands["show it"] = secret;
    world.machine.variables["RELAYTOOL_PASSWORD"] = secret;
    refuse_login(world);
    std::vector<std::string> arguments{"--user", "oliver@example.com", "-v", "--transcript", "t.txt"};
    arguments.insert(arguments.end(), row.options.begin(), row.options.end());
    if (as_json) arguments.emplace_back("--json");
    const Outcome outcome = world.send(arguments);
    CHECK(outcome.exit == Exit::bad);
    CHECK(holds(world.server.heard, "AUTH "));
    CHECK(holds(outcome.out, "oliver@example.com"));
    for (const std::string& text : {outcome.out, outcome.err, world.files.written["t.txt"]}) {
        CHECK(!holds(text, secret));
        CHECK(!holds(text, secret_base64));
    }
}

TEST_CASE("what goes over the wire in a login", "[commands][send]") {
    SendWorld world;
    world.server.tls.version = "TLSv1.3";
    world.server.answers = {"220 x\r\n",  "250-x\r\n250 AUTH PLAIN LOGIN XOAUTH2\r\n",
                            "235 ok\r\n", "250 k\r\n",
                            "250 k\r\n",  "354 k\r\n",
                            "250 k\r\n",  "221 x\r\n"};
    world.files.files["secret.txt"] = "p\n";
    const Outcome outcome = world.send({"--user", "u", "--password-file", "secret.txt", "--json"});
    CHECK(outcome.exit == Exit::good);
    CHECK(holds(world.server.heard, "AUTH PLAIN AHUAcA==\r\n"));
    CHECK(test::json_of(outcome)["login"] == "u");
    CHECK(test::json_of(outcome)["mechanism"] == "PLAIN");
}

TEST_CASE("a password on the command line is warned of", "[commands][send]") {
    SendWorld world;
    refuse_login(world);
    const Outcome outcome = world.send({"--user", "oliver", "--password", secret});
    CHECK(holds(outcome.err, "--password: other users of this machine can see it"));
    CHECK(!holds(outcome.err, secret));
}

TEST_CASE("the person at the terminal is asked last", "[commands][send]") {
    SendWorld world;
    refuse_login(world);
    SECTION("and answers") {
        world.machine.typed = secret;
        CHECK(world.send({"--user", "oliver"}).exit == Exit::bad);
        CHECK(holds(world.server.heard, "AUTH PLAIN "));
    }
    SECTION("and is not there") {
        const Outcome outcome = world.send({"--user", "oliver"});
        CHECK(outcome.exit == Exit::usage);
        CHECK(holds(outcome.err, "RELAYTOOL_PASSWORD"));
        CHECK(world.server.targets.empty());
    }
}

TEST_CASE("login options that do not fit", "[commands][send]") {
    struct Row {
        const char* name;
        std::vector<std::string> options;
        const char* says;
    };
    const Row row = GENERATE(values<Row>({
        {"unknown mechanism", {"--user", "u", "--password", "p", "--auth", "DIGEST-MD5"}, "--auth"},
        {"a token for a password",
         {"--user", "u", "--token-command", "show it", "--auth", "PLAIN"},
         "takes a password"},
        {"a password for a token",
         {"--user", "u", "--password", "p", "--auth", "xoauth2"},
         "--token-command"},
        {"a password of nobody", {"--password", "p"}, "--user"},
    }));
    CAPTURE(row.name);
    SendWorld world;
    world.machine.commands["show it"] = "token";
    const Outcome outcome = world.send(row.options);
    CHECK(outcome.exit == Exit::usage);
    CHECK(holds(outcome.err, row.says));
    CHECK(world.server.targets.empty());
}

TEST_CASE("secrets that cannot be had", "[commands][send]") {
    struct Row {
        const char* name;
        std::vector<std::string> options;
        const char* says;
    };
    const Row row = GENERATE(values<Row>({
        {"no such file", {"--user", "u", "--password-file", "nothing.txt"}, "nothing.txt"},
        {"an empty file", {"--user", "u", "--password-file", "empty.txt"}, "empty.txt"},
        {"a file that holds no password", {"--user", "u", "--password-file", "long.txt"}, "too long"},
        {"a command that fails",
         {"--user", "u", "--password-command", "show --key=hidden"},
         "the password command"},
    }));
    CAPTURE(row.name);
    SendWorld world;
    world.files.files["empty.txt"] = "\n";
    world.files.files["long.txt"] = std::string(100'000, 'x');
    const Outcome outcome = world.send(row.options);
    CHECK(outcome.exit == Exit::could_not_tell);
    CHECK(holds(outcome.err, row.says));
    CHECK(!holds(outcome.err, "hidden"));
    CHECK(world.server.targets.empty());
}

TEST_CASE("a password is kept back from a line that everybody can read", "[commands][send]") {
    SendWorld world;
    refuse_login(world);
    world.server.tls = {};
    const Outcome outcome = world.send_only({"-s", "mx.example.net:587", "-f", "a@example.com", "-t",
                                             "b@example.net", "--user", "u", "--password", secret, "--json"});
    CHECK(outcome.exit == Exit::bad);
    CHECK(!holds(world.server.heard, "AUTH"));
    CHECK(test::json_of(outcome)["findings"][0]["id"] == "send-login-without-tls");
}
