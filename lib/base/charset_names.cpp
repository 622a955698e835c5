#include "base/charset_names.hpp"

#include "base/ascii.hpp"

#include <cstddef>
#include <string>

namespace relaytool::encoding {

namespace {

struct Row {
    std::string_view labels; ///< as `normalised` gives them, each with a blank before and after it
    Charset charset;
};

constexpr Charset by_table(const char* name, const char* fallback = nullptr) {
    return {Kind::iconv, Layout::single, name, fallback};
}

constexpr Charset in_pairs(const char* name, const char* fallback = nullptr) {
    return {Kind::iconv, Layout::pairs, name, fallback};
}

constexpr Row rows[] = {
    {" utf8 cp65001 unicode11utf8 unicode20utf8 utf8mb4 ", {Kind::utf8}},
    {" 88591 latin1 l1 ir100 cp819 cp1252 cp28591 ", {Kind::windows1252}},
    {" utf7 unicode11utf7 unicode20utf7 cp65000 ", {Kind::utf7}},
    {" utf16 ucs2 unicode 10646ucs2 ", {Kind::utf16}},
    {" utf16le ucs2le cp1200 ", {Kind::utf16_little}},
    {" utf16be ucs2be cp1201 unicodefffe ", {Kind::utf16_big}},
    {" utf32 ucs4 10646ucs4 ", {Kind::utf32}},
    {" utf32le ucs4le cp12000 ", {Kind::utf32_little}},
    {" utf32be ucs4be cp12001 ", {Kind::utf32_big}},

    {" 2022jp 2022jp1 2022jp3 2022jp2004 2022jpms cp50220 cp50221 cp50222 jis ",
     {Kind::iso2022_jp, Layout::euc, "EUC-JP-MS", "EUC-JP"}},
    {" 2022jp2 ", {Kind::iconv, Layout::other, "ISO-2022-JP-2"}},
    {" eucjp ujis eucpkdfmtjapanese eucjpms eucjpwin cp51932 cp20932 ",
     {Kind::iconv, Layout::euc, "EUC-JP-MS", "EUC-JP"}},
    {" shiftjis sjis shiftjisx0213 mskanji cp932 cp31j cp943 ", in_pairs("CP932", "SHIFT_JIS")},
    {" 2022kr cp50225 ", {Kind::iso2022_kr, Layout::pairs, "CP949", "EUC-KR"}},
    {" euckr ksc56011987 ksc56011989 ksc5601 ksx1001 korean ir149 cp949 uhc cp51949 5601 ",
     in_pairs("CP949", "EUC-KR")},
    {" johab cp1361 ", in_pairs("JOHAB")},
    {" hzgb2312 hz cp52936 ", {Kind::hz, Layout::pairs, "GB18030", "GBK"}},
    {" gb2312 gb231280 gb18030 gbk gb euccn cngb chinese ir58 cp936 cp54936 cp51936 cp20936 ",
     in_pairs("GB18030", "GBK")},
    {" 2022cn cp50227 ", {Kind::iconv, Layout::other, "ISO-2022-CN"}},
    {" big5 bigfive cnbig5 big5eten cp950 ", in_pairs("CP950", "BIG5")},
    {" big5hkscs cp951 ", in_pairs("BIG5-HKSCS", "BIG5")},
    {" euctw cp51950 ", in_pairs("EUC-TW")},

    {" 88592 latin2 l2 ir101 cp28592 ", by_table("ISO-8859-2")},
    {" 88593 latin3 l3 ir109 cp28593 ", by_table("ISO-8859-3")},
    {" 88594 latin4 l4 ir110 cp28594 ", by_table("ISO-8859-4")},
    {" 88595 latincyrillic cyrillic ir144 cp28595 ", by_table("ISO-8859-5")},
    {" 88596 88596i 88596e latinarabic arabic ir127 asmo708 ecma114 cp28596 ", by_table("ISO-8859-6")},
    {" 88597 latingreek greek greek8 ir126 elot928 ecma118 cp28597 ", by_table("ISO-8859-7")},
    {" 88598 88598i 88598e latinhebrew hebrew visual logical ir138 cp28598 cp38598 ", by_table("ISO-8859-8")},
    {" 88599 latin5 l5 ir148 cp28599 cp1254 ", by_table("CP1254", "ISO-8859-9")},
    {" 885910 latin6 l6 ir157 cp28600 ", by_table("ISO-8859-10")},
    {" 885911 tis620 tis62025330 cp874 cp28601 ", by_table("CP874", "TIS-620")},
    {" 885913 latin7 l7 ir179 cp28603 ", by_table("ISO-8859-13")},
    {" 885914 latin8 l8 ir199 celtic cp28604 ", by_table("ISO-8859-14")},
    {" 885915 latin9 l9 latin0 ir203 cp28605 ", by_table("ISO-8859-15")},
    {" 885916 latin10 l10 ir226 cp28606 ", by_table("ISO-8859-16")},
    {" cp1250 ", by_table("CP1250")},
    {" cp1251 ", by_table("CP1251")},
    {" cp1253 ", by_table("CP1253")},
    {" cp1255 ", by_table("CP1255")},
    {" cp1256 ", by_table("CP1256")},
    {" cp1257 ", by_table("CP1257")},
    {" cp1258 ", by_table("CP1258")},
    {" koi8r koi8 koi cp878 cp20866 ", by_table("KOI8-R")},
    {" koi8u cp21866 cp1168 ", by_table("KOI8-U", "KOI8-R")},
    {" koi8ru ", by_table("KOI8-RU", "KOI8-U")},
    {" cp437 ", by_table("CP437")},
    {" cp737 ", by_table("CP737")},
    {" cp775 ", by_table("CP775")},
    {" cp850 ", by_table("CP850")},
    {" cp852 ", by_table("CP852")},
    {" cp855 ", by_table("CP855")},
    {" cp857 ", by_table("CP857")},
    {" cp858 ", by_table("CP858", "CP850")},
    {" cp860 ", by_table("CP860")},
    {" cp861 ", by_table("CP861")},
    {" cp862 ", by_table("CP862")},
    {" cp863 ", by_table("CP863")},
    {" cp864 ", {Kind::iconv, Layout::other, "CP864"}},
    {" cp865 ", by_table("CP865")},
    {" cp866 ", by_table("CP866")},
    {" cp869 ", by_table("CP869")},
    {" macintosh mac macroman cp10000 ", by_table("MACINTOSH")},
    {" maccyrillic macukrainian cp10007 ", by_table("MAC-CYRILLIC", "MACCYRILLIC")},
    {" viscii ", {Kind::iconv, Layout::other, "VISCII"}},
};

/// `text` with `prefix` replaced when `next` may follow it.
void replace_prefix(std::string& text, std::string_view prefix, std::string_view with, bool (*next)(char)) {
    if (text.size() > prefix.size() && text.starts_with(prefix) && next(text[prefix.size()]))
        text.replace(0, prefix.size(), with);
}

constexpr bool is_any(char) {
    return true;
}
constexpr bool is_digit_or_l(char c) {
    return ascii::is_digit(c) || c == 'l';
}

/// `name` reduced to the letters and digits which tell charsets apart.
std::string normalised(std::string_view name) {
    constexpr std::string_view quotes = "\"'`<>()=";
    constexpr std::size_t longest = 64;
    name = ascii::trim(name);
    while (!name.empty() && quotes.find(name.front()) != std::string_view::npos)
        name.remove_prefix(1);
    name = ascii::trim(name.substr(0, longest));
    // A year (ISO_8859-1:1987), a language (RFC 2231 section 5), the next parameter of a broken header.
    name = name.substr(0, name.find_first_of(":*;,"));
    const bool extension = ascii::istarts_with(name, "x-");
    std::string key;
    for (const char c : name)
        if (ascii::is_alnum(c)) key += ascii::lower(c);
    if (extension) key.erase(0, 1);
    replace_prefix(key, "cs", "", is_any); // the MIB names of the IANA registry
    replace_prefix(key, "iso", "", is_digit_or_l);
    replace_prefix(key, "isoir", "ir", ascii::is_digit);
    for (const std::string_view prefix : {"windows", "win", "ibm", "ms", "xcp", "codepage", "dos"})
        replace_prefix(key, prefix, "cp", ascii::is_digit);
    return key;
}

} // namespace

Charset find_charset(std::string_view name) {
    const std::string label = ' ' + normalised(name) + ' ';
    if (label.size() == 2) return {};
    for (const Row& row : rows)
        if (row.labels.find(label) != std::string_view::npos) return row.charset;
    return {};
}

} // namespace relaytool::encoding
