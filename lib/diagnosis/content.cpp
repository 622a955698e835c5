#include "diagnosis/catalogue.hpp"

namespace relaytool::diagnosis {
namespace {

constexpr std::string_view microsoft_ndr =
    "https://learn.microsoft.com/exchange/troubleshoot/email-delivery/ndr/non-delivery-reports-in-exchange-online";
constexpr std::string_view google_codes = "https://support.google.com/a/answer/3726730";

// Steps that several rows share.
constexpr std::string_view shrink =
    "Make the message smaller: scan in grey at 200 dpi instead of colour at 600, zip, split, or send a "
    "download link";
constexpr std::string_view base64_third =
    "Reckon with one third more than the file's size: attachments are encoded as text on the way";
constexpr std::string_view iis_size =
    "If the refusing server is your own IIS: IIS 6.0 Manager > SMTP Virtual Server > "
    "Properties > Messages > Limit message size to (KB) and Limit session size to (KB), "
    "then restart the virtual server";
constexpr std::string_view look_at_message =
    "Look at what the program really sends: let it write one message into a file, or "
    "send one to yourself, and read its source, header first";
constexpr std::string_view update_program =
    "Ask the maker of the sending program for a corrected version, with this reply as evidence";
constexpr std::string_view ask_postmaster = "Send the verbatim reply to the postmaster of {recipient-domain} "
                                            "(postmaster@{recipient-domain}) and ask which rule it was";
constexpr std::string_view send_plain =
    "Send a plain text message of one line from the same sender: if it passes, the content is refused, not "
    "you";
constexpr std::string_view other_way_for_file =
    "Send the document as PDF, or put it on a share or portal and mail the link";

constexpr Rule rows[] = {
    // Too big
    {
        .id = "message-too-big-recipient",
        .category = Category::message_too_big,
        .owner = Owner::recipient,
        .when = {.text = "RESOLVER.RST.RecipSizeLimit|message too large for this recipient|"
                         "RecipSizeLimit"},
        .title = "The message is larger than this recipient may receive",
        .cause =
            "Exchange keeps a size limit for {recipient}, and the message with its attachments exceeds it.",
        .steps = {shrink, base64_third,
                  "If {recipient-domain} is your own Microsoft 365: `Set-Mailbox {recipient} "
                  "-MaxReceiveSize 100MB`; for a group `Set-DistributionGroup {recipient} "
                  "-MaxReceiveSize 100MB`",
                  "Otherwise ask the recipient's administrator for the limit"},
        .reference = microsoft_ndr,
        .sample = "550 5.2.3 RESOLVER.RST.RecipSizeLimit; message too large for this recipient",
    },
    {
        .id = "message-too-big-sender",
        .category = Category::message_too_big,
        .owner = Owner::tenant_admin,
        .when = {.text = "RESOLVER.RST.SendSizeLimit|message too large for this sender|SendSizeLimit.Sender"},
        .title = "The message is larger than {from} may send",
        .cause = "The mailbox the relay logs in with has a limit for outgoing messages. Exchange "
                 "Online sets it to 35 MB unless changed; it can go up to 150 MB.",
        .steps = {"Open PowerShell as an Exchange administrator: `Connect-ExchangeOnline`",
                  "Raise the limit: `Set-Mailbox -Identity {login} -MaxSendSize 100MB`",
                  "Allow an hour until it works everywhere, then send again", base64_third, shrink},
        .reference = microsoft_ndr,
        .sample = "500 5.2.11 RESOLVER.RST.SendSizeLimit.Sender; message too large for this sender",
    },
    {
        .id = "message-too-big-gmail",
        .category = Category::message_too_big,
        .owner = Owner::you,
        .when = {.text = "exceeded Google's message size limits|exceeded Google's size limits|p=MaxSizeError|"
                         "exceeds Google's message size"},
        .title = "The message is larger than Gmail accepts",
        .cause = "Google refuses messages above its size limit, attachments and their encoding included.",
        .steps = {shrink, base64_third,
                  "Share large files through Google Drive or another portal and mail the link"},
        .reference = google_codes,
        .sample = "552-5.2.3 Your message exceeded Google's message size limits. Please visit 552 5.2.3 "
                  "https://support.google.com/mail/?p=MaxSizeError to view our size guidelines. - gsmtp",
    },
    {
        .id = "message-headers-too-large",
        .category = Category::malformed_message,
        .owner = Owner::you,
        .when = {.text =
                     "Headers too large|header too large|headers too long|header is too long|header line "
                     "too long|header size exceeds|too many header lines|header field too long|header too "
                     "long|header names exceeds limit|header content exceeds limit|headers exceed|too "
                     "many headers"},
        .title = "The header of the message is too long",
        .cause = "Not the attachment but the lines before the text are too many or too long: hundreds "
                 "of addresses in To: or Cc:, a very long References: line, or a field of an add-in.",
        .steps = {"Put mass recipients into Bcc, or send each one a mail of its own", look_at_message,
                  "When replying in a thread of hundreds of mails, start a new message",
                  "In Outlook switch the format from Rich Text to HTML or plain text"},
        .reference = "RFC 5322 section 2.1.1",
        .sample = "552 5.6.0 Headers too large (32768 max)",
    },
    {
        .id = "message-headers-too-large-outlook",
        .category = Category::malformed_message,
        .owner = Owner::you,
        .when = {.text = "x-dg-ref header is too long"},
        .title = "An Outlook header field is too long for the recipient's server",
        .cause = "The field x-dg-ref comes with messages in Outlook's Rich Text format; the "
                 "recipient's server refuses its length.",
        .steps = {"In Outlook: File > Options > Mail > Compose messages in this format: HTML",
                  "For mail to the internet: File > Options > Mail > Message format > Rich Text to "
                  "internet recipients: Convert to HTML format",
                  "Send again as a new message"},
        .reference = microsoft_ndr,
        .sample = "550 5.0.350 Remote server returned an error -> 550 x-dg-ref header is too long",
    },
    {
        .id = "message-too-big",
        .category = Category::message_too_big,
        .owner = Owner::you,
        .when = {.text =
                     "message too large|message is too large|message was too large|message too big|"
                     "message is too big|message file too big|message size exceeds|message size exceeded|"
                     "message size limit|message size is too large|message size too large|message size "
                     "larger|size exceeds fixed maximum|message exceeds*size|message exceeds maximum|"
                     "message exceeded max*size|message exceeded*size|message length exceeds|message "
                     "larger than|message is larger than|larger than the current system limit|max message "
                     "size exceeded|max message size|maximum message size|maximum email size exceeded|"
                     "maximum mail size|mail size limit exceeded|mail size exceeds|mail too large|mail "
                     "too big|mail is too large|email too large|e-mail too large|email size exceed|size "
                     "limit exceeded|exceeds size limit|exceeded size limit|exceeds the size limit|"
                     "exceeded mailsize limit|exceeds the maximum size|exceeds maximum size|exceeds "
                     "maximum message|exceeds the maximum message|exceeds maximum allowed size|over "
                     "maximum size|over the size limit|exceeds my databytes|databytes limit|too large "
                     "message|data size exceeds|data size limit|size of the message exceeds|message "
                     "header size, or recipient list, exceeds policy limit|Taille limite du message|"
                     "message trop gros|message trop volumineux|Nachricht zu gross|Nachricht ist zu gross|"
                     "Nachricht zu groß|mensaje demasiado grande|messaggio troppo grande|too much data|"
                     "body too large|attachment too large|attachments too large|attachment size exceeds|"
                     "total size of your message"},
        .title = "The message is too big for a server on the way",
        .cause =
            "Every server sets its own upper limit, and the answer comes from {host}. Text encoding makes "
            "attachments a third larger than the file on disk.",
        .steps = {shrink, base64_third, iis_size,
                  "If it is the recipient's server: its limit is the number after SIZE in its answer "
                  "to EHLO; ask its postmaster to raise it, or use a portal"},
        .reference = "RFC 1870 section 6",
        .sample = "552 5.3.4 Message size exceeds fixed maximum message size",
    },

    // Policy: Microsoft 365 and Exchange
    {
        .id = "policy-transport-rule",
        .category = Category::policy_reject,
        .owner = Owner::recipient,
        .when = {.text = "TRANSPORT.RULES.RejectMessage|TRANSPORT.RULES|rejected by organization policy|"
                         "rejected by transport rule|rejected by a mail flow rule|mail flow rule rejected"},
        .title = "A mail flow rule of the organisation refused the message",
        .cause = "An administrator of the Exchange organisation wrote a rule that refuses mail like "
                 "this one. If the organisation is your own, it is your own rule.",
        .steps =
            {"Own organisation: `Connect-ExchangeOnline`, then list the rules: `Get-TransportRule "
             "| Where-Object RejectMessageReasonText | Format-List Name,Priority,Description`",
             "Find the rule that hit: Exchange admin center > Mail flow > Message trace > the "
             "message > Message events",
             "Add your relay as an exception: `Set-TransportRule \"<rule>\" "
             "-ExceptIfFromAddressContainsWords {from}`",
             "Foreign organisation: send the reply to the postmaster of {recipient-domain} and ask for an "
             "exception"},
        .reference = microsoft_ndr,
        .sample = "550 5.7.1 TRANSPORT.RULES.RejectMessage; the message was rejected by organization policy",
    },
    {
        .id = "policy-custom-rule",
        .category = Category::policy_reject,
        .owner = Owner::recipient,
        .when = {.status = "5.7.900-999",
                 .text = "Delivery not authorized, message refused|Delivery not authorized"},
        .title = "A mail flow rule of the recipient's organisation refused the message",
        .cause =
            "Codes from 5.7.900 to 5.7.999 have no fixed meaning; an administrator chose this one for an own "
            "rule.",
        .steps = {"Own organisation: `Connect-ExchangeOnline`, then `Get-TransportRule | Where-Object "
                  "RejectMessageEnhancedStatusCode | Format-List Name,RejectMessageEnhancedStatusCode`",
                  "Change the rule or except your relay: `Set-TransportRule \"<rule>\" "
                  "-ExceptIfFromAddressContainsWords {from}`",
                  "Foreign organisation: send the reply to the postmaster of {recipient-domain}"},
        .reference = microsoft_ndr,
        .sample = "550 5.7.900 Delivery not authorized, message refused",
    },
    {
        .id = "policy-forwarding-not-allowed",
        .category = Category::policy_reject,
        .owner = Owner::tenant_admin,
        .when = {.text = "does not allow external forwarding|AS(7555)|external forwarding is not allowed|"
                         "automatic forwarding is not allowed|automatic forwarding*disabled"},
        .title = "Your organisation forbids automatic forwarding to the outside",
        .cause = "A mailbox or an inbox rule forwards mail to {recipient}, and the outbound spam "
                 "policy of your Microsoft 365 stops that. Mail written by a person is not affected.",
        .steps =
            {"Find the forward: `Get-Mailbox {from} | Format-List Forwarding*`, and inbox rules "
             "with `Get-InboxRule -Mailbox {from} | Format-List Name,ForwardTo,RedirectTo`",
             "Is it wanted? An unknown forward can be the work of an intruder: then remove it and change the "
             "password",
             "Allow it for this mailbox only: `New-HostedOutboundSpamFilterPolicy -Name Forwarding "
             "-AutoForwardingMode On`, then `New-HostedOutboundSpamFilterRule -Name Forwarding "
             "-HostedOutboundSpamFilterPolicy Forwarding -From {from}`",
             "By mouse: Microsoft Defender portal > Email & collaboration > Policies & rules > "
             "Threat policies > Anti-spam > outbound policy > Automatic forwarding rules"},
        .reference = microsoft_ndr,
        .sample = "550 5.7.520 Access denied, Your organization does not allow external forwarding. "
                  "Please contact your administrator for further assistance. AS(7555)",
    },
    {
        .id = "policy-tenant-block-list",
        .category = Category::policy_reject,
        .owner = Owner::tenant_admin,
        .when = {.text = "blocked by your organization using Tenant Allow Block List|Tenant Allow Block List|"
                         "Tenant Allow/Block List"},
        .title = "Your own organisation blocks this recipient in the Tenant Allow/Block List",
        .cause = "An administrator of your Microsoft 365 put {recipient} or its domain on the block "
                 "list. That stops mail to it as well as from it.",
        .steps =
            {"See the entry: `Get-TenantAllowBlockListItems -ListType Sender -Block`",
             "Remove it: `Remove-TenantAllowBlockListItems -ListType Sender -Entries {recipient-domain}`",
             "By mouse: Microsoft Defender portal > Email & collaboration > Policies & rules > "
             "Threat policies > Tenant Allow/Block Lists > Domains & addresses"},
        .reference = microsoft_ndr,
        .sample =
            "550 5.7.703 Your message can't be delivered because one or more recipients are blocked by your "
            "organization using Tenant Allow Block List.",
    },
    {
        .id = "policy-banned-recipient",
        .category = Category::policy_reject,
        .owner = Owner::provider,
        .when = {.text = "Access denied, banned recipient|banned recipient"},
        .title = "Microsoft 365 bars mail to this recipient",
        .cause = "The recipient's address itself is barred in Microsoft's service. You cannot lift that.",
        .steps = {"Check that {recipient} is right; if not, correct it",
                  "If it is right, ask the recipient to open a support case with Microsoft, with this reply",
                  "Use another address of the recipient meanwhile"},
        .reference = microsoft_ndr,
        .sample = "550 5.7.505 Access denied, banned recipient",
    },
    {
        .id = "policy-journaling-not-supported",
        .category = Category::policy_reject,
        .owner = Owner::tenant_admin,
        .when = {.text = "Journaling on-premises messages to Microsoft 365 or Office 365 not supported|"
                         "Journaling on-premises messages|when Journaling Archive is disabled"},
        .title = "Microsoft 365 does not take journal copies without the journaling archive",
        .cause = "A journal rule of your own Exchange server sends its copies to a mailbox in "
                 "Microsoft 365, and that is refused while the journaling archive is off.",
        .steps = {"On your own Exchange server see where the copies go: `Get-JournalRule | Format-List "
                  "Name,Recipient,JournalEmailAddress`",
                  "Send them to a mailbox outside Microsoft 365 or to an archive service: "
                  "`Set-JournalRule \"<rule>\" -JournalEmailAddress <archive address>`",
                  "Or ask Microsoft support whether the journaling archive can be enabled for your "
                  "organisation"},
        .reference = microsoft_ndr,
        .sample =
            "550 5.3.190 Journaling on-premises messages to Microsoft 365 or Office 365 not supported when "
            "Journaling Archive is disabled",
    },
    {
        .id = "policy-nested-attachments",
        .category = Category::policy_reject,
        .owner = Owner::you,
        .when = {.text = "policy violation detected (AS345)|(AS345)"},
        .title = "Attachments are nested too deeply",
        .cause = "The message carries archives inside archives, or mails attached to mails, in more "
                 "layers than the scanner opens.",
        .steps = {"Unpack the innermost files and attach them directly, or zip them once",
                  "Do not attach a mail that itself has mails attached; forward the last one",
                  other_way_for_file},
        .reference = microsoft_ndr,
        .sample = "550 5.0.350 Requested action not taken: policy violation detected (AS345)",
    },
    {
        .id = "policy-quarantined",
        .category = Category::policy_reject,
        .owner = Owner::recipient,
        .when = {.text = "Content Filter agent quarantined this message|quarantined this message|"
                         "message has been quarantined|message was quarantined|message quarantined"},
        .title = "The recipient's filter put the message into quarantine",
        .cause = "The message arrived, but a content filter of the recipient's server holds it back. "
                 "Their administrator can release it.",
        .steps =
            {"Ask the recipient to have their administrator release the message from quarantine and to allow "
             "{from}",
             "Exchange administrator: `Set-ContentFilterConfig -BypassedSenders "
             "(@((Get-ContentFilterConfig).BypassedSenders) + \"{from}\")`",
             send_plain},
        .reference = microsoft_ndr,
        .sample = "550 5.2.1 Content Filter agent quarantined this message",
    },

    // Policy: attachments
    {
        .id = "policy-attachment-gmail",
        .category = Category::policy_reject,
        .owner = Owner::you,
        .when = {.text = "content presents a potential security issue|content presents a potential|"
                         "p=BlockedMessage|detected an illegal attachment|answer/6590"},
        .title = "Gmail refuses the attachment",
        .cause = "Google does not take programs, scripts, macros or password-protected archives that "
                 "hide them, not even inside a ZIP.",
        .steps = {other_way_for_file,
                  "Look into the ZIP: .exe, .js, .vbs, .bat, .jar, .iso and similar files are the cause",
                  "Renaming the ending does not help; Google looks inside"},
        .reference = google_codes,
        .sample = "552-5.7.0 This message was blocked because its content presents a potential "
                  "552-5.7.0 security issue. Please visit "
                  "https://support.google.com/mail/?p=BlockedMessage to 552 5.7.0 review our message "
                  "content and attachment content guidelines. - gsmtp",
    },
    {
        .id = "policy-attachment",
        .category = Category::policy_reject,
        .owner = Owner::you,
        .when =
            {.text =
                 "attachment type*not allowed|attachment*not allowed|attachments are not allowed|"
                 "attachment*not permitted|attachment*not accepted|attachment type*blocked|"
                 "attachment*prohibited|prohibited attachment|illegal attachment|forbidden attachment|"
                 "attachment*forbidden|banned attachment|unacceptable attachment|dangerous attachment|"
                 "disallowed attachment|unsafe attachment|blocked attachment|attachment blocked|"
                 "suspicious attachment|executable attachment|attachment name*not allowed|"
                 "attachment extension|file extension*not allowed|file type*not allowed|file type*blocked|"
                 "banned file|banned name|banned content|id=*- BANNED|"
                 "contains a file type|encrypted archive|encrypted zip|password protected archive|"
                 "password-protected archive|macros are not|containing macros|executable file"},
        .title = "The recipient's server refuses this kind of attachment",
        .cause = "The gateway of {recipient-domain} takes no attachments of this type: programs, "
                 "scripts, Office files with macros, archives with a password.",
        .steps =
            {other_way_for_file,
             "Take macros out (.docm to .docx, .xlsm to .xlsx) and passwords off archives",
             "If the customer needs the file as it is, ask their postmaster for an exception for {from}"},
        .reference = "RFC 3463 section 3.8",
        .sample = "554 5.7.1 Attachment type not allowed: invoice.exe",
    },

    // Policy: other providers
    {
        .id = "policy-yahoo",
        .category = Category::policy_reject,
        .owner = Owner::provider,
        .when = {.text = "not accepted for policy reasons|Email not accepted for policy|[PH01]"},
        .title = "Yahoo refuses the message for policy reasons",
        .cause = "Yahoo or AOL objects to the content, most often to a link or a sender's domain it "
                 "distrusts, or to missing DKIM and DMARC.",
        .steps = {send_plain,
                  "If that passes, take links out one by one, link shorteners first, until you know which is "
                  "distrusted",
                  "Check SPF and DMARC of the domain: `nslookup -type=txt {from-domain}` and `nslookup "
                  "-type=txt _dmarc.{from-domain}`; the mail should be signed with DKIM as well",
                  "Fill in the form at Yahoo's Sender Hub, with the verbatim reply and your IP"},
        .reference = "https://senders.yahooinc.com/smtp-error-codes/",
        .sample = "554 5.7.9 Message not accepted for policy reasons. See "
                  "https://postmaster.verizonmedia.com/error-codes",
    },
    {
        .id = "policy-google-domain-rule",
        .category = Category::policy_reject,
        .owner = Owner::recipient,
        .when = {.text = "has a policy that prohibited the mail that you sent|has a policy that*prohibited|"
                         "message violates * email policy| - gcdp"},
        .title = "A rule of a Google Workspace administrator refuses the mail",
        .cause = "The administrator of the sending or of the receiving domain at Google wrote a rule "
                 "that forbids this mail. Google itself has nothing against it.",
        .steps = {"If your own mail is at Google Workspace: Admin console > Apps > Google Workspace > "
                  "Gmail > Compliance and Routing; look for rules that reject",
                  ask_postmaster, send_plain},
        .reference = google_codes,
        .sample =
            "550 5.7.1 This message violates example.com email policy. - gcdp 00000000000000.000 - gsmtp",
    },
    {
        .id = "policy-mimecast",
        .category = Category::policy_reject,
        .owner = Owner::recipient,
        .when = {.text = "Host network not allowed|Administrative prohibition - envelope blocked|Envelope "
                         "blocked|Rejected by header based manually Blocked Senders|Rejected by header based|"
                         "Message bounced due to Content Examination|Content Examination Policy|manually "
                         "Blocked Senders|User Entry*Blocked"},
        .title = "A rule in the recipient's Mimecast gateway refuses the mail",
        .cause = "{recipient-domain} filters its mail with Mimecast. Its administrator, or the "
                 "recipient personally, has blocked your address, your domain, your network or this "
                 "kind of content.",
        .steps =
            {"Ask the recipient to look under Blocked Senders in their Mimecast portal and to permit {from}",
             "Recipient's administrator: Administration Console > Gateway > Policies, and Message "
             "Center > Rejected and Deferred Messages, which names the policy",
             "Nothing on your own server changes this"},
        .sample = "554 Host network not allowed - https://community.mimecast.com/docs/DOC-1369#554 "
                  "[z7qZw5BPd1zlDYHka4589ru.us222]",
    },
    {
        .id = "policy-zoho",
        .category = Category::policy_reject,
        .owner = Owner::recipient,
        .when =
            {.text =
                 "Email policy violation detected|MailPolicy violation|Mail rejected by destination domain|"
                 "Email policy violation"},
        .title = "A policy at the recipient's mail host refuses the mail",
        .cause = "{recipient-domain} is hosted by Zoho or a similar service, and a rule there refuses "
                 "the sender or the content.",
        .steps = {ask_postmaster, send_plain,
                  "Zoho administrator: look at email policy and spam control in the admin console, and "
                  "allow {from-domain}"},
        .sample = "554 5.7.7 Email policy violation detected",
    },
    {
        .id = "policy-yandex",
        .category = Category::policy_reject,
        .owner = Owner::recipient,
        .when = {.text = "Policy rejection on the target address"},
        .title = "The recipient's mail host refuses mail to this address by policy",
        .cause = "Yandex accepts no mail for {recipient} from outside: the mailbox is closed, or its "
                 "domain is not set up to the end.",
        .steps =
            {"Ask the recipient by phone for another address",
             "Recipient's administrator: check in Yandex 360 that the domain is confirmed and the mailbox "
             "active"},
        .sample = "550 5.7.1 Policy rejection on the target address",
    },
    {
        .id = "policy-laposte",
        .category = Category::policy_reject,
        .owner = Owner::provider,
        .when = {.text = "Client host rejected: #*lpn LPN"},
        .title = "laposte.net refuses your server by its own rules",
        .cause = "La Poste turned your server away before looking at the message. The code at the end "
                 "of the answer (LPN…) tells its postmaster which rule it was.",
        .steps = {"Write to the postmaster of laposte.net with the whole reply, your IP {ip} and the time",
                  "Check that your IP has a matching reverse name and is on no block list",
                  "Send through your provider's smart host or Microsoft 365 instead of directly"},
        .sample = "554 5.7.1 <mail.example.net[192.0.2.25]:49309>: Client host rejected: #216 lpn LPN000_630",
    },
    {
        .id = "policy-content-rejected",
        .category = Category::policy_reject,
        .owner = Owner::recipient,
        .when = {.text =
                     "Error: message content rejected|content policy|content filter|content not allowed|"
                     "content denied|unacceptable content|content restrictions|Message content is not accept|"
                     "message body rejected|message header rejected|content not acceptable|"
                     "inappropriate content|prohibited content|content is prohibited|forbidden content",
                 .proof = Proof::hint},
        .title = "A content rule of the recipient's server refuses the message",
        .cause = "The address is accepted; something in the subject, the text or the attachments is not.",
        .steps = {send_plain,
                  "If it passes, add subject, text, links and attachments one after the other until it is "
                  "refused again",
                  ask_postmaster},
        .reference = "RFC 3463 section 3.8",
        .sample = "554 Content policy forbids this",
    },
    {
        .id = "policy-violation",
        .category = Category::policy_reject,
        .owner = Owner::recipient,
        .when = {.text =
                     "for policy reasons|due to policy reasons|Local Policy Violation|local policy rejection|"
                     "message violates our policy|message violates company policy|content violates*policy"},
        .title = "A rule of the recipient's organisation refuses the message",
        .cause = "The recipient's server has nothing against the address, but a rule set by its "
                 "administrator forbids this sender or this content. It does not say which rule.",
        .steps = {send_plain, ask_postmaster,
                  "Check that SPF and DKIM are in order, as many such rules look at them: `nslookup "
                  "-type=txt {from-domain}`"},
        .reference = "RFC 3463 section 3.8",
        .sample = "550 5.7.0 Local Policy Violation",
    },
    {
        .id = "policy-vague",
        .category = Category::policy_reject,
        .owner = Owner::recipient,
        .when = {.text =
                     "policy violation|violates*policy|violation of policy|violation of our policy|policy "
                     "reasons|violate*our policies|against our policy|security policy|organization policy|"
                     "company policy|site policy|administrative policy|does not comply with*policy|"
                     "refused by policy|not allowed by policy|prohibited by policy|denied by policy|"
                     "blocked by policy|rejected by policy|policy restrictions|policy rejection|policy "
                     "reject|administrative prohibition|administratively prohibited|administratively "
                     "denied|message not allowed|local policy|by our policy|policy block|due to policy|"
                     "rejected by filter|message filtered|message refused by|rejected by rule|rejected by "
                     "rules|blocked by filter|message denied|mail denied|this message has been blocked|"
                     "this message was blocked|your message was blocked|message has been rejected|"
                     "rejected by the recipient's server|550 rejected|554 rejected|553 rejected|message "
                     "rejected|mail rejected|email rejected|rejected",
                 .proof = Proof::hint},
        .title = "The recipient's server refuses the message by a rule of its own",
        .cause = "The answer gives no reason beyond 'policy'. It can be your sender address, your IP "
                 "or the content; only the recipient's postmaster can see which.",
        .steps = {send_plain, ask_postmaster,
                  "Rule out the usual reasons: `nslookup -type=txt {from-domain}` for SPF, `nslookup "
                  "-type=txt _dmarc.{from-domain}` for DMARC, and https://check.spamhaus.org/ for {ip}"},
        .reference = "RFC 3463 section 3.8",
        .sample = "550 Rejected",
    },

    // Malformed message
    {
        .id = "malformed-from-microsoft",
        .category = Category::malformed_message,
        .owner = Owner::you,
        .when = {.text =
                     "message must be RFC 5322*compliant|message must be RFC 5322|RFC 5322 section 3.6.2"},
        .title = "The message has no valid From: line",
        .cause = "Microsoft 365 wants exactly one From: with a real address. The program or the "
                 "scanner sent none, an empty one, or only a display name.",
        .steps =
            {"Set the sender address in the sending program or device to a full address such as {from}",
             "In a Pickup file the header must hold `From: user@{from-domain}`, before the first empty line",
             look_at_message, update_program},
        .reference = "RFC 5322 section 3.6.2",
        .sample = "550 5.7.512 Access denied, message must be RFC 5322 section 3.6.2 compliant",
    },
    {
        .id = "malformed-from-several",
        .category = Category::malformed_message,
        .owner = Owner::you,
        .when = {.text =
                     "Multiple From addresses are not allowed|multiple addresses in From|more than one From|"
                     "multiple From header|multiple From: header|From: header contains multiple|"
                     "multiple senders in From"},
        .title = "The From: line names more than one sender",
        .cause = "The program put several addresses into From:, or wrote the line twice. The standard "
                 "allows several only with an extra Sender: line, and the big providers refuse them.",
        .steps = {"Leave one address in the sender field of the program; others belong into Reply-To or Cc",
                  "If several people must be named, add `Sender: {login}` with one address", look_at_message},
        .reference = "RFC 5322 section 3.6.2",
        .sample = "550 5.1.20 Multiple From addresses are not allowed without Sender address",
    },
    {
        .id = "malformed-from",
        .category = Category::malformed_message,
        .owner = Owner::you,
        .when = {.text = "Messages missing a valid address in From|no valid From header|having no From: "
                         "header|missing From header|missing From: header|no From header|no From: header|"
                         "invalid From header|From header is missing|From header missing|From: header is "
                         "missing|invalid header From|From: header*not valid|malformed From|bad From header|"
                         "header syntax*From|From header is invalid|empty From header|invalid From: header|"
                         "syntax error in From|From: header is malformed"},
        .title = "The From: line is missing or not valid",
        .cause = "The recipient's server reads the header of the message and finds no usable sender "
                 "address there. The envelope sender alone is not enough.",
        .steps = {"Give the sending program a full sender address; a display name alone does not do",
                  "In a Pickup file write `From: user@{from-domain}` before the first empty line",
                  look_at_message, update_program},
        .reference = "RFC 5322 section 3.6.2",
        .sample = "550-5.7.1 [192.0.2.222] Messages missing a valid address in From: header, or having "
                  "550-5.7.1 no From: header, are not accepted. - gsmtp",
    },
    {
        .id = "malformed-duplicate-headers",
        .category = Category::malformed_message,
        .owner = Owner::you,
        .when = {.text = "Duplicate header|multiple Subject*headers|There are multiple * headers|duplicate "
                         "headers|multiple headers|multiple To headers|multiple Date headers|duplicated "
                         "header|header appears more than once|headers*appear multiple times|repeated header|"
                         "multiple instances of header|duplicate Subject|duplicate Date"},
        .title = "A header field that may occur once occurs twice",
        .cause = "From, To, Subject, Date and Message-ID may be in a message only once. Often the "
                 "program writes the line, and the relay or a signing tool adds it again.",
        .steps = {look_at_message,
                  "Switch off one of the two places that write the line: the program's own header, or the "
                  "relay's rewriting",
                  "If it is DKIM-Signature, sign at one place only", update_program},
        .reference = "RFC 5322 section 3.6",
        .sample = "554 Transaction failed: Duplicate header 'DKIM-Signature'.",
    },
    {
        .id = "malformed-rfc5322-gmail",
        .category = Category::malformed_message,
        .owner = Owner::you,
        .when = {.text =
                     "message is not RFC 5322 compliant|not RFC 5322 compliant|p=RfcMessageNonCompliant|"
                     "not RFC 2822 compliant|not RFC2822 compliant|not RFC 5321 compliant|not RFC "
                     "compliant|violates RFC 5322|violates RFC5322|violation of RFC 5322|violates RFC "
                     "2822|violation of RFC 2822|not compliant with RFC 5322|does not comply with RFC|not "
                     "RFC5322|not RFC-compliant|non RFC compliant|RFC 5322 violation|RFC 5322 "
                     "specifications|RFC2822 compliant|not conform to RFC|does not conform with RFC|"
                     "breaks RFC|non-compliant with RFC"},
        .title = "The message breaks the rules of mail format",
        .cause = "The receiving server checks each message against RFC 5322 and refuses it: a line "
                 "that must occur once is missing, doubled or unreadable. The answer often names the line.",
        .steps = {"Read the answer for the name of the header: Subject, From, Date, Message-ID",
                  look_at_message,
                  "Every message needs one From:, one Date:, at most one Subject:, To: and "
                  "Message-ID:, and an empty line before the text",
                  update_program},
        .reference = "RFC 5322 section 3.6",
        .sample = "550-5.7.1 This message is not RFC 5322 compliant. There are multiple Received "
                  "550-5.7.1 lines. Please visit 550 5.7.1 RFC 5322 specifications for more "
                  "information. - gsmtp",
    },
    {
        .id = "malformed-header-missing",
        .category = Category::malformed_message,
        .owner = Owner::you,
        .when = {.text =
                     "missing a valid messageId|missing a valid message-ID|missing Message-ID|no Message-ID|"
                     "Message-ID header*missing|without Message-ID|missing Date header|missing Date: header|"
                     "no Date header|without a Date|missing required header|required header*missing|"
                     "missing header|missing Subject|invalid Date header|invalid Message-ID|"
                     "missing MIME|Date header*invalid|missing To header|no To header"},
        .title = "A header line that the recipient's server insists on is missing",
        .cause = "The message lacks Date:, Message-ID: or another line, or holds it in the wrong "
                 "form. Old programs leave them to the relay, and not every relay adds them.",
        .steps = {"Let the relay add them: IIS does so for mail it receives by SMTP from the program "
                  "and for files in Pickup; Postfix needs `always_add_missing_headers = yes` in main.cf",
                  look_at_message, "Check the clock and time zone of the sending machine", update_program},
        .reference = "RFC 5322 section 3.6",
        .sample = "550 5.7.1 Messages missing a valid messageId header are not accepted. - gsmtp",
    },
    {
        .id = "malformed-bare-linefeeds",
        .category = Category::malformed_message,
        .owner = Owner::you,
        .when = {.text =
                     "SMTPSEND.BareLinefeedsAreIllegal|BareLinefeedsAreIllegal|bare linefeeds|bare line feed|"
                     "bare LF|bare <LF>|bare newline|bare CR |bare <CR>|stray newline|"
                     "bare carriage return|pobox.com/~djb/docs/smtplf|smtplf.html|"
                     "<LF> without <CR>|LF without CR|lone CR or LF|lone LF|lone CR"},
        .title = "Lines of the message end in LF instead of CRLF",
        .cause = "Mail lines must end in carriage return and line feed. The program wrote only line "
                 "feeds, as on Unix, and the next server does not repair that.",
        .steps = {"Write CRLF in the sending program: \\r\\n in C#, PHP and Python, vbCrLf in VBScript",
                  "Convert a Pickup file before dropping it: `(Get-Content mail.txt) | Set-Content "
                  "mail.eml`",
                  "Let the program hand the mail to a relay that repairs line ends, such as Postfix",
                  update_program},
        .reference = "RFC 5321 section 2.3.8",
        .sample = "550 5.6.11 SMTPSEND.BareLinefeedsAreIllegal; message contains bare linefeeds, which "
                  "cannot be sent via DATA",
    },
    {
        .id = "malformed-line-too-long",
        .category = Category::malformed_message,
        .owner = Owner::you,
        .when =
            {.text =
                 "line too long|lines too long|maximum line length|line length exceeded|line length limit|"
                 "exceeds line length|lines longer than|overlong line|lines are too long|line is too long|"
                 "message has lines too long|line longer than|maximum allowed line length"},
        .title = "A line of the message is longer than mail allows",
        .cause = "A line may hold 998 characters. HTML written as one endless line, or an attachment "
                 "encoded without line breaks, exceeds that.",
        .steps =
            {"Let the program encode the text as quoted-printable or base64, which breaks lines",
             "Base64 needs a line break after 76 characters (.NET: Base64FormattingOptions.InsertLineBreaks)",
             look_at_message, update_program},
        .reference = "RFC 5322 section 2.1.1",
        .sample = "550 maximum allowed line length is 998 octets, got 4075",
    },
    {
        .id = "malformed-8bit-header",
        .category = Category::malformed_message,
        .owner = Owner::you,
        .when = {.text =
                     "unicode character in a disallowed header|Encoded-word syntax is not permitted|8-bit "
                     "characters in header|8bit characters in header|8-bit data in header|non-ASCII "
                     "characters in header|non-ascii*header|unencoded 8-bit|unencoded 8bit|raw 8-bit|"
                     "improper use of 8-bit|Improper 8-bit|BAD-HEADER|illegal 8-bit|non-encoded 8-bit|"
                     "non-encoded non-ASCII|null character|NUL character|NUL byte|illegal character in "
                     "header|invalid character in header"},
        .title = "The header holds characters that must be encoded",
        .cause =
            "Umlauts, accents or Asian characters stand in Subject: or in a name without the encoding mail "
            "requires, or in a place where even encoded ones are not allowed.",
        .steps =
            {"Set the sending program to UTF-8 with MIME encoding; subjects then look like =?UTF-8?...?= "
             "inside",
             "For a test use a plain English subject and a sender without a display name", look_at_message,
             update_program},
        .reference = "RFC 2047 section 5",
        .sample = "550 5.7.1 The message contains a unicode character in a disallowed header. - gsmtp",
    },
    {
        .id = "malformed-content",
        .category = Category::malformed_message,
        .owner = Owner::you,
        .when = {.text =
                     "STOREDRV.Deliver; Corrupt message content|Corrupt message content|corrupt message|"
                     "Invalid message content|invalid content|Mail message is malformed|message is "
                     "malformed|malformed message|malformed header|malformed MIME|malformed mail|invalid "
                     "MIME|MIME error|bad MIME|broken MIME|MIME parse|MIME structure|invalid header|bad "
                     "header|header error|headers are not correct|improper header|header syntax|message "
                     "syntax|syntax error in header|invalid message format|message format error|"
                     "improperly formatted|unparseable|unparsable|could not parse message|unable to parse|"
                     "not a valid message|Content conversion|conversion failed|message structure|illegal "
                     "header|message contains invalid|has a bad header|mail format error|bad message "
                     "format|ConversionFailed|message is not formatted|Missing final '@domain'"},
        .title = "The message is damaged or wrongly built",
        .cause =
            "The receiving server cannot make sense of the header or of the parts of the message: a damaged "
            "attachment, a missing boundary, an unknown encoding.",
        .steps = {send_plain, "Open the attachment on your side; if it does not open, make it anew",
                  look_at_message,
                  "If a virus scanner or disclaimer tool rewrites outgoing mail, bypass it for one test",
                  update_program},
        .reference = "RFC 2045",
        .sample = "554 5.6.0 STOREDRV.Deliver; Corrupt message content",
    },
    {
        .id = "malformed-recipient-list",
        .category = Category::malformed_message,
        .owner = Owner::you,
        .when = {.text = "malformed address: *may not follow|malformed address|may not follow|"
                         "unqualified address in header|incorrectly constructed"},
        .title = "The To: or Cc: line of the message cannot be read",
        .cause = "The server takes the recipients from the header, and one of them is not written as "
                 "the standard wants: two addresses without a comma, a name without quotation marks, "
                 "brackets in the wrong place.",
        .steps =
            {"Write addresses as `Name <user@example.com>`, separated by commas; a name with a "
             "comma needs quotation marks",
             "Look at the line in the bounce: the text after 'may not follow' shows where reading stopped",
             look_at_message},
        .reference = "RFC 5322 section 3.4",
        .sample =
            "a@example.com <b@example.net>: malformed address: <b@example.net> may not follow a@example.com",
    },

    // Protocol
    {
        .id = "policy-reject-content-blocked",
        .category = Category::policy_reject,
        .owner = Owner::recipient,
        .when = {.text = "Content of this message is blocked|Content of this message was blocked"},
        .title = "The recipient's server does not allow what the message contains",
        .cause = "A rule for the content of mail stopped it: a kind of attachment, a word or a link.",
        .steps = {"Send one line of plain text from the same sender: if it arrives, the content is refused",
                  "Send the document as PDF, without macros and archives, or as a link",
                  "Ask the recipient's administrator which rule it was, with the verbatim reply"},
        .sample = "550 5.2.1 Content of this message is blocked",
    },
    {
        .id = "protocol-hello-first",
        .category = Category::protocol_error,
        .owner = Owner::you,
        .when =
            {.text =
                 "Send hello first|EHLO/HELO first|HELO/EHLO first|say HELO first|polite people say HELO|"
                 "send HELO first|send EHLO first|need HELO|need EHLO|expected EHLO|HELO required|"
                 "EHLO required|must send EHLO|must send HELO|issue HELO|issue EHLO|HELO or EHLO required|"
                 "Say EHLO|HELO command is required|HELO first"},
        .title = "The sending program did not greet the server",
        .cause = "SMTP starts with EHLO, and after STARTTLS it starts once more. The program left one "
                 "of them out, or a firewall swallowed it.",
        .steps =
            {"After STARTTLS the program must send EHLO again before AUTH or MAIL FROM: an old "
             "SMTP library may not do so; update it",
             "Let a relay stand in between: program -> your relay without encryption -> smart host with TLS",
             "Switch off SMTP inspection in the firewall (Cisco: `no inspect esmtp`)",
             "Try it by hand: `openssl s_client -starttls smtp -crlf -connect {host}:587`, then "
             "type `EHLO test`"},
        .reference = "RFC 5321 section 4.1.4",
        .sample = "503 5.5.2 Send hello first",
    },
    {
        .id = "protocol-unrecognized-command",
        .category = Category::protocol_error,
        .owner = Owner::you,
        .when = {.text =
                     "Unrecognized command|unrecognised command|command unrecognized|command unrecognised|"
                     "command not recognized|command not recognised|unknown command|command unknown|"
                     "command not implemented|command is not implemented|command not supported|"
                     "unimplemented command|unimplemented (#|unsupported command|invalid command|illegal "
                     "command|bad command|command not understood|not a valid command|command verb"},
        .title = "The server did not understand a command",
        .cause = "Either the program speaks something the server does not offer, or a firewall "
                 "between them rewrites SMTP commands, often visible as XXXX.",
        .steps = {"Switch off SMTP inspection in the firewall between relay and server (Cisco ASA: `no "
                  "inspect esmtp`; others: SMTP proxy, mail guard, fixup)",
                  "From the relay's machine try it by hand: `openssl s_client -starttls smtp -crlf "
                  "-connect {host}:587`; if that fails, something on the way interferes",
                  "Check the port: 465 wants TLS from the first byte, 587 and 25 begin in plain text",
                  update_program},
        .reference = "RFC 5321 section 4.2.4",
        .sample = "500 5.3.3 Unrecognized command",
    },
    {
        .id = "protocol-bad-sequence",
        .category = Category::protocol_error,
        .owner = Owner::you,
        .when = {.text =
                     "Bad sequence of commands|Improper sequence of commands|bad command sequence|"
                     "sequence of commands|command out of sequence|commands out of sequence|"
                     "command sequence|Sender already specified|sender already given|nested MAIL command|"
                     "nested MAIL|MAIL first|need MAIL command|need MAIL before|RCPT first|Need RCPT before|"
                     "need rcpt command|no recipient specified|No DATA after BDAT|DATA without RCPT|"
                     "must have sender|must have recipient first|need valid RCPT"},
        .title = "SMTP commands arrived in the wrong order",
        .cause = "The server was given a command too early, for example a recipient before a sender. "
                 "Often the command before it had been refused, and the program went on regardless.",
        .steps = {"Look for the earlier refusal in the relay's log or in this report: the answer to "
                  "MAIL FROM, RCPT TO or AUTH is the cause",
                  "If there is none, a proxy or virus scanner between relay and server breaks the "
                  "dialogue: bypass it for a test",
                  update_program},
        .reference = "RFC 5321 section 4.1.4",
        .sample = "503 5.5.1 Bad sequence of commands",
    },
    {
        .id = "protocol-pipelining",
        .category = Category::protocol_error,
        .owner = Owner::you,
        .when =
            {.text =
                 "improper command pipelining|SMTP synchronization error|synchronization error|"
                 "improper use of SMTP command pipelining|pipelining not|unauthorized pipelining|"
                 "data sent before|input sent without waiting|talk too soon|spoke too early|talks too soon|"
                 "protocol synchronization|sent data before|command pipelining|early talker|"
                 "early-talker|rejecting early"},
        .title = "The sender did not wait for the server's answers",
        .cause = "The sending side pushed commands before the server had answered or greeted. Many "
                 "servers take that for the mark of a spam program.",
        .steps = {"Update the SMTP library of the sending program, or let it send to a proper relay "
                  "(IIS, Postfix) that sends on",
                  "Raise the program's waiting time for the greeting to a minute or more; some servers "
                  "greet slowly on purpose",
                  "If a firewall or proxy handles SMTP in between, bypass it for a test"},
        .reference = "RFC 2920 section 3.1",
        .sample = "554 SMTP synchronization error",
    },
    {
        .id = "protocol-arguments",
        .category = Category::protocol_error,
        .owner = Owner::you,
        .when = {.status = "x.5.x",
                 .text = "Invalid arguments|invalid argument|invalid parameter|unsupported parameter|"
                         "unsupported option|unrecognized parameter|unknown parameter|parameters not "
                         "recognized|parameter not recognized|parameters not implemented|parameter not "
                         "implemented|syntax error in parameters|bad parameters|bad parameter|bad arguments|"
                         "option not supported|not support * parameter|Syntax error, goodbye|syntax error in "
                         "arguments"},
        .title = "The server does not accept the parameters of a command",
        .cause = "A command such as MAIL FROM carried something the server does not know or a badly "
                 "written address: missing angle brackets, a stray blank, an extension that was not "
                 "offered.",
        .steps =
            {"See the dialogue: switch on logging in the relay (IIS: Properties > General > "
             "Enable logging, all fields) and look at the command before this answer",
             "Check sender and recipient in the program for blanks, quotation marks and missing brackets",
             "If a firewall hides server features, switch off its SMTP inspection", update_program},
        .reference = "RFC 5321 section 4.1.1.11",
        .sample = "501 5.5.4 Invalid arguments",
    },
    {
        .id = "protocol-syntax",
        .category = Category::protocol_error,
        .owner = Owner::you,
        .when = {.status = "x.5.x",
                 .text = "syntax error|command syntax|syntax: |Error: bad syntax|bad syntax|"
                         "SMTP protocol violation|protocol violation|SMTP protocol error"},
        .title = "The server calls the command badly written",
        .cause = "Sender and server disagree about SMTP itself. The usual reasons are an address "
                 "without angle brackets, a blank too many, or a device between them that changes the "
                 "dialogue.",
        .steps =
            {"Switch on logging in the relay and look at the very command before this answer",
             "Check sender and recipient in the program: `MAIL FROM:<user@example.com>` has no blank after "
             "the colon",
             "Switch off SMTP inspection of the firewall for a test", update_program},
        .reference = "RFC 5321 section 4.1.1",
        .sample = "501 5.5.2 Syntax error",
    },
    {
        .id = "protocol-remote-vague",
        .category = Category::protocol_error,
        .owner = Owner::you,
        .when = {.text = "protocol error", .proof = Proof::hint},
        .title = "The two servers did not understand each other",
        .cause = "The sending server only notes that the other one answered something it did not "
                 "expect. The real answer stands a few lines higher, after <<<.",
        .steps = {"Read the line that begins with <<< in the report: that is the recipient's server speaking",
                  "Explain that line by itself: `relaytool explain \"<the line>\"`"},
        .reference = "RFC 5321 section 4.3.2",
        .sample = "554 <user@example.edu>... Remote protocol error",
    },
    {
        .id = "protocol-body-type",
        .category = Category::protocol_error,
        .owner = Owner::you,
        .when = {.text =
                     "Body type not supported by Remote Host|body type not supported|8BITMIME*not supported|"
                     "BINARYMIME*not supported|does not support 8BITMIME|does not support BINARYMIME|"
                     "not offer*8BITMIME|does not support 8-bit"},
        .title = "The next server does not take the message's encoding",
        .cause = "The message came in as 8-bit or binary because your relay offered that, but the "
                 "next server does not offer it, and the relay cannot convert.",
        .steps = {"IIS: stop offering it to the programs: in the metabase set "
                  "SmtpInboundCommandSupportOptions without 8BITMIME, BINARYMIME and CHUNKING, then "
                  "restart the SMTP service",
                  "Set the sending program to 7-bit encodings: quoted-printable or base64",
                  "If a firewall in front of the next server hides its features, switch off SMTP inspection "
                  "there"},
        .reference = "RFC 6152 section 3",
        .sample = "554 5.6.1 Body type not supported by Remote Host",
    },
    {
        .id = "protocol-smtputf8",
        .category = Category::protocol_error,
        .owner = Owner::you,
        .when = {.text = "SMTPUTF8 is required|SMTPUTF8 required|requires SMTPUTF8|does not support SMTPUTF8|"
                         "SMTPUTF8 support*not|not offered*SMTPUTF8|SMTPUTF8 extension|"
                         "internationalized address|internationalised address|non-ASCII address"},
        .title = "An address holds non-English letters that the next server cannot handle",
        .cause = "An address or header with umlauts or other letters needs the extension SMTPUTF8, "
                 "which the server does not offer.",
        .steps =
            {"Check {from} and {recipient} for umlauts and look-alike letters that slipped in by copying",
             "Write the domain in its xn-- form, and use an address with a plain name before the @",
             "Postfix: `postconf -e smtputf8_enable=no` and `postfix reload` when no such address is really "
             "needed"},
        .reference = "RFC 6531 section 3.5",
        .sample = "550 5.6.7 SMTPUTF8 is required, but was not offered by host mx.example.org[192.0.2.25]",
    },
    {
        .id = "protocol-too-many-errors",
        .category = Category::protocol_error,
        .owner = Owner::you,
        .when = {.text = "too many errors|too many bad commands|too many unrecognized commands|too many "
                         "syntax errors|too many protocol errors|too many invalid commands|too many unknown "
                         "commands|too many nonsense commands|too many syntax or protocol"},
        .title = "The server hung up after too many errors in one session",
        .cause = "Several commands in the same session were refused, often a list of dead addresses, "
                 "and the server lost patience.",
        .steps = {"Look at the answers before this one in the relay's log: they are the cause",
                  "Clean the recipient list: addresses that do not exist count as errors",
                  "Let the program open a new connection for each message, or send fewer recipients at once"},
        .reference = "RFC 5321 section 4.3.2",
        .sample = "421 4.7.0 mx.example.org Error: too many errors",
    },
};

} // namespace

std::span<const Rule> content_rows() {
    return rows;
}

} // namespace relaytool::diagnosis
