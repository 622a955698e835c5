#include "sandbox/reply_values.hpp"

#include <algorithm>
#include <cstddef>
#include <utility>

namespace relaytool::sandbox {
namespace {

/// RFC 5321 section 4.5.3.1.5 allows 512 octets a line, and says nothing about their number.
std::string huge_text() {
    constexpr std::size_t lines = 20'000;
    std::string text;
    text.reserve(lines * 512);
    for (std::size_t i = 0; i < lines; ++i)
        text.append(i == 0 ? "" : "\n").append(500, 'x');
    return text;
}

std::string all_octets() {
    std::string text;
    for (int octet = 0; octet < 256; ++octet)
        if (octet != '\n') text += static_cast<char>(octet);
    return text;
}

std::string value_of(std::string_view name, const Values& values) {
    if (name == "huge") return huge_text();
    if (name == "binary") return all_octets();
    const std::pair<std::string_view, std::string_view> known[] = {
        {"front-end", values.front_end}, {"mailbox-host", values.mailbox_host},
        {"login", values.login},         {"from", values.from},
        {"recipient", values.recipient}, {"client", values.client},
        {"time", values.time},           {"id", values.id},
    };
    for (const auto& [key, value] : known)
        if (key == name) return std::string(value);
    return {};
}

} // namespace

std::string fill(std::string_view reply, const Values& values) {
    std::string out;
    while (true) {
        const std::size_t open = std::min(reply.find('{'), reply.size());
        out += reply.substr(0, open);
        const std::size_t close = reply.find('}', open);
        if (close == std::string_view::npos) return out;
        out += value_of(reply.substr(open + 1, close - open - 1), values);
        reply.remove_prefix(close + 1);
    }
}

} // namespace relaytool::sandbox
