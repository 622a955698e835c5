#include "dns/record.hpp"

#include "base/ascii.hpp"

#include <fmt/format.h>

#include <charconv>
#include <utility>

namespace relaytool::dns {
namespace {

constexpr std::pair<Type, std::string_view> type_names[] = {
    {Type::a, "A"},     {Type::ns, "NS"},   {Type::cname, "CNAME"},   {Type::soa, "SOA"},
    {Type::ptr, "PTR"}, {Type::mx, "MX"},   {Type::txt, "TXT"},       {Type::aaaa, "AAAA"},
    {Type::srv, "SRV"}, {Type::ds, "DS"},   {Type::dnskey, "DNSKEY"}, {Type::tlsa, "TLSA"},
    {Type::spf, "SPF"}, {Type::caa, "CAA"},
};

} // namespace

std::string to_string(Type type) {
    for (const auto& [value, name] : type_names)
        if (value == type) return std::string(name);
    return fmt::format("TYPE{}", static_cast<unsigned>(type));
}

std::optional<Type> type_from(std::string_view word) {
    for (const auto& [value, name] : type_names)
        if (ascii::iequals(name, word)) return value;
    if (!ascii::istarts_with(word, "TYPE")) return std::nullopt;
    std::uint16_t number = 0;
    const std::string_view digits = word.substr(4);
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), number);
    if (error != std::errc{} || end != digits.data() + digits.size()) return std::nullopt;
    return static_cast<Type>(number);
}

std::string_view to_string(Status status) {
    switch (status) {
    case Status::answer: return "answer";
    case Status::no_data: return "no-data";
    case Status::no_name: return "nxdomain";
    case Status::failure: return "server-failure";
    case Status::timeout: return "timeout";
    }
    return "";
}

std::string Text::joined() const {
    if (strings.size() == 1) return strings.front();
    std::string out;
    for (const std::string& part : strings)
        out += part;
    return out;
}

} // namespace relaytool::dns
