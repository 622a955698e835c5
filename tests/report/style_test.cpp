#include "base/utf8.hpp"
#include "report/style.hpp"
#include "support/catch.hpp"
#include "support/text.hpp"

#include <algorithm>
#include <sstream>
#include <string>
#include <string_view>
#include <vector>

using namespace relaytool::report;
using namespace relaytool::test;
using relaytool::encoding::is_utf8;
using namespace std::string_literals;

namespace {

constexpr Style utf8{.colour = false, .unicode = true, .width = 80};
constexpr Style ascii{.colour = false, .unicode = false, .width = 80};
constexpr Style coloured{.colour = true, .unicode = true, .width = 80};

} // namespace

TEST_CASE("text of strangers is safe for a terminal", "[report][style]") {
    struct Row {
        const char* name;
        std::string text;
        std::string with_utf8;
        std::string with_ascii;
    };
    const std::string fffd = "\xEF\xBF\xBD";
    const std::vector<Row> rows = {
        {"nothing", "", "", ""},
        {"plain", "550 5.1.1 unknown", "550 5.1.1 unknown", "550 5.1.1 unknown"},
        {"line ends and tabs", "a\n\tb", "a\n\tb", "a\n\tb"},
        {"CRLF", "a\r\nb", "a\nb", "a\nb"},
        {"a bare CR, which would overwrite the line", "a\rb", "a\\x0db", "a\\x0db"},
        {"the window's title", "\x1b]0;x\x07", "\\x1b]0;x\\x07", "\\x1b]0;x\\x07"},
        {"colours", "\x1b[31mred", "\\x1b[31mred", "\\x1b[31mred"},
        {"a NUL", "a\0b"s, "a\\x00b", "a\\x00b"},
        {"backspace", "a\bb", "a\\x08b", "a\\x08b"},
        {"DEL",
         "a\x7F"
         "b",
         "a\\x7fb", "a\\x7fb"},
        {"C1: a control sequence of one character",
         "\xC2\x9B"
         "31m",
         "\\x9b31m", "\\x9b31m"},
        {"C1: next line",
         "a\xC2\x85"
         "b",
         "a\\x85b", "a\\x85b"},
        {"C1 as a raw byte",
         "a\x9B"
         "b",
         "a" + fffd + "b", "a?b"},
        {"a right-to-left override",
         "a\xE2\x80\xAE"
         "b",
         "a\\u202eb", "a\\u202eb"},
        {"embeddings and pops", "\xE2\x80\xAA\xE2\x80\xAC", "\\u202a\\u202c", "\\u202a\\u202c"},
        {"isolates", "\xE2\x81\xA6\xE2\x81\xA9", "\\u2066\\u2069", "\\u2066\\u2069"},
        {"marks", "\xE2\x80\x8E\xE2\x80\x8F\xD8\x9C", "\\u200e\\u200f\\u061c", "\\u200e\\u200f\\u061c"},
        {"a lone surrogate",
         "a\xED\xA0\x80"
         "b",
         "a" + fffd + fffd + fffd + "b", "a???b"},
        {"an overlong form of a control character",
         "a\xC0\x9B"
         "b",
         "a" + fffd + fffd + "b", "a??b"},
        {"cut off inside a character", "a\xE2\x82", "a" + fffd, "a?"},
        {"above Unicode", "\xF4\x90\x80\x80", fffd + fffd + fffd + fffd, "????"},
        {"letters", "gr\xC3\xBC\xC3\x9F", "gr\xC3\xBC\xC3\x9F", "gr??"},
        {"marks of our own texts",
         "\xE2\x80\x9C"
         "a\xE2\x80\x9D \xE2\x80\x93 \xE2\x80\x98"
         "b\xE2\x80\x99 \xE2\x80\xA6 3 \xC3\x97 4 \xE2\x86\x92",
         "\xE2\x80\x9C"
         "a\xE2\x80\x9D \xE2\x80\x93 \xE2\x80\x98"
         "b\xE2\x80\x99 \xE2\x80\xA6 3 \xC3\x97 4 \xE2\x86\x92",
         "\"a\" - 'b' ... 3 x 4 ->"},
        {"an emoji", "\xF0\x9F\x93\xA7", "\xF0\x9F\x93\xA7", "?"},
    };
    for (const Row& row : rows) {
        INFO(row.name);
        CHECK(sanitise(row.text, utf8) == row.with_utf8);
        CHECK(sanitise(row.text, ascii) == row.with_ascii);
    }
}

TEST_CASE("no byte gets through that a terminal would act on", "[report][style]") {
    std::string all;
    for (int high = 0; high < 256; ++high)
        for (int low = 0; low < 256; ++low)
            all.append({static_cast<char>(high), static_cast<char>(low)});
    for (const Style& style : {utf8, ascii}) {
        const std::string safe = sanitise(all, style);
        CHECK(is_utf8(safe));
        CHECK(std::none_of(safe.begin(), safe.end(), [](char c) {
            return (static_cast<unsigned char>(c) < 0x20 && c != '\n' && c != '\t') || c == 0x7F;
        }));
        CHECK(safe.find("\xC2\x9B") == std::string::npos);
    }
    const std::string plain = sanitise(all, ascii);
    CHECK(
        std::all_of(plain.begin(), plain.end(), [](char c) { return static_cast<unsigned char>(c) < 0x80; }));
}

TEST_CASE("a name of a file stays on one line", "[report][style]") {
    CHECK(sanitise_line("a\nb\tc\x1b]0;x", {}) == "a\\nb\\tc\\x1b]0;x");
}

TEST_CASE("text is wrapped at blanks", "[report][style]") {
    struct Row {
        const char* name;
        std::string text;
        std::size_t indent;
        std::size_t used;
        std::size_t width;
        std::string wrapped;
    };
    const std::vector<Row> rows = {
        {"nothing", "", 2, 2, 10, ""},
        {"short", "a b c", 2, 2, 10, "a b c"},
        {"as long as a line", "aaaa bbbb c", 0, 0, 11, "aaaa bbbb c"},
        {"one character longer", "aaaa bbbb cc", 0, 0, 11, "aaaa bbbb\ncc"},
        {"indented", "aaaa bbbb cccc", 2, 2, 10, "aaaa\n  bbbb\n  cccc"},
        {"the first line is used already", "aaaa bbbb", 2, 7, 10, "aaaa\n  bbbb"},
        {"runs of blanks", "a   b", 0, 0, 10, "a b"},
        {"its own line ends", "a\nb", 3, 3, 10, "a\n   b"},
        {"a long word stays whole", "a aaaaaaaaaaaaaaaa b", 0, 0, 10, "a\naaaaaaaaaaaaaaaa\nb"},
        {"a long word first", "aaaaaaaaaaaaaaaa b", 0, 0, 10, "aaaaaaaaaaaaaaaa\nb"},
        {"accents count one column", "\xC3\xA4\xC3\xA4\xC3\xA4\xC3\xA4 \xC3\xA4\xC3\xA4\xC3\xA4\xC3\xA4", 0,
         0, 9, "\xC3\xA4\xC3\xA4\xC3\xA4\xC3\xA4 \xC3\xA4\xC3\xA4\xC3\xA4\xC3\xA4"},
        {"wide characters count two", "\xE6\x97\xA5\xE6\x9C\xAC \xE6\x97\xA5\xE6\x9C\xAC", 0, 0, 8,
         "\xE6\x97\xA5\xE6\x9C\xAC\n\xE6\x97\xA5\xE6\x9C\xAC"},
    };
    for (const Row& row : rows) {
        INFO(row.name);
        CHECK(wrap(row.text, row.indent, row.used, {.unicode = true, .width = row.width}) == row.wrapped);
    }
}

TEST_CASE("no wrapped line is too long", "[report][style]") {
    const std::string text = repeated("Every word of this sentence is short enough. ", 50);
    for (const std::size_t width : {40U, 60U, 80U})
        for (const std::size_t indent : {0U, 5U, 11U}) {
            CAPTURE(width);
            CAPTURE(indent);
            std::istringstream lines(wrap(text, indent, indent, {.unicode = true, .width = width}));
            std::string line;
            std::size_t longest = 0;
            std::size_t first = indent; // what is used of the first line
            while (std::getline(lines, line)) {
                longest = std::max(longest, columns(line) + first);
                first = 0;
            }
            CHECK(longest <= width);
            CHECK(longest > width - 12);
        }
}

TEST_CASE("columns of a text", "[report][style]") {
    CHECK(columns("") == 0);
    CHECK(columns("abc") == 3);
    CHECK(columns("gr\xC3\xBC") == 3);
    CHECK(columns("\xE6\x97\xA5") == 2);
    CHECK(columns("\xF0\x9F\x93\xA7") == 2);
    CHECK(columns("e\xCC\x81") == 1);
    CHECK(columns("a\xE2\x80\x8B"
                  "b") == 2);
    CHECK(columns("a\xE2\x82") <= 3); // broken, and read to its end only
}

TEST_CASE("colours by meaning", "[report][style]") {
    CHECK(paint("a", Tone::bad, utf8) == "a");
    CHECK(paint("a", Tone::plain, coloured) == "a");
    CHECK(paint("", Tone::bad, coloured).empty());
    for (const Tone tone : {Tone::strong, Tone::bad, Tone::warning, Tone::good, Tone::quiet, Tone::command}) {
        const std::string painted = paint("a", tone, coloured);
        CHECK(painted.starts_with("\x1b["));
        CHECK(painted.ends_with("a\x1b[0m"));
    }
}
