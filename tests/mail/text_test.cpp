#include "mail/text.hpp"
#include "support/catch.hpp"
#include "support/text.hpp"

#include <string>
#include <string_view>
#include <vector>

using namespace relaytool::mail;
using namespace relaytool::test;
using namespace std::string_literals;

namespace {

std::vector<std::string> lines_of(std::string_view text) {
    std::vector<std::string> found;
    Lines lines(text);
    std::string_view line;
    while (lines.next(line))
        found.emplace_back(line);
    return found;
}

} // namespace

TEST_CASE("readable text has lines that end in LF or CRLF", "[mail][text]") {
    struct Row {
        const char* name;
        std::string bytes;
        std::string text;
    };
    const std::vector<Row> rows = {
        {"nothing", "", ""},
        {"LF", "A: b\n\nc\n", "A: b\n\nc\n"},
        {"CRLF", "A: b\r\n\r\nc\r\n", "A: b\r\n\r\nc\r\n"},
        {"bare CR", "A: b\r\rc\r", "A: b\n\nc\n"},
        {"bare CR without a last line end", "A: b\rC: d", "A: b\nC: d"},
        {"one CR at the end", "A: b\r", "A: b\n"},
        {"one bare CR among many LF", "A: b\rc\nD: e\nF: g\n", "A: b\rc\nD: e\nF: g\n"},
        {"mostly bare CR, one LF", "A: b\rC: d\rE: f\nG: h\r", "A: b\nC: d\nE: f\nG: h\n"},
        {"UTF-8 byte order mark", "\xEF\xBB\xBF"s + "A: b\n", "A: b\n"},
        {"UTF-16, little-endian", "\xFF\xFE"s + "A\0:\0 \0b\0\r\0\n\0"s, "A: b\r\n"},
        {"UTF-16, big-endian", "\xFE\xFF"s + "\0A\0:\0 \0b\0\n"s, "A: b\n"},
        {"UTF-16 with bare CR", "\xFF\xFE"s + "A\0\r\0B\0\r\0"s, "A\nB\n"},
        {"a NUL in a header", "A: b\0c\n\nd\n"s, "A: b\0c\n\nd\n"s},
        {"NULs only", "\0\0\0"s, "\0\0\0"s},
        {"8-bit bytes", "A: gr\xFC\xDF\n", "A: gr\xFC\xDF\n"},
    };
    for (const Row& row : rows) {
        INFO(row.name);
        std::string storage;
        CHECK(readable_text(row.bytes, storage) == row.text);
    }
}

TEST_CASE("readable text is not copied when nothing needs converting", "[mail][text]") {
    const std::string bytes = repeated("A: b\r\n", 100'000);
    std::string storage;
    CHECK(reaches_into(readable_text(bytes, storage), bytes));
    CHECK(storage.empty());
}

TEST_CASE("lines of a text", "[mail][text]") {
    struct Row {
        const char* name;
        std::string text;
        std::vector<std::string> lines;
    };
    const std::vector<Row> rows = {
        {"nothing", "", {}},
        {"one line end", "\n", {""}},
        {"no line end", "a", {"a"}},
        {"LF", "a\nb\n", {"a", "b"}},
        {"CRLF", "a\r\nb\r\n", {"a", "b"}},
        {"mixed", "a\r\nb\nc", {"a", "b", "c"}},
        {"empty lines", "\n\r\n\na", {"", "", "", "a"}},
        {"a CR inside a line", "a\rb\n", {"a\rb"}},
        {"two CR before the LF", "a\r\r\nb", {"a\r", "b"}},
        {"a CR at the very end", "a\r", {"a"}},
        {"a NUL", "a\0b\nc"s, {"a\0b"s, "c"}},
    };
    for (const Row& row : rows) {
        INFO(row.name);
        CHECK(lines_of(row.text) == row.lines);
    }
}

TEST_CASE("lines know where the next one begins", "[mail][text]") {
    Lines lines("ab\r\n\nc");
    std::string_view line;
    std::vector<std::size_t> offsets{lines.offset()};
    while (lines.next(line))
        offsets.push_back(lines.offset());
    CHECK(offsets == std::vector<std::size_t>{0, 4, 5, 6});
}

TEST_CASE("a line of 10 MB is one line", "[mail][text]") {
    const std::string text(10'000'000, 'x');
    const std::vector<std::string> lines = lines_of(text + "\nend");
    REQUIRE(lines.size() == 2);
    CHECK(lines[0].size() == text.size());
    CHECK(lines[1] == "end");
}
