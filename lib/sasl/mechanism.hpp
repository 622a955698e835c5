#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace relaytool::sasl {

/// The mechanisms that are spoken, as registered with IANA.
enum class Mechanism { plain, login, xoauth2, oauthbearer, cram_md5, ntlm };

/// "PLAIN", "CRAM-MD5".
std::string_view to_string(Mechanism mechanism);

/// In any case; nothing for one that is not spoken.
std::optional<Mechanism> read_mechanism(std::string_view name);

/// Whether it takes an OAuth 2.0 access token instead of a password.
bool takes_token(Mechanism mechanism);

/// The initial response of PLAIN in base64 (RFC 4616 section 2).
std::string plain_response(std::string_view user, std::string_view password);

/// The response of XOAUTH2 in base64: `user=…^Aauth=Bearer …^A^A` (Google's and Microsoft's mechanism, no
/// RFC).
std::string xoauth2_response(std::string_view user, std::string_view token);

/// The response of OAUTHBEARER in base64 (RFC 7628 section 3.1).
std::string oauthbearer_response(std::string_view user, std::string_view token, std::string_view host,
                                 std::uint16_t port);

/// What a server says in a 334 challenge when it refuses a token (RFC 7628 section 3.2.2), decoded; "" when
/// the challenge is no JSON object.
std::string token_error(std::string_view challenge);

} // namespace relaytool::sasl
