#include "base/encoding.hpp"
#include "support/catch.hpp"
#include "support/sizes.hpp"

#include <chrono>
#include <random>
#include <string>
#include <string_view>
#include <vector>

using namespace relaytool::encoding;
using namespace std::string_literals;

namespace {

struct Row {
    const char* name;
    std::string input;
    std::string expected;
};

std::string random_bytes(std::size_t size, unsigned seed) {
    std::mt19937 engine(seed);
    std::uniform_int_distribution<int> byte(0, 255);
    std::string out(size, '\0');
    for (char& c : out)
        c = static_cast<char>(byte(engine));
    return out;
}

std::string repeated(std::string_view text, std::size_t size) {
    std::string out;
    out.reserve(size + text.size());
    while (out.size() < size)
        out += text;
    return out;
}

constexpr std::size_t large = relaytool::test::sized(10'000'000);

} // namespace

TEST_CASE("base64 decodes what mail has", "[encoding][base64]") {
    const std::vector<Row> rows = {
        {"nothing", "", ""},
        {"no padding needed", "TWFu", "Man"},
        {"one padding character", "TWE=", "Ma"},
        {"two padding characters", "TQ==", "M"},
        {"the two last characters of the alphabet", "+/+/", "\xFB\xFF\xBF"},
        {"lines", "TW\r\nFu\r\n TW\tFu\n", "ManMan"},
        {"garbage between", "T!W*F\xFFu", "Man"},
        {"missing padding, one byte over", "TWFuTQ", "ManM"},
        {"missing padding, two bytes over", "TWFuTWE", "ManMa"},
        {"cut off inside a byte", "TWFuT", "Man"},
        {"half the padding", "TQ=", "M"},
        {"padding in lines of its own", "TQ=\r\n=\r\n", "M"},
        {"too much padding", "TWFu====", "Man"},
        {"chunks padded one by one", "TQ==TWE=TWFu", "MMaMan"},
        {"chunks padded one by one, in lines", "TQ==\r\nTWE=\r\n\r\nTWFu\r\n", "MMaMan"},
        {"a footer after the padding", "TWE=\r\n\r\nTo leave the list, write to us\r\n", "Ma"},
        {"a rule after the padding", "TWE=\r\n_______________\r\nTWFu\r\n", "Ma"},
        {"a boundary after the padding", "TQ==\r\n--abc--\r\n", "M"},
        {"nothing but padding", "====", ""},
        {"nothing but garbage", "!!! \x80\xFF", ""},
    };
    for (const Row& row : rows) {
        INFO(row.name);
        CHECK(base64(row.input) == row.expected);
    }
}

TEST_CASE("base64 that must be right", "[encoding][base64]") {
    for (const auto& [input, expected] : std::vector<std::pair<std::string_view, std::string_view>>{
             {"", ""}, {"aGk=", "hi"}, {"aGk", "hi"}, {" aG\r\n k = ", "hi"}, {"aGkh", "hi!"}, {"aA==", "h"}})
        CHECK(strict_base64(input) == expected);
    for (const char* input : {"a", "aGk=a", "aGk!", "aGkhA", "aA===", "aG-k", "=aGk"})
        CHECK_FALSE(strict_base64(input));
}

TEST_CASE("base64 encodes", "[encoding][base64]") {
    // RFC 4648 section 10
    const std::vector<Row> rows = {
        {"nothing", "", ""},
        {"1 byte", "f", "Zg=="},
        {"2 bytes", "fo", "Zm8="},
        {"3 bytes", "foo", "Zm9v"},
        {"4 bytes", "foob", "Zm9vYg=="},
        {"5 bytes", "fooba", "Zm9vYmE="},
        {"6 bytes", "foobar", "Zm9vYmFy"},
        {"high bits", "\xFF\xFE\xFD", "//79"},
    };
    for (const Row& row : rows) {
        INFO(row.name);
        CHECK(to_base64(row.input) == row.expected);
        CHECK(base64(row.expected) == row.input);
    }
    for (std::size_t size = 0; size < 300; ++size) {
        const std::string bytes = random_bytes(size, static_cast<unsigned>(size));
        CHECK(base64(to_base64(bytes)) == bytes);
    }
}

TEST_CASE("quoted-printable decodes what mail has", "[encoding][qp]") {
    const std::vector<Row> rows = {
        {"nothing", "", ""},
        {"plain", "plain text\r\n", "plain text\r\n"},
        {"octets", "caf=C3=A9", "caf\xC3\xA9"},
        {"lower-case digits", "=c3=a9=3d", "\xC3\xA9="},
        {"NUL", "a=00b", "a\0b"s},
        {"soft break CRLF", "one=\r\ntwo", "onetwo"},
        {"soft break LF", "one=\ntwo", "onetwo"},
        {"soft break CR", "one=\rtwo", "onetwo"},
        {"soft break with blanks", "one= \t \r\ntwo", "onetwo"},
        {"soft break keeps the blank before it", "one =\r\n two", "one  two"},
        {"soft break at the end", "one=", "one"},
        {"soft break with blanks at the end", "one= ", "one"},
        {"soft break before an empty line", "one=\r\n\r\ntwo", "one\r\ntwo"},
        {"trailing blanks", "one \t\r\ntwo  \nthree ", "one\r\ntwo\nthree"},
        {"encoded trailing blank", "one=20\r\ntwo=09\n", "one \r\ntwo\t\n"},
        {"hard breaks stay", "a\nb\rc\r\nd", "a\nb\rc\r\nd"},
        {"not hexadecimal", "1=ZZ2", "1=ZZ2"},
        {"half hexadecimal", "=4", "=4"},
        {"half hexadecimal, then none", "=4x", "=4x"},
        {"= before blanks and text", "a = b", "a = b"},
        {"= before =", "==3D", "=="},
        {"raw 8-bit", "\xE9\xFF", "\xE9\xFF"},
        {"underscore stays", "a_b", "a_b"},
    };
    for (const Row& row : rows) {
        INFO(row.name);
        CHECK(quoted_printable(row.input) == row.expected);
    }
}

TEST_CASE("the Q encoding of headers decodes", "[encoding][qp]") {
    const std::vector<Row> rows = {
        {"nothing", "", ""},
        {"underscore", "a_b", "a b"},
        {"encoded underscore", "a=5Fb", "a_b"},
        {"octets", "=e4=F6", "\xE4\xF6"},
        {"trailing blanks stay", "a_ ", "a  "},
        {"broken = stays", "a=b=", "a=b="},
        {"no soft breaks", "a=\r\nb", "a=\r\nb"},
    };
    for (const Row& row : rows) {
        INFO(row.name);
        CHECK(q_encoded(row.input) == row.expected);
    }
}

TEST_CASE("UTF-8 is told, repaired and written", "[encoding][utf8]") {
    const std::string bad(replacement);
    const std::vector<Row> rows = {
        {"nothing", "", ""},
        {"ASCII", "plain", "plain"},
        {"2, 3 and 4 bytes", "é€😀", "é€😀"},
        {"the ends of the ranges",
         "\x7F\xC2\x80\xDF\xBF\xE0\xA0\x80\xEF\xBF\xBF\xF0\x90\x80\x80\xF4\x8F\xBF\xBF",
         "\x7F\xC2\x80\xDF\xBF\xE0\xA0\x80\xEF\xBF\xBF\xF0\x90\x80\x80\xF4\x8F\xBF\xBF"},
        {"lone continuation", "a\x80z", "a" + bad + "z"},
        {"Latin-1", "caf\xE9 au", "caf" + bad + " au"},
        {"overlong slash", "\xC0\xAF", bad + bad},
        {"overlong in 3 bytes", "\xE0\x9F\xBF", bad + bad + bad},
        {"overlong in 4 bytes", "\xF0\x8F\xBF\xBF", bad + bad + bad + bad},
        {"surrogate", "\xED\xA0\x80", bad + bad + bad},
        {"above U+10FFFF", "\xF4\x90\x80\x80", bad + bad + bad + bad},
        {"cut off: one for the whole part", "\xE2\x82", bad},
        {"cut off, then text", "\xF0\x9F\x98z", bad + "z"},
        {"cut off, then a character", "\xE2\x82\xC3\xA9", bad + "é"},
        {"long ASCII before and after", std::string(33, 'a') + "\xFF" + std::string(33, 'b'),
         std::string(33, 'a') + bad + std::string(33, 'b')},
    };
    for (const Row& row : rows) {
        INFO(row.name);
        CHECK(is_utf8(row.input) == (row.input == row.expected));
        CHECK(repair_utf8(row.input) == row.expected);
    }
    const std::vector<std::pair<char32_t, std::string>> points = {
        {0x41, "A"},   {0xE9, "é"},   {0x20AC, "€"},   {0x1F600, "😀"},    {0x10FFFF, "\xF4\x8F\xBF\xBF"},
        {0xD800, bad}, {0xDFFF, bad}, {0x110000, bad}, {0xFFFFFFFF, bad},
    };
    for (const auto& [point, expected] : points) {
        std::string out = "<";
        append_utf8(out, point);
        CHECK(out == "<" + expected);
    }
}

TEST_CASE("whole text files decode by their byte order mark or by their NULs", "[encoding][file]") {
    const std::vector<Row> rows = {
        {"nothing", "", ""},
        {"UTF-8", "é\r\n", "é\r\n"},
        {"UTF-8 with mark", "\xEF\xBB\xBFé", "é"},
        {"nothing but the mark", "\xEF\xBB\xBF", ""},
        {"8-bit bytes stay", "caf\xE9\x80\xFF", "caf\xE9\x80\xFF"},
        {"8-bit bytes after a mark stay",
         "\xEF\xBB\xBF"
         "caf\xE9",
         "caf\xE9"},
        {"UTF-16LE with mark",
         "\xFF\xFE"
         "a\0\xE9\0\xAC\x20"s,
         "aé€"},
        {"UTF-16BE with mark",
         "\xFE\xFF"
         "\0a\0\xE9\x20\xAC"s,
         "aé€"},
        {"UTF-16LE without mark",
         "5\0"
         "5\0"
         "0\0 \0\xAC\x20\r\0\n\0"s,
         "550 €\r\n"},
        {"UTF-16BE without mark",
         "\0"
         "5\0"
         "5\0"
         "0\0 \x20\xAC\0\r\0\n"s,
         "550 €\r\n"},
        {"UTF-16LE cut off",
         "\xFF\xFE"
         "a\0b"s,
         "a\xEF\xBF\xBD"},
        {"a few NULs in a text", "From: a\0b\0\0 c\r\n"s, "From: a\0b\0\0 c\r\n"s},
        {"nothing but NULs", std::string(64, '\0'), std::string(64, '\0')},
        {"small numbers in 16 bits", "\1\0\2\0\3\0\4\0"s, "\1\0\2\0\3\0\4\0"s},
        {"too short to tell", "a\0"s, "a\0"s},
    };
    for (const Row& row : rows) {
        INFO(row.name);
        CHECK(decode_text_file(row.input) == row.expected);
    }
}

TEST_CASE("transfer encodings survive random bytes and stay linear", "[encoding][hostile]") {
    for (unsigned seed = 0; seed < 200; ++seed) {
        const std::string bytes = random_bytes(257, seed);
        CHECK(base64(bytes).size() <= bytes.size());
        CHECK(quoted_printable(bytes).size() <= bytes.size());
        CHECK(q_encoded(bytes).size() <= bytes.size());
        const std::string repaired = repair_utf8(bytes);
        CHECK(is_utf8(repaired));
        CHECK(repaired.size() <= 3 * bytes.size());
    }
    const std::string big = random_bytes(large, 1);
    CHECK(base64(to_base64(big)) == big);
    const std::vector<Row> rows = {
        {"random", big, ""},
        {"padding on one line", repeated("TQ==", large), ""},
        {"padding only", std::string(large, '='), ""},
        {"padding in lines", repeated("TQ==\n", large), ""},
        {"blanks", std::string(large, ' '), ""},
        {"= and blanks", repeated("=   ", large), ""},
        {"soft breaks", repeated("=\r\n", large), ""},
        {"cut-off UTF-8", repeated("\xF0\x9F\x98", large), ""},
    };
    for (const Row& row : rows) {
        INFO(row.name);
        const auto start = std::chrono::steady_clock::now();
        CHECK(base64(row.input).size() <= row.input.size());
        CHECK(quoted_printable(row.input).size() <= row.input.size());
        CHECK(q_encoded(row.input).size() <= row.input.size());
        CHECK(is_utf8(repair_utf8(row.input)));
        CHECK(decode_text_file(row.input).size() <= 3 * row.input.size());
        // Only something quadratic takes this long, sanitizers and a busy machine included.
        CHECK(std::chrono::steady_clock::now() - start < std::chrono::seconds(30));
    }
}

TEST_CASE("what is put into quoted-printable comes back", "[base][encoding]") {
    using relaytool::encoding::quoted_printable;
    using relaytool::encoding::to_quoted_printable;
    const std::string nul(1, '\0');
    for (const std::string& text : std::vector<std::string>{
             "", "a\r\n", "a \r\n\t\r\n", "=\r\n", ".\r\n..\r\n", "From me\r\n", nul + "\xFF\x7F\r",
             std::string(75, 'a') + "\r\n", std::string(76, 'a') + "\r\n", std::string(77, 'a') + "\r\n",
             std::string(500, '=') + "\r\n", std::string(500, ' ')}) {
        INFO(text);
        const std::string encoded = to_quoted_printable(text);
        CHECK(quoted_printable(encoded) == text);
        std::size_t begin = 0;
        for (std::size_t end = 0; (end = encoded.find("\r\n", begin)) != std::string::npos; begin = end + 2) {
            CHECK(end - begin <= 76);
            CHECK(encoded.substr(begin, end - begin) != ".");
        }
    }
    CHECK(to_quoted_printable("\xC3\xBC \n") == "=C3=BC=20\r\n");
}

TEST_CASE("base64 of a body part has lines of 76 characters", "[base][encoding]") {
    using relaytool::encoding::to_base64_lines;
    CHECK(to_base64_lines("").empty());
    CHECK(to_base64_lines("abc") == "YWJj\r\n");
    CHECK(to_base64_lines(std::string(58, '\0')) == std::string(76, 'A') + "\r\nAA==\r\n");
}
