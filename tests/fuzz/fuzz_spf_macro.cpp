#include "fuzz/checks.hpp"
#include "spf/macro.hpp"

#include <array>

namespace {

using namespace relaytool;

void check(bool holds) {
    if (!holds) std::abort();
}

/// The next line of the input.
std::string_view take_line(std::string_view& input) {
    const std::size_t end = std::min(input.find('\n'), input.size());
    const std::string_view line = input.substr(0, end);
    input.remove_prefix(std::min(end + 1, input.size()));
    return line;
}

} // namespace

/// A macro string on the first line; behind it what strangers say: sender, HELO, receiver, a validated name.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    std::string_view input(reinterpret_cast<const char*>(data), size);
    const std::string_view text = take_line(input);
    spf::MacroValues values;
    values.sender_local = take_line(input);
    values.sender_domain = take_line(input);
    values.domain = values.sender_domain;
    values.helo = take_line(input);
    values.receiver = take_line(input);
    values.validated = input;
    values.now = static_cast<std::int64_t>(size) * 1'000'000'007;
    constexpr std::array places = {spf::MacroPlace::domain, spf::MacroPlace::modifier,
                                   spf::MacroPlace::explanation};
    for (const spf::MacroPlace place : places) {
        const auto macro = spf::read_macro_string(text, place);
        if (!macro) continue;
        // Whatever is allowed in a domain is allowed in an explanation.
        check(place == spf::MacroPlace::explanation ||
              spf::read_macro_string(text, spf::MacroPlace::explanation));
        for (const ip::Address ip :
             {ip::Address::v4(0xC0000203), ip::Address::v6(0x20010DB800000000, 0xCB01)}) {
            values.ip = ip;
            check(spf::expand(*macro, values).size() <= spf::longest_expansion);
            const std::string domain = spf::expand_domain(*macro, values);
            check(domain.size() <= 253 || domain.find('.') == std::string::npos);
        }
    }
    return 0;
}
