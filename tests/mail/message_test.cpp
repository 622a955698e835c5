#include "mail/message.hpp"
#include "base/encoding.hpp"
#include "mail/encoded_word.hpp"
#include "mail/field_writer.hpp"
#include "mail/mime.hpp"
#include "mail/text.hpp"
#include "support/catch.hpp"
#include "support/text.hpp"

#include <string>
#include <string_view>
#include <vector>

using namespace relaytool;
using namespace relaytool::mail;
using namespace relaytool::test;
using namespace std::string_literals;

namespace {

constexpr Transfer modern{Offer::yes, Offer::yes};

std::string octets_of(std::string_view file, Transfer transfer) {
    const auto stored = read_message(file);
    REQUIRE(stored);
    const auto written = write(stored->message, transfer);
    return written ? written->octets : "Error: " + written.error().what + ": " + written.error().why;
}

struct Row {
    const char* name;
    std::string text;
    std::string expected;
};

} // namespace

TEST_CASE("an existing message stays byte for byte", "[mail][message]") {
    const std::string letter = crlf("Received: from a\n by b\nFrom: A <a@example.com>\nSUBJECT:no  blank\n"
                                    "X-Odd : value\t\nTo: b@example.org\n\nHello\n\n.\n  \n");
    const std::string same = crlf("Received: from a\n by b\nFrom: A <a@example.com>\nSUBJECT:no  blank\n"
                                  "X-Odd: value\t\nTo: b@example.org\n\nHello\n\n.\n  \n");
    CHECK(octets_of(letter, {}) == same);
    CHECK(octets_of(letter, modern) == same);
    const std::string latin = crlf("From: a@example.com\nContent-Type: text/plain; charset=iso-8859-1\n\n\xFC\n");
    CHECK(octets_of(latin, modern) == latin);
    const std::string parts =
        crlf("From: a@example.com\nContent-Type: multipart/mixed; boundary=x\n\n--x\n\n\xC3\xBC\n--x--\n");
    CHECK(octets_of(parts, modern) == parts);
    CHECK(octets_of(parts, {}).starts_with("Error: the message: it has parts with 8-bit text"));
}

TEST_CASE("what a message lacks is added, what must not go out goes", "[mail][message]") {
    auto stored = read_message("From x@example.com Mon Jan  1 00:00:00 2024\nFrom: a@example.com\nBcc: c@example.com,\n"
                               " d@example.com\nTo: b@example.org\n\nHi");
    REQUIRE(stored);
    CHECK(stored->envelope.sender == "a@example.com");
    CHECK(stored->envelope.recipients == std::vector<std::string>{"c@example.com", "d@example.com", "b@example.org"});
    add_missing(stored->message, {1593478292, "1@example.com"});
    add_missing(stored->message, {0, "2@example.com"});
    const auto written = write(stored->message, {});
    REQUIRE(written);
    CHECK(written->octets == crlf("From: a@example.com\nTo: b@example.org\nDate: Tue, 30 Jun 2020 00:51:32 +0000\n"
                                  "Message-ID: <1@example.com>\n\nHi\n"));
    CHECK(written->content == Content::seven_bit);
}

TEST_CASE("what is no message", "[mail][message]") {
    CHECK_FALSE(read_message(""));
    CHECK_FALSE(read_message("Dear Bob,\n\nHi\n"));
    CHECK_FALSE(read_message("From: a@example.com\n\n\0"s));
    CHECK_FALSE(read_message("Subject: " + repeated("x", longest_header)));
}

TEST_CASE("a body that the server cannot take is recoded", "[mail][message]") {
    const std::string head = "From: a@example.com\nMIME-Version: 1.0\nContent-Type: text/plain; charset=utf-8\n";
    CHECK(octets_of(head + "Content-Transfer-Encoding: 8bit\n\nGr\xC3\xBC\xC3\x9F" "e\n", {}) ==
          crlf(head + "Content-Transfer-Encoding: quoted-printable\n\nGr=C3=BC=C3=9Fe\n"));
    const std::string greek = repeated("\xCE\xB1\xCE\xB2", 40);
    const std::string coded = octets_of(head + "\n" + greek + "\n", {});
    CHECK(coded.find("Content-Transfer-Encoding: base64\r\n\r\nzrHOss6x") != std::string::npos);
    CHECK(text_of(read_mime(coded).parts[0]) == greek + "\r\n");
    const std::string longest = repeated("0123456789", 200);
    const std::string folded = octets_of(head + "\n" + longest + "\n", modern);
    CHECK(text_of(read_mime(folded).parts[0]) == longest + "\r\n");
    CHECK(octets_of("From: a@example.com\n\nGr\xFC\xDF" "e\n", {}).find("charset=windows-1252") != std::string::npos);
}

TEST_CASE("an address that is not ASCII needs SMTPUTF8", "[mail][message]") {
    const std::string letter = crlf("From: J\xC3\xBCrgen <j\xC3\xBCrgen@example.com>\nSubject: \xC3\xBC\n\nHi\n");
    CHECK(octets_of(letter, modern) == letter);
    CHECK(octets_of(letter, {Offer::yes, Offer::no}).starts_with("Error: j\xC3\xBCrgen@example.com: "));
    const auto written = write(read_message(letter)->message, modern);
    REQUIRE(written);
    CHECK(written->addresses == AddressForm::utf8);
    CHECK(written->content == Content::eight_bit);
}

TEST_CASE("header fields that cannot stay are written anew", "[mail][message]") {
    const std::vector<Row> rows = {
        {"Subject", " Gr\xC3\xBC\xC3\x9F" "e an alle", " =?utf-8?Q?Gr=C3=BC=C3=9Fe?= an alle"},
        {"To", " J\xC3\xBCrgen \"X\" <a@example.com>, \"B, b\" <b@example.com>",
         " =?utf-8?Q?J=C3=BCrgen_X?= <a@example.com>, \"B, b\" <b@example.com>"},
        {"Content-Type", " application/pdf; name=\"Rechnung \xC3\xBC.pdf\"",
         " application/pdf; name*=utf-8''Rechnung%20%C3%BC.pdf"},
        {"Subject", " \xFC", " =?utf-8?Q?=C3=BC?="},
    };
    for (const Row& row : rows) {
        INFO(row.name << row.text);
        const auto raw = rewrite(row.name, row.text, HeaderForm::ascii);
        REQUIRE(raw);
        CHECK(*raw == row.expected);
    }
    CHECK_FALSE(rewrite("To", " J\xC3\xBCrgen", HeaderForm::ascii));
}

TEST_CASE("texts survive the header, whatever is in them", "[mail][message]") {
    for (const std::string& text :
         std::vector<std::string>{"hello", "two  blanks", "J\xC3\xBCrgen  and  \xE2\x82\xAC", "=?utf-8?Q?x?=", "trailing \xC3\xBC x",
                                  repeated("\xE2\x82\xAC", 300), repeated("word ", 300) + "end", repeated("x", 3000),
                                  repeated("\xF0\x9F\x93\xA7 mail ", 100) + "."}) {
        INFO(text);
        const std::string raw = write_text("Subject", text, HeaderForm::ascii);
        CHECK(encoding::ascii_length(raw) == raw.size());
        CHECK(decode_header(raw) == text);
        const std::string whole = "Subject:" + raw;
        Lines lines(whole);
        std::string_view line;
        while (lines.next(line))
            CHECK(line.size() <= 78);
    }
    CHECK(write_text("Subject", "a\r\nBcc: x@example.com", HeaderForm::ascii).find('\r') == std::string::npos);
}

TEST_CASE("names survive the header", "[mail][message]") {
    for (const std::string& name : std::vector<std::string>{
             "Ann", "Doe, John", "A \"B\" \\C", "J\xC3\xBCrgen (Buchhaltung)", "=?utf-8?Q?x?=", repeated("name ", 60) + "n",
             repeated("\xC3\xBC", 90), "a@b.c"}) {
        INFO(name);
        const Mailbox mailbox{name, "a@example.com"};
        for (const HeaderForm form : {HeaderForm::ascii, HeaderForm::utf8}) {
            const std::string raw = write_mailboxes("To", std::vector{mailbox, mailbox}, form);
            const MailboxList read = read_mailboxes(raw);
            CHECK(read.broken.empty());
            CHECK(read.mailboxes == std::vector{mailbox, mailbox});
        }
    }
}

TEST_CASE("names of files, RFC 2231", "[mail][message]") {
    CHECK(write_parameterised("Content-Disposition", "attachment", {{"filename", "a b.pdf"}}) ==
          " attachment; filename=\"a b.pdf\"");
    CHECK(write_parameterised("Content-Disposition", "attachment", {{"filename", "a\"\r\nX: y"}}) ==
          " attachment; filename=\"a\\\"  X: y\"");
    const std::string raw = write_parameterised("Content-Disposition", "attachment",
                                                {{"filename", repeated("\xC3\xBC", 40) + ".pdf"}});
    CHECK(raw.find("filename*0*=utf-8''%C3%BC") != std::string::npos);
    CHECK(raw.find("filename*4*=") != std::string::npos);
    CHECK(raw.find("%\r\n") == std::string::npos);
}

TEST_CASE("a Message-ID never breaks out of its field", "[mail][message]") {
    CHECK(make_message_id("\x01\xFF", "pc.example.com") == "01ff.relaytool@pc.example.com");
    CHECK(make_message_id("\x01", "a>\r\nX: y") == "01.relaytool@localhost");
    CHECK(make_message_id("\x01", "") == "01.relaytool@localhost");
}
