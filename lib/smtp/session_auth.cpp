#include "base/ascii.hpp"
#include "base/base64.hpp"
#include "smtp/session.hpp"

#include <algorithm>
#include <utility>

namespace relaytool::smtp {
namespace {

/// Octets of a refusal that are kept to be repeated.
constexpr std::size_t longest_login_error = 1000;

/// RFC 4648 section 4, without anything that does not belong there: RFC 4954 section 4 demands that.
std::optional<std::string> decode(std::string_view text) {
    if (text.size() % 4 != 0) return std::nullopt;
    std::string_view digits = text;
    for (int padding = 0; padding < 2 && digits.ends_with('='); ++padding)
        digits.remove_suffix(1);
    const auto fits = [](char c) { return ascii::is_alnum(c) || c == '+' || c == '/'; };
    if (!std::all_of(digits.begin(), digits.end(), fits)) return std::nullopt;
    return encoding::base64(text);
}

} // namespace

void Session::on_auth(std::string_view argument) {
    const std::size_t end = std::min(argument.find(' '), argument.size());
    const std::string_view mechanism = argument.substr(0, end);
    const std::string_view initial = ascii::trim(argument.substr(end));
    if (state_.name.empty() || mechanism.empty()) {
        complain(mechanism.empty() ? Trouble::syntax : Trouble::hello_first);
        return;
    }
    if (!state_.login.empty() || state_.sender) {
        // RFC 4954 section 4.
        complain(state_.sender ? Trouble::auth_in_mail : Trouble::second_auth);
        return;
    }
    Answer answer = ask({.step = Step::mechanism, .text = mechanism});
    if (!answer.is_yes() || answer.after != After::go_on) {
        say(answer);
        return;
    }
    credentials_ = {};
    if (ascii::iequals(mechanism, "LOGIN"))
        challenge(Mode::login_name, "Username:");
    else if (ascii::iequals(mechanism, "PLAIN"))
        challenge(Mode::plain, {});
    else
        challenge(Mode::xoauth2, {});
    if (initial.empty()) return;
    // An initial response answers a challenge that is not sent.
    actions_.pop_back();
    on_response(initial == "=" ? std::string_view{} : initial);
}

void Session::challenge(Mode mode, std::string_view words) {
    mode_ = mode;
    actions_.push_back({.octets = "334 " + encoding::to_base64(words) + "\r\n"});
}

void Session::on_response(std::string_view line) {
    const Mode mode = std::exchange(mode_, Mode::command);
    if (mode == Mode::refused) { // whatever the answer is
        say(std::exchange(refusal_, {}));
        return;
    }
    if (line == "*") {
        complain(Trouble::auth_cancelled);
        return;
    }
    const std::optional<std::string> octets = decode(line);
    if (!octets) {
        complain(Trouble::auth_broken);
        return;
    }
    if (mode == Mode::login_name) {
        on_login_name(*octets);
    } else if (mode == Mode::plain) {
        on_plain(*octets);
    } else if (mode == Mode::xoauth2) {
        on_xoauth2(*octets);
    } else {
        credentials_.mechanism = "LOGIN";
        credentials_.password = *octets;
        judge();
    }
}

void Session::on_login_name(std::string_view octets) {
    credentials_.login = octets;
    challenge(Mode::login_password, "Password:");
}

/// RFC 4616 section 2: [authzid] NUL authcid NUL passwd.
void Session::on_plain(std::string_view octets) {
    const std::size_t first = octets.find('\0');
    const std::size_t second = first == std::string_view::npos ? first : octets.find('\0', first + 1);
    if (second == std::string_view::npos) {
        complain(Trouble::auth_broken);
        return;
    }
    credentials_.mechanism = "PLAIN";
    credentials_.login = octets.substr(first + 1, second - first - 1);
    credentials_.password = octets.substr(second + 1);
    judge();
}

/// `user=`, login, ^A, `auth=Bearer `, token, ^A, ^A: Microsoft's and Google's description of XOAUTH2.
void Session::on_xoauth2(std::string_view octets) {
    credentials_.mechanism = "XOAUTH2";
    while (!octets.empty()) {
        const std::size_t end = std::min(octets.find('\x01'), octets.size());
        const std::string_view part = octets.substr(0, end);
        if (ascii::istarts_with(part, "user="))
            credentials_.login = part.substr(5);
        else if (ascii::istarts_with(part, "auth=Bearer "))
            credentials_.token = part.substr(12);
        octets.remove_prefix(std::min(end + 1, octets.size()));
    }
    if (credentials_.login.empty() || credentials_.token.empty())
        complain(Trouble::auth_broken, "XOAUTH2");
    else
        judge();
}

void Session::judge() {
    const Credentials credentials = std::exchange(credentials_, {});
    const Answer answer = ask({.step = Step::auth, .text = credentials.login, .credentials = &credentials});
    if (answer.is_yes()) {
        state_.login = credentials.login;
        state_.login_error.clear();
    } else {
        state_.login_error = answer.reply.substr(0, longest_login_error);
        ++state_.login_errors;
        if (!answer.challenge.empty() && credentials.mechanism == "XOAUTH2") {
            challenge(Mode::refused, answer.challenge);
            refusal_ = answer;
            return;
        }
    }
    say(answer);
}

} // namespace relaytool::smtp
