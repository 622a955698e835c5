#include "sandbox/web.hpp"

#include "base/ascii.hpp"

#include <algorithm>

namespace relaytool::sandbox {
namespace {

constexpr std::size_t max_form_fields = 100;

std::string form_decoded(std::string_view text) {
    std::string plain(text);
    std::replace(plain.begin(), plain.end(), '+', ' ');
    return percent_decoded(plain);
}

} // namespace

std::string percent_decoded(std::string_view text) {
    std::string out;
    for (std::size_t at = 0; at < text.size(); ++at) {
        if (text[at] == '%' && at + 2 < text.size() && ascii::is_hex(text[at + 1]) &&
            ascii::is_hex(text[at + 2])) {
            out += static_cast<char>(ascii::hex_value(text[at + 1]) * 16 + ascii::hex_value(text[at + 2]));
            at += 2;
        } else {
            out += text[at];
        }
    }
    return out;
}

Form::Form(std::string_view text) {
    while (!text.empty() && fields_.size() < max_form_fields) {
        const std::size_t end = std::min(text.find('&'), text.size());
        const std::string_view field = text.substr(0, end);
        text.remove_prefix(std::min(end + 1, text.size()));
        if (field.empty()) continue;
        const std::size_t equals = std::min(field.find('='), field.size());
        const std::string_view value = field.substr(std::min(equals + 1, field.size()));
        fields_.emplace_back(form_decoded(field.substr(0, equals)), form_decoded(value));
    }
}

std::string_view Form::value(std::string_view name) const {
    for (const auto& [key, value] : fields_)
        if (key == name) return value;
    return {};
}

bool Form::has(std::string_view name) const {
    return std::any_of(fields_.begin(), fields_.end(),
                       [name](const auto& field) { return field.first == name; });
}

} // namespace relaytool::sandbox
