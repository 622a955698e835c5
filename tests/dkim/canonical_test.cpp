#include "dkim/canonical.hpp"
#include "support/catch.hpp"
#include "support/fake_crypto.hpp"
#include "support/text.hpp"

#include <optional>
#include <string>
#include <vector>

using namespace relaytool::dkim;
using namespace relaytool::test;

namespace {

std::string body(std::string_view text, Canon canon, std::optional<std::uint64_t> limit = std::nullopt,
                 std::uint64_t* size = nullptr) {
    std::vector<std::string> log;
    FakeDigest digest(log);
    const std::uint64_t all = add_body(digest, text, canon, limit);
    if (size != nullptr) *size = all;
    digest.finish();
    return log.front();
}

/// What the named fields and the field `own` become.
std::string header(const std::string& text, const std::vector<std::string>& names, const std::string& own,
                   Canon canon) {
    std::vector<std::string> log;
    FakeDigest digest(log);
    const Header read = read_header(text);
    const Header own_header = read_header(own);
    REQUIRE(own_header.fields.size() == 1);
    add_header(digest, select(read, names, nullptr), own_header.fields.front(), canon);
    digest.finish();
    return log.front();
}

/// `Name=value|` for each field, and the body.
std::string outline(std::string_view text) {
    const Header read = read_header(text);
    std::string out;
    for (const Field& field : read.fields)
        out.append(field.name).append("=").append(field.value).append("|");
    return out.append(text.substr(read.body));
}

} // namespace

TEST_CASE("the examples of RFC 6376 section 3.4.5", "[dkim][canonical]") {
    const std::string message = crlf("A: X\nB : Y\t\n\tZ  \n\n C \nD \t E\n\n\n");
    const std::string_view text = std::string_view(message).substr(read_header(message).body);
    CHECK(header(message, {"a", "b"}, "S: b=", Canon::relaxed) == crlf("a:X\nb:Y Z\n") + "s:b=");
    CHECK(body(text, Canon::relaxed) == crlf(" C\nD E\n"));
    CHECK(header(message, {"a", "b"}, "S: b=", Canon::simple) == crlf("A: X\nB : Y\t\n\tZ  \n") + "S: b=");
    CHECK(body(text, Canon::simple) == crlf(" C \nD \t E\n"));
}

TEST_CASE("bodies", "[dkim][canonical]") {
    struct Row {
        const char* name;
        std::string text;
        std::string simple;
        std::string relaxed;
    };
    const std::vector<Row> rows = {
        {"nothing", "", "\r\n", ""},
        {"an empty line", "\r\n", "\r\n", ""},
        {"many empty lines", "\r\n\n\r\n", "\r\n", ""},
        {"blank lines only", " \r\n\t\r\n", " \r\n\t\r\n", ""},
        {"no line end", "a", "a\r\n", "a\r\n"},
        {"a blank and no line end", "a ", "a \r\n", "a\r\n"},
        {"blanks and no line end", "  ", "  \r\n", ""},
        {"LF", "a\n\nb\n\n", "a\r\n\r\nb\r\n", "a\r\n\r\nb\r\n"},
        {"CR inside", "a\rb\r\n", "a\rb\r\n", "a\rb\r\n"},
        {"CR at the end", "a\r", "a\r\r\n", "a\r\r\n"},
        {"two CR", "a\r\r\n", "a\r\r\n", "a\r\r\n"},
        {"a line of CR", "\r\r\n", "\r\r\n", "\r\r\n"},
        {"blanks in front", "  a\r\n", "  a\r\n", " a\r\n"},
        {"a tab", "a\tb\r\n", "a\tb\r\n", "a b\r\n"},
        {"runs", "a \t b\t\tc \t \r\n", "a \t b\t\tc \t \r\n", "a b c\r\n"},
        {"a form feed is no blank", "a\f\f b\r\n", "a\f\f b\r\n", "a\f\f b\r\n"},
        {"NUL and 8 bit", std::string("\0\xFF\r\n", 4), std::string("\0\xFF\r\n", 4),
         std::string("\0\xFF\r\n", 4)},
    };
    for (const Row& row : rows) {
        INFO(row.name);
        CHECK(body(row.text, Canon::simple) == row.simple);
        CHECK(body(row.text, Canon::relaxed) == row.relaxed);
    }
}

TEST_CASE("no more of a body than l= says, and how much there is", "[dkim][canonical]") {
    std::uint64_t size = 0;
    CHECK(body("abc\r\ndef\r\n", Canon::simple, 7, &size) == "abc\r\nde");
    CHECK(size == 10);
    CHECK(body("abc\r\ndef\r\n", Canon::relaxed, 0, &size).empty());
    CHECK(size == 10);
    CHECK(body("abc\r\n", Canon::relaxed, 100, &size) == "abc\r\n");
    CHECK(size == 5);
    CHECK(body("", Canon::simple, 0, &size).empty());
    CHECK(size == 2);
}

TEST_CASE("bodies that do not fit into one piece", "[dkim][canonical]") {
    const std::string word(100'000, 'x');
    const std::string lines = repeated("0123456789 \r\n", 10'000);
    CHECK(body(word, Canon::simple) == word + "\r\n");
    CHECK(body(word + "  " + word, Canon::relaxed) == word + " " + word + "\r\n");
    CHECK(body(lines, Canon::simple) == lines);
    CHECK(body(lines, Canon::relaxed) == repeated("0123456789\r\n", 10'000));
    CHECK(body(lines + word, Canon::relaxed, 120'007) == repeated("0123456789\r\n", 10'000) + "xxxxxxx");
    CHECK(body(repeated("\n", 50'000) + "x", Canon::simple) == repeated("\r\n", 50'000) + "x\r\n");
}

TEST_CASE("relaxed fields", "[dkim][canonical]") {
    const std::vector<std::pair<std::string, std::string>> rows = {
        {"X:", "x:"},
        {"X: ", "x:"},
        {"X: \r\n ", "x:"},
        {"X-Y \t:\t a", "x-y:a"},
        {"X: a\r\n\r\n", "x:a"},
        {"X: a \r\n \t b\n\tc  ", "x:a b c"},
        {"X:a:b", "x:a:b"},
        {"X:\r\n a", "x:a"},
        {"X: a\r b", "x:a\r b"},
    };
    for (const auto& [text, expected] : rows) {
        INFO(text);
        CHECK(header(text, {"x", "x-y"}, "S:", Canon::relaxed) == expected + "\r\ns:");
    }
}

TEST_CASE("folds of simple fields end in CRLF", "[dkim][canonical]") {
    CHECK(header("X: a\n b\n\n", {"x"}, "S: c\n d", Canon::simple) == "X: a\r\n b\r\nS: c\r\n d");
}

TEST_CASE("the last field of a name is signed first, RFC 6376 section 5.4.2", "[dkim][canonical]") {
    const std::string text = crlf("To: 1\nX: 2\nTO: 3\n\n");
    CHECK(header(text, {"to", "to", "to", "none"}, "S: b=", Canon::relaxed) == crlf("to:3\nto:1\n") + "s:b=");
    const Header read = read_header(text);
    CHECK(select(read, {"to"}, &read.fields[2]).front() == read.fields.data());
    CHECK(select(read, {"x"}, &read.fields[1]).empty());
}

TEST_CASE("a signature is not part of what it signs, RFC 6376 section 3.7", "[dkim][canonical]") {
    const std::vector<std::pair<std::string, std::string>> rows = {
        {"S: b=abc", "S: b="},
        {"S: b=abc;", "S: b=;"},
        {"S: b= a b\r\n c ; t=1", "S: b=; t=1"},
        {"S:bh=x;b=y;z=b", "S:bh=x;b=;z=b"},
        {"S: b = abc", "S: b ="},
        {"S: bb=1; x=b=2", "S: bb=1; x=b=2"},
        {"S: b=1; b=2", "S: b=; b=2"},
        {"S:", "S:"},
        {"S: b=a=b==", "S: b="},
    };
    for (const auto& [text, expected] : rows) {
        INFO(text);
        CHECK(header("", {}, text, Canon::simple) == expected);
    }
}

TEST_CASE("only an empty line ends a header", "[dkim][canonical]") {
    CHECK(outline("A: 1\r\nB: 2\r\n\r\nbody") == "A= 1|B= 2|body");
    CHECK(outline("A: 1\n\nbody") == "A= 1|body");
    CHECK(outline("A: 1\r\n \r\n 2\r\n\r\nbody") == "A= 1\r\n \r\n 2|body");
    CHECK(outline("From x Thu Nov 26 2026\nA: 1\n\nbody") == "A= 1|body");
    CHECK(outline("A: 1\njunk\n more\nB: 2\n\nbody") == "A= 1|B= 2|body");
    CHECK(outline("A: 1\nno body") == "A= 1|");
    CHECK(outline("\nbody") == "body");
    CHECK(outline("").empty());
    CHECK(outline(" A: 1\n\nbody") == "body");
}

TEST_CASE("headers without end", "[dkim][canonical]") {
    CHECK(read_header(repeated("A:\n", max_fields)).is_whole);
    const Header header = read_header(repeated("A:\n", max_fields + 1) + "\nbody");
    CHECK_FALSE(header.is_whole);
    CHECK(header.fields.size() == max_fields);
    CHECK(header.body == 3 * (max_fields + 1) + 1);
}
