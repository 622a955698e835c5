#include "options/server.hpp"
#include "support/catch.hpp"
#include "support/fake_files.hpp"
#include "support/fake_machine.hpp"

#include <string>

using namespace relaytool;
using std::chrono::milliseconds;

namespace {

Result<smtp::Target> target_of(const cli::ServerOptions& options) {
    const test::FakeFiles files;
    test::FakeMachine machine;
    cli::Context context{.files = files,
                         .out = [](std::string_view) {},
                         .err = [](std::string_view) {},
                         .terminal = {},
                         .machine = &machine};
    return cli::target_of(options, context);
}

} // namespace

TEST_CASE("a server as people write it", "[options]") {
    struct Row {
        const char* text;
        const char* host;
        int port;
    };
    const Row row = GENERATE(values<Row>({
        {"mx.example.com", "mx.example.com", 1},
        {"mx.example.com:25", "mx.example.com", 25},
        {"mx.example.com:65535", "mx.example.com", 65535},
        {"relay_1", "relay_1", 1},
        {"m\xC3\xBCller.example", "m\xC3\xBCller.example", 1},
        {"192.0.2.1", "192.0.2.1", 1},
        {"192.0.2.1:2525", "192.0.2.1", 2525},
        {"2001:db8::1", "2001:db8::1", 1},
        {"::1", "::1", 1},
        {"[2001:db8::1]", "2001:db8::1", 1},
        {"[2001:db8::1]:465", "2001:db8::1", 465},
        {"[192.0.2.1]:25", "192.0.2.1", 25},
    }));
    CAPTURE(row.text);
    smtp::Target target;
    target.port = 1;
    REQUIRE(cli::read_server(row.text, target));
    CHECK(target.host == row.host);
    CHECK(target.port == row.port);
}

TEST_CASE("what is no server", "[options]") {
    const std::string text =
        GENERATE(std::string(), ":", ":25", "mx.example.com:", "mx.example.com:0", "mx.example.com:65536",
                 "mx.example.com:-1", "mx.example.com:+25", "mx.example.com:25x", "mx.example.com:smtp",
                 "mx.example.com: 25", "a:1:2", "[::1", "[::1]25", "[::1]:", "[::1]:0", "[]", "[]:25", "[",
                 "]", "2001:db8::1]", "[2001:db8::g]:25", "[[::1]]:25", "mx example.com",
                 "user@mx.example.com", "smtp://mx.example.com", "mx.example.com/25", "mx\r\nRSET", "mx\tx",
                 std::string("mx\0x", 4), std::string(254, 'x'), "mx.example.com:99999999999999999999");
    CAPTURE(text);
    smtp::Target target;
    target.host = "before";
    const Result<void> read = cli::read_server(text, target);
    REQUIRE(!read);
    CHECK(read.error().what == "--server");
    CHECK(target.port == 587);
}

TEST_CASE("patience, phase by phase", "[options]") {
    cli::ServerOptions options;
    SECTION("for all of them") {
        options.timeout = "5s";
        const smtp::Patience patience = target_of(options)->patience;
        CHECK(patience.connect == milliseconds(5000));
        CHECK(patience.command == milliseconds(5000));
        CHECK(patience.data == milliseconds(5000));
        CHECK(patience.end == milliseconds(5000));
    }
    SECTION("for some") {
        options.timeout = "connect=2s,end=10m";
        const smtp::Patience patience = target_of(options)->patience;
        CHECK(patience.connect == milliseconds(2000));
        CHECK(patience.command == smtp::Patience{}.command);
        CHECK(patience.end == milliseconds(600'000));
    }
    SECTION("for all of them but one") {
        options.timeout = "5s,data=1m";
        CHECK(target_of(options)->patience.connect == milliseconds(5000));
        CHECK(target_of(options)->patience.data == milliseconds(60'000));
    }
    SECTION("nonsense") {
        options.timeout = GENERATE("0", "0.1ms", "x", "lunch=1s", "connect=", "=1s", "connect", ",", "1s,",
                                   ",1s", "1s,,1s", "connect=1s;end=1s", "CONNECT=1s");
        CAPTURE(options.timeout);
        const auto target = target_of(options);
        REQUIRE(!target);
        CHECK(target.error().what == "--timeout");
    }
}

TEST_CASE("the port and the way to TLS follow each other", "[options]") {
    struct Row {
        const char* server;
        const char* port;
        const char* tls;
        int then_port;
        smtp::TlsMode mode;
    };
    using smtp::TlsMode;
    const Row row = GENERATE(values<Row>({
        {"x", "", "", 587, TlsMode::starttls},
        {"x:25", "", "", 25, TlsMode::opportunistic},
        {"x:465", "", "", 465, TlsMode::implicit},
        {"x", "465", "", 465, TlsMode::implicit},
        {"x:25", "587", "", 587, TlsMode::starttls},
        {"x", "", "implicit", 465, TlsMode::implicit},
        {"x", "", "off", 25, TlsMode::off},
        {"x:587", "", "off", 587, TlsMode::off},
        {"x:465", "", "starttls", 465, TlsMode::starttls},
    }));
    CAPTURE(row.server, row.port, row.tls);
    cli::ServerOptions options;
    options.server = row.server;
    options.port = row.port;
    options.tls = row.tls;
    const auto target = target_of(options);
    REQUIRE(target);
    CHECK(target->port == row.then_port);
    CHECK(target->tls.mode == row.mode);
}

TEST_CASE("certificates are verified unless that proves nothing, or is not wanted", "[options]") {
    cli::ServerOptions options;
    options.server = "x:25";
    CHECK(target_of(options)->tls.verification == smtp::Verification::none);
    options.target.tls.ca_file = "ca.pem";
    CHECK(target_of(options)->tls.verification == smtp::Verification::full);
    options.insecure = true;
    CHECK(target_of(options)->tls.verification == smtp::Verification::none);
    options = {};
    options.server = "x";
    CHECK(target_of(options)->tls.verification == smtp::Verification::full);
}

TEST_CASE("values that are none of those there are", "[options]") {
    cli::ServerOptions options;
    SECTION("--tls") {
        options.tls = "ssl";
    }
    SECTION("--min-tls") {
        options.min_tls = "1.4";
    }
    SECTION("--port") {
        options.port = "smtp";
    }
    SECTION("--helo with a blank") {
        options.target.helo = "my pc";
    }
    SECTION("--helo with a line end") {
        options.target.helo = "pc\nRSET";
    }
    CHECK(!target_of(options));
}

TEST_CASE("the names that swaks has for the steps", "[options]") {
    using smtp::StopAfter;
    CHECK(cli::read_step("banner") == StopAfter::connect);
    CHECK(cli::read_step("First-HELO") == StopAfter::helo);
    CHECK(cli::read_step("tls") == StopAfter::tls);
    CHECK(cli::read_step("to") == StopAfter::rcpt);
    CHECK(!cli::read_step(""));
    CHECK(!cli::read_step("quit"));
}
