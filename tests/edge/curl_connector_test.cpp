#include "edge/curl_connector.hpp"
#include "edge/dns_server.hpp"
#include "edge/tcp_server.hpp"
#include "smtp/dialogue.hpp"
#include "support/catch.hpp"

#include <chrono>
#include <optional>
#include <string>
#include <vector>

using namespace relaytool;
using smtp::Break;
using std::chrono::milliseconds;
using test::TcpServer;

namespace {

std::chrono::microseconds now() {
    return std::chrono::duration_cast<std::chrono::microseconds>(
        std::chrono::steady_clock::now().time_since_epoch());
}

struct World {
    smtp::Target target;
    smtp::Transcript transcript{now};
    edge::CurlConnector connector;
    std::optional<smtp::Connection> connection;

    explicit World(std::uint16_t port) {
        target.host = "127.0.0.1";
        target.port = port;
        target.helo = "client.example.com";
        target.tls.mode = smtp::TlsMode::off;
        target.patience = {milliseconds(1000), milliseconds(1000), milliseconds(1000), milliseconds(1000)};
    }

    /// How connecting failed; nothing when it did not.
    std::optional<Break> connect(smtp::Opening reach = smtp::Opening::socket) {
        smtp::Spoken<smtp::Connection> made = connector.connect(target, reach, transcript);
        if (!made) return made.error().kind;
        connection = std::move(*made);
        return std::nullopt;
    }

    /// Connects, and reads the greeting.
    smtp::Spoken<smtp::Reply> greeting() {
        REQUIRE(!connect());
        smtp::Dialogue dialogue(*connection->channel, transcript, smtp::Wire::plain);
        return dialogue.reply(target.patience.command);
    }

    milliseconds took() const { return std::chrono::duration_cast<milliseconds>(transcript.elapsed()); }
};

} // namespace

TEST_CASE("a connection to a server that says hello", "[edge][smtp]") {
    TcpServer server({"220 x\r\n"});
    World world(server.port());
    const auto reply = world.greeting();
    REQUIRE(reply);
    CHECK(reply->code == 220);
    CHECK(world.connection->opening == smtp::Opening::socket);
    CHECK(world.connection->address == "127.0.0.1");
    CHECK(!world.connection->tls.is_on());
    REQUIRE(world.transcript.lines().size() == 2);
    CHECK(world.transcript.lines()[0].speaker == smtp::Speaker::note);
    CHECK(world.transcript.lines()[0].text.starts_with("Connected to 127.0.0.1"));
}

TEST_CASE("the addresses that are known already are used, nothing is looked up", "[edge][smtp]") {
    TcpServer server({"220 x\r\n"});
    World world(server.port());
    world.target.host = "mx.example.invalid";
    world.target.addresses = {ip::read_address("127.0.0.1").value()};
    REQUIRE(world.greeting());
    CHECK(world.connection->address == "127.0.0.1");
}

TEST_CASE("a port where nobody listens", "[edge][smtp]") {
    const auto reach = GENERATE(smtp::Opening::socket, smtp::Opening::hello);
    World world(test::closed_port());
    CHECK(world.connect(reach) == Break::refused);
    CHECK(world.took() < milliseconds(1000));
    REQUIRE(!world.transcript.lines().empty());
    CHECK(world.transcript.lines().back().speaker == smtp::Speaker::fault);
    CHECK(world.transcript.lines().back().text == "Connection refused");
}

TEST_CASE("a server that says nothing is waited for as long as was asked", "[edge][smtp]") {
    TcpServer server({});
    World world(server.port());
    SECTION("the greeting is ours to read") {
        const auto reply = world.greeting();
        REQUIRE(!reply);
        CHECK(reply.error().kind == Break::timed_out);
    }
    SECTION("the greeting is libcurl's to read") {
        world.target.tls.mode = smtp::TlsMode::opportunistic;
        CHECK(world.connect(smtp::Opening::hello) == Break::timed_out);
    }
    CHECK(world.took() >= milliseconds(900));
    CHECK(world.took() < milliseconds(3000));
}

TEST_CASE("TLS from the first octet with a server that says nothing", "[edge][smtp]") {
    TcpServer server({});
    World world(server.port());
    world.target.tls.mode = smtp::TlsMode::implicit;
    CHECK(world.connect() == Break::timed_out);
    CHECK(world.took() < milliseconds(3000));
    CHECK(world.transcript.lines().back().text == "Connection timed out (no answer in time)");
}

TEST_CASE("STARTTLS with a server that says yes, and then nothing", "[edge][smtp]") {
    TcpServer server({"220 x\r\n", "250-x\r\n250 STARTTLS\r\n", "220 go on\r\n"});
    World world(server.port());
    world.target.tls.mode = smtp::TlsMode::starttls;
    CHECK(world.connect(smtp::Opening::hello) == Break::timed_out);
    CHECK(world.took() < milliseconds(3000));
}

TEST_CASE("a server that hangs up at once", "[edge][smtp]") {
    TcpServer server({}, TcpServer::End::hang_up);
    World world(server.port());
    SECTION("before our greeting") {
        const auto reply = world.greeting();
        REQUIRE(!reply);
        CHECK(reply.error().kind == Break::closed);
    }
    SECTION("before libcurl's") {
        world.target.tls.mode = smtp::TlsMode::opportunistic;
        const std::optional<Break> how = world.connect(smtp::Opening::hello);
        CHECK((how == Break::closed || how == Break::reset));
    }
    CHECK(world.took() < milliseconds(1000));
}

TEST_CASE("a greeting in pieces", "[edge][smtp]") {
    TcpServer server({"2", "20-mx", ".example.net\r", "\n220 ES", "MTP\r\n"});
    World world(server.port());
    SECTION("ours to read") {
        const auto reply = world.greeting();
        REQUIRE(reply);
        CHECK(reply->text == "220-mx.example.net\n220 ESMTP");
    }
    SECTION("libcurl's to read: it goes into the transcript, and EHLO gets no answer") {
        world.target.tls.mode = smtp::TlsMode::opportunistic;
        CHECK(world.connect(smtp::Opening::hello) == Break::timed_out);
        std::vector<std::string> lines;
        for (const smtp::TranscriptLine& line : world.transcript.lines())
            if (line.speaker != smtp::Speaker::note) lines.push_back(line.text);
        REQUIRE(lines.size() >= 3);
        CHECK(lines[0] == "220-mx.example.net");
        CHECK(lines[1] == "220 ESMTP");
        CHECK(lines[2] == "EHLO client.example.com");
    }
}

TEST_CASE("a reply line of 100 kB is none", "[edge][smtp]") {
    TcpServer server({"220 " + std::string(100'000, 'x') + "\r\n"});
    World world(server.port());
    SECTION("ours to read") {
        const auto reply = world.greeting();
        REQUIRE(!reply);
        CHECK(reply.error().kind == Break::not_smtp);
    }
    SECTION("libcurl's to read") {
        world.target.tls.mode = smtp::TlsMode::opportunistic;
        CHECK(world.connect(smtp::Opening::hello));
    }
    for (const smtp::TranscriptLine& line : world.transcript.lines())
        CHECK(line.text.size() <= smtp::Transcript::longest_line + 4);
    CHECK(world.took() < milliseconds(3000));
}

TEST_CASE("what is no SMTP", "[edge][smtp]") {
    TcpServer server({"SSH-2.0-OpenSSH_9.2\r\n"});
    World world(server.port());
    const auto reach = GENERATE(smtp::Opening::socket, smtp::Opening::hello);
    if (reach == smtp::Opening::socket) {
        CHECK(world.greeting().error().kind == Break::not_smtp);
    } else {
        world.target.tls.mode = smtp::TlsMode::starttls;
        CHECK(world.connect(reach) == Break::not_smtp);
    }
    CHECK(world.took() < milliseconds(3000));
}

TEST_CASE("STARTTLS that is not offered, and is wanted", "[edge][smtp]") {
    TcpServer server({"220 x\r\n", "250 x\r\n"});
    World world(server.port());
    world.target.tls.mode = smtp::TlsMode::starttls;
    CHECK(world.connect(smtp::Opening::hello) == Break::tls_not_offered);
}

TEST_CASE("what this machine lacks is told as that", "[edge][smtp]") {
    TcpServer server({});
    World world(server.port());
    world.target.source_address = "no-such-interface0";
    CHECK(world.connect() == Break::local);
}

TEST_CASE("a proxy's password is not in the transcript", "[edge][smtp]") {
    TcpServer proxy({"HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\n\r\n"});
    World world(25);
    world.target.host = "mx.example.net";
    world.target.proxy = "http://somebody:PROXYPW@127.0.0.1:" + std::to_string(proxy.port());
    CHECK(world.connect() == Break::proxy);
    bool has_request = false;
    for (const smtp::TranscriptLine& line : world.transcript.lines()) {
        CAPTURE(line.text);
        has_request = has_request || line.text.starts_with("CONNECT mx.example.net:25");
        CHECK(line.text.find("PROXYPW") == std::string::npos);
        CHECK(line.text.find("Authorization") == std::string::npos);
        CHECK(line.text.find("c29tZWJvZHk6UFJPWFlQVw") == std::string::npos); // somebody:PROXYPW
    }
    CHECK(has_request);
}
