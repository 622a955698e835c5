#include "edge/server/http_server.hpp"
#include "support/catch.hpp"
#include "support/text.hpp"

#include <arpa/inet.h>
#include <chrono>
#include <mutex>
#include <netinet/in.h>
#include <string>
#include <sys/socket.h>
#include <thread>
#include <unistd.h>
#include <vector>

using namespace relaytool;
using namespace relaytool::edge;
using namespace relaytool::test;

namespace {

/// A connection of a client that sends what it likes.
class Client {
public:
    explicit Client(std::uint16_t port) : socket_(::socket(AF_INET, SOCK_STREAM, 0)) {
        sockaddr_in address{};
        address.sin_family = AF_INET;
        address.sin_port = htons(port);
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        const timeval patience{30, 0};
        ::setsockopt(socket_, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
        is_connected = ::connect(socket_, reinterpret_cast<sockaddr*>(&address), sizeof address) == 0;
    }
    Client(const Client&) = delete;
    Client& operator=(const Client&) = delete;
    ~Client() { ::close(socket_); }

    /// False when the server takes no more.
    bool send(std::string_view octets) const {
        while (!octets.empty()) {
            const ssize_t sent = ::send(socket_, octets.data(), octets.size(), MSG_NOSIGNAL);
            if (sent <= 0) return false;
            octets.remove_prefix(static_cast<std::size_t>(sent));
        }
        return true;
    }
    std::string read_all() const {
        std::string all;
        char buffer[4096];
        for (ssize_t got = 1; got > 0;) {
            got = ::recv(socket_, buffer, sizeof buffer, 0);
            if (got > 0) all.append(buffer, static_cast<std::size_t>(got));
        }
        return all;
    }

    bool is_connected = false;

private:
    int socket_;
};

struct World {
    std::mutex mutex;
    std::vector<sandbox::WebRequest> requests;
    HttpServer server;
    std::uint16_t port = 0;

    World() {
        const auto started =
            server.start({"127.0.0.1", 0, [this](const sandbox::WebRequest& request) {
                              const std::lock_guard lock(mutex);
                              requests.push_back(request);
                              return sandbox::WebReply{request.path == "/no" ? 404 : 200,
                                                       "text/plain",
                                                       "Hello",
                                                       {{"X-One", "1"}, {"X-Evil", "a\r\nX-More: b"}}};
                          }});
        REQUIRE(started.has_value());
        port = *started;
    }

    std::string ask(std::string_view octets) const {
        const Client client(port);
        REQUIRE(client.is_connected);
        client.send(octets);
        return client.read_all();
    }
};

std::string status_line(const std::string& reply) {
    return reply.substr(0, reply.find('\r'));
}

const std::string host = "Host: localhost\r\n";

} // namespace

TEST_CASE("requests reach their answer as they were sent", "[edge][http]") {
    World world;
    const std::string reply = world.ask("GET /a%20b?c=d%26 HTTP/1.1\r\n" + host + "\r\n");
    CHECK(status_line(reply) == "HTTP/1.1 200 OK");
    CHECK(reply.ends_with("\r\n\r\nHello"));
    CHECK(reply.find("X-One: 1\r\n") != std::string::npos);
    CHECK(reply.find("X-More") == std::string::npos);
    CHECK(reply.find("Connection: close\r\n") != std::string::npos);
    REQUIRE(world.requests.size() == 1);
    CHECK(world.requests[0].method == "GET");
    CHECK(world.requests[0].path == "/a%20b");
    CHECK(world.requests[0].query == "c=d%26");
    CHECK(world.requests[0].body.empty());
}

TEST_CASE("methods and bodies", "[edge][http]") {
    World world;
    const std::string form = "Content-Type: application/x-www-form-urlencoded\r\n";
    CHECK(status_line(world.ask("POST /x HTTP/1.1\r\n" + host + form + "Content-Length: 3\r\n\r\na=b")) ==
          "HTTP/1.1 200 OK");
    CHECK(status_line(world.ask("DELETE /x HTTP/1.1\r\n" + host + "Content-Length: 2\r\n\r\n{}")) ==
          "HTTP/1.1 200 OK");
    CHECK(status_line(world.ask("DELETE /x HTTP/1.1\r\n" + host + "\r\n")) == "HTTP/1.1 200 OK");
    CHECK(status_line(world.ask("GET /no HTTP/1.1\r\n" + host + "\r\n")) == "HTTP/1.1 404 Not Found");
    CHECK(world.ask("HEAD /x HTTP/1.1\r\n" + host + "\r\n").ends_with("\r\n\r\n"));
    const std::string big(1024 * 1024, 'x');
    CHECK(status_line(world.ask("POST /x HTTP/1.1\r\n" + host + "Content-Length: 1048576\r\n\r\n" + big)) ==
          "HTTP/1.1 200 OK");
    REQUIRE(world.requests.size() == 6);
    CHECK(world.requests[0].body == "a=b");
    CHECK(world.requests[1].body == "{}");
    CHECK(world.requests[5].body == big);
}

TEST_CASE("what is refused never reaches the answer", "[edge][http]") {
    struct Row {
        const char* name;
        std::string request;
        std::string status; ///< empty: any refusal, or none but the end of the connection
    };
    const std::vector<Row> rows = {
        {"a name that was made to lead here", "GET / HTTP/1.1\r\nHost: rebind.example.com\r\n\r\n", "403"},
        {"no host", "GET / HTTP/1.1\r\n\r\n", "403"},
        {"two hosts", "GET / HTTP/1.1\r\nHost: localhost\r\nHost: localhost\r\n\r\n", "403"},
        {"a page of somebody else", "POST / HTTP/1.1\r\n" + host + "Origin: http://example.com\r\n\r\n",
         "403"},
        {"too long a body", "POST / HTTP/1.1\r\n" + host + "Content-Length: 1048577\r\n\r\n", "413"},
        {"a length that is none", "POST / HTTP/1.1\r\n" + host + "Content-Length: x\r\n\r\n", "413"},
        {"a negative length", "POST / HTTP/1.1\r\n" + host + "Content-Length: -1\r\n\r\n", "413"},
        {"two lengths", "POST / HTTP/1.1\r\n" + host + "Content-Length: 1\r\nContent-Length: 2\r\n\r\nab",
         "413"},
        {"chunks", "POST / HTTP/1.1\r\n" + host + "Transfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n",
         "411"},
        {"packed", "POST / HTTP/1.1\r\n" + host + "Content-Encoding: gzip\r\nContent-Length: 1\r\n\r\nx",
         "415"},
        {"no HTTP", "EHLO example.com\r\n\r\n", "400"},
        {"an unknown method", "BREW / HTTP/1.1\r\n" + host + "\r\n", "400"},
        {"octets", std::string(1000, '\xFF') + "\r\n\r\n", "400"},
        {"a long path", "GET /" + std::string(10'000, 'a') + " HTTP/1.1\r\n" + host + "\r\n", "414"},
        {"a line without end", "GET /" + std::string(8'000'000, 'a'), ""},
        {"a header without end", "GET / HTTP/1.1\r\n" + host + repeated("X: y\r\n", 1'000'000), ""},
        {"nothing", "\r\n\r\n", ""},
    };
    World world;
    for (const Row& row : rows) {
        INFO(row.name);
        const std::string reply = world.ask(row.request);
        if (!row.status.empty()) CHECK(status_line(reply).substr(0, 12) == "HTTP/1.1 " + row.status);
        CHECK(reply.find("Hello") == std::string::npos);
    }
    CHECK(world.requests.empty());
    CHECK(status_line(world.ask("GET / HTTP/1.1\r\n" + host + "\r\n")) == "HTTP/1.1 200 OK");
}

TEST_CASE("hostile ranges and paths do not end the server", "[edge][http]") {
    World world;
    world.ask("GET / HTTP/1.1\r\n" + host + "Range: bytes=" + repeated("0-1,", 2'000) + "0-1\r\n\r\n");
    world.ask("GET /" + std::string(8'000, '/') + " HTTP/1.1\r\n" + host + "\r\n");
    world.ask("GET /?" + repeated("a=1&", 2'000) + " HTTP/1.1\r\n" + host + "\r\n");
    CHECK(status_line(world.ask("GET / HTTP/1.1\r\n" + host + "\r\n")) == "HTTP/1.1 200 OK");
}

TEST_CASE("the server stops although clients say nothing", "[edge][http]") {
    auto world = std::make_unique<World>();
    const Client silent(world->port);
    const Client half(world->port);
    REQUIRE(half.send("GET / HT"));
    const auto before = std::chrono::steady_clock::now();
    const std::uint16_t port = world->port;
    world.reset();
    CHECK(std::chrono::steady_clock::now() - before < std::chrono::seconds(5));
    CHECK_FALSE(Client(port).is_connected);
}

TEST_CASE("a port that is taken is an error", "[edge][http]") {
    const World world;
    HttpServer other;
    const auto started = other.start({"127.0.0.1", world.port, {}});
    REQUIRE_FALSE(started.has_value());
    CHECK(started.error().what == "127.0.0.1 port " + std::to_string(world.port));
}
