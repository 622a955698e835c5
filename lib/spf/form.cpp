#include "spf/form.hpp"

#include "base/ascii.hpp"

#include <algorithm>

namespace relaytool::spf {
namespace {

constexpr std::string_view version = "v=spf1";

bool is_term(const std::string& word) {
    if (ascii::iequals(word, version)) return true;
    const Record record = read_record("v=spf1 " + word);
    return record.is_valid && record.terms.size() == 1 && record.terms.front().kind != Kind::unknown_modifier;
}

/// Without quotes, blanks and a byte order mark around it, and with a blank behind v=spf1.
std::string without_decoration(const std::string& text) {
    const std::size_t begin = ascii::ifind(text, version);
    constexpr std::size_t most_in_front = 10;
    if (begin > most_in_front) return {}; // npos included
    std::string record = text.substr(begin);
    while (!record.empty() &&
           (ascii::is_space(record.back()) || record.back() == '"' || record.back() == '\''))
        record.pop_back();
    if (record.size() > version.size() && record[version.size()] != ' ') record.insert(version.size(), " ");
    return record;
}

std::string with_blanks_at_joints(const std::vector<std::string>& strings) {
    std::string text;
    bool changed = false;
    for (std::size_t i = 0; i < strings.size(); ++i) {
        text += strings[i];
        if (i + 1 == strings.size() || !broken_joint(strings[i], strings[i + 1])) continue;
        text += ' ';
        changed = true;
    }
    return changed ? text : std::string{};
}

} // namespace

bool is_almost_a_record(std::string_view text) {
    if (is_record(text)) return false;
    std::string squeezed;
    for (const char c : text.substr(0, 64))
        if (!ascii::is_space(c) && c != '"' && c != '\'' && static_cast<unsigned char>(c) < 0x80)
            squeezed += c;
    return ascii::istarts_with(squeezed, "v=spf") || ascii::istarts_with(squeezed, "spf1") ||
           ascii::istarts_with(squeezed, "v=sfp1") || ascii::istarts_with(squeezed, "v:spf1");
}

std::optional<Joint> broken_joint(const std::string& left, const std::string& right) {
    Joint joint{left.substr(left.rfind(' ') + 1), right.substr(0, right.find(' '))};
    if (joint.left.empty() || joint.right.empty() || !is_term(joint.left) || !is_term(joint.right))
        return std::nullopt;
    const bool begins_a_term = joint.right.find(':') != std::string::npos || joint.right.ends_with("all");
    return begins_a_term ? std::optional(std::move(joint)) : std::nullopt;
}

std::string mended(const Policy& policy) {
    if (policy.records > 0) return with_blanks_at_joints(policy.strings);
    for (const dns::Text* text : policy.answer->all<dns::Text>()) {
        const std::string joined = text->joined();
        if (!is_almost_a_record(joined)) continue;
        std::string record = without_decoration(joined);
        if (is_record(record)) return record;
    }
    return {};
}

std::string unquoted(std::string_view pasted) {
    std::string_view rest = ascii::trim(pasted);
    std::string plain(rest);
    std::string joined;
    while (!rest.empty()) {
        const char quote = rest.front();
        const std::size_t end = rest.find(quote, 1);
        if ((quote != '"' && quote != '\'') || end == std::string_view::npos) return plain;
        joined += rest.substr(1, end - 1);
        rest = ascii::trim(rest.substr(end + 1));
    }
    return joined;
}

} // namespace relaytool::spf
