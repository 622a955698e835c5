#include "diagnosis/catalogue.hpp"

namespace relaytool::diagnosis {
namespace {

// Steps that several rows share.
constexpr std::string_view sign_in_log =
    "Find the entry: Microsoft Entra admin center > Users > {login} > Sign-in logs, client app "
    "\"Authenticated SMTP\" or the name of your application";
constexpr std::string_view leave_out = "Leave {login} out of the rule that refused it: Microsoft Entra admin "
                                       "center > Conditional Access > Policies > the rule > Users > Exclude";
constexpr std::string_view authorise_again =
    "Authorise the relay again: sign in anew as {login} in its settings";
constexpr std::string_view consent = "An administrator agrees: Microsoft Entra admin center > Enterprise "
                                     "applications > the application > Permissions > Grant admin consent";
constexpr std::string_view right_tenant =
    "Compare the tenant in the program with Microsoft Entra admin center > Overview > Tenant ID";
constexpr std::string_view oauth_instead =
    "Let the relay log in with OAuth (XOAUTH2) instead of a password; where it cannot "
    "(IIS), put one in between that can";
constexpr std::string_view without_login =
    "Or do without a login: an inbound connector for the relay's fixed IP address, and as smart host the MX "
    "name of your domain (*.mail.protection.outlook.com) on port 25";

constexpr Rule rows[] = {
    // Texts repeat words of the message behind the number: the number alone is shorter than many a general
    // wording.
    {
        .id = "entra-user-not-found",
        .category = Category::auth_failed,
        .owner = Owner::you,
        .when = {.host = HostFamily::microsoft,
                 .text = "AADSTS50034|AADSTS50034*user account*does not exist|AADSTS50034*account must be "
                         "added to the directory"},
        .title = "The tenant has no user with this sign-in name",
        .cause = "The relay logs in with a name that the tenant does not know. Often it is a mail address "
                 "while the sign-in name (UPN) is another, or the tenant is the wrong one.",
        .steps = {"Look up the sign-in name: `Get-User {login} | fl UserPrincipalName`",
                  "Enter that name in the relay as user name", right_tenant},
        .reference = "https://login.microsoftonline.com/error?code=50034",
        .sample = "AADSTS50034: The user account {EUII Hidden} does not exist in the contoso.com directory. "
                  "To sign into this application, the account must be added to the directory.",
    },
    {
        .id = "entra-account-locked",
        .category = Category::auth_failed,
        .owner = Owner::tenant_admin,
        .when = {.host = HostFamily::microsoft,
                 .text = "AADSTS50053|AADSTS50053*account is locked|AADSTS50053*too many times"},
        .title = "The account is locked after too many wrong passwords",
        .cause = "Somebody, usually a device with an old password, has tried to sign in too often. Entra "
                 "blocks the account for a while, or the network address the tries came from.",
        .steps = {"Stop every device and program that still has the old password", sign_in_log,
                  "Wait some minutes, then sign in once at https://outlook.office.com as {login}",
                  "If it goes on from other countries, set a new long password and enter it in the relay",
                  oauth_instead},
        .reference = "https://login.microsoftonline.com/error?code=50053",
        .sample = "AADSTS50053: The account is locked, you've tried to sign in too many times with an "
                  "incorrect user ID or password.",
    },
    {
        .id = "entra-password-expired",
        .category = Category::auth_failed,
        .owner = Owner::tenant_admin,
        .when = {.host = HostFamily::microsoft, .text = "AADSTS50055|AADSTS50055*password is expired"},
        .title = "The password of the relay's account has expired",
        .cause = "The tenant makes passwords run out, and nobody changed this one, because nobody signs in "
                 "with that account by hand.",
        .steps = {"Set a new password: Microsoft 365 admin center > Users > Active users > {login} > Reset "
                  "password, without \"change at next sign-in\"",
                  "Enter it in the relay",
                  "Let it never expire for this account: `Update-MgUser -UserId {login} -PasswordPolicies "
                  "DisablePasswordExpiration`"},
        .reference = "https://login.microsoftonline.com/error?code=50055",
        .sample = "AADSTS50055: The password is expired.",
    },
    {
        .id = "entra-user-disabled",
        .category = Category::auth_failed,
        .owner = Owner::tenant_admin,
        .when = {.host = HostFamily::microsoft,
                 .text = "AADSTS50057|AADSTS50057*user account is disabled|AADSTS50057*account is disabled"},
        .title = "Sign-in is blocked for the relay's account",
        .cause = "The account exists but may not sign in. Accounts of shared mailboxes are blocked from the "
                 "start.",
        .steps = {"Microsoft 365 admin center > Users > Active users > {login} > Block sign-in: take the "
                  "block off",
                  "A shared mailbox: let the relay log in with a normal, licensed mailbox and give that one "
                  "Send As: `Add-RecipientPermission {from} -Trustee {login} -AccessRights SendAs`",
                  "Check: `Get-User {login} | fl AccountDisabled`"},
        .reference = "https://login.microsoftonline.com/error?code=50057",
        .sample = "AADSTS50057: The user account is disabled.",
    },
    {
        .id = "entra-mfa-required",
        .category = Category::auth_blocked_by_policy,
        .owner = Owner::tenant_admin,
        .when = {.host = HostFamily::microsoft,
                 .text =
                     "AADSTS50076|AADSTS50076*must use multi-factor authentication|AADSTS50076*multi-factor"},
        .title = "The tenant wants a second factor, which a relay cannot give",
        .cause = "A rule demands multi-factor sign-in for this account or from this network. Name and "
                 "password may be right, but a program cannot answer the second question.",
        .steps = {oauth_instead, leave_out,
                  "Per-user multi-factor sign-in: switch it off for {login} (Microsoft Entra admin center > "
                  "Users > Per-user MFA)",
                  without_login},
        .reference = "https://login.microsoftonline.com/error?code=50076",
        .sample = "AADSTS50076: Due to a configuration change made by your administrator, or because you "
                  "moved to a new location, you must use multi-factor authentication to access "
                  "'00000002-0000-0ff1-ce00-000000000000'.",
    },
    {
        .id = "entra-mfa-registration",
        .category = Category::auth_blocked_by_policy,
        .owner = Owner::tenant_admin,
        .when = {.host = HostFamily::microsoft,
                 .text = "AADSTS50079|AADSTS50079*must enroll in multi-factor|AADSTS50079*must register"},
        .title = "The account has to register for multi-factor sign-in first",
        .cause = "Security defaults or a rule of the tenant make {login} set up a second factor. Until that "
                 "is done every sign-in is refused, and a program cannot do it.",
        .steps = {"Sign in by browser as {login} and finish the registration, then use OAuth", leave_out,
                  oauth_instead, without_login},
        .reference = "https://login.microsoftonline.com/error?code=50079",
        .sample = "AADSTS50079: Due to a configuration change made by your administrator, or because you "
                  "moved to a new location, you must enroll in multi-factor authentication to access "
                  "'00000002-0000-0ff1-ce00-000000000000'.",
    },
    {
        .id = "entra-device-auth",
        .category = Category::auth_blocked_by_policy,
        .owner = Owner::tenant_admin,
        .when = {.host = HostFamily::microsoft,
                 .text = "AADSTS50097|AADSTS50097*Device authentication is required"},
        .title = "The tenant lets only known devices sign in",
        .cause = "A rule demands that the device itself proves who it is. A relay or scanner cannot do that.",
        .steps = {sign_in_log, leave_out, without_login},
        .reference = "https://login.microsoftonline.com/error?code=50097",
        .sample = "AADSTS50097: Device authentication is required.",
    },
    {
        .id = "entra-wrong-password",
        .category = Category::auth_failed,
        .owner = Owner::you,
        .when = {.host = HostFamily::microsoft,
                 .text = "AADSTS50126|AADSTS50126*validating credentials due to invalid username or "
                         "password|AADSTS50126*invalid username or password"},
        .title = "Wrong user name or password",
        .cause = "Entra compared name and password and they do not fit. Mostly the password was changed and "
                 "the relay still has the old one.",
        .steps = {"Sign in by hand at https://outlook.office.com as {login} with exactly the password of the "
                  "relay",
                  "Enter name and password anew in the relay; on IIS: Delivery > Outbound Security",
                  "Use the sign-in name: `Get-User {login} | fl UserPrincipalName`",
                  "If that does not help, set a new password for {login}"},
        .reference = "https://login.microsoftonline.com/error?code=50126",
        .sample = "AADSTS50126: Error validating credentials due to invalid username or password.",
    },
    {
        .id = "entra-ad-password-expired",
        .category = Category::auth_failed,
        .owner = Owner::tenant_admin,
        .when = {.host = HostFamily::microsoft,
                 .text = "AADSTS50144|AADSTS50144*Active Directory password has expired|AADSTS50144*password "
                         "has expired"},
        .title = "The account's password in your own Active Directory has expired",
        .cause = "The account comes from your domain controllers, and its password has run out there.",
        .steps = {"Set a new one: `Set-ADAccountPassword -Identity <account> -Reset`",
                  "Let it never expire for this account: `Set-ADUser -Identity <account> "
                  "-PasswordNeverExpires $true`",
                  "Wait for the synchronisation or start it: `Start-ADSyncSyncCycle -PolicyType Delta`",
                  "Enter the new password in the relay"},
        .reference = "https://login.microsoftonline.com/error?code=50144",
        .sample = "AADSTS50144: User's Active Directory password has expired. Generate a new password for "
                  "the user or have the user use the self-service reset tool to reset their password.",
    },
    {
        .id = "entra-external-challenge",
        .category = Category::auth_blocked_by_policy,
        .owner = Owner::tenant_admin,
        .when = {.host = HostFamily::microsoft,
                 .text = "AADSTS50158|AADSTS50158*External security challenge"},
        .title = "A sign-in check by another maker was not passed",
        .cause = "The tenant sends sign-ins to an outside multi-factor or access service, and a program "
                 "cannot answer there.",
        .steps = {sign_in_log, leave_out, oauth_instead, without_login},
        .reference = "https://login.microsoftonline.com/error?code=50158",
        .sample = "AADSTS50158: External security challenge not satisfied. User will be redirected to "
                  "another page or authentication provider to satisfy additional authentication challenges.",
    },
    {
        .id = "entra-grant-revoked",
        .category = Category::auth_failed,
        .owner = Owner::you,
        .when = {.host = HostFamily::microsoft,
                 .text = "AADSTS50173|AADSTS50173*grant has expired due to it being "
                         "revoked|AADSTS50173*provided grant has expired"},
        .title = "The permission to send was withdrawn, mostly by a new password",
        .cause = "Whoever authorised the relay has changed the password since, or an administrator signed "
                 "the user out everywhere. The stored OAuth permission is void.",
        .steps = {authorise_again, "An app of its own with a certificate does not depend on anybody's "
                                   "password: OAuth without a user (SMTP.SendAsApp)"},
        .reference = "https://login.microsoftonline.com/error?code=50173",
        .sample = "AADSTS50173: The provided grant has expired due to it being revoked, a fresh auth token "
                  "is needed. The user might have changed or reset their password.",
    },
    {
        .id = "entra-not-multi-tenant",
        .category = Category::auth_failed,
        .owner = Owner::you,
        .when = {.host = HostFamily::microsoft,
                 .text = "AADSTS50194|AADSTS50194*not configured as a multi-tenant "
                         "application|AADSTS50194*multi-tenant"},
        .title = "The sign-in address must name your tenant",
        .cause = "The application is registered for one tenant, but the program asks at the common address "
                 "for all tenants.",
        .steps = {"In the program put your tenant ID in place of common: "
                  "`https://login.microsoftonline.com/<tenant-id>/oauth2/v2.0/token`",
                  right_tenant},
        .reference = "https://login.microsoftonline.com/error?code=50194",
        .sample = "AADSTS50194: Application 'aaaaaaaa-0000-1111-2222-bbbbbbbbbbbb'(relay) is not configured "
                  "as a multi-tenant application. Usage of the /common endpoint is not supported for such "
                  "apps created after '10/15/2018'.",
    },
    {
        .id = "entra-device-not-compliant",
        .category = Category::auth_blocked_by_policy,
        .owner = Owner::tenant_admin,
        .when =
            {.host = HostFamily::microsoft,
             .text =
                 "AADSTS53000|AADSTS53000*Device is not in required device state|AADSTS53000*device state"},
        .title = "The tenant lets only managed devices sign in",
        .cause = "A Conditional Access rule wants a device that your management counts as compliant. A relay "
                 "is none.",
        .steps = {sign_in_log, leave_out, without_login},
        .reference = "https://login.microsoftonline.com/error?code=53000",
        .sample = "AADSTS53000: Device is not in required device state: compliant. Conditional Access policy "
                  "requires a compliant device, and the device is not compliant.",
    },
    {
        .id = "entra-device-not-joined",
        .category = Category::auth_blocked_by_policy,
        .owner = Owner::tenant_admin,
        .when = {.host = HostFamily::microsoft,
                 .text = "AADSTS53001|AADSTS53001*Device is not in required device "
                         "state|AADSTS53001*domain_joined|AADSTS53001*domain joined"},
        .title = "The tenant lets only computers of its domain sign in",
        .cause = "A Conditional Access rule wants a domain-joined computer. The sign-in of a relay does not "
                 "prove that.",
        .steps = {sign_in_log, leave_out, without_login},
        .reference = "https://login.microsoftonline.com/error?code=53001",
        .sample = "AADSTS53001: Device is not in required device state: domain_joined. Conditional Access "
                  "policy requires a domain joined device, and the device isn't domain joined.",
    },
    {
        .id = "entra-conditional-access",
        .category = Category::auth_blocked_by_policy,
        .owner = Owner::tenant_admin,
        .when = {.host = HostFamily::microsoft,
                 .text = "AADSTS53003|AADSTS53003*blocked by Conditional Access policies|AADSTS53003*does "
                         "not allow token issuance"},
        .title = "A Conditional Access rule blocks this sign-in",
        .cause = "The tenant has a rule that refuses this kind of login, often the rule against legacy "
                 "authentication, one for countries, or one against device codes. The password may be right.",
        .steps = {sign_in_log, "The tab Conditional Access of that entry names the rule", leave_out,
                  "Or let the relay in by its address: make its public IP a named, trusted location and "
                  "leave that out of the rule",
                  oauth_instead, without_login},
        .reference = "https://login.microsoftonline.com/error?code=53003",
        .sample = "AADSTS53003: Access has been blocked by Conditional Access policies. The access policy "
                  "does not allow token issuance.",
    },
    {
        .id = "entra-tenant-policy",
        .category = Category::auth_blocked_by_policy,
        .owner = Owner::tenant_admin,
        .when = {.host = HostFamily::microsoft, .text = "AADSTS530032|AADSTS530032*security policy"},
        .title = "A security policy of the tenant blocks this sign-in",
        .cause = "Not the password but a rule set by the tenant's administrators said no.",
        .steps = {sign_in_log, leave_out, oauth_instead, without_login},
        .reference = "https://login.microsoftonline.com/error?code=530032",
        .sample = "AADSTS530032: Blocked by security policy on tenant.",
    },
    {
        .id = "entra-security-defaults",
        .category = Category::auth_blocked_by_policy,
        .owner = Owner::tenant_admin,
        .when = {.host = HostFamily::microsoft,
                 .text =
                     "AADSTS530035|AADSTS530035*blocked by security defaults|AADSTS530035*security defaults"},
        .title = "Security defaults block the login with name and password",
        .cause = "The tenant uses Microsoft's security defaults, which refuse every program that logs in "
                 "with a password alone.",
        .steps = {oauth_instead,
                  "Or replace the security defaults by Conditional Access rules that leave out {login}: "
                  "Microsoft Entra admin center > Overview > Properties > Manage security defaults",
                  without_login},
        .reference = "https://login.microsoftonline.com/error?code=530035",
        .sample = "AADSTS530035: Access has been blocked by security defaults. The request is deemed unsafe "
                  "by security defaults policies",
    },
    {
        .id = "entra-consent-missing",
        .category = Category::auth_failed,
        .owner = Owner::tenant_admin,
        .when = {.host = HostFamily::microsoft,
                 .text = "AADSTS65001|AADSTS65001*has not consented|AADSTS65001*not consented to use the "
                         "application"},
        .title = "Nobody has yet allowed the application to send mail",
        .cause = "The application asks for a permission to send for {login}, and neither the user nor an "
                 "administrator has agreed.",
        .steps = {consent, "Or sign in once by browser from the program, and agree"},
        .reference = "https://login.microsoftonline.com/error?code=65001",
        .sample = "AADSTS65001: The user or administrator has not consented to use the application with ID "
                  "'aaaaaaaa-0000-1111-2222-bbbbbbbbbbbb' named 'relay'. Send an interactive authorization "
                  "request for this user and resource.",
    },
    {
        .id = "entra-consent-declined",
        .category = Category::auth_failed,
        .owner = Owner::you,
        .when = {.host = HostFamily::microsoft, .text = "AADSTS65004|AADSTS65004*declined to consent"},
        .title = "The permission was declined in the browser",
        .cause = "Whoever signed in did not agree that the application may send mail.",
        .steps = {"Sign in again from the program and accept",
                  "If the button is missing, an administrator has to agree", consent},
        .reference = "https://login.microsoftonline.com/error?code=65004",
        .sample = "AADSTS65004: User declined to consent to access the app.",
    },
    {
        .id = "entra-invalid-grant",
        .category = Category::auth_failed,
        .owner = Owner::you,
        .when = {.host = HostFamily::microsoft,
                 .text = "AADSTS70000|AADSTS70000*grant is invalid|AADSTS70000*grant was "
                         "issued|AADSTS70000*authorization code or refresh token"},
        .title = "The stored permission (refresh token) is not valid",
        .cause = "It was withdrawn, belongs to another application or tenant, or was asked for other rights "
                 "than it is used for now.",
        .steps = {authorise_again, "Use the same client ID and tenant as when it was authorised",
                  right_tenant},
        .reference = "https://login.microsoftonline.com/error?code=70000",
        .sample = "AADSTS70000: Provided grant is invalid or malformed.",
    },
    {
        .id = "entra-app-disabled",
        .category = Category::auth_failed,
        .owner = Owner::tenant_admin,
        .when = {.host = HostFamily::microsoft,
                 .text = "AADSTS70001|AADSTS70001*is disabled|AADSTS70001*application*disabled"},
        .title = "The application is switched off in the tenant",
        .cause = "Your tenant has the application, but sign-in with it is disabled.",
        .steps = {"Microsoft Entra admin center > Enterprise applications > the application > Properties > "
                  "Enabled for users to sign-in: Yes",
                  "Check that the client ID in the program is the right one"},
        .reference = "https://login.microsoftonline.com/error?code=70001",
        .sample = "AADSTS70001: The application 'aaaaaaaa-0000-1111-2222-bbbbbbbbbbbb' is disabled.",
    },
    {
        .id = "entra-token-expired",
        .category = Category::auth_failed,
        .owner = Owner::you,
        .when = {.host = HostFamily::microsoft,
                 .text = "AADSTS70008|AADSTS70008*expired due to inactivity|AADSTS70008*has expired"},
        .title = "The stored permission has run out because it was not used",
        .cause =
            "A refresh token dies when it is not used for 90 days; an authorisation code dies after minutes.",
        .steps = {authorise_again,
                  "Let the relay fetch a token regularly, even when there is nothing to send"},
        .reference = "https://login.microsoftonline.com/error?code=70008",
        .sample = "AADSTS70008: The provided authorization code or refresh token has expired due to "
                  "inactivity. Send a new interactive authorization request for this user and resource.",
    },
    {
        .id = "entra-token-inactive",
        .category = Category::auth_failed,
        .owner = Owner::you,
        .when = {.host = HostFamily::microsoft,
                 .text = "AADSTS700082|AADSTS700082*refresh token has expired due to "
                         "inactivity|AADSTS700082*inactivity"},
        .title = "The stored permission has run out because it was not used",
        .cause = "The refresh token of the relay was not used for 90 days and is dead now.",
        .steps = {authorise_again,
                  "Let the relay fetch a token regularly, even when there is nothing to send"},
        .reference = "https://login.microsoftonline.com/error?code=700082",
        .sample = "AADSTS700082: The refresh token has expired due to inactivity. The token was issued on "
                  "2022-01-13T09:20:21.0000000Z and was inactive for 90.00:00:00.",
    },
    {
        .id = "entra-scope",
        .category = Category::auth_failed,
        .owner = Owner::you,
        .when = {.host = HostFamily::microsoft,
                 .text = "AADSTS70011|AADSTS70011*scope*not valid|AADSTS70011*scopes requested"},
        .title = "The program asks for a permission that does not exist in this form",
        .cause =
            "The scope is misspelt, or mixes permissions of two services, for example Graph and Outlook.",
        .steps = {"For a user: scope `https://outlook.office.com/SMTP.Send offline_access`",
                  "For an application without a user: scope `https://outlook.office365.com/.default`",
                  "No Graph scopes: their token is refused by the mail server"},
        .reference = "https://login.microsoftonline.com/error?code=70011",
        .sample = "AADSTS70011: The provided value for the input parameter 'scope' is not valid.",
    },
    {
        .id = "entra-device-code-pending",
        .category = Category::auth_failed,
        .owner = Owner::you,
        .severity = Severity::info,
        .when = {.host = HostFamily::microsoft,
                 .text = "AADSTS70016|AADSTS70016*authorization is pending|AADSTS70016*pending"},
        .title = "The code was not yet entered in the browser",
        .cause = "The program waits for somebody to open the page it showed, enter the code and sign in. "
                 "This is no error.",
        .steps = {"Open the page that was shown, enter the code and sign in as {login}",
                  "You have 15 minutes; after that start the sign-in again"},
        .reference = "https://login.microsoftonline.com/error?code=70016",
        .sample = "AADSTS70016: OAuth 2.0 device flow error. Authorization is pending. Continue polling.",
    },
    {
        .id = "entra-device-code-wrong",
        .category = Category::auth_failed,
        .owner = Owner::you,
        .when = {.host = HostFamily::microsoft, .text = "AADSTS70018|AADSTS70018*verification code"},
        .title = "The code entered in the browser was wrong",
        .cause = "The code did not belong to a waiting sign-in: a typing error, or an old code.",
        .steps = {"Start the sign-in again and enter the new code"},
        .reference = "https://login.microsoftonline.com/error?code=70018",
        .sample = "AADSTS70018: Bad verification code, due to the user typing in wrong user code for device "
                  "code flow.",
    },
    {
        .id = "entra-device-code-expired",
        .category = Category::auth_failed,
        .owner = Owner::you,
        .when = {.host = HostFamily::microsoft, .text = "AADSTS70019|AADSTS70019*code*expired"},
        .title = "The code was not entered in time",
        .cause = "A device code is good for 15 minutes, and they are over.",
        .steps = {"Start the sign-in again and enter the new code at once"},
        .reference = "https://login.microsoftonline.com/error?code=70019",
        .sample = "AADSTS70019: Verification code expired. Have the user retry the sign-in.",
    },
    {
        .id = "entra-sign-in-frequency",
        .category = Category::auth_blocked_by_policy,
        .owner = Owner::tenant_admin,
        .when = {.host = HostFamily::microsoft,
                 .text = "AADSTS70043|AADSTS70043*sign-in frequency checks|AADSTS70043*sign-in frequency"},
        .title = "A rule of the tenant ends sessions, and the relay's with them",
        .cause = "Conditional Access makes everybody sign in again after some time. The relay's stored "
                 "permission ends each time too.",
        .steps = {authorise_again,
                  "Leave {login} out of the sign-in frequency rule: Microsoft Entra admin center > "
                  "Conditional Access > the rule > Users > Exclude",
                  "Or use OAuth without a user (application permission SMTP.SendAsApp), which such rules do "
                  "not touch"},
        .reference = "https://login.microsoftonline.com/error?code=70043",
        .sample = "AADSTS70043: The refresh token has expired or is invalid due to sign-in frequency checks "
                  "by conditional access.",
    },
    {
        .id = "entra-app-not-found",
        .category = Category::auth_failed,
        .owner = Owner::you,
        .when = {.host = HostFamily::microsoft,
                 .text = "AADSTS700016|AADSTS700016*was not found in the directory|AADSTS700016*not found in "
                         "the directory"},
        .title = "The tenant does not know the application (client ID)",
        .cause = "Client ID and tenant do not fit together: one is mistyped, or the application was never "
                 "approved in this tenant.",
        .steps = {"Compare the client ID with Microsoft Entra admin center > App registrations > Application "
                  "(client) ID",
                  right_tenant, consent},
        .reference = "https://login.microsoftonline.com/error?code=700016",
        .sample = "AADSTS700016: Application with identifier 'aaaaaaaa-0000-1111-2222-bbbbbbbbbbbb' was not "
                  "found in the directory 'contoso'.",
    },
    {
        .id = "entra-secret-wrong",
        .category = Category::auth_failed,
        .owner = Owner::you,
        .when = {.host = HostFamily::microsoft, .text = "AADSTS7000215|AADSTS7000215*Invalid client secret"},
        .title = "The client secret is wrong",
        .cause = "The program holds the wrong secret. Very often the ID of the secret was copied instead of "
                 "its value.",
        .steps = {"Make a new one: Microsoft Entra admin center > App registrations > the application > "
                  "Certificates & secrets > New client secret",
                  "Copy the column Value, at once: it is shown only this time", "Enter it in the program"},
        .reference = "https://login.microsoftonline.com/error?code=7000215",
        .sample = "AADSTS7000215: Invalid client secret provided. Ensure the secret being sent in the "
                  "request is the client secret value, not the client secret ID, for a secret added to app "
                  "'aaaaaaaa-0000-1111-2222-bbbbbbbbbbbb'.",
    },
    {
        .id = "entra-secret-missing",
        .category = Category::auth_failed,
        .owner = Owner::you,
        .when = {.host = HostFamily::microsoft,
                 .text = "AADSTS7000218|AADSTS7000218*must contain the following "
                         "parameter*client_assertion|AADSTS7000218*client_assertion"},
        .title = "The application is registered as one that has a secret, but none was sent",
        .cause =
            "A login by browser or device code needs a public application; one with a secret must send it.",
        .steps = {"Login without a secret: App registrations > the application > Authentication > Allow "
                  "public client flows: Yes",
                  "Login with a secret: enter it in the program"},
        .reference = "https://login.microsoftonline.com/error?code=7000218",
        .sample = "AADSTS7000218: The request body must contain the following parameter: 'client_assertion' "
                  "or 'client_secret'.",
    },
    {
        .id = "entra-secret-expired",
        .category = Category::auth_failed,
        .owner = Owner::tenant_admin,
        .when = {.host = HostFamily::microsoft,
                 .text = "AADSTS7000222|AADSTS7000222*client secret keys*expired|AADSTS7000222*secret keys"},
        .title = "The client secret has expired",
        .cause = "A client secret ends on the date chosen when it was made, and this one is over. "
                 "Every relay that uses it stands still until it has a new one.",
        .steps = {"Make a new one: Microsoft Entra admin center > App registrations > the application > "
                  "Certificates & secrets > New client secret",
                  "Enter its value in the relay",
                  "Note the new end date in the calendar, or use a certificate instead"},
        .reference = "https://login.microsoftonline.com/error?code=7000222",
        .sample = "AADSTS7000222: The provided client secret keys for app "
                  "'aaaaaaaa-0000-1111-2222-bbbbbbbbbbbb' are expired.",
    },
    {
        .id = "entra-public-client-secret",
        .category = Category::auth_failed,
        .owner = Owner::you,
        .when =
            {.host = HostFamily::microsoft,
             .text =
                 "AADSTS700025|AADSTS700025*Client is public|AADSTS700025*client_assertion*should*presented"},
        .title = "The application is public and must not send a secret",
        .cause = "The program sends a client secret, but the application is registered as a public one.",
        .steps = {"Take the secret out of the program's settings",
                  "Or register the application as a confidential one: Authentication > Allow public client "
                  "flows: No, platform Web"},
        .reference = "https://login.microsoftonline.com/error?code=700025",
        .sample = "AADSTS700025: Client is public so neither 'client_assertion' nor 'client_secret' should "
                  "be presented.",
    },
    {
        .id = "entra-certificate-wrong",
        .category = Category::auth_failed,
        .owner = Owner::you,
        .when = {.host = HostFamily::microsoft,
                 .text = "AADSTS700027|AADSTS700027*assertion*signature|AADSTS700027*signature validation"},
        .title = "The certificate the program signs with is not the one registered",
        .cause = "Entra could not check the signature: another certificate or thumbprint is registered, or "
                 "it was replaced.",
        .steps = {"Upload the program's certificate (.cer, without the key): Microsoft Entra admin center > "
                  "App registrations > the application > Certificates & secrets > Certificates",
                  "Compare the thumbprint with the program's settings",
                  "Check the clock of the computer: `w32tm /query /status`"},
        .reference = "https://login.microsoftonline.com/error?code=700027",
        .sample = "AADSTS700027: Client assertion failed signature validation.",
    },
    {
        .id = "entra-tenant-not-found",
        .category = Category::auth_failed,
        .owner = Owner::you,
        .when = {.host = HostFamily::microsoft, .text = "AADSTS90002|AADSTS90002*Tenant*not found"},
        .title = "There is no such tenant",
        .cause = "The tenant ID or domain in the sign-in address is misspelt, or the tenant lives in another "
                 "of Microsoft's clouds.",
        .steps = {right_tenant,
                  "US government or China: use login.microsoftonline.us or login.partner.microsoftonline.cn"},
        .reference = "https://login.microsoftonline.com/error?code=90002",
        .sample = "AADSTS90002: Tenant 'contoso.example' not found. Check to make sure you have the correct "
                  "tenant ID and are signing into the correct cloud.",
    },
    {
        .id = "entra-parameter-missing",
        .category = Category::auth_failed,
        .owner = Owner::you,
        .when = {.host = HostFamily::microsoft,
                 .text = "AADSTS90014|AADSTS90014*required field|AADSTS90014*is missing from the "
                         "credential|AADSTS90014*missing"},
        .title = "The request for a token is incomplete",
        .cause = "A part the token service needs was not sent; the message names it.",
        .steps = {"Fill in the part the message names, mostly client ID, tenant or scope",
                  "If the program has no such field, ask its maker for an update"},
        .reference = "https://login.microsoftonline.com/error?code=90014",
        .sample = "AADSTS90014: The required field 'scope' is missing from the credential.",
    },
    {
        .id = "entra-body-parameter-missing",
        .category = Category::auth_failed,
        .owner = Owner::you,
        .when = {.host = HostFamily::microsoft,
                 .text = "AADSTS900144|AADSTS900144*request body must contain the following parameter"},
        .title = "The request for a token is incomplete",
        .cause = "The token service did not find a part it needs. Either it was left out, or the program "
                 "sent the request in another format than form fields.",
        .steps = {"Fill in the part the message names",
                  "By script: send `Content-Type: application/x-www-form-urlencoded`, not JSON"},
        .reference = "https://login.microsoftonline.com/error?code=900144",
        .sample = "AADSTS900144: The request body must contain the following parameter: 'scope'.",
    },
    {
        .id = "entra-grant-on-common",
        .category = Category::auth_failed,
        .owner = Owner::you,
        .when =
            {.host = HostFamily::microsoft,
             .text =
                 "AADSTS9001023|AADSTS9001023*grant type*not supported|AADSTS9001023*/common or /consumers"},
        .title = "This kind of login needs the tenant in the address",
        .cause = "An application that logs in without a user has to ask at the address of its own tenant, "
                 "not at the common one.",
        .steps = {"In the program put your tenant ID in place of common: "
                  "`https://login.microsoftonline.com/<tenant-id>/oauth2/v2.0/token`",
                  right_tenant},
        .reference = "https://login.microsoftonline.com/error?code=9001023",
        .sample = "AADSTS9001023: The grant type is not supported over the /common or /consumers endpoints. "
                  "Please use the /organizations or tenant-specific endpoint.",
    },
    {
        .id = "entra-other-cloud",
        .category = Category::auth_failed,
        .owner = Owner::you,
        .when = {.host = HostFamily::microsoft,
                 .text = "AADSTS90038|AADSTS90038*National Cloud|AADSTS90038*cloud"},
        .title = "The tenant lives in another of Microsoft's clouds",
        .cause =
            "The program asks the worldwide sign-in service, but your tenant belongs to a national cloud.",
        .steps = {"US government: login.microsoftonline.us and smtp.office365.us",
                  "China (21Vianet): login.partner.microsoftonline.cn and smtp.partner.outlook.cn"},
        .reference = "https://login.microsoftonline.com/error?code=90038",
        .sample = "AADSTS90038: Tenant 'contoso' request is being redirected to the National Cloud "
                  "'login.microsoftonline.us'.",
    },
    {
        .id = "entra-user-of-other-tenant",
        .category = Category::auth_failed,
        .owner = Owner::you,
        .when = {.host = HostFamily::microsoft,
                 .text = "AADSTS90072|AADSTS90072*does not exist in tenant|AADSTS90072*external user"},
        .title = "The account belongs to another tenant",
        .cause = "Somebody signed in with an account that this tenant does not have, often a private one or "
                 "that of another company.",
        .steps = {"Sign in again with an account of the tenant that owns the mailbox; a private "
                  "browser window avoids the wrong one",
                  right_tenant},
        .reference = "https://login.microsoftonline.com/error?code=90072",
        .sample = "AADSTS90072: User account 'user@example.com' from identity provider 'live.com' does not "
                  "exist in tenant 'contoso' and cannot access the application.",
    },
    {
        .id = "entra-admin-consent",
        .category = Category::auth_failed,
        .owner = Owner::tenant_admin,
        .when = {.host = HostFamily::microsoft,
                 .text = "AADSTS90094|AADSTS90094*admin permission|AADSTS90094*needs "
                         "permission|AADSTS90094*Admin consent is required"},
        .title = "Only an administrator may allow this application",
        .cause = "The tenant does not let users approve applications, or this permission is reserved for "
                 "administrators.",
        .steps = {consent, "Afterwards sign in once more from the program"},
        .reference = "https://login.microsoftonline.com/error?code=90094",
        .sample = "AADSTS90094: Admin consent is required for the permissions requested by this application.",
    },
    {
        .id = "entra-resource-not-found",
        .category = Category::auth_failed,
        .owner = Owner::you,
        .when =
            {.host = HostFamily::microsoft,
             .text =
                 "AADSTS500011|AADSTS500011*resource principal*not found|AADSTS500011*resource principal"},
        .title = "The service named in the scope does not exist in this tenant",
        .cause = "The scope names a service that your tenant does not know; for mail it must be Outlook's.",
        .steps = {"For an application without a user: scope `https://outlook.office365.com/.default`",
                  "For a user: scope `https://outlook.office.com/SMTP.Send offline_access`", right_tenant,
                  "A tenant without any Exchange licence does not have that service"},
        .reference = "https://login.microsoftonline.com/error?code=500011",
        .sample = "AADSTS500011: The resource principal named https://outlook.office356.com was not found in "
                  "the tenant named contoso.",
    },
    {
        .id = "entra-misconfigured-app",
        .category = Category::auth_failed,
        .owner = Owner::tenant_admin,
        .when = {.host = HostFamily::microsoft,
                 .text = "AADSTS650056|AADSTS650056*Misconfigured application"},
        .title = "The application lacks the permission to send mail",
        .cause = "In the app registration the permission was never added, or nobody agreed to it.",
        .steps = {"Microsoft Entra admin center > App registrations > the application > API permissions > "
                  "Add > APIs my organization uses > Office 365 Exchange Online > Application permissions > "
                  "SMTP.SendAsApp",
                  consent},
        .reference = "https://login.microsoftonline.com/error?code=650056",
        .sample = "AADSTS650056: Misconfigured application. This could be due to one of the following: the "
                  "client has not listed any permissions in the requested permissions in the client's "
                  "application registration.",
    },
    {
        .id = "entra-resource-not-listed",
        .category = Category::auth_failed,
        .owner = Owner::tenant_admin,
        .when = {.host = HostFamily::microsoft, .text = "AADSTS650057|AADSTS650057*Invalid resource"},
        .title = "The application is not registered for Exchange",
        .cause = "It asks for a token for the mail service, but that service is not among those listed in "
                 "its registration.",
        .steps = {"Microsoft Entra admin center > App registrations > the application > API permissions > "
                  "Add > APIs my organization uses > Office 365 Exchange Online, then SMTP.SendAsApp "
                  "(application) or SMTP.Send (user)",
                  consent},
        .reference = "https://login.microsoftonline.com/error?code=650057",
        .sample = "AADSTS650057: Invalid resource. The client has requested access to a resource which is "
                  "not listed in the requested permissions in the client's application registration.",
    },
    {
        .id = "entra-other",
        .category = Category::auth_failed,
        .owner = Owner::tenant_admin,
        .when = {.host = HostFamily::microsoft, .text = "AADSTS"},
        .title = "Microsoft Entra refused the sign-in",
        .cause = "The number behind AADSTS says why. It is not one of those that relays meet often.",
        .steps =
            {"Look the number up: https://login.microsoftonline.com/error, enter the digits behind AADSTS",
             sign_in_log, authorise_again},
        .reference = "https://learn.microsoft.com/entra/identity-platform/reference-error-codes",
        .sample = "AADSTS16000: InteractionRequired",
    },
};

} // namespace

std::span<const Rule> entra_rows() {
    return rows;
}

} // namespace relaytool::diagnosis
