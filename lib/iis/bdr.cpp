#include "iis/bdr.hpp"

#include "base/ascii.hpp"
#include "mail/address.hpp"
#include "mail/text.hpp"

#include <algorithm>
#include <charconv>

namespace relaytool::iis {
namespace {

constexpr std::size_t longest_bdr = 64 * 1024;
constexpr std::size_t max_addresses = 1000;
constexpr std::string_view code_words = "error code was";
constexpr std::string_view sentence_words = "error was encountered:";

std::uint32_t read_code(std::string_view text) {
    const std::size_t at = ascii::ifind(text, code_words);
    if (at == std::string_view::npos) return 0;
    std::string_view rest = ascii::trim(text.substr(at + code_words.size(), 40));
    if (!ascii::istarts_with(rest, "0x")) return 0;
    rest.remove_prefix(2);
    std::uint32_t value = 0;
    const auto [end, error] =
        std::from_chars(rest.data(), rest.data() + std::min<std::size_t>(rest.size(), 8), value, 16);
    return error == std::errc{} && end != rest.data() ? value : 0;
}

/// `…because the follow error was encountered: "…".`, or the line in front of the code.
std::string read_sentence(std::string_view text) {
    const std::size_t at = ascii::ifind(text, sentence_words);
    std::string_view sentence;
    if (at != std::string_view::npos) {
        sentence = text.substr(at + sentence_words.size());
        sentence = sentence.substr(0, sentence.find('\n'));
    } else {
        mail::Lines lines(text);
        std::string_view line;
        while (lines.next(line) && !ascii::icontains(line, code_words))
            if (!ascii::trim(line).empty()) sentence = line;
    }
    sentence = ascii::trim(sentence);
    while (sentence.ends_with('.') || sentence.ends_with('"'))
        sentence.remove_suffix(1);
    while (sentence.starts_with('"'))
        sentence.remove_prefix(1);
    return std::string(sentence);
}

} // namespace

bool is_bdr(std::string_view text) {
    const std::string_view start = text.substr(0, 4096);
    return ascii::icontains(start, "specific error code was") ||
           ascii::icontains(start, "error was encountered:");
}

BadMailReport read_bdr(std::string_view text) {
    text = text.substr(0, longest_bdr);
    BadMailReport report;
    report.error_code = read_code(text);
    report.sentence = read_sentence(text);
    while (report.addresses.size() < max_addresses) {
        const std::string_view found = mail::find_address(text);
        if (found.empty()) break;
        if (std::find(report.addresses.begin(), report.addresses.end(), found) == report.addresses.end())
            report.addresses.emplace_back(found);
        text.remove_prefix(static_cast<std::size_t>(found.data() - text.data()) + found.size());
    }
    return report;
}

} // namespace relaytool::iis
