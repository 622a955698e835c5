#include "sasl/mechanism.hpp"

#include "base/ascii.hpp"
#include "base/base64.hpp"

#include <array>
#include <utility>

namespace relaytool::sasl {
namespace {

constexpr std::array<std::pair<Mechanism, std::string_view>, 6> names{{
    {Mechanism::plain, "PLAIN"},
    {Mechanism::login, "LOGIN"},
    {Mechanism::xoauth2, "XOAUTH2"},
    {Mechanism::oauthbearer, "OAUTHBEARER"},
    {Mechanism::cram_md5, "CRAM-MD5"},
    {Mechanism::ntlm, "NTLM"},
}};

/// RFC 7628 section 3.1 takes the name in GS2 form: `=` and `,` are written as numbers (RFC 5801 section 4).
std::string gs2_name(std::string_view user) {
    std::string out;
    for (const char c : user) {
        if (c == '=')
            out += "=3D";
        else if (c == ',')
            out += "=2C";
        else
            out += c;
    }
    return out;
}

} // namespace

std::string_view to_string(Mechanism mechanism) {
    for (const auto& [value, name] : names)
        if (value == mechanism) return name;
    return {};
}

std::optional<Mechanism> read_mechanism(std::string_view text) {
    for (const auto& [value, name] : names)
        if (ascii::iequals(name, text)) return value;
    return std::nullopt;
}

bool takes_token(Mechanism mechanism) {
    return mechanism == Mechanism::xoauth2 || mechanism == Mechanism::oauthbearer;
}

std::string plain_response(std::string_view user, std::string_view password) {
    std::string text(1, '\0');
    text.append(user).append(1, '\0').append(password);
    return encoding::to_base64(text);
}

std::string xoauth2_response(std::string_view user, std::string_view token) {
    std::string text = "user=";
    text.append(user).append("\x01").append("auth=Bearer ").append(token).append("\x01\x01");
    return encoding::to_base64(text);
}

std::string oauthbearer_response(std::string_view user, std::string_view token, std::string_view host,
                                 std::uint16_t port) {
    std::string text = "n,a=" + gs2_name(user) + ",\x01host=";
    text.append(host).append("\x01port=").append(std::to_string(port));
    text.append("\x01"
                "auth=Bearer ")
        .append(token)
        .append("\x01\x01");
    return encoding::to_base64(text);
}

std::string token_error(std::string_view challenge) {
    std::string text = encoding::base64(ascii::trim(challenge));
    return text.starts_with('{') ? text : std::string{};
}

} // namespace relaytool::sasl
