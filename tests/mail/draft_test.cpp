#include "mail/draft.hpp"
#include "mail/encoded_word.hpp"
#include "mail/mime.hpp"
#include "support/catch.hpp"
#include "support/text.hpp"

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

using namespace relaytool;
using namespace relaytool::mail;
using namespace relaytool::test;
using namespace std::string_literals;

namespace {

constexpr Transfer modern{Offer::yes, Offer::yes};

Draft simple() {
    Draft draft;
    draft.from = {{"J\xC3\xBCrgen", "a@example.com"}};
    draft.to = {{"", "b@example.org"}};
    draft.subject = "Hello";
    draft.text = "Hi\n";
    draft.stamp = {1593478292, "1@example.com"};
    return draft;
}

std::string octets_of(const Draft& draft, Transfer transfer) {
    const auto message = compose(draft, transfer);
    REQUIRE(message);
    const auto written = write(*message, transfer);
    REQUIRE(written);
    return written->octets;
}

bool has_bare_line_ends(std::string text) {
    for (std::size_t at = 0; (at = text.find("\r\n", at)) != std::string::npos;)
        text.erase(at, 2);
    return text.find_first_of("\r\n") != std::string::npos;
}

struct Refused {
    const char* name;
    std::string option;
    std::string value;
};

} // namespace

TEST_CASE("a plain message", "[mail][draft]") {
    Draft draft = simple();
    draft.cc = {{"Ann", "c@example.org"}};
    draft.bcc = {{"", "d@example.org"}};
    draft.reply_to = {{"", "r@example.com"}};
    draft.extra = {{"X-Job", "gr\xC3\xBCn"}, {"subject", "Replaced"}};
    CHECK(octets_of(draft, {}) ==
          crlf("Date: Tue, 30 Jun 2020 00:51:32 +0000\nFrom: =?utf-8?Q?J=C3=BCrgen?= <a@example.com>\n"
               "Reply-To: r@example.com\nTo: b@example.org\nCc: Ann <c@example.org>\nSubject: Replaced\n"
               "Message-ID: <1@example.com>\nX-Job: =?utf-8?Q?gr=C3=BCn?=\nMIME-Version: 1.0\n"
               "Content-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: 7bit\n\nHi\n"));
    const Envelope envelope = envelope_of(draft);
    CHECK(envelope.sender == "a@example.com");
    CHECK(envelope.recipients == std::vector<std::string>{"b@example.org", "c@example.org", "d@example.org"});
}

TEST_CASE("text travels as the server can take it", "[mail][draft]") {
    Draft draft = simple();
    draft.text = "Gr\xC3\xBC\xC3\x9F" "e\n";
    CHECK(octets_of(draft, modern).ends_with("8bit\r\n\r\nGr\xC3\xBC\xC3\x9F" "e\r\n"));
    CHECK(octets_of(draft, {}).ends_with("quoted-printable\r\n\r\nGr=C3=BC=C3=9Fe\r\n"));
    draft.text = repeated("\xCE\xB1", 400);
    CHECK(octets_of(draft, {}).find("base64\r\n\r\nzrHOsc6x") != std::string::npos);
    draft.text = repeated("x", 2000);
    CHECK(octets_of(draft, modern).find("quoted-printable\r\n\r\nxxx") != std::string::npos);
    draft.text = "\xFC";
    CHECK(octets_of(draft, modern).ends_with("\xC3\xBC\r\n"));
    draft.text = "a\0b"s;
    CHECK(octets_of(draft, modern).ends_with("ab\r\n"));
}

TEST_CASE("HTML and attachments come out as they went in", "[mail][draft]") {
    Draft draft = simple();
    draft.text = "plain \xC3\xBC\n";
    draft.html = "<p>html \xC3\xBC</p>";
    std::string all;
    for (int i = 0; i < 1000; ++i)
        all += static_cast<char>(i & 0xFF);
    draft.attachments = {{"Rechnung \xC3\xBC.PDF", "", all}, {"a.eml", "message/rfc822", "x"}, {"e", "x\r\ny/z", ""}};
    for (const Transfer transfer : {modern, Transfer{}}) {
        const std::string octets = octets_of(draft, transfer);
        CHECK_FALSE(has_bare_line_ends(octets));
        const Mime mime = read_mime(octets);
        REQUIRE(mime.parts.size() == 7);
        CHECK(mime.parts[0].type.value == "multipart/mixed");
        CHECK(mime.parts[1].type.value == "multipart/alternative");
        CHECK(text_of(mime.parts[2]) == "plain \xC3\xBC");
        CHECK(decoded_body(mime.parts[3], 1000) == "<p>html \xC3\xBC</p>");
        CHECK(mime.parts[4].type.value == "application/pdf");
        CHECK(mime.parts[4].header.value("Content-Disposition") ==
              "attachment; filename*=utf-8''Rechnung%20%C3%BC.PDF");
        CHECK(decoded_body(mime.parts[4], 10000) == all);
        CHECK(mime.parts[5].type.value == "application/octet-stream");
        CHECK(mime.parts[6].type.value == "application/octet-stream");
    }
}

TEST_CASE("a text cannot end a part before its time", "[mail][draft]") {
    Draft draft = simple();
    draft.html = "<p>x</p>";
    const std::string first = octets_of(draft, modern);
    const std::string boundary(read_mime(first).parts[0].type.parameter("boundary"));
    REQUIRE_FALSE(boundary.empty());
    draft.text = "--" + boundary + "--\n";
    const Mime mime = read_mime(octets_of(draft, modern));
    CHECK(mime.parts[0].type.parameter("boundary") != boundary);
}

TEST_CASE("nothing in an option begins another header field", "[mail][draft]") {
    for (const std::string& bad : {"x\r\nBcc: c@example.com"s, "x\nBcc: c"s, "x\rBcc: c"s, "x\0y"s, "x\x1b[0m"s}) {
        INFO(bad);
        CHECK_FALSE(read_text_option("--subject", bad));
        CHECK_FALSE(read_mailbox_option("--to", "\"" + bad + "\" <a@example.com>"));
        CHECK_FALSE(read_field_option("--header", "X-A: " + bad));
        const std::vector<void (*)(Draft&, const std::string&)> places = {
            [](Draft& d, const std::string& v) { d.subject = v; },
            [](Draft& d, const std::string& v) { d.to[0].name = v; },
            [](Draft& d, const std::string& v) { d.to[0].address = v; },
            [](Draft& d, const std::string& v) { d.extra = {{"X-A", v}}; },
            [](Draft& d, const std::string& v) { d.extra = {{v, "x"}}; },
            [](Draft& d, const std::string& v) { d.stamp.message_id = v; },
            [](Draft& d, const std::string& v) { d.attachments = {{v, "", ""}}; },
        };
        for (const auto& place : places) {
            Draft draft = simple();
            place(draft, bad);
            CHECK_FALSE(compose(draft, modern));
        }
    }
}

TEST_CASE("options that are refused name themselves", "[mail][draft]") {
    const std::vector<Refused> rows = {
        {"no address", "--to", "Bob"},
        {"nothing", "--to", ""},
        {"two in one", "--cc", "a@example.com b@example.com"},
    };
    for (const Refused& row : rows) {
        INFO(row.name);
        const auto list = read_mailbox_option(row.option, row.value);
        REQUIRE_FALSE(list);
        CHECK(list.error().what.starts_with(row.option));
    }
    for (const char* field : {"X-A", "X A: b", ": b", "bcc: a@example.com", "Content-Type: text/html"}) {
        INFO(field);
        CHECK_FALSE(read_field_option("--header", field));
    }
    CHECK(read_field_option("--header", "X-A:b")->second == "b");
    CHECK_FALSE(compose(Draft{}, modern));
}

TEST_CASE("an address that is not ASCII makes a header in UTF-8", "[mail][draft]") {
    Draft draft = simple();
    draft.to = {{"", "b\xC3\xBC@example.org"}};
    const auto message = compose(draft, modern);
    REQUIRE(message);
    CHECK(message->value("From") == "\"J\xC3\xBCrgen\" <a@example.com>");
    CHECK(write(*message, modern)->addresses == AddressForm::utf8);
    CHECK_FALSE(write(*message, {}));
}
