#include "sandbox/token_scope.hpp"

#include "base/ascii.hpp"

#include <algorithm>
#include <array>

namespace relaytool::sandbox {
namespace {

constexpr std::string_view graph = "https://graph.microsoft.com";
constexpr std::array<std::string_view, 4> mail_resources{
    "https://outlook.office.com", "https://outlook.office365.com", "https://outlook.office365.us",
    "https://partner.outlook.cn"};
constexpr std::size_t longest_scope = 4096;

bool is_openid_word(std::string_view word) {
    return word == "openid" || word == "profile" || word == "email" || word == "offline_access";
}

/// `https://host/Permission` taken apart at its last slash; a doubled one is the resource's own.
void split(std::string_view word, std::string& audience, std::string& permission) {
    const std::size_t slash = word.rfind('/');
    if (!ascii::istarts_with(word, "https://") || slash < std::string_view("https://").size()) {
        audience = graph;
        permission = word;
        return;
    }
    permission = word.substr(slash + 1);
    word = word.substr(0, slash);
    while (word.ends_with('/'))
        word.remove_suffix(1);
    audience = ascii::to_lower(word);
}

} // namespace

std::optional<TokenScope> read_scope(std::string_view text) {
    TokenScope scope;
    text = text.substr(0, longest_scope);
    while (!text.empty()) {
        const std::size_t end = std::min(text.find(' '), text.size());
        const std::string_view word = text.substr(0, end);
        text.remove_prefix(std::min(end + 1, text.size()));
        if (word == "offline_access") scope.wants_refresh = true;
        if (word.empty() || is_openid_word(word)) continue;
        std::string audience;
        std::string permission;
        split(word, audience, permission);
        if (!scope.audience.empty() && scope.audience != audience) return std::nullopt;
        scope.audience = audience;
        if (permission == ".default")
            scope.is_default = true;
        else if (!permission.empty())
            scope.permissions.push_back(permission);
    }
    if (!scope.is_default && scope.permissions.empty()) return std::nullopt;
    return scope;
}

bool is_known_resource(std::string_view audience) {
    return audience == graph || is_mail_resource(audience);
}

bool is_mail_resource(std::string_view audience) {
    return std::find(mail_resources.begin(), mail_resources.end(), audience) != mail_resources.end();
}

} // namespace relaytool::sandbox
