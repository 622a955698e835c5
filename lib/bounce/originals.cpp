#include "bounce/originals.hpp"

#include "base/ascii.hpp"
#include "bounce/quoted_header.hpp"
#include "bounce/source.hpp"

namespace relaytool::bounce {
namespace {

constexpr std::size_t longest_report = 32 * 1024 * 1024; ///< octets of a mail that may be a report

bool is_mail(const mail::Part& part) {
    return part.type.value == "message/rfc822" || part.type.value == "text/rfc822-headers" ||
           part.type.value == "message/rfc822-headers" || part.type.value == "message/global" ||
           part.type.value == "message/global-headers";
}

/// A header in parts that are not marked as a mail: attached as text, or in a mail whose parts are in
/// disorder.
std::string unmarked_header(const mail::Mime& mime) {
    const std::string_view header = find_quoted_header(mime.parts.front().body);
    if (!header.empty()) return std::string(header);
    for (const mail::Part& part : mime.parts) {
        if (!part.type.value.starts_with("text/")) continue;
        const std::string text = mail::text_of(part);
        if (const std::string_view found = find_quoted_header(text); !found.empty())
            return std::string(found);
    }
    return {};
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
    if (!out.empty()) return out;
    if (!source.original.empty()) return {source.original};
    if (std::string header = unmarked_header(source.mime); !header.empty()) out.push_back(std::move(header));
    return out;
}

} // namespace relaytool::bounce
