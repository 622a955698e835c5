#include "diagnosis/fill.hpp"

#include "base/ascii.hpp"
#include "diagnosis/check.hpp"
#include "mail/address.hpp"

#include <algorithm>
#include <optional>

namespace relaytool::diagnosis {
namespace {

constexpr std::size_t longest_value = 254; // RFC 5321 section 4.5.3.1.3: a path is at most 256 octets

bool is_plain(char c) {
    return ascii::is_alnum(c) || std::string_view{".@_+-=:/"}.find(c) != std::string_view::npos;
}

/// The value of a placeholder; nothing when there is no placeholder of that name (PowerShell has braces too).
std::optional<std::string_view> value_of(std::string_view name, const Seen& seen) {
    if (name == "login") return seen.login;
    if (name == "from") return seen.from;
    if (name == "from-domain") return mail::domain_of(seen.from);
    if (name == "recipient") return seen.recipient;
    if (name == "recipient-domain") return mail::domain_of(seen.recipient);
    if (name == "relay") return seen.relay;
    if (name == "client") return seen.client;
    if (name == "host") return seen.host;
    if (name == "ip") return seen.ip;
    if (name == "port") return seen.port.empty() ? "25" : std::string_view(seen.port);
    return std::nullopt;
}

/// The word in front of `end`; an address may hold any sign but a blank.
std::string_view word_before(std::string_view text, std::size_t end) {
    const std::string_view before = ascii::trim(text.substr(0, end));
    const std::size_t blank = before.find_last_of(" \t\r\n;");
    return before.substr(blank == std::string_view::npos ? 0 : blank + 1);
}

std::string_view word_after(std::string_view text, std::size_t begin) {
    const std::string_view after = ascii::trim(text.substr(begin));
    std::string_view found = after.substr(0, after.find_first_of(" \t\r\n;,"));
    while (found.ends_with('.') || found.ends_with(':'))
        found.remove_suffix(1);
    return found;
}

/// `A not allowed to send as B`: Exchange Online's SendAsDenied names both.
void read_send_as(std::string_view reply, Seen& seen) {
    static constexpr std::string_view words = "not allowed to send as";
    const std::size_t at = ascii::ifind(reply, words);
    if (at == std::string_view::npos) return;
    const std::string_view login = word_before(reply, at);
    const std::string_view from = word_after(reply, at + words.size());
    if (mail::is_address(login)) seen.login = login;
    if (mail::is_address(from)) seen.from = from;
}

bool is_ip(std::string_view text) {
    const auto dots = std::count(text.begin(), text.end(), '.');
    const auto colons = std::count(text.begin(), text.end(), ':');
    const bool digits = std::all_of(text.begin(), text.end(),
                                    [](char c) { return ascii::is_hex(c) || c == '.' || c == ':'; });
    return digits && text.size() <= 45 && ((dots == 3 && colons == 0) || colons >= 2);
}

/// The address in `[192.0.2.4]` or after `client host`, `IP`: the one a block list or policy names.
void read_ip(std::string_view reply, Seen& seen) {
    for (std::size_t at = reply.find('['); at != std::string_view::npos; at = reply.find('[', at + 1)) {
        const std::size_t end = reply.find(']', at);
        if (end == std::string_view::npos) return;
        std::string_view inside = reply.substr(at + 1, end - at - 1);
        if (ascii::istarts_with(inside, "IPv6:")) inside.remove_prefix(5);
        if (is_ip(inside)) {
            seen.ip = inside;
            return;
        }
    }
}

std::string fill_text(std::string_view text, const ValueOf& value_of) {
    std::string out;
    out.reserve(text.size() + 64);
    while (!text.empty()) {
        const std::size_t open = std::min(text.find('{'), text.size());
        out += text.substr(0, open);
        text.remove_prefix(open);
        if (text.empty()) break;
        const std::size_t close = text.find('}');
        const std::string_view name = close == std::string_view::npos ? text : text.substr(1, close - 1);
        const std::optional<std::string> value = value_of(name);
        if (!value) {
            out += '{';
            text.remove_prefix(1);
            continue;
        }
        if (value->empty())
            out.append("<").append(name).append(">");
        else
            out += *value;
        text.remove_prefix(close + 1);
    }
    return out;
}

/// The values of `seen` as far as they may stand in a command.
ValueOf values_of(const Seen& seen) {
    return [&seen](std::string_view name) -> std::optional<std::string> {
        const std::optional<std::string_view> value = value_of(name, seen);
        if (!value) return std::nullopt;
        return is_pasteable(*value) ? std::string(*value) : std::string{};
    };
}

} // namespace

void read_seen(std::string_view reply, Seen& seen) {
    read_send_as(reply, seen);
    if (seen.ip.empty()) read_ip(reply, seen);
}

bool is_pasteable(std::string_view value) {
    return !value.empty() && value.size() <= longest_value && value.front() != '-' && value.front() != '@' &&
           std::all_of(value.begin(), value.end(), is_plain);
}

std::string fill(std::string_view text, const Seen& seen) {
    return fill_text(text, values_of(seen));
}

Finding fill_from(const Rule& rule, const ValueOf& value_of) {
    Finding finding;
    finding.id = rule.id;
    finding.category = rule.category;
    finding.severity = rule.severity;
    finding.owner = rule.owner;
    finding.title = fill_text(rule.title, value_of);
    finding.cause = fill_text(rule.cause, value_of);
    for (const std::string_view step : steps_of(rule))
        finding.steps.push_back(fill_text(step, value_of));
    finding.reference = rule.reference;
    return finding;
}

Finding fill(const Rule& rule, const Seen& seen) {
    if (rule.when.event == Event::check) return finding_of(rule.id, {});
    return fill_from(rule, values_of(seen));
}

} // namespace relaytool::diagnosis
