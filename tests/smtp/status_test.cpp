#include "smtp/status.hpp"
#include "support/catch.hpp"
#include "support/text.hpp"

#include <string>
#include <vector>

using namespace relaytool::smtp;
using namespace relaytool::test;

namespace {

struct Row {
    const char* name;
    std::string text;
    std::string status; ///< empty: none
};

std::string written(const std::optional<Status>& status) {
    return status ? to_string(*status) : std::string{};
}

} // namespace

TEST_CASE("status codes at the start of a text", "[smtp][status]") {
    const std::vector<Row> rows = {
        {"alone", "5.7.60", "5.7.60"},
        {"words behind it", "5.1.1 User unknown", "5.1.1"},
        {"a colon", "5.1.1: User unknown", "5.1.1"},
        {"a full stop", "5.1.1.", "5.1.1"},
        {"three digits each", "4.123.999", "4.123.999"},
        {"class 2", "2.0.0 Ok", "2.0.0"},
        {"a bracket", "5.7.1>", "5.7.1"},
        {"nothing", "", ""},
        {"class 1", "1.1.1", ""},
        {"class 3", "3.1.1", ""},
        {"class 6", "6.1.1", ""},
        {"two parts", "5.1", ""},
        {"two parts and a dot", "5.1.", ""},
        {"an IP address", "5.1.1.25", ""},
        {"four digits", "5.1.1000", ""},
        {"four digits in the middle", "5.1000.1", ""},
        {"letters behind it", "5.1.1a", ""},
        {"a letter inside it", "5.x.1", ""},
        {"not at the start", "is 5.1.1", ""},
        {"two dots", "5..1", ""},
    };
    for (const Row& row : rows) {
        INFO(row.name);
        CHECK(written(read_status(row.text)) == row.status);
    }
}

TEST_CASE("status codes anywhere in a text", "[smtp][status]") {
    const std::vector<Row> rows = {
        {"behind a code", "550 5.7.60 SMTP;", "5.7.60"},
        {"behind a hyphen of a multi-line reply", "550 said (#5.1.1)", "5.1.1"},
        {"the first one", "5.1.1 then 5.7.1", "5.1.1"},
        {"at the end", "unknown 5.1.1", "5.1.1"},
        {"in quotes", "b'5.7.8 Error'", "5.7.8"},
        {"none", "550 User unknown", ""},
        {"an IP address", "from 5.1.1.25 refused", ""},
        {"the end of an IP address", "from 192.5.1.1 refused", ""},
        {"an IP address in brackets", "[5.1.1.25]", ""},
        {"a version inside a word", "postfix-3.5.6 v5.1.1", ""},
        {"part of a host", "mx5.1.1.example.com", ""},
        {"an address", "user@5.1.1", ""},
        {"a date", "on 24.5.2024", ""},
        {"a decimal number", "5.10 seconds", ""},
        {"nothing", "", ""},
    };
    for (const Row& row : rows) {
        INFO(row.name);
        CHECK(written(find_status(row.text)) == row.status);
    }
}

TEST_CASE("status codes are compared part by part", "[smtp][status]") {
    CHECK(Status{5, 7, 60} == Status{5, 7, 60});
    CHECK(Status{5, 7, 60} > Status{5, 7, 6});
    CHECK(Status{4, 7, 60} < Status{5, 0, 0});
}

TEST_CASE("a long text of digits and dots is searched in bounded time", "[smtp][status]") {
    CHECK_FALSE(find_status(repeated("5.1.1.", 500'000)));
    CHECK_FALSE(find_status(std::string(1'000'000, '5')));
}
