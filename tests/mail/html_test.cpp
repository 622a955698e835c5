#include "mail/html.hpp"
#include "support/catch.hpp"
#include "support/text.hpp"

#include <string>
#include <vector>

using namespace relaytool::mail;
using namespace relaytool::test;
using namespace std::string_literals;

TEST_CASE("HTML is reduced to its words", "[mail][html]") {
    struct Row {
        const char* name;
        std::string html;
        std::string text;
    };
    const std::vector<Row> rows = {
        {"nothing", "", ""},
        {"text", "Hello, you", "Hello, you"},
        {"tags", "<b>Hello</b>, <a href=\"https://example.com/\">you</a>", "Hello, you"},
        {"line ends", "a<br>b<BR/>c", "a\nb\nc"},
        {"paragraphs", "<p>a</p>", "\na\n"},
        {"cells", "<td>a</td><td>b</td>", " a  b "},
        {"entities", "&lt;a&gt; &amp; &quot;b&quot; &apos;c&apos;", "<a> & \"b\" 'c'"},
        {"a blank that may not break", "a&nbsp;b", "a b"},
        {"numbers", "&#65;&#x42;&#X43;", "ABC"},
        {"a number above Unicode", "&#x110000;", "\xEF\xBF\xBD"},
        {"a surrogate", "&#xD800;", "\xEF\xBF\xBD"},
        {"an entity nobody knows", "&nobody; & &", "&nobody; & &"},
        {"an entity without its semicolon", "a &amp b", "a &amp b"},
        {"a broken number", "&#; &#x; &#1x;", "&#; &#x; &#1x;"},
        {"style", "<style>p { color: red }</style>a", "a"},
        {"script", "<SCRIPT>if (a < b) c();</SCRIPT>a", "a"},
        {"a comment", "a<!-- b <p> -->c", "ac"},
        {"a comment that is never closed", "a<!-- b", "a"},
        {"a script that is never closed", "a<script>b", "a"},
        {"a tag that is never closed", "a<b c", "a"},
        {"less than", "1 < 2 <3", "1 < 2 <3"},
        {"an address in angle brackets", "to <user@example.com>: unknown", "to <user@example.com>: unknown"},
        {"an address inside a tag", "<a href=\"mailto:user@example.com\">user</a>", "user"},
        {"an address inside a tag that escapes it", "&lt;user@example.com&gt;", "<user@example.com>"},
        {"a document type", "<!DOCTYPE html><p>a", "\na"},
        {"a NUL", "a\0<b>c</b>"s, "a\0c"s},
        {"escaped tags are text", "&lt;b&gt;", "<b>"},
    };
    for (const Row& row : rows) {
        INFO(row.name);
        CHECK(html_to_text(row.html) == row.text);
    }
}

TEST_CASE("hostile HTML is read in bounded time", "[mail][html]") {
    const std::size_t many = 200'000;
    CHECK(html_to_text(std::string(many, '<')).size() == many);
    CHECK(html_to_text(std::string(many, '&')).size() == many);
    CHECK(html_to_text(repeated("<!--", many)).empty());
    CHECK(html_to_text(repeated("<script>", many)).empty());
    CHECK(html_to_text(repeated("<a ", many)).empty());
    CHECK(html_to_text(repeated("<style></style>", many)).empty());
    CHECK(html_to_text(std::string(10'000'000, 'x')).size() == 10'000'000);
}
