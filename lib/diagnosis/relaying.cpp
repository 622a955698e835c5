#include "diagnosis/catalogue.hpp"

namespace relaytool::diagnosis {
namespace {

constexpr std::string_view microsoft_ndr =
    "https://learn.microsoft.com/exchange/troubleshoot/email-delivery/ndr/non-delivery-reports-in-exchange-o"
    "nline";
constexpr std::string_view google_senders = "https://support.google.com/mail/answer/81126";

// Steps that several rows share.
constexpr std::string_view exchange_shell =
    "Open PowerShell as an Exchange administrator: `Connect-ExchangeOnline`";
constexpr std::string_view accepted_domains =
    "Check that the sender's domain is one of your own there: `Get-AcceptedDomain` must list {from-domain}";
constexpr std::string_view show_connectors =
    "See what the connector expects: `Get-InboundConnector | Format-List "
    "Name,Enabled,ConnectorType,SenderIPAddresses,TlsSenderCertificateName`";
constexpr std::string_view log_in =
    "Let the relay log in: smart host smtp.office365.com, port 587, TLS, with a licensed mailbox (IIS 6.0 "
    "Manager > SMTP Virtual Server > Properties > Delivery > Outbound Security)";
constexpr std::string_view log_in_instead =
    "Or let the relay log in instead: smart host smtp.office365.com, port 587, TLS, with a licensed mailbox "
    "(IIS 6.0 Manager > SMTP Virtual Server > Properties > Delivery > Outbound Security)";
constexpr std::string_view iis_three_connections =
    "IIS: IIS 6.0 Manager > SMTP Virtual Server > Properties > Delivery > Outbound Connections > Limit "
    "number of connections per domain to: 2";
constexpr std::string_view postfix_slow =
    "Postfix: `postconf -e smtp_destination_concurrency_limit=2 smtp_destination_rate_delay=2s` and "
    "`systemctl reload postfix`";
constexpr std::string_view wait_for_retry =
    "Unless the relay has given up, nothing is lost: it tries again by itself, so do not "
    "send the message twice. After a report of a failure send it again when the cause is gone";
constexpr std::string_view send_refused_again =
    "Send the refused messages again later: after a final refusal (5xx) no relay retries by itself";
constexpr std::string_view look_for_storm =
    "Look for what sends so much: a loop of notifications, a print job that repeats, a stolen password";
constexpr std::string_view spread_bulk =
    "Spread invoice runs and newsletters over hours or days, or use a bulk service for them (Azure "
    "Communication Services, a newsletter provider)";
constexpr std::string_view secure_account =
    "Change the password of {login} and end all its sessions; look for unknown inbox rules and forwarding";
constexpr std::string_view unblock_entity =
    "Then lift the block: https://security.microsoft.com > Email & collaboration > Review > Restricted "
    "entities > select {login} > Unblock; it can take a day to work everywhere";
constexpr std::string_view microsoft_case =
    "Open a support request in the Microsoft 365 admin center with the verbatim reply; nobody else can lift "
    "it";
constexpr std::string_view send_through_own_host =
    "Do not deliver straight to the recipient's server: send through the smart host of {from-domain}";
constexpr std::string_view sender_must_exist =
    "Set the program's sender to a real mailbox of a domain you own, not to a name such as root@server.local";
constexpr std::string_view ask_postmaster =
    "Send the verbatim reply to postmaster@{recipient-domain}, with your sender address and IP {ip}, and "
    "ask to be let through";

constexpr Rule rows[] = {
    // The smart host does not know you: Microsoft 365 connectors and Direct Send
    {
        .id = "relay-not-attributed-connector",
        .category = Category::relay_not_attributed,
        .owner = Owner::tenant_admin,
        .when = {.text = "TenantAttribution; Relay Access Denied|TenantAttribution*Relay Access Denied|"
                         "Relay Access Denied ATTR36|ATTR36"},
        .title = "Microsoft 365 does not recognise your relay as yours",
        .cause =
            "Your relay came to the Microsoft 365 mail host without logging in. No inbound connector of "
            "your organisation fits its IP address or its TLS certificate, or the sender's domain is not "
            "one of your accepted domains. The usual reasons: a new internet line with another IP, a "
            "renewed certificate, or a certificate sent without its intermediate certificate.",
        .steps =
            {"Find the address the relay comes from; run this on the relay: `nslookup myip.opendns.com "
             "resolver1.opendns.com`",
             exchange_shell, show_connectors,
             "Correct it: Exchange admin center > Mail flow > Connectors > the connector from your "
             "organization's email server > enter the present IP address, or the name on the certificate",
             accepted_domains,
             "Connector by certificate: install the intermediate certificate in the computer store of the "
             "relay (certlm.msc > Intermediate Certification Authorities) and restart its SMTP service",
             log_in_instead},
        .reference =
            "https://learn.microsoft.com/exchange/troubleshoot/email-delivery/ndr/tenantattribution-ndr",
        .sample = "550 5.7.64 TenantAttribution; Relay Access Denied "
                  "[VE1EUR01FT049.eop-EUR01.prod.protection.outlook.com]",
    },
    {
        .id = "relay-not-attributed-ses",
        .category = Category::relay_not_attributed,
        .owner = Owner::tenant_admin,
        .when = {.text = "Email address is not verified|identities failed the check in region"},
        .title = "Amazon SES does not know this sender yet",
        .cause =
            "SES sends only for addresses and domains that were verified in the same AWS region. While the "
            "account is still in the sandbox, the recipients must be verified as well.",
        .steps = {"Compare the region in the reply with the region in the smart host's name "
                  "(email-smtp.<region>.amazonaws.com)",
                  "AWS console > Amazon SES > that region > Identities > Create identity > Domain: "
                  "{from-domain}, then publish the DKIM records it shows",
                  "If the reply names the recipient: AWS console > Amazon SES > Account dashboard > Request "
                  "production access",
                  "Set the From of the program to an address of the verified domain", send_refused_again},
        .sample =
            "554 Message rejected: Email address is not verified. The following identities failed the check "
            "in region AP-NORTHEAST-1: nekochan@example.jp",
    },
    {
        .id = "wrong-region",
        .category = Category::wrong_region,
        .owner = Owner::you,
        .when = {.text = "wrong Office 365 region|wrong Microsoft 365 region|ATTR35"},
        .title = "The mail went to a Microsoft 365 host that does not serve this domain",
        .cause =
            "The relay or the MX record uses an old host name, or an IP address, of Microsoft's mail "
            "service. Domains move between regions and addresses change; only the name in the admin center "
            "follows.",
        .steps =
            {"Microsoft 365 admin center > Settings > Domains > {recipient-domain} > DNS records: copy the "
             "MX name",
             "See what the world uses now: `nslookup -type=mx {recipient-domain}`, and correct the record "
             "at your DNS provider if it differs",
             "IIS 6.0 Manager > SMTP Virtual Server > Properties > Delivery > Advanced > Smart host: enter "
             "that name, never an IP address nor mail.messaging.microsoft.com or "
             "mail.global.frontbridge.com",
             "If the relay logs in, the smart host is smtp.office365.com, port 587",
             "Remove entries for Microsoft's hosts from the hosts file and the internal DNS of the relay"},
        .reference =
            "https://learn.microsoft.com/exchange/troubleshoot/email-delivery/ndr/wrong-office-365-region-ex"
            "o",
        .sample = "451 4.4.62 Mail sent to the wrong Office 365 region. ATTR35.",
    },
    {
        .id = "direct-send-rejected",
        .category = Category::direct_send_rejected,
        .owner = Owner::tenant_admin,
        .when = {.text = "Direct Send not allowed for this organization|Direct Send not allowed|"
                         "Direct Send is not allowed|TenantInboundAttribution"},
        .title = "Your Microsoft 365 refuses mail of your own domain without a login",
        .cause =
            "A device or service delivered mail from {from-domain} to your own Microsoft 365 without "
            "logging in. The organisation has the setting RejectDirectSend on, which refuses that unless a "
            "connector vouches for the sending address. Only the envelope sender counts, not the From line.",
        .steps =
            {log_in,
             "Or vouch for the relay: Exchange admin center > Mail flow > Connectors > Add a connector > "
             "from: Your organization's email server > by IP address or by certificate",
             "See the setting: `Connect-ExchangeOnline`, then `Get-OrganizationConfig | Format-List "
             "RejectDirectSend`",
             "Only if neither is possible, switch the protection off for everybody: `Set-OrganizationConfig "
             "-RejectDirectSend $false`",
             "An outside service that sends in your name (newsletter, CRM): give it an envelope sender of "
             "its own, or a connector"},
        .reference = "https://learn.microsoft.com/powershell/module/exchange/set-organizationconfig",
        .sample = "550 5.7.68 TenantInboundAttribution; Direct Send not allowed for this organization from "
                  "unauthorized sources",
    },
    {
        .id = "direct-send-rejected-partner-connector",
        .category = Category::direct_send_rejected,
        .owner = Owner::recipient,
        .when = {.text = "RestrictDomainsToIPAddresses|RestrictDomainsToCertificate|"
                         "partner connector configured that matched"},
        .title = "The recipient takes mail only through its own mail gateway",
        .cause =
            "{recipient-domain} filters its mail in a gateway before Microsoft 365 and lets nothing else "
            "in. Your relay went around the gateway, straight to the Microsoft host.",
        .steps =
            {"See where mail for the domain belongs: `nslookup -type=mx {recipient-domain}`",
             "Remove fixed routes: IIS 6.0 Manager > SMTP Virtual Server > Domains > remove a remote domain "
             "{recipient-domain}; Postfix: its line in /etc/postfix/transport",
             "Send through your smart host, which follows the MX record",
             "If the domain is your own: add the relay's IP to the partner connector, Exchange admin center "
             "> Mail flow > Connectors"},
        .reference = microsoft_ndr,
        .sample =
            "550 5.7.51 TenantInboundAttribution; There is a partner connector configured that matched the "
            "message's recipient domain. The connector had either the RestrictDomainsToIPAddresses or "
            "RestrictDomainsToCertificate set",
    },

    // Relaying refused
    {
        .id = "relay-denied-exchange-non-accepted",
        .category = Category::relay_denied,
        .owner = Owner::you,
        .when = {.text = "Unable to relay recipient in non-accepted domain|recipient in non-accepted domain"},
        .title = "The Exchange server does not pass mail on to outside recipients",
        .cause = "The mail came in without a login, and {recipient} is not in a domain of that Exchange "
                 "organisation. Microsoft's MX host and Exchange receive connectors take anonymous mail for "
                 "their own domains only.",
        .steps =
            {log_in,
             "Or give the relay a connector by its fixed IP address: Exchange admin center > Mail flow > "
             "Connectors > Add a connector > from: Your organization's email server",
             "Exchange on your premises: let this one device relay, `Get-ReceiveConnector \"Anonymous "
             "relay\" | Add-ADPermission -User \"NT AUTHORITY\\ANONYMOUS LOGON\" -ExtendedRights "
             "Ms-Exch-SMTP-Accept-Any-Recipient` on a connector limited to its IP",
             "Check {recipient-domain} for a misspelling of your own domain"},
        .reference = microsoft_ndr,
        .sample = "550 5.7.54 SMTP; Unable to relay recipient in non-accepted domain",
    },
    {
        .id = "relay-denied-customer-allow-list",
        .category = Category::relay_denied,
        .owner = Owner::recipient,
        .when = {.text = "Blocked by Customer Allow list"},
        .title = "The recipient's Microsoft 365 takes mail only from listed servers",
        .cause =
            "A connector or connection filter of {recipient-domain} lists the addresses that may deliver, "
            "and your server is not among them.",
        .steps =
            {"If {recipient-domain} is your own: Exchange admin center > Mail flow > Connectors > add the "
             "IP of the relay, {ip}",
             "Otherwise deliver to the MX of the domain, `nslookup -type=mx {recipient-domain}`, not to its "
             "Microsoft host",
             ask_postmaster},
        .reference = microsoft_ndr,
        .sample = "550 5.7.1 Unable To Relay: Blocked by Customer Allow list",
    },
    {
        .id = "relay-denied-exchange",
        .category = Category::relay_denied,
        .owner = Owner::you,
        .when = {.text = "Unable to relay"},
        .title = "The next mail server does not pass your mail on",
        .cause =
            "An Exchange or IIS server was asked to send mail to a foreign domain for somebody it does not "
            "know. It does that only for computers on its relay list, or after a login.",
        .steps =
            {"If it is your own IIS: IIS 6.0 Manager > SMTP Virtual Server > Properties > Access > Relay > "
             "Only the list below > Add the IP address of the sending computer",
             "If it is your own Exchange: make a receive connector for the IP of the device and allow it "
             "Ms-Exch-SMTP-Accept-Any-Recipient",
             "If it is your provider's: switch on the login in Delivery > Outbound Security of the relay",
             "Check that {recipient} is spelt right"},
        .reference = microsoft_ndr,
        .sample = "550 5.7.1 Unable to relay",
    },
    {
        .id = "relay-denied-next-hop",
        .category = Category::relay_denied,
        .owner = Owner::recipient,
        .when = {.text = "Remote server returned not permitted to relay"},
        .title = "The server behind Microsoft 365 refuses to pass the mail on",
        .cause =
            "Microsoft 365 handed the message to another server, by a connector, a forwarding address or "
            "the MX record, and that server does not take mail for {recipient-domain}.",
        .steps =
            {"If the mailbox forwards: look where to, `Get-Mailbox {recipient} | Format-List "
             "ForwardingAddress,ForwardingSmtpAddress`",
             "If your organisation has an outbound connector for that domain, check its smart host: "
             "`Get-OutboundConnector | Format-List Name,RecipientDomains,SmartHosts`",
             "See where the domain's mail belongs: `nslookup -type=mx {recipient-domain}`",
             "Tell the recipient's administrator that the server in the MX record does not know the domain"},
        .reference = microsoft_ndr,
        .sample = "550 5.7.367 Remote server returned not permitted to relay",
    },
    {
        .id = "relay-denied-login-first",
        .category = Category::relay_denied,
        .owner = Owner::you,
        .when =
            {.text =
                 "Relaying denied*Proper authentication required|Relaying denied*authenticat|Relay access "
                 "denied*authenticat|relaying*must authenticate|relay*without authentication|authentication "
                 "is required for relay|authentication required for relay|authenticate before relaying|"
                 "relay*please authenticate|relay*SMTP AUTH|relay not permitted*authenticat|not permitted "
                 "to relay*authenticat|to relay through this server*authenticat|authentication*before "
                 "attempting to relay|only authenticated users may relay|requires authentication when "
                 "attempting to send|relaying not allowed*authenticat"},
        .title = "The mail server wants a login before it passes mail on",
        .cause =
            "{host} sends mail to other domains only for users who logged in, and your relay or program did "
            "not.",
        .steps =
            {"IIS: IIS 6.0 Manager > SMTP Virtual Server > Properties > Delivery > Outbound Security > Basic "
             "authentication: user name and password of the mail account, and TLS encryption",
             "Same window, Outbound Connections: TCP port 587",
             "Postfix: `postconf -e smtp_sasl_auth_enable=yes "
             "smtp_sasl_password_maps=hash:/etc/postfix/sasl_passwd "
             "smtp_sasl_security_options=noanonymous`, then `postmap /etc/postfix/sasl_passwd && systemctl "
             "reload postfix`",
             "Scanner or program: switch on SMTP authentication in its mail settings",
             "If the server is your own relay: allow the IP of the sending computer instead"},
        .reference = "RFC 4954 section 6",
        .sample = "550 5.7.1 <user@example.com>... Relaying denied. Proper authentication required.",
    },
    {
        .id = "relay-denied-pop-first",
        .category = Category::relay_denied,
        .owner = Owner::you,
        .when =
            {.text =
                 "check for new mail before sending|POP before SMTP|POP-before-SMTP|check your mail first|"
                 "check mail first|fetch your mail before|authenticate*via pop|log in with your mail "
                 "program*first|must get your mail|POP3 login first|must check your mail|Please get your "
                 "mail first|authenticate via POP|pop authentication"},
        .title = "The mail server wants you to fetch mail before you send",
        .cause =
            "An old method: the server lets an address send for some minutes after somebody fetched mail "
            "from there by POP3. A relay never fetches mail, so it is refused.",
        .steps =
            {"Ask the provider for SMTP with login on port 587 and enter user and password in the relay: "
             "IIS 6.0 Manager > SMTP Virtual Server > Properties > Delivery > Outbound Security",
             "If the provider has no such login, send through another smart host, such as your Microsoft "
             "365"},
        .sample = "550 5.7.1 You must check for new mail before sending mail.",
    },
    {
        .id = "relay-denied-client-name",
        .category = Category::relay_denied,
        .owner = Owner::you,
        .when = {.text = "Relaying denied*IP name lookup failed|Relaying denied*IP name possibly forged|"
                         "Relaying denied*reverse"},
        .title = "The mail server does not relay for a computer without a proper name",
        .cause =
            "Sendmail decides by host name who may relay. It found no name for {ip}, or the name leads to "
            "another address, so the computer counts as a stranger.",
        .steps =
            {"If the server is yours, allow the computer by address: add the line `Connect:{ip} RELAY` to "
             "/etc/mail/access, then `makemap hash /etc/mail/access < /etc/mail/access`",
             "Check the name: `nslookup {ip}` must give a name, and that name the same address",
             "If it is a provider's server: log in with user and password on port 587"},
        .sample = "550 5.7.1 <user@example.com>... Relaying denied. IP name lookup failed [192.0.2.7]",
    },
    {
        .id = "relay-denied-qmail",
        .category = Category::relay_denied,
        .owner = Owner::you,
        .when = {.text = "list of allowed rcpthosts|allowed rcpthosts|isn't in my list|"
                         "that domain isn't allowed to be relayed|rcpthosts|morercpthosts|validrcptto"},
        .title = "The qmail server does not serve the recipient's domain",
        .cause =
            "{recipient-domain} is missing from the server's list of domains (control/rcpthosts), and your "
            "relay is not allowed to send elsewhere through it. Either the relay uses the wrong server or "
            "did not log in, or the MX record of the domain is wrong.",
        .steps =
            {"See where the domain's mail belongs: `nslookup -type=mx {recipient-domain}`",
             "If the reply comes from your own smart host: log in there, IIS 6.0 Manager > SMTP Virtual "
             "Server > Properties > Delivery > Outbound Security",
             "If the qmail server is yours: add {recipient-domain} to /var/qmail/control/rcpthosts, or "
             "allow the client in the tcprules file with RELAYCLIENT=\"\"",
             "If the mail went to the recipient's own server: tell them by phone that it no longer knows "
             "their domain"},
        .sample = "553 sorry, that domain isn't in my list of allowed rcpthosts (#5.7.1)",
    },
    {
        .id = "relay-denied-insecure",
        .category = Category::relay_denied,
        .owner = Owner::you,
        .when = {.text = "Insecure Mail Relay|Open relay not allowed|open relaying not allowed|"
                         "open relaying is not allowed"},
        .title = "The server refuses to act as an open relay",
        .cause =
            "Neither the sender nor the recipient belongs to a domain this gateway serves, so it would be "
            "relaying for strangers. With Mimecast: the sending address, or your server's IP, is not "
            "registered there.",
        .steps = {"Check that the sender's domain {from-domain} and the recipient are what you meant",
                  "If the gateway is your own service (Mimecast): register the IP {ip} of the relay and the "
                  "domain {from-domain} in its administration console as an authorised outbound",
                  "If it is the recipient's: see where their mail belongs, `nslookup -type=mx "
                  "{recipient-domain}`, and tell them if their domain is missing there",
                  "Make sure that your own relay does not pass on mail for strangers: IIS 6.0 Manager > SMTP "
                  "Virtual Server > Properties > Access > Relay > Only the list below"},
        .sample = "451 Open relay not allowed - https://community.mimecast.com/docs/DOC-1369#451",
    },
    {
        .id = "relay-denied",
        .category = Category::relay_denied,
        .owner = Owner::you,
        .when = {.text =
                     "Relay access denied|Relaying denied|relaying is denied|relay not permitted|relaying "
                     "not permitted|relaying is not permitted|relay is not permitted|Mail relay denied|"
                     "relay denied|relaying denied for|we do not relay|do not relay|does not relay|don't "
                     "relay|no relaying|relaying not allowed|relaying is not allowed|relay not allowed|"
                     "not allowed to relay|not authorized to relay|relaying prohibited|relay prohibited|"
                     "relaying is prohibited|prohibits relaying|relaying disallowed|relaying to * "
                     "prohibited|relaying mail to * is not allowed|unauthorized relay|relay attempt|"
                     "relaying blocked|relaying refused|relay refused|relaying disabled|you are trying to "
                     "use me*as a relay|trying to use me|use me as a relay|cannot relay|can't relay|will "
                     "not relay|no relay access|refused to relay|relay is not allowed|relay operation "
                     "rejected|that domain is not in my list|domain is not hosted here|domain isn't "
                     "hosted here|mail server does not allow relaying|relay rejected|SMTP relay not|not a "
                     "gateway|not configured to relay|must not use this server as a relay|not permitted "
                     "to relay"},
        .title = "The mail server does not pass mail on to this recipient",
        .cause =
            "A mail server takes mail for its own domains, and for others only from computers and users it "
            "knows. {recipient-domain} is not one of its domains, and your relay is not known to it: no "
            "login, or its IP address is not allowed. If the server is the recipient's own, it has lost its "
            "domain.",
        .steps =
            {"Look whose server {host} is: yours, your provider's or the recipient's",
             "Your smart host: log in, IIS 6.0 Manager > SMTP Virtual Server > Properties > Delivery > "
             "Outbound Security > Basic authentication and TLS; Outbound Connections > port 587",
             "Your own Postfix: add the network of the sending computer, `postconf mynetworks`, then "
             "`postconf -e \"mynetworks = 127.0.0.0/8 192.168.1.0/24\"` and `systemctl reload postfix`",
             "Your own hMailServer: Settings > Advanced > IP Ranges > add the sending computer, allow "
             "External to external",
             "The recipient's server: `nslookup -type=mx {recipient-domain}`; if it is the one listed, tell "
             "them by phone that it does not accept their own domain; if not, remove the fixed route in "
             "your relay"},
        .reference = "RFC 5321 section 3.6.2",
        .sample = "554 5.7.1 <user@example.com>: Relay access denied",
    },
    {
        .id = "relay-denied-microsoft-mx",
        .category = Category::relay_denied,
        .owner = Owner::you,
        .when = {.host = HostFamily::microsoft, .status = "5.4.1", .text = "Relay Access Denied"},
        .title = "This Microsoft 365 host does not serve the recipient's domain",
        .cause =
            "The mail host of one organisation was asked to take mail for another domain. Either the relay "
            "sends outside mail to your own MX host without a connector, or the MX record of "
            "{recipient-domain} points to Microsoft 365 although the domain is not set up there.",
        .steps =
            {"See where mail for the domain belongs: `nslookup -type=mx {recipient-domain}`",
             "If the smart host of your relay ends in mail.protection.outlook.com: it takes outside "
             "recipients only with a connector. Change it to smtp.office365.com, port 587, TLS, with a "
             "login, or have a connector made",
             "If the mail went where the MX record points, tell the recipient by phone: their domain is "
             "missing from their Microsoft 365, or its MX record is wrong",
             "If {recipient-domain} is your own: Microsoft 365 admin center > Settings > Domains: it must "
             "be listed as healthy"},
        .reference = microsoft_ndr,
        .sample = "550 5.4.1 Relay Access Denied [XX1EUR01FT049.eop-EUR01.prod.protection.outlook.com]",
    },

    // The sender's domain is not registered at the smart host
    {
        .id = "domain-not-registered",
        .category = Category::domain_not_registered,
        .owner = Owner::tenant_admin,
        .when = {.text = "blocked from sending from unregistered domains|sending from unregistered domains|"
                         "unregistered domains"},
        .title = "Your relay sends with domains that your Microsoft 365 does not have",
        .cause =
            "Too much mail came through your connector with sender domains that are not accepted domains of "
            "the organisation. Microsoft then stops the whole connector. The usual reason: the relay passes "
            "on whatever sender a program or an outsider gives it.",
        .steps =
            {exchange_shell, accepted_domains,
             "If it is your domain and missing: Microsoft 365 admin center > Settings > Domains > Add domain",
             "If it is not yours: set the From of the program to an address of an accepted domain",
             "Make sure no stranger uses the relay: IIS 6.0 Manager > SMTP Virtual Server > Properties > "
             "Access > Relay > Only the list below",
             "When that is done, open a support request in the Microsoft 365 admin center and ask to lift "
             "5.7.750"},
        .reference = microsoft_ndr,
        .sample = "550 5.7.750 Service unavailable. Client blocked from sending from unregistered domains.",
    },
    {
        .id = "domain-not-registered-provider",
        .category = Category::domain_not_registered,
        .owner = Owner::tenant_admin,
        .when = {.text =
                     "does not match a verified Sender Identity|verified Sender Identity|"
                     "sender domain is not verified|sender domain not verified|domain is not verified|"
                     "sending domain*not verified|from address is not verified|sender is not verified|"
                     "sender address is not verified|sender you used*is not valid|Sender not verified|"
                     "sender email*not validated|sender is not validated|unverified sender domain|"
                     "domain is not authorized to send|domain*is not allowed to send: |"
                     "Sender domain not allowed|From domain*is not registered|sender domain not registered|"
                     "is not a registered sender|not a verified sender|Sender Signature"},
        .title = "The mail service does not know the sender's domain",
        .cause =
            "{host} sends only for addresses or domains that were registered and verified in the account, "
            "and {from} is not one of them.",
        .steps =
            {"Log in to the mail service and add {from-domain} under sender domains (sender identities, "
             "verified domains)",
             "Publish the DNS records it shows, usually two or three for DKIM and one for SPF, and press "
             "Verify",
             "Until then set the From of the program to an address that is already verified",
             send_refused_again},
        .sample =
            "550 The from address does not match a verified Sender Identity. Mail cannot be sent until this "
            "error is resolved.",
    },

    // Sending limits
    {
        .id = "sending-limit-daily-recipients",
        .category = Category::sending_limit,
        .owner = Owner::tenant_admin,
        .when = {.text =
                     "reached your daily limit for message recipients|daily limit for message recipients"},
        .title = "{login} has used up its 10,000 recipients of the day",
        .cause =
            "A mailbox of Microsoft 365 may send to 10,000 recipients in 24 hours. Every program that uses "
            "the relay counts against the one mailbox the relay logs in with.",
        .steps =
            {look_for_storm,
             "See who sent: Exchange admin center > Mail flow > Message trace, sender {login}, last 24 hours",
             "Wait: the limit is a sliding window of 24 hours, it opens by itself",
             "Give programs that send much a mailbox of their own", spread_bulk, send_refused_again},
        .reference = microsoft_ndr,
        .sample = "550 5.1.90 Your message can't be sent because you've reached your daily limit for message "
                  "recipients",
    },
    {
        .id = "sending-limit-submission-quota",
        .category = Category::sending_limit,
        .owner = Owner::tenant_admin,
        .when = {.text = "SubmissionQuotaExceeded|Submission quota exceeded|submission quota was exceeded|"
                         "exceeded*submission quota"},
        .title = "{login} sends more than its mailbox may",
        .cause =
            "The mailbox that the relay logs in with has exceeded its sending quota: 10,000 recipients a "
            "day. It is not a full mailbox, although the code 5.2.2 often means that.",
        .steps =
            {look_for_storm,
             "See who sent: Exchange admin center > Mail flow > Message trace, sender {login}, last 24 hours",
             "If the mail is not yours, the password is stolen: change it at once and end all sessions",
             "If it is yours: wait up to 24 hours, then send again", spread_bulk,
             "Divide the programs over several mailboxes"},
        .reference = microsoft_ndr,
        .sample = "554 5.2.0 STOREDRV.Submission.Exception:SubmissionQuotaExceededException",
    },
    {
        .id = "sending-limit-trial-tenant",
        .category = Category::sending_limit,
        .owner = Owner::tenant_admin,
        .when =
            {.text =
                 "trial tenant has exceeded its daily limit|trial tenant has exceeded|trial tenant exceeded"},
        .title = "Your trial of Microsoft 365 has used up its outside recipients of the day",
        .cause = "An organisation without paid licences may send to 5,000 recipients outside in 24 hours.",
        .steps =
            {"Buy at least one licence: Microsoft 365 admin center > Billing > Purchase services; the limit "
             "rises to 10,000 and more",
             "Or wait 24 hours and send the rest", look_for_storm, send_refused_again},
        .reference = microsoft_ndr,
        .sample =
            "550 5.7.232 Your message can't be sent because your trial tenant has exceeded its daily limit "
            "for sending email to external recipients (tenant external recipient rate limit)",
    },
    {
        .id = "sending-limit-tenant",
        .category = Category::sending_limit,
        .owner = Owner::tenant_admin,
        .when = {.text = "tenant exceeded its daily limit|tenant has exceeded its daily limit|"
                         "tenant external recipient rate limit"},
        .title = "Your whole organisation has used up its outside recipients of the day",
        .cause =
            "Microsoft 365 limits how many outside recipients an organisation reaches in 24 hours. The "
            "number grows with the licences: 10,000 with one, about 14,000 with 25, 22,000 with 100. Nobody "
            "in the company can write to the outside until it opens.",
        .steps = {"See who used it: Exchange admin center > Reports > Mail flow > Tenant Outbound External "
                  "Recipients",
                  look_for_storm, "Wait: the window slides, it opens within 24 hours", spread_bulk,
                  send_refused_again},
        .reference = microsoft_ndr,
        .sample = "550 5.7.233 Your message can't be sent because your tenant exceeded its daily limit for "
                  "sending email to external recipients (tenant external recipient rate limit)",
    },
    {
        .id = "sending-limit-google",
        .category = Category::sending_limit,
        .owner = Owner::tenant_admin,
        .when = {.text = "Daily user sending limit exceeded|Daily user sending quota exceeded|"
                         "Daily sending quota exceeded|Daily SMTP relay limit exceeded|"
                         "Daily SMTP relay sending limit exceeded|Daily SMTP relay limit|"
                         "reached a limit for sending mail|p=UserLimit|p=DailySendingLimit"},
        .title = "The Google account has reached its daily sending limit",
        .cause =
            "Google counts messages and recipients over 24 hours for each account and for the SMTP relay "
            "service. The program, or somebody with its password, sent more.",
        .steps = {look_for_storm, "Wait: Google opens the account again within 24 hours",
                  "For programs use the SMTP relay service: Google Admin console > Apps > Google Workspace > "
                  "Gmail > Routing > SMTP relay service, smart host smtp-relay.gmail.com, port 587",
                  spread_bulk, send_refused_again},
        .reference = "https://support.google.com/a/answer/166852",
        .sample =
            "550 5.4.5 Daily user sending limit exceeded. For more information on Gmail sending limits go to "
            "https://support.google.com/a/answer/166852 - gsmtp",
    },
    {
        .id = "sending-limit-provider",
        .category = Category::sending_limit,
        .owner = Owner::you,
        .when =
            {.text =
                 "Daily message quota exceeded|exceeded the max emails per hour|max emails per hour|"
                 "exceeded the max defers and failures per hour|max defers and failures|Maximum credits "
                 "exceeded|exceeded your sending limit|sending limit exceeded|sending limit reached|"
                 "exceeded*sending limit|daily sending limit|daily limit exceeded|daily limit reached|"
                 "hourly limit*exceeded|hourly sending limit|exceeded the hourly|exceeded*daily quota|daily "
                 "quota exceeded|daily mail quota|daily email quota|outgoing mail limit|outgoing message "
                 "limit|outbound message limit|outgoing quota|too many messages sent|sent too many messages|"
                 "sent too many mails|sent too many emails|message sending quota|sending quota exceeded|"
                 "sending quota|maximum number of recipients per day|exceeded the maximum number of "
                 "messages per|quota for sending|reached the limit of messages you can send|outgoing "
                 "messages limit|relay limit exceeded|mailbox*sending limit"},
        .title = "The mail provider's sending limit is used up",
        .cause = "Your provider lets an account or domain send only so many messages an hour or a day, and "
                 "{login} has sent more.",
        .steps = {look_for_storm,
                  "Wait until the next hour or day; the provider's control panel shows the limit",
                  "Ask the provider to raise it, or book a plan with a higher one",
                  "If the mail is not yours, change the password of {login} at once", spread_bulk,
                  send_refused_again},
        .sample = "454 Throttling failure: Daily message quota exceeded.",
    },

    // Throttled by Microsoft 365 when you send through it
    {
        .id = "throttled-connections-microsoft",
        .category = Category::throttled,
        .owner = Owner::you,
        .severity = Severity::warning,
        .when = {.text = "Concurrent connections limit exceeded|aka.ms/concurrent_sending|"
                         "STOREDRV.ClientSubmit; sender thread limit exceeded|sender thread limit exceeded|"
                         "STOREDRV.ClientSubmit"},
        .title = "The relay opens more than three connections for one mailbox at a time",
        .cause =
            "Microsoft 365 allows a mailbox three connections at once. Your relay, or several programs with "
            "the same login, opened more.",
        .steps = {iis_three_connections, postfix_slow,
                  "If several programs log in with {login}: let them all send through the one relay, or give "
                  "each a mailbox of its own",
                  wait_for_retry},
        .reference = microsoft_ndr,
        .sample =
            "432 4.3.2 Concurrent connections limit exceeded. Visit https://aka.ms/concurrent_sending for "
            "more information. [Hostname=OS0PR01MB6099.jpnprd01.prod.outlook.com]",
    },
    {
        .id = "throttled-rate-microsoft",
        .category = Category::throttled,
        .owner = Owner::you,
        .severity = Severity::warning,
        .when = {.text =
                     "Message submission rate for this client has exceeded|submission rate for this client|"
                     "submission rate*exceeded the configured limit"},
        .title = "The relay sends more than 30 messages a minute",
        .cause =
            "Microsoft 365 takes 30 messages a minute from a mailbox, and makes the rest wait. An invoice "
            "run easily exceeds that. An Exchange server of your own can have such a limit on its receive "
            "connector.",
        .steps = {wait_for_retry, iis_three_connections,
                  "Postfix: `postconf -e smtp_destination_rate_delay=2s` and `systemctl reload postfix`",
                  "In the program: pause two seconds between two messages",
                  "Exchange on your premises: raise it for this connector, `Set-ReceiveConnector \"<name>\" "
                  "-MessageRateLimit 120`"},
        .reference = microsoft_ndr,
        .sample = "421 4.4.2 Message submission rate for this client has exceeded the configured limit",
    },
    {
        .id = "throttled-recipient-thread-microsoft",
        .category = Category::throttled,
        .owner = Owner::nobody,
        .severity = Severity::warning,
        .when = {.text = "STOREDRV.Deliver; recipient thread limit exceeded|recipient thread limit exceeded"},
        .title = "The recipient's mailbox is getting too much mail at once",
        .cause =
            "Exchange delivers only a few messages to one mailbox at the same time. The others wait their "
            "turn.",
        .steps =
            {wait_for_retry,
             "If your program causes it, send fewer and larger notifications to {recipient}, or spread them",
             "If it lasts for hours, ask the recipient about a mail storm or a loop of automatic replies"},
        .reference = microsoft_ndr,
        .sample = "432 4.3.2 STOREDRV.Deliver; recipient thread limit exceeded",
    },
    {
        .id = "throttled-sender-to-recipient-microsoft",
        .category = Category::throttled,
        .owner = Owner::you,
        .when = {.text = "exceeded the limit for the number of messages they can send to this recipient|"
                         "message receive limit from specific sender exceeded|"
                         "message receive limit from specific sender"},
        .title = "You sent this one recipient too many messages within an hour",
        .cause =
            "Microsoft 365 limits what one sender may send to one mailbox in an hour. Mostly a device or "
            "program reports every little event by mail.",
        .steps = {look_for_storm,
                  "Stop the alarm at its source, or let the program collect events into one message an hour",
                  "Wait an hour, then send what still matters: these messages were refused for good"},
        .reference = microsoft_ndr,
        .sample =
            "554 5.2.121 The sender has exceeded the limit for the number of messages they can send to this "
            "recipient per hour.",
    },
    {
        .id = "throttled-recipient-per-hour",
        .category = Category::throttled,
        .owner = Owner::recipient,
        .when = {.text = "limit for the number of messages they can receive per hour|"
                         "Recipient's per hour message receive limit|per hour message receive limit|"
                         "receiving mail at a rate that prevents|p=ReceivingRate|receiving mail too quickly|"
                         "receiving mail at a rate|recipient has exceeded message rate limit|"
                         "recipient*message rate limit|receiving messages too quickly|"
                         "mailbox is receiving too many messages|too many messages for this recipient|"
                         "too much mail for this recipient|recipient*receiving limit"},
        .title = "The recipient's mailbox is getting more mail than it may take",
        .cause = "Every mailbox takes only so many messages an hour, whoever sends them, and {recipient} is "
                 "above that. A mail storm or a loop is under way there.",
        .steps = {"If your own program sends the storm, stop it at the source",
                  "Otherwise tell the recipient by phone that mail is being refused",
                  "Send again in an hour: a refusal with a code 5xx is not retried"},
        .reference = microsoft_ndr,
        .sample = "450 4.2.1 The user you are trying to contact is receiving mail at a rate that prevents "
                  "additional messages from being delivered. - gsmtp",
    },

    // Throttled by the receiving server
    {
        .id = "throttled-server-busy-microsoft",
        .category = Category::throttled,
        .owner = Owner::you,
        .severity = Severity::warning,
        .when = {.status = "4.7.x",
                 .text = "Server busy. Please try again later from|Access denied, please try again later|"
                         "Server busy. Please try again later"},
        .title = "Microsoft 365 makes your server wait because it does not know it well",
        .cause =
            "The recipient is at Microsoft 365, which holds back mail from an IP address that is new, or "
            "whose sending changed suddenly. It lets the mail through after some time, unless the pattern "
            "gets worse.",
        .steps = {wait_for_retry,
                  "Look for what changed: a new line or IP address, a bulk mailing, an infected computer",
                  "Check that the IP has a reverse name and is in the SPF record: `nslookup {ip}` and "
                  "`nslookup -type=txt {from-domain}`",
                  "Send through your own smart host (smtp.office365.com, port 587, with a login) instead of "
                  "straight from your line"},
        .reference = microsoft_ndr,
        .sample = "451 4.7.500 Server busy. Please try again later from [192.0.2.4]. (AS77713)",
    },
    {
        .id = "throttled-outlook-com",
        .category = Category::throttled,
        .owner = Owner::you,
        .severity = Severity::warning,
        .when = {.text = "RP-001 (|RP-002 (|RP-003 (|Unfortunately, some messages from*weren't sent"},
        .title = "Outlook.com takes no more mail from your address for the moment",
        .cause = "Outlook.com, Hotmail and Live limit how much they take from one address per hour and day. "
                 "New addresses and those with a poor reputation get little.",
        .steps = {wait_for_retry, iis_three_connections, postfix_slow, spread_bulk, look_for_storm},
        .reference = "https://sendersupport.olc.protection.outlook.com/pm/",
        .sample = "421 RP-001 (BAY004-MC1F2) Unfortunately, some messages from 192.0.2.4 weren't sent",
    },
    {
        .id = "throttled-code-microsoft",
        .category = Category::throttled,
        .owner = Owner::you,
        .severity = Severity::warning,
        .when = {.host = HostFamily::microsoft, .status = "4.7.500-699"},
        .title = "Microsoft 365 holds back mail from your server for now",
        .cause = "Codes from 4.7.500 to 4.7.699 mean that the traffic from your IP address looks unusual. "
                 "Microsoft lets it in more slowly until it knows more.",
        .steps =
            {wait_for_retry,
             "Look for what changed: a new IP address, a bulk mailing, an infected computer behind the same "
             "line",
             "Send through your own smart host (smtp.office365.com, port 587, with a login) instead of "
             "straight from your line"},
        .reference = microsoft_ndr,
        .sample = "451 4.7.550 [XX1EUR01FT049.eop-EUR01.prod.protection.outlook.com]",
    },
    {
        .id = "throttled-ip-restricted-microsoft",
        .category = Category::throttled,
        .owner = Owner::you,
        .severity = Severity::warning,
        .when = {.host = HostFamily::microsoft, .status = "4.7.850-899"},
        .title = "Microsoft 365 holds back mail from your IP address for now",
        .cause = "Suspicious activity from your IP address made Microsoft restrict it for some time.",
        .steps = {wait_for_retry, look_for_storm,
                  "If it lasts for more than a day, send through your own smart host with a login"},
        .reference = microsoft_ndr,
        .sample = "451 4.7.850 [XX1EUR01FT049.eop-EUR01.prod.protection.outlook.com]",
    },
    {
        .id = "throttled-queue-quota-microsoft",
        .category = Category::throttled,
        .owner = Owner::recipient,
        .severity = Severity::warning,
        .when = {.text = "Organization queue quota exceeded|queue quota exceeded"},
        .title = "The recipient's Microsoft 365 has too much mail waiting",
        .cause =
            "The recipient's organisation is being flooded, or its own server behind Microsoft 365 does not "
            "take mail, and the queue there is full.",
        .steps = {wait_for_retry,
                  "If it lasts, tell the recipient's administrator that mail for {recipient-domain} piles "
                  "up at Microsoft"},
        .sample = "450 4.7.3 Organization queue quota exceeded. "
                  "[XX1EUR01FT049.eop-EUR01.prod.protection.outlook.com]",
    },
    {
        .id = "throttled-ipv6-range-microsoft",
        .category = Category::throttled,
        .owner = Owner::you,
        .when = {.text = "exceeded permitted limits within|has exceeded permitted limits"},
        .title = "Too much mail came from your IPv6 range",
        .cause =
            "Microsoft 365 counts mail per IPv6 network. Yours, which other customers of the provider may "
            "share, sent more than it allows.",
        .steps = {"Let the relay send over IPv4; Postfix: `postconf -e inet_protocols=ipv4` and `systemctl "
                  "restart postfix`; Windows: take the IPv6 address off the relay's network card",
                  "Or send through your own smart host with a login", send_refused_again},
        .reference = microsoft_ndr,
        .sample = "550 5.7.508 Access denied, [2001:db8::1] has exceeded permitted limits within /64 range",
    },
    {
        .id = "throttled-google",
        .category = Category::throttled,
        .owner = Owner::you,
        .severity = Severity::warning,
        .when =
            {.text =
                 "Try again later, closing connection|Peak SMTP relay limit exceeded|Peak SMTP relay limit|"
                 "temporarily rate limited because|p=RateLimit|Mail server temporarily rejected message"},
        .title = "Google takes your mail only slowly at the moment",
        .cause = "Gmail or Google's relay service has had enough connections or messages from you for now.",
        .steps = {wait_for_retry, iis_three_connections, postfix_slow, spread_bulk},
        .reference = google_senders,
        .sample = "421 4.7.0 Try again later, closing connection. (EHLO) 98e67ed59e1d1.91 - gsmtp",
    },
    {
        .id = "throttled-greylisted",
        .category = Category::throttled,
        .owner = Owner::nobody,
        .severity = Severity::warning,
        .when = {.text = "rejected: greylist|rejected: graylist|greylisted|greylisting|greylist|"
                         "graylisted|graylisting|graylist|grey listed|grey-listed|grey listing|"
                         "gray listed|postgrey|[GL01]|milter-greylist|sqlgrey|policyd-weight*try again|"
                         "you are unknown to us, please try again|temporary rejected*new sender|"
                         "first time sender*try again|not yet authorized to deliver mail from"},
        .title = "The recipient's server asks to try again in a few minutes (greylisting)",
        .cause = "The server turns away every first message from a new sender and takes the second attempt. "
                 "Spammers rarely try twice; a relay does.",
        .steps =
            {wait_for_retry,
             "If the message came back at once, the sending program delivers without a queue: let it send "
             "through a relay (IIS, Postfix, Microsoft 365) that retries",
             "If the relay gives up too early: IIS 6.0 Manager > SMTP Virtual Server > Properties > "
             "Delivery > First retry interval 15 minutes, Expiration timeout 2 days",
             "With several outgoing addresses, ask the recipient's postmaster to exempt you"},
        .reference = "RFC 6647",
        .sample = "450 4.2.0 <user@example.com>: Recipient address rejected: Greylisted, see "
                  "http://postgrey.schweikert.ch/help/example.com.html",
    },
    {
        .id = "throttled-recipients-per-session",
        .category = Category::throttled,
        .owner = Owner::you,
        .severity = Severity::warning,
        .when = {.code = "4",
                 .text = "Too many recipients|too many RCPT|too many envelope recipients|"
                         "recipients exceeded|too many recips"},
        .title = "Too many recipients at once; the server takes the rest in the next message",
        .cause = "The server takes only so many recipients with one message; Microsoft 365 takes 200 of one "
                 "domain. The others have to follow in a second one.",
        .steps = {wait_for_retry,
                  "IIS: IIS 6.0 Manager > SMTP Virtual Server > Properties > Messages > Limit number of "
                  "recipients per message to: 100; it then splits by itself",
                  "Postfix: `postconf -e smtp_destination_recipient_limit=50` and `systemctl reload postfix`",
                  "In the program: send to groups of fewer recipients"},
        .reference = "RFC 5321 section 4.5.3.1.10",
        .sample = "452 4.5.3 Too many recipients",
    },
    {
        .id = "throttled-too-many-recipients",
        .category = Category::throttled,
        .owner = Owner::you,
        .when = {.text = "RESOLVER.ADR.RecipLimit|RecipLimit; too many recipients|Too many recipients|"
                         "too many envelope recipients|maximum number of recipients|recipient limit exceeded|"
                         "exceeds the recipient limit|number of recipients exceed|too many RCPT|"
                         "exceeded the maximum number of recipients"},
        .title = "The message has more recipients than the server allows",
        .cause =
            "To, Cc and Bcc together exceed the limit for one message. In Microsoft 365 it is 500 unless an "
            "administrator changed it, at most 1,000.",
        .steps =
            {"Split the recipients over several messages, or write to a distribution group",
             "Own Microsoft 365: `Connect-ExchangeOnline`, then `Set-Mailbox {login} -RecipientLimits 1000`",
             "IIS: IIS 6.0 Manager > SMTP Virtual Server > Properties > Messages > Limit number of "
             "recipients per message to: 100; it then splits by itself",
             "Postfix: `postconf -e smtp_destination_recipient_limit=50` and `systemctl reload postfix`"},
        .reference = microsoft_ndr,
        .sample = "550 5.5.3 RESOLVER.ADR.RecipLimit; too many recipients",
    },
    {
        .id = "throttled-frequency-tencent",
        .category = Category::throttled,
        .owner = Owner::you,
        .when = {.text = "frequency limited*service.mail.qq.com|frequency limited|Ip frequency limited|Mail "
                         "frequency limited|Connection frequency limited|domain frequency limited|sender "
                         "frequency limited"},
        .title = "QQ Mail refuses your server because it sends too often",
        .cause =
            "Tencent limits how often an IP address, a domain or a sender may deliver, and yours is above "
            "that. New addresses start with very little.",
        .steps = {"Send again in some hours, a few messages at a time", iis_three_connections, postfix_slow,
                  "Make sure that the SPF record of {from-domain} is right, `nslookup -type=txt "
                  "{from-domain}`, and that the mail is signed with DKIM",
                  "Send through a smart host with a known address, such as your Microsoft 365"},
        .sample =
            "550 Ip frequency limited. http://service.mail.qq.com/cgi-bin/help?subtype=1&&id=20022&&no=1000725",
    },
    {
        .id = "throttled-relay-quota-ip",
        .category = Category::throttled,
        .owner = Owner::you,
        .when = {.text = "reached your daily relay quota|daily relay quota|relay quota"},
        .title = "Your address has used up what this relay passes on in a day",
        .cause = "The hosting provider's relay lets an IP address or account send only so much in a day, and "
                 "yours has reached it.",
        .steps = {look_for_storm,
                  "Send the rest tomorrow, or ask the hosting provider for a higher relay quota",
                  "Or send through another smart host, such as your Microsoft 365", send_refused_again},
        .sample = "554 relay.example.net : You've reached your daily relay quota - 203.0.113.4",
    },
    {
        .id = "throttled-connections",
        .category = Category::throttled,
        .owner = Owner::you,
        .severity = Severity::warning,
        .when = {.text = "refused to talk to me: 421 Service not available|too many connections|"
                         "too many concurrent|too many simultaneous|too many sessions|"
                         "too many smtp sessions|connection limit exceeded|"
                         "connection rate limit exceeded|connection concurrency limit exceeded|"
                         "concurrency limit exceeded|maximum number of concurrent|"
                         "maximum number of connections|per-domain connection limit|"
                         "maximum connection limit|max connections|too many open connections|"
                         "too frequent connections|connecting too frequently|connection frequency|"
                         "too many new TLS sessions|connection throttled|too many parallel|"
                         "Trop de connexions|OFR004_104|exceeds*connection limit|"
                         "number of connections exceeded|concurrent connections exceeded|"
                         "maximum concurrent connections|Too many mails per session|"
                         "Max message per connection reached|too many messages in one session|"
                         "too many transactions|too many messages in this connection|"
                         "too many messages per connection|connection refused*too many|PRX8"},
        .title = "The server takes no more connections from you at once",
        .cause =
            "Your relay opens more connections, or sends more in one, than the receiving server allows. It "
            "answers again when some are closed.",
        .steps = {wait_for_retry, iis_three_connections,
                  "IIS: Properties > Messages > Limit number of messages per connection to: 20", postfix_slow,
                  "Check that nobody else behind your IP address is sending: one infected computer is enough",
                  "If the refusal was final (5xx), send those messages again later"},
        .sample = "421 4.7.0 mx.example.com Error: too many connections from 192.0.2.4",
    },
    {
        .id = "throttled-excessive-volume",
        .category = Category::throttled,
        .owner = Owner::you,
        .severity = Severity::warning,
        .when = {.text =
                     "deferred due to excessive volume|due to excessive volume|excessive volume|excessive "
                     "traffic|rate limit exceeded|rate limit reached|exceeded rate limit|exceeds rate "
                     "limit|rate limited|ratelimited|rate limiting|rate-limit|rate limits|rate limit|"
                     "delivery request rate|Error: too much mail from|too much mail from|too much mail|"
                     "throttled|throttling|Maximum sending rate exceeded|Maximum send rate exceeded|"
                     "sending rate exceeded|exceeded the rate|sending too fast|too fast|slow down|too "
                     "many messages|too many mails from|too many emails|too many e-mails|sending too many|"
                     "sent too quickly|message rate|message limit exceeded|exceeded message limit|"
                     "exceeded*messages per|please slow|volume limit|unusually high volume|high volume of|"
                     "too many errors from your ip|sending us too many|too many invalid recipients|too "
                     "many bad recipients|too many unknown recipients|numerous attempts to deliver this "
                     "message|exceeded the messaging limits|messaging limits|sending volume|limit of "
                     "messages per|frequency limit"},
        .title = "The server takes mail from you only slowly at the moment",
        .cause = "You sent the receiving server more in a short time than it allows an address or sender. It "
                 "takes more after some minutes or hours.",
        .steps = {wait_for_retry, iis_three_connections, postfix_slow, spread_bulk, look_for_storm,
                  "If the reply speaks of invalid or unknown recipients: take dead addresses off the "
                  "list; after a final refusal (5xx) send the rest again later"},
        .sample = "421 4.7.1 Messages to user@icloud.com deferred due to excessive volume. Try again later - "
                  "https://support.apple.com/en-us/HT204137",
    },
    {
        .id = "throttled-try-later",
        .category = Category::throttled,
        .owner = Owner::nobody,
        .severity = Severity::warning,
        .when = {.code = "4",
                 .text = "temporarily deferred|temporarily rejected|temporarily blocked|temporarily refused|"
                         "temporary reject|please try again in|try again in|retry in|please retry later|"
                         "try again later",
                 .proof = Proof::hint},
        .title = "The recipient's server asks to try again later",
        .cause =
            "The server does not take the message now and does not say why. Overload, greylisting or doubts "
            "about the sender are the usual reasons; all of them often pass by themselves.",
        .steps = {wait_for_retry,
                  "If it lasts for more than a day: check that your IP is on no block list, "
                  "https://check.spamhaus.org/",
                  "Check reverse name and SPF: `nslookup {ip}` and `nslookup -type=txt {from-domain}`",
                  "Then ask postmaster@{recipient-domain}, with the verbatim reply"},
        .sample = "451 Temporarily rejected. Try again later.",
    },

    // The whole organisation is blocked
    {
        .id = "tenant-blocked-threshold",
        .category = Category::tenant_blocked,
        .owner = Owner::tenant_admin,
        .when = {.text = "tenant has exceeded threshold|Access denied, tenant"},
        .title = "Microsoft has stopped all outgoing mail of your organisation",
        .cause =
            "So much suspicious mail left your Microsoft 365 that Microsoft closed the way out. An account "
            "or a connector was misused, an open relay behind it passed on spam, or the subscription has "
            "run out.",
        .steps =
            {"Look at the subscription: Microsoft 365 admin center > Billing > Your products",
             "Find the source: https://security.microsoft.com > Email & collaboration > Explorer, or "
             "Exchange admin center > Mail flow > Message trace, outgoing mail of the last days",
             "Reset the passwords of the accounts found, end their sessions, remove unknown connectors and "
             "rules",
             "Close the relay: IIS 6.0 Manager > SMTP Virtual Server > Properties > Access > Relay > Only "
             "the list below",
             microsoft_case, send_refused_again},
        .reference = microsoft_ndr,
        .sample = "550 5.7.705 Access denied, tenant has exceeded threshold. Please visit https://aka.ms",
    },
    {
        .id = "tenant-blocked-new-tenant",
        .category = Category::tenant_blocked,
        .owner = Owner::tenant_admin,
        .when = {.text = "traffic not accepted from this IP"},
        .title = "Microsoft does not let your organisation send from this address yet",
        .cause = "New organisations and trials share addresses with a poor reputation, and Microsoft refuses "
                 "their outgoing mail from there. Long-standing customers are hardly ever affected.",
        .steps =
            {"Buy at least one licence: Microsoft 365 admin center > Billing > Purchase services",
             "Finish setting up your own domain, and do not send from the onmicrosoft.com name: Microsoft "
             "365 admin center > Settings > Domains",
             microsoft_case, "Until then send through another provider's smart host"},
        .reference = microsoft_ndr,
        .sample =
            "550 5.7.708 Service unavailable. Access denied, traffic not accepted from this IP. For more "
            "information please go to http://go.microsoft.com/fwlink/?LinkId=526653",
    },
    {
        .id = "tenant-blocked-code",
        .category = Category::tenant_blocked,
        .owner = Owner::tenant_admin,
        .when = {.status = "5.7.700-749"},
        .title = "Microsoft restricts what your organisation may send",
        .cause =
            "Codes from 5.7.700 to 5.7.749 concern the whole organisation: too much suspicious mail, or a "
            "reputation that is still too young.",
        .steps =
            {"Look for misused accounts: https://security.microsoft.com > Email & collaboration > Review > "
             "Restricted entities",
             "Look at the subscription: Microsoft 365 admin center > Billing > Your products",
             microsoft_case},
        .reference = microsoft_ndr,
        .sample = "550 5.7.700 Access denied",
    },
    {
        .id = "tenant-blocked-provider",
        .category = Category::tenant_blocked,
        .owner = Owner::tenant_admin,
        .when = {.text =
                     "Sending paused for this account|sending paused|ability to send email has been paused|"
                     "account is not allowed to send|account*not authorized to send email|"
                     "outgoing mail*has been disabled|outgoing mail has been suspended|"
                     "sending has been suspended|sending is suspended|outbound mail is disabled|"
                     "account under review|account is under review|account has been suspended from sending|"
                     "Account*is not activated|SMTP account is not yet activated|relaying has been disabled|"
                     "domain has been suspended from sending|domain*has been suspended from sending"},
        .title = "The mail service has stopped your account from sending",
        .cause =
            "The provider you send through has suspended the account, after complaints or bounces, for an "
            "unpaid bill, or because a new account is still being checked.",
        .steps = {"Log in to the provider's web site: the reason stands on the start page or in a message",
                  "Remove what caused it: dead addresses, a stolen password, a newsletter without consent",
                  "Answer the provider and ask to open the account again",
                  "Until then send urgent mail through another smart host", send_refused_again},
        .sample =
            "554 Message rejected: Sending paused for this account. For more information, please check the "
            "inbox of the email address associated with your AWS account.",
    },

    // The sending account is blocked
    {
        .id = "sender-blocked-outbound-spam",
        .category = Category::sender_blocked,
        .owner = Owner::tenant_admin,
        .when = {.text = "bad outbound sender|OutboundSpamException|AS(42004)"},
        .title = "Microsoft has stopped {login} from sending because of spam",
        .cause =
            "The mailbox sent mail that looked like spam, or far more than usual. Mostly its password is in "
            "foreign hands; sometimes an invoice run was just too fast. Everything sent with this login is "
            "refused.",
        .steps = {secure_account,
                  "See what was sent: Exchange admin center > Mail flow > Message trace, sender {login}",
                  unblock_entity,
                  "Enter the new password in the relay: IIS 6.0 Manager > SMTP Virtual Server > Properties > "
                  "Delivery > Outbound Security",
                  spread_bulk, send_refused_again},
        .reference = microsoft_ndr,
        .sample = "550 5.1.8 Access denied, bad outbound sender AS(42004)",
    },
    {
        .id = "sender-blocked-spam-abuse",
        .category = Category::sender_blocked,
        .owner = Owner::tenant_admin,
        .when = {.text = "spam abuse detected"},
        .title = "Microsoft bars this sender because of spam",
        .cause = "Mail from this account was recognised as spam, mostly because the account is misused.",
        .steps = {secure_account, unblock_entity, microsoft_case},
        .reference = microsoft_ndr,
        .sample = "550 5.7.501 Access denied, spam abuse detected",
    },
    {
        .id = "sender-blocked-banned",
        .category = Category::sender_blocked,
        .owner = Owner::tenant_admin,
        .when = {.status = "5.7.502-503", .text = "Access denied, banned sender|banned sender"},
        .title = "Microsoft has banned this sender",
        .cause =
            "The sending account is on Microsoft's list of senders of spam, mostly because it is misused.",
        .steps =
            {secure_account, unblock_entity,
             "If the account is not listed there, open a support request in the Microsoft 365 admin center "
             "with the verbatim reply"},
        .reference = microsoft_ndr,
        .sample = "550 5.7.502 Access denied, banned sender",
    },
    {
        .id = "sender-blocked-domain-banned",
        .category = Category::sender_blocked,
        .owner = Owner::you,
        .when = {.status = "5.7.800", .text = "Access denied, banned sender|banned sender"},
        .title = "Microsoft has banned the sending domain or host name",
        .cause =
            "The sender's domain, or the name your server greets with, has a bad reputation at Microsoft.",
        .steps = {"Check both: is {from-domain} yours, and is the server's name (IIS: Delivery > Advanced > "
                  "Fully-qualified domain name) one of your own?",
                  "Look the domain up: https://check.spamhaus.org/",
                  "Send through your smart host with a login instead of straight from your line",
                  "Ask the recipient's administrator to open a case with Microsoft, with the verbatim reply"},
        .reference = microsoft_ndr,
        .sample = "550 5.7.800 Access denied, banned sender",
    },
    {
        .id = "sender-blocked-provider",
        .category = Category::sender_blocked,
        .owner = Owner::you,
        .when = {.text = "outgoing mail from*has been suspended|account is blocked from sending|blocked from "
                         "sending mail|blocked from sending email|not allowed to send any mail|user is "
                         "suspended from sending|sending disabled for this user|sender account is suspended|"
                         "sender account suspended|sender account disabled|sender is suspended|sender has "
                         "been suspended|sender has been disabled|your account has been blocked|your account "
                         "is blocked|your mailbox is blocked|account blocked for sending spam|outbound spam "
                         "detected|suspected of sending spam|account has been temporarily blocked|your "
                         "account has been suspended|Suspected spamming*account|account*compromised|"
                         "suspicious activity*account"},
        .title = "The mail provider has stopped this account from sending",
        .cause =
            "The provider you send through has closed the account for outgoing mail, mostly because spam "
            "was sent with its password.",
        .steps = {"Change the password of {login} in the provider's control panel, and in the relay (IIS: "
                  "Delivery > Outbound Security)",
                  "Look for the source: an infected computer, a contact form on your web site, an old device "
                  "with the password",
                  "Then ask the provider's support to open the account", send_refused_again},
        .sample = "550 Outgoing mail from \"billing@example.com\" has been suspended.",
    },

    // The envelope sender is refused
    {
        .id = "sender-rejected-dns-temporary",
        .category = Category::sender_rejected,
        .owner = Owner::dns_admin,
        .severity = Severity::warning,
        .when = {.code = "4",
                 .text = "Sender address rejected: Domain not found|Sender address rejected: * not found|"
                         "Domain of sender address*does not resolve|Could not complete sender verify|"
                         "Domain of sender address*does not exist|sender verify defer|"
                         "Sender address rejected: unverified address|temporary DNS*sender|"
                         "sender domain lookup*temporar|DNS temporary failure (return MX"},
        .title = "The server cannot check the sender's domain at the moment",
        .cause =
            "The name servers of {from-domain} do not answer the receiving server, or the domain does not "
            "exist. The server will look again at the next attempt.",
        .steps =
            {wait_for_retry,
             "Check the domain: `nslookup -type=mx {from-domain}`, and again through another name server: "
             "`nslookup -type=mx {from-domain} 1.1.1.1`",
             "If one of them fails, call the DNS provider of {from-domain}", sender_must_exist},
        .sample = "450 4.1.8 <billing@example.invalid>: Sender address rejected: Domain not found",
    },
    {
        .id = "sender-rejected-domain-not-found",
        .category = Category::sender_rejected,
        .owner = Owner::you,
        .when =
            {.text =
                 "Sender address rejected: Domain not found|Sender address rejected: Domain * not found|"
                 "Domain of sender address*does not exist|Domain of sender address*does not resolve|domain "
                 "of sender address|sender domain does not exist|sender domain not found|sender domain must "
                 "exist|sender domain must resolve|sender domain does not resolve|sender's domain does not "
                 "exist|sender's domain does not resolve|unresolvable sender domain|unresolvable sender|"
                 "unroutable sender|unrouteable sender|sender address*does not resolve|sender "
                 "address*unresolvable|Domain of sender*not found|cannot resolve*sender|couldn't "
                 "resolve*sender|cannot resolve your domain|unable to resolve*sender|can't find a valid MX "
                 "for sender domain|can't find a valid MX for sender|no valid MX*sender|valid MX for sender|"
                 "sender domain*MX|MX*sender domain|return MX does not exist|Fake sender domain|invalid "
                 "sender domain|sender domain is invalid|sender domain invalid|bad sender domain|unknown "
                 "sender domain|sender domain unknown|illegal sender domain|sender domain is empty|Invalid "
                 "domain in MAIL FROM|mail from domain*does not exist|MAIL FROM domain not found|envelope "
                 "sender*not exist|From: Domain is invalid|provide a valid From|domain does not "
                 "exist*sender|sender*nonexistent domain|sender*non-existent domain|nxdomain*sender|No such "
                 "domain*sender|your envelope sender domain must exist|Sorry, I don't accept messages from "
                 "addresses without|no valid return path|Your domain*does not resolve"},
        .title = "The sender's domain does not exist in DNS",
        .cause = "The server looked for {from-domain} in DNS and found neither an MX nor an address for it. "
                 "Mostly a program or server still sends with its made-up default, such as "
                 "root@localhost.localdomain; sometimes the domain has expired.",
        .steps =
            {sender_must_exist,
             "Check the domain: `nslookup -type=mx {from-domain}`; if it is yours and nothing comes, ask "
             "the registrar about the renewal and the DNS provider about the MX record",
             "Postfix as relay: set the domain it adds, `postconf -e myorigin=<your domain>` and `systemctl "
             "reload postfix`",
             "IIS as relay: IIS 6.0 Manager > SMTP Virtual Server > Properties > Delivery > Advanced > "
             "Masquerade domain: your domain",
             send_refused_again},
        .reference = "RFC 5321 section 3.3",
        .sample =
            "553 5.1.8 <httpd@host1.example.jp>... Domain of sender address httpd@host1.example.jp does not "
            "exist",
    },
    {
        .id = "sender-rejected-null-mx",
        .category = Category::sender_rejected,
        .owner = Owner::dns_admin,
        .when = {.text = "Sender address has null MX|sender address has a null MX|sender domain has null MX|"
                         "sender*nullMX|Domain of sender address*does not accept mail|Sender address "
                         "rejected*does not accept mail|Sender address rejected*nullMX|MAIL FROM*null MX|"
                         "sender domain*null MX|sender domain*does not accept mail"},
        .title = "The sender's domain says it takes no mail, so its mail is refused",
        .cause = "{from-domain} publishes an MX record of a single dot, which means that the domain takes no "
                 "mail. Many servers refuse senders who could not receive a bounce.",
        .steps =
            {"If the domain takes mail, correct the MX record at the DNS provider; see it with `nslookup "
             "-type=mx {from-domain}`",
             "If it is not supposed to, send with an address of a domain that does", send_refused_again},
        .reference = "RFC 7505 section 4.2",
        .sample = "550 5.7.27 Sender address has null MX",
    },
    {
        .id = "sender-rejected-verify-failed",
        .category = Category::sender_rejected,
        .owner = Owner::you,
        .when = {.text =
                     "Sender verify failed|sender verification failed|"
                     "Sender address rejected: undeliverable address|Sender address rejected: unverified|"
                     "Sender address verification failed|Sender callout|sender could not be verified|"
                     "could not verify sender|cannot verify sender|unverified sender address|"
                     "Verification failed for <|sender address could not be verified|callback*sender|"
                     "sender does not exist|The sender address does not exist|"
                     "sender mailbox does not exist|sender mailbox unknown|sender's mailbox*does not exist|"
                     "sender unknown|unknown sender|User unknown*sender|no such sender|Sender is unknown|"
                     "invalid sender mailbox|return address*does not exist|return address is invalid|"
                     "Sender address rejected: User unknown|Sender address rejected: Unknown user"},
        .title = "The recipient's server found that the sender's address does not exist",
        .cause =
            "The server asked the mail host of {from-domain} whether it takes mail for {from}, and got a "
            "no. An invented no-reply or scanner address is the usual reason; the check also fails when "
            "your own server refuses the question.",
        .steps = {"Write a mail to {from} from outside, for example from a private account: it must arrive",
                  "Make the address exist, at best as an alias of a mailbox somebody reads: Exchange admin "
                  "center > Recipients > Mailboxes > the mailbox > Manage email address types > add {from}",
                  "Or change the sender in the program to a mailbox that exists", send_refused_again},
        .sample = "550-Verification failed for <scanner@example.com>\n550 Sender verify failed",
    },
    {
        .id = "sender-rejected-not-qualified",
        .category = Category::sender_rejected,
        .owner = Owner::you,
        .when =
            {.text =
                 "Sender address rejected: need fully-qualified address|Domain name required for sender "
                 "address|sender address must contain a domain|sender address must contain a|sender domain "
                 "required|domain required for sender|must have a domain*sender|sender*must be fully|sender "
                 "address must be fully|sender*fully qualified|sender*fully-qualified|unqualified sender|"
                 "Sender address has no domain|sender has no domain"},
        .title = "The sender's address has no complete domain",
        .cause = "The program sends with an address like `scanner` or `root@server`, without a domain that "
                 "exists on the internet.",
        .steps =
            {sender_must_exist,
             "Postfix as relay: `postconf -e myorigin=<your domain> append_dot_mydomain=yes` and `systemctl "
             "reload postfix`",
             "IIS as relay: IIS 6.0 Manager > SMTP Virtual Server > Properties > Delivery > Advanced > "
             "Masquerade domain: your domain",
             send_refused_again},
        .reference = "RFC 5321 section 2.3.5",
        .sample = "504 5.5.2 <scanner>: Sender address rejected: need fully-qualified address",
    },
    {
        .id = "sender-rejected-malformed",
        .category = Category::sender_rejected,
        .owner = Owner::you,
        .when = {.text = "invalid sender address|sender address is invalid|sender address invalid|"
                         "malformed sender|bad sender's mailbox address syntax|bad sender address syntax|"
                         "Invalid sender syntax|sender address syntax|illegal sender address|"
                         "Invalid reverse-path|invalid return path|invalid sender|bad reverse-path|"
                         "Sender format error|envelope sender is invalid|invalid envelope sender|"
                         "sender address is malformed|bad sender address|bad address syntax in sender|"
                         "Invalid MAIL FROM address|invalid from address|Invalid mail from"},
        .title = "The sender's address is not a valid address",
        .cause = "What the program gives as sender cannot be read as an address: a blank, an umlaut, a name "
                 "without brackets, or nothing at all.",
        .steps = {sender_must_exist,
                  "Write the bare address in the program, name@domain, and the display name in its own field",
                  "In a file for the IIS Pickup folder the line reads `From: \"Name\" <name@example.com>`",
                  send_refused_again},
        .reference = "RFC 5321 section 4.1.2",
        .sample = "501 5.1.7 Invalid sender address",
    },
    {
        .id = "sender-rejected-dns-records",
        .category = Category::sender_rejected,
        .owner = Owner::dns_admin,
        .when = {.text = "invalid DNS MX or A/AAAA resource record|invalid DNS MX or A|Requested action not "
                         "taken: mailbox unavailable*invalid DNS MX or A/AAAA resource record"},
        .title = "The sender's domain {from-domain} has no usable MX or address in DNS",
        .cause = "The server (GMX, WEB.DE, IONOS) looks up where it could send an answer and finds nothing "
                 "usable for the domain of the envelope sender.",
        .steps = {"Look it up: `Resolve-DnsName {from-domain} -Type MX`", sender_must_exist,
                  "Let the MX name a host that has an A or AAAA record", send_refused_again},
        .reference = "RFC 5321 section 5.1",
        .sample = "550 invalid DNS MX or A/AAAA resource record",
    },
    {
        .id = "sender-rejected-address-invalid",
        .category = Category::sender_rejected,
        .owner = Owner::you,
        .when = {.status = "x.1.7"},
        .title = "The sender's address is not a valid address",
        .cause = "The server cannot read the envelope sender: it has no domain, or is not an address at all.",
        .steps = {sender_must_exist, "Write the bare address in the program, name@domain",
                  send_refused_again},
        .reference = "RFC 3463 section 3.2",
        .sample = "550 5.1.7 Invalid address",
    },
    {
        .id = "sender-rejected-spoof",
        .category = Category::sender_rejected,
        .owner = Owner::you,
        .when =
            {.text =
                 "rejecting spoofed message|spoofed message|spoofed sender|spoofed from|spoofing|header "
                 "based Anti-Spoofing policy|Anti-Spoofing policy|anti-spoofing|anti spoofing|antispoof|"
                 "anti-spoof|spoofed email|email spoof|sender address is spoofed|forged sender|sender "
                 "forged|sender address forged|forged envelope|sender domain is local|sender is local but|"
                 "sender address belongs to a local domain|local domain*must authenticate|from local domain|"
                 "impersonat|not authorized to use our domain|cannot use our domain|sender address is ours|"
                 "you are not allowed to use this sender|sender*local*not authenticated|internal "
                 "sender*external|mail from local*not allowed"},
        .title = "The server thinks somebody is posing as this sender",
        .cause =
            "The message came from outside with a sender that the receiving organisation takes for its own "
            "or for a protected one. That happens when a device sends with the recipient's own domain "
            "without logging in.",
        .steps =
            {send_through_own_host,
             "If {from-domain} is your own and so is the filter: let the relay log in, or add its IP {ip} "
             "to the exceptions of the anti-spoofing policy",
             "Complete SPF and DKIM for every system that sends for you: `nslookup -type=txt "
             "{from-domain}` shows the present SPF record",
             "If you write to a customer with an address of the customer's domain: use an address of your "
             "own",
             ask_postmaster},
        .sample = "550 Rejected by header based Anti-Spoofing policy: billing@example.com - "
                  "https://community.mimecast.com/docs/DOC-1369#550",
    },
    {
        .id = "sender-rejected-gmail-alias",
        .category = Category::sender_rejected,
        .owner = Owner::you,
        .when = {.text = "Smtp server does not advertise AUTH capability|p=CustomFromDenied|"
                         "CustomFromDenied|using the 'Send mail as' feature"},
        .title = "Gmail cannot send with the alias chosen under 'Send mail as'",
        .cause =
            "The alias is sent through another mail server, and the login or server stored for it no longer "
            "works.",
        .steps = {"Gmail > Settings > See all settings > Accounts > Send mail as > edit info of the alias",
                  "Enter server, port 587, user and password anew, with TLS, and save",
                  "Send again; or choose the account's own address as From"},
        .reference = "https://support.google.com/mail/?p=CustomFromDenied",
        .sample =
            "You're sending this from a different address or alias using the 'Send mail as' feature. Learn "
            "more here: https://support.google.com/mail/?p=CustomFromDenied",
    },
    {
        .id = "sender-rejected-null-sender",
        .category = Category::sender_rejected,
        .owner = Owner::recipient,
        .when = {.text = "null sender is not allowed|null sender not allowed|null sender*not allowed|"
                         "empty sender*not allowed|null sender*rejected|null sender|"
                         "empty envelope sender|empty sender|bounce messages not accepted|"
                         "bounces are not accepted|does not accept bounces|not accept bounce|"
                         "no bounces accepted|null reverse-path|empty return path|blank sender|"
                         "sender is empty|Domain does not accept bounces|null return path"},
        .title = "The server takes no reports (mail with an empty sender)",
        .cause =
            "Bounces and receipts have an empty envelope sender by the standard. This server refuses them, "
            "so a report of yours did not get back to the sender.",
        .steps =
            {"If the mail was a bounce of your relay, nothing needs doing: look at the message inside for "
             "the reason",
             "If your program leaves the sender empty, set one: the mailbox that shall get the answers",
             "Tell the recipient's postmaster that RFC 5321 section 4.5.5 asks to accept the empty sender"},
        .reference = "RFC 5321 section 4.5.5",
        .sample = "550 5.7.1 Null sender is not allowed here",
    },
    {
        .id = "sender-rejected-by-recipient",
        .category = Category::sender_rejected,
        .owner = Owner::recipient,
        .when = {.text =
                     "sender address*blacklist|sender domain*blacklist|from address*blacklist|sender is "
                     "blacklisted|sender blacklisted|sender is blocked|sender blocked|sender "
                     "address*block list|sender address is blocked|sender address blocked|domain*blocked "
                     "by recipient|blocked sender|BLOCK-SENDER|BLOCK-SEND-ER|sender banned|sender has "
                     "been banned|blacklisted sender|blacklisted domain|sender*not whitelisted|sender not "
                     "on whitelist|sender is not whitelisted|has blocked your|recipient has blocked|"
                     "recipient blocked you|does not want to receive mail from|doesn't want to receive "
                     "mail from|do not accept mail from you|doesn't accept mail from you|not accept mail "
                     "from this sender|not accept messages from this sender|not accept mail from your "
                     "domain|address that has been blacklisted|badmailfrom|in my badmailfrom|in "
                     "badmailfrom|sender has been blocked|not accept mail from this domain|refuse mail "
                     "from your domain|reject mail from your domain|rejects mail from your domain|no mail "
                     "from your domain"},
        .title = "The recipient has put this sender on a block list",
        .cause = "A user or administrator at {recipient-domain} decided to take no mail from {from} or from "
                 "{from-domain}.",
        .steps = {"Call the recipient and ask to remove {from} from the list of blocked senders",
                  ask_postmaster, "Take the recipient off automatic mailings until then"},
        .sample = "553 sorry, your envelope sender is in my badmailfrom list (#5.7.1)",
    },
    {
        .id = "sender-rejected",
        .category = Category::sender_rejected,
        .owner = Owner::recipient,
        .when = {.text =
                     "Sender address rejected|Sender rejected|Sender denied|Sender refused|sender not "
                     "accepted|sender is not allowed|sender not allowed|sender is not permitted|sender "
                     "not permitted|sender is not authorized|sender not authorized|sender is not accepted|"
                     "sender address is not accepted|Bad sender|rejected sender|Unknown sender address|"
                     "envelope sender rejected|MAIL FROM rejected|mail from address rejected|MAIL "
                     "FROM*not allowed|sender address denied|sender address refused|Rejected by sender "
                     "filter|rejected for sender|refused by sender policy|sender address not allowed|Mail "
                     "From: rejected|From address rejected|mail from address not allowed|rejected due to "
                     "sender|Server rejected MAIL FROM|Connected to * but sender was rejected|but sender "
                     "was rejected|access denied for sender|did not like our MAIL FROM|sender filter|"
                     "refuse mail from this sender|rejected*by sender*policy|invalid return address|"
                     "rejects mail from|Sender address is not allowed"},
        .title = "The server refuses this sender",
        .cause =
            "The server objects to the envelope sender {from}: a rule or block list there names the address "
            "or its domain, or the address looks made up.",
        .steps =
            {sender_must_exist,
             "Send a test from another sender of your domain: if it passes, only this address is refused",
             "Check the domain: `nslookup -type=mx {from-domain}` and `nslookup -type=txt "
             "{from-domain}`",
             ask_postmaster},
        .sample = "501 5.1.8 Sender address rejected",
    },
    {
        .id = "sender-rejected-at-mail-from",
        .category = Category::sender_rejected,
        .owner = Owner::recipient,
        .when = {.code = "5",
                 .status = "5.1.x",
                 .text = "remote mail server after MAIL FROM|remote mail server after pipelined MAIL FROM|"
                         "in reply to MAIL FROM command|error*after MAIL FROM"},
        .title = "The server refuses this sender",
        .cause =
            "The refusal came right after MAIL FROM, before any recipient was named: the server objects to "
            "the envelope sender {from} or its domain.",
        .steps =
            {sender_must_exist,
             "Check the domain: `nslookup -type=mx {from-domain}` and `nslookup -type=txt "
             "{from-domain}`",
             "Send a test from another sender of your domain: if it passes, only this address is refused",
             ask_postmaster},
        .sample = "host mail2.example.org [192.0.2.222] SMTP error from remote mail server after MAIL "
                  "FROM:<billing@example.com> SIZE=1022:\n553 5.1.0 mail.example.com does not exist E2110",
    },
};

} // namespace

std::span<const Rule> relaying_rows() {
    return rows;
}

} // namespace relaytool::diagnosis
