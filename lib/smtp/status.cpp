#include "smtp/status.hpp"

#include "base/ascii.hpp"

#include <fmt/format.h>

namespace relaytool::smtp {
namespace {

/// Takes one to three digits off the front; leaves `text` alone and says -1 when there are none, or more.
int take_number(std::string_view& text) {
    int value = 0;
    std::size_t digits = 0;
    while (digits < text.size() && ascii::is_digit(text[digits])) {
        if (digits == 3) return -1;
        value = value * 10 + (text[digits++] - '0');
    }
    if (digits == 0) return -1;
    text.remove_prefix(digits);
    return value;
}

bool take_dot(std::string_view& text) {
    if (!text.starts_with('.')) return false;
    text.remove_prefix(1);
    return true;
}

} // namespace

std::string to_string(const Status& status) {
    return fmt::format("{}.{}.{}", status.klass, status.subject, status.detail);
}

std::optional<Status> read_status(std::string_view text) {
    if (text.size() < 5 || (text[0] != '2' && text[0] != '4' && text[0] != '5') || text[1] != '.')
        return std::nullopt;
    Status status{text[0] - '0', 0, 0};
    text.remove_prefix(2);
    status.subject = take_number(text);
    if (status.subject < 0 || !take_dot(text)) return std::nullopt;
    status.detail = take_number(text);
    if (status.detail < 0) return std::nullopt;
    const bool longer = text.size() > 1 && text[0] == '.' && ascii::is_digit(text[1]);
    const bool glued = !text.empty() && ascii::is_alnum(text[0]);
    if (longer || glued) return std::nullopt;
    return status;
}

std::optional<Status> find_status(std::string_view text) {
    for (std::size_t i = 0; i + 5 <= text.size(); ++i) {
        if (text[i + 1] != '.') continue;
        const char before = i == 0 ? ' ' : text[i - 1];
        if (ascii::is_alnum(before) || before == '.' || before == '-' || before == '@' || before == '[')
            continue;
        if (const auto status = read_status(text.substr(i))) return status;
    }
    return std::nullopt;
}

} // namespace relaytool::smtp
