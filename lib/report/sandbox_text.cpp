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
    if (!start.running.http.empty())
        text += row("web", "http://" + start.running.http + "/",
                    "accepted mail; /{tenant}/oauth2/v2.0/ gives tokens", style);
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

std::string sandbox_text(const sandbox::MailrootEvent& event, const Style& style) {
    using What = sandbox::MailrootEvent::What;
    const std::string file = sanitise_line(event.file, style);
    const std::string detail = sanitise_line(smtp::flatten(event.detail).substr(0, longest_reply), style);
    switch (event.what) {
    case What::picked_up: return fmt::format("iis  {}: picked up, now Queue/{}\n", file, detail);
    case What::delivered: return fmt::format("iis  {}: {}\n", file, paint("handed on", Tone::good, style));
    case What::waiting:
        return fmt::format("iis  {}: {} {}\n", file, paint("waits", Tone::warning, style),
                           detail.empty() ? "no answer" : detail);
    case What::bad_mail:
        return fmt::format("iis  {}: {}\n", detail, paint("BadMail/" + file, Tone::bad, style));
    case What::trouble:
        return fmt::format("iis  {}: {} {}\n", file, paint("trouble", Tone::bad, style), detail);
    }
    return {};
}

} // namespace relaytool::report
