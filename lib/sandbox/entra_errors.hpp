#pragma once

#include <span>
#include <string>
#include <string_view>

/// How Entra ID (login.microsoftonline.com) refuses to give a token.
namespace relaytool::sandbox {

/// When an error shows.
enum class EntraStep {
    request, ///< whatever the client asks for
    token,   ///< when the token is asked for
    device,  ///< when the token of a device code is asked for
    refresh, ///< when a refresh token is used
};

struct EntraError {
    std::string_view name; ///< as in --fail, and as the name of a tenant, a client or a login
    int code = 0;          ///< the number behind AADSTS; 0: the error has none
    EntraStep step = EntraStep::token;
    int status = 400;
    std::string_view error; ///< RFC 6749 section 5.2, RFC 8628 section 3.5
    std::string_view
        message; ///< behind `AADSTSnnnnn: `, with {client}, {tenant}, {login}, {scope} and {parameter}
    std::string_view suberror = {};
};

/// Every error there is, in the order of their numbers, those without one last.
std::span<const EntraError> entra_errors();

/// The error of that name (case ignored), or the only one with that word ("authorization-pending"); else
/// null.
const EntraError* find_entra_error(std::string_view name);

/// The error of that number, which there is.
const EntraError& entra_error(int code);

/// The error that a tenant, client or login names: as a whole, or in front of its first `@` or `.`; else
/// null.
const EntraError* entra_error_named_in(std::string_view text);

} // namespace relaytool::sandbox
