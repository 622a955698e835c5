#include "mail/mime.hpp"
#include "support/catch.hpp"
#include "support/text.hpp"

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

using namespace relaytool::mail;
using namespace relaytool::test;
using namespace std::string_literals;

namespace {

/// One line a part: depth, type, body in brackets.
std::string outline(std::string_view text) {
    const Mime mime = read_mime(text);
    std::string out;
    for (const Part& part : mime.parts)
        out.append(std::to_string(part.depth) + ' ' + part.type.value + " [").append(part.body).append("]\n");
    return out;
}

struct Row {
    const char* name;
    std::string text;
    std::string outline;
};

void check(const std::vector<Row>& rows) {
    for (const Row& row : rows) {
        INFO(row.name);
        CHECK(outline(row.text) == row.outline);
    }
}

/// What holds for every mail: parents stand in front of their parts, and bodies lie inside the text.
bool is_sound(const Mime& mime, std::string_view text) {
    if (mime.parts.empty() || mime.parts.size() > max_parts) return false;
    for (std::size_t i = 0; i < mime.parts.size(); ++i) {
        const Part& part = mime.parts[i];
        if (part.depth > max_depth || !reaches_into(part.body, text)) return false;
        if (i == 0 ? part.parent != Part::none : part.parent >= i) return false;
    }
    return true;
}

std::string multipart(std::string_view boundary, std::string_view body) {
    return "Content-Type: multipart/mixed; boundary=" + std::string(boundary) + "\n\n" + std::string(body);
}

} // namespace

TEST_CASE("mails of one part", "[mail][mime]") {
    check({
        {"nothing", "", "0 text/plain []\n"},
        {"no type", "Subject: a\n\nHello\n", "0 text/plain [Hello\n]\n"},
        {"a type", "Content-Type: TEXT/HTML; charset=utf-8\n\n<p>\n", "0 text/html [<p>\n]\n"},
        {"no header", "Hello, you.\n", "0 text/plain [Hello, you.\n]\n"},
        {"no body", "Subject: a\n", "0 text/plain []\n"},
        {"leading blank lines", "\n\r\n\nSubject: a\n\nb\n", "0 text/plain [b\n]\n"},
        {"an mbox line", "From a@example.com Mon Jan  1 00:00:00 2024\nSubject: a\n\nb\n",
         "0 text/plain [b\n]\n"},
        {"a quoted mbox line", ">From a@example.com Mon Jan  1 00:00:00 2024\nSubject: a\n\nb\n",
         "0 text/plain [b\n]\n"},
        {"an mbox line behind blank lines",
         "\n\nFrom a@example.com Mon Jan  1 00:00:00 2024\nSubject: a\n\nb\n", "0 text/plain [b\n]\n"},
        {"blank lines only", "\n\n\n", "0 text/plain []\n"},
        {"a NUL in the body", "Subject: a\n\nb\0c\n"s, "0 text/plain [b\0c\n]\n"s},
        {"a folded type", "Content-Type:\n\ttext/html;\n charset=utf-8\n\nb", "0 text/html [b]\n"},
        {"a type without a value", "Content-Type:\n\nb", "0 text/plain [b]\n"},
        {"a multipart without a boundary", "Content-Type: multipart/mixed\n\n--b\n\nx\n",
         "0 multipart/mixed [--b\n\nx\n]\n"},
        {"a delimiter that belongs to nothing", "Subject: a\n\n--b\n\nx\n", "0 text/plain [--b\n\nx\n]\n"},
    });
}

TEST_CASE("multiparts are divided at their delimiters", "[mail][mime]") {
    check({
        {"two parts, preamble and epilogue",
         multipart("b", "preamble\n--b\n\none\n--b\nContent-Type: text/html\n\ntwo\n--b--\nepilogue\n"),
         "0 multipart/mixed [preamble\n--b\n\none\n--b\nContent-Type: text/html\n\ntwo\n--b--\nepilogue\n]\n"
         "1 text/plain [one]\n1 text/html [two]\n"},
        {"empty lines in front of a delimiter belong to the body", multipart("b", "--b\n\none\n\n\n--b--\n"),
         "0 multipart/mixed [--b\n\none\n\n\n--b--\n]\n1 text/plain [one\n\n]\n"},
        {"an empty body", multipart("b", "--b\n\n--b\n\n--b--\n"),
         "0 multipart/mixed [--b\n\n--b\n\n--b--\n]\n1 text/plain []\n1 text/plain []\n"},
        {"a part without its blank line", multipart("b", "--b\nContent-Type: text/html\n--b--\n"),
         "0 multipart/mixed [--b\nContent-Type: text/html\n--b--\n]\n1 text/html []\n"},
        {"no closing delimiter", multipart("b", "--b\n\none\n--b\n\ntwo\n"),
         "0 multipart/mixed [--b\n\none\n--b\n\ntwo\n]\n1 text/plain [one]\n1 text/plain [two\n]\n"},
        {"cut off inside a delimiter", multipart("bb", "--bb\n\none\n--b"),
         "0 multipart/mixed [--bb\n\none\n--b]\n1 text/plain [one\n--b]\n"},
        {"cut off behind a delimiter", multipart("b", "--b\n\none\n--b"),
         "0 multipart/mixed [--b\n\none\n--b]\n1 text/plain [one]\n1 text/plain []\n"},
        {"no part at all", multipart("b", "nothing\n"), "0 multipart/mixed [nothing\n]\n"},
        {"a delimiter inside a line", multipart("b", "--b\n\none --b\n--b--\n"),
         "0 multipart/mixed [--b\n\none --b\n--b--\n]\n1 text/plain [one --b]\n"},
    });
}

TEST_CASE("boundaries at their edges", "[mail][mime]") {
    check({
        {"quoted, with blanks and signs",
         multipart("\"a b?=_;:()\"", "--a b?=_;:()\n\none\n--a b?=_;:()--\n"),
         "0 multipart/mixed [--a b?=_;:()\n\none\n--a b?=_;:()--\n]\n1 text/plain [one]\n"},
        {"quoted pairs", multipart("\"a\\\"b\"", "--a\"b\n\none\n--a\"b--\n"),
         "0 multipart/mixed [--a\"b\n\none\n--a\"b--\n]\n1 text/plain [one]\n"},
        {"case counts", multipart("Ab", "--ab\n\none\n--Ab\n\ntwo\n--Ab--\n"),
         "0 multipart/mixed [--ab\n\none\n--Ab\n\ntwo\n--Ab--\n]\n1 text/plain [two]\n"},
        // RFC 2046 section 5.1.1: transport padding
        {"blanks behind the delimiters", multipart("b", "--b \t\n\none\n--b-- \n"),
         "0 multipart/mixed [--b \t\n\none\n--b-- \n]\n1 text/plain [one]\n"},
        {"a blank at the end of the parameter", multipart("\"b \"", "--b \n\none\n--b--\n"),
         "0 multipart/mixed [--b \n\none\n--b--\n]\n1 text/plain [one]\n"},
        {"more letters behind it make another line", multipart("b", "--b\n\none\n--bx\n--b--x\n--b--\n"),
         "0 multipart/mixed [--b\n\none\n--bx\n--b--x\n--b--\n]\n1 text/plain [one\n--bx\n--b--x]\n"},
        {"a dash in front of it", multipart("-b", "---b\n\none\n---b--\n"),
         "0 multipart/mixed [---b\n\none\n---b--\n]\n1 text/plain [one]\n"},
        {"a boundary of dashes only", multipart("--", "----\n\none\n------\n"),
         "0 multipart/mixed [----\n\none\n------\n]\n1 text/plain [one]\n"},
        {"the outer one is a prefix of the inner one",
         multipart("b",
                   "--b\n" + multipart("bb", "--bb\n\none\n--bb\n\ntwo\n--bb--\n") + "--b\n\nthree\n--b--\n"),
         "0 multipart/mixed [--b\n" + multipart("bb", "--bb\n\none\n--bb\n\ntwo\n--bb--\n") +
             "--b\n\nthree\n--b--\n]\n1 multipart/mixed [--bb\n\none\n--bb\n\ntwo\n--bb--]\n"
             "2 text/plain [one]\n2 text/plain [two]\n1 text/plain [three]\n"},
        {"the inner one is a prefix of the outer one",
         multipart("bb", "--bb\n" + multipart("b", "--b\n\none\n--b--\n") + "--bb--\n"),
         "0 multipart/mixed [--bb\n" + multipart("b", "--b\n\none\n--b--\n") +
             "--bb--\n]\n1 multipart/mixed [--b\n\none\n--b--]\n2 text/plain [one]\n"},
        {"the inner closing delimiter is missing",
         multipart("out", "--out\n" + multipart("in", "--in\n\none\n") + "--out\n\ntwo\n--out--\n"),
         "0 multipart/mixed [--out\n" + multipart("in", "--in\n\none\n") +
             "--out\n\ntwo\n--out--\n]\n1 multipart/mixed [--in\n\none]\n2 text/plain [one]\n1 text/plain [two]\n"},
        {"both have the same boundary", multipart("b", "--b\n" + multipart("b", "--b\n\none\n--b--\n")),
         "0 multipart/mixed [--b\n" + multipart("b", "--b\n\none\n--b--\n") +
             "]\n1 multipart/mixed [--b\n\none\n--b--\n]\n2 text/plain [one]\n"},
        {"the delimiter follows the header at once",
         "Content-Type: multipart/mixed; boundary=b\n--b\n\none\n--b--\n",
         "0 multipart/mixed [--b\n\none\n--b--\n]\n1 text/plain [one]\n"},
    });
}

TEST_CASE("the line end in front of a delimiter belongs to it", "[mail][mime]") {
    // RFC 2046 section 5.1.1: the CRLF too
    const std::string text = multipart("b", "--b\n\none\n--b\n\n\n--b--\n");
    SECTION("LF") {
        const Mime mime = read_mime(text);
        REQUIRE(mime.parts.size() == 3);
        CHECK(mime.parts[1].body == "one");
        CHECK(mime.parts[2].body.empty());
    }
    SECTION("CRLF") {
        const std::string wide = crlf(text);
        const Mime mime = read_mime(wide);
        REQUIRE(mime.parts.size() == 3);
        CHECK(mime.parts[1].body == "one");
        CHECK(mime.parts[2].body.empty());
    }
}

TEST_CASE("mails inside mails", "[mail][mime]") {
    const std::string inner = "Subject: inner\n\nhello\n";
    check({
        {"as the only body", "Content-Type: message/rfc822\n\n" + inner,
         "0 message/rfc822 [" + inner + "]\n1 text/plain [hello\n]\n"},
        {"as a part", multipart("b", "--b\nContent-Type: message/rfc822\n\n" + inner + "--b--\n"),
         "0 multipart/mixed [--b\nContent-Type: message/rfc822\n\n" + inner +
             "--b--\n]\n1 message/rfc822 [Subject: inner\n\nhello]\n2 text/plain [hello]\n"},
        {"with blank lines and an mbox line in front",
         "Content-Type: message/rfc822\n\n\nFrom a@example.com Mon Jan  1 00:00:00 2024\n" + inner,
         "0 message/rfc822 [\nFrom a@example.com Mon Jan  1 00:00:00 2024\n" + inner +
             "]\n1 text/plain [hello\n]\n"},
        {"encoded as base64, which stays closed",
         "Content-Type: message/rfc822\nContent-Transfer-Encoding: base64\n\nU3ViamVjdDogYQo=\n",
         "0 message/rfc822 [U3ViamVjdDogYQo=\n]\n"},
        {"empty", "Content-Type: message/rfc822\n\n", "0 message/rfc822 []\n1 text/plain []\n"},
    });
}

TEST_CASE("hostile nesting is bounded", "[mail][mime]") {
    struct Hostile {
        const char* name;
        std::string text;
    };
    std::string nested;
    for (int i = 0; i < 10'000; ++i)
        nested += multipart("b" + std::to_string(i), "--b" + std::to_string(i) + "\n");
    const std::vector<Hostile> rows = {
        {"10,000 nested multiparts", nested},
        {"10,000 nested mails", repeated("Content-Type: message/rfc822\n\n", 10'000)},
        {"100,000 parts", multipart("b", repeated("--b\n\nx\n", 100'000))},
        {"a line of 10 MB", "Subject: a\n\n" + std::string(10'000'000, 'x')},
        {"a delimiter line of 10 MB", multipart("b", "--b" + std::string(10'000'000, ' ') + "\n\nx")},
        {"1,000,000 lines of two dashes", multipart("b", repeated("--\n", 1'000'000))},
        {"1,000,000 almost delimiters", multipart("bbb", repeated("--bb\n", 1'000'000))},
        {"a boundary of 1 MB", multipart(std::string(1'000'000, 'b'), "--b\n\nx\n--b--\n")},
        {"100,000 header fields in a part",
         multipart("b", "--b\n" + repeated("A: b\n", 100'000) + "\nx\n--b--\n")},
        {"a type with 100,000 parameters", "Content-Type: text/plain" + repeated("; a=b", 100'000) + "\n\nx"},
        {"a type with 100,000 open comments", "Content-Type: text/plain " + repeated("(", 100'000) + "\n\nx"},
    };
    for (const Hostile& row : rows) {
        INFO(row.name);
        const Mime mime = read_mime(row.text);
        CHECK(is_sound(mime, row.text));
    }
}

TEST_CASE("a mail cut off anywhere is read", "[mail][mime]") {
    const std::string whole = multipart(
        "\"b\"", "text\n--b\nContent-Type: message/rfc822\n\nSubject: =?utf-8?Q?a?=\n\tb\n\nhello\n--b\n" +
                     multipart("c", "--c\nContent-Transfer-Encoding: base64\n\nYQ==\n--c--\n") + "--b--\n");
    for (const std::string& text : {whole, crlf(whole)}) {
        std::size_t unsound = 0;
        for (std::size_t size = 0; size <= text.size(); ++size) {
            const std::string_view start = std::string_view(text).substr(0, size);
            if (!is_sound(read_mime(start), start)) ++unsound;
        }
        CHECK(unsound == 0);
    }
}

TEST_CASE("values with parameters", "[mail][mime]") {
    struct Value {
        const char* name;
        std::string text;
        std::string value;
        std::vector<std::pair<std::string, std::string>> parameters;
    };
    const std::vector<Value> rows = {
        {"nothing", "", "", {}},
        {"no parameter", "text/plain", "text/plain", {}},
        {"upper case", "TEXT/Plain; CHARSET=UTF-8", "text/plain", {{"charset", "UTF-8"}}},
        {"quoted",
         "text/plain; charset=\"utf-8\"; format=flowed",
         "text/plain",
         {{"charset", "utf-8"}, {"format", "flowed"}}},
        {"quoted separators",
         "multipart/mixed; boundary=\"a;b=c (d)\"",
         "multipart/mixed",
         {{"boundary", "a;b=c (d)"}}},
        {"quoted pairs", "a/b; c=\"d\\\"e\\\\f\"", "a/b", {{"c", "d\"e\\f"}}},
        {"blanks around =", "a/b; c = d", "a/b", {{"c", "d"}}},
        {"no blank behind the semicolon", "a/b;c=d;e=f", "a/b", {{"c", "d"}, {"e", "f"}}},
        {"comments",
         "text/plain (plain (old) text); charset=us-ascii (so they say)",
         "text/plain",
         {{"charset", "us-ascii"}}},
        {"a comment in front of a value", "a/b; c=(d)e", "a/b", {{"c", "e"}}},
        {"empty parameters", "a/b;; c=d;", "a/b", {{"c", "d"}}},
        {"a name without a value", "a/b; c; d=e", "a/b", {{"d", "e"}}},
        {"an empty value", "a/b; c=; d=e", "a/b", {{"c", ""}, {"d", "e"}}},
        {"a quote that is never closed", "a/b; c=\"d; e=f", "a/b", {{"c", "d; e=f"}}},
        {"a comment that is never closed", "a/b; (c=d", "a/b", {}},
        {"a backslash at the end", "a/b; c=\"d\\", "a/b", {{"c", "d\\"}}},
        {"no value, only parameters", "; charset=utf-8", "", {{"charset", "utf-8"}}},
    };
    for (const Value& row : rows) {
        INFO(row.name);
        const Parameterised read = read_parameterised(row.text);
        CHECK(read.value == row.value);
        CHECK(read.parameters == row.parameters);
    }
    CHECK(read_parameterised("a/b; c=1; c=2").parameter("c") == "1");
    CHECK(read_parameterised("a/b; c=1").parameter("d").empty());
}

TEST_CASE("bodies are decoded", "[mail][mime]") {
    struct Body {
        const char* name;
        std::string header;
        std::string body;
        std::string decoded;
        std::string text;
    };
    const std::vector<Body> rows = {
        {"as it is", "", "a=20b", "a=20b", "a=20b"},
        {"8bit", "Content-Transfer-Encoding: 8bit\n", "gr\xC3\xBC", "gr\xC3\xBC", "gr\xC3\xBC"},
        {"quoted-printable", "Content-Transfer-Encoding: quoted-printable\n", "a=20b=\nc", "a bc", "a bc"},
        {"quoted-printable, upper case and a comment", "Content-Transfer-Encoding: Quoted-Printable (old)\n",
         "=41", "A", "A"},
        {"base64", "Content-Transfer-Encoding: BASE64\n", "TWFu\n", "Man", "Man"},
        {"unknown encoding", "Content-Transfer-Encoding: x-uuencode\n", "TWFu", "TWFu", "TWFu"},
        {"ISO-8859-1", "Content-Type: text/plain; charset=iso-8859-1\n", "gr\xFC\xDF", "gr\xFC\xDF",
         "gr\xC3\xBC\xC3\x9F"},
        {"UTF-7 of IIS", "Content-Type: text/plain; charset=unicode-1-1-utf-7\n", "Gr+APwA3w-e",
         "Gr+APwA3w-e",
         "Gr\xC3\xBC\xC3\x9F"
         "e"},
        {"HTML", "Content-Type: text/html\n", "<b>a</b> &amp; b", "<b>a</b> &amp; b", "a & b"},
        {"no charset, not UTF-8", "", "gr\xFC\xDF", "gr\xFC\xDF", "gr\xC3\xBC\xC3\x9F"},
    };
    for (const Body& row : rows) {
        INFO(row.name);
        const std::string mail = row.header + "Subject: a\n\n" + row.body;
        const Mime mime = read_mime(mail);
        CHECK(decoded_body(mime.parts[0], 1000) == row.decoded);
        CHECK(text_of(mime.parts[0]) == row.text);
    }
}

TEST_CASE("no more of a body is looked at than asked for", "[mail][mime]") {
    const std::string mail = "Subject: a\n\n" + std::string(10'000'000, 'x');
    const Mime mime = read_mime(mail);
    CHECK(decoded_body(mime.parts[0], 100).size() == 100);
    CHECK(text_of(mime.parts[0], 100).size() == 100);
}

TEST_CASE("parts are found by type", "[mail][mime]") {
    const std::string mail = multipart("b", "--b\nContent-Type: message/delivery-status\n\n\n--b--\n");
    const Mime mime = read_mime(mail);
    REQUIRE(mime.find("message/delivery-status") != nullptr);
    CHECK(mime.find("message/delivery-status")->parent == 0);
    CHECK(mime.find("text/html") == nullptr);
    CHECK(mime.has_children(mime.parts[0]));
    CHECK_FALSE(mime.has_children(mime.parts[1]));
}
