#include "smtp/capabilities.hpp"

#include "base/ascii.hpp"

#include <algorithm>
#include <charconv>

namespace relaytool::smtp {
namespace {

constexpr std::size_t most_lines = 100;
constexpr std::size_t most_mechanisms = 50;

void read_mechanisms(std::string_view words, std::vector<std::string>& out) {
    while (!words.empty() && out.size() < most_mechanisms) {
        const std::size_t end = std::min(words.find(' '), words.size());
        if (end != 0) {
            std::string name = ascii::to_upper(words.substr(0, end));
            if (std::find(out.begin(), out.end(), name) == out.end()) out.push_back(std::move(name));
        }
        words.remove_prefix(std::min(end + 1, words.size()));
    }
}

std::optional<std::uint64_t> read_size(std::string_view text) {
    std::uint64_t value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    // RFC 1870 section 3: 0 means that no fixed limit is in force.
    if (error != std::errc{} || end != text.data() + text.size() || value == 0) return std::nullopt;
    return value;
}

void read_line(std::string_view line, Capabilities& result) {
    const std::size_t blank = std::min(line.find_first_of(" ="), line.size());
    const std::string keyword = ascii::to_upper(line.substr(0, blank));
    const std::string_view rest = ascii::trim(line.substr(std::min(blank + 1, line.size())));
    if (keyword == "STARTTLS") result.starttls = true;
    if (keyword == "PIPELINING") result.pipelining = true;
    if (keyword == "CHUNKING") result.chunking = true;
    if (keyword == "8BITMIME") result.eight_bit = true;
    if (keyword == "SMTPUTF8") result.smtputf8 = true;
    if (keyword == "DSN") result.dsn = true;
    if (keyword == "SIZE") {
        result.takes_size = true;
        result.size = read_size(rest);
    }
    if (keyword == "AUTH") read_mechanisms(rest, result.auth);
}

} // namespace

bool Capabilities::offers(std::string_view mechanism) const {
    return std::find(auth.begin(), auth.end(), mechanism) != auth.end();
}

Capabilities read_capabilities(std::string_view text) {
    Capabilities result;
    result.esmtp = true;
    bool first = true;
    while (!text.empty() && result.lines.size() < most_lines) {
        const std::size_t end = std::min(text.find('\n'), text.size());
        const std::string_view line = ascii::trim(text.substr(0, end));
        text.remove_prefix(std::min(end + 1, text.size()));
        // The first line is the server's name and its hello.
        if (!first && line.size() > 4) {
            read_line(line.substr(4), result);
            result.lines.emplace_back(line.substr(4));
        }
        first = false;
    }
    return result;
}

} // namespace relaytool::smtp
