#pragma once

#include "sasl/mechanism.hpp"
#include "smtp/capabilities.hpp"
#include "smtp/connector.hpp"
#include "smtp/dialogue.hpp"

#include <functional>
#include <optional>
#include <string>

namespace relaytool::smtp {

/// As whom to log in, and with what.
struct Login {
    std::string user; ///< empty: no login
    std::string password;
    std::string token;                        ///< an OAuth 2.0 access token, instead of a password
    std::optional<sasl::Mechanism> mechanism; ///< absent: the best that is offered
    /// Why the token cannot serve at the server that calls itself so in its greeting, in a few words; "" when
    /// it may. Asked before the token is sent. Absent: every token may be tried.
    std::function<std::string(const std::string& server_name)> doubt = {};
};

/// Whether the edge's library speaks it, and we do not.
bool is_edge_mechanism(const std::optional<sasl::Mechanism>& mechanism);

/// The mechanism to use: the one that was asked for, or the best for the secret there is; nothing when the
/// server does not offer it.
std::optional<sasl::Mechanism> choose_mechanism(const Login& login, const Capabilities& offered);

/// "LOGIN XOAUTH2", or "no login".
std::string mechanism_names(const Capabilities& offered);

/// `220 XX1PR01.outlook.office365.com Microsoft ESMTP …`: who the server says it is; "" when it does not.
std::string greeting_name(const Reply& greeting);

/// One AUTH command with all that belongs to it (RFC 4954 section 4).
struct LoginDialogue {
    Dialogue& dialogue;
    const Target& target;
    /// What the server said against a token before it refused (RFC 7628 section 3.2.2), as it said it.
    std::string& token_refusal;

    Spoken<Reply> speak(sasl::Mechanism mechanism, const Login& login);
};

} // namespace relaytool::smtp
