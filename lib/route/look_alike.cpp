#include "route/look_alike.hpp"

#include "base/ascii.hpp"
#include "base/utf8.hpp"
#include "dns/idn.hpp"
#include "route/carrier.hpp"

#include <algorithm>
#include <cstddef>
#include <iterator>
#include <utility>
#include <vector>

namespace relaytool::route {
namespace {

struct Twin {
    char32_t other;
    char latin;
};

// Letters that people take for a Latin one.
constexpr Twin twins[] = {
    // Cyrillic
    {U'а', 'a'},
    {U'в', 'b'},
    {U'с', 'c'},
    {U'ԁ', 'd'},
    {U'е', 'e'},
    {U'ё', 'e'},
    {U'һ', 'h'},
    {U'н', 'h'},
    {U'і', 'i'},
    {U'ї', 'i'},
    {U'ј', 'j'},
    {U'к', 'k'},
    {U'ӏ', 'l'},
    {U'м', 'm'},
    {U'п', 'n'},
    {U'о', 'o'},
    {U'р', 'p'},
    {U'ԛ', 'q'},
    {U'г', 'r'},
    {U'ѕ', 's'},
    {U'т', 't'},
    {U'ѵ', 'v'},
    {U'ԝ', 'w'},
    {U'х', 'x'},
    {U'у', 'y'},
    // Greek
    {U'α', 'a'},
    {U'ε', 'e'},
    {U'η', 'n'},
    {U'ι', 'i'},
    {U'κ', 'k'},
    {U'ν', 'v'},
    {U'ο', 'o'},
    {U'ρ', 'p'},
    {U'τ', 't'},
    {U'υ', 'u'},
    {U'χ', 'x'},
    {U'ω', 'w'},
    {U'γ', 'y'},
    // Armenian
    {U'օ', 'o'},
    {U'ո', 'n'},
    {U'ս', 'u'},
    {U'հ', 'h'},
    {U'ց', 'g'},
    // Latin with something on it, or without its dot
    {U'à', 'a'},
    {U'á', 'a'},
    {U'â', 'a'},
    {U'ã', 'a'},
    {U'ä', 'a'},
    {U'å', 'a'},
    {U'ā', 'a'},
    {U'ą', 'a'},
    {U'ç', 'c'},
    {U'ć', 'c'},
    {U'č', 'c'},
    {U'ď', 'd'},
    {U'è', 'e'},
    {U'é', 'e'},
    {U'ê', 'e'},
    {U'ë', 'e'},
    {U'ē', 'e'},
    {U'ę', 'e'},
    {U'ė', 'e'},
    {U'ġ', 'g'},
    {U'ğ', 'g'},
    {U'ì', 'l'},
    {U'í', 'l'},
    {U'î', 'l'},
    {U'ï', 'l'},
    {U'ı', 'l'},
    {U'ł', 'l'},
    {U'ñ', 'n'},
    {U'ń', 'n'},
    {U'ò', 'o'},
    {U'ó', 'o'},
    {U'ô', 'o'},
    {U'õ', 'o'},
    {U'ö', 'o'},
    {U'ø', 'o'},
    {U'ő', 'o'},
    {U'ś', 's'},
    {U'š', 's'},
    {U'ş', 's'},
    {U'ù', 'u'},
    {U'ú', 'u'},
    {U'û', 'u'},
    {U'ü', 'u'},
    {U'ý', 'y'},
    {U'ÿ', 'y'},
    {U'ź', 'z'},
    {U'ż', 'z'},
    {U'ž', 'z'},
};

std::vector<char32_t> code_points(std::string_view text) {
    std::vector<char32_t> out;
    for (std::size_t at = 0; at < text.size();) {
        const encoding::CodePoint point = encoding::code_point_at(text, at);
        out.push_back(point.value);
        at += point.length;
    }
    return out;
}

std::string for_people(std::string_view domain) {
    if (encoding::ascii_length(domain) != domain.size())
        return ascii::to_lower(encoding::repair_utf8(domain));
    const auto name = dns::Name::from_text(domain);
    return ascii::to_lower(name ? dns::name_for_people(*name) : std::string(domain));
}

const Twin* twin_of(char32_t point) {
    const auto* const at = std::find_if(std::begin(twins), std::end(twins),
                                        [&](const Twin& twin) { return twin.other == point; });
    return at == std::end(twins) ? nullptr : &*at;
}

/// Of a script whose letters are taken for Latin ones.
bool is_of_twin_script(char32_t point) {
    return (point >= 0x370 && point < 0x400) || (point >= 0x400 && point < 0x530) ||
           (point >= 0x530 && point < 0x590) || (point >= 0x13A0 && point < 0x1400);
}

bool is_latin(char32_t point) {
    return (point < 0x80 && ascii::is_alpha(static_cast<char>(point))) || (point >= 0xC0 && point < 0x250);
}

/// Whether `a` becomes `b` by one letter more, less or changed, or by two neighbours that change places.
bool is_one_step_away(std::string_view a, std::string_view b) {
    if (a.size() > b.size()) std::swap(a, b);
    if (b.size() - a.size() > 1) return false;
    const auto [x, y] = std::mismatch(a.begin(), a.end(), b.begin());
    const std::string_view rest_a(x, a.end());
    const std::string_view rest_b(y, b.end());
    if (rest_b.empty()) return false;
    if (a.size() < b.size()) return rest_a == rest_b.substr(1);
    if (rest_a.substr(1) == rest_b.substr(1)) return true;
    return rest_a.size() > 1 && rest_a[0] == rest_b[1] && rest_a[1] == rest_b[0] &&
           rest_a.substr(2) == rest_b.substr(2);
}

} // namespace

std::string skeleton_of(std::string_view domain) {
    std::string letters;
    for (const char32_t point : code_points(for_people(domain))) {
        const Twin* const twin = twin_of(point);
        char c = twin ? twin->latin : point < 0x80 ? static_cast<char>(point) : '?';
        if (c == '0') c = 'o';
        if (c == '1' || c == 'i' || c == '|') c = 'l';
        if (c == '5') c = 's';
        letters += c;
    }
    std::string out;
    for (std::size_t i = 0; i < letters.size(); ++i) {
        const std::string_view pair = std::string_view(letters).substr(i, 2);
        const char joined = pair == "rn" ? 'm' : pair == "vv" ? 'w' : pair == "cl" ? 'd' : '\0';
        out += joined != '\0' ? joined : letters[i];
        if (joined != '\0') ++i;
    }
    return out;
}

bool has_mixed_script(std::string_view domain) {
    const std::string text = for_people(domain);
    bool latin = false;
    bool twin_script = false;
    bool all_twins = true;
    for (const char32_t point : code_points(text + '.')) {
        if (point == '.') {
            if (twin_script && (latin || all_twins)) return true;
            latin = twin_script = false;
            all_twins = true;
        } else if (is_latin(point)) {
            latin = true;
        } else if (is_of_twin_script(point)) {
            twin_script = true;
            all_twins = all_twins && twin_of(point) != nullptr;
        }
    }
    return false;
}

bool look_alike(std::string_view a, std::string_view b) {
    const std::string first = for_people(registered_domain(a));
    const std::string second = for_people(registered_domain(b));
    if (first == second || first.empty() || second.empty()) return false;
    if (skeleton_of(first) == skeleton_of(second)) return true;
    const std::string_view name_a = std::string_view(first).substr(0, first.find('.'));
    const std::string_view name_b = std::string_view(second).substr(0, second.find('.'));
    const bool same_top =
        std::string_view(first).substr(name_a.size()) == std::string_view(second).substr(name_b.size());
    return same_top && std::min(name_a.size(), name_b.size()) >= 5 && is_one_step_away(name_a, name_b);
}

} // namespace relaytool::route
