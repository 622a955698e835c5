#include "diagnosis/catalogue.hpp"

namespace relaytool::diagnosis {
namespace {

constexpr std::string_view microsoft_ndr =
    "https://learn.microsoft.com/exchange/troubleshoot/email-delivery/ndr/non-delivery-reports-in-exchange-o"
    "nline";
constexpr std::string_view google_senders = "https://support.google.com/mail/answer/81126";
constexpr std::string_view apple_senders = "https://support.apple.com/en-us/HT204137";
constexpr std::string_view yahoo_codes = "https://postmaster.yahooinc.com/error-codes";

// Steps that several rows share: block lists.
constexpr std::string_view use_smart_host =
    "Quickest way out: send through a smart host with a good address (smtp.office365.com or your "
    "provider's, port 587, TLS, with a login): IIS 6.0 Manager > SMTP Virtual Server > Properties > "
    "Delivery > Advanced > Smart host";
constexpr std::string_view find_ip =
    "Find the address that was refused: it stands in the reply, {ip}; your line's own: `nslookup "
    "myip.opendns.com resolver1.opendns.com`";
constexpr std::string_view find_source =
    "Find the source before you ask for removal: an infected computer behind the same line, a relay open to "
    "strangers (Access > Relay > Only the list below), a stolen password";
constexpr std::string_view close_port_25 = "Let the firewall allow outgoing port 25 from the mail relay only";
constexpr std::string_view ask_provider_ip =
    "If the address belongs to your provider's mail server, the provider has to act: send them the verbatim "
    "reply";
constexpr std::string_view send_again =
    "Send the refused messages again when the address is free: nothing retries a 5xx";
constexpr std::string_view check_lists =
    "Look the address up: https://check.spamhaus.org/ and https://www.barracudacentral.org/lookups";
constexpr std::string_view wait_for_retry =
    "Unless the relay has given up, nothing is lost: it tries again by itself, so do not "
    "send the message twice. After a report of a failure send it again when the cause is gone";
constexpr std::string_view ask_postmaster =
    "Send the verbatim reply to postmaster@{recipient-domain}, with your IP {ip} and the time, and ask to "
    "be let through";

// Steps that several rows share: SPF, DKIM, DMARC.
constexpr std::string_view check_domain =
    "See what is published: `nslookup -type=txt {from-domain}` must show exactly one "
    "record that begins with v=spf1, `nslookup -type=txt _dmarc.{from-domain}` the DMARC "
    "policy";
constexpr std::string_view show_spf = "See the present record: `nslookup -type=txt {from-domain}`";
constexpr std::string_view complete_spf =
    "Add every server that sends for {from-domain} to the one SPF record, for Microsoft 365 and a relay of "
    "your own: `v=spf1 ip4:{ip} include:spf.protection.outlook.com -all` (an IPv6 address with ip6:)";
constexpr std::string_view one_way_out =
    "Or let everything leave through Microsoft 365: set the relay's smart host to smtp.office365.com, port "
    "587, with a login; SPF and DKIM are then right without more work";
constexpr std::string_view enable_dkim =
    "Microsoft 365: https://security.microsoft.com > Policies & rules > Threat policies > Email "
    "authentication settings > DKIM > {from-domain} > publish the two CNAME records it shows, then switch "
    "signing on";
constexpr std::string_view dkim_shell =
    "The same in PowerShell: `Get-DkimSigningConfig -Identity {from-domain} | Format-List "
    "Enabled,Selector1CNAME,Selector2CNAME`, then `Set-DkimSigningConfig -Identity {from-domain} -Enabled "
    "$true`";
constexpr std::string_view look_at_dmarc = "See the policy: `nslookup -type=txt _dmarc.{from-domain}`";
constexpr std::string_view align_from =
    "Use the same domain in the From line and as envelope sender; a program that sends with a foreign From "
    "(the customer's, gmail.com, an old domain) fails everywhere";
constexpr std::string_view test_headers =
    "Test: send to a mailbox elsewhere and look at the source of the message there: "
    "under Authentication-Results spf, dkim and dmarc must say pass";

// Steps that several rows share: host names.
constexpr std::string_view see_ptr =
    "See what is there: `nslookup {ip}` must give a name, and `nslookup <that name>` the same address again";
constexpr std::string_view ask_for_ptr =
    "Ask the provider of your internet line (not the DNS provider of your domain) to set the reverse name "
    "(PTR) of {ip} to the name of your mail server, for example mail.{from-domain}";
constexpr std::string_view add_a_record =
    "Add the matching A record for that name at the DNS provider of your domain";
constexpr std::string_view no_static_ip =
    "A line with a changing address cannot send mail itself: let the relay send through a smart host with a "
    "login, smtp.office365.com port 587";
constexpr std::string_view iis_name =
    "IIS: IIS 6.0 Manager > SMTP Virtual Server > Properties > Delivery > Advanced > Fully-qualified domain "
    "name: enter a full name that exists in DNS, such as mail.{from-domain}, and press Check DNS";
constexpr std::string_view postfix_name =
    "Postfix: `postconf -e myhostname=mail.{from-domain}` and `systemctl reload postfix`";

// Steps that several rows share: spam and viruses.
constexpr std::string_view plain_test =
    "Send one line of plain text from the same sender: if it passes, the content is refused; if not, sender "
    "or server";
constexpr std::string_view calm_content =
    "Look at the content: link shorteners, links to foreign domains, only one large picture, words like in "
    "advertising, office files with macros. Send PDF, and text beside pictures";
constexpr std::string_view ask_allow =
    "Ask the recipient to have {from} put on the list of allowed senders, and to look into the quarantine";

constexpr Rule rows[] = {
    // Address blocked by Microsoft
    {
        .id = "ip-blocked-microsoft",
        .category = Category::ip_blocked,
        .owner = Owner::you,
        .when = {.text = "banned sending IP|sender.office.com"},
        .title = "Microsoft 365 has banned the IP address you send from",
        .cause =
            "The address {ip} is on the block list that Microsoft 365 uses for all its customers, mostly "
            "because spam came from it. It may have been an infected computer, or the line's previous "
            "owner.",
        .steps = {find_source,
                  "Ask for removal: https://sender.office.com/ > enter your mail address and {ip} > "
                  "answer the mail you get; it can take a day",
                  use_smart_host, close_port_25, ask_provider_ip, send_again},
        .reference = "https://sender.office.com/",
        .sample =
            "550 5.7.606 Access denied, banned sending IP [192.0.2.4]. To request removal from this list "
            "please visit https://sender.office.com/",
    },
    {
        .id = "ip-blocked-microsoft-code",
        .category = Category::ip_blocked,
        .owner = Owner::you,
        .when = {.host = HostFamily::microsoft, .status = "5.7.606-649"},
        .title = "Microsoft 365 has banned the IP address you send from",
        .cause =
            "Codes from 5.7.606 to 5.7.649 mean that the sending address is on the block list of Microsoft "
            "365.",
        .steps = {find_source,
                  "Ask for removal: https://sender.office.com/ > enter your mail address and {ip}",
                  use_smart_host, ask_provider_ip},
        .reference = microsoft_ndr,
        .sample = "550 5.7.607 [XX1EUR01FT049.eop-EUR01.prod.protection.outlook.com]",
    },
    {
        .id = "ip-blocked-microsoft-511",
        .category = Category::ip_blocked,
        .owner = Owner::you,
        .when = {.status = "5.7.511", .text = "Access denied, banned sender|banned sender[|banned sender"},
        .title = "Microsoft 365 has banned your server; only a mail to Microsoft lifts that",
        .cause =
            "The address {ip} is on a list that the removal page does not cover. Microsoft looks at each "
            "case.",
        .steps = {find_source,
                  "Write to delist@microsoft.com: the complete bounce with all codes, and the IP "
                  "address {ip}. The answer can take some days",
                  use_smart_host, ask_provider_ip, send_again},
        .reference = microsoft_ndr,
        .sample =
            "550 5.7.511 Access denied, banned sender[192.0.2.4]. To request removal from this list please "
            "forward this message to delist@microsoft.com",
    },
    {
        .id = "ip-blocked-outlook-com",
        .category = Category::ip_blocked,
        .owner = Owner::you,
        .when = {.text = "part of their network is on our block list|(S3140)|(S3150)|weren't sent*block list|"
                         "network is on our block list|SC-001 (|SC-002 (|SC-003 (|SC-004 (|DY-001 (|DY-002 (|"
                         "OU-001 (|OU-002 (|CS-001 (|Unfortunately, messages from*weren't sent"},
        .title = "Outlook.com blocks your IP address or your provider's network",
        .cause =
            "Outlook.com, Hotmail and Live refuse mail from {ip} because of the reputation of that address "
            "or of the network around it. Cheap hosting networks and home lines are often listed as a "
            "whole.",
        .steps =
            {use_smart_host, find_source,
             "Ask for removal: https://olcsupport.office.com/ (support form of Outlook.com for senders), "
             "with {ip} and the verbatim reply",
             "Give the reply to your internet or hosting provider as well: they can clean up the network",
             "Check reverse name and SPF meanwhile: `nslookup {ip}` and `nslookup -type=txt "
             "{from-domain}`",
             send_again},
        .reference = "https://sendersupport.olc.protection.outlook.com/pm/",
        .sample =
            "550 5.7.1 Unfortunately, messages from [192.0.2.4] weren't sent. Please contact your Internet "
            "service provider since part of their network is on our block list (S3150).",
    },
    {
        .id = "ip-blocked-microsoft-list-1",
        .category = Category::ip_blocked,
        .owner = Owner::you,
        .when = {.text = "blocked using Blocklist 1|blocked using Blocklist 2|blocked using Blocklist|"
                         "delist@microsoft.com|delist@messaging.microsoft.com"},
        .title = "Your IP address is on Microsoft's own block list",
        .cause = "Microsoft 365 keeps a list of addresses that sent spam, and {ip} is on it.",
        .steps = {find_source,
                  "Ask for removal: https://sender.office.com/, or, if the reply names it, forward the whole "
                  "bounce to delist@microsoft.com",
                  use_smart_host, ask_provider_ip, send_again},
        .reference = microsoft_ndr,
        .sample =
            "550 5.7.1 Service unavailable; Client host [192.0.2.4] blocked using Blocklist 1; To request "
            "removal from this list please forward this message to delist@microsoft.com",
    },
    {
        .id = "ip-blocked-microsoft-rate",
        .category = Category::ip_blocked,
        .owner = Owner::you,
        .severity = Severity::warning,
        .when = {.text = "rate limited due to IP reputation"},
        .title = "Outlook.com takes little from your IP address because of its reputation",
        .cause = "The address {ip} is new to Outlook.com or has sent unwanted mail, so it may deliver only a "
                 "little at a time. The rest has to wait.",
        .steps = {wait_for_retry, use_smart_host,
                  "Look at the address's standing: https://sendersupport.olc.protection.outlook.com/snds/",
                  "Spread mailings over days, and take dead addresses off the list",
                  "Check reverse name and SPF: `nslookup {ip}` and `nslookup -type=txt {from-domain}`"},
        .reference = "https://sendersupport.olc.protection.outlook.com/pm/",
        .sample = "451 4.7.650 The mail server [192.0.2.25] has been temporarily rate limited due to IP "
                  "reputation. For e-mail delivery information, see https://postmaster.live.com (S3113)",
    },
    {
        .id = "ip-blocked-customer-list",
        .category = Category::ip_blocked,
        .owner = Owner::recipient,
        .when = {.text = "using Customer Block list|AS16012607|Access denied, rejected by recipient|Customer "
                         "Block list|blocked by recipient's organization"},
        .title = "The recipient's organisation has put you on its own block list",
        .cause = "Not Microsoft, but the administrator of {recipient-domain} refuses your sending "
                 "address or your IP {ip}. Delisting at Microsoft does not help.",
        .steps =
            {"Ask the recipient to have their administrator remove the block or allow {ip} and {from-domain}",
             "They find it in the Microsoft Defender portal > Policies & rules > Threat policies "
             "> Anti-spam > Connection filter policy, in the Tenant Allow/Block Lists, or in an "
             "inbound connector",
             "Until then use another contact at the customer, or the telephone"},
        .reference = microsoft_ndr,
        .sample = "550 5.7.513 Service unavailable, Client host [192.0.2.4] blocked by example.org "
                  "using Customer Block list (AS16012607)",
    },

    // Address blocked by a public list
    {
        .id = "ip-blocked-spamhaus-pbl",
        .category = Category::ip_blocked,
        .owner = Owner::you,
        .when = {.text = "spamhaus.org/query/bl*PBL|pbl.spamhaus.org|spamhaus.org/pbl|Spamhaus PBL|"
                         "blocked using pbl.spamhaus|blocked using*pbl.spamhaus|IP is in the PBL|in the PBL|"
                         "spamhaus*(PBL)|Policy Block List"},
        .title = "Your line is listed as one that should not send mail itself (Spamhaus PBL)",
        .cause =
            "The PBL holds home and office lines with changing addresses. It is no accusation: mail from "
            "there is expected to go through the provider's server.",
        .steps =
            {use_smart_host,
             "If the address is fixed and you run a mail server on it: https://check.spamhaus.org/ > {ip} > "
             "remove from PBL, after your provider has set the reverse name",
             "If it was your smart host that refused: log in there (port 587); logged-in users are not "
             "checked"},
        .reference = "https://www.spamhaus.org/blocklists/policy-blocklist/",
        .sample = "550 5.7.1 Service unavailable; Client host [192.0.2.4] blocked using pbl.spamhaus.org; "
                  "http://www.spamhaus.org/query/bl?ip=192.0.2.4",
    },
    {
        .id = "ip-blocked-spamhaus-query",
        .category = Category::ip_blocked,
        .owner = Owner::recipient,
        .when = {.text = "Error: open resolver|check.spamhaus.org/returnc|spamhaus.org/returnc|"
                         "blocked using*open resolver|spamhaus*open resolver"},
        .title = "The recipient's server asks Spamhaus in a way that is not allowed",
        .cause =
            "Your address is not listed. The recipient's server asks the list through a public resolver "
            "(8.8.8.8, 1.1.1.1), gets an error code, and takes it for a listing. It refuses everybody that "
            "way.",
        .steps =
            {"Tell the recipient's administrator by phone: the server must ask Spamhaus through a resolver "
             "of its own, or with a (free) Data Query Service key",
             "Send the verbatim reply along; the address in it explains the error",
             "Nothing needs doing on your side; delisting is not possible, because nothing is listed"},
        .reference = "https://check.spamhaus.org/returnc/pub/",
        .sample =
            "554 5.7.1 Service unavailable; Client host [192.0.2.4] blocked using zen.spamhaus.org; Error: "
            "open resolver; https://check.spamhaus.org/returnc/pub/192.0.2.53",
    },
    {
        .id = "ip-blocked-spamhaus-domain",
        .category = Category::ip_blocked,
        .owner = Owner::you,
        .when = {.text = "MailFrom domain is listed in Spamhaus|domain is listed in Spamhaus|"
                         "domain present in the Spamhaus DBL|Spamhaus DBL|spamhaus.org/dbl|dbl.spamhaus.org|"
                         "blocked using dbl.spamhaus|blocked using*dbl.spamhaus|listed in*dbl.spamhaus.org|"
                         "spamhaus.org/query/dbl|spamhaus.org/query/domain|(S8002)"},
        .title = "The domain is on Spamhaus' block list for domains (DBL)",
        .cause =
            "Not the server but a domain is refused: the sender's, or one that a link in the message leads "
            "to. Mostly a web site on it was broken into, or the domain is only days old.",
        .steps =
            {"Look the domain up: https://check.spamhaus.org/ > {from-domain}; try the domains of the links "
             "as well",
             "Have the web site on that domain checked for intruders", "Ask for removal on the same page",
             "If it is a link's domain, send without the link meanwhile", send_again},
        .reference = "https://www.spamhaus.org/blocklists/domain-blocklist/",
        .sample =
            "550 5.7.1 Service unavailable, MailFrom domain is listed in Spamhaus. To request removal from "
            "this list see https://www.spamhaus.org/query/lookup/ (S8002)",
    },
    {
        .id = "ip-blocked-spamhaus",
        .category = Category::ip_blocked,
        .owner = Owner::you,
        .when = {.text = "temporarily unavailable*blocked using*abuseat|"
                         "temporarily unavailable*blocked using*spamhaus|blocked using*spamhaus|"
                         "blocked using Spamhaus|zen.spamhaus.org|sbl.spamhaus.org|xbl.spamhaus.org|"
                         "sbl-xbl.spamhaus.org|css.spamhaus.org|check.spamhaus.org|spamhaus.org/query|"
                         "spamhaus.org/lookup|spamhaus.org/sbl|spamhaus.org/xbl|www.spamhaus.org|"
                         "listing in Spamhaus|listed*by Spamhaus|listed*spamhaus|black*spamhaus|"
                         "block*spamhaus|reject*spamhaus|spamhaus*reject|Spamhaus SBL|Spamhaus XBL|"
                         "Spamhaus ZEN|Spamhaus CSS|cbl.abuseat.org|blocked using*cbl.abuseat|"
                         "abuseat.org|because the ip is in Spamhaus|spamhaus"},
        .title = "Your IP address is on a Spamhaus block list",
        .cause =
            "Thousands of mail servers ask Spamhaus, and {ip} is listed: as sender of spam (SBL, CSS), as a "
            "hijacked computer (XBL, CBL), or as a line that should not send mail itself (PBL).",
        .steps = {"See which list and why: https://check.spamhaus.org/ > {ip}", find_source, close_port_25,
                  "Ask for removal on the same page. Without the cause removed you are listed again",
                  use_smart_host, ask_provider_ip, send_again},
        .reference = "https://check.spamhaus.org/",
        .sample = "554 5.7.1 Service unavailable; Client host [192.0.2.4] blocked using zen.spamhaus.org",
    },
    {
        .id = "ip-blocked-spamcop",
        .category = Category::ip_blocked,
        .owner = Owner::you,
        .when = {.text = "temporarily unavailable*blocked using*spamcop|blocked using*spamcop|"
                         "bl.spamcop.net|spamcop.net/bl|spamcop.net/w3m|www.spamcop.net|listed*spamcop|"
                         "black*spamcop|block*spamcop|spamcop"},
        .title = "Your IP address is on SpamCop's block list",
        .cause =
            "Recipients reported mail from {ip} as spam. SpamCop forgets an address by itself about a day "
            "after the last report.",
        .steps = {"See the reports: https://www.spamcop.net/bl.shtml > {ip}", find_source,
                  "Wait: the entry goes away about 24 hours after the last report", use_smart_host,
                  ask_provider_ip, send_again},
        .reference = "https://www.spamcop.net/bl.shtml",
        .sample =
            "550 5.7.1 Service unavailable; Client host [192.0.2.4] blocked using bl.spamcop.net; Blocked - "
            "see https://www.spamcop.net/bl.shtml?192.0.2.4",
    },
    {
        .id = "ip-blocked-barracuda",
        .category = Category::ip_blocked,
        .owner = Owner::you,
        .when = {.text = "temporarily unavailable*blocked using*barracuda|blocked using*barracuda|"
                         "b.barracudacentral.org|barracudacentral.org|bb.barracudacentral|"
                         "barracudanetworks.com/reputation|Barracuda Reputation|listed*barracuda|"
                         "black*barracuda|block*barracuda"},
        .title = "Your IP address has a poor reputation at Barracuda",
        .cause = "Spam filters by Barracuda, and others, refuse mail from {ip}.",
        .steps = {"Look it up: https://www.barracudacentral.org/lookups > {ip}", find_source,
                  "Ask for removal: https://www.barracudacentral.org/rbl/removal-request, with {ip} "
                  "and your telephone number; it takes some hours",
                  use_smart_host, ask_provider_ip, send_again},
        .reference = "https://www.barracudacentral.org/rbl/removal-request",
        .sample =
            "554 5.7.1 Service unavailable; Client host [192.0.2.4] blocked using b.barracudacentral.org; "
            "http://www.barracudanetworks.com/reputation/?pr=1&ip=192.0.2.4",
    },
    {
        .id = "ip-blocked-sorbs",
        .category = Category::ip_blocked,
        .owner = Owner::recipient,
        .when = {.text = "temporarily unavailable*blocked using*sorbs|blocked using*sorbs|"
                         "dnsbl.sorbs.net|sorbs.net|listed*sorbs|black*sorbs|block*sorbs|"
                         "Currently Sending Spam See: http|dul.dnsbl"},
        .title = "The recipient's server asks SORBS, a block list that no longer exists",
        .cause =
            "SORBS was shut down in 2024, so nobody can be removed from it. The recipient's server works "
            "with old data or settings.",
        .steps = {"Tell the recipient's administrator to remove dnsbl.sorbs.net from the mail server",
                  "Check that your address is on no living list: https://check.spamhaus.org/ > {ip}",
                  use_smart_host},
        .sample = "554 5.7.1 Service unavailable; Client host [192.0.2.4] blocked using dnsbl.sorbs.net",
    },
    {
        .id = "ip-blocked-uceprotect",
        .category = Category::ip_blocked,
        .owner = Owner::provider,
        .when = {.text = "temporarily unavailable*blocked using*uceprotect|blocked using*uceprotect|"
                         "dnsbl-1.uceprotect.net|dnsbl-2.uceprotect.net|dnsbl-3.uceprotect.net|"
                         "uceprotect.net|listed*uceprotect|black*uceprotect|block*uceprotect|uceprotect"},
        .title = "Your IP address or your provider's whole network is listed by UCEPROTECT",
        .cause =
            "Level 1 lists single addresses, level 2 and 3 whole networks because of other customers. An "
            "entry ends by itself seven days after the last spam.",
        .steps =
            {"See the level: https://www.uceprotect.net/en/rblcheck.php > {ip}",
             "Level 1: find the source and wait seven days. Do not pay for removal: without the cause "
             "removed it comes back",
             "Level 2 or 3: only your provider can do something; send them the reply", use_smart_host,
             "Ask the recipient's administrator not to refuse by level 2 and 3, which hit the innocent too"},
        .reference = "https://www.uceprotect.net/en/rblcheck.php",
        .sample =
            "554 5.7.1 Service unavailable; Client host [192.0.2.4] blocked using dnsbl-1.uceprotect.net; "
            "IP 192.0.2.4 is UCEPROTECT-Level 1 listed. See "
            "http://www.uceprotect.net/rblcheck.php?ipr=192.0.2.4",
    },
    {
        .id = "ip-blocked-cloudmark",
        .category = Category::ip_blocked,
        .owner = Owner::you,
        .when = {.text = "temporarily unavailable*blocked using*cloudmark|"
                         "blocked using Cloudmark Sender Intelligence|Cloudmark Sender Intelligence|"
                         "listed on Cloudmark CSI|Cloudmark CSI|csi.cloudmark.com|"
                         "blocked using*cloudmark|blocked*cloudmark|AUP#RBL"},
        .title = "Your IP address has a poor reputation at Cloudmark",
        .cause =
            "Cloudmark watches mail at many internet providers and mail hosts. It lists {ip} as a source of "
            "unwanted mail.",
        .steps = {find_source, "Ask for removal: https://csi.cloudmark.com/en/reset/ > {ip}", use_smart_host,
                  ask_provider_ip, send_again},
        .reference = "https://csi.cloudmark.com/en/reset/",
        .sample =
            "550 5.7.1 Service unavailable; client [192.0.2.4] blocked using Cloudmark Sender Intelligence "
            "(Visit https://csi.cloudmark.com/reset-request/ if you feel this is in error.)",
    },
    {
        .id = "ip-blocked-proofpoint",
        .category = Category::ip_blocked,
        .owner = Owner::you,
        .when = {.text =
                     "Blocked - see*proofpoint|support.proofpoint.com/dnsbl-lookup|ipcheck.proofpoint.com|"
                     "proofpoint.com/dnsbl|Proofpoint Dynamic Reputation|blocked by Proofpoint|"
                     "blocked*proofpoint.com|proofpoint*blocked"},
        .title = "Your IP address has a poor reputation at Proofpoint",
        .cause =
            "The recipient's mail passes Proofpoint's filter (iCloud and many companies use it), and that "
            "does not trust {ip} at the moment.",
        .steps = {"Look it up and ask for removal: https://ipcheck.proofpoint.com/ > {ip}", find_source,
                  use_smart_host,
                  "The rating recovers by itself when the unwanted mail has stopped, mostly within days",
                  ask_provider_ip, send_again},
        .reference = "https://ipcheck.proofpoint.com/",
        .sample = "554 Blocked - see https://support.proofpoint.com/dnsbl-lookup.cgi?ip=192.0.2.225",
    },
    {
        .id = "ip-blocked-trend-micro",
        .category = Category::ip_blocked,
        .owner = Owner::you,
        .when = {.text = "temporarily unavailable*blocked using*Trend Micro|"
                         "temporarily unavailable*blocked using*mail-abuse|blocked using Trend Micro|"
                         "deferred using Trend Micro|Trend Micro Email Reputation|Trend Micro RBL|"
                         "mail-abuse.com|mail-abuse.org|blocked using*mail-abuse|blocked by Trend Micro|"
                         "ers.trendmicro|blocked using*trendmicro"},
        .title = "Your IP address has a poor reputation at Trend Micro",
        .cause = "The recipient's filter asks Trend Micro's Email Reputation Service, which lists {ip}.",
        .steps =
            {"Look it up and ask for removal: https://servicecentral.trendmicro.com/ > {ip}, or the address "
             "in the reply",
             find_source, use_smart_host, ask_provider_ip, send_again},
        .sample = "450 4.7.1 Service temporarily unavailable; Client host [192.0.2.4] blocked using "
                  "Trend Micro Email Reputation Service. Please see "
                  "http://www.mail-abuse.com/cgi-bin/lookup?ip_address=192.0.2.4",
    },
    {
        .id = "ip-blocked-cisco",
        .category = Category::ip_blocked,
        .owner = Owner::you,
        .when = {.text = "sending MTA's poor reputation|MTA's poor reputation|poor reputation*sending MTA|"
                         "senderbase.org|SenderBase|talosintelligence.com|talosintel|SBRS|"
                         "domain reputation*Cisco|Connection refused*reputation score"},
        .title = "Your server has a poor reputation at Cisco (Talos, SenderBase)",
        .cause = "The recipient's mail gateway is an IronPort by Cisco. It rates servers by Cisco's data and "
                 "refuses {ip}.",
        .steps = {"Look at the rating: https://talosintelligence.com/reputation_center > {ip}", find_source,
                  "Dispute the rating there; a free account is needed", use_smart_host, ask_postmaster,
                  send_again},
        .reference = "https://talosintelligence.com/reputation_center",
        .sample = "554 Your access to this mail system has been rejected due to the sending MTA's poor "
                  "reputation. If you believe that this failure is in error, please contact the intended "
                  "recipient via alternate means.",
    },

    // Address blocked by a provider
    {
        .id = "ip-blocked-gmail-direct",
        .category = Category::ip_blocked,
        .owner = Owner::you,
        .when = {.text = "IP you're using to send mail is not authorized|IP you're using to send|"
                         "not authorized to send email directly to our servers|"
                         "not authorized to 550-5.7.1 send email directly|p=NotAuthorizedError|"
                         "SMTP relay at your service provider"},
        .title = "Gmail takes no mail straight from an internet line like yours",
        .cause =
            "The address {ip} belongs to a line for homes or offices that is not meant to send mail itself. "
            "Google asks you to go through the mail server of a provider.",
        .steps =
            {use_smart_host,
             "Office 365: smart host smtp.office365.com, port 587, TLS, user and password of a licensed "
             "mailbox in Delivery > Outbound Security",
             "Postfix: `postconf -e \"relayhost=[smtp.office365.com]:587\"` and `systemctl reload postfix`",
             send_again},
        .reference = "https://support.google.com/mail/?p=NotAuthorizedError",
        .sample =
            "550-5.7.1 [192.0.2.4] The IP you're using to send mail is not authorized to send email "
            "directly to our servers. Please use the SMTP relay at your service provider instead. Learn "
            "more at 550 5.7.1 https://support.google.com/mail/?p=NotAuthorizedError - gsmtp",
    },
    {
        .id = "ip-blocked-gmail",
        .category = Category::ip_blocked,
        .owner = Owner::you,
        .when = {.text = "unusual rate of unsolicited mail|UnsolicitedRateLimitError|UnsolicitedIPError|"
                         "very low reputation of the sending IP|low reputation of the sending IP|"
                         "low reputation of the IP|IP not in whitelist for RCPT domain|"
                         "suspicious*reputation of the sending IP|p=TemporaryIPBlock"},
        .title = "Gmail distrusts the IP address you send from",
        .cause =
            "Too much unwanted mail came from {ip} lately. Google slows it down first and blocks it later.",
        .steps = {find_source, use_smart_host,
                  "Look at the figures: https://postmaster.google.com/ (add and verify {from-domain})",
                  "Stop mailings to people who did not ask for them; take dead addresses off the lists",
                  "Let SPF, DKIM and DMARC be right; `nslookup -type=txt {from-domain}` and `nslookup "
                  "-type=txt _dmarc.{from-domain}` show the present records",
                  "It recovers by itself some days after the unwanted mail has stopped"},
        .reference = google_senders,
        .sample =
            "421-4.7.28 [192.0.2.4] Our system has detected an unusual rate of unsolicited mail originating "
            "from your IP address. To protect our users from spam, mail sent from your IP address has been "
            "temporarily rate limited. https://support.google.com/mail/?p=UnsolicitedRateLimitError - gsmtp",
    },
    {
        .id = "ip-blocked-yahoo",
        .category = Category::ip_blocked,
        .owner = Owner::you,
        .when =
            {.text =
                 "temporarily deferred due to unexpected volume or user complaints|temporarily deferred due "
                 "to user complaints|deferred due to user complaints|will be permanently deferred|"
                 "permanently deferred; Retrying|[TSS01]|[TSS02]|[TSS03]|[TSS04]|[TSS05]|[TSS06]|[TSS07]|"
                 "[TSS08]|[TSS09]|[TSS10]|[TSS11]|[TSS12]|[TS01]|[TS02]|[TS03]|[TS04]|[IPTS01]|[IPTS02]|"
                 "[IPTS03]|[IPTS04]|[BL21]|[BL22]|[BL23]|Connections will not be accepted from|Connections "
                 "not accepted from IP addresses on|refused. Your IP address is listed|from * temporarily "
                 "deferred - 4.16|Messages from * temporarily deferred|All messages from * will be"},
        .title = "Yahoo or AOL takes no mail from your IP address at the moment",
        .cause =
            "Users marked mail from {ip} as spam, or it suddenly sent much more than usual. Yahoo defers "
            "everything from there for some hours, and for good if it goes on ([TSS09]).",
        .steps =
            {"Stop bulk mail to Yahoo and AOL for four hours; single mails are retried by the relay itself",
             find_source, use_smart_host,
             "Check SPF and DMARC, `nslookup -type=txt {from-domain}` and `nslookup -type=txt "
             "_dmarc.{from-domain}`, and let the mail be signed with DKIM",
             "If the code is [BL21], the address is on Spamhaus: https://check.spamhaus.org/ > {ip}",
             "If nothing changes in two days: https://senders.yahooinc.com/ > Contact"},
        .reference = yahoo_codes,
        .sample =
            "421 4.7.0 [TSS04] Messages from 192.0.2.25 temporarily deferred due to unexpected volume or "
            "user complaints - 4.16.55.1; see https://postmaster.yahooinc.com/error-codes",
    },
    {
        .id = "ip-blocked-apple",
        .category = Category::ip_blocked,
        .owner = Owner::you,
        .when = {.text =
                     "[HM01]|[HM02]|[HM03]|[HM04]|[HM05]|[HM06]|[HM07]|[HM08]|[HM09]|[HM08] Message rejected "
                     "due to local policy"},
        .title = "iCloud Mail refuses your server because of its reputation",
        .cause = "Apple rates the sending address and domain, and {ip} came off badly.",
        .steps =
            {check_lists, find_source, use_smart_host,
             "Check SPF and DMARC, `nslookup -type=txt {from-domain}` and `nslookup -type=txt "
             "_dmarc.{from-domain}`, and let the mail be signed with DKIM",
             "Then write to icloudadmin@apple.com: the verbatim reply, {ip}, {from-domain}, what you send "
             "and to whom",
             send_again},
        .reference = apple_senders,
        .sample = "554 5.7.1 [HM08] Message rejected due to local policy. Please visit "
                  "https://support.apple.com/en-us/HT204137",
    },
    {
        .id = "ip-blocked-comcast",
        .category = Category::ip_blocked,
        .owner = Owner::you,
        .when = {.text = "Comcast block for spam|postmaster.comcast.net*#BL|smtp-error-codes.php#BL|#BL000|"
                         "comcast*Blocked for spam|comcast*blocked|Comcast BL0"},
        .title = "Comcast blocks your IP address because of spam",
        .cause = "Comcast (Xfinity) received spam from {ip} and refuses all mail from there.",
        .steps = {find_source, "Ask for removal: https://postmaster.comcast.net/ > Block removal > {ip}",
                  use_smart_host, ask_provider_ip, send_again},
        .reference = "https://postmaster.comcast.net/",
        .sample = "554 resimta-ch2-15v.sys.comcast.net comcast 192.0.2.4 Comcast block for spam. Please see "
                  "http://postmaster.comcast.net/smtp-error-codes.php#BL000000",
    },
    {
        .id = "ip-blocked-att",
        .category = Category::ip_blocked,
        .owner = Owner::you,
        .when = {.text = "abuse_rbl@abuse-att.net|DNSBL:ATTRBL|DNSBL:RBL 521|ATTRBL|_is_blocked.|"
                         "blocked by sbc|blocked by AT&T"},
        .title = "AT&T blocks your IP address",
        .cause = "AT&T (with sbcglobal.net and bellsouth.net) has {ip} on its own block list.",
        .steps = {find_source,
                  "Forward the whole bounce to abuse_rbl@abuse-att.net and ask for the removal of {ip}",
                  use_smart_host, ask_provider_ip, send_again},
        .sample =
            "553 5.3.0 flpd568 DNSBL:RBL 521< 192.0.2.4 >_is_blocked.For assistance forward this error to "
            "abuse_rbl@abuse-att.net",
    },
    {
        .id = "ip-blocked-cox",
        .category = Category::ip_blocked,
        .owner = Owner::you,
        .when =
            {.text =
                 "sender rejected. Refer to Error Codes section|cox.com*email-error-codes|AUP#CDRBL|AUP#In|"
                 "AUP#|CXBL|CXSNDR"},
        .title = "The recipient's cable provider refuses your server",
        .cause =
            "Cox, Spectrum and other cable providers share a filter that rates servers. The code at the end "
            "of the reply (AUP#…) tells the reason; CDRBL is a block list.",
        .steps = {"Look the code up at the address in the reply", check_lists, find_source, use_smart_host,
                  "Then ask the provider's postmaster for removal, with {ip} and the verbatim reply",
                  send_again},
        .reference = "https://www.cox.com/residential/support/email-error-codes.html",
        .sample =
            "550 5.1.0 <bounce@mailer.example.com> sender rejected. Refer to Error Codes section at "
            "https://www.cox.com/residential/support/email-error-codes.html for more information. AUP#CDRBL",
    },
    {
        .id = "ip-blocked-gmx",
        .category = Category::ip_blocked,
        .owner = Owner::you,
        .when = {.text =
                     "No SMTP service*IP address is black listed|IP address is black listed|IP address is "
                     "block listed|error-messages?ip=*c=bl|error-messages?ip=*c=bip|No SMTP "
                     "service*policy|Nemesis*No SMTP|kundenserver*No SMTP"},
        .title = "GMX, WEB.DE, mail.com or 1&1 refuses your IP address",
        .cause =
            "The mail system of 1&1 has {ip} on its block list, or does not take mail from lines of that "
            "kind.",
        .steps = {"Open the address in the reply: it explains the code and holds the form", check_lists,
                  find_source, use_smart_host,
                  "A changing (dynamic) address is never let in: only a smart host helps", send_again},
        .reference = "https://postmaster.gmx.net/en/error-messages",
        .sample = "554-gmx.net (mxgmx016) Nemesis ESMTP Service not available 554-No SMTP service "
                  "554-IP address is black listed. 554 For explanation visit "
                  "http://postmaster.gmx.com/en/error-messages?ip=192.0.2.4&c=bl",
    },
    {
        .id = "ip-blocked-t-online",
        .category = Category::ip_blocked,
        .owner = Owner::you,
        .when = {.text = "tosa@rx.t-online.de|rx.t-online.de|A problem occurred. (Ask your postmaster"},
        .title = "T-Online does not know your server and lets nothing in",
        .cause = "Deutsche Telekom accepts mail only from servers with a good history and an operator it can "
                 "reach: a proper reverse name, and a web site with an imprint under it.",
        .steps =
            {"Write to tosa@rx.t-online.de: the IP address {ip}, the verbatim reply, who you are, and that "
             "it is a company mail server",
             "Before that set the reverse name of {ip} to a name of your domain, mail.{from-domain}",
             use_smart_host, send_again},
        .sample = "554 IP=192.0.2.4 - A problem occurred. (Ask your postmaster for help or to contact "
                  "tosa@rx.t-online.de to clarify.)",
    },
    {
        .id = "ip-blocked-orange",
        .category = Category::ip_blocked,
        .owner = Owner::you,
        .when = {.text =
                     "Service refuse. Veuillez essayer plus tard|Service refuse*Veuillez|"
                     "Service refused, please try later|OFR_999|OFR006_102|OFR_103|LPN006_|LPN007_|LPN001_"},
        .title = "Orange or La Poste refuses your server",
        .cause =
            "The French providers Orange (Wanadoo) and La Poste turned {ip} away before looking at the "
            "message: its reputation is poor, or it sent too much. The code at the end (OFR…, LPN…) tells "
            "their postmaster more.",
        .steps = {check_lists, find_source, "Check the reverse name: `nslookup {ip}`", use_smart_host,
                  "Send slowly: IIS 6.0 Manager > SMTP Virtual Server > Properties > Delivery > Outbound "
                  "Connections > Limit number of connections per domain to: 2",
                  "Then write to the postmaster of {recipient-domain}, with the code and {ip}"},
        .sample = "550 5.5.0 Service refuse. Veuillez essayer plus tard. service refused, please try later. "
                  "LPN001_108",
    },
    {
        .id = "ip-blocked-free-fr",
        .category = Category::ip_blocked,
        .owner = Owner::you,
        .when = {.text = "spams from your IP|spam from your IP|postmaster.free.fr"},
        .title = "Free.fr takes no more mail from your IP address: too much of it was spam",
        .cause = "Free counts how much mail from {ip} its filters rate as spam, and stops the address for a "
                 "while.",
        .steps = {find_source, "Wait a day: such a block usually ends by itself",
                  "The postmaster page tells more: https://postmaster.free.fr/", use_smart_host},
        .reference = "https://postmaster.free.fr/",
        .sample = "421 Too many spams from your IP (192.0.2.4), please visit http://postmaster.free.fr/",
    },
    {
        .id = "ip-blocked-mailru",
        .category = Category::ip_blocked,
        .owner = Owner::you,
        .when =
            {.text =
                 "Access from ip address*blocked|mail.ru/cgi-bin/support_bl|help.mail.ru/notspam-support*ip|"
                 "Try again later from*mail.ru"},
        .title = "Mail.ru blocks your IP address",
        .cause = "Mail.ru received unwanted mail from {ip}.",
        .steps = {"Open the address in the reply and ask for removal there", find_source, use_smart_host,
                  send_again},
        .sample = "550 Access from ip address 192.0.2.4 blocked. Visit "
                  "http://win.mail.ru/cgi-bin/support_bl?ip=192.0.2.4",
    },
    {
        .id = "ip-blocked-netease",
        .category = Category::ip_blocked,
        .owner = Owner::you,
        .when = {.text = "HL:REP|HL:IPB|HL:ITC|HL:ICC|HL:IFC|HL:MEP|MI:IPB|MI:IMF|MI:STC|RP:CEL|RP:RCL|"
                         "RP:QRC|MI:CEL|Reject by behaviour spam|ANTISPAM_BAT"},
        .title = "NetEase (163.com) or Alibaba refuses your server",
        .cause =
            "The Chinese mail host rates {ip} or its sending behaviour as suspect. The letters in the reply "
            "(HL:, MI:, RP:) name the rule.",
        .steps = {"Look the code up at the address in the reply", check_lists, find_source,
                  "Send slowly, and with SPF and DKIM in order: `nslookup -type=txt {from-domain}`",
                  use_smart_host, send_again},
        .sample = "421 HL:REP 163 mx11,QMCowECpA0qTiftVaeB3Cg--.872S2 1442548128 "
                  "http://mail.163.com/help/help_spam_16.htm",
    },

    // Address blocked, reason known
    {
        .id = "ip-blocked-open-relay",
        .category = Category::ip_blocked,
        .owner = Owner::you,
        .when = {.text = "no access from mail server*open relay|which is an open relay|is an open relay|"
                         "open mail relay|open proxy|open smtp relay|from open relay|open relay|"
                         "you are an open|anonymous proxy|tor exit"},
        .title = "Your server is taken for one that passes on mail for strangers",
        .cause =
            "The receiving server found, or read in a list, that {ip} relays mail for anybody. Spammers use "
            "such servers within hours.",
        .steps =
            {"Close it: IIS 6.0 Manager > SMTP Virtual Server > Properties > Access > Relay > Only the list "
             "below > only your own computers",
             "Postfix: `postconf mynetworks smtpd_relay_restrictions` must name only your own networks and "
             "end in reject_unauth_destination",
             "Let the firewall keep port 25 of the relay closed to the internet, unless it receives mail",
             "Empty the queue of foreign mail, then ask the list for removal", check_lists, send_again},
        .reference = "RFC 2505 section 2.1",
        .sample =
            "501 <billing@example.com>... no access from mail server [192.0.2.55] which is an open relay.",
    },
    {
        .id = "ip-blocked-dynamic",
        .category = Category::ip_blocked,
        .owner = Owner::you,
        .when =
            {.text =
                 "use the smtp server of your ISP|smtp server of your ISP|your ISP's mail server|your ISP's "
                 "SMTP|your ISP's smarthost|use your ISP|use your provider's|your provider's mail server|"
                 "relay through your ISP|through your ISP|dynamic IP|dynamic address|dynamic/residential|"
                 "dynamically assigned|dynamic host|dynamic range|dynamic ranges|dial-up|dialup|residential "
                 "IP|residential address|consumer IP|DSL customer|home connection|end-user IP|direct-to-MX|"
                 "direct to MX|smart host of your|smarthost of your|looks like a dynamic|dynamic pool|"
                 "dynamic client|generic hostname"},
        .title = "The server takes no mail straight from a home or office line",
        .cause =
            "The address {ip} belongs to a range of changing addresses. Mail servers do not live there, but "
            "infected computers do, so the receiving server refuses the whole range.",
        .steps =
            {use_smart_host,
             "Postfix: `postconf -e \"relayhost=[smtp.office365.com]:587\" smtp_sasl_auth_enable=yes "
             "smtp_tls_security_level=encrypt` and `systemctl reload postfix`",
             "Only a fixed address with a reverse name of its own can send by itself; your provider sells "
             "it with a business line",
             send_again},
        .sample = "550 5.7.0 <user@example.jp>... Please use the smtp server of your ISP.",
    },
    {
        .id = "ip-blocked-country",
        .category = Category::ip_blocked,
        .owner = Owner::recipient,
        .when = {.text = "from your country|blocked country|country is blocked|country blocked|country*not "
                         "allowed|country*not accepted|mail from your location|geographic|geo-block|geoblock|"
                         "geoip|your country"},
        .title = "The recipient's server refuses mail from your country",
        .cause =
            "Somebody at {recipient-domain} decided to take no mail from the country to which {ip} belongs.",
        .steps = {"Ask the recipient by phone to have your server let in", ask_postmaster,
                  "Send through Microsoft 365 or another smart host, whose address lies elsewhere",
                  send_again},
        .sample = "554 5.7.1 Sorry, mail from your country is not accepted here",
    },
    {
        .id = "ip-blocked-ipv6",
        .category = Category::ip_blocked,
        .owner = Owner::you,
        .when =
            {.text =
                 "not accept email over IPv6|not accept mail over IPv6|not accept e-mail over IPv6|IPv6 not "
                 "accepted|mail over IPv6 is not accepted|IPv6 is not accepted"},
        .title = "The recipient takes no mail over IPv6",
        .cause =
            "Your relay delivered from an IPv6 address, and {recipient-domain} accepts mail over IPv4 only.",
        .steps =
            {"Postfix: `postconf -e inet_protocols=ipv4` and `systemctl restart postfix`",
             "Windows: take the IPv6 address off the network card of the relay, or send through a smart host",
             "Tell the recipient's administrator: either remove the AAAA record of the MX host, or accept "
             "IPv6",
             send_again},
        .reference = microsoft_ndr,
        .sample = "550 5.7.510 Access denied, example.com does not accept email over IPv6",
    },
    {
        .id = "ip-blocked-not-for-domain",
        .category = Category::ip_blocked,
        .owner = Owner::you,
        .when =
            {.text =
                 "INVALID IP FOR SENDING MAIL|IP for sending mail of domain|IP is not allowed to send|"
                 "IP not allowed to send|IP address is not allowed to send|IP address not allowed|"
                 "IP address is not authorized|unauthorized IP|IP not authorized|IP is not authorized|"
                 "not an authorized IP|IP address*not whitelisted|IP is not whitelisted|IP not whitelisted"},
        .title = "Your IP address may not send for this domain",
        .cause = "The server keeps a list of the addresses that may send for the sender's domain or for your "
                 "account, and {ip} is not on it.",
        .steps =
            {"If it is your mail service: log in there and add {ip} to the authorised IP addresses; a new "
             "internet line has a new one",
             "If it is the recipient's server: send through the smart host of {from-domain}, not straight",
             "Complete the SPF record of {from-domain}: `nslookup -type=txt {from-domain}`", send_again},
        .sample = "525 5.7.1 Unauthorized IP address",
    },
    {
        .id = "ip-blocked-listed",
        .category = Category::ip_blocked,
        .owner = Owner::you,
        .when = {.text =
                     "ip in blacklist*service.mail.qq.com|temporarily unavailable*blocked using|blocked "
                     "using|blacklisted|black listed|black-listed|blocklisted|block-listed|block listed|"
                     "blacklist|block list|blocklist|blacklists|DNSBL|in DNS blacklist|RBL listed|listed "
                     "in RBL|in an RBL|by RBL|an RBL|RBL-|rejected by DNSBL|blocked by DNSBL|is listed in|"
                     "is listed at|is listed on|is listed by|listed at|found on one or more|blocked by "
                     "*.net|blocked by *.org|spamrbl|spam-ip|IP in blacklist|Blocked IP|ip blocked|has "
                     "been blocked by|spam source|known spam source|spammer|spam-sending|sending spam| rbl."},
        .title = "Your IP address is on a block list",
        .cause =
            "The receiving server asks a list of addresses that sent unwanted mail, and {ip} is on it. The "
            "reply mostly names the list and its web page.",
        .steps = {find_ip, "Open the page named in the reply, look {ip} up, and read why it is listed",
                  check_lists, find_source, "Ask for removal on the list's page when the cause is gone",
                  use_smart_host, ask_provider_ip, send_again},
        .sample = "554 5.7.1 <smtp-out.example.com[203.0.113.22]>: Client host rejected: blocked using "
                  "rbl.example.org; Please see http://rbl.example.org/?ip=203.0.113.22",
    },
    {
        .id = "ip-blocked-client-host",
        .category = Category::ip_blocked,
        .owner = Owner::you,
        .when = {.text =
                     "host reject|Client host rejected: Access denied|Client host blocked|Connection "
                     "rejected by policy|Connection refused by policy|connection from your|connections "
                     "from this host|no access from mail server|Your IP*blocked|Your host*blocked|your "
                     "server*blocked|your IP is|your ip address is|Go away|host is not allowed|host not "
                     "allowed|host is blocked|IP address*is blocked|refuse connections from|we do not "
                     "accept mail from hosts|not accepting mail from your|not accept mail from your "
                     "server|refused to talk to you|not accepted from this IP|not accept connections from|"
                     "Connections from this| IP *blocked by| IP *is blocked|suspected bounce attacks|"
                     "suspected spam ip"},
        .title = "The recipient's server refuses your IP address",
        .cause =
            "The server turns {ip} away whatever the message: by a list of its own, a public block list, or "
            "because of what came from there before.",
        .steps = {find_ip, check_lists, find_source, "Check the reverse name: `nslookup {ip}`",
                  use_smart_host, ask_postmaster, send_again},
        .sample = "554 5.7.1 <mail.example.com[192.0.2.4]>: Client host rejected: Access denied",
    },
    {
        .id = "ip-blocked-reputation",
        .category = Category::ip_blocked,
        .owner = Owner::you,
        .when = {.text = "poor reputation|bad reputation|low reputation|reputation of your|sender reputation|"
                         "IP reputation|reputation score|reputation filter|reputation block|sender score|"
                         "senderscore|reputation of the IP|reputation of the sending|due to reputation|"
                         "reputation too low|based on reputation|your reputation|reputation is"},
        .title = "Your server's reputation is too poor for the recipient",
        .cause =
            "The receiving filter rates servers by what they sent before, and {ip} came off badly. A new "
            "address without any history is rated badly, too.",
        .steps = {check_lists, find_source, use_smart_host,
                  "Check reverse name and SPF: `nslookup {ip}` and `nslookup -type=txt {from-domain}`",
                  ask_postmaster, send_again},
        .sample = "550 Message refused: your server has a poor reputation",
    },
    {
        .id = "ip-blocked-vague",
        .category = Category::ip_blocked,
        .owner = Owner::recipient,
        .when = {.code = "5",
                 .text = "Access denied...|blocked|Connection rejected|connection denied|connection refused "
                         "by|access rejected|banned|not welcome|refused connection|rejected*blocked|"
                         "blocked*rejected|rejected*banned",
                 .proof = Proof::hint},
        .title = "The recipient's server blocks you and does not say why",
        .cause =
            "The reply names no reason. Mostly it is the reputation of the sending address, or a rule of "
            "the recipient's administrator.",
        .steps = {find_ip, check_lists,
                  "Check reverse name and SPF: `nslookup {ip}` and `nslookup -type=txt {from-domain}`",
                  ask_postmaster, use_smart_host},
        .sample = "550 Access denied...7d39d5299584f4be161127e61f5f5400...",
    },

    // SPF
    {
        .id = "spf-fail-microsoft",
        .category = Category::spf_fail,
        .owner = Owner::dns_admin,
        .when =
            {.text =
                 "rejected because of Sender Policy Framework violation|Sender Policy Framework violation"},
        .title = "The SPF record of {from-domain} does not allow the server that sent",
        .cause =
            "The recipient asked DNS which servers may send for {from-domain}, and the one that delivered "
            "is not among them. Typical: a relay or device sends on its own line, a new provider was not "
            "added, the record counts more than ten look-ups, or there are two records.",
        .steps = {show_spf, complete_spf,
                  "Keep exactly one record that begins with v=spf1; join two into one", one_way_out,
                  "DNS changes take up to the record's TTL; then send again"},
        .reference = microsoft_ndr,
        .sample = "550 5.7.23 The message was rejected because of Sender Policy Framework violation",
    },
    {
        .id = "spf-fail-gmail",
        .category = Category::spf_fail,
        .owner = Owner::dns_admin,
        .when = {.text = "has an SPF record with a hard fail|SPF record with a hard fail|"
                         "blocked because SPF does not pass|because SPF does not pass|p=SpfHardFail|"
                         "rate limited because SPF does not pass|fails to pass SPF checks|"
                         "SPF authentication didn't pass"},
        .title = "Gmail: the SPF record of {from-domain} forbids the server that sent",
        .cause =
            "The domain's record names the servers that may send and ends in -all, and {ip} is not one of "
            "them. Gmail takes the domain at its word.",
        .steps =
            {show_spf, complete_spf, one_way_out, enable_dkim,
             "If a recipient forwards your mail to Gmail, SPF always fails there; DKIM helps, SPF cannot"},
        .reference = google_senders,
        .sample = "550-5.7.26 The MAIL FROM domain [email.example.jp] has an SPF record with a hard "
                  "fail\n550-5.7.26 policy (-all) but it fails to pass SPF checks with the ip:\n550-5.7.26 "
                  "[203.0.113.22]. To best protect our users from spam and phishing,\n550 5.7.26 "
                  "https://support.google.com/mail/answer/81126#authentication - gsmtp",
    },
    {
        .id = "spf-fail-record-broken",
        .category = Category::spf_fail,
        .owner = Owner::dns_admin,
        .when =
            {.text =
                 "SPF PermError|SPF permanent error|PermError*SPF|SPF: permanent error|SPF*permanent error|"
                 "SPF*PermError|SPF*too many DNS lookups|too many DNS lookups|too many lookups|"
                 "Bad SPF records|bad SPF record|invalid SPF record|SPF record is invalid|SPF record*invalid|"
                 "SPF*syntax error|multiple SPF records|malformed SPF|SPF record*could not be|"
                 "SPF*unable to interpret|Error in processing SPF|SPF processing error|broken SPF"},
        .title = "The SPF record of {from-domain} is broken",
        .cause =
            "The record cannot be evaluated: two records instead of one, a typing error, an include that no "
            "longer exists, or more than ten DNS look-ups. Receivers then treat the mail as not allowed.",
        .steps = {show_spf, "Keep exactly one record that begins with v=spf1; join two into one",
                  "Take out includes of services you no longer use; replace `a` and `mx` by `ip4:` addresses",
                  "Microsoft 365 alone needs only: `v=spf1 include:spf.protection.outlook.com -all`",
                  "Then send again"},
        .reference = "RFC 7208 section 4.6.4",
        .sample = "550 Bad SPF records for [example.org:192.0.2.2], see http://spf.pobox.com/",
    },
    {
        .id = "spf-fail-temporary",
        .category = Category::spf_fail,
        .owner = Owner::dns_admin,
        .severity = Severity::warning,
        .when = {.text = "SPF TempError|SPF temporary error|SPF*temporary error|SPF*TempError|TempError*SPF|"
                         "SPF*DNS timeout|SPF lookup*timed out|SPF*temporary failure|SPF*temporarily"},
        .title = "The SPF record of {from-domain} could not be read at the moment",
        .cause =
            "The receiving server asked for the record and got no answer from the domain's name servers, or "
            "from those of an include.",
        .steps = {wait_for_retry,
                  "Ask each name server: `nslookup -type=ns {from-domain}`, then `nslookup -type=txt "
                  "{from-domain} <name server>`",
                  "If one does not answer, call the DNS provider"},
        .reference = "RFC 7208 section 8.6",
        .sample = "451 4.4.3 SPF Temporary Error: DNS Timeout",
    },
    {
        .id = "spf-fail",
        .category = Category::spf_fail,
        .owner = Owner::dns_admin,
        .when = {.text =
                     "SPF check failed*service.mail.qq.com|SPF*service.mail.qq.com|SPF fail|SPF: fail|SPF "
                     "check failed|SPF check: fail|SPF check fail|SPF validation failed|SPF validation|"
                     "SPF verification failed|SPF failed|SPF failure|SPF hardfail|SPF hard fail|SPF "
                     "softfail|SPF soft fail|SPF Reject|rejected by SPF|rejected due to SPF|failed SPF|"
                     "fails SPF|fail SPF|fails to pass SPF|SPF not pass|did not pass SPF|does not pass "
                     "SPF|SPF unauthorized|SPF policy|SPF mismatch|SPF restrictions|SPF error|SPF lookup "
                     "failure|SPF verify|SPF Sender Invalid|SPF (Sender Policy Framework)|Sender Policy "
                     "Framework|per it's SPF Record|per its SPF record|their SPF record|SPF record does "
                     "not|SPF record*not*allow|not allowed by*SPF|not permitted by*SPF|not authorized "
                     "by*SPF|not authorised by*SPF|violates*SPF|violation of SPF|SPF violation|no SPF "
                     "record|SPF record missing|missing SPF|SPF record not found|without SPF|SPF records|"
                     "is not allowed to send from|is not allowed to send mail from|not allowed to send "
                     "mail for|not authorized to send mail for|not authorized to send from|does not "
                     "designate*permitted sender|not designate|is not a designated mailer|www.openspf.org|"
                     "www.openspf.net|openspf.org/why|openspf.net/Why|openspf|spf.pobox.com|domain owner "
                     "discourages use of this host|not authorized by domain|MI:SPF|(spf)|spf check|Sender "
                     "is not authorized*SPF|check the SPF|blocked by SPF|Sender ID (|SPF*sender not "
                     "permitted|SPF*not permitted"},
        .title = "The SPF record of {from-domain} does not allow the server that sent",
        .cause =
            "The recipient's server looked up which servers may send for {from-domain}, and {ip} is not "
            "among them. A relay or device that sends on its own line, or a new provider, is missing in the "
            "record.",
        .steps =
            {show_spf, complete_spf, one_way_out,
             "If the message was forwarded by the recipient, their forwarding breaks SPF; DKIM on your side "
             "helps",
             "DNS changes take up to the record's TTL; then send again"},
        .reference = "RFC 7208 section 8.4",
        .sample =
            "550 5.1.0 192.0.2.222 is not allowed to send from <example.net> per it's SPF Record. Please "
            "inspect your SPF settings, and try again.",
    },

    // DKIM
    {
        .id = "dkim-fail-gmail",
        .category = Category::dkim_fail,
        .owner = Owner::dns_admin,
        .when =
            {.text =
                 "blocked because DKIM does not pass|because DKIM does not pass|DKIM authentication didn't "
                 "pass|because DKIM authentication|DKIM does not pass"},
        .title = "Gmail misses a valid DKIM signature of {from-domain}",
        .cause =
            "Google wants bulk senders to sign their mail. It is not signed, or the signature does not fit "
            "the key in DNS.",
        .steps = {check_domain, enable_dkim, dkim_shell,
                  "Another mail service: switch DKIM on there and publish the record it shows", test_headers},
        .reference = google_senders,
        .sample =
            "550-5.7.30 This mail has been blocked because DKIM does not pass. Gmail requires all large "
            "senders to authenticate with DKIM. 550 5.7.30 "
            "https://support.google.com/mail/answer/81126#authentication - gsmtp",
    },
    {
        .id = "dkim-fail",
        .category = Category::dkim_fail,
        .owner = Owner::dns_admin,
        .when = {.text =
                     "DKIM fail|DKIM: fail|DKIM failed|DKIM failure|DKIM check failed|DKIM validation|DKIM "
                     "verification|DKIM verify|DKIM signature|bad DKIM|failed DKIM|fails DKIM|invalid DKIM|"
                     "DKIM-Signature|no DKIM|missing DKIM|DKIM missing|not DKIM signed|not signed with DKIM|"
                     "without DKIM|DKIM hash|DKIM key|DKIM record|DKIM body|no valid DKIM|no passing DKIM|"
                     "DKIM*did not verify|DKIM error|DKIM policy|DKIM permerror|body hash did not verify|"
                     "DomainKeys|No passing DKIM signature found|No acceptable DKIM signature found|DKIM "
                     "required"},
        .title = "The DKIM signature of the message is missing or does not verify",
        .cause =
            "The signature does not fit the message or the key in DNS. Either the key is not published, or "
            "something changed the message after it was signed: a disclaimer, a gateway, a relay that "
            "converts it.",
        .steps = {check_domain, enable_dkim, dkim_shell,
                  "If the key is right: let the last server on the way sign, after disclaimers and filters",
                  test_headers, "Then send again"},
        .reference = "RFC 6376 section 6",
        .sample = "550 5.7.20 No passing DKIM signature found",
    },

    // DMARC
    {
        .id = "dmarc-fail-microsoft",
        .category = Category::dmarc_fail,
        .owner = Owner::dns_admin,
        .when = {.text = "does not pass DMARC verification|does not pass DMARC|has a DMARC policy of reject"},
        .title = "DMARC of {from-domain} tells Microsoft 365 to refuse this message",
        .cause =
            "The domain in the From line publishes the policy 'reject', and the message passed neither SPF "
            "nor DKIM for that domain. It left by a way that the domain does not know: a device or relay on "
            "its own line, a web service, or a forwarding.",
        .steps = {complete_spf, enable_dkim, align_from, one_way_out, test_headers,
                  "Do not weaken the policy for good; p=none for some days while you repair is acceptable",
                  "Then send again"},
        .reference = microsoft_ndr,
        .sample =
            "550 5.7.509 Access denied, sending domain EXAMPLE.COM does not pass DMARC verification and has "
            "a DMARC policy of reject.",
    },
    {
        .id = "dmarc-fail-gmail",
        .category = Category::dmarc_fail,
        .owner = Owner::dns_admin,
        .when =
            {.text =
                 "is not accepted due to domain's DMARC policy|is not accepted due to domain's|"
                 "p=DmarcRejection|Unauthenticated email from*DMARC policy|Unauthenticated email from|isn't "
                 "aligned with|is not aligned with*SPF|answer/2451690"},
        .title = "DMARC of {from-domain} tells Gmail to refuse this message",
        .cause =
            "The message carries {from-domain} in the From line but passed neither SPF nor DKIM for it, and "
            "the domain asks receivers to refuse such mail.",
        .steps = {complete_spf, enable_dkim, align_from, one_way_out, look_at_dmarc, test_headers,
                  "Then send again"},
        .reference = google_senders,
        .sample =
            "550-5.7.26 Unauthenticated email from example.jp is not accepted due to domain's\n550-5.7.26 "
            "DMARC policy. Please contact the administrator of example.jp domain if\n550-5.7.26 this was a "
            "legitimate mail.\n550 5.7.26 https://support.google.com/mail/?p=DmarcRejection "
            "98e67ed59e1d1.13 - gsmtp",
    },
    {
        .id = "dmarc-missing",
        .category = Category::dmarc_fail,
        .owner = Owner::dns_admin,
        .when =
            {.text =
                 "no DMARC record|does not have a DMARC|doesn't have a DMARC|missing DMARC|DMARC record "
                 "missing|DMARC record not found|DMARC record is missing|without DMARC|lacks a DMARC|DMARC "
                 "record*required|publish a DMARC|must have a DMARC"},
        .title = "{from-domain} has no DMARC record, and the recipient wants one",
        .cause = "Large mail hosts take bulk mail only from domains that publish DMARC.",
        .steps = {look_at_dmarc,
                  "Publish at the DNS provider, name _dmarc.{from-domain}, type TXT: `v=DMARC1; p=none; "
                  "rua=mailto:postmaster@{from-domain}`",
                  check_domain, enable_dkim, "Then send again"},
        .reference = "RFC 7489 section 6.3",
        .sample = "550 5.7.1 Message rejected: the sending domain does not have a DMARC record",
    },
    {
        .id = "dmarc-fail",
        .category = Category::dmarc_fail,
        .owner = Owner::dns_admin,
        .when = {.text = "DMARC check failed*service.mail.qq.com|DMARC policy|DMARC check failed|"
                         "DMARC check|DMARC validation|DMARC verification|DMARC failed|DMARC failure|"
                         "DMARC fail|DMARC: fail|failed DMARC|fails DMARC|fail DMARC|due to DMARC|"
                         "rejected by DMARC|per DMARC|by DMARC|DMARC reject|DMARC evaluation|"
                         "DMARC authentication|DMARC violation|violates DMARC|violation of*DMARC|"
                         "DMARC compliance|DMARC alignment|DMARC rules|DMARC unauthenticated|"
                         "DMARC unauthorized|did not pass DMARC|not pass DMARC|pass DMARC|"
                         "DMARC disallow|DMARC test|DMARC blocked|DMARC enforcement|DMARC"},
        .title = "The message fails DMARC of {from-domain}",
        .cause = "The recipient's server compared the From line with what SPF and DKIM prove. Neither proves "
                 "{from-domain}, and the domain's DMARC policy asks to refuse such mail.",
        .steps = {look_at_dmarc, one_way_out, enable_dkim, complete_spf, align_from, test_headers,
                  "Then send again"},
        .reference = "RFC 7489 section 6.6",
        .sample = "554 5.7.1 Your message was rejected due to example.org's DMARC policy. See "
                  "https://support.apple.com/en-us/HT204137 for info",
    },

    // Not authenticated at all, or several checks at once
    {
        .id = "sender-authentication-gmail",
        .category = Category::sender_authentication,
        .owner = Owner::dns_admin,
        .when = {.text =
                     "blocked because the sender is unauthenticated|because the sender is unauthenticated|"
                     "sender is unauthenticated|requires all senders to authenticate|requires all senders "
                     "to 550-5.7.26 authenticate|mail is unauthenticated|does not have authentication "
                     "information or fails to pass|does not have authentication information|fails to pass "
                     "authentication checks|p=UnauthenticatedError|answer/81126#authentication|because "
                     "it's unauthenticated|poses a security risk to the sender|must authenticate with "
                     "either SPF or DKIM|authenticate with either SPF or DKIM"},
        .title = "The message has neither a valid SPF nor a DKIM result",
        .cause = "Gmail, and Yahoo likewise, take mail only when SPF or DKIM proves the sender's domain. For "
                 "{from-domain} neither did: the sending server is not in the SPF record, and nothing signs.",
        .steps = {check_domain, one_way_out, complete_spf, enable_dkim, align_from, test_headers,
                  "Then send again"},
        .reference = google_senders,
        .sample =
            "550-5.7.26 This mail has been blocked because the sender is unauthenticated. Gmail requires "
            "all senders to authenticate with either SPF or DKIM.",
    },
    {
        .id = "sender-authentication-outlook-com",
        .category = Category::sender_authentication,
        .owner = Owner::dns_admin,
        .when = {.text = "meet the required authentication level|required authentication level"},
        .title = "Outlook.com wants SPF, DKIM and DMARC from {from-domain}",
        .cause =
            "Domains that send much to Outlook.com, Hotmail and Live (5,000 messages a day) must pass SPF "
            "and DKIM and publish DMARC. At least one of them is missing or fails.",
        .steps = {check_domain, complete_spf, enable_dkim,
                  "Publish at the DNS provider, name _dmarc.{from-domain}, type TXT: `v=DMARC1; p=none; "
                  "rua=mailto:postmaster@{from-domain}`",
                  align_from, test_headers, "Then send again"},
        .reference = "https://sendersupport.olc.protection.outlook.com/pm/",
        .sample =
            "550 5.7.515 Access denied, sending domain EXAMPLE.COM doesn't meet the required authentication "
            "level.",
    },
    {
        .id = "sender-authentication-ipv6",
        .category = Category::sender_authentication,
        .owner = Owner::dns_admin,
        .when = {.text = "must pass either SPF or DKIM validation|sent over IPv6*must pass|"
                         "message sent over IPv6|p=IPv6AuthError|IPv6 sending guidelines"},
        .title = "Mail over IPv6 needs SPF or DKIM, and this one has neither",
        .cause =
            "Your relay delivered over IPv6. Microsoft 365 and Google take that only with a valid SPF or "
            "DKIM result, and the SPF record mostly knows the IPv4 address alone.",
        .steps = {"Let the relay send over IPv4; Postfix: `postconf -e inet_protocols=ipv4` and `systemctl "
                  "restart postfix`; Windows: take the IPv6 address off the network card",
                  "Or add the IPv6 network to the SPF record, as ip6:", enable_dkim, one_way_out,
                  "Then send again"},
        .reference = microsoft_ndr,
        .sample =
            "450 4.7.26 Access denied, a message sent over IPv6 [2001:db8::1] must pass either SPF or DKIM "
            "validation, this message is not signed",
    },
    {
        .id = "sender-authentication",
        .category = Category::sender_authentication,
        .owner = Owner::dns_admin,
        .when =
            {.text =
                 "Multiple authentication checks failed|authentication checks failed|"
                 "sender authentication failed|sender authentication|email authentication failed|"
                 "message authentication failed|failed email authentication|failed authentication checks|"
                 "fails authentication checks|not authenticated*SPF|SPF and DKIM|SPF or DKIM|SPF/DKIM|"
                 "neither SPF nor DKIM|SPF, DKIM|DKIM or SPF|DKIM and SPF|unauthenticated email|"
                 "unauthenticated mail|unauthenticated message|unauthenticated sender|Sender unauthenticated|"
                 "message is not authenticated|not pass authentication|failed sender verification"},
        .title = "The recipient's server cannot verify who sent the message",
        .cause = "More than one of SPF, DKIM and DMARC failed for {from-domain}.",
        .steps = {check_domain, one_way_out, complete_spf, enable_dkim, align_from, test_headers,
                  "Then send again"},
        .reference = "RFC 7372 section 3.4",
        .sample = "550 5.7.26 <user@example.net>: Recipient address rejected: Multiple authentication checks "
                  "failed",
    },

    // No reverse name
    {
        .id = "ptr-missing-ipv6-microsoft",
        .category = Category::ptr_missing,
        .owner = Owner::you,
        .when = {.text =
                     "sending IPv6 address*must have a reverse DNS record|must have a reverse DNS record"},
        .title = "Your server's IPv6 address has no reverse name",
        .cause =
            "The relay delivered over IPv6, and Microsoft 365 takes that only from addresses with a reverse "
            "name.",
        .steps = {"Let the relay send over IPv4; Postfix: `postconf -e inet_protocols=ipv4` and `systemctl "
                  "restart postfix`; Windows: take the IPv6 address off the network card",
                  ask_for_ptr, no_static_ip, send_again},
        .reference = microsoft_ndr,
        .sample =
            "550 5.7.25 Access denied, the sending IPv6 address [2001:db8::1] must have a reverse DNS record",
    },
    {
        .id = "ptr-missing-gmail",
        .category = Category::ptr_missing,
        .owner = Owner::you,
        .when = {.text = "does not have a PTR record|doesn't have a PTR record|"
                         "corresponding forward DNS entry does not|p=IPv6PtrError|answer/81126#ip-practices|"
                         "address sending this message does not have|PTR record setup"},
        .title = "Gmail refuses your server because its address has no matching name",
        .cause =
            "{ip} has no reverse name (PTR), or the name does not lead back to it. Gmail takes no mail from "
            "such servers.",
        .steps = {see_ptr, ask_for_ptr, add_a_record, no_static_ip, send_again},
        .reference = google_senders,
        .sample =
            "550-5.7.25 [192.0.2.4] The IP address sending this message does not have a PTR record setup, "
            "or the corresponding forward DNS entry does not point to the sending IP. 550 5.7.25 "
            "https://support.google.com/mail/answer/81126#ip-practices - gsmtp",
    },
    {
        .id = "ptr-mismatch",
        .category = Category::ptr_missing,
        .owner = Owner::you,
        .when = {.text =
                     "mismatches client ip|IP name possibly forged|possibly forged|does not match*reverse|"
                     "reverse*does not match|reverse*not match|PTR*does not match|PTR*not match|"
                     "PTR*mismatch|rDNS*mismatch|reverse*mismatch|forward and reverse|forward-confirmed|"
                     "forward confirmed|FCrDNS|iprev|unverifyable sending IP|unverifiable sending IP|does "
                     "not resolve to*IP|does not resolve back|not resolve back|hostname does not match|"
                     "name does not match address|does not match the IP"},
        .title = "Your server's reverse name and its address do not match",
        .cause =
            "{ip} has a name, but the name leads to another address, or is another than the one the server "
            "greets with.",
        .steps = {see_ptr, add_a_record, "Let the server greet with the same name", iis_name, postfix_name,
                  ask_for_ptr, no_static_ip, send_again},
        .reference = "RFC 1912 section 2.1",
        .sample = "550 domain [example.com] mismatches client ip 192.0.2.225.",
    },
    {
        .id = "ptr-missing",
        .category = Category::ptr_missing,
        .owner = Owner::you,
        .when = {.text = "PTR record|PTR resource record|Bad DNS PTR resource record|no PTR|missing PTR|PTR "
                         "missing|invalid PTR|without PTR|PTR lookup|PTR check|a valid PTR|"
                         "error-messages?ip=*c=rdns|c=rdns|reverse DNS|Reverse DNS required|missing reverse "
                         "DNS|no reverse DNS|reverse DNS failed|Fix reverse DNS|reverse DNS lookup|rDNS|"
                         "reverse lookup|reverse hostname|reverse host name|reverse name|reverse mapping|"
                         "reverse resolution|reverse record|reverse entry|reverse domain|cannot find your "
                         "hostname|cannot find your reverse hostname|can't find your hostname|Client host "
                         "rejected: cannot find your hostname|Client host rejected: cannot find your reverse "
                         "hostname|Connections not accepted from servers without a valid sender domain|"
                         "servers without a valid sender|IP name lookup failed|Access denied. IP name lookup "
                         "failed|unresolvable hostname|unable to resolve your hostname|unresolvable relay "
                         "host|could not resolve your IP|cannot resolve your address|cannot resolve your IP|"
                         "cannot resolve PTR|does not resolve to a name|no host name|no hostname for|has no "
                         "name in DNS|address not found in DNS|not resolve to a hostname|[C14]|CXDNS|"
                         "in-addr.arpa|no rdns"},
        .title = "Your server's address has no reverse name (PTR)",
        .cause =
            "The receiving server looked up the name of {ip} in DNS and found none. Most mail servers "
            "refuse mail from nameless addresses. Only the owner of the address, your internet provider, "
            "can set the name.",
        .steps = {see_ptr, ask_for_ptr, add_a_record, "Let the server greet with the same name", iis_name,
                  no_static_ip, send_again},
        .reference = "RFC 1912 section 2.1",
        .sample = "450 4.7.1 Client host rejected: cannot find your reverse hostname, [192.0.2.4]",
    },

    // HELO
    {
        .id = "helo-bad-microsoft",
        .category = Category::helo_bad,
        .owner = Owner::you,
        .when = {.text = "Access Denied, Bad HELO|Bad HELO"},
        .title = "Your server greets with a name that is not its own",
        .cause = "The relay says EHLO with the receiver's name, or with another one that cannot be right. "
                 "Filters take that for a spammer's trick.",
        .steps =
            {iis_name, postfix_name,
             "Check that no firewall in between rewrites the greeting (Cisco: switch `inspect esmtp` off)",
             send_again},
        .reference = microsoft_ndr,
        .sample = "550 5.7.506 Access Denied, Bad HELO",
    },
    {
        .id = "helo-bad-domain-name",
        .category = Category::helo_bad,
        .owner = Owner::you,
        .when = {.code = "501", .text = "Invalid domain name"},
        .title = "The server cannot read the name your program greets with",
        .cause =
            "The name after EHLO holds an underscore, a blank or another character that host names must not "
            "have, or is empty. It is mostly the computer's name in Windows.",
        .steps = {iis_name, postfix_name,
                  "Scanner or program: set its host name to plain letters, digits and hyphens",
                  "Rename the computer if the program always uses the Windows name", send_again},
        .reference = "RFC 5321 section 4.1.1.1",
        .sample = "501 5.5.4 Invalid domain name",
    },
    {
        .id = "helo-listed",
        .category = Category::helo_bad,
        .owner = Owner::you,
        .when =
            {.text =
                 "Helo domain is listed in Spamhaus|Helo domain is listed|HELO*listed in Spamhaus|(S8001)|"
                 "helo*dbl.spamhaus"},
        .title = "The name your server greets with is on Spamhaus' list",
        .cause =
            "Not your address but the name after EHLO is listed: a shared or made-up name that spammers use "
            "as well.",
        .steps = {iis_name, postfix_name, "Look the name up: https://check.spamhaus.org/", send_again},
        .reference = "https://check.spamhaus.org/",
        .sample =
            "550 5.7.1 Service unavailable, Helo domain is listed in Spamhaus. To request removal from this "
            "list see https://www.spamhaus.org/query/lookup/ (S8001)",
    },
    {
        .id = "helo-bad",
        .category = Category::helo_bad,
        .owner = Owner::you,
        .when =
            {.text =
                 "HELO / EHLO requires domain address|requires domain address|requires valid address|Helo "
                 "command rejected: need fully-qualified hostname|Helo command rejected|HELO command "
                 "rejected: Host not found|helo rejected|HELO reject|Syntactically invalid HELO|"
                 "Syntactically invalid EHLO|syntactically invalid argument|invalid HELO|invalid EHLO|bad "
                 "EHLO|HELO invalid|EHLO invalid|malformed HELO|malformed EHLO|HELO name|EHLO name|HELO "
                 "hostname|EHLO hostname|HELO host name|HELO string|HELO argument|EHLO argument|HELO domain|"
                 "EHLO domain|HELO must|EHLO must|HELO should|HELO does not|HELO not|HELO is|HELO/EHLO|"
                 "EHLO/HELO|HELO or EHLO|HELO mismatch|HELO doesn't|HELO lookup|HELO check|HELO access "
                 "denied|fake HELO|forged HELO|HELO forged|HELO spoof|HELO with|HELO using|you are not me|"
                 "impersonating HELO|not a valid HELO|unqualified HELO|unresolvable HELO|HELO restrictions|"
                 "HELO/MX|invalid greeting|valid hostname in HELO|in your HELO|your HELO|Invalid hostname|"
                 "hostname is invalid|invalid host name|need fully-qualified hostname"},
        .title = "The server does not accept the name your server greets with",
        .cause = "A mail server introduces itself with EHLO and its full name. Yours gives a short name "
                 "(SERVER01), a name that is not in DNS, an IP address without brackets, or somebody else's "
                 "name.",
        .steps =
            {iis_name, postfix_name,
             "Add an A record for that name at the DNS provider of your domain, with the relay's public IP "
             "address",
             "Let the reverse name of the address be the same: `nslookup {ip}`",
             "Scanner or program: set host name and domain in its network settings", send_again},
        .reference = "RFC 5321 section 4.1.1.1",
        .sample = "504 5.5.2 <SERVER01>: Helo command rejected: need fully-qualified hostname",
    },

    // Viruses
    {
        .id = "virus-reject-mimecast",
        .category = Category::virus_reject,
        .owner = Owner::you,
        .when = {.text = "Email rejected due to security policies|MCSpamSignature|MCVirus"},
        .title = "Mimecast found the pattern of a virus or of spam in the message",
        .cause = "The recipient's Mimecast gateway knows a signature for something in the message: an "
                 "attachment, a link or a piece of text.",
        .steps = {"Scan the sending computer and the attachment for viruses",
                  "Send the document as PDF, without macros, archives and shortened links", plain_test,
                  "If the message is clean, ask the recipient's administrator to report it to Mimecast as "
                  "wrongly rejected, with the whole reply"},
        .sample = "554 email rejected due to security policies - MCSpamSignature.sa.2.2",
    },
    {
        .id = "virus-reject",
        .category = Category::virus_reject,
        .owner = Owner::you,
        .when = {.text = "virus detected*rejected|virus*content rejected|virus detected|virus found|virus "
                         "infected|infected with|is infected|was infected|infected by|infected message|"
                         "infected attachment|message infected|contains a virus|contains virus|contained a "
                         "virus|contains the virus|containing a virus|contains malware|contained malware|"
                         "malware detected|malware found|malware|detected a virus|found a virus|found virus|"
                         "viruses|a virus|by virus|virus check|virus scan|virus:|virus (|virus in|virus name|"
                         "computer virus|worm detected|trojan|Eicar|ClamAV|Win32.|W32.|W32/|Heuristics.|"
                         "Phishing.Heuristics|INFECTED:|rejected*virus|virus*rejected|harmful content|"
                         "ransomware|exploit detected"},
        .title = "The recipient's virus scanner refuses the message",
        .cause =
            "The scanner found a virus in the message or its attachments, or something that looks like one, "
            "such as macros in an office file or a program inside an archive.",
        .steps =
            {"Scan the sending computer and the attachment with a current virus scanner, or at "
             "https://www.virustotal.com/ if it is not confidential",
             "If it is real: take the computer off the network, and look what else it sent",
             "If it is not: send the document as PDF, without macros, or put it on a share and mail the link",
             "Ask the recipient's administrator which name the scanner reported", send_again},
        .sample = "550 Virus Detected; Content Rejected",
    },

    // Spam
    {
        .id = "spam-reject-gmail",
        .category = Category::spam_reject,
        .owner = Owner::you,
        .when = {.text = "very low reputation of the sending domain|low reputation of the sending domain|"
                         "is likely unsolicited mail|likely unsolicited mail|is likely suspicious|"
                         "this message is suspicious due to|message is suspicious due to|"
                         "suspicious due to the nature of the content|nature of the content and/or the links|"
                         "p=UnsolicitedMessageError|UnsolicitedMessageError|answer/188131|answer/69585|"
                         "suspicious entries|p=UnsolicitedContentError"},
        .title = "Gmail takes the message for spam",
        .cause =
            "Content, links or the reputation of {from-domain} resemble what Gmail's users mark as spam.",
        .steps = {plain_test, calm_content,
                  "Let SPF, DKIM and DMARC be right; `nslookup -type=txt {from-domain}` and `nslookup "
                  "-type=txt _dmarc.{from-domain}` show the present records",
                  "Look at the domain's standing: https://postmaster.google.com/",
                  "Take everybody off the list who did not ask for the mail", send_again},
        .reference = google_senders,
        .sample =
            "550-5.7.1 [192.0.2.4] Our system has detected that this message is likely suspicious due to "
            "the very low reputation of the sending domain. 550 5.7.1 "
            "https://support.google.com/mail/answer/188131 - gsmtp",
    },
    {
        .id = "spam-reject-apple",
        .category = Category::spam_reject,
        .owner = Owner::you,
        .when = {.text = "[CS01] Message rejected due to local policy|[CS01]|[CS02]|[CS03]|[CS04]"},
        .title = "iCloud Mail refuses the content of the message",
        .cause = "Apple's filter finds the message, one of its links or the sender's domain suspect.",
        .steps = {plain_test, calm_content,
                  "Check SPF and DMARC, `nslookup -type=txt {from-domain}` and `nslookup -type=txt "
                  "_dmarc.{from-domain}`, and let the mail be signed with DKIM",
                  "Ask the recipient to add {from} to the contacts in iCloud",
                  "Then write to icloudadmin@apple.com with the verbatim reply", send_again},
        .reference = apple_senders,
        .sample = "550 5.7.1 [CS01] Message rejected due to local policy. Please visit "
                  "https://support.apple.com/en-us/HT204137",
    },
    {
        .id = "spam-reject-link",
        .category = Category::spam_reject,
        .owner = Owner::you,
        .when =
            {.text =
                 "Blacklisted URL in message|blacklisted URL|blacklisted link|spam URL in content|spam URL|"
                 "URL*blacklisted|URL*is listed|URIBL|uribl.com|SURBL|surbl.org|blacklisted by SURBL|"
                 "listed by uribl|URL listed|link*blacklist|URL blacklist|URL reputation|"
                 "domain in the message body|contains a blocked URL|contains a blacklisted|spam link|"
                 "malicious URL|malicious link|bad URL|suspicious URL|suspicious link|phishing URL|"
                 "lookup.uribl.com|invaluement"},
        .title = "The message links to a web site that is on a block list",
        .cause =
            "Not the sender but a link in the text is refused: its domain is on a list of domains seen in "
            "spam (URIBL, SURBL, Spamhaus DBL). Link shorteners and signatures with advertising are often "
            "the reason.",
        .steps =
            {"Look up every domain in the message, the signature's as well: https://admin.uribl.com/ and "
             "https://check.spamhaus.org/",
             "Send without the link, or with the full address of your own web site",
             "If your own domain is listed: have the web site checked for intruders, then ask for removal",
             send_again},
        .sample = "550 REJECTED - Blacklisted URL in message. (example.com) in [black]. See "
                  "http://lookup.uribl.com.",
    },
    {
        .id = "spam-reject-bulk-barracuda",
        .category = Category::spam_reject,
        .owner = Owner::you,
        .when = {.text =
                     "Message content rejected, UBE|content rejected, UBE|message content rejected|"
                     "rejected due to spam content|spam content|rejecting banned content|Content rejected"},
        .title = "The recipient's filter refuses the content as spam",
        .cause = "A content filter (amavis, Barracuda or the like) gave the message too high a spam score.",
        .steps = {plain_test, calm_content, ask_allow,
                  "Check SPF and the reverse name: `nslookup -type=txt {from-domain}` and `nslookup {ip}`",
                  ask_postmaster},
        .sample = "550 5.7.1 Message content rejected, UBE, id=22220-02-222",
    },
    {
        .id = "spam-reject",
        .category = Category::spam_reject,
        .owner = Owner::you,
        .when = {.text =
                     "Mail content denied*service.mail.qq.com|spam*service.mail.qq.com|, UBE,|spam "
                     "detected|detected as spam|identified as spam|classified as spam|flagged as spam|"
                     "recognized as spam|recognised as spam|considered spam|considered as spam|considered "
                     "to be spam|treated as spam|tagged as spam|marked as spam|rated as spam|determined "
                     "to be spam|rejected as spam|blocked as spam|refused as spam|reject as spam|as spam "
                     "by|spam message rejected|Spam message|message is spam|is spam|was spam|looks like "
                     "spam|appears to be spam|seems to be spam|likely spam|probable spam|probably spam|"
                     "possible spam|suspected spam|suspicion of SPAM|under suspicion of SPAM|spam "
                     "suspected|spam-like|spam score|spam filter|spam reject|spam block|spam blocked|spam "
                     "mail|spam email|spam rejected|spam received|spam policy|spam check|spam content "
                     "detected|contains spam|contain spam|containing spam|contenant du spam|for spam|to "
                     "be spam|rejected for spam|anti-spam|antispam|SpamAssassin|X-Spam|not accept spam|"
                     "don't accept spam|we don't want spam|unsolicited|junk mail|junk email|bulk mail "
                     "rejected|bulk email|unwanted mail|score too high|high spam|spam probability|"
                     "spamminess|Bayesian|GTUBE|DT:SPM|MI:SPB|DT:SUM|High probability of spam|Mail "
                     "content denied|OFR_506|OFR_416|LPN_506|Mail rejete|HVU:B|CON:B|phishing|message "
                     "scored|rejected by spam|rejected by anti|spamming|Message rejected as spam by "
                     "Content Filtering|Content Filtering|bogofilter|dspam|checksum*spam|pyzor|rspamd| "
                     "scam|spam is embedded"},
        .title = "The recipient's filter takes the message for spam",
        .cause =
            "Content, links or the sending server resemble spam. Automatic mail with little text, a large "
            "picture or attachment, and no DKIM scores badly.",
        .steps = {plain_test, calm_content, ask_allow,
                  "Check SPF and the reverse name: `nslookup -type=txt {from-domain}` and `nslookup {ip}`",
                  check_lists, ask_postmaster},
        .sample = "554 5.7.1 Email cannot be delivered. Reason: Email flagged as Spam.",
    },
    {
        .id = "spam-reject-vague",
        .category = Category::spam_reject,
        .owner = Owner::you,
        .when = {.text = "spam|rejected*spam|spam*rejected|refused*spam|blocked*spam|denied*spam",
                 .proof = Proof::hint},
        .title = "The recipient's server mentions spam as the reason",
        .cause = "The reply does not tell whether the content, the sender or the server is meant.",
        .steps = {plain_test, calm_content, check_lists, ask_allow, ask_postmaster},
        .sample = "550 No spam, please",
    },
};

} // namespace

std::span<const Rule> reputation_rows() {
    return rows;
}

} // namespace relaytool::diagnosis
