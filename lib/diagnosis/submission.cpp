#include "diagnosis/catalogue.hpp"

namespace relaytool::diagnosis {
namespace {

constexpr std::string_view smtp_auth_page =
    "https://learn.microsoft.com/exchange/clients-and-mobile-in-exchange-online/"
    "authenticated-client-smtp-submission";
constexpr std::string_view device_page =
    "https://learn.microsoft.com/exchange/mail-flow-best-practices/"
    "how-to-set-up-a-multifunction-device-or-application-to-send-email-using-microsoft-365-or-office-365";
constexpr std::string_view microsoft_ndr = "https://learn.microsoft.com/exchange/troubleshoot/email-delivery/"
                                           "ndr/non-delivery-reports-in-exchange-online";
constexpr std::string_view google_codes = "https://support.google.com/a/answer/3726730";

// Steps that several rows share.
constexpr std::string_view connect = "Open PowerShell as an Exchange administrator: `Connect-ExchangeOnline`";
constexpr std::string_view allow_mailbox = "Allow it for the one mailbox the relay uses: `Set-CASMailbox "
                                           "-Identity {login} -SmtpClientAuthenticationDisabled $false`";
constexpr std::string_view check_mailbox =
    "Check what the mailbox says now: `Get-CASMailbox {login} | fl SmtpClientAuthenticationDisabled` (False: "
    "allowed, True: blocked, empty: as the tenant says)";
constexpr std::string_view wait_an_hour =
    "Changes need minutes, at worst an hour, to reach all servers; then send again";
constexpr std::string_view wrong_password_in_iis =
    "On IIS enter name and password anew: IIS 6.0 Manager > SMTP Virtual Server > Properties > Delivery > "
    "Outbound Security > Basic authentication, then restart the service: `Restart-Service SMTPSVC`";
constexpr std::string_view iis_login_and_tls =
    "On IIS: IIS 6.0 Manager > SMTP Virtual Server > Properties > Delivery > Outbound Security: choose Basic "
    "authentication, enter {login} and its password, tick TLS encryption";
constexpr std::string_view iis_port_587 = "On IIS: Delivery > Outbound Connections: TCP port 587";
constexpr std::string_view sign_in_by_hand =
    "Sign in at https://outlook.office.com as {login} with exactly the password the relay uses";
constexpr std::string_view sign_in_log =
    "Look up the reason: Microsoft Entra admin center > Users > {login} > Sign-in logs, client app "
    "\"Authenticated SMTP\"; the AADSTS number there explained: `relaytool explain AADSTS50126`";
constexpr std::string_view without_login =
    "Or do without a login: an inbound connector for the relay's fixed IP address, and as smart host the MX "
    "name of your domain (*.mail.protection.outlook.com) on port 25";
constexpr std::string_view oauth_relay =
    "Put a relay in between that can do OAuth (XOAUTH2), and let the old program or IIS "
    "send to it; IIS SMTP itself cannot use OAuth";
constexpr std::string_view other_services =
    "For reports and invoices in bulk look at Microsoft's High Volume Email (recipients inside the "
    "organisation) or Azure Communication Services (any recipient)";
constexpr std::string_view grant_send_as =
    "In Exchange Online PowerShell (`Connect-ExchangeOnline`), let {login} send as {from}: `Add-RecipientPermission {from} -Trustee {login} -AccessRights SendAs`";
constexpr std::string_view change_from = "Or set the sender address in the sending program to {login}";
constexpr std::string_view login_as_from =
    "Or let the relay log in as {from}, if that is a mailbox of its own with a licence and a password";
constexpr std::string_view from_exists = "See whether {from} exists at all: `Get-Recipient {from}`";
constexpr std::string_view from_is_alias =
    "If {from} is another address (alias) of {login}, allow sending from aliases: `Set-OrganizationConfig "
    "-SendFromAliasEnabled $true`";
constexpr std::string_view from_is_missing =
    "If {from} does not exist, make a shared mailbox, then grant the right from step 1: `New-Mailbox -Shared "
    "-Name {from} -PrimarySmtpAddress {from}`";
constexpr std::string_view send_as_takes_time =
    "Full Access is not enough, it must be Send As; the right works after up to an hour";
constexpr std::string_view retype = "Enter user name and password once more by hand: a blank at the end or a "
                                    "changed keyboard layout is enough";
constexpr std::string_view full_address =
    "Use the complete mail address as user name unless the provider says otherwise";
constexpr std::string_view app_password_hint =
    "If the account uses two-step sign-in, create an app password at the provider and enter that instead";
constexpr std::string_view stop_old_device =
    "Look for a second device or program that still tries an old password and stop it";

constexpr Rule rows[] = {
    // Microsoft 365: the switch for SMTP AUTH
    {
        .id = "smtp-auth-disabled-tenant",
        .category = Category::smtp_auth_disabled,
        .owner = Owner::tenant_admin,
        .when = {.host = HostFamily::microsoft,
                 .text = "SmtpClientAuthentication is disabled for the "
                         "Tenant|SmtpClientAuthentication*disabled for the Tenant"},
        .title = "SMTP login is switched off for the whole Microsoft 365 tenant",
        .cause = "User name and password were not even looked at. Your organisation does not allow programs "
                 "to log in over SMTP, and the mailbox {login} has no exception. This is how younger tenants "
                 "start, and OAuth logins are refused as well.",
        .steps = {connect, allow_mailbox, check_mailbox, wait_an_hour,
                  "Only if many mailboxes must send this way, open it for all: `Set-TransportConfig "
                  "-SmtpClientAuthenticationDisabled $false`",
                  without_login},
        .reference = "https://aka.ms/smtp_auth_disabled",
        .sample = "535 5.7.139 Authentication unsuccessful, SmtpClientAuthentication is disabled for the "
                  "Tenant. Visit https://aka.ms/smtp_auth_disabled for more information. "
                  "[MN2PR05CA0004.namprd05.prod.outlook.com 2023-09-12T20:59:57.214Z 08DBB276B7E699C4]",
    },
    {
        .id = "smtp-auth-disabled-mailbox",
        .category = Category::smtp_auth_disabled,
        .owner = Owner::tenant_admin,
        .when = {.host = HostFamily::microsoft,
                 .text = "SmtpClientAuthentication is disabled for the "
                         "Mailbox|SmtpClientAuthentication*disabled for the Mailbox"},
        .title = "SMTP login is switched off for this mailbox",
        .cause = "The mailbox {login} itself is marked so that no program may log in over SMTP. What the "
                 "tenant allows does not matter then: the mailbox's own setting wins.",
        .steps = {connect, allow_mailbox, check_mailbox,
                  "Or in the Microsoft 365 admin center: Users > Active users > {login} > Mail > Manage "
                  "email apps > tick Authenticated SMTP",
                  wait_an_hour, without_login},
        .reference = "https://aka.ms/smtp_auth_disabled",
        .sample = "535 5.7.139 Authentication unsuccessful, SmtpClientAuthentication is disabled for the "
                  "Mailbox. Visit https://aka.ms/smtp_auth_disabled for more information.",
    },
    {
        .id = "smtp-auth-disabled",
        .category = Category::smtp_auth_disabled,
        .owner = Owner::tenant_admin,
        .when = {.host = HostFamily::microsoft,
                 .text = "SmtpClientAuthentication*disabled|aka.ms/smtp_auth_disabled"},
        .title = "SMTP login is switched off for the tenant or the mailbox",
        .cause =
            "Microsoft 365 does not allow {login} to log in over SMTP. The message was cut off before it "
            "says whether the mailbox or the whole tenant is meant; the first cure below serves both.",
        .steps = {connect, allow_mailbox, check_mailbox,
                  "See the tenant's setting: `Get-TransportConfig | fl SmtpClientAuthenticationDisabled`",
                  wait_an_hour},
        .reference = "https://aka.ms/smtp_auth_disabled",
        .sample = "535 5.7.139 Authentication unsuccessful, SmtpClientAuthentication is disabled",
    },
    {
        .id = "smtp-auth-disabled-provider",
        .category = Category::smtp_auth_disabled,
        .owner = Owner::you,
        .when = {.text = "does not have access rights to this service|User has no permission|SMTP service is "
                         "not open|SMTP access is disabled|SMTP is disabled for|SMTP authentication is "
                         "disabled|not enabled for SMTP|not allowed to use SMTP"},
        .title = "The account may not send by SMTP until it is switched on",
        .cause = "The provider keeps access by mail programs closed for this account. Name and password may "
                 "be right, but SMTP has to be opened once in the account's settings on the web.",
        .steps = {"Sign in to the provider's webmail as {login} and open the settings for mail programs "
                  "(POP3 / IMAP / SMTP)",
                  "Switch on access by SMTP or IMAP and save",
                  "If the page offers an app password or authorisation code, create one and enter it in the "
                  "relay instead of the account's password",
                  "Send again"},
        .sample =
            "535 5.7.8 Error: authentication failed: This user does not have access rights to this service",
    },

    // Microsoft 365: basic authentication
    {
        .id = "basic-auth-disabled",
        .category = Category::basic_auth_retired,
        .owner = Owner::tenant_admin,
        .when = {.host = HostFamily::microsoft, .text = "basic authentication is disabled"},
        .title = "Microsoft takes no user name and password here, only OAuth",
        .cause = "The login was refused because it used a password (basic authentication). Either an "
                 "authentication policy of your tenant blocks passwords for SMTP, or {login} is a private "
                 "outlook.com or hotmail account, where passwords are never accepted. Another password does "
                 "not help.",
        .steps = {"See whether a policy is at work: `Get-User {login} | fl AuthenticationPolicy`, for all "
                  "users `Get-OrganizationConfig | fl DefaultAuthenticationPolicy`",
                  "While Microsoft still permits it, allow passwords for this one mailbox: "
                  "`New-AuthenticationPolicy \"Allow SMTP basic\" -AllowBasicAuthSmtp`",
                  "then `Set-User {login} -AuthenticationPolicy \"Allow SMTP basic\"`", oauth_relay,
                  without_login,
                  "A private outlook.com account: use OAuth, or send through a mailbox of your company",
                  other_services},
        .reference = smtp_auth_page,
        .sample = "535 5.7.139 Authentication unsuccessful, basic authentication is disabled. "
                  "[BM1P287CA0015.INDP287.PROD.OUTLOOK.COM 2025-01-26T18:54:30.055Z 08DD3DD7D75D7743]",
    },
    {
        .id = "basic-auth-not-supported",
        .category = Category::basic_auth_retired,
        .owner = Owner::you,
        .when = {.status = "5.7.30", .text = "Basic authentication is not supported"},
        .title = "Microsoft 365 takes no user name and password for sending here",
        .cause = "The server refuses logins with a password (basic authentication) for sending "
                 "programs. Another password does not help; the relay has to log in with OAuth or get "
                 "in by another door.",
        .steps = {oauth_relay, without_login, other_services,
                  "Mail to your own colleagues only: direct send to the MX name of your domain on port 25 "
                  "needs no login"},
        .reference = smtp_auth_page,
        .sample = "550 5.7.30 Basic authentication is not supported for Client Submission.",
    },

    // Microsoft 365: policies
    {
        .id = "auth-blocked-security-defaults",
        .category = Category::auth_blocked_by_policy,
        .owner = Owner::tenant_admin,
        .when = {.host = HostFamily::microsoft,
                 .text = "locked by your organization's security defaults policy|security defaults policy"},
        .title = "The tenant's security defaults block logins with a password only",
        .cause = "Your organisation uses Microsoft's security defaults. They stop every program that logs in "
                 "with name and password alone, so the password itself is not the problem.",
        .steps =
            {oauth_relay,
             "Or replace the security defaults by Conditional Access rules that leave out {login}: Microsoft "
             "Entra admin center > Overview > Properties > Manage security defaults (needs Entra ID P1)",
             "Before you switch them off, make sure multi-factor sign-in is enforced by those rules for "
             "everybody else",
             "Afterwards the mailbox still needs SMTP login: `Set-CASMailbox -Identity {login} "
             "-SmtpClientAuthenticationDisabled $false`",
             without_login},
        .reference = smtp_auth_page,
        .sample = "535 5.7.139 Authentication unsuccessful, user is locked by your organization's security "
                  "defaults policy. Contact your administrator.",
    },
    {
        .id = "auth-blocked-criteria",
        .category = Category::auth_blocked_by_policy,
        .owner = Owner::tenant_admin,
        .when = {.host = HostFamily::microsoft, .text = "did not meet the criteria to be authenticated"},
        .title = "A sign-in rule of the tenant refused this login",
        .cause = "Name and password may be right. A Conditional Access rule, the risk check or multi-factor "
                 "sign-in said no, often because of the country or network the relay sits in. A login that "
                 "works from one network and fails from another is typical.",
        .steps = {sign_in_log, "There open the entry > Conditional Access: it names the rule that said no",
                  "Leave {login} out of that rule, or add the relay's public address as a trusted location: "
                  "Microsoft Entra admin center > Conditional Access > Named locations",
                  "If per-user multi-factor sign-in is on for {login}, switch it off for this account or use "
                  "OAuth",
                  oauth_relay, without_login},
        .reference = smtp_auth_page,
        .sample = "535 5.7.139 Authentication unsuccessful, the request did not meet the criteria to be "
                  "authenticated successfully. Contact your administrator.",
    },

    // Microsoft 365: name, password, federation
    {
        .id = "auth-failed-microsoft-credentials",
        .category = Category::auth_failed,
        .owner = Owner::you,
        .when = {.host = HostFamily::microsoft,
                 .text = "the user credentials were incorrect|user credentials were incorrect"},
        .title = "Microsoft 365 does not accept this user name and password",
        .cause = "The password is wrong, changed or expired, the account is locked, or the user name is a "
                 "mail address that is not the sign-in name (UPN).",
        .steps =
            {sign_in_by_hand,
             "If that fails too, set a new password and tell the relay; for an account nobody sits at, let "
             "it never expire: `Update-MgUser -UserId {login} -PasswordPolicies DisablePasswordExpiration`",
             "Use the sign-in name as user name: `Get-User {login} | fl UserPrincipalName`",
             wrong_password_in_iis, sign_in_log, stop_old_device,
             "With multi-factor sign-in the normal password cannot work: use OAuth, in the "
             "program or in a relay that can do it (XOAUTH2)"},
        .reference = device_page,
        .sample = "535 5.7.139 Authentication unsuccessful, the user credentials were incorrect. "
                  "[MN2PR05CA0004.namprd05.prod.outlook.com]",
    },
    {
        .id = "auth-failed-adfs-unreachable",
        .category = Category::auth_failed,
        .owner = Owner::tenant_admin,
        .when = {.host = HostFamily::microsoft, .text = "federated STS service was unreachable"},
        .title = "Microsoft 365 cannot reach your own sign-in server (AD FS)",
        .cause = "The domain of {login} signs in through a federation server of your company. Microsoft asks "
                 "it at every login, and it did not answer. The password was not checked.",
        .steps = {"Is the federation server up, and is its public name reachable from outside on port "
                  "443? Open `https://<your AD FS "
                  "name>/FederationMetadata/2007-06/FederationMetadata.xml` from a phone without VPN",
                  "Check services and certificates on the AD FS server and the Web Application Proxy",
                  "To be independent of it, let the relay log in with a cloud account, "
                  "`relay@<tenant>.onmicrosoft.com`, with a mailbox and Send As for {from}"},
        .reference = device_page,
        .sample = "535 5.7.139 Authentication unsuccessful, federated STS service was unreachable.",
    },
    {
        .id = "auth-failed-adfs-https",
        .category = Category::auth_failed,
        .owner = Owner::tenant_admin,
        .when = {.host = HostFamily::microsoft, .text = "federated STS URL does not support HTTPS"},
        .title = "Your own sign-in server (AD FS) cannot do the TLS Microsoft needs",
        .cause = "The domain of {login} signs in through a federation server of your company, and that "
                 "server offered no usable HTTPS. Usually TLS 1.2 is off there or its certificate is broken.",
        .steps = {"Enable TLS 1.2 on the AD FS server and the Web Application Proxy (SCHANNEL registry), "
                  "then reboot",
                  "Check that the federation service's certificate is valid and that its address begins with "
                  "https",
                  "To be independent of it, let the relay log in with a cloud account, "
                  "`relay@<tenant>.onmicrosoft.com`, with a mailbox and Send As for {from}"},
        .reference = device_page,
        .sample = "535 5.7.139 Authentication unsuccessful, the federated STS URL does not support HTTPS.",
    },
    {
        .id = "auth-failed-microsoft",
        .category = Category::auth_failed,
        .owner = Owner::you,
        .when = {.status = "5.7.3", .text = "Authentication unsuccessful"},
        .title = "The login was refused without a reason",
        .cause = "Exchange says this for a wrong name or password, for SMTP login being switched off, and "
                 "for multi-factor sign-in. With OAuth the token itself is usually fine, but Exchange does "
                 "not know the application or it has no right to the mailbox.",
        .steps = {sign_in_by_hand, check_mailbox, allow_mailbox, wrong_password_in_iis, sign_in_log,
                  "OAuth without a user: register the application with the object ID of the enterprise "
                  "application (not of the app registration): `New-ServicePrincipal -AppId <client-id> "
                  "-ObjectId <enterprise-app-object-id>`",
                  "and give it the mailbox: `Add-MailboxPermission -Identity {login} -User "
                  "<enterprise-app-object-id> -AccessRights FullAccess`",
                  "The mailbox needs a licence, and the token must be for https://outlook.office365.com; "
                  "changes need up to an hour"},
        .reference = device_page,
        .sample = "535 5.7.3 Authentication unsuccessful [SN2PR00CA0018.namprd00.prod.outlook.com]",
    },
    {
        .id = "auth-failed-microsoft-no-reason",
        .category = Category::auth_failed,
        .owner = Owner::you,
        .when = {.status = "5.7.139", .text = "Authentication unsuccessful"},
        .title = "Microsoft 365 refused the login; the reason was cut off",
        .cause = "Behind 5.7.139 Microsoft writes why: SMTP login switched off, passwords no longer "
                 "accepted, a sign-in rule, or a wrong password. The sending program has thrown that half of "
                 "the sentence away.",
        .steps = {"Get the whole sentence: look in the relay's SMTP log for the line with 535 (IIS: "
                  "General > Enable logging, all fields)",
                  check_mailbox, allow_mailbox, sign_in_by_hand, sign_in_log},
        .reference = smtp_auth_page,
        .sample = "535 5.7.139 Authentication unsuccessful [SN2PR00CA0018.namprd00.prod.outlook.com]",
    },
    {
        .id = "auth-failed-microsoft-no-reason-code",
        .category = Category::auth_failed,
        .owner = Owner::you,
        .when = {.status = "5.7.139"},
        .title = "Microsoft 365 refused the login; the reason was cut off",
        .cause = "5.7.139 stands for several reasons, and Microsoft names the right one in the words behind "
                 "it. They are missing here.",
        .steps = {"Get the whole sentence: look in the relay's SMTP log for the line with 535 (IIS: "
                  "General > Enable logging, all fields)",
                  check_mailbox, allow_mailbox, sign_in_by_hand, sign_in_log},
        .reference = smtp_auth_page,
        .sample = "535 5.7.139",
    },
    {
        .id = "auth-failed-mailbox-logon",
        .category = Category::auth_failed,
        .owner = Owner::tenant_admin,
        .when = {.text = "STOREDRV.Submission*MapiExceptionLogonFailed|mailbox logon failure"},
        .title = "Microsoft 365 could not open the sending mailbox",
        .cause = "The login went through, but the mailbox {login} cannot be opened to send from it: it has "
                 "no licence, was created only just now, or the application that logs in has no right to it.",
        .steps = {"Give the mailbox a licence: Microsoft 365 admin center > Users > Active users > {login} > "
                  "Licenses and apps",
                  "A new mailbox: wait an hour and send again",
                  "Login by an application (OAuth): `Add-MailboxPermission -Identity {login} -User "
                  "<enterprise-app-object-id> -AccessRights FullAccess`",
                  "Check that it exists: `Get-Mailbox {login}`"},
        .reference = smtp_auth_page,
        .sample = "430 4.2.0 STOREDRV; mailbox logon failure; "
                  "STOREDRV.Submission.Exception:ConnectionFailedTransientException.MapiExceptionLogonFailed;"
                  " Failed to process message due to a transient exception",
    },

    // OAuth
    {
        .id = "auth-failed-token-expiring",
        .category = Category::auth_failed,
        .owner = Owner::you,
        .when = {.text = "Invalid XOAUTH2 auth data*Token will expire|Token will expire soon"},
        .title = "The OAuth token is too close to its end",
        .cause = "The service wants a token with at least ten minutes left. The sending program kept one "
                 "until the last moment.",
        .steps = {"Let the program renew its token when fewer than ten minutes are left",
                  "Check the clock of the sending computer: `w32tm /query /status`"},
        .sample = "501 5.5.127 Invalid XOAUTH2 auth data - Token will expire soon",
    },
    {
        .id = "auth-failed-xoauth2-data",
        .category = Category::auth_failed,
        .owner = Owner::you,
        .when = {.text = "Invalid XOAUTH2 auth data|Invalid SASL argument"},
        .title = "The OAuth login was not put together properly",
        .cause = "The server could not read what the program sent for XOAUTH2. Often the user part is empty "
                 "or an application ID instead of the mailbox address.",
        .steps = {"Set the user name to the mailbox address {login}, not to the client ID of the application",
                  "Get a fresh token, then send again",
                  "If only one program fails, ask its maker for an update"},
        .sample = "501 5.5.124 Invalid XOAUTH2 auth data - User address provided is not valid.",
    },
    {
        .id = "auth-failed-oauth-challenge",
        .category = Category::auth_failed,
        .owner = Owner::you,
        // Base64 of {"status":… and the same in clear.
        .when = {.text = "eyJzdGF0dXMiOi|\"schemes\":\"bearer\"|\"schemes\":\"Bearer"},
        .title = "The mail server refused the OAuth token",
        .cause = "The text behind 334 is the server's explanation in base64: the token has expired, was "
                 "withdrawn, or was issued for something other than sending mail.",
        .steps = {"Get a new token: sign in again in the settings of the program that sends",
                  "Ask for the right scope: `https://mail.google.com/` at Google, "
                  "`https://outlook.office.com/SMTP.Send` at Microsoft",
                  "The user name must be the mailbox the token was issued for",
                  "A Google project in the state Testing loses its tokens after seven days: publish it"},
        .reference = google_codes,
        .sample = "334 "
                  "eyJzdGF0dXMiOiI0MDAiLCJzY2hlbWVzIjoiQmVhcmVyIiwic2NvcGUiOiJodHRwczovL21haWwuZ29vZ2xlLmNvbS"
                  "8ifQ==",
    },
    {
        .id = "auth-failed-oauth-grant",
        .category = Category::auth_failed,
        .owner = Owner::you,
        .when = {.text = "invalid_grant|Token has been expired or revoked", .proof = Proof::hint},
        .title = "The permission to send was withdrawn or has run out",
        .cause = "The program keeps a permission (refresh token) to get new OAuth tokens. It was unused for "
                 "too long, somebody changed the password, or it was withdrawn.",
        .steps = {"Authorise again: sign in as {login} in the settings of the program that sends",
                  "If it happens every few weeks, see whether a sign-in rule of the tenant ends sessions",
                  "Keep the relay running: a permission that is used does not run out"},
        .reference = "RFC 6749 section 5.2",
        .sample = "{\"error\": \"invalid_grant\", \"error_description\": \"Bad Request\"}",
    },
    {
        .id = "auth-failed-oauth-client",
        .category = Category::auth_failed,
        .owner = Owner::tenant_admin,
        .when = {.text = "invalid_client|unauthorized_client", .proof = Proof::hint},
        .title = "The token service does not accept this application",
        .cause = "Client ID, secret or the kind of application do not fit together: the secret is wrong or "
                 "expired, or the application may not use this way to log in.",
        .steps = {"Compare client ID and tenant with the app registration",
                  "Create a new client secret and copy its value, not its ID",
                  "For a login with a device code allow it: app registration > Authentication > Allow public "
                  "client flows > Yes"},
        .reference = "RFC 6749 section 5.2",
        .sample = "{\"error\":\"invalid_client\"}",
    },

    // Kinds of login the server does not take
    {
        .id = "auth-mechanism-microsoft",
        .category = Category::auth_mechanism_unsupported,
        .owner = Owner::you,
        .when = {.host = HostFamily::microsoft,
                 .status = "5.7.4",
                 .text = "Unrecognized authentication type"},
        .title = "Microsoft 365 does not know this kind of login",
        .cause = "The program tried to log in by PLAIN, NTLM, CRAM-MD5 or the like, or before TLS was on. "
                 "smtp.office365.com takes only LOGIN and XOAUTH2, and only after STARTTLS.",
        .steps = {"Choose AUTH LOGIN (user name and password) or OAuth2 / XOAUTH2 in the sending program",
                  iis_login_and_tls, "IIS: not \"Integrated Windows Authentication\", that is NTLM",
                  "Switch on STARTTLS and use port 587",
                  "If the program cannot do that, let it send to a relay that can"},
        .reference = device_page,
        .sample = "504 5.7.4 Unrecognized authentication type [HE1PR0401CA0078.eurprd04.prod.outlook.com]",
    },
    {
        .id = "auth-mechanism-unsupported",
        .category = Category::auth_mechanism_unsupported,
        .owner = Owner::you,
        .when =
            {.text =
                 "Unrecognized authentication type|Unrecognised authentication type|Unknown authentication "
                 "type|Unknown authentication method|unknown authentication mechanism|Unsupported "
                 "authentication mechanism|authentication mechanism not supported|authentication mechanism "
                 "is not supported|authentication type not supported|authentication method not "
                 "supported|unsupported authentication method|Invalid authentication mechanism|mechanism not "
                 "supported|mechanism not available|authentication mechanism is too weak|no mechanism "
                 "available|No authenticator mechanisms supported by both|No suitable authentication method "
                 "found|No supported authentication method|No authentication type supported|Authentication "
                 "scheme not supported"},
        .title = "Program and mail server have no kind of login in common",
        .cause = "The way in which the program wants to log in is not among those the server offers. The "
                 "password was not checked.",
        .steps = {"See what the server offers: `openssl s_client -starttls smtp -crlf -connect "
                  "{host}:587`, then type `EHLO test` and look for the line AUTH",
                  "Choose one of those in the program, usually LOGIN or PLAIN",
                  "Switch on STARTTLS or SSL: many servers offer logins only behind TLS",
                  "Postfix as relay: install the SASL modules (`libsasl2-modules`) and check "
                  "smtp_sasl_mechanism_filter",
                  "If the program is too old for it, let it send to a relay that can"},
        .reference = "RFC 4954 section 4",
        .sample = "504 5.5.4 Unrecognized authentication type",
    },
    {
        .id = "auth-not-offered",
        .category = Category::auth_mechanism_unsupported,
        .owner = Owner::you,
        .when = {.text = "AUTH command used when not advertised|authentication not enabled|Authentication is "
                         "not enabled|SMTP AUTH extension not supported by server|server doesn't support "
                         "AUTH|server does not support AUTH|does not support authentication|does not support "
                         "SMTP authentication|AUTH not supported|AUTH not available|AUTH command is not "
                         "enabled|AUTH is not enabled|AUTH command not supported|Authentication not "
                         "supported|authentication is not supported|SMTP authentication not available"},
        .title = "The server offers no login on this connection",
        .cause = "The program wants to log in, but the server does not offer it here. Most servers do so "
                 "only after STARTTLS and on port 587 or 465, not on port 25.",
        .steps =
            {"Use port 587 with STARTTLS, or 465 with SSL, in the sending program",
             "See what the server offers over TLS: `openssl s_client -starttls smtp -crlf "
             "-connect {host}:587`, then type `EHLO test` and look for the line AUTH",
             "If your own relay needs no login (access by IP address), take name and password out of the "
             "program",
             "Own Postfix: `smtpd_sasl_auth_enable = yes` for the submission service in master.cf; own Exim: "
             "check auth_advertise_hosts; own hMailServer: the port's security and Settings > Protocols > "
             "SMTP",
             "A firewall or virus scanner that looks into SMTP can hide the offer: try from another network"},
        .reference = "RFC 4954 section 3",
        .sample = "503 AUTH command used when not advertised",
    },

    // Nobody logged in
    {
        .id = "not-authenticated-microsoft",
        .category = Category::not_authenticated,
        .owner = Owner::you,
        .when = {.status = "5.7.57",
                 .text = "Client not authenticated to send mail|Client was not authenticated to send "
                         "anonymous mail|not authenticated to send anonymous mail"},
        .title = "The relay tried to send through Microsoft 365 without logging in",
        .cause = "smtp.office365.com takes mail only from somebody who has logged in. The relay has no name "
                 "and password set, or TLS is off, so that a login was never offered; some programs also go "
                 "on after a failed login, and the real reason is then a 535 earlier in the log.",
        .steps =
            {iis_login_and_tls, iis_port_587,
             "Postfix: `relayhost = [smtp.office365.com]:587`, `smtp_sasl_auth_enable = yes`, "
             "`smtp_tls_security_level = encrypt`",
             "Look in the relay's log for a 535 before this line: that one is the cause then", check_mailbox,
             "If the device cannot log in, use the MX name of your domain (*.mail.protection.outlook.com) on "
             "port 25: without more for your own recipients, with an inbound connector for all"},
        .reference = device_page,
        .sample =
            "530 5.7.57 Client not authenticated to send mail. [SN4PR0501CA0075.namprd05.prod.outlook.com]",
    },
    {
        .id = "not-authenticated-microsoft-code",
        .category = Category::not_authenticated,
        .owner = Owner::you,
        .when = {.status = "5.7.57"},
        .title = "The relay tried to send through Exchange without logging in",
        .cause = "The server takes mail only after a login, and there was none: no name and password set, or "
                 "TLS off.",
        .steps = {iis_login_and_tls, iis_port_587,
                  "Look in the relay's log for a 535 before this line: that one is the cause then"},
        .reference = device_page,
        .sample = "530 5.7.57 SMTP",
    },
    {
        .id = "not-authenticated-exchange",
        .category = Category::not_authenticated,
        .owner = Owner::you,
        .when =
            {.code = "5",
             .status = "5.7.1",
             // With something before it: .NET puts "or the client was not authenticated" around everything.
             .text =
                 "530*Client was not authenticated|550*Client was not authenticated|5.7.1 Client was not "
                 "authenticated|server response was*Client was not authenticated|Client not authenticated"},
        .title = "The Exchange server wants a login before it takes mail",
        .cause = "The receive connector that answered does not take anonymous mail, and the sending program "
                 "did not log in.",
        .steps = {iis_login_and_tls,
                  "Own Exchange: make a receive connector for the device's address: `New-ReceiveConnector "
                  "-Name Relay -TransportRole FrontendTransport -Usage Custom -Bindings 0.0.0.0:25 "
                  "-RemoteIPRanges {ip}`",
                  "and let it take anonymous mail: `Set-ReceiveConnector <server>\\Relay -PermissionGroups "
                  "AnonymousUsers`",
                  "Microsoft 365: use the MX name of your domain on port 25 instead of smtp.office365.com if "
                  "there is no login"},
        .reference = microsoft_ndr,
        .sample = "530 5.7.1 Client was not authenticated",
    },
    {
        .id = "not-authenticated-submit-permission",
        .category = Category::not_authenticated,
        .owner = Owner::you,
        .when = {.text = "Client does not have permission to submit mail to this server|Client does not have "
                         "permissions to submit"},
        .title = "The server lets this client send only after a login",
        .cause = "Exchange or IIS on the other side allows sending only to known users or addresses, and "
                 "this client is neither.",
        .steps = {iis_login_and_tls,
                  "Or have the administrator of {host} add the sending computer's address to those that may "
                  "send without a login",
                  "Own IIS: IIS 6.0 Manager > SMTP Virtual Server > Properties > Access > Authentication: "
                  "tick Anonymous access"},
        .sample = "454 5.7.3 Client does not have permission to submit mail to this server.",
    },
    {
        .id = "not-authenticated-google",
        .category = Category::not_authenticated,
        .owner = Owner::you,
        .when = {.host = HostFamily::google,
                 .text =
                     "p=WantAuthError|Authentication Required. Learn more|Authentication Required. For more"},
        .title = "The relay tried to send through Gmail without logging in",
        .cause = "smtp.gmail.com takes mail only after a login, and the relay did not log in. Usually name "
                 "and password are missing in the relay, or TLS is off.",
        .steps = {"Enter the full Gmail address and an app password in the relay (Google account > Security "
                  "> 2-Step Verification > App passwords)",
                  iis_login_and_tls, iis_port_587,
                  "Google Workspace without a login: smtp-relay.gmail.com, with the relay's address allowed "
                  "in the Admin console > Apps > Gmail > Routing > SMTP relay service"},
        .reference = google_codes,
        .sample = "530-5.5.1 Authentication Required. Learn more at\n530 5.5.1 "
                  "https://support.google.com/mail/?p=WantAuthError",
    },
    {
        .id = "not-authenticated-sender",
        .category = Category::not_authenticated,
        .owner = Owner::you,
        .when = {.text = "Sender address rejected: not logged in|Sender address rejected*not logged in|must "
                         "log in to send as|authentication required to send as|authentication is required to "
                         "send mail as|must authenticate to send mail as|Authentication required to send "
                         "from|Authentication required for sender"},
        .title = "Mail from {from} is taken only after a login as its owner",
        .cause = "The server knows {from} as one of its own addresses and lets nobody use it without logging "
                 "in. The sending program did not log in.",
        .steps = {"Enter name and password of {from} in the sending program and switch on \"server requires "
                  "authentication\"",
                  "Use port 587 with STARTTLS instead of port 25",
                  "Own Postfix: the rule is reject_sender_login_mismatch (or "
                  "reject_unauthenticated_sender_login_mismatch); put the program's address into mynetworks "
                  "and permit_mynetworks before it"},
        .reference = "RFC 4954 section 6",
        .sample = "553 5.7.1 <billing@example.org>: Sender address rejected: not logged in",
    },
    {
        .id = "not-authenticated",
        .category = Category::not_authenticated,
        .owner = Owner::you,
        .when =
            {.code = "5",
             .text =
                 "need AUTH command|AUTH command required|need AUTH first|Authentication required|Authentication is required|Authorization required|SMTP "
                 "authentication is required|Please turn on SMTP Authentication|You must "
                 "authenticate|must authenticate first|must first authenticate|Please authenticate|AUTH "
                 "first|authenticate first|authentication needed|Must login first|You must login|please "
                 "login first|permitted to relay*without authentication|relay through this server "
                 "without authentication|not authenticated to relay|unauthenticated senders not "
                 "allowed|not authorized to send mail, authentication|don't authenticate or the domain "
                 "isn't in|Missing credentials for|not logged in|you are not authenticated|no SMTP "
                 "AUTH|Anonymous access is not allowed|without SMTP authentication|SMTP authentication "
                 "required|550 must be authenticated|you must be authenticated|must be authenticated to "
                 "send|server requires authentication|requires SMTP authentication|requires "
                 "authentication to send|you need to authenticate|need to authenticate first"},
        .title = "The mail server wants a login before it sends for you",
        .cause = "The program or relay handed over a mail without logging in first. Name and password are "
                 "missing or not used; with TLS off a login is often not even offered.",
        .steps = {"In the sending program switch on \"server requires authentication\" and enter {login} and "
                  "its password",
                  iis_login_and_tls, "Use port 587 with STARTTLS (or 465 with SSL) instead of port 25",
                  "Postfix: `smtp_sasl_auth_enable = yes` and an entry for the smart host in the file behind "
                  "smtp_sasl_password_maps, then `postmap` it",
                  "If you do not send through this server on purpose, the relay goes straight to the "
                  "recipient: set your provider's smart host"},
        .reference = "RFC 4954 section 6",
        .sample = "530 5.7.0 Authentication required",
    },

    // Send As: Microsoft
    {
        .id = "send-as-denied-named",
        .category = Category::send_as_denied,
        .owner = Owner::tenant_admin,
        .when = {.host = HostFamily::microsoft, .text = "SendAsDenied*not allowed to send as"},
        .title = "{login} may not send as {from}",
        .cause = "The login is fine, but the mail carries another sender. Microsoft 365 lets a mailbox use "
                 "only its own address, unless it has the right Send As for the other one. Envelope and From "
                 "are both checked, after the whole mail has been handed over.",
        .steps = {grant_send_as, change_from, login_as_from, from_exists, from_is_alias, from_is_missing,
                  send_as_takes_time, without_login},
        .reference = microsoft_ndr,
        .sample = "554 5.2.252 SendAsDenied; user@contoso.com not allowed to send as app@contoso.com; "
                  "STOREDRV.Submission.Exception:SendAsDeniedException.MapiExceptionSendAsDenied; Failed to "
                  "process message due to a permanent exception with message [BeginDiagnosticData]Cannot "
                  "submit message.",
    },
    {
        .id = "send-as-denied-storedrv",
        .category = Category::send_as_denied,
        .owner = Owner::tenant_admin,
        .when = {.host = HostFamily::microsoft,
                 .text = "SendAsDeniedException|MapiExceptionSendAsDenied|ErrorSendAsDenied|SendAsDenied;|"
                         "does not have the right to send mail on behalf of"},
        .title = "The mailbox that logged in may not send with this sender address",
        .cause =
            "The login is fine, but the mail is from {from}, and the account the relay logs in with has no "
            "right to use that address. Microsoft 365 checks it after the whole mail has been handed over.",
        .steps = {grant_send_as, change_from, login_as_from, from_exists, from_is_alias, from_is_missing,
                  send_as_takes_time, without_login},
        .reference = microsoft_ndr,
        .sample = "554 5.2.0 STOREDRV.Submission.Exception:SendAsDeniedException.MapiExceptionSendAsDenied; "
                  "Failed to process message due to a permanent exception with message Cannot submit "
                  "message. 0.35250:7D060000",
    },
    {
        .id = "send-as-denied-code",
        .category = Category::send_as_denied,
        .owner = Owner::tenant_admin,
        .when = {.status = "5.2.252"},
        .title = "The mailbox that logged in may not send with this sender address",
        .cause = "The login is fine, but the account the relay logs in with has no right to send as {from}.",
        .steps = {grant_send_as, change_from, login_as_from, from_exists, from_is_alias, from_is_missing},
        .reference = microsoft_ndr,
        .sample = "554 5.2.252",
    },
    {
        .id = "send-as-denied-exchange",
        .category = Category::send_as_denied,
        .owner = Owner::tenant_admin,
        .when = {.status = "5.7.60", .text = "does not have permissions to send as this sender"},
        .title = "The account that logged in may not send as {from}",
        .cause = "The login is fine, but the sender of the mail belongs to somebody else. Exchange lets an "
                 "account use only its own addresses, unless it has the right Send As.",
        .steps = {grant_send_as, change_from, login_as_from, from_exists, from_is_alias, from_is_missing,
                  send_as_takes_time,
                  "Exchange on your own server: `Add-ADPermission -Identity <mailbox name> -User {login} "
                  "-ExtendedRights \"Send As\"` instead of the first step"},
        .reference = microsoft_ndr,
        .sample = "550 5.7.60 SMTP; Client does not have permissions to send as this sender "
                  "[CY4PR08MB2887.namprd08.prod.outlook.com]",
    },
    {
        .id = "send-as-denied-exchange-old",
        .category = Category::send_as_denied,
        .owner = Owner::tenant_admin,
        .when = {.text = "does not have permissions to send as this sender|does not have permission to send "
                         "as this sender|does not have permission to send on behalf of"},
        .title = "The account that logged in may not send as {from}",
        .cause = "The login is fine, but the sender of the mail belongs to somebody else. This wording comes "
                 "from older Exchange, mostly on a server of your own.",
        .steps = {"Microsoft 365: `Add-RecipientPermission {from} -Trustee {login} -AccessRights SendAs`",
                  "Exchange on your own server: `Add-ADPermission -Identity <mailbox name> -User {login} "
                  "-ExtendedRights \"Send As\"`",
                  change_from, login_as_from,
                  "If {from} does not exist, add it as an address of the mailbox that logs in, or make a "
                  "mailbox for it"},
        .reference = microsoft_ndr,
        .sample = "550 5.7.1 Client does not have permissions to send as this sender",
    },
    {
        .id = "send-as-denied-exchange-code",
        .category = Category::send_as_denied,
        .owner = Owner::tenant_admin,
        .when = {.status = "5.7.60"},
        .title = "The account that logged in may not send as {from}",
        .cause = "The login is fine, but the account has no right to use the sender address of the mail.",
        .steps = {grant_send_as, change_from, login_as_from, from_exists, from_is_alias, from_is_missing},
        .reference = microsoft_ndr,
        .sample = "550 5.7.60 SMTP",
    },

    // Send As: other servers
    {
        .id = "send-as-denied-not-owned",
        .category = Category::send_as_denied,
        .owner = Owner::you,
        .when = {.text = "Sender address rejected: not owned by|not owned by user|not owned by auth user|not "
                         "owned by authorized user"},
        .title = "The account that logged in does not own the sender address {from}",
        .cause = "The server lets every account use only the sender addresses that are listed for it. The "
                 "mail says from {from}, the login was another account; the reply usually names both.",
        .steps = {"Set the sender address in the program to the address of the account it logs in with",
                  "Or log in with the account that {from} belongs to",
                  "Or have the mail provider add {from} as an alias or allowed sender of the account",
                  "Own Postfix: add a line `{from} {login}` to the file behind smtpd_sender_login_maps, then "
                  "`postmap` it; mailcow: Mailbox > Edit > Allowed to send as"},
        .reference = "RFC 6409 section 6.1",
        .sample =
            "553 5.7.1 <scanner@example.org>: Sender address rejected: not owned by user relay@example.org",
    },
    {
        .id = "send-as-denied-must-equal-login",
        .category = Category::send_as_denied,
        .owner = Owner::you,
        .when = {.text = "mail from address must be same as auth|mail from must equal auth|mail from account "
                         "doesn't conform with authentication|sender mismatch with login user|not authorized "
                         "to send mail as|not authorised to send mail as|From address is not one of your "
                         "addresses|not local sender over smtp|Sender is not allowed to relay|Relaying "
                         "disallowed as|From: address not verified|From address not verified|send from this "
                         "header address|sender address must match|must match authenticated|does not match "
                         "authenticated|does not match the authenticated|must match the authenticated|not "
                         "allowed to use this sender|not permitted to use this sender|not allowed to send as|"
                         "not allowed to send from this address|not permitted to send from this address|not "
                         "authorized to send from this address|not authorized to use this sender|not "
                         "authorized to use this from|envelope-from address forbidden|Sender address "
                         "forbidden|not permitted to send as"},
        .title = "The provider sends only mail whose sender is the account that logs in",
        .cause = "The mail says it is from {from}, but the relay logged in as somebody else. This provider "
                 "refuses every sender that is not an address of that account.",
        .steps = {"Set the sender address in the program to the address of the account it logs in with; put "
                  "{from} into Reply-To if answers should go there",
                  "Or log in with the account of {from}",
                  "Or add {from} to the account as an alias or a verified sender, in the provider's "
                  "web settings",
                  "Envelope sender and From of the mail must both be that address: mind the return path that "
                  "some programs set apart",
                  "If the program cannot change its sender, let the relay rewrite it (Postfix: "
                  "sender_canonical_maps)"},
        .reference = "RFC 6409 section 6.1",
        .sample = "553 Sender is not allowed to relay emails",
    },
    {
        .id = "auth-blocked-ses-permission",
        .category = Category::auth_blocked_by_policy,
        .owner = Owner::tenant_admin,
        .when = {.text = "is not authorized to perform*ses:Send|not authorized to perform `ses|account not "
                         "subscribed to SES"},
        .title = "The Amazon SES login has no permission to send this mail",
        .cause = "The SMTP login belongs to an IAM user whose policy does not allow sending, or not with "
                 "this sender. The login itself worked.",
        .steps = {"IAM console > Users > the user named in the reply > Permissions: allow `ses:SendRawEmail` "
                  "for the identity {from-domain}",
                  "Look for a condition on ses:FromAddress in the policy and add {from}",
                  "Or create fresh SMTP credentials: SES console > SMTP settings > Create SMTP credentials"},
        .sample =
            "554 Access denied: User `arn:aws:iam::111122223333:user/relay' is not authorized to perform "
            "`ses:SendRawEmail' on resource `arn:aws:ses:eu-west-1:111122223333:identity/example.org'",
    },

    // TLS towards the smart host
    {
        .id = "tls-version-smtp-auth",
        .category = Category::tls_version,
        .owner = Owner::you,
        .when = {.text = "TLS 1.0 and 1.1 are not supported|aka.ms/smtp_auth_tls|upgrade/update your client "
                         "to support TLS 1.2"},
        .title = "The sending program or server speaks a TLS version that is too old",
        .cause = "Microsoft 365 wants TLS 1.2 or newer. The relay offered 1.0 or 1.1, as Windows Server 2008 "
                 "R2 and 2012, old .NET programs and older scanners do.",
        .steps = {"Windows 2008 R2 / 2012: under "
                  "HKLM\\SYSTEM\\CurrentControlSet\\Control\\SecurityProviders\\SCHANNEL\\"
                  "Protocols\\TLS 1.2, in the keys Client and Server, set DisabledByDefault = 0 and Enabled "
                  "= 1 (DWORD), then reboot",
                  ".NET programs: `reg add HKLM\\SOFTWARE\\Microsoft\\.NETFramework\\v4.0.30319 /v "
                  "SchUseStrongCrypto /t REG_DWORD /d 1 /f`, the same under SOFTWARE\\WOW6432Node",
                  "Scanner or printer: install the newest firmware",
                  "Server 2003 and devices without an update: let them send to a newer relay that does "
                  "TLS 1.2",
                  "As a stopgap: `Set-TransportConfig -AllowLegacyTLSClients $true` and "
                  "smtp-legacy.office365.com as smart host"},
        .reference = "https://aka.ms/smtp_auth_tls",
        .sample =
            "421 4.7.66 TLS 1.0 and 1.1 are not supported. Please upgrade/update your client to support TLS "
            "1.2. Visit https://aka.ms/smtp_auth_tls. [SA9P221CA0019.NAMP221.PROD.OUTLOOK.COM]",
    },
    {
        .id = "tls-version-smtp-auth-code",
        .category = Category::tls_version,
        .owner = Owner::you,
        .when = {.status = "4.7.66"},
        .title = "The sending program or server speaks a TLS version that is too old",
        .cause = "Microsoft 365 wants TLS 1.2 or newer, and the relay offered an older one.",
        .steps = {"Windows 2008 R2 / 2012: enable TLS 1.2 in the SCHANNEL registry keys, then reboot",
                  "Old devices: newest firmware, or a newer relay in between",
                  "As a stopgap: `Set-TransportConfig -AllowLegacyTLSClients $true` and "
                  "smtp-legacy.office365.com as smart host"},
        .reference = "https://aka.ms/smtp_auth_tls",
        .sample = "421 4.7.66",
    },
    {
        .id = "tls-required-microsoft",
        .category = Category::tls_required,
        .owner = Owner::you,
        .when = {.code = "4", .text = "STARTTLS is required to send mail"},
        .title = "Microsoft 365 takes mail only over an encrypted connection",
        .cause = "The relay began to send without switching on TLS first. The code begins with 4, so a relay "
                 "keeps trying for days, but nothing will change by itself.",
        .steps =
            {"On IIS: IIS 6.0 Manager > SMTP Virtual Server > Properties > Delivery > Outbound Security > "
             "tick TLS encryption",
             "Postfix: `postconf -e smtp_tls_security_level=encrypt` and `postfix reload`",
             "Other programs: STARTTLS on port 587 (not SSL on 465: smtp.office365.com does not offer that)",
             "If TLS is on already, the server may be too old for TLS 1.2 (Windows 2008 R2, 2012): enable it "
             "in SCHANNEL",
             "Cannot do TLS at all? Let it send to a relay in the house that does"},
        .reference = device_page,
        .sample = "451 5.7.3 STARTTLS is required to send mail [SG2PR02CA0073.apcprd02.prod.outlook.com "
                  "2024-07-24T03:43:18.298Z 08DCAB6EB788477A]",
    },
    {
        .id = "tls-required-first",
        .category = Category::tls_required,
        .owner = Owner::you,
        .when = {.code = "53", .text = "Must issue a STARTTLS command first"},
        .title = "The mail server wants TLS before anything else",
        .cause = "The program sent its mail or login over an open connection. The server takes neither "
                 "before STARTTLS.",
        .steps = {"On IIS: IIS 6.0 Manager > SMTP Virtual Server > Properties > Delivery > Outbound Security "
                  "> tick TLS encryption",
                  "Other programs: choose STARTTLS (\"TLS\"), port 587; .NET: `EnableSsl = true`",
                  "Postfix: `postconf -e smtp_tls_security_level=encrypt` and `postfix reload`",
                  "If TLS is on, see whether something on the way removes it: `openssl s_client "
                  "-starttls smtp -crlf -connect {host}:587` must show a certificate"},
        .reference = "RFC 3207 section 4",
        .sample = "530 5.7.0 Must issue a STARTTLS command first",
    },
    {
        .id = "tls-required-negotiation-failed",
        .category = Category::tls_required,
        .owner = Owner::you,
        .when = {.code = "451", .text = "Must issue a STARTTLS command first"},
        .title = "The relay went on without TLS, which the server demands",
        .cause = "TLS is not switched on in the relay, or it was tried and failed: Windows Server 2008 R2 "
                 "and 2012 without TLS 1.2 end up here with Microsoft 365.",
        .steps =
            {"Switch TLS on: IIS 6.0 Manager > SMTP Virtual Server > Properties > Delivery > Outbound "
             "Security > tick TLS encryption",
             "Windows 2008 R2 / 2012: under "
             "HKLM\\SYSTEM\\CurrentControlSet\\Control\\SecurityProviders\\SCHANNEL\\"
             "Protocols\\TLS 1.2, in the keys Client and Server, set DisabledByDefault = 0 and Enabled = 1 "
             "(DWORD), then reboot",
             "If TLS is on, see whether something on the way removes it: `openssl s_client "
             "-starttls smtp -crlf -connect {host}:587` must show a certificate",
             "Server 2003 cannot do TLS 1.2: let it send to a newer relay"},
        .reference = "RFC 3207 section 4",
        .sample = "451 5.7.3 Must issue a STARTTLS command first",
    },
    {
        .id = "tls-required-inbound-iis",
        .category = Category::tls_required,
        .owner = Owner::you,
        .when = {.code = "505", .text = "Must issue a STARTTLS command first"},
        .title = "Your IIS relay takes mail only over TLS",
        .cause = "The virtual SMTP server on {relay} is set to require a secure channel, and the program "
                 "that hands mail to it does not use TLS.",
        .steps = {"If the program can, switch on STARTTLS there",
                  "Else on {relay}: IIS 6.0 Manager > SMTP Virtual Server > Properties > Access > Secure "
                  "communication > untick Require TLS encryption",
                  "Then let only your own computers in: Access > Connection and Access > Relay",
                  "`Restart-Service SMTPSVC`"},
        .reference = "RFC 3207 section 4",
        .sample = "505 Must issue a STARTTLS command first",
    },
    {
        .id = "tls-required-before-login",
        .category = Category::tls_required,
        .owner = Owner::you,
        .when = {.text =
                     "Encryption required for requested authentication mechanism|plaintext authentication "
                     "disallowed|Plaintext authentication not allowed|Plain text authentication not "
                     "allowed|Cleartext authentication not allowed|connection is required for "
                     "authentication|TLS required for authentication|TLS is required for authentication|SSL "
                     "required for authentication|Authentication not allowed without encryption|must use TLS "
                     "before authent|STARTTLS before authent|authentication requires TLS|authentication "
                     "requires an encrypted|without encryption is not allowed|Authentication only allowed "
                     "with TLS|Secure connection required for auth|AUTH not available without TLS"},
        .title = "The server takes a password only over an encrypted connection",
        .cause = "The program tried to log in before TLS was on. The password was not checked.",
        .steps = {"In the program choose STARTTLS with port 587, or SSL with port 465",
                  "On IIS: Delivery > Outbound Security > tick TLS encryption",
                  "Change the password if it has gone over an open network"},
        .reference = "RFC 4954 section 4",
        .sample = "538 5.7.11 Encryption required for requested authentication mechanism",
    },
    {
        .id = "tls-required-submission",
        .category = Category::tls_required,
        .owner = Owner::you,
        .when = {.text =
                     "STARTTLS is required to send mail|Must issue a STARTTLS|must issue STARTTLS|issue a "
                     "STARTTLS command|Need to issue STARTTLS|Need STARTTLS|use STARTTLS first|STARTTLS "
                     "first|you must use STARTTLS|please use STARTTLS|STARTTLS required|STARTTLS is "
                     "required|requires STARTTLS|requires a STARTTLS|STARTTLS must be issued"},
        .title = "The mail server takes mail only over an encrypted connection",
        .cause = "The sending side did not switch on TLS, and this server refuses to go on without it.",
        .steps = {"Switch on STARTTLS in the program or relay; on IIS: Delivery > Outbound Security > tick "
                  "TLS encryption",
                  "Postfix: `postconf -e smtp_tls_security_level=may` (or encrypt for a smart host) and "
                  "`postfix reload`",
                  "If it is on, see whether something on the way removes it: `openssl s_client "
                  "-starttls smtp -crlf -connect {host}:587` must show a certificate"},
        .reference = "RFC 3207 section 4",
        .sample = "554 5.7.1 Must issue STARTTLS first, please",
    },

    // The mailbox one sends from is full
    {
        .id = "sender-mailbox-full",
        .category = Category::sender_mailbox_full,
        .owner = Owner::tenant_admin,
        .when = {.text = "mailbox full; "
                         "STOREDRV.Submission|STOREDRV.Submission.Exception:QuotaExceededException|STOREDRV."
                         "Submission*MapiExceptionShutoffQuotaExceeded|STOREDRV.Submission*"
                         "MapiExceptionQuotaExceeded"},
        .title = "The mailbox that sends is full, not the recipient's",
        .cause = "Microsoft 365 keeps a copy of every mail sent with a login in Sent Items of {login}. Over "
                 "the months the relay's mailbox has filled up, and now it may not send any more.",
        .steps = {"Make room at once: sign in at https://outlook.office.com as {login} and empty Sent Items, "
                  "then Deleted Items",
                  "See how full it is: `Get-MailboxStatistics {login} | fl TotalItemSize,ItemCount`",
                  "So that it does not come back: a retention tag that deletes Sent Items after 30 days: "
                  "`New-RetentionPolicyTag \"Relay Sent\" -Type SentItems -AgeLimitForRetention 30 "
                  "-RetentionAction DeleteAndAllowRecovery`",
                  "`New-RetentionPolicy \"Relay\" -RetentionPolicyTagLinks \"Relay Sent\"`, then "
                  "`Set-Mailbox {login} -RetentionPolicy \"Relay\"`",
                  "A relay through an inbound connector leaves no copies"},
        .reference = microsoft_ndr,
        .sample = "554 5.2.2 mailbox full; "
                  "STOREDRV.Submission.Exception:QuotaExceededException.MapiExceptionShutoffQuotaExceeded; "
                  "Failed to process message due to a permanent exception",
    },
    {
        .id = "submission-store-busy",
        .category = Category::remote_system_error,
        .owner = Owner::nobody,
        .severity = Severity::warning,
        .when = {.code = "4",
                 .text = "STOREDRV.Submit.Exception:StorageTransientException|STOREDRV.Submit*Transient|"
                         "STOREDRV.Submission.Exception:StorageTransientException"},
        .title = "The Exchange mailbox store was busy for a moment",
        .cause = "Microsoft's server could not store the mail just then. It is temporary: the relay "
                 "tries again until the mail is too old.",
        .steps = {"Wait for the next try of the relay",
                  "If it lasts for hours: Microsoft 365 admin center > Health > Service health"},
        .reference = microsoft_ndr,
        .sample = "431 4.3.1 STOREDRV.Submit.Exception:StorageTransientException.IOException;",
    },

    // Login at other providers
    {
        .id = "auth-failed-google-app-password",
        .category = Category::auth_failed,
        .owner = Owner::you,
        .when = {.text = "Application-specific password required|p=InvalidSecondFactor"},
        .title = "Google wants an app password instead of the account's password",
        .cause = "The Google account has 2-Step Verification. A program cannot answer the second question, "
                 "so it needs a password of its own.",
        .steps = {"Sign in to the Google account of {login} > Security > 2-Step Verification > App "
                  "passwords, and create one",
                  "Enter its 16 letters without blanks in the relay", wrong_password_in_iis,
                  "If App passwords is missing, the Workspace administrator has switched it off: use OAuth "
                  "or smtp-relay.gmail.com"},
        .reference = google_codes,
        .sample = "534-5.7.9 Application-specific password required. Learn more at\n534 5.7.9 "
                  "https://support.google.com/mail/?p=InvalidSecondFactor",
    },
    {
        .id = "auth-failed-app-password",
        .category = Category::auth_failed,
        .owner = Owner::you,
        .when = {.text =
                     "app-specific password|application specific password|NEOBHODIM parol prilozheniya|"
                     "Application password is REQUIRED|app password is required|app password required|use "
                     "an app password|authorization code to login|use the authorization code|(#AUTH005)|"
                     "(#MBR1212)|Too many bad auth attempts|service is not open, password is incorrect|"
                     "(#MBR1212) Incorrect username or password"},
        .title = "The provider wants an app password, not the account's own",
        .cause = "Yahoo, AOL, iCloud, mail.ru, QQ and others let programs in only with a separate password "
                 "(app password, authorisation code) that is created on their web pages.",
        .steps = {"Sign in on the provider's web page as {login}, open Security or Settings > Account, and "
                  "create an app password or authorisation code for mail",
                  "On the same page switch on SMTP / IMAP access if it is off",
                  "Enter the app password in the relay instead of the normal one", full_address,
                  "After many failed tries wait an hour before the next one"},
        .sample = "535 5.7.0 (#AUTH005) Too many bad auth attempts.",
    },
    {
        .id = "auth-failed-google-web-login",
        .category = Category::auth_blocked_by_policy,
        .owner = Owner::you,
        .when = {.text = "log in via your web browser|log in with your web browser|p=WebLoginRequired"},
        .title = "Google wants you to sign in by browser once before it lets the relay in",
        .cause = "Google found the login unusual, for example from a new country or a server, and blocked it "
                 "until the owner confirms. The password may be right.",
        .steps =
            {"Sign in to the Google account of {login} by browser, best from the network of the relay, and "
             "confirm the security alert",
             "Use an app password or OAuth instead of the normal password",
             "Google Workspace: smtp-relay.gmail.com with the relay's address allowed needs no such login"},
        .reference = google_codes,
        .sample = "534-5.7.14 <https://accounts.google.com/signin/continue?sarp=1> Please log in via your "
                  "web browser and then try again. 534-5.7.14 Learn more at 534 5.7.14 "
                  "https://support.google.com/mail/answer/78754",
    },
    {
        .id = "auth-failed-google-credentials",
        .category = Category::auth_failed,
        .owner = Owner::you,
        .when = {.text = "Username and Password not accepted|p=BadCredentials"},
        .title = "Google does not accept this user name and password",
        .cause = "The password is wrong, or it is the account's normal password: Google takes only app "
                 "passwords and OAuth from programs.",
        .steps = {"Create an app password: Google account of {login} > Security > 2-Step Verification > App "
                  "passwords",
                  "Enter the full address as user name and the 16 letters without blanks as password",
                  wrong_password_in_iis, "Or use OAuth, where the program can",
                  "Changing the Google password deletes all app passwords: create a new one then"},
        .reference = google_codes,
        .sample = "535-5.7.8 Username and Password not accepted. For more information, go to\n535 5.7.8 "
                  "https://support.google.com/mail/?p=BadCredentials",
    },
    {
        .id = "auth-failed-temporary",
        .category = Category::auth_failed,
        .owner = Owner::provider,
        .severity = Severity::warning,
        .when =
            {.code = "4",
             .text =
                 "Temporary authentication failure|Temporary authentication error|Connection lost to "
                 "authentication server|authentication temporarily|Unable to authenticate at present|I can't "
                 "auth|authentication service*unavailable|authentication server*unavailable|temporary system "
                 "problem*authent|authentication failed*temporary|temporarily unable to authenticate"},
        .title = "The server could not check the login just now",
        .cause = "Behind the mail server something that checks passwords did not answer: Dovecot, a "
                 "directory, or on Exchange the domain controller. It says nothing about your password.",
        .steps = {"Wait for the next try of the relay", "If it lasts, tell the administrator of {host}",
                  "Own Postfix with Dovecot: is Dovecot running, and does smtpd_sasl_path exist? `systemctl "
                  "status dovecot`",
                  "Own Exchange: compare the clocks of the two servers and the domain controller, and look "
                  "for event 1035 of MSExchangeTransport: it names who tried to log in"},
        .reference = "RFC 4954 section 6",
        .sample = "454 4.7.0 Temporary authentication failure: Connection lost to authentication server",
    },
    {
        .id = "auth-failed-too-many",
        .category = Category::auth_failed,
        .owner = Owner::you,
        .when = {.text =
                     "Too many login attempts|Too many failed login|too many authentication failures|Too "
                     "many failed authentication|too many authentication attempts|Too many invalid logon "
                     "attempts|Too many AUTH failures|too many failed attempts|login frequency limited|too "
                     "many login failures|Authentication attempts exceeded|too many incorrect passwords"},
        .title = "Locked out for a while after too many failed logins",
        .cause = "Something has tried to log in with a wrong password again and again, and the server closed "
                 "the door for this account or address. Each further try makes it last longer.",
        .steps =
            {"Stop the relay's sending now (IIS: SMTP Virtual Server > Stop)", stop_old_device,
             "Wait an hour, then sign in on the provider's web page to see that the password is right",
             "Enter the right password in the relay, and only then start it",
             "Own hMailServer: Settings > Advanced > Auto-ban and IP ranges: delete the ban of your address"},
        .sample = "454 4.7.0 Too many login attempts, please try again later.",
    },
    {
        .id = "auth-failed-account-locked",
        .category = Category::auth_failed,
        .owner = Owner::provider,
        .when = {.code = "53",
                 .text = "authentication*account*locked|authentication*account*disabled|"
                         "authentication*account*suspended|authentication*account*expired|"
                         "authentication*account*blocked|authentication*account*inactive|"
                         "authentication*account*not active|authentication*account*deactivated|"
                         "535*account*locked|535*account*disabled|535*account*suspended|535*account*expired|"
                         "535*account*blocked|535*account*inactive|535*account*not active|"
                         "535*account*deactivated|534*account*locked|534*account*disabled|"
                         "534*account*suspended|534*account*expired|534*account*blocked|534*account*inactive|"
                         "534*account*not active|534*account*deactivated|login*account*locked|"
                         "login*account*disabled|login*account*suspended|login*account*expired|"
                         "login*account*blocked|login*account*inactive|login*account*not active|"
                         "login*account*deactivated|logon*account*locked|logon*account*disabled|"
                         "logon*account*suspended|logon*account*expired|logon*account*blocked|"
                         "logon*account*inactive|logon*account*not active|logon*account*deactivated|SMTP "
                         "AUTH*account*locked|SMTP AUTH*account*disabled|SMTP AUTH*account*suspended|SMTP "
                         "AUTH*account*expired|SMTP AUTH*account*blocked|SMTP AUTH*account*inactive|SMTP "
                         "AUTH*account*not active|SMTP AUTH*account*deactivated|sign in*account*locked|sign "
                         "in*account*disabled|sign in*account*suspended|sign in*account*expired|sign "
                         "in*account*blocked|sign in*account*inactive|sign in*account*not active|sign "
                         "in*account*deactivated|sign-in*account*locked|sign-in*account*disabled|"
                         "sign-in*account*suspended|sign-in*account*expired|sign-in*account*blocked|"
                         "sign-in*account*inactive|sign-in*account*not active|sign-in*account*deactivated|"
                         "authentication*user*disabled|535*user*disabled|login*user*disabled|"
                         "authentication*mailbox*disabled|password expired|password has expired|"
                         "authentication*password*expired|password transition is needed"},
        .title = "The account the relay logs in with is locked or expired",
        .cause = "The server knows the account but does not let it in: locked after failed tries, switched "
                 "off, or its password has run out.",
        .steps = {"Sign in on the provider's web page as {login}; it says what is wrong and lets you set a "
                  "new password",
                  "Else ask the administrator of {host} to unlock {login}", stop_old_device,
                  wrong_password_in_iis},
        .sample = "535 5.7.8 Error: authentication failed: account is locked",
    },
    {
        .id = "auth-failed-account-disabled",
        .category = Category::auth_failed,
        .owner = Owner::you,
        .when =
            {.code = "53",
             .text =
                 "535*user account is disabled|535*user account disabled|535*account is disabled|535*account disabled|535*account has been disabled|535*user "
                 "disabled|535*user is disabled|534*account is disabled|534*account disabled|534*account "
                 "has been disabled|538*account is disabled|538*account disabled|538*account has been "
                 "disabled|535*account is suspended|535*account suspended|535*account has been suspended"},
        .title = "The account the relay logs in with is switched off",
        .cause = "The mail server knows {login}, but the account is disabled there, so no password helps. It "
                 "is your own sending account, not the recipient's.",
        .steps = {"Ask the administrator or provider of the account to enable it. Microsoft 365: "
                  "`Get-User {login} | Format-List AccountDisabled`",
                  "Or log in with another mailbox that may send as {from}", wrong_password_in_iis},
        .reference = "RFC 5248 section 2.4",
        .sample = "535 5.7.13 user account is disabled",
    },
    {
        .id = "auth-failed-cdo",
        .category = Category::auth_failed,
        .owner = Owner::you,
        .when = {.text = "0x80040217|80040217|-2147220969"},
        .title = "The mail server refused the login of a program that sends with CDO",
        .cause =
            "CDO, the mail part of Windows that old programs and scripts use, reports with 80040217 that "
            "the login did not succeed. Wrong user name or password is the usual reason; CDO can neither "
            "use OAuth nor STARTTLS on port 587.",
        .steps = {retype, full_address, app_password_hint,
                  "Let the program send without a login to a relay in your own network, which does the login "
                  "and the encryption"},
        .sample =
            "The message could not be sent to the SMTP server. The transport error code was 0x80040217.",
    },
    {
        .id = "auth-failed",
        .category = Category::auth_failed,
        .owner = Owner::you,
        .when =
            {.code = "53",
             .text =
                 "authentication failed|authentication failure|authentication credentials invalid|Incorrect "
                 "authentication data|invalid authentication|invalid credentials|bad credentials|credentials "
                 "invalid|credentials rejected|incorrect credentials|incorrect username or password|wrong "
                 "username or password|invalid username or password|bad username or password|invalid user "
                 "name or password|incorrect user name or password|username or password*incorrect|user name "
                 "or password*incorrect|username and password*incorrect|username or password is "
                 "invalid|invalid login or password|incorrect login or password|invalid login/password|login "
                 "incorrect|incorrect password|invalid password|wrong password|password incorrect|password "
                 "mismatch|bad password|authentication rejected|authentication error|authentication "
                 "denied|authentication aborted|SMTP AUTH failed|AUTH failed|Login failed|Login fail|logon "
                 "failure|logon failed|sorry, login|Restarting authentication process|auth failure|user "
                 "unknown or password|unauthorized user|authentication was unsuccessful|authorization "
                 "failed|user not found or password"},
        .title = "The mail server does not accept this user name and password",
        .cause = "The login at the smart host failed. The password is wrong or was changed, the user name is "
                 "not the one the provider expects, or the account needs an app password.",
        .steps = {retype, full_address, "Sign in at the provider's webmail as {login} with the same password",
                  wrong_password_in_iis,
                  "Postfix: correct the line in the file behind smtp_sasl_password_maps, then `postmap` it "
                  "and `postfix reload`; the host name there must be written exactly as in relayhost",
                  app_password_hint,
                  "See whether the provider allows SMTP for this account (switch in the webmail's settings)"},
        .reference = "RFC 4954 section 6",
        .sample = "535 5.7.8 Error: authentication failed: authentication failure",
    },

    // What sending programs say around or instead of the reply
    {
        .id = "auth-failed-program",
        .category = Category::auth_failed,
        .owner = Owner::you,
        .when =
            {.text =
                 "Login denied|Invalid login|Could not "
                 "authenticate|SMTPAuthenticationError|AuthenticationFailedException|AuthenticationException|"
                 "AuthenticationInvalidCredentials|Failed to authenticate on SMTP server|Password command "
                 "failed|Username command failed|Password not accepted from server|SASL authentication "
                 "failed|SMTP authentication error|'EAUTH'|\"EAUTH\"|unable to authenticate to|cannot "
                 "authenticate to|SASL LOGIN authentication failed|SASL PLAIN authentication failed",
             .proof = Proof::hint},
        .title = "The login at the mail server failed",
        .cause = "The sending program says that its login was refused and keeps the server's own words to "
                 "itself. Those words decide whether it is the password, a switch, or a sign-in rule.",
        .steps = {"Get the server's words: switch on the program's SMTP log and look for the line with 535",
                  retype, full_address, app_password_hint,
                  "Microsoft 365: check that SMTP login is on: `Get-CASMailbox {login} | fl "
                  "SmtpClientAuthenticationDisabled`"},
        .reference = "RFC 4954 section 6",
        .sample = "curl: (67) Login denied",
    },
    {
        .id = "not-authenticated-dotnet",
        .category = Category::not_authenticated,
        .owner = Owner::you,
        .when = {.text = "requires a secure connection or the client was not authenticated|SMTP server "
                         "requires a secure connection",
                 .proof = Proof::hint},
        .title = "The mail server wants TLS and a login, and one of them is missing",
        .cause = ".NET programs say this for every refusal before the mail was taken. What the server really "
                 "said stands behind \"The server response was\".",
        .steps = {"Read on behind \"The server response was\" and give that part to `relaytool explain`",
                  "In the program switch on TLS (`EnableSsl = true`), port 587, and enter name and password",
                  "In code: set `UseDefaultCredentials = false` before `Credentials`"},
        .sample = "The SMTP server requires a secure connection or the client was not authenticated. The "
                  "server response was:",
    },
};

} // namespace

std::span<const Rule> submission_rows() {
    return rows;
}

} // namespace relaytool::diagnosis
