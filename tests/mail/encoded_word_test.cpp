#include "base/utf8.hpp"
#include "mail/encoded_word.hpp"
#include "support/catch.hpp"
#include "support/text.hpp"

#include <string>
#include <vector>

using namespace relaytool::mail;
using namespace relaytool::test;
using relaytool::encoding::is_utf8;
using namespace std::string_literals;

namespace {

struct Row {
    const char* name;
    std::string raw;
    std::string text;
};

void check(const std::vector<Row>& rows) {
    for (const Row& row : rows) {
        INFO(row.name);
        CHECK(decode_header(row.raw) == row.text);
    }
}

} // namespace

TEST_CASE("blanks around encoded words as RFC 2047 section 8 shows them", "[mail][encoded_word]") {
    check({
        {"in parentheses", "(=?ISO-8859-1?Q?a?=)", "(a)"},
        {"a word behind", "(=?ISO-8859-1?Q?a?= b)", "(a b)"},
        {"one blank between two", "(=?ISO-8859-1?Q?a?= =?ISO-8859-1?Q?b?=)", "(ab)"},
        {"two blanks between two", "(=?ISO-8859-1?Q?a?=  =?ISO-8859-1?Q?b?=)", "(ab)"},
        {"a fold between two", "(=?ISO-8859-1?Q?a?=\r\n    =?ISO-8859-1?Q?b?=)", "(ab)"},
        {"a blank inside one", "(=?ISO-8859-1?Q?a_b?=)", "(a b)"},
        {"a blank inside the second, another charset", "(=?ISO-8859-1?Q?a?= =?ISO-8859-2?Q?_b?=)", "(a b)"},
    });
}

TEST_CASE("header values are decoded", "[mail][encoded_word]") {
    check({
        {"nothing", "", ""},
        {"plain", " Invoice 2024-17 ", "Invoice 2024-17"},
        {"folded", " Invoice\r\n\t2024-17", "Invoice 2024-17"},
        {"Q", "=?utf-8?Q?gr=C3=BC=C3=9F?=", "gr\xC3\xBC\xC3\x9F"},
        {"B", "=?utf-8?B?Z3LDvMOf?=", "gr\xC3\xBC\xC3\x9F"},
        {"lower case letters of the encoding", "=?utf-8?q?a?= =?utf-8?b?Yg==?=", "ab"},
        {"ISO-8859-1", "=?iso-8859-1?Q?gr=FC=DF?=", "gr\xC3\xBC\xC3\x9F"},
        {"ISO-2022-JP", "=?ISO-2022-JP?B?GyRCJCIbKEI=?=", "\xE3\x81\x82"},
        {"a name in front of an address", "=?utf-8?Q?B=C3=BCro?= <buero@contoso.com>",
         "B\xC3\xBCro <buero@contoso.com>"},
        {"a language", "=?US-ASCII*EN?Q?Delivery_report?=", "Delivery report"},
        {"a character cut in two, Q", "=?utf-8?Q?gr=C3?= =?utf-8?Q?=BC=C3=9F?=", "gr\xC3\xBC\xC3\x9F"},
        {"a character cut in two, B", "=?utf-8?B?Z3LD?=\r\n =?utf-8?B?vMOf?=", "gr\xC3\xBC\xC3\x9F"},
        {"a character cut in two, B then Q", "=?utf-8?B?Z3LD?= =?UTF-8?Q?=BC?=", "gr\xC3\xBC"},
        {"cut in two, the charset changes: two broken halves",
         "=?utf-8?Q?=C3?= =?iso-8859-1?Q?=BC?=", "\xEF\xBF\xBD\xC2\xBC"},
        {"no blank between two", "=?utf-8?Q?a?==?utf-8?Q?b?=", "ab"},
        {"a word of no letters",
         "a =?utf-8?Q?"
         "?= b",
         "a  b"},
        {"raw UTF-8", "gr\xC3\xBC\xC3\x9F", "gr\xC3\xBC\xC3\x9F"},
        {"raw 8-bit bytes", "gr\xFC\xDF", "gr\xC3\xBC\xC3\x9F"},
        {"an unknown charset, 7-bit", "=?x-nobody-knows?Q?abc?=", "abc"},
        {"UTF-7 as IIS has it", "=?unicode-1-1-utf-7?Q?+APw-?=", "\xC3\xBC"},
    });
}

TEST_CASE("broken encoded words stay as they are", "[mail][encoded_word]") {
    check({
        {"another encoding", "=?utf-8?X?abc?=", "=?utf-8?X?abc?="},
        {"never closed", "=?utf-8?Q?abc", "=?utf-8?Q?abc"},
        {"cut off behind the charset", "=?utf-8", "=?utf-8"},
        {"cut off behind the encoding", "=?utf-8?Q", "=?utf-8?Q"},
        {"cut off behind the third question mark", "=?utf-8?Q?", "=?utf-8?Q?"},
        {"an opening only", "=?", "=?"},
        {"signs only", "=?=?=?=", "=?=?=?="},
        {"no encoding", "=?utf-8?abc?=", "=?utf-8?abc?="},
        {"a whole one behind a broken one", "=?utf-8?X?a?= =?utf-8?Q?b?=", "=?utf-8?X?a?= b"},
    });
}

TEST_CASE("decoded values are always valid UTF 8", "[mail][encoded_word]") {
    const std::vector<std::string> hostile = {
        "=?utf-8?Q?=FF=FE=80?=",
        "=?utf-8?B?////?=",
        "=?utf-8?Q?=ED=A0=80?=", // a surrogate
        "\xC3",
        "=?gb2312?B?/w==?= \xFF\xFE",
        "=?iso-2022-jp?B?GyRC?=",
        "=?utf-16?B?2AA=?=",
        "=?utf-8?Q?\xFF?=",
        "\0=?utf-8?Q?=00?="s,
    };
    for (const std::string& raw : hostile) {
        INFO(raw);
        CHECK(is_utf8(decode_header(raw)));
    }
}

TEST_CASE("long values are decoded in bounded time", "[mail][encoded_word]") {
    CHECK(decode_header(repeated("=?utf-8?Q?a?= ", 100'000)) == std::string(100'000, 'a'));
    CHECK(decode_header(repeated("=?", 500'000)) == repeated("=?", 500'000));
    CHECK(is_utf8(decode_header(repeated("=?u?q?", 100'000))));
    CHECK(decode_header(std::string(10'000'000, 'x')).size() == 10'000'000);
}
