#include "report/sandbox.hpp"
#include "smtp/reply.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace relaytool::report {
namespace {

/// Recipients and octets of a reply that are named in a line.
constexpr std::size_t max_recipients = 3;
constexpr std::size_t longest_reply = 160;

std::string row(std::string_view name, const std::string& value, std::string_view note, const Style& style) {
    if (value.empty()) return {};
    const std::string end = note.empty() ? std::string() : "  " + paint(note, Tone::quiet, style);
    return fmt::format("  {:<10} {}{}\n", name, sanitise_line(value, style), end);
}

std::string recipients_of(const smtp::Mail& mail) {
    std::string text;
    for (std::size_t i = 0; i < std::min(mail.recipients.size(), max_recipients); ++i)
        text += (i == 0 ? "" : ", ") + mail.recipients[i].address;
    if (mail.recipients.size() > max_recipients)
        text += fmt::format(" and {} more", mail.recipients.size() - max_recipients);
    return text;
}

std::string verdict_of(const SandboxEvent& event, const Style& style) {
    if (event.is_mail && event.mail.is_accepted)
        return paint("accepted", Tone::good, style) + " " + event.id +
               (event.file.empty() ? "" : " " + sanitise_line(event.file, style));
    if (event.mail.reply.empty()) return paint("no mail", Tone::quiet, style);
    std::string reply = smtp::flatten(event.mail.reply);
    if (reply.size() > longest_reply) reply = reply.substr(0, longest_reply) + "...";
    return paint("refused", Tone::bad, style) + " " + sanitise_line(reply, style);
}

} // namespace

std::string sandbox_text(const SandboxStart& start, const Style& style) {
    std::string text = paint("The sandbox is up.", Tone::strong, style) + " Ctrl-C ends it.\n";
    text += row("smtp", start.running.smtp, "plays smtp.office365.com: STARTTLS, LOGIN or XOAUTH2", style);
    text += row("mx", start.running.mx, "plays a mail exchanger, port 25", style);
    text += row("dns", start.running.dns, "for --nameserver", style);
    text += row("ca file", start.running.ca_file, "for --ca-file", style);
    for (const sandbox::Login& login : start.logins)
        text += row("login", login.name + "  password " + login.password, {}, style);
    return text;
}

std::string sandbox_text(const SandboxEvent& event, const Style& style) {
    const smtp::Mail& mail = event.mail;
    std::string who = mail.login.empty() ? mail.client : mail.login;
    if (event.is_mail || !mail.sender.address.empty())
        who += fmt::format(": <{}> to {}", mail.sender.address, recipients_of(mail));
    return fmt::format("{:<4} {}: {}\n", event.server, sanitise_line(who, style), verdict_of(event, style));
}

} // namespace relaytool::report
