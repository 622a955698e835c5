#include "bounce/originals.hpp"
#include "bounce/quoted_header.hpp"
#include "support/catch.hpp"

#include <string>
#include <string_view>
#include <vector>

using namespace relaytool::bounce;

namespace {

constexpr std::string_view header = "Return-Path: <a@example.com>\n"
                                    "Received: from pc ([192.0.2.7])\n"
                                    "\tby mx.example.com with ESMTP; 4 Jun 2024 14:36:08 +0200\n"
                                    "From: a@example.com\n"
                                    "Subject: x\n";

/// Whether the header was found, and nothing else.
bool is_found(const std::vector<std::string>& originals) {
    return originals.size() == 1 && originals.front().starts_with(header);
}

std::string around(std::string_view before, std::string_view behind) {
    return std::string(before).append(header).append(behind);
}

} // namespace

TEST_CASE("a header inside a text is found", "[bounce][originals]") {
    CHECK(find_quoted_header(header) == header);
    CHECK(find_quoted_header(around("It failed:\n\n", "\nHello\n")) == header);
    CHECK(find_quoted_header(around("It failed\n", "--border--\n")) == header);
    CHECK(find_quoted_header(around("Reason: unknown\nStatus: 5.1.1\n\n", "")) == header);
    CHECK(find_quoted_header(around("", "\n").append(header)) == header);
}

TEST_CASE("what is no header inside a text", "[bounce][originals]") {
    for (const char* text :
         {"", "\n\n", "Hello,\nhow are you?\n", "From: a\nTo: b\nSubject: c\n", "Received: by a\n",
          "Received: by a\n\nFrom: b\nTo: c\n", "  Received: by a\n  From: b\n  To: c\n"}) {
        INFO(text);
        CHECK(find_quoted_header(text).empty());
    }
}

TEST_CASE("originals that are not marked as mails", "[bounce][originals]") {
    const std::string report = "From: MAILER-DAEMON@mx.example.com\nTo: a@example.com\nSubject: failure\n"
                               "MIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=\"b\"\n\n"
                               "--b\nContent-Type: text/plain\n\nIt failed.\n\n";
    SECTION("the header is attached as text") {
        const std::string mail =
            around(report + "--b\nContent-Type: text/plain; name=headers.txt\n\n", "\n--b--\n");
        CHECK(is_found(originals_in(mail)));
    }
    SECTION("the header is where the part's own header should be") {
        CHECK(is_found(originals_in(around(report + "--b\n", "\nHello\n--b--\n"))));
    }
    SECTION("the header is encoded") {
        std::string encoded(header);
        encoded.replace(encoded.find('@'), 1, "=40");
        encoded.replace(encoded.find("Received"), 1, "=52");
        const std::string mail =
            report + "--b\nContent-Type: text/plain\nContent-Transfer-Encoding: quoted-printable\n\n" +
            encoded + "\n--b--\n";
        CHECK(is_found(originals_in(mail)));
    }
    SECTION("there is none") {
        CHECK(originals_in("From mx Tue Jun  4 14:36:08 2024\n" + around("", "\nHello\n")).empty());
        CHECK(originals_in(report + "--b--\n").empty());
    }
}
