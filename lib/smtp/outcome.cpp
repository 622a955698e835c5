#include "smtp/outcome.hpp"

#include "base/ascii.hpp"

#include <algorithm>
#include <array>

namespace relaytool::smtp {
namespace {

constexpr std::size_t longest_id = 200;

/// What stands behind `lead` up to a blank or a bracket.
std::string word_after(std::string_view text, std::string_view lead) {
    const std::size_t at = ascii::ifind(text, lead);
    if (at == std::string_view::npos) return {};
    text.remove_prefix(at + lead.size());
    const std::size_t end = std::min(text.find_first_of(" \t\n]>,;)"), text.size());
    return std::string(text.substr(0, std::min(end, longest_id)));
}

} // namespace

std::string_view to_string(Fate fate) {
    switch (fate) {
    case Fate::accepted: return "accepted";
    case Fate::refused: return "refused";
    case Fate::partly: return "partly";
    case Fate::unknown: return "unknown";
    case Fate::not_sent: return "not-sent";
    case Fate::stopped: return "stopped";
    }
    return "";
}

std::string queue_id_of(std::string_view text) {
    constexpr std::array leads{
        std::string_view("queued as "),      // Postfix
        std::string_view("OK id="),          // Exim
        std::string_view("[InternalId="),    // Exchange
        std::string_view("queued mail as "), // others that say it in words
        std::string_view("2.0.0 OK <"),      // Office 365: the message's own id
    };
    for (const std::string_view lead : leads)
        if (std::string id = word_after(text, lead); !id.empty()) return id;
    // OpenSMTPD: `250 2.0.0 5ab3c4d8 Message accepted for delivery`; Sendmail the same.
    const std::size_t end = ascii::ifind(text, " Message accepted for delivery");
    if (end == std::string_view::npos || end == 0) return {};
    const std::size_t begin = text.rfind(' ', end - 1);
    return std::string(text.substr(begin + 1, std::min(end - begin - 1, longest_id)));
}

} // namespace relaytool::smtp
