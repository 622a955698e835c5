#include "diagnosis/catalogue.hpp"

namespace relaytool::diagnosis {
namespace {

constexpr std::string_view oauth_document =
    "https://learn.microsoft.com/exchange/client-developer/legacy-protocols/"
    "how-to-authenticate-an-imap-pop-smtp-application-by-using-oauth";

constexpr Rule rows[] = {
    {
        .id = "login-declined",
        .category = Category::auth_failed,
        .owner = Owner::you,
        .when = {.event = Event::check},
        .title = "The person in front of the browser said no",
        .cause =
            "The code was entered, and the question whether the application may send mail was answered with no, "
            "or an administrator has forbidden that users agree to applications.",
        .steps =
            {"Ask again, and accept: `relaytool login --user {name}`",
             "Does the browser ask for an administrator's approval? An administrator agrees once for all: "
             "Microsoft Entra admin center > Enterprise applications > the application > Permissions > Grant "
             "admin consent"},
        .reference = "RFC 8628 section 3.5",
    },
    {
        .id = "login-code-expired",
        .category = Category::auth_failed,
        .owner = Owner::you,
        .when = {.event = Event::check},
        .title = "The code was not used in time",
        .cause = "A code is good for a quarter of an hour or so, and once only.",
        .steps = {"Ask for a new one, and enter it right away: `relaytool login --user {name}`"},
        .reference = "RFC 8628 section 3.5",
    },
    {
        .id = "login-client-refused",
        .category = Category::auth_failed,
        .owner = Owner::tenant_admin,
        .when = {.event = Event::check},
        .title = "The token service does not accept the application {target}",
        .cause =
            "It does not know the client id, its secret is another one, or it may not ask in this way: {why}",
        .steps =
            {"Compare the client id with what the operator shows: Microsoft Entra admin center > App "
             "registrations > the application > Application (client) ID; Google: Cloud console > Credentials",
             "Google's device codes want the secret as well: `--client-secret-file`, and a client of the type 'TVs "
             "and Limited Input devices'",
             "Microsoft, without a secret: App registrations > Authentication > Allow public client flows: Yes"},
        .reference = "RFC 6749 section 5.2",
    },
    {
        .id = "login-scope-refused",
        .category = Category::auth_failed,
        .owner = Owner::you,
        .when = {.event = Event::check},
        .title = "The token service does not know what was asked for",
        .cause = "The scope does not exist there, or the application may not ask for it: {why}",
        .steps = {"Leave `--scope` out: the right one for SMTP is the default",
                  "With `--token-endpoint` give the scope that its operator names for SMTP"},
        .reference = "RFC 6749 section 3.3",
    },
    {
        .id = "login-grant-refused",
        .category = Category::auth_failed,
        .owner = Owner::you,
        .when = {.event = Event::check},
        .title = "The permission that {name} gave is over",
        .cause =
            "The service takes the stored permission no longer: it was withdrawn, the password was changed, or it "
            "was not used for too long ({why}).",
        .steps = {"Log in anew: `relaytool login --user {name}`"},
        .reference = "RFC 6749 section 5.2",
    },
    {
        .id = "login-refused",
        .category = Category::auth_failed,
        .owner = Owner::you,
        .when = {.event = Event::check},
        .title = "The token service gives no token",
        .cause = "It says: {why}",
        .steps =
            {"Try once more in a minute: a service that is overloaded says so",
             "Check tenant, client id and scope: `relaytool login --show --user {name}` shows what is used"},
        .reference = "RFC 6749 section 5.2",
    },
    {
        .id = "login-unreachable",
        .category = Category::connection_failed,
        .owner = Owner::you,
        .when = {.event = Event::check},
        .title = "The token service is not reached",
        .cause = "Without it there is no token: {why}",
        .steps =
            {"Can this machine reach the web? Port 443 to the login server has to be open: login.microsoftonline.com "
             "for Microsoft 365, oauth2.googleapis.com for Google",
             "Behind a web proxy: set `https_proxy` for the program",
             "A firewall that inspects TLS? Exclude the login server, or name its authority with `--ca-file`"},
        .reference = "RFC 6749 section 3.2",
    },
    {
        .id = "login-no-service",
        .category = Category::connection_failed,
        .owner = Owner::you,
        .when = {.event = Event::check},
        .title = "What answers is no token service",
        .cause = "The address is reached, but it does not answer as RFC 6749 says: {why}.",
        .steps =
            {"Compare the address with the operator's: Microsoft's ends in /oauth2/v2.0/token, Google's is "
             "https://oauth2.googleapis.com/token",
             "It sends us elsewhere, or answers with a web page? A proxy or a firewall may have answered in its "
             "place: exclude the login server there",
             "Status 500 and above passes by itself: try once more in a few minutes"},
        .reference = "RFC 6749 section 5",
    },
    {
        .id = "login-application-steps",
        .category = Category::auth_failed,
        .owner = Owner::tenant_admin,
        .severity = Severity::info,
        .when = {.event = Event::check},
        .title = "What Exchange Online has to know of the application {target}",
        .cause =
            "A token is not enough: Exchange refuses an application that it does not know, or that has no right to "
            "the mailbox, with a bare 535 5.7.3. An administrator does this once.",
        .steps =
            {"Microsoft Entra admin center > App registrations > the application > API permissions > APIs my "
             "organization uses > Office 365 Exchange Online > Application permissions > SMTP.SendAsApp, then Grant "
             "admin consent",
             "Open PowerShell as an Exchange administrator: `Connect-ExchangeOnline`",
             "Make the application known. The object ID is that of the enterprise application (Enterprise "
             "applications > the application > Object ID), not of the app registration: `New-ServicePrincipal -AppId "
             "{target} -ObjectId <enterprise-app-object-id> -DisplayName relay`",
             "Give it the mailbox: `Add-MailboxPermission -Identity {name} -User <enterprise-app-object-id> "
             "-AccessRights FullAccess`",
             "Another sender than {name}? `Add-RecipientPermission <address> -Trustee <enterprise-app-object-id> "
             "-AccessRights SendAs`",
             "Allow SMTP AUTH for the mailbox: `Set-CASMailbox {name} -SmtpClientAuthenticationDisabled $false`",
             "Wait up to an hour, then try: `relaytool probe o365 --user {name}`"},
        .reference = oauth_document,
    },
    {
        .id = "token-audience",
        .category = Category::auth_failed,
        .owner = Owner::you,
        .when = {.event = Event::check},
        .title = "The token is made for another service",
        .cause =
            "It is good for {found}. Exchange Online takes only tokens for https://outlook.office365.com or "
            "https://outlook.office.com, and refuses others with 535 5.7.3 and no reason. Tokens for Microsoft Graph "
            "are the usual mistake.",
        .steps = {"Ask for the scope https://outlook.office.com/SMTP.Send (a person) or "
                  "https://outlook.office365.com/.default (an application); `relaytool login` does"},
        .reference = oauth_document,
    },
    {
        .id = "token-permission",
        .category = Category::auth_failed,
        .owner = Owner::tenant_admin,
        .when = {.event = Event::check},
        .title = "The token does not allow sending over SMTP",
        .cause =
            "It allows: {list}. SMTP wants SMTP.Send in a person's token and SMTP.SendAsApp in an application's.",
        .steps =
            {"Add the permission: Microsoft Entra admin center > App registrations > the application > API "
             "permissions > APIs my organization uses > Office 365 Exchange Online > SMTP.Send (Delegated) or "
             "SMTP.SendAsApp (Application)",
             "Grant admin consent, on the same page", "Then get a new token: `relaytool login`"},
        .reference = oauth_document,
    },
    {
        .id = "token-tenant",
        .category = Category::auth_failed,
        .owner = Owner::you,
        .when = {.event = Event::check},
        .title = "The token is of another tenant",
        .cause =
            "It comes from {before}, and {after} was asked for. Its user or application is not that of the mailbox.",
        .steps =
            {"Compare with Microsoft Entra admin center > Overview > Tenant ID, and log in with that `--tenant`"},
        .reference = oauth_document,
    },
    {
        .id = "token-expired",
        .category = Category::auth_failed,
        .owner = Owner::you,
        .when = {.event = Event::check},
        .title = "The token is over",
        .cause = "It ended at {value}. Access tokens live for an hour or so.",
        .steps =
            {"Get a new one: `relaytool login --print-token --user {name}` renews it; `relaytool send` and "
             "`probe` do so by themselves for {name}",
             "Nothing renews it. Get a new one: `relaytool login --user {target}`",
             "It is new, and over all the same? Then this machine's clock is wrong"},
        .reference = "RFC 7519 section 4.1.4",
    },
    {
        .id = "token-not-yet",
        .category = Category::auth_failed,
        .owner = Owner::you,
        .when = {.event = Event::check},
        .title = "The token is not good yet",
        .cause =
            "It begins in the future. The clock of this machine is behind, or that of the service is ahead.",
        .steps = {"Set the clock: `w32tm /resync` on Windows, `timedatectl` on Linux"},
        .reference = "RFC 7519 section 4.1.5",
    },
    {
        .id = "token-ends-soon",
        .category = Category::auth_failed,
        .owner = Owner::you,
        .severity = Severity::warning,
        .when = {.event = Event::check},
        .title = "The token ends in a few minutes, at {value}",
        .cause = "High Volume Email refuses such tokens (501 5.5.127), and a long queue outlives it.",
        .steps =
            {"Get a new one: `relaytool login --print-token --user {name}` renews it ten minutes before its end",
             "Nothing renews it. Get a new one: `relaytool login --user {target}`"},
        .reference = oauth_document,
    },
    {
        .id = "token-malformed",
        .category = Category::auth_failed,
        .owner = Owner::you,
        .when = {.event = Event::check},
        .title = "This is no token",
        .cause =
            "It is empty, or there are blanks, control characters or letters with accents in it: no access "
            "token has such.",
        .steps =
            {"Look at the file or the command that it comes from: the token stands alone on the first line, "
             "without quotation marks, `Bearer` or anything else before it"},
        .reference = "RFC 6750 section 2.1",
    },
    {
        .id = "token-unreadable",
        .category = Category::auth_failed,
        .owner = Owner::you,
        .severity = Severity::info,
        .when = {.event = Event::check},
        .title = "Only its maker can read the token",
        .cause =
            "Google's tokens and those of personal Microsoft accounts are so; for a company's mailbox in "
            "Microsoft 365 it is the wrong kind.",
        .steps = {"Try it: `relaytool probe <server> --auth XOAUTH2 --user {name}`"},
        .reference = "RFC 6749 section 1.4",
    },
    {
        .id = "token-other-login",
        .category = Category::auth_failed,
        .owner = Owner::you,
        .severity = Severity::warning,
        .when = {.event = Event::check},
        .title = "The token is of {from}, the login is {to}",
        .cause =
            "That works for a shared mailbox to which {from} has full access; otherwise Exchange refuses it.",
        .steps = {"Meant to be the same? Log in again, and choose the account {to} in the browser",
                  "A shared mailbox? `Get-MailboxPermission {to}` has to show {from} with FullAccess"},
        .reference = oauth_document,
    },
};

} // namespace

std::span<const Rule> login_rows() {
    return rows;
}

} // namespace relaytool::diagnosis
