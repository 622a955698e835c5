#include "report/html.hpp"
#include "support/catch.hpp"

#include <string>

using namespace relaytool::report;

TEST_CASE("text of strangers in HTML", "[report][html]") {
    CHECK(html_text("a<b>&\"'c\n") == "a&lt;b&gt;&amp;&quot;&#39;c\n");
    CHECK(html_text("\xC3\xA9") == "\xC3\xA9");
    CHECK(html_text("\x1b[31m") == "\\x1b[31m");
    CHECK(html_text("\xE2\x80\xAE") == "\\u202e");
    CHECK(html_text("\xFF") == "\xEF\xBF\xBD");
}

TEST_CASE("a value of strangers on one line", "[report][html]") {
    CHECK(html_value("a<b>\r\nc\td") == "<bdi>a&lt;b&gt;\\nc\\td</bdi>");
    CHECK(html_value("12345", 5) == "<bdi>12345</bdi>");
    CHECK(html_value("123456", 5) == "<bdi>12345</bdi><span class=\"cut\">… and 1 octet more</span>");
    // No character is cut in two, and octets that are none do no harm.
    CHECK(html_value("1234\xC3\xA9", 5).starts_with("<bdi>1234</bdi>"));
    CHECK(html_value(std::string(1000, '\x80'), 5).find("octets more") != std::string::npos);
}

TEST_CASE("a document around what is HTML already", "[report][html]") {
    const std::string page = html_document("<a>", "<meta name=\"x\">\n", "<main></main>\n");
    CHECK(page.starts_with("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"));
    CHECK(page.find("<title>&lt;a&gt;</title>") != std::string::npos);
    CHECK(page.ends_with("<body>\n<main></main>\n</body>\n</html>\n"));
}
