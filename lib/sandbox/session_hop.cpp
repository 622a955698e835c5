#include "sandbox/session_hop.hpp"

#include "base/base64.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <string_view>

namespace relaytool::sandbox {
namespace {

using What = smtp::Action::What;

/// Dots in front of lines doubled, RFC 5321 section 4.5.2, and the end.
std::string stuffed(std::string_view message) {
    std::string text;
    text.reserve(message.size() + message.size() / 64 + 8);
    bool is_line_start = true;
    for (const char c : message) {
        if (is_line_start && c == '.') text += '.';
        text += c;
        is_line_start = c == '\n';
    }
    if (!message.empty() && !message.ends_with("\r\n")) text += "\r\n";
    return text + ".\r\n";
}

bool is_yes(std::string_view reply) {
    return !reply.empty() && (reply.front() == '2' || reply.front() == '3');
}

/// The client's side: one command, one reply.
class Dialogue {
public:
    Dialogue(smtp::Session& session, const std::function<void(smtp::Mail)>& on_mail)
        : session_(session), on_mail_(on_mail) {}

    /// The lines of the reply separated by '\n'; empty when the connection has ended.
    std::string ask(std::string_view octets) {
        session_.receive(octets);
        return take();
    }
    std::string command(std::string_view line) { return ask(std::string(line) + "\r\n"); }

    std::string take() {
        std::string reply;
        for (smtp::Action& action : session_.take()) {
            if (action.what == What::send) reply += action.octets;
            if (action.what == What::message && on_mail_ && action.mail) on_mail_(*std::move(action.mail));
        }
        std::erase(reply, '\r');
        if (reply.ends_with('\n')) reply.pop_back();
        return reply;
    }

private:
    smtp::Session& session_;
    const std::function<void(smtp::Mail)>& on_mail_;
};

/// Everything before MAIL. Nothing when it went well, else the reply that ended it.
std::optional<std::string> prepare(Dialogue& dialogue, smtp::Session& session,
                                   const SessionHop::Settings& settings) {
    const auto fails = [](const std::string& reply) { return !is_yes(reply); };
    session.connected();
    std::string reply = dialogue.take();
    if (fails(reply)) return reply;
    const std::string hello = "EHLO " + settings.name;
    reply = dialogue.command(hello);
    if (fails(reply)) return reply;
    if (reply.find("STARTTLS") != std::string::npos) {
        if (reply = dialogue.command("STARTTLS"); fails(reply)) return reply;
        session.tls_started(smtp::Tls::current);
        if (reply = dialogue.command(hello); fails(reply)) return reply;
    }
    if (settings.login.empty() || reply.find("AUTH") == std::string::npos) return std::nullopt;
    for (const std::string& line : {std::string("AUTH LOGIN"), encoding::to_base64(settings.login),
                                    encoding::to_base64(settings.password)})
        if (reply = dialogue.command(line); fails(reply)) return reply;
    return std::nullopt;
}

bool is_ascii(std::string_view text) {
    return std::all_of(text.begin(), text.end(), [](char c) { return c >= 0; });
}

std::string mail_command(const PickedUp& mail) {
    std::string line = fmt::format("MAIL FROM:<{}>", mail.sender);
    if (!is_ascii(mail.message)) line += " BODY=8BITMIME";
    const bool is_plain =
        is_ascii(mail.sender) && std::all_of(mail.recipients.begin(), mail.recipients.end(), is_ascii);
    return is_plain ? line : line + " SMTPUTF8";
}

std::vector<RecipientReply> all(const PickedUp& mail, const std::string& reply) {
    std::vector<RecipientReply> replies;
    for (const std::string& recipient : mail.recipients)
        replies.push_back({recipient, reply});
    return replies;
}

} // namespace

std::vector<RecipientReply> SessionHop::deliver(const PickedUp& mail) {
    const std::unique_ptr<smtp::Policy> policy = settings_.policy();
    smtp::Session session(*policy, settings_.client, settings_.limits);
    Dialogue dialogue(session, settings_.on_mail);
    if (const auto ended = prepare(dialogue, session, settings_)) return all(mail, *ended);
    if (const std::string reply = dialogue.command(mail_command(mail)); !is_yes(reply))
        return all(mail, reply);
    std::vector<RecipientReply> replies;
    bool is_anybody_there = false;
    for (const std::string& recipient : mail.recipients) {
        replies.push_back({recipient, dialogue.command(fmt::format("RCPT TO:<{}>", recipient))});
        is_anybody_there = is_anybody_there || is_yes(replies.back().reply);
    }
    if (!is_anybody_there) return replies;
    std::string reply = dialogue.command("DATA");
    if (is_yes(reply)) reply = dialogue.ask(stuffed(mail.message));
    for (RecipientReply& answer : replies)
        if (is_yes(answer.reply)) answer.reply = reply;
    dialogue.command("QUIT");
    return replies;
}

} // namespace relaytool::sandbox
