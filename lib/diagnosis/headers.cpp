#include "diagnosis/catalogue.hpp"

namespace relaytool::diagnosis {
namespace {

constexpr Rule rows[] = {
    // --- the way it went
    // ---------------------------------------------------------------------------------------------
    {
        .id = "headers-isp",
        .category = Category::sender_authentication,
        .owner = Owner::you,
        .severity = Severity::warning,
        .when = {.event = Event::check},
        .title = "Sent through {carrier}, not through Microsoft 365",
        .cause =
            "The program that wrote this mail, or the relay behind it, gave it to {host}, a mail server that all "
            "customers of {carrier} share. It never passed Microsoft 365: there is no signature of Microsoft 365 in it, "
            "and receivers see a stranger's server that says it is {domain}. That is what phishing looks like.",
        .steps =
            {"Find the setting \"SMTP server\" or \"smart host\" in the program or device that sends, and change it to "
             "`smtp.office365.com`, port 587, STARTTLS, with the login of a mailbox that may send as {from}",
             "Try that road first: `relaytool probe o365 --user <login> --from {from}`",
             "The program cannot log in or knows no TLS? Put a relay in between and give the relay that smart host; see "
             "what Office 365 needs: `relaytool probe --all-paths o365 --mx {domain}`",
             "Nothing else sends through {carrier}? Then take `include:{include}` out of the SPF record of {domain}: "
             "`relaytool spf suggest {domain}`",
             "Send again, and look at the new header: it must show a host of outlook.com and X-OriginatorOrg"},
        .reference = "RFC 7208 section 11.4",
    },
    {
        .id = "headers-iis-to-isp",
        .category = Category::sender_authentication,
        .owner = Owner::you,
        .severity = Severity::warning,
        .when = {.event = Event::check},
        .title = "Your IIS SMTP server gives its mail to {carrier}, not to Microsoft 365",
        .cause =
            "An IIS SMTP server is on the way, and the next server is {host}: its smart host is still that of the "
            "internet provider. The mail never passes Microsoft 365, so nothing proves that {domain} sent it.",
        .steps =
            {"On that server, IIS 6.0 Manager, the SMTP virtual server, Properties, Delivery, Advanced: set Smart host "
             "to `smtp.office365.com`",
             "Delivery, Outbound Security: Basic authentication with a mailbox's login, and tick TLS encryption. "
             "Delivery, Outbound connections: TCP port 587",
             "Try that road from the same server: `relaytool probe o365 --user <login> --from {from}`",
             "Nothing else sends through {carrier}? Then take `include:{include}` out of the SPF record of {domain}: "
             "`relaytool spf suggest {domain}`"},
        .reference = "RFC 7208 section 11.4",
    },
    {
        .id = "headers-other-provider",
        .category = Category::sender_authentication,
        .owner = Owner::you,
        .severity = Severity::warning,
        .when = {.event = Event::check},
        .title = "Sent through {carrier}, and nothing proves that {domain} allows that",
        .cause =
            "The mail came from {host}. It did not pass the mail service of {domain}, and neither SPF nor DKIM proves "
            "that the owner of {domain} lets that server send.",
        .steps =
            {"Is that your program or service? Then let it sign as {domain} (DKIM), or let its servers in by SPF: "
             "`relaytool spf check {domain} --ip {ip}`",
             "Or let it send through the mail service of {domain}: with Microsoft 365 `smtp.office365.com`, port 587; try "
             "it: `relaytool probe o365 --user <login> --from {from}`",
             "It is not yours? Then somebody uses your name: `relaytool domain check {domain}` shows whether your DMARC "
             "policy tells receivers to refuse that"},
        .reference = "RFC 9989 section 4.4",
    },
    {
        .id = "headers-own-server",
        .category = Category::sender_authentication,
        .owner = Owner::you,
        .severity = Severity::warning,
        .when = {.event = Event::check},
        .title = "Sent straight from {ip}, and nothing proves that {domain} allows that",
        .cause =
            "A server or program at {ip} gave the mail to the recipient's server itself. It did not pass the mail "
            "service of {domain}, and neither SPF nor DKIM proves that the owner of {domain} lets that address send.",
        .steps =
            {"Is that your server? Then let it in by SPF: `relaytool spf check {domain} --ip {ip}` shows what is missing; "
             "its reverse name must be right as well: `relaytool domain check {domain} --ip {ip}`",
             "Better: let it send through the mail service of {domain}; with Microsoft 365 `smtp.office365.com`, port "
             "587: `relaytool probe o365 --user <login> --from {from}`",
             "It is not yours? Then somebody uses your name: `relaytool domain check {domain}` shows whether your DMARC "
             "policy tells receivers to refuse that"},
        .reference = "RFC 9989 section 4.4",
    },
    {
        .id = "headers-direct-send",
        .category = Category::sender_authentication,
        .owner = Owner::dns_admin,
        .severity = Severity::info,
        .when = {.event = Event::check},
        .title = "Direct send: {ip} gave it to the MX of Microsoft 365 without a login",
        .cause =
            "To Microsoft 365 this is mail of a stranger that claims to be {domain}: it is filtered like any mail from "
            "outside, reaches mailboxes of the organisation only, and is refused altogether once the tenant sets "
            "RejectDirectSend.",
        .steps =
            {"Let {ip} in by SPF: `relaytool spf check {domain} --ip {ip}`",
             "Better: an inbound connector for {ip} (Exchange admin center, Mail flow, Connectors, from your "
             "organization's email server), or a login at smtp.office365.com: `relaytool probe o365 --user <login> "
             "--from {from}`",
             "See whether the tenant refuses it: `Get-OrganizationConfig | fl RejectDirectSend`; compare the roads: "
             "`relaytool probe --all-paths o365 --mx {domain}`"},
        .reference =
            "https://learn.microsoft.com/exchange/mail-flow-best-practices/"
            "how-to-set-up-a-multifunction-device-or-application-to-send-email-using-microsoft-365-or-office-365",
    },
    {
        .id = "headers-claimed",
        .category = Category::unknown,
        .owner = Owner::nobody,
        .severity = Severity::info,
        .when = {.event = Event::check},
        .title = "The lines that show where it began could have been made up",
        .cause =
            "Only what the recipient's servers wrote is certain. The lines below came with the mail; whoever sent it could "
            "have written them.",
        .steps = {"Compare with a mail of the same program that certainly is yours"},
        .reference = "RFC 5321 section 7.2",
    },
    {
        .id = "headers-no-route",
        .category = Category::unknown,
        .owner = Owner::you,
        .severity = Severity::warning,
        .when = {.event = Event::check},
        .title = "There is no Received line: the way it went is not in here",
        .cause =
            "Each server that a mail passes adds a line. Without one the mail was never sent, or the header is not whole: "
            "a forwarded mail, a copy from the Sent folder, or an excerpt.",
        .steps =
            {"Take the header from the mailbox that received the mail: in Outlook open it, File, Properties, "
             "Internet headers; in Outlook on the web the three dots, View, View message source",
             "A mail to look at must be attached to a mail, not forwarded: forwarding makes a new header"},
        .reference = "RFC 5321 section 4.4",
    },
    {
        .id = "headers-queued",
        .category = Category::delayed,
        .owner = Owner::you,
        .severity = Severity::info,
        .when = {.event = Event::check},
        .title = "It waited {value} in front of {host}",
        .cause =
            "The clocks on the way agree, so that time went by: the server before it had it in its queue (greylisting, a "
            "refusal for the time being, a server that was down), or could not connect.",
        .steps =
            {"Look into the log of the server before it for what {host} answered: `relaytool explain \"<reply>\"`"},
        .reference = "RFC 5321 section 4.5.4.1",
    },
    {
        .id = "headers-clock",
        .category = Category::unknown,
        .owner = Owner::you,
        .severity = Severity::info,
        .when = {.event = Event::check},
        .title = "The clock of {host} is {value} {type}",
        .cause =
            "Its time does not fit between those of the servers around it: that is no delay. Filters give points to mail "
            "from the future, and logins by token or certificate fail with a wrong clock.",
        .steps =
            {"Is that your machine? Set its clock by the network: on Windows `w32tm /resync`, on Linux `timedatectl "
             "set-ntp true`; and look at its time zone"},
        .reference = "RFC 5321 section 4.4",
    },
    {
        .id = "headers-repaired",
        .category = Category::unknown,
        .owner = Owner::nobody,
        .severity = Severity::info,
        .when = {.event = Event::check},
        .title = "The text was mended before it could be read: {list}",
        .cause =
            "It was copied in a way that changed its lines. What is shown here should be right all the same, but a "
            "signature can only be verified on the mail as it was received.",
        .steps = {"To be sure, save the mail as a file (.eml) and name that file"},
        .reference = "RFC 5322 section 2.2.3",
    },
    // --- who vouched for it
    // ---------------------------------------------------------------------------------------------
    {
        .id = "headers-spf-fail",
        .category = Category::spf_fail,
        .owner = Owner::dns_admin,
        .when = {.event = Event::check},
        .title = "SPF says {value}: {domain} does not let {ip} send",
        .cause =
            "The server that handed the mail over is none of those in the SPF record of {domain}. Either it should not "
            "send this mail, or the record lacks it.",
        .steps =
            {"See what the record allows, and why not this address: `relaytool spf check {domain} --ip {ip}`",
             "The server is right? Add it, or its provider: `relaytool spf suggest {domain} --ip {ip}`",
             "The server is wrong? Then change where the program sends to; the first finding says how"},
        .reference = "RFC 7208 section 2.6.4",
    },
    {
        .id = "headers-spf-broken",
        .category = Category::spf_fail,
        .owner = Owner::dns_admin,
        .severity = Severity::warning,
        .when = {.event = Event::check},
        .title = "SPF could not be checked ({value}) for {domain}",
        .cause =
            "The recipient's server could not use the SPF record: it has a mistake, needs too many look-ups, or the "
            "name servers did not answer.",
        .steps = {"See what is wrong with it: `relaytool spf check {domain}`"},
        .reference = "RFC 7208 section 2.6.7",
    },
    {
        .id = "headers-spf-none",
        .category = Category::spf_fail,
        .owner = Owner::dns_admin,
        .severity = Severity::warning,
        .when = {.event = Event::check},
        .title = "{domain} has no SPF record",
        .cause =
            "Nothing in the DNS says which servers may send for {domain}, so the server that did proves nothing.",
        .steps = {"Publish one: `relaytool spf suggest {domain}`"},
        .reference = "RFC 7208 section 2.6.1",
    },
    {
        .id = "headers-spf-shared",
        .category = Category::sender_authentication,
        .owner = Owner::dns_admin,
        .severity = Severity::warning,
        .when = {.event = Event::check},
        .title = "SPF passes only because every customer of {carrier} may send as {domain}",
        .cause =
            "The SPF record of {domain} lets the shared servers of {carrier} send. So this mail passes, and so would a "
            "forged one of any other customer.",
        .steps =
            {"Once your own mail goes through Microsoft 365, take `include:{include}` out: `relaytool spf suggest "
             "{domain}`"},
        .reference = "RFC 7208 section 11.4",
    },
    {
        .id = "headers-spf-unaligned",
        .category = Category::sender_authentication,
        .owner = Owner::you,
        .severity = Severity::info,
        .when = {.event = Event::check},
        .title = "SPF passed for {name}, which says nothing about {domain}",
        .cause =
            "SPF looks at the sender of the envelope. For DMARC it counts only when that is of the same organisation "
            "as From.",
        .steps = {"Let the service use an envelope sender below {domain}, or sign with DKIM as {domain}"},
        .reference = "RFC 9989 section 4.4.2",
    },
    {
        .id = "headers-dkim-none",
        .category = Category::dkim_fail,
        .owner = Owner::tenant_admin,
        .severity = Severity::info,
        .when = {.event = Event::check},
        .title = "There is no DKIM signature of {domain}",
        .cause =
            "Mail that passes Microsoft 365 (or another mail service that is set up for {domain}) gets one. Without "
            "it, only SPF can prove the sender, and that is lost when the mail is forwarded.",
        .steps = {"See whether the domain has its keys: `relaytool domain check {domain}`",
                  "Keys are there? Then the mail did not go through the service that has them"},
        .reference = "RFC 6376 section 1",
    },
    {
        .id = "headers-dkim-fail",
        .category = Category::dkim_fail,
        .owner = Owner::you,
        .severity = Severity::warning,
        .when = {.event = Event::check},
        .title = "The DKIM signature of {name} did not verify at the recipient ({value})",
        .cause =
            "The mail was changed behind the signer (a gateway that adds a footer, a list, a virus filter), or the "
            "key in the DNS is not the one it was signed with.",
        .steps = {"Verify it again, on the mail as a file: `relaytool headers --verify <file.eml>`",
                  "See the keys: `relaytool domain check {name}`"},
        .reference = "RFC 6376 section 6.1",
    },
    {
        .id = "headers-dmarc-fail",
        .category = Category::dmarc_fail,
        .owner = Owner::you,
        .when = {.event = Event::check},
        .title = "DMARC fails: nothing proves that {domain} sent it",
        .cause =
            "Neither SPF nor DKIM passed for {domain}, the domain that people see in From. Receivers put such mail into "
            "Junk or refuse it, more so when the policy of {domain} asks for that.",
        .steps =
            {"The lines about SPF and DKIM say which of the two can be had: a server that the SPF record names, or a "
             "DKIM signature of {domain}. One of them is enough",
             "Sending through Microsoft 365 gives both: `relaytool probe o365 --user <login> --from {from}`",
             "See the records: `relaytool domain check {domain}`"},
        .reference = "RFC 9989 section 4.4",
    },
    {
        .id = "headers-compauth-fail",
        .category = Category::sender_authentication,
        .owner = Owner::you,
        .severity = Severity::warning,
        .when = {.event = Event::check},
        .title = "Microsoft does not believe that {domain} sent it (compauth, reason {number})",
        .cause =
            "Composite authentication is Microsoft's own judgement, made of SPF, DKIM, DMARC and what is known of the "
            "sender: {why}.",
        .steps =
            {"Give the mail a proof: send it through the mail service of {domain}, or let SPF name the server that "
             "sends: `relaytool spf check {domain} --ip {ip}`",
             "Publish what is missing: `relaytool domain check {domain}`"},
        .reference = "https://learn.microsoft.com/defender-office-365/message-headers-eop-mdo",
    },
    {
        .id = "headers-arc-fail",
        .category = Category::sender_authentication,
        .owner = Owner::nobody,
        .severity = Severity::info,
        .when = {.event = Event::check},
        .title = "The chain of servers that vouched for it (ARC) is broken",
        .cause =
            "A server in between changed the mail after it was sealed. What earlier servers found does not count "
            "then.",
        .steps = {"Nothing to do at the sender; whoever forwards it may look at what changes it there"},
        .reference = "RFC 8617 section 5.2",
    },
    // --- verified anew
    // ---------------------------------------------------------------------------------------------
    {
        .id = "headers-spf-changed",
        .category = Category::spf_fail,
        .owner = Owner::nobody,
        .severity = Severity::info,
        .when = {.event = Event::check},
        .title = "SPF is {after} now; the recipient's server found {before}",
        .cause = "The record has changed since, or a look-up failed on one of the two occasions.",
        .steps = {"See the record as it is: `relaytool spf check {domain} --ip {ip}`"},
        .reference = "RFC 7208 section 2.6",
    },
    {
        .id = "headers-dkim-body-altered",
        .category = Category::dkim_fail,
        .owner = Owner::you,
        .severity = Severity::warning,
        .when = {.event = Event::check},
        .title = "The body was changed after {name} signed it",
        .cause =
            "Its hash is not the one in the signature (bh=). A gateway that adds a footer or rewrites links does "
            "that, a program that converts line ends or encodings, and so does copying the mail by hand.",
        .steps =
            {"Compare with the mail as the recipient's server stored it (.eml): the copy here may be what was changed",
             "Let what changes it (footer, disclaimer, virus filter) come before the signature, not behind it"},
        .reference = "RFC 6376 section 3.7",
    },
    {
        .id = "headers-dkim-header-altered",
        .category = Category::dkim_fail,
        .owner = Owner::you,
        .severity = Severity::warning,
        .when = {.event = Event::check},
        .title = "A signed field was changed after {name} signed it",
        .cause =
            "The signature does not fit these fields: {list}. One of them was changed, added or taken away (\"[SPAM]\" "
            "in the subject, an address rewritten), or the key {target} is another one by now.",
        .steps =
            {"Compare with the mail as it was sent",
             "See whether the key was replaced since: `relaytool domain check {name} --selector {selector}`"},
        .reference = "RFC 6376 section 3.7",
    },
    {
        .id = "headers-dkim-key",
        .category = Category::dkim_fail,
        .owner = Owner::dns_admin,
        .severity = Severity::warning,
        .when = {.event = Event::check},
        .title = "The key of {name} cannot be used: {why}",
        .cause = "A signature is worth what its key is: receivers look for it at {target}.",
        .steps = {"See what is published: `relaytool domain check {name} --selector {selector}`",
                  "An old mail? Keys are taken away some time after their last use: then nothing is wrong"},
        .reference = "RFC 6376 section 6.1.2",
    },
    {
        .id = "headers-dkim-unusable",
        .category = Category::dkim_fail,
        .owner = Owner::you,
        .severity = Severity::warning,
        .when = {.event = Event::check},
        .title = "The DKIM signature of {name} counts for nothing: {why}",
        .cause = "Receivers treat it as if it were not there ({value}).",
        .steps =
            {"Have the program that signs set right: rsa-sha256 with 2048 bits, From among the signed fields, no l="},
        .reference = "RFC 6376 section 6.1.1, RFC 8301",
    },
    {
        .id = "headers-dkim-partial",
        .category = Category::dkim_fail,
        .owner = Owner::you,
        .severity = Severity::warning,
        .when = {.event = Event::check},
        .title = "The DKIM signature of {name} covers a part only: {why}",
        .cause = "It verifies, and yet somebody could have added what the reader sees.",
        .steps =
            {"Have the program that signs leave l= out, and name From, To, Subject and Date twice in h="},
        .reference = "RFC 6376 sections 8.2 and 8.15",
    },
    // --- where the filter put it
    // ---------------------------------------------------------------------------------------------
    {
        .id = "headers-junk-spoof",
        .category = Category::sender_authentication,
        .owner = Owner::you,
        .when = {.event = Event::check},
        .title = "In Junk as spoofing: nothing proved that {domain} sent it",
        .cause =
            "Microsoft's filter did not look at the words but at the sender: From says {domain}, and SPF, DKIM and "
            "DMARC do not bear it out ({value}).",
        .steps =
            {"Send it through the mail service of {domain}: with Microsoft 365 `smtp.office365.com`, port 587: "
             "`relaytool probe o365 --user <login> --from {from}`",
             "Or let SPF name the server that sends: `relaytool spf check {domain} --ip {ip}`",
             "For the time being the recipient's administrator can allow the pair {domain} and {ip}: Defender portal, "
             "Tenant Allow/Block Lists, Spoofed senders"},
        .reference = "https://learn.microsoft.com/defender-office-365/anti-spoofing-protection-about",
    },
    {
        .id = "headers-junk-intra-org",
        .category = Category::sender_authentication,
        .owner = Owner::you,
        .when = {.event = Event::check},
        .title = "In Junk: it claims to come from the recipient's own organisation",
        .cause =
            "From is one of the organisation's own domains, and the mail came from outside without any proof "
            "({value}). To the filter that is phishing.",
        .steps =
            {"Let the program send with a login: `relaytool probe o365 --user <login> --from {from}`",
             "Or make an inbound connector for {ip}: Exchange admin center, Mail flow, Connectors, from your "
             "organization's email server",
             "Or let SPF name it: `relaytool spf check {domain} --ip {ip}`"},
        .reference = "https://learn.microsoft.com/defender-office-365/message-headers-eop-mdo",
    },
    {
        .id = "headers-junk-phish",
        .category = Category::spam_reject,
        .owner = Owner::recipient,
        .when = {.event = Event::check},
        .title = "Called phishing by Microsoft's filter ({value})",
        .cause =
            "The filter took the content, the links or the sender for an attempt to steal logins. An own program is "
            "hit by that when it sends without proof of its domain, or with links that show another address than "
            "they lead to.",
        .steps = {"See first that SPF, DKIM and DMARC pass; the table above says which does not",
                  "The recipient's administrator can hand it in as a mistake: Defender portal, Submissions"},
        .reference = "https://learn.microsoft.com/defender-office-365/message-headers-eop-mdo",
    },
    {
        .id = "headers-junk-spam",
        .category = Category::spam_reject,
        .owner = Owner::recipient,
        .when = {.event = Event::check},
        .title = "Called spam by Microsoft's filter ({value})",
        .cause =
            "The content filter decided. Which of its rules hit is not to be read from the header. Mail whose sender "
            "is proved gets there much less often.",
        .steps =
            {"See first that SPF, DKIM and DMARC pass; the table above says which does not",
             "The recipient can mark it as not junk; the administrator can hand it in: Defender portal, Submissions"},
        .reference = "https://learn.microsoft.com/defender-office-365/message-headers-eop-mdo",
    },
    {
        .id = "headers-junk-impersonation",
        .category = Category::spam_reject,
        .owner = Owner::recipient,
        .when = {.event = Event::check},
        .title = "Taken for an impersonation by Microsoft's filter ({value})",
        .cause = "The sender's name or domain looks like one that the organisation protects.",
        .steps = {"Is it you? Then the recipient's administrator adds {from} to the trusted senders of the "
                  "anti-phishing policy",
                  "Do not use the display name of a person of the recipient's organisation for a program"},
        .reference = "https://learn.microsoft.com/defender-office-365/anti-phishing-policies-about",
    },
    {
        .id = "headers-junk-bulk",
        .category = Category::spam_reject,
        .owner = Owner::recipient,
        .when = {.event = Event::check},
        .title = "Called bulk mail by Microsoft's filter ({value})",
        .cause =
            "Its server sends to many, and some of them complain. From the tenant's threshold on (7 when nobody "
            "changed it) that is Junk.",
        .steps = {"Invoices and newsletters must not leave from the same server or domain",
                  "The recipient can add {from} to the safe senders"},
        .reference =
            "https://learn.microsoft.com/defender-office-365/anti-spam-bulk-complaint-level-bcl-about",
    },
    {
        .id = "headers-junk-user",
        .category = Category::recipient_restricted,
        .owner = Owner::recipient,
        .when = {.event = Event::check},
        .title = "In Junk because the recipient has blocked the sender",
        .cause =
            "{from} is on the recipient's own list of blocked senders. Nothing that the sender does helps.",
        .steps =
            {"The recipient takes {from} off the list: Outlook, Settings, Mail, Junk email, Blocked senders"},
        .reference = "https://learn.microsoft.com/defender-office-365/message-headers-eop-mdo",
    },
    {
        .id = "headers-junk-policy",
        .category = Category::recipient_restricted,
        .owner = Owner::recipient,
        .when = {.event = Event::check},
        .title = "In Junk because a policy or rule of the recipient's organisation says so ({value})",
        .cause =
            "The filter was not asked: the organisation blocks this sender or domain, or a mail flow rule sets the "
            "spam level.",
        .steps =
            {"The recipient's administrator looks into the anti-spam policies (blocked senders and domains) and the "
             "mail flow rules that set the spam confidence level: `Get-TransportRule | fl Name,SetSCL`"},
        .reference = "https://learn.microsoft.com/defender-office-365/message-headers-eop-mdo",
    },
    {
        .id = "headers-junk-mailbox",
        .category = Category::recipient_restricted,
        .owner = Owner::recipient,
        .when = {.event = Event::check},
        .title = "In Junk though the filter let it through: the recipient's mailbox did that",
        .cause =
            "The filter called it no spam ({value}). A list of the mailbox (blocked senders, or \"only from safe "
            "senders\"), a rule in it, or Outlook's own filter moved it.",
        .steps = {"The recipient looks into Outlook, Settings, Mail, Junk email, and into the rules",
                  "The administrator sees the lists: `Get-MailboxJunkEmailConfiguration {to}`"},
        .reference = "https://learn.microsoft.com/defender-office-365/"
                     "configure-junk-email-settings-on-exo-mailboxes",
    },
    {
        .id = "headers-malware",
        .category = Category::virus_reject,
        .owner = Owner::you,
        .when = {.event = Event::check},
        .title = "Stopped for what is attached ({value})",
        .cause = "The filter found malware, or a type of file that the policy forbids.",
        .steps = {"Send documents as PDF, not as programs, macros or archives with a password",
                  "The recipient's administrator sees which rule hit: Defender portal, Quarantine"},
        .reference = "https://learn.microsoft.com/defender-office-365/anti-malware-protection-about",
    },
    {
        .id = "headers-outbound-spam",
        .category = Category::tenant_blocked,
        .owner = Owner::tenant_admin,
        .when = {.event = Event::check},
        .title = "Microsoft takes the organisation's own mail for spam (CAT:OSPM)",
        .cause =
            "The filter for outgoing mail marked it. Such mail leaves through servers of lower reputation, and the "
            "mailbox is blocked from sending before long.",
        .steps =
            {"Look at restricted entities: Defender portal, Email & collaboration, Review, Restricted entities",
             "A program that sends much should use an account of its own, and not exceed the limits; see whether the "
             "login was stolen"},
        .reference = "https://learn.microsoft.com/defender-office-365/outbound-spam-protection-about",
    },
    {
        .id = "headers-not-filtered",
        .category = Category::spam_reject,
        .owner = Owner::recipient,
        .severity = Severity::info,
        .when = {.event = Event::check},
        .title = "It was not filtered: {why}",
        .cause =
            "A list or rule of the recipient's organisation let it pass ({value}). A forged mail would pass as well.",
        .steps = {"Where the sender can be proved (SPF, DKIM), a rule should ask for that, too"},
        .reference = "https://learn.microsoft.com/defender-office-365/create-safe-sender-lists-in-office-365",
    },
    {
        .id = "headers-spam-mark",
        .category = Category::spam_reject,
        .owner = Owner::recipient,
        .severity = Severity::warning,
        .when = {.event = Event::check},
        .title = "Called spam by {carrier} ({value})",
        .cause =
            "A filter on the way marked it; what reads the mark may put it into Junk. The rules that hit: {detail}.",
        .steps =
            {"Rules about SPF, DKIM, DMARC, RDNS and HELO are the sender's to mend; those with BAYES or URIBL are about "
             "the content",
             "The recipient's administrator can let {from} pass"},
        .reference = "RFC 8601 section 1.5.2",
    },
    // --- the header as such
    // ---------------------------------------------------------------------------------------------
    {
        .id = "headers-field-missing",
        .category = Category::malformed_message,
        .owner = Owner::you,
        .severity = Severity::warning,
        .when = {.event = Event::check},
        .title = "There is no {name} field",
        .cause =
            "Every mail must have one. Filters give points for its absence, and some servers refuse the mail.",
        .steps = {"The program that writes the mail must add {name}; a relay may do so instead"},
        .reference = "RFC 5322 section 3.6",
    },
    {
        .id = "headers-id-missing",
        .category = Category::malformed_message,
        .owner = Owner::you,
        .severity = Severity::info,
        .when = {.event = Event::check},
        .title = "There is no Message-ID",
        .cause =
            "A mail should have one: without it answers are not put together with it, duplicates cannot be told, and "
            "filters give points.",
        .steps = {"The program that writes the mail should add one, or the first relay"},
        .reference = "RFC 5322 section 3.6.4",
    },
    {
        .id = "headers-field-twice",
        .category = Category::malformed_message,
        .owner = Owner::you,
        .severity = Severity::warning,
        .when = {.event = Event::check},
        .title = "{name} is there {count} times",
        .cause =
            "It may be there once. Readers show one of them, filters may look at another; Gmail and Microsoft 365 "
            "refuse such mail when it is From.",
        .steps = {"See which of program, relay and gateway adds the second one"},
        .reference = "RFC 5322 section 3.6",
    },
    {
        .id = "headers-date-bad",
        .category = Category::malformed_message,
        .owner = Owner::you,
        .severity = Severity::warning,
        .when = {.event = Event::check},
        .title = "Date is no date: {value}",
        .cause =
            "Its form is fixed, and in English whatever the language of the program: Tue, 30 Jun 2026 08:15:00 +0200.",
        .steps = {"Have the program write the date in that form"},
        .reference = "RFC 5322 section 3.3",
    },
    {
        .id = "headers-from-several",
        .category = Category::malformed_message,
        .owner = Owner::you,
        .severity = Severity::warning,
        .when = {.event = Event::check},
        .title = "From names {count} senders",
        .cause =
            "That is allowed with a Sender field, but DMARC cannot judge it, and many receivers refuse it.",
        .steps = {"Put one address into From, and the others into Reply-To or Cc"},
        .reference = "RFC 9989 section 3.6.2",
    },
    {
        .id = "headers-from-no-address",
        .category = Category::malformed_message,
        .owner = Owner::you,
        .severity = Severity::warning,
        .when = {.event = Event::check},
        .title = "From holds no address: {value}",
        .cause =
            "Nobody can answer, and no proof of the sender is possible. Microsoft 365 refuses it with 5.7.512.",
        .steps = {"Set the sender in the program that sends, in the form name@example.com"},
        .reference = "RFC 5322 section 3.6.2",
    },
    {
        .id = "headers-line-long",
        .category = Category::malformed_message,
        .owner = Owner::you,
        .severity = Severity::warning,
        .when = {.event = Event::check},
        .title = "A line of {name} has {count} characters, 998 are allowed",
        .cause = "Servers cut or break such a line, which spoils signatures, or refuse the mail.",
        .steps = {"Have the program fold the field, or send to fewer people at a time"},
        .reference = "RFC 5322 section 2.1.1",
    },
    {
        .id = "headers-octets-raw",
        .category = Category::malformed_message,
        .owner = Owner::you,
        .severity = Severity::info,
        .when = {.event = Event::check},
        .title = "{name} holds letters that are not encoded ({value})",
        .cause =
            "Fields are ASCII; other letters must be encoded, as in `=?utf-8?Q?Factuur_=E2=82=AC?=`. Unencoded ones "
            "show as gibberish somewhere, and filters give points.",
        .steps = {"Have the program encode the field, or leave such letters out"},
        .reference = "RFC 2047 section 2, RFC 6532",
    },
    {
        .id = "headers-name-address",
        .category = Category::sender_authentication,
        .owner = Owner::you,
        .severity = Severity::warning,
        .when = {.event = Event::check},
        .title = "The name in From shows {before}, the address is {after}",
        .cause = "People see the name and take it for the sender. Filters know that trick.",
        .steps = {"Put a name of a person or company into From, not another address"},
        .reference = "RFC 5322 section 3.6.2",
    },
    {
        .id = "headers-reply-elsewhere",
        .category = Category::sender_authentication,
        .owner = Owner::you,
        .severity = Severity::info,
        .when = {.event = Event::check},
        .title = "Answers go to {to}, another organisation than {from}",
        .cause = "That is normal for mailings, and a sign of fraud with invoices.",
        .steps = {"Did you set it? Then fine. Else do not answer, and ask the sender by telephone"},
        .reference = "RFC 5322 section 3.6.2",
    },
    {
        .id = "headers-script-mixed",
        .category = Category::sender_authentication,
        .owner = Owner::recipient,
        .severity = Severity::warning,
        .when = {.event = Event::check},
        .title = "A domain in {type} is written with letters of another alphabet: {name}",
        .cause = "Cyrillic or Greek letters look like Latin ones; such a name is registered to deceive.",
        .steps = {"Do not answer and do not pay; compare the domain with that of an earlier mail"},
        .reference = "UTS 39 section 4",
    },
    {
        .id = "headers-look-alike",
        .category = Category::sender_authentication,
        .owner = Owner::recipient,
        .severity = Severity::warning,
        .when = {.event = Event::check},
        .title = "{before} looks like {after}, and is another domain",
        .cause =
            "One letter is changed, or looks like another. Invoices with a changed account number come from such "
            "domains.",
        .steps = {"Do not answer and do not pay; compare the domain with that of an earlier mail"},
        .reference = "UTS 39 section 4",
    },
};

} // namespace

std::span<const Rule> headers_rows() {
    return rows;
}

} // namespace relaytool::diagnosis
