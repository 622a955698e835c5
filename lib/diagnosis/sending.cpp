#include "diagnosis/catalogue.hpp"

namespace relaytool::diagnosis {
namespace {

constexpr std::string_view documentation = "docs/man/relaytool-send.1";

constexpr Rule rows[] = {
    {
        .id = "send-outcome-unknown",
        .category = Category::connection_failed,
        .owner = Owner::you,
        .when = {.event = Event::check},
        .title = "Nobody can say whether the message arrived: {host} went away before it answered",
        .cause =
            "The whole message was handed over, and the connection ended before the server said yes or no. It "
            "may be delivered, or lost. A program that sends it again may deliver it twice.",
        .steps =
            {"Look into the recipient's mailbox, or the log of {host}, for the Message-ID above before you send "
             "again",
             "It happens again with this size only? Then a firewall or virus scanner that inspects mail cuts the "
             "connection: switch its SMTP inspection off and try once more",
             "A slow server needs more patience: `--timeout end=10m`"},
        .reference = "RFC 1047 section 3, RFC 5321 section 4.5.3.2.6",
    },
    {
        .id = "send-not-smtp",
        .category = Category::protocol_error,
        .owner = Owner::you,
        .when = {.event = Event::check},
        .title = "What answers at {host} does not speak SMTP",
        .cause =
            "The connection stands, but what came back is not a reply of a mail server ({why}). Usually the port "
            "belongs to another service, or expects TLS from the first octet.",
        .steps = {"See what it says: run the same command with `-v`",
                  "Port 465 speaks TLS at once: add `--tls implicit`",
                  "Another port? 587 takes mail from programs that log in, 25 from other servers"},
        .reference = "RFC 5321 section 4.2",
    },
    {
        .id = "send-starttls-injection",
        .category = Category::protocol_error,
        .owner = Owner::you,
        .when = {.event = Event::check},
        .title = "{host} sent more than the answer to STARTTLS before encryption began",
        .cause =
            "Text came after the 220, in clear. Somebody on the way tries to smuggle answers into the encrypted "
            "conversation (STARTTLS injection), or a proxy or firewall between is broken. Nothing secret was sent.",
        .steps =
            {"Try from another network: does it work there? Then something in this one writes into the connection: "
             "look at firewalls and antivirus with SMTP inspection",
             "Try port 465, where nothing is said before TLS: `--tls implicit`",
             "It happens everywhere? Tell whoever runs {host}: its software answers before it starts TLS"},
        .reference = "RFC 3207 section 6, CVE-2021-38371",
    },
    {
        .id = "send-proxy",
        .category = Category::connection_failed,
        .owner = Owner::you,
        .when = {.event = Event::check},
        .title = "The proxy did not let the connection to {host} through",
        .cause =
            "The proxy named with --proxy cannot be found, or refuses this host or port ({why}). Web proxies "
            "mostly allow port 443 only.",
        .steps = {"Try without `--proxy`", "Ask whoever runs the proxy to allow {host} on this port"},
        .reference = documentation,
    },
    {
        .id = "send-local",
        .category = Category::remote_system_error,
        .owner = Owner::you,
        .when = {.event = Event::check},
        .title = "This machine lacks what is needed to connect",
        .cause = "Nothing was sent: {why}",
        .steps =
            {"Mend what the sentence above names: a file that cannot be read, a library, a local address that "
             "this machine does not have"},
        .reference = documentation,
    },
    {
        .id = "send-mechanism",
        .category = Category::auth_mechanism_unsupported,
        .owner = Owner::you,
        .when = {.event = Event::check},
        .title = "{host} offers no way to log in that fits",
        .cause =
            "It offers {list}. A password needs PLAIN or LOGIN (or CRAM-MD5 or NTLM, when asked for with --auth); "
            "a token needs XOAUTH2 or OAUTHBEARER. Nothing secret was sent.",
        .steps =
            {"Leave `--auth` out, or name one of those it offers",
             "It offers XOAUTH2 only? Then it takes tokens, no passwords: `--token-command` instead of a password"},
        .reference = "RFC 4954 section 3",
    },
    {
        .id = "send-login-without-tls",
        .category = Category::tls_required,
        .owner = Owner::you,
        .when = {.event = Event::check},
        .title = "The password was kept back: the connection to {host} is not encrypted",
        .cause = "Without TLS everybody on the way could read it. {why}",
        .steps =
            {"See what it offers: run the same command with `-v`; STARTTLS is missing? On Office 365 and Gmail "
             "it is always there, so something between removes it",
             "Offered, and then refused? Whoever runs {host} finds the reason in its log: mostly a certificate or "
             "key that cannot be read",
             "In your own network, and only there: `--tls off` sends the password in clear"},
        .reference = "RFC 4954 section 4, RFC 3207 section 6",
    },
    {
        .id = "send-token-unfit",
        .category = Category::auth_failed,
        .owner = Owner::you,
        .when = {.event = Event::check},
        .title = "The token was kept back: it cannot open {host}",
        .cause =
            "What the token says of itself does not fit: {why}. {host} would refuse it without a reason.",
        .steps = {"See all that it says: `relaytool login --check`",
                  "Get a new one: `relaytool login`. For Microsoft 365 it has to be asked for with the scope "
                  "https://outlook.office.com/SMTP.Send; a token for Microsoft Graph is for another service"},
        .reference = "RFC 6749 section 3.3",
    },
    {
        .id = "send-token-refused-microsoft",
        .category = Category::auth_failed,
        .owner = Owner::tenant_admin,
        .when = {.event = Event::check},
        .title = "Microsoft 365 refused the token, and does not say why",
        .cause =
            "The same words stand for a token made for another service, one that is over, an application that "
            "Exchange does not know or that has no right to the mailbox {name}, and SMTP AUTH being switched "
            "off there.",
        .steps =
            {"Look at the token first: `relaytool login --check --user {name}` names a wrong audience, a missing "
             "permission, the wrong tenant and the expiry",
             "SMTP AUTH has to be on for OAuth as well: `Get-CASMailbox {name} | fl "
             "SmtpClientAuthenticationDisabled` (False: allowed, True: blocked, empty: as the tenant says); "
             "`Set-CASMailbox {name} -SmtpClientAuthenticationDisabled $false`",
             "An application without a user: Exchange has to know it by the object ID of the enterprise application, "
             "not of the app registration: `New-ServicePrincipal -AppId <client-id> -ObjectId "
             "<enterprise-app-object-id> -DisplayName relay`",
             "and it needs the mailbox: `Add-MailboxPermission -Identity {name} -User <enterprise-app-object-id> "
             "-AccessRights FullAccess`",
             "The user name has to be the mailbox's address, not the application's name, and the mailbox needs a "
             "licence",
             "Changes need up to an hour; then probe again"},
        .reference = "https://learn.microsoft.com/exchange/client-developer/legacy-protocols/"
                     "how-to-authenticate-an-imap-pop-smtp-application-by-using-oauth",
    },
    {
        .id = "send-token-refused",
        .category = Category::auth_failed,
        .owner = Owner::you,
        .when = {.event = Event::check},
        .title = "{host} refused the token",
        .cause =
            "Before it refused, the server said of it: {why}. Status 401 means that the token is over or was "
            "withdrawn, 400 that it is none for this service.",
        .steps =
            {"Get a new one: `relaytool login --user {name}`",
             "Google wants the scope https://mail.google.com/ and the address of the account that agreed",
             "A token from elsewhere? See what it is for: `relaytool login --check`"},
        .reference = "RFC 7628 section 3.2.2",
    },
    {
        .id = "send-too-big",
        .category = Category::message_too_big,
        .owner = Owner::you,
        .when = {.event = Event::check},
        .title = "The message is larger than {host} takes",
        .cause =
            "The server announces a limit of {limit} octets (SIZE), and this message has more. Attachments grow by "
            "a third when they are mailed. Nothing was sent.",
        .steps =
            {"Send a link instead, or less at once",
             "It is your own server? Raise its limit. Postfix: `postconf -e message_size_limit=52428800`; "
             "IIS: IIS 6.0 Manager > SMTP Virtual Server > Properties > Messages > Limit message size"},
        .reference = "RFC 1870 section 6",
    },
    {
        .id = "send-message",
        .category = Category::malformed_message,
        .owner = Owner::you,
        .when = {.event = Event::check},
        .title = "The message cannot be written for {host}",
        .cause = "Nothing was sent: {why}",
        .steps = {"Change what the sentence above names, and send again"},
        .reference = documentation,
    },
};

} // namespace

std::span<const Rule> sending_rows() {
    return rows;
}

} // namespace relaytool::diagnosis
