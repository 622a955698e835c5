#include "mail/mbox.hpp"
#include "support/catch.hpp"
#include "support/text.hpp"

#include <string>
#include <string_view>
#include <vector>

using namespace relaytool::mail;
using namespace relaytool::test;
using namespace std::string_literals;

namespace {

std::vector<std::string> messages_of(std::string_view text) {
    std::vector<std::string> found;
    Mbox mbox(text);
    std::string_view message;
    while (mbox.next(message))
        found.emplace_back(message);
    return found;
}

const std::string from = "From app@example.com Mon Jan  1 08:00:00 2024\n";
const std::string one = from + "Subject: one\n\nfirst\n\n";
const std::string two = from + "Subject: two\n\nsecond\n\n";

} // namespace

TEST_CASE("the messages of a file", "[mail][mbox]") {
    struct Row {
        const char* name;
        std::string text;
        bool is_mbox;
        std::vector<std::string> messages;
    };
    const std::string mail = "Subject: a\n\n";
    const std::vector<Row> rows = {
        {"nothing", "", false, {}},
        {"a mail", "Subject: one\n\nfirst\n", false, {"Subject: one\n\nfirst\n"}},
        {"an mbox of one mail is a mail", one, false, {one}},
        {"two mails", one + two, true, {one, two}},
        {"two mails, CRLF", crlf(one + two), true, {crlf(one), crlf(two)}},
        {"three mails, the last one cut off", one + two + from + "Sub", true, {one, two + from + "Sub"}},
        {"blank lines in front", "\n\n" + one + two, true, {"\n\n" + one, two}},
        // RFC 4155: a blank line stands in front of a separator
        {"no blank line in front of the second",
         from + "Subject: one\n\nfirst\n" + two,
         false,
         {from + "Subject: one\n\nfirst\n" + two}},
        {"a sentence that begins with From",
         one + "From here on: it rains.\n\n" + two,
         true,
         {one + "From here on: it rains.\n\n", two}},
        {"a separator that no header follows",
         from + mail + from + "and so on\n\n" + two,
         true,
         {from + mail + from + "and so on\n\n", two}},
        {"a quoted From line",
         from + mail + ">" + from + "Subject: b\n\n" + two,
         true,
         {from + mail + ">" + from + "Subject: b\n\n", two}},
        {"a mail that says From later", mail + two, false, {mail + two}},
        {"a returned mail with its own From line",
         from + "Content-Type: multipart/report; boundary=b\n\n--b\nContent-Type: message/rfc822\n\n" + from +
             "Subject: returned\n\n--b--\n\n" + two,
         true,
         {from + "Content-Type: multipart/report; boundary=b\n\n--b\nContent-Type: message/rfc822\n\n" +
              from + "Subject: returned\n\n--b--\n\n",
          two}},
        {"a quoted mail follows a From line",
         one + from + ">" + from + "Subject: b\n\nx\n",
         true,
         {one, from + ">" + from + "Subject: b\n\nx\n"}},
        {"a NUL", from + "Subject: \0\n\n\0\n\n"s + two, true, {from + "Subject: \0\n\n\0\n\n"s, two}},
    };
    for (const Row& row : rows) {
        INFO(row.name);
        CHECK(Mbox(row.text).is_mbox() == row.is_mbox);
        CHECK(messages_of(row.text) == row.messages);
    }
}

TEST_CASE("nothing of an mbox gets lost", "[mail][mbox]") {
    const std::string text = repeated(one + two, 5'000);
    std::string joined;
    for (const std::string& message : messages_of(text))
        joined += message;
    CHECK(joined == text);
    CHECK(messages_of(text).size() == 10'000);
}

TEST_CASE("hostile mboxes are read in bounded time", "[mail][mbox]") {
    CHECK(messages_of(repeated("From \n", 500'000)).size() == 1);
    CHECK(messages_of(repeated(from, 100'000)).size() == 1);
    CHECK(messages_of(one + std::string(10'000'000, 'x')).size() == 1);
}
