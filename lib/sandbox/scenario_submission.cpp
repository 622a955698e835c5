#include "sandbox/scenario.hpp"

namespace relaytool::sandbox {
namespace {

using diagnosis::Category;
using smtp::After;
using smtp::Step;

// Replies as o365 users quoted them; what is between braces differs each time.
constexpr Scenario rows[] = {
    // Connecting.
    {.name = "service-not-active",
     .step = Step::connect,
     .reply = "421 4.3.2 Service not active [{front-end} {time} {id}]",
     .category = Category::host_not_accepting,
     .after = After::close},
    {.name = "tls-old",
     .step = Step::hello,
     .reply =
         "421 4.7.66 TLS 1.0 and 1.1 are not supported. Please upgrade/update your client to support TLS "
         "1.2. Visit https://aka.ms/smtp_auth_tls. [{front-end} {time} {id}]",
     .category = Category::tls_version,
     .after = After::close},
    {.name = "starttls-broken",
     .step = Step::starttls,
     .reply = "454 4.7.0 TLS not available due to temporary reason",
     .category = Category::remote_system_error},

    // Logging in.
    {.name = "wrong-password",
     .step = Step::auth,
     .reply =
         "535 5.7.139 Authentication unsuccessful, the user credentials were incorrect. [{front-end} {time} "
         "{id}]",
     .category = Category::auth_failed,
     .tarpits = 1},
    {.name = "basic-auth-disabled",
     .step = Step::auth,
     .reply =
         "535 5.7.139 Authentication unsuccessful, basic authentication is disabled. [{front-end} {time} {id}]",
     .category = Category::basic_auth_retired,
     .tarpits = 1},
    {.name = "smtp-auth-disabled-tenant",
     .step = Step::auth,
     .reply =
         "535 5.7.139 Authentication unsuccessful, SmtpClientAuthentication is disabled for the Tenant. Visit "
         "https://aka.ms/smtp_auth_disabled for more information. [{front-end} {time} {id}]",
     .category = Category::smtp_auth_disabled,
     .tarpits = 1},
    {.name = "smtp-auth-disabled-mailbox",
     .step = Step::auth,
     .reply =
         "535 5.7.139 Authentication unsuccessful, SmtpClientAuthentication is disabled for the Mailbox. Visit "
         "https://aka.ms/smtp_auth_disabled for more information. [{front-end} {time} {id}]",
     .category = Category::smtp_auth_disabled,
     .tarpits = 1},
    {.name = "security-defaults",
     .step = Step::auth,
     .reply =
         "535 5.7.139 Authentication unsuccessful, user is locked by your organization's security defaults "
         "policy. Contact your administrator. [{front-end} {time} {id}]",
     .category = Category::auth_blocked_by_policy,
     .tarpits = 1},
    {.name = "conditional-access",
     .step = Step::auth,
     .reply =
         "535 5.7.139 Authentication unsuccessful, the request did not meet the criteria to be authenticated "
         "successfully. Contact your administrator. [{front-end} {time} {id}]",
     .category = Category::auth_blocked_by_policy,
     .tarpits = 1},
    {.name = "federation-unreachable",
     .step = Step::auth,
     .reply =
         "535 5.7.139 Authentication unsuccessful, federated STS service was unreachable. [{front-end} {time} {id}]",
     .category = Category::auth_failed,
     .tarpits = 1},
    {.name = "basic-auth-retired",
     .step = Step::auth,
     .reply =
         "550 5.7.30 Basic authentication is not supported for Client Submission. [{front-end} {time} {id}]",
     .category = Category::basic_auth_retired,
     .tarpits = 1},
    {.name = "bad-token",
     .step = Step::auth,
     .reply = "535 5.7.3 Authentication unsuccessful [{front-end} {time} {id}]",
     .category = Category::auth_failed},
    {.name = "token-challenge",
     .step = Step::auth,
     .reply = "535 5.7.8 Username and Password not accepted. Learn more at 5.7.8 "
              "https://support.google.com/mail/?p=BadCredentials {id} - gsmtp",
     .category = Category::auth_failed,
     .challenge = R"({"status":"401","schemes":"Bearer","scope":"https://mail.google.com/"})"},
    {.name = "malformed-token",
     .step = Step::auth,
     .reply =
         "501 5.5.124 Invalid XOAUTH2 auth data - User address provided is not valid. Please ensure the auth "
         "data is valid. [{front-end} {time} {id}]",
     .category = Category::auth_failed},
    {.name = "token-expires-soon",
     .step = Step::auth,
     .reply = "501 5.5.127 Invalid XOAUTH2 auth data - Token will expire soon [{front-end} {time} {id}]",
     .category = Category::auth_failed},
    {.name = "auth-temporary",
     .step = Step::auth,
     .reply = "451 4.7.0 Temporary server error. Please try again later. PRX4 [{front-end} {time} {id}]",
     .category = Category::remote_system_error,
     .tarpits = 1},
    {.name = "auth-service-not-active",
     .step = Step::auth,
     .reply = "421 4.3.2 Service not active [{front-end} {time} {id}]",
     .category = Category::host_not_accepting,
     .after = After::close},
    {.name = "auth-mechanism",
     .step = Step::mechanism,
     .reply = "504 5.7.4 Unrecognized authentication type [{front-end} {time} {id}]",
     .category = Category::auth_mechanism_unsupported,
     .tarpits = 1},

    // The envelope.
    {.name = "federation-without-tls",
     .step = Step::auth,
     .reply =
         "535 5.7.139 Authentication unsuccessful, the federated STS URL does not support HTTPS. [{front-end} "
         "{time} {id}]",
     .category = Category::auth_failed,
     .tarpits = 1},
    {.name = "auth-no-reason",
     .step = Step::auth,
     .reply = "535 5.7.139 Authentication unsuccessful [{front-end} {time} {id}]",
     .category = Category::auth_failed,
     .tarpits = 1},
    {.name = "starttls-required",
     .step = Step::mail,
     .reply = "451 5.7.3 STARTTLS is required to send mail [{front-end} {time} {id}]",
     .category = Category::tls_required,
     .tarpits = 1},
    {.name = "starttls-first",
     .step = Step::mail,
     .reply = "530 5.7.0 Must issue a STARTTLS command first",
     .category = Category::tls_required},
    {.name = "not-authenticated",
     .step = Step::mail,
     .reply = "530 5.7.57 Client not authenticated to send mail. [{front-end} {time} {id}]",
     .category = Category::not_authenticated,
     .tarpits = 1},
    {.name = "not-authenticated-2020",
     .step = Step::mail,
     .reply =
         "530 5.7.57 SMTP; Client was not authenticated to send anonymous mail during MAIL FROM [{front-end}]",
     .category = Category::not_authenticated,
     .tarpits = 1},
    {.name = "message-too-big",
     .step = Step::mail,
     .reply = "552 5.3.4 Message size exceeds fixed maximum message size",
     .category = Category::message_too_big},
    {.name = "submission-rate",
     .step = Step::mail,
     .reply =
         "421 4.4.2 Message submission rate for this client has exceeded the configured limit [{front-end} "
         "{time} {id}]",
     .category = Category::throttled,
     .after = After::close},
    {.name = "bad-recipient",
     .step = Step::rcpt,
     .reply = "501 5.1.3 Invalid address [{front-end} {time} {id}]",
     .category = Category::recipient_unknown},

    // The message is there.
    {.name = "sendas-denied",
     .reply =
         "554 5.2.252 SendAsDenied; {login} not allowed to send as {from}; "
         "STOREDRV.Submission.Exception:SendAsDeniedException.MapiExceptionSendAsDenied; Failed to process message "
         "due to a permanent exception with message [BeginDiagnosticData]Cannot submit message. 0.35250:0A008E83, "
         "1.36674:0A000000, 1.61250:00000000, 1.45378:02000000, 1.44866:54280000, 1.36674:0E000000, "
         "1.61250:00000000, 1.45378:58280000, 1.44866:25010000, 16.55847:AC0B0000, 17.43559:0000000050020000000000"
         "000000000000000000, 20.52176:140F548E0A00103100000000, 20.50032:140F548E7A17103105000000, "
         "0.35180:0A001D81, 255.23226:0A006E83, 255.27962:0A000000, 255.27962:0E000000, 255.31418:0A005D36, "
         "0.35250:0A000000, 1.36674:32000000, 1.61250:32000000, 1.45378:36000000, 1.44866:01000000, "
         "1.36674:32000000, 1.61250:36000000, 1.45378:3A000000, 1.44866:02000000, 16.55847:8E000000, "
         "17.43559:0000000068010000000000000000000000000000, 20.52176:140F548E0A0060400A00FCB6, "
         "20.50032:140F548E7A17204001A0B7E1, 0.35180:140F548E, 255.23226:4F00B6BE, 255.27962:0A000000, "
         "255.27962:32000000, 255.31418:0A00FA36, 0.35250:0A00F636, 1.36674:32000000, 1.61250:00000000, "
         "255.1494:00000000, 0.37692:00000000, 0.37948:00000000, 5.33852:00000000534D545000020480, "
         "7.36354:010000000000010900000020, 4.56248:DC040000, 7.40748:010000000000010B00000020, "
         "4.60184:DC040000[EndDiagnosticData] [Hostname={mailbox-host}]",
     .category = Category::send_as_denied},
    {.name = "sendas-denied-2018",
     .reply =
         "554 5.2.0 STOREDRV.Submission.Exception:SendAsDeniedException.MapiExceptionSendAsDenied; Failed to "
         "process message due to a permanent exception with message Cannot submit message. 0.35250:7D060000, "
         "1.36674:0A000000, 1.61250:00000000, 1.45378:02000000 [Hostname={mailbox-host}]",
     .category = Category::send_as_denied},
    {.name = "sendas-denied-on-premises",
     .reply = "550 5.7.60 SMTP; Client does not have permissions to send as this sender [{mailbox-host}]",
     .category = Category::send_as_denied},
    {.name = "sendas-denied-2010",
     .reply = "550 5.7.1 Client does not have permissions to send as this sender",
     .category = Category::send_as_denied},
    {.name = "too-many-connections",
     .reply =
         "432 4.3.2 Concurrent connections limit exceeded. Visit https://aka.ms/concurrent_sending for more "
         "information. [Hostname={mailbox-host}]",
     .category = Category::throttled},
    {.name = "too-many-threads",
     .reply = "432 4.3.2 STOREDRV.ClientSubmit; sender thread limit exceeded [Hostname={mailbox-host}]",
     .category = Category::throttled},
    {.name = "recipient-quota",
     .reply =
         "554 5.2.0 STOREDRV.Submission.Exception:SubmissionQuotaExceededException; Failed to process message "
         "due to a permanent exception with message The message can't be submitted because the sender's "
         "submission quota was exceeded. [Hostname={mailbox-host}]",
     .category = Category::sending_limit},
    {.name = "recipient-limit",
     .reply =
         "550 5.1.90 Your message can't be sent because you've reached your daily limit for message recipients "
         "[Hostname={mailbox-host}]",
     .category = Category::sending_limit},
    {.name = "spam",
     .reply =
         "554 5.2.0 STOREDRV.Submission.Exception:OutboundSpamException; Failed to process message due to a "
         "permanent exception with message WASCL UserAction verdict is not None. Actual verdict is HipNotify, "
         "ShowTierUpgrade. OutboundSpamException: WASCL UserAction verdict is not None. "
         "[Hostname={mailbox-host}]",
     .category = Category::sender_blocked},
    {.name = "bad-outbound-sender",
     .reply = "550 5.1.8 Access denied, bad outbound sender {login} [Hostname={mailbox-host}]",
     .category = Category::sender_blocked},
    {.name = "tenant-blocked",
     .reply = "550 5.7.705 Access denied, tenant has exceeded threshold [Hostname={mailbox-host}]",
     .category = Category::tenant_blocked},
    {.name = "tenant-not-trusted",
     .reply = "550 5.7.708 Access denied, traffic not accepted from this IP [Hostname={mailbox-host}]",
     .category = Category::tenant_blocked},
    {.name = "tenant-limit",
     .reply =
         "550 5.7.233 Your message can't be sent because your tenant exceeded its daily limit for sending email to "
         "external recipients (tenant external recipient rate limit) [Hostname={mailbox-host}]",
     .category = Category::sending_limit},
    {.name = "domain-not-registered",
     .reply = "550 5.7.750 Service unavailable. Client blocked from sending from unregistered domains "
              "[Hostname={mailbox-host}]",
     .category = Category::domain_not_registered},
    {.name = "forwarding-blocked",
     .reply =
         "550 5.7.520 Access denied, Your organization does not allow external forwarding. Please contact your "
         "administrator for further assistance. AS(7555) [Hostname={mailbox-host}]",
     .category = Category::policy_reject},
    {.name = "trial-limit",
     .reply =
         "550 5.7.232 Your message can't be sent because your trial tenant has exceeded its daily limit for sending "
         "email to external recipients (tenant external recipient rate limit) [Hostname={mailbox-host}]",
     .category = Category::sending_limit},
    {.name = "submission-quota",
     .reply = "550 5.2.2 Submission quota exceeded [Hostname={mailbox-host}]",
     .category = Category::sending_limit},
    {.name = "tenant-restricted",
     .reply = "550 5.7.700 Access denied [Hostname={mailbox-host}]",
     .category = Category::tenant_blocked},
    {.name = "tenant-block-list",
     .reply = "550 5.7.703 Some recipients are blocked by your organization using Tenant Allow Block List. "
              "[Hostname={mailbox-host}]",
     .category = Category::policy_reject},
    {.name = "too-many-recipients",
     .reply = "550 5.5.3 RESOLVER.ADR.RecipLimit; too many recipients [Hostname={mailbox-host}]",
     .category = Category::throttled},
    {.name = "sender-size-limit",
     .reply =
         "500 5.2.11 RESOLVER.RST.SendSizeLimit.Sender; message too large for this sender [Hostname={mailbox-host}]",
     .category = Category::message_too_big},
    {.name = "recipient-syntax",
     .reply = "550 5.1.3 STOREDRV.Submit; invalid recipient address [Hostname={mailbox-host}]",
     .category = Category::recipient_unknown},
    {.name = "mailbox-logon",
     .reply = "430 4.2.0 STOREDRV; mailbox logon failure; "
              "STOREDRV.Submission.Exception:ConnectionFailedTransientException.MapiExceptionLogonFailed "
              "[Hostname={mailbox-host}]",
     .category = Category::auth_failed},
    {.name = "store-busy",
     .reply =
         "431 4.3.1 STOREDRV.Submit.Exception:StorageTransientException.IOException; [Hostname={mailbox-host}]",
     .category = Category::remote_system_error},
    {.name = "several-from",
     .reply =
         "550 5.1.20 Multiple From addresses are not allowed without Sender address [Hostname={mailbox-host}]",
     .category = Category::malformed_message},
    {.name = "mailbox-full",
     .reply =
         "554 5.2.2 mailbox full; "
         "STOREDRV.Submission.Exception:QuotaExceededException.MapiExceptionShutoffQuotaExceeded; Failed to "
         "process message due to a permanent exception with message Cannot submit message. "
         "[Hostname={mailbox-host}]",
     .category = Category::sender_mailbox_full},
    {.name = "temporary",
     .reply = "451 4.3.111 Temporary server error. Please try again later MRH1 [Hostname={mailbox-host}]",
     .category = Category::remote_system_error},
    {.name = "carried-over", // more than 30 messages a minute: no refusal, only late
     .reply = "250 2.0.0 OK <{id}@{mailbox-host}> [Hostname={mailbox-host}]",
     .category = Category::delivered,
     .tarpits = 4},
    // Not of any real server: what a client has to stand.
    {.name = "huge-reply", .step = Step::mail, .reply = "550 5.5.0 {huge}", .category = Category::unknown},
    {.name = "binary-reply",
     .step = Step::mail,
     .reply = "550 5.5.0 {binary}",
     .category = Category::protocol_error},
    {.name = "no-reply-code", .step = Step::mail, .reply = "Hello there", .category = Category::unknown},

};

} // namespace

std::span<const Scenario> submission_scenarios() {
    return rows;
}

} // namespace relaytool::sandbox
