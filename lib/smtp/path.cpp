#include "smtp/path.hpp"

#include "base/ascii.hpp"
#include "mail/address.hpp"

#include <algorithm>
#include <charconv>

namespace relaytool::smtp {
namespace {

/// Longest local part, RFC 5321 section 4.5.3.1.1.
constexpr std::size_t longest_local_part = 64;
/// Longest ENVID, RFC 3461 section 4.4; no parameter's value needs more than an address does.
constexpr std::size_t longest_value = 500;
/// Twenty digits, RFC 1870 section 4.
constexpr std::size_t longest_number = 20;

bool is_control(char c) {
    return static_cast<unsigned char>(c) < ' ' || c == '\x7f';
}

/// The offset of the bracket that ends the path at the start of `text`; npos when there is none. Brackets in
/// a quoted local part are text.
std::size_t end_of_path(std::string_view text) {
    bool is_quoted = false;
    for (std::size_t i = 1; i < text.size(); ++i) {
        if (is_quoted && text[i] == '\\')
            ++i;
        else if (text[i] == '"')
            is_quoted = !is_quoted;
        else if (text[i] == '>' && !is_quoted)
            return i;
    }
    return std::string_view::npos;
}

/// RFC 5321 section 4.1.1.3: a source route is to be ignored.
std::string_view without_route(std::string_view address) {
    if (!address.starts_with('@')) return address;
    const std::size_t colon = address.find(':');
    return colon == std::string_view::npos ? address : address.substr(colon + 1);
}

bool is_domain(std::string_view domain) {
    if (domain.starts_with('[')) return domain.ends_with(']') && domain.size() > 2;
    const auto fits = [](char c) {
        return ascii::is_alnum(c) || c == '-' || c == '.' || c == '_' || static_cast<unsigned char>(c) > 127;
    };
    return !domain.empty() && domain.front() != '.' && domain.back() != '.' &&
           domain.find("..") == std::string_view::npos && std::all_of(domain.begin(), domain.end(), fits);
}

/// Characters of a local part without quotes, RFC 5321 section 4.1.2 (Dot-string) with RFC 6531 section 3.3.
bool is_dot_string(std::string_view local) {
    const auto fits = [](char c) {
        return ascii::is_alnum(c) || static_cast<unsigned char>(c) > 127 ||
               std::string_view("!#$%&'*+-/=?^_`{|}~.").find(c) != std::string_view::npos;
    };
    return !local.empty() && local.front() != '.' && local.back() != '.' &&
           local.find("..") == std::string_view::npos && std::all_of(local.begin(), local.end(), fits);
}

bool is_mailbox(std::string_view address) {
    if (address.size() > mail::longest_address || std::any_of(address.begin(), address.end(), is_control))
        return false;
    const std::size_t at = address.rfind('@');
    if (at > longest_local_part) return false; // npos, too
    const std::string_view local = address.substr(0, at);
    const bool is_quoted = local.size() > 2 && local.front() == '"' && local.back() == '"';
    return (is_quoted || is_dot_string(local)) && is_domain(address.substr(at + 1));
}

bool is_one_of(std::string_view value, std::initializer_list<std::string_view> words) {
    return std::any_of(words.begin(), words.end(),
                       [&](std::string_view w) { return ascii::iequals(value, w); });
}

bool is_number(std::string_view value) {
    return !value.empty() && value.size() <= longest_number &&
           std::all_of(value.begin(), value.end(), ascii::is_digit);
}

/// RFC 3461 section 4.1: NEVER alone, or a list of the others.
bool is_notify(std::string_view value) {
    if (ascii::iequals(value, "NEVER")) return true;
    while (true) {
        const std::size_t comma = std::min(value.find(','), value.size());
        if (!is_one_of(value.substr(0, comma), {"SUCCESS", "FAILURE", "DELAY"})) return false;
        if (comma == value.size()) return true;
        value.remove_prefix(comma + 1);
    }
}

bool is_known(const Parameter& parameter, PathKind kind) {
    const std::string_view name = parameter.name;
    const std::string_view value = parameter.value;
    if (kind == PathKind::recipient)
        return (name == "NOTIFY" && is_notify(value)) ||
               (name == "ORCPT" && value.find(';') != std::string_view::npos);
    return (name == "SIZE" && is_number(value)) ||
           (name == "BODY" && is_one_of(value, {"7BIT", "8BITMIME", "BINARYMIME"})) ||
           (name == "SMTPUTF8" && value.empty()) || (name == "RET" && is_one_of(value, {"FULL", "HDRS"})) ||
           ((name == "ENVID" || name == "AUTH") && !value.empty());
}

/// Reads one `keyword` or `keyword=value`; false when it is neither (RFC 5321 section 4.1.2, esmtp-param).
bool read_parameter(std::string_view word, Parameter& parameter) {
    const std::size_t equals = std::min(word.find('='), word.size());
    const std::string_view name = word.substr(0, equals);
    const auto fits = [](char c) { return ascii::is_alnum(c) || c == '-'; };
    if (name.empty() || !std::all_of(name.begin(), name.end(), fits)) return false;
    if (equals + 1 == word.size()) return false;
    if (equals < word.size()) parameter.value = word.substr(equals + 1);
    parameter.name = name;
    for (char& c : parameter.name)
        if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 32);
    return parameter.value.size() <= longest_value &&
           std::none_of(parameter.value.begin(), parameter.value.end(), is_control);
}

std::optional<PathError> read_parameters(std::string_view text, PathKind kind, Path& path) {
    if (!text.empty() && text.front() != ' ') return PathError::syntax;
    while (true) {
        text.remove_prefix(std::min(text.find_first_not_of(' '), text.size()));
        if (text.empty()) return std::nullopt;
        const std::size_t end = std::min(text.find(' '), text.size());
        Parameter parameter;
        if (!read_parameter(text.substr(0, end), parameter)) return PathError::syntax;
        if (path.parameters.size() == max_path_parameters || !is_known(parameter, kind) ||
            path.find(parameter.name) != nullptr)
            return PathError::parameter;
        path.parameters.push_back(std::move(parameter));
        text.remove_prefix(end);
    }
}

} // namespace

const std::string* Path::find(std::string_view name) const {
    for (const Parameter& parameter : parameters)
        if (parameter.name == name) return &parameter.value;
    return nullptr;
}

bool is_beyond_ascii(std::string_view text) {
    return std::any_of(text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) > 127; });
}

PathReading read_path(std::string_view argument, PathKind kind) {
    PathReading reading;
    argument.remove_prefix(std::min(argument.find_first_not_of(' '), argument.size()));
    const std::size_t end = argument.starts_with('<') ? end_of_path(argument) : std::string_view::npos;
    if (end == std::string_view::npos) {
        reading.error = PathError::syntax;
        return reading;
    }
    const std::string_view address = without_route(argument.substr(1, end - 1));
    const bool is_null = kind == PathKind::sender && address.empty();
    const bool is_postmaster = kind == PathKind::recipient && ascii::iequals(address, "postmaster");
    if (!is_null && !is_postmaster && !is_mailbox(address)) {
        reading.error = PathError::address;
        return reading;
    }
    reading.path.address = address;
    reading.error = read_parameters(argument.substr(end + 1), kind, reading.path);
    if (!reading.error && kind == PathKind::sender && is_beyond_ascii(address) &&
        reading.path.find("SMTPUTF8") == nullptr)
        reading.error = PathError::utf8;
    return reading;
}

std::optional<std::uint64_t> declared_size(const Path& path) {
    const std::string* text = path.find("SIZE");
    if (text == nullptr) return std::nullopt;
    std::uint64_t size = 0;
    // Twenty digits may be more than fits: that is as big as any.
    const auto [end, error] = std::from_chars(text->data(), text->data() + text->size(), size);
    return error == std::errc{} ? size : ~std::uint64_t{0};
}

} // namespace relaytool::smtp
