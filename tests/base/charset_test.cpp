#include "base/charset.hpp"
#include "support/catch.hpp"
#include "support/sizes.hpp"

#include <chrono>
#include <random>
#include <string>
#include <string_view>
#include <vector>

using namespace relaytool::encoding;
using namespace std::string_literals;

namespace {

struct Row {
    const char* name;
    const char* charset;
    std::string input;
    std::string expected;
};

void check(const std::vector<Row>& rows) {
    for (const Row& row : rows) {
        INFO(row.name << " as " << row.charset);
        CHECK(to_utf8(row.input, row.charset) == row.expected);
    }
}

std::string random_bytes(std::size_t size, unsigned seed) {
    std::mt19937 engine(seed);
    std::uniform_int_distribution<int> byte(0, 255);
    std::string out(size, '\0');
    for (char& c : out)
        c = static_cast<char>(byte(engine));
    return out;
}

std::string repeated(std::string_view text, std::size_t size) {
    std::string out;
    out.reserve(size + text.size());
    while (out.size() < size)
        out += text;
    return out;
}

const std::string bad(replacement);

constexpr const char* charsets[] = {
    "",
    "us-ascii",
    "utf-8",
    "utf-7",
    "utf-16",
    "utf-16le",
    "utf-16be",
    "utf-32",
    "utf-32le",
    "utf-32be",
    "iso-8859-1",
    "iso-8859-2",
    "iso-8859-3",
    "iso-8859-4",
    "iso-8859-5",
    "iso-8859-6",
    "iso-8859-7",
    "iso-8859-8-i",
    "iso-8859-9",
    "iso-8859-10",
    "iso-8859-11",
    "iso-8859-13",
    "iso-8859-14",
    "iso-8859-15",
    "iso-8859-16",
    "windows-1250",
    "windows-1251",
    "windows-1252",
    "windows-1253",
    "windows-1254",
    "windows-1255",
    "windows-1256",
    "windows-1257",
    "windows-1258",
    "windows-874",
    "koi8-r",
    "koi8-u",
    "koi8-ru",
    "ibm437",
    "ibm737",
    "ibm775",
    "ibm850",
    "ibm852",
    "ibm855",
    "ibm857",
    "ibm858",
    "ibm860",
    "ibm861",
    "ibm862",
    "ibm863",
    "ibm864",
    "ibm865",
    "ibm866",
    "ibm869",
    "macintosh",
    "x-mac-cyrillic",
    "viscii",
    "shift_jis",
    "euc-jp",
    "iso-2022-jp",
    "iso-2022-jp-2",
    "euc-kr",
    "johab",
    "iso-2022-kr",
    "gb2312",
    "hz-gb-2312",
    "iso-2022-cn",
    "big5",
    "big5-hkscs",
    "euc-tw",
    "no-such-charset",
};

} // namespace

TEST_CASE("text of every charset of mail becomes UTF-8", "[encoding][charset]") {
    check({
        {"ASCII", "us-ascii", "plain", "plain"},
        {"UTF-8", "utf-8", "é€😀", "é€😀"},
        {"UTF-8 with mark", "utf-8", "\xEF\xBB\xBFé", "é"},
        {"broken UTF-8", "utf-8", "a\xE9z", "a" + bad + "z"},
        {"Latin-1", "iso-8859-1", "caf\xE9 \xFF", "café ÿ"},
        {"Latin-1 which is Windows-1252", "iso-8859-1", "\x80 \x93x\x94 \x96", "€ “x” –"},
        {"Windows-1252", "windows-1252", "\x85\x8A\x9F", "…ŠŸ"},
        {"undefined in Windows-1252", "windows-1252", "\x81\x8D\x8F\x90\x9D", bad + bad + bad + bad + bad},
        {"Latin-2", "iso-8859-2", "\xB1\xB6", "ąś"},
        {"Latin-9", "iso-8859-15", "\xA4", "€"},
        {"Greek", "iso-8859-7", "\xE1\xE2", "αβ"},
        {"Hebrew", "iso-8859-8", "\xF9\xEC", "של"},
        {"Windows-1250", "windows-1250", "\x9Awiat", "šwiat"},
        {"Windows-1251", "windows-1251", "\xCF\xF0\xE8", "При"},
        {"Windows-1254", "windows-1254", "\xFE\xF0", "şğ"},
        {"Windows-1256", "windows-1256", "\xE3\xD1", "مر"},
        {"Windows-1258 keeps its last character", "windows-1258", "a\xEA", "aê"},
        {"undefined in Windows-1255", "windows-1255", "a\xD9z", "a" + bad + "z"},
        {"KOI8-R", "koi8-r", "\xF0\xD2\xC9", "При"},
        {"KOI8-U", "koi8-u", "\xA4", "є"},
        {"DOS Latin-1", "cp850", "\x82\x94", "éö"},
        {"DOS Cyrillic", "ibm866", "\x8F\xE0", "Пр"},
        {"Thai", "tis-620", "\xA1\xD2", "กา"},
        {"Shift_JIS", "shift_jis", "\x93\xFA\x96{ \xB1", "日本 ｱ"},
        {"Shift_JIS with NEC characters", "shift_jis", "\x87\x40", "①"},
        {"Shift_JIS backslash and tilde", "shift_jis", "\\~\x93\xFA", "\\~日"},
        {"EUC-JP", "euc-jp", "\xC6\xFC\xCB\xDC\x8E\xB1", "日本ｱ"},
        {"EUC-JP with NEC characters", "euc-jp", "\xAD\xA1", "①"},
        {"GB2312", "gb2312", "\xC4\xE3\xBA\xC3", "你好"},
        {"GB2312 which is GBK", "gb2312", "\xE9\x46", "镕"},
        {"GB18030 in four bytes", "gb18030", "\x94\x39\xFC\x36", "😀"},
        {"Big5", "big5", "\xA7\x41\xA6\x6E", "你好"},
        {"EUC-KR", "euc-kr", "\xB0\xA1", "가"},
        {"EUC-KR which is cp949", "ks_c_5601-1987", "\x8C\x63", "똠"},
        {"UTF-32LE", "utf-32le", "a\0\0\0\x00\xF6\x01\0"s, "a😀"},
        {"UTF-32 with mark", "utf-32", "\0\0\xFE\xFF\0\0\0a"s, "a"},
    });
}

TEST_CASE("7-bit charsets keep their state apart from each other and from line to line",
          "[encoding][charset]") {
    check({
        {"kanji", "iso-2022-jp", "a\x1B$BF|K\\\x1B(Bz", "a日本z"},
        {"old kanji", "iso-2022-jp", "\x1B$@F|\x1B(J!", "日!"},
        {"half-width kana by escape", "iso-2022-jp", "\x1B(I12\x1B(B1", "ｱｲ1"},
        {"half-width kana in 8 bits", "iso-2022-jp", "\x1B(B\xB1\xB2", "ｱｲ"},
        {"half-width kana by shift", "iso-2022-jp",
         "\x0E"
         "12\x0F"
         "12",
         "ｱｲ12"},
        {"NEC characters", "iso-2022-jp", "\x1B$B-!\x1B(B", "①"},
        {"JIS X 0212", "iso-2022-jp-1", "\x1B$(D0!\x1B(B", "丂"},
        {"never switched back", "iso-2022-jp", "\x1B$BF|\nplain", "日\nplain"},
        {"cut off in a pair", "iso-2022-jp", "\x1B$BF|K", "日" + bad},
        {"unassigned pair", "iso-2022-jp", "\x1B$B)uF|\x1B(B", bad + "日"},
        {"unknown escape", "iso-2022-jp", "a\x1B%z", "a" + bad + "%z"},
        {"UTF-8 under the wrong name", "iso-2022-jp", "日本", "日本"},
        {"GB2312 in ISO-2022-JP-2", "iso-2022-jp-2", "\x1B$A0!\x1B(B", "啊"},
        {"Korean", "iso-2022-kr",
         "\x1B$)C\x0E"
         "0!\x0F"
         "a",
         "가a"},
        {"Korean, next line", "iso-2022-kr",
         "\x1B$)C\x0E"
         "0!\nab",
         "가\nab"},
        {"HZ", "hz-gb-2312", "~{Dc:C~} ~~ a~\nb", "你好 ~ ab"},
        {"HZ, next line", "hz-gb-2312", "~{Dc\nab", "你\nab"},
        {"ISO-2022-CN", "iso-2022-cn",
         "\x1B$)A\x0E"
         "Dc\x0F"
         "a",
         "你a"},
    });
    // A state left behind in one call is not there in the next.
    CHECK(to_utf8("\x1B$BF|", "iso-2022-jp") == "日");
    CHECK(to_utf8("F|", "iso-2022-jp") == "F|");
    CHECK(to_utf8("\x1B$)A\x0E"
                  "Dc",
                  "iso-2022-cn") == "你");
    CHECK(to_utf8("Dc", "iso-2022-cn") == "Dc");
}

TEST_CASE("invalid sequences neither end the text nor shift what follows", "[encoding][charset]") {
    check({
        {"invalid byte", "shift_jis", "a\xFF\x93\xFA", "a" + bad + "日"},
        {"lead byte, then ASCII", "euc-jp", "\xC6\n<b>", bad + "\n<b>"},
        {"unassigned pair", "euc-jp", "\xA9\xF5\xC6\xFC", bad + "日"},
        {"unassigned in three bytes", "euc-jp", "\x8F\xA1\xA1\xC6\xFC", bad + "日"},
        {"cut off", "shift_jis", "\x93\xFA\x96", "日" + bad},
        {"cut off in GB18030", "gb18030", "\xC4\xE3\x94\x39\xFC", "你" + bad},
        {"cut off, the last of many characters", "euc-jp", repeated("a\xC6\xFC", 9999) + "\xC6",
         repeated("a日", 4 * 3333) + bad},
        {"many of them", "euc-kr", "\xFF\xFF\xFF\xB0\xA1", bad + bad + bad + "가"},
        {"unassigned", "iso-8859-7", "a\xD2z", "a" + bad + "z"},
    });
}

TEST_CASE("UTF-7 decodes, and text which is not UTF-7 survives", "[encoding][utf7]") {
    check({
        {"RFC 2152 example 1", "utf-7", "A+ImIDkQ.", "A≢Α."},
        {"RFC 2152 example 2", "utf-7", "Hi Mom -+Jjo--!", "Hi Mom -☺-!"},
        {"RFC 2152 example 3", "utf-7", "+ZeVnLIqe-", "日本語"},
        {"RFC 2152 example 4", "utf-7", "Item 3 is +AKM-1.", "Item 3 is £1."},
        {"plus sign", "utf-7", "1 +- 1 = 2", "1 + 1 = 2"},
        {"outside the BMP", "utf-7", "+2D3eAA-", "😀"},
        {"IIS report", "unicode-1-1-utf-7", "failed.+AA0ACgANAAo-   user+AEA-example.com+AA0ACg-",
         "failed.\r\n\r\n   user@example.com\r\n"},
        {"ended by something else", "utf-7", "+AOkA6Q, +AOk", "éé, é"},
        {"ended by the line", "utf-7", "caf+AOk\r\n", "café\r\n"},
        {"address", "utf-7", "a+b@example.com", "a+b@example.com"},
        {"address with a tag that decodes", "utf-7", "<user+tag@example.com>", "<user+tag@example.com>"},
        {"address with a tag and hyphen", "utf-7", "user+tag-x@example.com", "user+tag-x@example.com"},
        {"address with two tags", "utf-7", "user+abc+abc@example.com", "user+abc+abc@example.com"},
        {"encoded letter in an address", "utf-7", "na+AO8-ve@example.com", "naïve@example.com"},
        {"C++", "utf-7", "C++ error", "C++ error"},
        {"C++ and a real one", "utf-7", "C++AOk-", "C+é"},
        {"telephone", "utf-7", "+49 30 123456, +494, +123", "+49 30 123456, +494, +123"},
        {"word", "utf-7", "rock+roll +the end", "rock+roll +the end"},
        {"time zone", "utf-7", "10:00:00 +0100", "10:00:00 +0100"},
        {"at the end", "utf-7", "a+", "a+"},
        {"NUL", "utf-7", "+AAA-", "+AAA-"},
        {"lone surrogate", "utf-7", "x +2D0-", "x " + bad},
        {"damaged long run", "utf-7", "+BB8EQAQ4BDIENQRCBB8EQAQ4BDIEN", "ПриветПрив" + bad},
        {"ruler", "utf-7", "++++++++ ++++", "++++++++ ++++"},
        {"signature", "utf-7", "b=x+Zk3vQ8dPq0T9xLw2nYr7HsUuJ1/AbCd; c",
         "b=x+Zk3vQ8dPq0T9xLw2nYr7HsUuJ1/AbCd; c"},
        {"raw 8-bit", "utf-7", "caf\xE9", "caf" + bad},
    });
}

TEST_CASE("UTF-16 finds its byte order", "[encoding][utf16]") {
    check({
        {"mark LE", "utf-16", "\xFF\xFE\xAC\x20"s, "€"},
        {"mark BE", "utf-16", "\xFE\xFF\x20\xAC"s, "€"},
        {"no mark, LE by the NULs", "utf-16", "a\0b\0\xAC\x20"s, "ab€"},
        {"no mark, BE by the NULs", "utf-16", "\0a\0b\x20\xAC"s, "ab€"},
        {"no mark, no NULs", "utf-16", "\x65\xE5\x67\x2C"s, "日本"},
        {"LE by name", "utf-16le", "\xE5\x65\x2C\x67"s, "日本"},
        {"BE by name", "utf-16be", "\x65\xE5\x67\x2C"s, "日本"},
        {"LE by name, mark too", "utf-16le",
         "\xFF\xFE"
         "a\0"s,
         "a"},
        {"the mark against the name", "utf-16le", "\xFE\xFF\0a"s, "a"},
        {"pair", "utf-16be", "\xD8\x3D\xDE\x00"s, "😀"},
        {"lone high surrogate", "utf-16be", "\xD8\x3D\0a"s, bad + "a"},
        {"lone low surrogate", "utf-16be", "\xDE\x00\0a"s, bad + "a"},
        {"odd byte", "utf-16be", "\0a\0"s, "a" + bad},
        {"not UTF-16 at all", "utf-16", "<?xml version='1.0'?>", "<?xml version='1.0'?>"},
    });
}

TEST_CASE("charset names are taken as mail has them", "[encoding][names]") {
    const std::string kana = "\xB1";
    check({
        {"case", "UTF-8", "é", "é"},
        {"double quotes", "\"windows-1251\"", "\xCF", "П"},
        {"single quotes", "'koi8-r'", "\xF0", "П"},
        {"blanks", "  koi8-r ", "\xF0", "П"},
        {"language", "koi8-r*ru", "\xF0", "П"},
        {"next parameter", "koi8-r; format=flowed", "\xF0", "П"},
        {"year", "ISO_8859-5:1988", "\xBF", "П"},
        {"MIB name", "csISOLatinCyrillic", "\xBF", "П"},
        {"IR number", "iso-ir-144", "\xBF", "П"},
        {"no hyphens", "iso88595", "\xBF", "П"},
        {"underscore", "iso_8859_5", "\xBF", "П"},
        {"cp-850", "cp-850", "\x82", "é"},
        {"cp1251", "cp1251", "\xCF", "П"},
        {"win-1251", "win-1251", "\xCF", "П"},
        {"x-cp1251", "x-cp1251", "\xCF", "П"},
        {"x-sjis", "x-sjis", kana, "ｱ"},
        {"windows-31j", "windows-31j", kana, "ｱ"},
        {"ms_kanji", "MS_Kanji", kana, "ｱ"},
        {"cp932", "cp932", kana, "ｱ"},
        {"x-euc-jp", "x-euc-jp", "\x8E" + kana, "ｱ"},
        {"ks_c_5601-1987", "ks_c_5601-1987", "\xB0\xA1", "가"},
        {"windows-949", "x-windows-949", "\xB0\xA1", "가"},
        {"x-gbk", "x-gbk", "\xC4\xE3", "你"},
        {"cp936", "cp936", "\xC4\xE3", "你"},
        {"iso-8859-8-i", "iso-8859-8-i", "\xF9", "ש"},
        {"unicode-1-1-utf-7", "unicode-1-1-utf-7", "+AOk-", "é"},
        {"unicode-1-1-utf-8", "unicode-1-1-utf-8", "é", "é"},
        {"x-unknown, UTF-8", "x-unknown", "é", "é"},
        {"x-unknown, 8-bit", "x-unknown", "\xE9\x80", "é€"},
        {"default, UTF-8", "default", "\xEF\xBB\xBFé", "é"},
        {"default, 8-bit", "default", "\xE9", "é"},
        {"ASCII which is UTF-8", "us-ascii", "é", "é"},
        {"ASCII which is 8-bit", "ANSI_X3.4-1968", "\xE9", "é"},
        {"none", "", "\xE9", "é"},
        {"nothing but quotes", "\"\"", "\xE9", "é"},
        {"iconv's own syntax", "koi8-r//TRANSLIT", "\xE9", "é"},
        {"a path", "../../etc/passwd", "\xE9", "é"},
        {"EBCDIC is not of mail", "cp037", "plain", "plain"},
        {"part of a table row", "latin2 l2", "\xE9", "é"},
    });
    CHECK(to_utf8("\xE9", std::string(100'000, 'x')) == "é");
    CHECK(to_utf8("\xE9", "koi8-r\0"s) == "И");
}

TEST_CASE("random bytes of any charset give valid UTF-8 of bounded size", "[encoding][hostile]") {
    const std::vector<std::string> alphabets = {"", "\x1B$()BDIJA@\x0E\x0F!01Az~\n", "+-AOk/=@ ",
                                                "\x8E\x8F\xA1\xB1\xC4\xFE\x40\x30\x81\n", "~{}\n0!"};
    for (const char* charset : charsets) {
        INFO(charset);
        for (unsigned seed = 0; seed < 60; ++seed) {
            std::string bytes = random_bytes(seed * 7U, seed);
            if (const std::string& alphabet = alphabets[seed % alphabets.size()]; !alphabet.empty())
                for (char& c : bytes)
                    c = alphabet[static_cast<unsigned char>(c) % alphabet.size()];
            const std::string text = to_utf8(bytes, charset);
            CHECK(is_utf8(text));
            CHECK(text.size() <= 3 * bytes.size());
        }
    }
}

TEST_CASE("10 MB take linear time", "[encoding][hostile]") {
    constexpr std::size_t large = relaytool::test::sized(10'000'000);
    const std::string noise = random_bytes(large, 7);
    // One for each way of decoding.
    for (const char* charset :
         {"", "utf-8", "utf-7", "utf-16", "utf-32", "iso-8859-7", "windows-1258", "shift_jis", "euc-jp",
          "iso-2022-jp", "iso-2022-jp-2", "iso-2022-kr", "gb2312", "hz-gb-2312", "iso-2022-cn"}) {
        INFO(charset);
        const auto start = std::chrono::steady_clock::now();
        const std::string text = to_utf8(noise, charset);
        CHECK(is_utf8(text));
        CHECK(text.size() <= 3 * noise.size());
        CHECK(std::chrono::steady_clock::now() - start < std::chrono::seconds(60));
    }
    const std::vector<Row> rows = {
        {"plus signs", "utf-7", std::string(large, '+'), std::string(large, '+')},
        {"tags", "utf-7", repeated("a+abc ", large), repeated("a+abc ", large)},
        {"a run", "utf-7", "+" + repeated("AOkA6QDp", large) + "-", ""},
        {"digits and plus signs", "utf-7", repeated("+11111111", large), ""},
        {"open escapes", "iso-2022-jp", repeated("\x1B$B", large), ""},
        {"lead bytes", "euc-jp", std::string(large, '\x8F'), ""},
        {"invalid bytes", "shift_jis", std::string(large, '\xFF'), ""},
        {"ASCII", "gb18030", std::string(large, 'a'), std::string(large, 'a')},
        {"Latin-1", "iso-8859-1", std::string(large, '\xE9'), repeated("é", 2 * large)},
    };
    for (const Row& row : rows) {
        INFO(row.name);
        const auto start = std::chrono::steady_clock::now();
        const std::string text = to_utf8(row.input, row.charset);
        CHECK(is_utf8(text));
        CHECK((row.expected.empty() || text == row.expected));
        CHECK(std::chrono::steady_clock::now() - start < std::chrono::seconds(60));
    }
}
