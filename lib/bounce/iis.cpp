#include "base/ascii.hpp"
#include "bounce/dialect.hpp"

#include <charconv>

namespace relaytool::bounce {
namespace {

/// IIS SMTP and Exchange 2000/2003 alone write this boundary and this field.
bool claims_iis(const Source& source) {
    return source.header().has("X-DSNContext") ||
           source.mime.parts.front().type.parameter("boundary").starts_with("9B095B5ADSN=_");
}

/// `7ce717b1 - 1196 - 00000002 - C00402D1`: the fourth field is the HRESULT of the sending server itself.
std::uint32_t local_error_of(std::string_view context) {
    const std::size_t dash = context.rfind('-');
    if (dash == std::string_view::npos) return 0;
    const std::string_view digits = ascii::trim(context.substr(dash + 1));
    std::uint32_t value = 0;
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), value, 16);
    return error == std::errc{} && end == digits.data() + digits.size() ? value : 0;
}

/// The sentence of the text part: with no Diagnostic-Code it is all there is.
std::string sentence_of(std::string_view report) {
    const std::size_t begin = ascii::ifind(report, "Delivery to the following");
    const std::size_t at =
        begin != std::string_view::npos ? begin : ascii::ifind(report, "Unable to deliver message");
    if (at == std::string_view::npos) return {};
    const std::string_view rest = report.substr(at, 400);
    return ascii::fold_space(rest.substr(0, rest.find("\n\n")).substr(0, rest.find("\r\n\r\n")));
}

void read_iis(const Source& source, Bounce& bounce) {
    bounce.local_error = local_error_of(source.header().value("X-DSNContext"));
    bounce.notice = sentence_of(source.report);
    if (bounce.recipients.empty()) {
        static constexpr std::string_view starts[] = {"following recipients", "following recipient"};
        read_shape(source, bounce, {.starts = starts});
    }
}

} // namespace

extern const Dialect iis;
const Dialect iis{"iis", claims_iis, read_iis};

} // namespace relaytool::bounce
