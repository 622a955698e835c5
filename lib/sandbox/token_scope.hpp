#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace relaytool::sandbox {

/// What a client asks for in `scope` (RFC 6749 section 3.3), in Entra's form: `https://host/Permission`, with
/// OpenID's own words beside it.
struct TokenScope {
    std::string audience;                 ///< "https://outlook.office.com"
    std::vector<std::string> permissions; ///< "SMTP.Send"; empty for `/.default`
    bool is_default = false;              ///< `/.default`: whatever the application was given
    bool wants_refresh = false;           ///< `offline_access`
};

/// Nothing when it asks for no permission, or for those of several resources. A bare `Mail.Read` means
/// Microsoft Graph.
std::optional<TokenScope> read_scope(std::string_view text);

/// Whether the sandbox has such a resource: Exchange in its clouds, and Graph, whose tokens SMTP refuses.
bool is_known_resource(std::string_view audience);

/// Whether SMTP takes tokens for it.
bool is_mail_resource(std::string_view audience);

} // namespace relaytool::sandbox
