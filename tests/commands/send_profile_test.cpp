#include "support/catch.hpp"
#include "support/send_world.hpp"

#include <string>

using namespace relaytool;
using cli::Exit;
using test::holds;
using test::Outcome;
using test::SendWorld;

namespace {

const std::string config = "h/.config/relaytool/config.toml";

struct World : SendWorld {
    World() {
        machine.variables["HOME"] = "h";
        take_all();
    }

    Outcome with_profile(const std::string& name, std::vector<std::string> more = {}) {
        more.insert(more.begin(), {"--profile", name, "-f", "a@example.com", "-t", "b@example.net"});
        return send_only(more);
    }
};

} // namespace

TEST_CASE("the profiles that are built in", "[commands][send]") {
    struct Row {
        const char* name;
        const char* host;
        int port;
        smtp::TlsMode mode;
        smtp::Verification verification;
    };
    const Row row = GENERATE(values<Row>({
        {"o365", "smtp.office365.com", 587, smtp::TlsMode::starttls, smtp::Verification::full},
        {"o365-gcc-high", "smtp.office365.us", 587, smtp::TlsMode::starttls, smtp::Verification::full},
        {"o365-china", "smtp.partner.outlook.cn", 587, smtp::TlsMode::starttls, smtp::Verification::full},
        {"gmail", "smtp.gmail.com", 587, smtp::TlsMode::starttls, smtp::Verification::full},
        {"sandbox", "127.0.0.1", 2587, smtp::TlsMode::starttls, smtp::Verification::none},
        {"o365-direct", "mx.example.net", 25, smtp::TlsMode::opportunistic, smtp::Verification::none},
    }));
    CAPTURE(row.name);
    World world;
    world.dns.mx("example.net", 10, "mx.example.net");
    world.dns.address("mx.example.net", "192.0.2.25");
    CHECK(world.with_profile(row.name).exit == Exit::good);
    REQUIRE(world.server.targets.size() == 1);
    const smtp::Target& target = world.server.targets.front();
    CHECK(target.host == row.host);
    CHECK(target.port == row.port);
    CHECK(target.tls.mode == row.mode);
    CHECK(target.tls.verification == row.verification);
}

TEST_CASE("a profile of one's own", "[commands][send]") {
    World world;
    world.files.files[config] =
        "[relay]\nserver = \"relay.local:2525\"\ntls = \"off\"\nhelo = \"pc9.local\"\n"
        "insecure = true\nto = [\"c@example.net\", \"d@example.net\"]\nport = 26\n"
        "[o365]\nserver = \"lookalike.local\"\n";
    SECTION("sets what the command line does not") {
        world.server.answers.insert(world.server.answers.begin() + 3, "250 2.1.5 Ok\r\n");
        CHECK(world.send_only({"--profile", "relay", "-f", "a@example.com"}).exit == Exit::good);
        CHECK(world.server.targets.front().host == "relay.local");
        CHECK(world.server.targets.front().port == 26);
        CHECK(holds(world.server.heard, "EHLO pc9.local\r\n"));
        CHECK(holds(world.server.heard, "RCPT TO:<c@example.net>\r\nRCPT TO:<d@example.net>\r\n"));
    }
    SECTION("and nothing else") {
        CHECK(world.with_profile("relay", {"--helo", "mine.local", "-p", "27"}).exit == Exit::good);
        CHECK(world.server.targets.front().port == 27);
        CHECK(holds(world.server.heard, "EHLO mine.local\r\n"));
        CHECK(holds(world.server.heard, "RCPT TO:<b@example.net>\r\nDATA\r\n"));
    }
    SECTION("hides a built-in one of that name") {
        world.server.tls.version = "TLSv1.3";
        CHECK(world.with_profile("o365").exit == Exit::good);
        CHECK(world.server.targets.front().host == "lookalike.local");
    }
}

TEST_CASE("where the profiles are", "[commands][send]") {
    World world;
    SECTION("XDG_CONFIG_HOME goes before HOME") {
        world.machine.variables["XDG_CONFIG_HOME"] = "x";
        world.files.files["x/relaytool/config.toml"] = "[relay]\nserver = \"relay.local:25\"\n";
        CHECK(world.with_profile("relay").exit == Exit::good);
    }
    SECTION("on Windows") {
        world.machine.variables["APPDATA"] = "d";
        world.files.files["d/relaytool/config.toml"] = "[relay]\nserver = \"relay.local:25\"\n";
        CHECK(world.with_profile("relay").exit == Exit::good);
    }
    CHECK(world.server.targets.size() == 1);
}

TEST_CASE("profiles that cannot be used", "[commands][send]") {
    struct Row {
        const char* name;
        const char* text;
        const char* says;
    };
    const Row row = GENERATE(values<Row>({
        {"no such table", "[other]\nserver = \"x\"\n", "nor a built-in profile (o365, o365-direct"},
        {"not a table", "relay = 1\n", "nor a built-in profile"},
        {"unknown key", "[relay]\nserver = \"x:25\"\nsrever = \"y\"\n", "[relay] srever: no such option"},
        {"a key that is none of send's", "[relay]\nspf = true\n", "[relay] spf: no such option"},
        {"help", "[relay]\nserver = \"x:25\"\nhelp = true\n", "[relay] help: no such option"},
        {"a profile in a profile", "[relay]\nprofile = \"o365\"\n", "[relay] profile: no such option"},
        {"a list in a list", "[relay]\nserver = \"x:25\"\nto = [[\"b@example.net\"]]\n",
         "[relay] to: not a value"},
        {"a value that does not fit", "[relay]\nserver = \"x:25\"\ncount = \"many\"\n", "[relay]"},
        {"a table in a table", "[relay]\nserver = \"x:25\"\n[relay.helo]\na = 1\n", "[relay] helo"},
        {"broken TOML", "[relay]\nserver = \"x\n", "line 2"},
        {"an escape sequence", "[relay]\n\"\\u001b[31m\" = 1\n", "no such option"},
    }));
    CAPTURE(row.name);
    World world;
    world.files.files[config] = row.text;
    const Outcome outcome = world.with_profile("relay");
    CHECK(outcome.exit == Exit::usage);
    CHECK(holds(outcome.err, config));
    CHECK(holds(outcome.err, row.says));
    CHECK(outcome.err.find('\x1b') == std::string::npos);
    CHECK(outcome.out.empty());
    CHECK(world.server.targets.empty());
}

TEST_CASE("a profile file that cannot be read, and one that is not there", "[commands][send]") {
    World world;
    SECTION("locked") {
        world.files.locked = {config};
        const Outcome outcome = world.with_profile("sandbox");
        CHECK(outcome.exit == Exit::usage);
        CHECK(holds(outcome.err, "permission denied"));
    }
    SECTION("absent, with a made-up name") {
        const Outcome outcome = world.with_profile("nobody");
        CHECK(outcome.exit == Exit::usage);
        CHECK(holds(outcome.err, "no table [nobody] in " + config));
    }
}

TEST_CASE("a password in a profile is no password on the command line", "[commands][send]") {
    World world;
    world.files.files[config] =
        "[relay]\nserver = \"relay.local:25\"\ntls = \"off\"\nuser = \"u\"\npassword = \"s3cret-word\"\n";
    world.server.answers = {"220 x\r\n", "250-x\r\n250 AUTH PLAIN\r\n", "535 no\r\n"};
    const Outcome outcome = world.with_profile("relay");
    CHECK(outcome.exit == Exit::bad);
    CHECK(outcome.err.empty());
    CHECK(!holds(outcome.out, "s3cret-word"));
}
