#include "mail/fields.hpp"
#include "support/catch.hpp"
#include "support/text.hpp"

#include <string>
#include <string_view>
#include <vector>

using namespace relaytool::mail;
using namespace relaytool::test;
using namespace std::string_literals;

namespace {

/// `Name=value` a line, then `|` and the body.
std::string outline(std::string_view text) {
    const Header header = read_header(text);
    std::string out;
    for (const Field& field : header.fields.all())
        out.append(field.name).append("=").append(unfold(field.raw)).append("\n");
    return out.append("|").append(text.substr(header.body));
}

struct Row {
    const char* name;
    std::string text;
    std::string outline;
};

} // namespace

TEST_CASE("headers as mail has them", "[mail][fields]") {
    const std::vector<Row> rows = {
        {"nothing", "", "|"},
        {"fields and body", "From: a@example.com\nTo: b@example.com\n\nHello\n",
         "From=a@example.com\nTo=b@example.com\n|Hello\n"},
        {"CRLF", "From: a@example.com\r\n\r\nHello\r\n", "From=a@example.com\n|Hello\r\n"},
        {"no blank after the colon", "Subject:hi\n\n", "Subject=hi\n|"},
        {"blanks before the colon", "Subject : hi\n\nx", "Subject=hi\n|x"},
        {"no value", "Subject:\nTo: b@example.com\n\n", "Subject=\nTo=b@example.com\n|"},
        {"folded with a blank", "Subject: one\n two\n\n", "Subject=one two\n|"},
        {"folded with a tab", "Subject: one\n\ttwo\n\n", "Subject=one two\n|"},
        {"folded over several lines, CRLF", "Subject: one\r\n  two\r\n\t three\r\n\r\nx",
         "Subject=one two three\n|x"},
        {"nothing on the first line of a folded field", "Subject:\n hi\n\n", "Subject=hi\n|"},
        {"a colon in the value", "Subject: Re: hi\n\n", "Subject=Re: hi\n|"},
        {"no body", "Subject: hi\n", "Subject=hi\n|"},
        {"cut off inside a field", "Subject: hi\nFro", "Subject=hi\n|Fro"},
        {"cut off inside a value", "Subject: hi\nFrom: a@exa", "Subject=hi\nFrom=a@exa\n|"},
        {"cut off inside a fold", "Subject: hi\n th", "Subject=hi th\n|"},
        {"a stray line between fields", "Subject: hi\nstray line\nTo: b@example.com\n\nx",
         "Subject=hi\nTo=b@example.com\n|x"},
        {"the blank line is missing", "Subject: hi\nDear customer,\nplease pay.\n",
         "Subject=hi\n|Dear customer,\nplease pay.\n"},
        {"text instead of a header", "Dear customer,\nplease pay.\n", "|Dear customer,\nplease pay.\n"},
        {"a blank first line", "\nSubject: hi\n\n", "|Subject: hi\n\n"},
        {"a fold of nothing", " hello\nSubject: hi\n\n", "| hello\nSubject: hi\n\n"},
        {"a sentence is no name", "This is a sentence: hello\n\n", "|This is a sentence: hello\n\n"},
        {"an 8-bit name is none", "\xC3\x9C: hi\n\nx", "|\xC3\x9C: hi\n\nx"},
        {"a colon alone", ": hi\n\nx", "|: hi\n\nx"},
        {"a NUL in a value", "Subject: a\0b\n\nx"s, "Subject=a\0b\n|x"s},
        {"a control character in a name", "Sub\x01ject: a\n\nx", "|Sub\x01ject: a\n\nx"},
        {"8-bit value", "Subject: gr\xFC\xDF\n\n", "Subject=gr\xFC\xDF\n|"},
    };
    for (const Row& row : rows) {
        INFO(row.name);
        CHECK(outline(row.text) == row.outline);
    }
}

TEST_CASE("fields are found by name", "[mail][fields]") {
    const std::string text = "To: first@example.com\nTO: second@example.com\nEmpty:\nSubject: a\n  b\n\n";
    const Fields fields = read_header(text).fields;
    CHECK(fields.value("to") == "first@example.com");
    CHECK(fields.value("SUBJECT") == "a b");
    CHECK(fields.raw("Subject") == " a\n  b");
    CHECK(fields.has("Empty"));
    CHECK(fields.value("Empty").empty());
    CHECK_FALSE(fields.has("Cc"));
    CHECK(fields.raw("Cc").data() == nullptr);
    CHECK(reaches_into(fields.raw("Subject"), text));
}

TEST_CASE("unfolding", "[mail][fields]") {
    const std::vector<Row> rows = {
        {"nothing", "", ""},
        {"blanks only", "  \t ", ""},
        {"one line", "  a  b ", "a  b"},
        {"LF", "a\n b", "a b"},
        {"CRLF and tabs", "a\r\n\t\tb\r\n c", "a b c"},
        {"an empty line inside", "a\n \n b", "a b"},
    };
    for (const Row& row : rows) {
        INFO(row.name);
        CHECK(unfold(row.text) == row.outline);
    }
}

TEST_CASE("huge headers are read in bounds", "[mail][fields]") {
    SECTION("100000 fields") {
        const std::string text = repeated("X-Field: value\n", 100'000) + "\nbody";
        const Header header = read_header(text);
        CHECK(header.fields.all().size() == max_fields);
        CHECK(text.substr(header.body) == "body");
        CHECK(read_header(text, 200'000).fields.all().size() == 100'000);
        CHECK(read_header(text, 3).fields.all().size() == 3);
    }
    SECTION("100000 stray lines between fields") {
        const std::string text = repeated("A: b\nstray line\n", 100'000) + "C: d\n\nbody";
        const Header header = read_header(text);
        CHECK(header.fields.all().size() == max_fields);
        CHECK(text.substr(header.body) == "body");
    }
    SECTION("a value of 10 MB") {
        const std::string text = "Subject: " + std::string(10'000'000, 'x') + "\n\nbody";
        const Header header = read_header(text);
        CHECK(header.fields.value("Subject").size() == 10'000'000);
        CHECK(text.substr(header.body) == "body");
    }
    SECTION("a field folded 100000 times") {
        const std::string text = "Subject: a\n" + repeated(" b\n", 100'000) + "\nbody";
        const Header header = read_header(text);
        CHECK(header.fields.value("Subject").size() == 1 + 2 * 100'000);
        CHECK(text.substr(header.body) == "body");
    }
    SECTION("a line of 10 MB that is no field") {
        const std::string text(10'000'000, 'x');
        CHECK(read_header(text).body == 0);
        CHECK(read_header(text).fields.empty());
    }
}
