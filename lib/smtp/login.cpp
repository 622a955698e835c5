#include "smtp/login.hpp"

#include "base/base64.hpp"

#include <array>
#include <string_view>

namespace relaytool::smtp {
namespace {

using sasl::Mechanism;

/// RFC 4954 section 4: longer initial responses go into a line of their own.
constexpr std::size_t longest_initial_response = 480;

} // namespace

bool is_edge_mechanism(const std::optional<Mechanism>& mechanism) {
    return mechanism == Mechanism::cram_md5 || mechanism == Mechanism::ntlm;
}

std::string mechanism_names(const Capabilities& offered) {
    std::string names;
    for (const std::string& name : offered.auth)
        names += (names.empty() ? "" : " ") + name;
    return names.empty() ? "no login" : names;
}

std::string greeting_name(const Reply& greeting) {
    constexpr std::size_t code_and_blank = 4;
    if (greeting.text.size() <= code_and_blank) return {};
    const std::string_view words = std::string_view(greeting.text).substr(code_and_blank);
    return std::string(words.substr(0, words.find_first_of(" \n")));
}

std::optional<Mechanism> choose_mechanism(const Login& login, const Capabilities& offered) {
    constexpr std::array with_token{Mechanism::xoauth2, Mechanism::oauthbearer};
    constexpr std::array with_password{Mechanism::plain, Mechanism::login};
    if (login.mechanism) return offered.offers(to_string(*login.mechanism)) ? login.mechanism : std::nullopt;
    for (const Mechanism mechanism : login.token.empty() ? with_password : with_token)
        if (offered.offers(to_string(mechanism))) return mechanism;
    return std::nullopt;
}

Spoken<Reply> LoginDialogue::speak(Mechanism mechanism, const Login& login) {
    const std::chrono::milliseconds limit = target.patience.command;
    const std::string name(to_string(mechanism));
    if (mechanism == Mechanism::login) {
        Spoken<Reply> reply = dialogue.ask("AUTH LOGIN", limit);
        if (!reply || reply->code != 334) return reply;
        reply = dialogue.ask(encoding::to_base64(login.user), limit, "(the user's name)");
        if (!reply || reply->code != 334) return reply;
        return dialogue.ask(encoding::to_base64(login.password), limit, "(the password, hidden)");
    }
    const std::string response =
        mechanism == Mechanism::plain ? sasl::plain_response(login.user, login.password)
        : mechanism == Mechanism::xoauth2
            ? sasl::xoauth2_response(login.user, login.token)
            : sasl::oauthbearer_response(login.user, login.token, target.host, target.port);
    dialogue.transcript().hide(response);
    Spoken<Reply> reply = {};
    if (response.size() <= longest_initial_response) {
        reply = dialogue.ask("AUTH " + name + " " + response, limit, "AUTH " + name + " (hidden)");
    } else {
        reply = dialogue.ask("AUTH " + name, limit);
        if (!reply || reply->code != 334) return reply;
        reply = dialogue.ask(response, limit, "(the token, hidden)");
    }
    // RFC 7628 section 3.2.3: the reason comes as a challenge, and the refusal after an answer to it.
    if (reply && reply->code == 334 && sasl::takes_token(mechanism)) {
        token_refusal = sasl::token_error(std::string_view(reply->text).substr(4));
        return dialogue.ask(mechanism == Mechanism::xoauth2 ? "" : "AQ==", limit);
    }
    return reply;
}

} // namespace relaytool::smtp
