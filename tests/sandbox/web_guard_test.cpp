#include "sandbox/web_guard.hpp"
#include "support/catch.hpp"

#include <string>
#include <vector>

using namespace relaytool::sandbox;
using namespace std::string_literals;

TEST_CASE("hosts that are this machine's", "[sandbox][web]") {
    for (const char* host : {"localhost", "LOCALHOST:8025", "127.0.0.1", "127.0.0.1:8025", "[::1]",
                             "[::1]:8025", "192.0.2.1:1", "localhost:"})
        CHECK(is_local_host(host));
    for (const std::string& host :
         {""s, "example.com"s, "localhost.example.com"s, "127.0.0.1.example.com"s, "127.0.0.1:x"s, "[::1"s,
          "[::1]x"s, "[127.0.0.1]"s, "::1"s, "localhost@example.com"s, "localhost:1@example.com"s, "127.1"s,
          "local\0host"s, std::string(1'000'000, '1'), std::string(1'000'000, '[')})
        CHECK_FALSE(is_local_host(host));
}

TEST_CASE("requests that are refused before they are read", "[sandbox][web]") {
    struct Row {
        const char* name;
        WebHead head;
        int status;
    };
    const std::vector<Row> rows = {
        {"a page", {.host = "localhost:8025"}, 0},
        {"a form of our own", {.host = "localhost:8025", .origin = "http://localhost:8025"}, 0},
        {"a form of another page", {.host = "localhost:8025", .origin = "http://example.com"}, 403},
        {"a form of another port", {.host = "localhost:8025", .origin = "http://localhost:80"}, 403},
        {"a form of a file", {.host = "localhost:8025", .origin = "null"}, 403},
        {"a name that was made to lead here", {.host = "rebind.example.com:8025"}, 403},
        {"no host", {}, 403},
        {"the largest body", {.host = "localhost", .content_length = longest_web_body}, 0},
        {"a larger one", {.host = "localhost", .content_length = longest_web_body + 1}, 413},
        {"no length", {.host = "localhost", .transfer_encoding = "chunked"}, 411},
        {"packed", {.host = "localhost", .content_encoding = "gzip"}, 415},
        {"not packed", {.host = "localhost", .content_encoding = "identity"}, 0},
        {"a form of parts", {.host = "localhost", .content_type = "Multipart/form-data; boundary=x"}, 415},
        {"a form", {.host = "localhost", .content_type = "application/x-www-form-urlencoded"}, 0},
    };
    for (const Row& row : rows) {
        INFO(row.name);
        CHECK(web_refusal(row.head) == row.status);
    }
}
