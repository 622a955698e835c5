#include "mail/pickup.hpp"
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

constexpr Transfer modern{Offer::yes, Offer::yes};

/// `sender > recipients | message`, line ends shown as LF only: the writer's CRLF is tested apart.
std::string outline(std::string_view file, Transfer transfer = modern) {
    const auto pickup = read_pickup(file);
    if (!pickup) return "refused " + std::to_string(static_cast<int>(pickup.error().fault));
    std::string out = pickup->envelope.sender + " >";
    for (const std::string& recipient : pickup->envelope.recipients)
        out.append(" ").append(recipient);
    const auto written = write(pickup->message, transfer);
    std::string text = written ? written->octets : "cannot be written";
    text.erase(std::remove(text.begin(), text.end(), '\r'), text.end());
    return out.append(" | ").append(text);
}

std::string notes_of(std::string_view file) {
    const auto pickup = read_pickup(file);
    REQUIRE(pickup);
    std::string out;
    for (const Note note : pickup->notes)
        out.append(out.empty() ? "" : " ").append(to_string(note));
    return out;
}

std::string utf16le(std::string_view ascii) {
    std::string out = "\xFF\xFE";
    for (const char c : ascii)
        out.append({c, '\0'});
    return out;
}

struct Row {
    const char* name;
    std::string file;
    std::string outline;
};

struct Refusal {
    const char* name;
    std::string file;
    PickupFault fault;
    std::uint32_t iis_error;
};

} // namespace

TEST_CASE("pickup files as IIS reads them", "[mail][pickup]") {
    const std::vector<Row> rows = {
        {"the sample of Microsoft's guide", "FROM: <a@example.com>\nTO: <b@example.org>\nSUBJECT: test\nThis is it.\n",
         "a@example.com > b@example.org | FROM: <a@example.com>\nTO: <b@example.org>\nSUBJECT: test\n\nThis is it.\n"},
        {"with a blank line", "From: a@example.com\nTo: b@example.org\n\nHi\n",
         "a@example.com > b@example.org | From: a@example.com\nTo: b@example.org\n\nHi\n"},
        {"no line end at the end", "From: a@example.com\nTo: b@example.org\n\nHi",
         "a@example.com > b@example.org | From: a@example.com\nTo: b@example.org\n\nHi\n"},
        {"no body", "From: a@example.com\nTo: b@example.org",
         "a@example.com > b@example.org | From: a@example.com\nTo: b@example.org\n\n"},
        {"envelope lines win",
         "x-sender: env@example.com\nX-Receiver: <one@example.org>\nx-receiver: two@example.org\n"
         "From: a@example.com\nTo: b@example.org\n\nHi\n",
         "env@example.com > one@example.org two@example.org | From: a@example.com\nTo: b@example.org\n\nHi\n"},
        {"envelope lines of Exchange",
         "X-Sender: <a@example.com> BODY=7bit RET=HDRS\nX-Receiver: <b@example.org> NOTIFY=NEVER ORcpt=rfc822;c\n"
         "From: a@example.com\n\nHi\n",
         "a@example.com > b@example.org | From: a@example.com\n\nHi\n"},
        {"the null sender", "x-sender: <>\nx-receiver: b@example.org\nFrom: a@example.com\n\nHi\n",
         " > b@example.org | From: a@example.com\n\nHi\n"},
        {"envelope lines behind the header do not count, and go",
         "From: a@example.com\nTo: b@example.org\nx-receiver: c@example.org\nx-sender: d@example.org\n\nHi\n",
         "a@example.com > b@example.org | From: a@example.com\nTo: b@example.org\n\nHi\n"},
        {"Sender wins over From", "From: a@example.com\nSender: s@example.com\nTo: b@example.org\n\nHi\n",
         "s@example.com > b@example.org | From: a@example.com\nSender: s@example.com\nTo: b@example.org\n\nHi\n"},
        {"a sender, but no From", "x-sender: a@example.com\nTo: b@example.org\n\nHi\n",
         "a@example.com > b@example.org | To: b@example.org\nFrom: a@example.com\n\nHi\n"},
        {"To, Cc and Bcc, folded, twice the same",
         "From: a@example.com\nTo: \"B, b\" <b@example.org>,\n c@example.org\nCc: d@example.org; B@example.org\n"
         "BCC: e@example.org,\n\tb@EXAMPLE.org\n\nHi\n",
         "a@example.com > b@example.org c@example.org d@example.org B@example.org e@example.org | From: a@example.com\n"
         "To: \"B, b\" <b@example.org>,\n c@example.org\nCc: d@example.org; B@example.org\n\nHi\n"},
        {"dots stay", "From: a@example.com\nTo: b@example.org\n\n.\n..\n.x\nend\n",
         "a@example.com > b@example.org | From: a@example.com\nTo: b@example.org\n\n.\n..\n.x\nend\n"},
        {"a mark of UTF-8", "\xEF\xBB\xBF" "From: a@example.com\nTo: b@example.org\n\nHi\n",
         "a@example.com > b@example.org | From: a@example.com\nTo: b@example.org\n\nHi\n"},
        {"UTF-16", utf16le("From: a@example.com\r\nTo: b@example.org\r\n\r\nHi\r\n"),
         "a@example.com > b@example.org | From: a@example.com\nTo: b@example.org\n\nHi\n"},
        {"the code page of Notepad", "From: J\xFCrgen <a@example.com>\nTo: b@example.org\nSubject: 5 \x80\n\nGr\xFC\xDF"
                                     "e\n",
         "a@example.com > b@example.org | From: =?utf-8?Q?J=C3=BCrgen?= <a@example.com>\nTo: b@example.org\n"
         "Subject: 5 =?utf-8?B?4oKs?=\nMIME-Version: 1.0\nContent-Type: text/plain; charset=utf-8\n"
         "Content-Transfer-Encoding: 8bit\n\nGr\xC3\xBC\xC3\x9F" "e\n"},
        {"a declared charset stays",
         "From: a@example.com\nTo: b@example.org\nContent-Type: text/plain; charset=iso-8859-1\n"
         "Content-Transfer-Encoding: 8bit\n\nGr\xFC\xDF" "e\n",
         "a@example.com > b@example.org | From: a@example.com\nTo: b@example.org\n"
         "Content-Type: text/plain; charset=iso-8859-1\nContent-Transfer-Encoding: 8bit\n\nGr\xFC\xDF" "e\n"},
    };
    for (const Row& row : rows) {
        INFO(row.name);
        CHECK(outline(row.file) == row.outline);
        CHECK(outline(crlf(row.file)) == (row.name == "UTF-16"s ? outline(crlf(row.file)) : row.outline));
    }
}

TEST_CASE("a server without 8BITMIME gets quoted-printable", "[mail][pickup]") {
    CHECK(outline("From: a@example.com\nTo: b@example.org\n\nGr\xFC\xDF" "e = x\n", {}) ==
          "a@example.com > b@example.org | From: a@example.com\nTo: b@example.org\nMIME-Version: 1.0\n"
          "Content-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: quoted-printable\n\n"
          "Gr=C3=BC=C3=9Fe =3D x\n");
}

TEST_CASE("what was mended is told", "[mail][pickup]") {
    const std::vector<Row> rows = {
        {"nothing", "From: a@example.com\r\nTo: b@example.org\r\n\r\nHi\r\n", ""},
        {"line feeds", "From: a@example.com\nTo: b@example.org\n\nHi\n", "bare-line-feed"},
        {"carriage returns", "From: a@example.com\rTo: b@example.org\r\rHi\r", "bare-carriage-return"},
        {"no blank line", "From: a@example.com\r\nTo: b@example.org\r\nDear Bob,\r\nHi\r\n", "no-blank-line"},
        {"dots", "From: a@example.com\r\nTo: b@example.org\r\n\r\n.\r\n.x\r\n", "lone-dot leading-dot"},
        {"a mark", "\xEF\xBB\xBF" "From: a@example.com\r\nTo: b@example.org\r\n\r\n", "byte-order-mark"},
        {"UTF-16", utf16le("From: a@example.com\r\nTo: b@example.org\r\n\r\n"), "utf-16"},
        {"8-bit text", "From: a@example.com\r\nTo: b@example.org\r\n\r\n\xFC\r\n", "charset-guessed mime-added"},
        {"Bcc", "From: a@example.com\r\nBcc: b@example.org, b@example.org\r\n\r\n", "duplicate-recipient bcc-removed"},
        {"late", "From: a@example.com\r\nx-sender: c@example.com\r\nTo: b@example.org\r\n\r\n", "late-envelope-line"},
        {"two senders", "From: a@example.com, c@example.com\r\nTo: b@example.org\r\n\r\n", "several-senders"},
        {"no From", "Sender: a@example.com\r\nTo: b@example.org\r\n\r\n", "from-added"},
    };
    for (const Row& row : rows) {
        INFO(row.name);
        CHECK(notes_of(row.file) == row.outline);
    }
}

TEST_CASE("files that IIS refuses", "[mail][pickup]") {
    const std::string many = [] {
        std::string lines;
        for (int i = 0; i <= 1000; ++i)
            lines += "x-receiver: u" + std::to_string(i) + "@example.org\n";
        return lines + "From: a@example.com\n\n";
    }();
    const std::vector<Refusal> rows = {
        {"nothing", "", PickupFault::empty, bad_pickup_file},
        {"blank lines", "\r\n \r\n", PickupFault::empty, bad_pickup_file},
        {"no header", "Dear Bob,\nHi\n", PickupFault::no_header, bad_pickup_file},
        {"a blank line in front", "\nFrom: a@example.com\nTo: b@example.org\n\n", PickupFault::no_header,
         bad_pickup_file},
        {"no From", "To: b@example.org\nSubject: hi\n\nHi\n", PickupFault::no_sender, bad_pickup_file},
        {"an empty From", "From:\nTo: b@example.org\n\nHi\n", PickupFault::no_sender, bad_pickup_file},
        {"a From without an address", "From: Accounts\nTo: b@example.org\n\nHi\n", PickupFault::bad_sender,
         bad_pickup_file},
        {"no recipient", "From: a@example.com\nSubject: hi\n\nHi\n", PickupFault::no_recipients, 0},
        {"an empty To", "From: a@example.com\nTo:\n\nHi\n", PickupFault::no_recipients, 0},
        {"a recipient without an address", "From: a@example.com\nTo: b@example.org, Bob\n\nHi\n",
         PickupFault::bad_recipient, 0},
        {"a command in a sender", "x-sender: a@example.com> SIZE\nx-receiver: b@example.org\nFrom: a@example.com\n\n",
         PickupFault::bad_sender, bad_pickup_file},
        {"a command in a recipient", "x-receiver: <b@example.org\nFrom: a@example.com\n\n", PickupFault::bad_recipient,
         0},
        {"a blank in a quoted local part", "From: a@example.com\nTo: \"b\tc\"@example.org\n\n",
         PickupFault::bad_recipient, 0},
        {"a NUL in the header", "From: a@example.com\nTo: b@example.org\nSubject: x\0y\n\nHi\n"s, PickupFault::nul, 0},
        {"a NUL in the text", "From: a@example.com\nTo: b@example.org\n\n\0\n"s, PickupFault::nul, 0},
        {"a header of a megabyte", "From: a@example.com\nTo: b@example.org\nSubject: " + repeated("x", 1024 * 1024),
         PickupFault::header_too_big, 0},
        {"too many recipients", many, PickupFault::too_many_recipients, 0},
        {"too big", "From: a@example.com\nTo: b@example.org\n\n" + repeated("x\n", longest_message / 2),
         PickupFault::too_big, 0},
    };
    for (const Refusal& row : rows) {
        INFO(row.name);
        const auto pickup = read_pickup(row.file);
        REQUIRE_FALSE(pickup);
        CHECK(pickup.error().fault == row.fault);
        CHECK(pickup.error().iis_error == row.iis_error);
    }
}

TEST_CASE("the message goes out with CRLF only", "[mail][pickup]") {
    for (const char* file : {"From: a@example.com\rTo: b@example.org\r\rone\ntwo\r\n\r\n.\rthree",
                             "From: a@example.com\nTo: b@example.org\n x\r\n\n\r\n\r"}) {
        const auto pickup = read_pickup(file);
        if (!pickup) continue;
        const auto written = write(pickup->message, modern);
        REQUIRE(written);
        std::string plain = written->octets;
        for (std::size_t at = 0; (at = plain.find("\r\n", at)) != std::string::npos;)
            plain.erase(at, 2);
        CHECK(plain.find_first_of("\r\n") == std::string::npos);
    }
}
