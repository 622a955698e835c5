#include "bounce/originals.hpp"

#include "base/ascii.hpp"
#include "bounce/source.hpp"

namespace relaytool::bounce {
namespace {

constexpr std::size_t longest_report = 32 * 1024 * 1024; ///< octets of a mail that may be a report

bool is_mail(const mail::Part& part) {
    return part.type.value == "message/rfc822" || part.type.value == "text/rfc822-headers" ||
           part.type.value == "message/rfc822-headers" || part.type.value == "message/global" ||
           part.type.value == "message/global-headers";
}

} // namespace

std::vector<std::string> originals_in(std::string_view message) {
    std::vector<std::string> out;
    if (message.size() > longest_report) return out;
    const Source source = prepare(message);
    for (const mail::Part& part : source.mime.parts)
        if (is_mail(part) && out.size() < max_originals) {
            std::string text = mail::decoded_body(part, part.body.size());
            if (!ascii::trim(std::string_view(text).substr(0, 4096)).empty()) out.push_back(std::move(text));
        }
    if (out.empty() && !source.original.empty()) out.push_back(source.original);
    return out;
}

} // namespace relaytool::bounce
