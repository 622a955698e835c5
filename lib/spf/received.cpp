#include "spf/received.hpp"

#include "base/ascii.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace relaytool::spf {
namespace {

/// dot-atom of RFC 5322 section 3.2.3, of the signs that names have.
bool is_dot_atom(std::string_view text) {
    return !text.empty() && text.front() != '.' && text.back() != '.' &&
           text.find("..") == std::string_view::npos && std::all_of(text.begin(), text.end(), [](char c) {
               return ascii::is_alnum(c) || std::string_view{".-_+"}.find(c) != std::string_view::npos;
           });
}

/// dot-atom or quoted-string, RFC 5322 section 3.2.
std::string value(std::string_view text) {
    if (is_dot_atom(text)) return std::string(text);
    std::string out = "\"";
    for (const char c : text) {
        if (c == '"' || c == '\\') out += '\\';
        out += c >= ' ' && c <= '~' ? c : '?';
    }
    return out + '"';
}

/// Inside a comment, brackets and backslashes are special.
std::string comment(std::string_view text) {
    std::string out;
    for (const char c : text) {
        if (c == '(' || c == ')' || c == '\\') out += '\\';
        out += c >= ' ' && c <= '~' ? c : '?';
    }
    return out;
}

std::string statement(const Check& check) {
    const std::string who =
        fmt::format("domain of {}@{}", check.query.sender_local, check.query.sender_domain);
    const std::string ip = ip::to_string(check.query.ip);
    switch (check.verdict) {
    case Verdict::pass: return fmt::format("{} designates {} as permitted sender", who, ip);
    case Verdict::fail: return fmt::format("{} does not designate {} as permitted sender", who, ip);
    case Verdict::softfail:
        return fmt::format("transitioning {} does not designate {} as permitted sender", who, ip);
    case Verdict::neutral: return fmt::format("{} is neither permitted nor denied by {}", ip, who);
    case Verdict::none: return fmt::format("{} does not designate permitted sender hosts", who);
    case Verdict::temperror: return fmt::format("error in processing during lookup of {}", who);
    case Verdict::permerror: return fmt::format("{} has an invalid record", who);
    }
    return {};
}

} // namespace

std::string received_field(const Check& check) {
    const Query& query = check.query;
    std::string out = fmt::format(
        "Received-SPF: {} ({}: {}) receiver={}; client-ip={}; envelope-from={}{}; identity={}",
        to_string(check.verdict), comment(query.receiver), comment(statement(check)), value(query.receiver),
        value(ip::to_string(query.ip)), value(fmt::format("{}@{}", query.sender_local, query.sender_domain)),
        query.helo.empty() ? std::string{} : fmt::format("; helo={}", value(query.helo)),
        to_string(query.identity));
    if (!check.mechanism().empty()) out += fmt::format("; mechanism={}", value(check.mechanism()));
    return out + ';';
}

} // namespace relaytool::spf
