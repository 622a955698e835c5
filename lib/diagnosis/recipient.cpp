#include "diagnosis/catalogue.hpp"

namespace relaytool::diagnosis {
namespace {

constexpr std::string_view microsoft_ndr =
    "https://learn.microsoft.com/exchange/troubleshoot/email-delivery/ndr/non-delivery-reports-in-exchange-online";
constexpr std::string_view google_codes = "https://support.google.com/a/answer/3726730";

// Steps that several rows share.
constexpr std::string_view compare_address =
    "Compare {recipient} letter by letter with what the customer gave you: swapped "
    "letters, a blank at the end, .co instead of .com, a missing dot";
constexpr std::string_view fix_master_data =
    "Correct the address in the customer record of the sending program, not only in this one mail, then send "
    "again";
constexpr std::string_view ask_another_way =
    "If the address looks right, ask the recipient by phone for their current address";
constexpr std::string_view stop_sending =
    "Until then take {recipient} off automatic mailings: repeated mail to dead addresses harms your "
    "reputation";
constexpr std::string_view tell_recipient_full =
    "Tell the recipient by phone that the mailbox is full and that mail from {from} came back";
constexpr std::string_view send_again_when_free =
    "Send the message again when they have made room; a relay that got a final refusal (5xx) does not retry";
constexpr std::string_view exchange_shell =
    "If {recipient-domain} is your own Microsoft 365, open PowerShell: `Connect-ExchangeOnline`";
constexpr std::string_view log_in_instead =
    "Or keep the restriction and let the relay log in at smtp.office365.com:587 with a mailbox of the same "
    "organisation, so that its mail no longer counts as coming from outside";

constexpr Rule rows[] = {
    // Recipient unknown: Microsoft 365 and Exchange
    {
        .id = "recipient-unknown-exchange",
        .category = Category::recipient_unknown,
        .owner = Owner::you,
        .when = {.text = "RESOLVER.ADR.RecipientNotFound|RESOLVER.ADR.RecipNotFound|"
                         "Recipient not found by SMTP address lookup"},
        .title = "The recipient's Exchange organisation has no such address",
        .cause = "{recipient-domain} is hosted by Exchange or Microsoft 365, and nobody there owns "
                 "{recipient}. The address is misspelt, the mailbox was removed, or half of it lives "
                 "on another server that Exchange does not know about.",
        .steps =
            {compare_address, fix_master_data,
             "If {recipient-domain} is your own, look for the address: `Get-Recipient {recipient}`",
             "If some mailboxes of your domain are on another server, let unknown addresses pass on: "
             "`Set-AcceptedDomain {recipient-domain} -DomainType InternalRelay` (needs a connector to that "
             "server)",
             ask_another_way},
        .reference = microsoft_ndr,
        .sample = "550 5.1.10 RESOLVER.ADR.RecipientNotFound; Recipient not found by SMTP address lookup",
    },
    {
        .id = "recipient-refused-access-table",
        .category = Category::recipient_unknown,
        .owner = Owner::recipient,
        // Microsoft says the same with 5.4.1 and 5.7.504.
        .when = {.status = "5.7.1", .text = "Recipient address rejected: Access denied"},
        .title = "The recipient's server takes no mail for this address",
        .cause = "The server lists {recipient} among the addresses it refuses. Usually the address "
                 "was closed or is for internal use; it may also be a typing error that happens to "
                 "hit such an entry.",
        .steps = {compare_address, ask_another_way,
                  "Recipient's postmaster: look for the address in the recipient restrictions (on "
                  "Postfix the table behind check_recipient_access in smtpd_recipient_restrictions)",
                  stop_sending},
        .reference = "RFC 3463 section 3.2",
        .sample = "554 5.7.1 <user@example.org>: Recipient address rejected: Access denied",
    },
    {
        .id = "recipient-unknown-exchange-edge",
        .category = Category::recipient_unknown,
        .owner = Owner::you,
        .when =
            {.host = HostFamily::microsoft,
             .text =
                 "Recipient address rejected: Access denied|All recipient addresses rejected : Access denied|"
                 "All recipient addresses rejected: Access denied|AS(201806281)"},
        .title = "Microsoft 365 does not know the recipient",
        .cause = "The front door of Microsoft 365 refused {recipient} because it is not an address of "
                 "an organisation it serves. Either the address is wrong, or your relay handed a mail "
                 "for somebody outside to the address *.mail.protection.outlook.com, which only takes "
                 "mail for its own organisation.",
        .steps =
            {compare_address,
             "If {recipient-domain} is not the organisation whose *.mail.protection.outlook.com "
             "host your relay uses, that host is the wrong way: send through "
             "smtp.office365.com:587 with a login, or set up an inbound connector for your "
             "relay's IP address",
             "If {recipient-domain} is yours, check that the address exists: `Get-Recipient {recipient}`",
             "If the address is new, wait an hour and try again: the list of addresses at the "
             "front door lags behind",
             "If your domain also has mailboxes elsewhere: `Set-AcceptedDomain {recipient-domain} "
             "-DomainType InternalRelay`"},
        .reference = microsoft_ndr,
        .sample = "550 5.4.1 Recipient address rejected: Access denied. AS(201806281) "
                  "[XX1EUR01FT049.eop-EUR01.prod.protection.outlook.com]",
    },
    {
        .id = "recipient-stale-x500",
        .category = Category::recipient_unknown,
        .owner = Owner::you,
        .when =
            {.text =
                 "RESOLVER.ADR.ExRecipNotFound|Exchange Legacy encapsulated email address lookup|IMCEAEX-"},
        .title = "An old Exchange-internal address was used instead of the mail address",
        .cause = "The message went to an X.500 address that Exchange uses internally. Outlook's "
                 "autocomplete list, an old contact or a calendar entry still holds it, although the "
                 "mailbox was moved or made anew.",
        .steps = {"In Outlook start typing the name, remove the suggestion with the X beside it, and "
                  "type the full address {recipient}",
                  "For everybody at once: turn the IMCEAEX- text of the bounce back into an X.500 "
                  "address and add it to the mailbox: `Set-Mailbox {recipient} -EmailAddresses "
                  "(@((Get-Mailbox {recipient}).EmailAddresses) + \"X500:/o=…/cn=…\")`",
                  "Check recurring meetings and delegates that were set up before a migration"},
        .reference = microsoft_ndr,
        .sample = "550 5.1.11 RESOLVER.ADR.ExRecipNotFound; Recipient not found by Exchange Legacy "
                  "encapsulated email address lookup",
    },
    {
        .id = "recipient-unknown-through-microsoft",
        .category = Category::recipient_unknown,
        .owner = Owner::you,
        .when = {.text = "Remote server returned unknown recipient or mailbox unavailable"},
        .title = "The recipient's server told Microsoft 365 that the address does not exist",
        .cause = "Microsoft 365 accepted your mail and offered it to the server of "
                 "{recipient-domain}, which answered that there is no such mailbox. What follows in "
                 "the report is that server's own answer.",
        .steps = {compare_address, fix_master_data, ask_another_way,
                  "If it is a forward in your organisation, correct its target: `Get-Mailbox "
                  "-ResultSize Unlimited | Where-Object ForwardingSmtpAddress -like \"*{recipient}\"`"},
        .reference = microsoft_ndr,
        .sample = "550 5.1.351 Remote server returned unknown recipient or mailbox unavailable",
    },
    {
        .id = "recipient-contact-broken",
        .category = Category::recipient_unknown,
        .owner = Owner::recipient,
        .when = {.text = "RESOLVER.ADR.BadPrimary|recipient primary SMTP address is missing or invalid"},
        .title = "The recipient's entry in Exchange has no usable mail address",
        .cause = "The contact or mailbox exists in the Exchange directory, but its primary SMTP "
                 "address is missing or not valid, so Exchange has nowhere to deliver to.",
        .steps = {"Exchange administrator: find the entry: `Get-Recipient {recipient} | Format-List "
                  "RecipientType,PrimarySmtpAddress,ExternalEmailAddress`",
                  "For a contact: `Set-MailContact {recipient} -ExternalEmailAddress {recipient}`",
                  "With directory synchronisation, correct the attributes mail, proxyAddresses and "
                  "targetAddress in the local Active Directory and wait for the next run"},
        .reference = microsoft_ndr,
        .sample = "550 5.2.0 RESOLVER.ADR.BadPrimary; recipient primary SMTP address is missing or invalid",
    },
    {
        .id = "recipient-list-member-gone",
        .category = Category::recipient_unknown,
        .owner = Owner::recipient,
        .when =
            {.text =
                 "STOREDRV.Deliver*ObjectNotFoundException|MapiExceptionNotFound*Cannot get ID from name"},
        .title = "The recipient is in the Exchange directory, but has no mailbox behind it",
        .cause = "A distribution list or a rule points to an entry whose mailbox Exchange could not "
                 "open. Directory and mailbox database disagree, typically after a removal or a migration.",
        .steps = {"Exchange administrator: check the mailbox: `Get-Mailbox {recipient}`",
                  "If it is gone, remove it from the list: `Remove-DistributionGroupMember <group> -Member "
                  "{recipient}`",
                  "If it should be there, look for a failed move: `Get-MoveRequest {recipient}`"},
        .reference = microsoft_ndr,
        .sample =
            "554 5.2.0 STOREDRV.Deliver.Exception:ObjectNotFoundException.MapiExceptionNotFound; Failed to "
            "process message due to a permanent exception with message Cannot get ID from name",
    },
    {
        .id = "recipient-ambiguous",
        .category = Category::recipient_unknown,
        .owner = Owner::recipient,
        .when = {.text = "Destination mailbox address ambiguous|RESOLVER.ADR.Ambiguous|ambiguous address|"
                         "recipient address is ambiguous|Ambiguous recipient"},
        .title = "Two entries of the recipient's directory own the same address",
        .cause = "{recipient} is found more than once in the recipient's directory, so the server "
                 "cannot tell which mailbox is meant.",
        .steps = {"Recipient's Exchange administrator: find both: `Get-Recipient -ResultSize Unlimited "
                  "| Where-Object EmailAddresses -match \"{recipient}\"`",
                  "Remove the address from the entry that should not have it",
                  "Send again afterwards; nothing needs to change on your side"},
        .reference = "RFC 3463 section 3.2",
        .sample = "550 5.1.4 Destination mailbox address ambiguous",
    },

    // Recipient unknown: the address cannot be right as written
    {
        .id = "recipient-address-reserved",
        .category = Category::recipient_unknown,
        .owner = Owner::you,
        .when = {.text = "Recipient address reserved by RFC 2606"},
        .title = "The recipient's domain is one reserved for examples and tests",
        .cause = "Domains such as example.com or anything ending in .test or .invalid never receive "
                 "mail. The program still sends to a placeholder from its manual or its demo data.",
        .steps = {"Replace {recipient} by the real address in the sending program",
                  "Look for other placeholders: alert addresses, copies, report recipients"},
        .reference = "RFC 2606",
        .sample = "550 5.1.4 Recipient address reserved by RFC 2606",
    },
    {
        .id = "recipient-address-single-label",
        .category = Category::recipient_unknown,
        .owner = Owner::you,
        .when = {.text = "Recipient addresses in single label domains not accepted"},
        .title = "The recipient's address has a domain without a dot",
        .cause =
            "The part behind the @ is a bare computer name. Either the ending was forgotten, or the relay "
            "completed an address without a domain by its own name.",
        .steps = {"Give the full address in the sending program, for example user@company.com",
                  "IIS: IIS 6.0 Manager > SMTP Virtual Server > Properties > Delivery > Advanced: put "
                  "your real domain into Masquerade domain and a full name into Fully-qualified domain name"},
        .reference = "RFC 5321 section 2.3.5",
        .sample = "550 5.1.6 Recipient addresses in single label domains not accepted",
    },
    {
        .id = "recipient-address-syntax",
        .category = Category::recipient_unknown,
        .owner = Owner::you,
        .when = {.text = "STOREDRV.Submit; invalid recipient address|Invalid X.400 address|"
                         "Bad destination mailbox address syntax|bad recipient address syntax|"
                         "bad address syntax|recipient address*not a valid*RFC*address|"
                         "invalid recipient syntax|malformed recipient|recipient address syntax|"
                         "RFC 5321 recipient address|domain missing or malformed|"
                         "incorrectly constructed recipient|Invalid character in recipient|"
                         "Adresse du destinataire invalide|illegal characters in recipient|"
                         "recipient*invalid address format|recipient*contains invalid characters"},
        .title = "The recipient's address is not a valid mail address",
        .cause = "The text handed over as recipient cannot be a mail address: a blank, a comma, an "
                 "umlaut or a missing part. The server did not even look for the mailbox.",
        .steps = {"Look at {recipient} in the sending program: one address per field, no blanks, no "
                  "name around it, no semicolon at the end",
                  "If the program takes several addresses in one field, find out which separator it "
                  "wants: comma or semicolon",
                  "In a Pickup file every To: line needs the form `To: user@company.com`"},
        .reference = "RFC 5321 section 4.1.2",
        .sample =
            "501 5.1.3 <user@@example.org>: Recipient address rejected: Bad destination mailbox address "
            "syntax",
    },
    {
        .id = "recipient-address-invalid",
        .category = Category::recipient_unknown,
        .owner = Owner::you,
        .when = {.status = "x.1.3", .text = "Invalid address"},
        .title = "The server calls the recipient's address invalid",
        .cause = "The address given as recipient is incomplete or holds characters that are not "
                 "allowed, so the server refused it before looking for a mailbox.",
        .steps =
            {"Look at {recipient} in the sending program: one address per field, with user, @ and a full "
             "domain",
             "Remove blanks, semicolons, quotation marks and line breaks around it",
             "Send again after correcting it"},
        .reference = "RFC 3463 section 3.2",
        .sample = "501 5.1.3 Invalid address",
    },

    // Recipient unknown: by product
    {
        .id = "recipient-unknown-gmail",
        .category = Category::recipient_unknown,
        .owner = Owner::you,
        .when =
            {.text =
                 "email account that you tried to reach does not exist|p=NoSuchUser|answer.py?answer=6596|"
                 "support.google.com/mail/answer/6596|account that you tried to reach does not exist"},
        .title = "Gmail has no such account",
        .cause = "Google's server knows no account, alias or group called {recipient}. This holds for "
                 "gmail.com and for companies whose mail is at Google Workspace.",
        .steps = {compare_address, fix_master_data, ask_another_way,
                  "If {recipient-domain} is a company at Google Workspace: its administrator sees "
                  "under Directory > Users whether the account still exists"},
        .reference = google_codes,
        .sample = "550-5.1.1 The email account that you tried to reach does not exist. Please try "
                  "550-5.1.1 double-checking the recipient's email address for typos or 550-5.1.1 "
                  "unnecessary spaces. Learn more at 550 5.1.1 "
                  "https://support.google.com/mail/?p=NoSuchUser 00000000000000.000 - gsmtp",
    },
    {
        .id = "recipient-unknown-yahoo",
        .category = Category::recipient_unknown,
        .owner = Owner::you,
        .when = {.text = "This user doesn't have a * account|delivery error: dd Not a valid recipient|"
                         "delivery error: dd This user doesn't have"},
        .title = "Yahoo has no such account",
        .cause = "The mail service (Yahoo, AOL or a domain it hosts) knows no account {recipient}. It "
                 "was never there, or was deleted after a long time without a login.",
        .steps = {compare_address, ask_another_way, fix_master_data, stop_sending},
        .reference = "RFC 5321 section 4.2.3",
        .sample = "554 delivery error: dd This user doesn't have a yahoo.com account (user@yahoo.com) [0] - "
                  "mta1061.mail.ne1.yahoo.com",
    },
    {
        .id = "recipient-unknown-mobile-carrier",
        .category = Category::recipient_unknown,
        .owner = Owner::recipient,
        .when = {.text =
                     "Unknown user *docomo*|Unknown user *softbank.ne.jp|Invalid recipient*softbank.ne.jp|"
                     "Invalid recipient*vodafone.ne.jp|@ezweb.ne.jp>: User unknown|@au.com>: User unknown|"
                     "@uqmobile.jp>: User unknown|ezweb.ne.jp*User unknown"},
        .title = "The mobile carrier says unknown: no such address, or its filter says no",
        .cause = "Japanese mobile carriers answer 'unknown user' both when the address does not exist "
                 "and when the subscriber's mail filter refuses the sender. From outside the two "
                 "cannot be told apart.",
        .steps = {compare_address,
                  "Ask the recipient to add {from-domain} to the allowed senders in the mail settings "
                  "of the carrier (docomo, au, SoftBank, UQ mobile) and to allow mail from PCs",
                  "Check SPF of your domain, which those filters look at: `nslookup -type=txt "
                  "{from-domain}`",
                  "Ask whether the subscriber changed the address; stop sending to the old one"},
        .sample = "550 <user@ezweb.ne.jp>: User unknown",
    },
    {
        .id = "recipient-unknown-notes",
        .category = Category::recipient_unknown,
        .owner = Owner::you,
        .when = {.text = "not listed in public Name & Address Book|not listed in Domino Directory|"
                         "not listed in *Name & Address Book|not listed in *Domino Directory|"
                         "No such user in Domino|not found in Domino Directory|"
                         "User not listed in Domino"},
        .title = "The recipient's Domino server does not list the address",
        .cause = "The company runs HCL/Lotus Domino, and its directory holds no person, group or "
                 "mail-in database with the address {recipient}.",
        .steps =
            {compare_address, ask_another_way,
             "Recipient's Domino administrator: look in the Person document at Internet address and User "
             "name",
             fix_master_data},
        .sample = "550 User neko (neko@example.com) not listed in public Name & Address Book",
    },
    {
        .id = "recipient-unknown-qmail",
        .category = Category::recipient_unknown,
        .owner = Owner::you,
        .when = {.text = "no mailbox here by that name|no mailbox by that name|No account by that name here|"
                         "no user by that name|vpopmail*no such user|vdelivermail*no such|"
                         "that recipient does not exist|no such address here|no such virtual mailbox"},
        .title = "The recipient's server has no mailbox of that name",
        .cause =
            "The domain {recipient-domain} is right, the name before the @ is not: its server has neither a "
            "mailbox nor an alias for it.",
        .steps = {compare_address, fix_master_data, ask_another_way, stop_sending},
        .reference = "RFC 3463 section 3.2",
        .sample = "550 sorry, no mailbox here by that name (#5.1.1 - chkusr)",
    },
    {
        .id = "recipient-unknown-mailru",
        .category = Category::recipient_unknown,
        .owner = Owner::you,
        .when = {.text = "is unavailable: user not found|is unavailable: user is terminated|is unavailable: "
                         "account is terminated|non-local recipient verification failed|invalid mailbox*user "
                         "not found|user is terminated"},
        .title = "mail.ru has no such mailbox",
        .cause = "The server of mail.ru looked {recipient} up and found no mailbox, or one that was closed.",
        .steps = {compare_address, ask_another_way, fix_master_data},
        .sample = "550 Message was not accepted -- invalid mailbox. Local mailbox user@mail.ru is "
                  "unavailable: user not found",
    },
    {
        .id = "recipient-unknown-orange",
        .category = Category::recipient_unknown,
        .owner = Owner::you,
        .when =
            {.text =
                 "Adresse d au moins un destinataire invalide|Adresse d'au moins un destinataire invalide|"
                 "destinataire invalide*Invalid recipient|utilisateur inconnu|adresse inconnue|"
                 "destinataire inconnu|boite aux lettres inexistante|compte inexistant"},
        .title = "The French provider has no such mailbox",
        .cause = "The server answered in French that the recipient's address is unknown or not valid.",
        .steps = {compare_address, ask_another_way, fix_master_data, stop_sending},
        .sample =
            "550 5.1.1 Adresse d au moins un destinataire invalide. Invalid recipient. OFR204_418 [418]",
    },
    {
        .id = "recipient-unknown-exchange-classic",
        .category = Category::recipient_unknown,
        .owner = Owner::you,
        .when = {.text =
                     "The recipient name is not recognized|000C05A6|"
                     "e-mail account does not exist at the organization this message was sent to|"
                     "email address you entered couldn't be found|MSEXCH:IMS*Unknown Recipient|"
                     "could not be found at the destination organization|"
                     "e-mail address could not be found|The e-mail address you entered couldn't be found"},
        .title = "Exchange found nobody with that name",
        .cause = "The recipient's Exchange server could not match {recipient} to a person, group or contact.",
        .steps = {compare_address, fix_master_data, ask_another_way,
                  "Recipient's administrator: check the address list and, if the person has left, add "
                  "the old address to whoever takes over"},
        .sample = "The recipient name is not recognized MSEXCH:IMS:EXAMPLE:SITE:SERVER 0 (000C05A6) Unknown "
                  "Recipient",
    },

    // Recipient unknown: wordings of everybody else
    {
        .id = "recipient-unknown-verify-callout",
        .category = Category::recipient_unknown,
        .owner = Owner::you,
        .when = {.text =
                     "Recipient address rejected: undeliverable address|recipient verify failed|recipient "
                     "callout|recipient address * not found in *database|relay recipient table|recipient "
                     "verification failed"},
        .title = "The recipient's gateway has looked the address up, and it does not exist",
        .cause = "The gateway of {recipient-domain} checked {recipient} against its list of "
                 "mailboxes, or asked the mail server behind it, and got a no.",
        .steps = {compare_address, fix_master_data, ask_another_way,
                  "If you know that the address exists, tell the recipient's postmaster: the gateway's "
                  "address list (on Postfix relay_recipient_maps or virtual_mailbox_maps) lacks it"},
        .reference = "RFC 3463 section 3.2",
        .sample = "550 5.1.1 <user@example.jp>: Recipient address rejected: undeliverable address: no "
                  "such mailbox",
    },
    {
        .id = "recipient-unverified-temporary",
        .category = Category::recipient_unknown,
        .owner = Owner::recipient,
        .severity = Severity::warning,
        .when = {.code = "4",
                 .text = "Recipient address rejected: unverified address|unverified address|"
                         "Could not complete recipient verify callout|recipient verification temporarily"},
        .title = "The recipient's gateway could not yet check the address",
        .cause = "The gateway of {recipient-domain} asks the mail server behind it whether an address "
                 "exists, and got no answer in time. Your relay tries again until the message is too old.",
        .steps = {"Wait: most of these pass at the next attempt",
                  "If it lasts for hours, tell the recipient's postmaster that their mail gateway "
                  "cannot reach the server behind it",
                  compare_address},
        .reference = "RFC 5321 section 4.5.4.1",
        .sample = "450 4.1.1 <user@example.org>: Recipient address rejected: unverified address: "
                  "Address verification in progress",
    },
    {
        .id = "recipient-unknown",
        .category = Category::recipient_unknown,
        .owner = Owner::you,
        .when =
            {.text =
                 "User unknown|unknown user|unknown or illegal user|unknown or illegal alias|Unknown "
                 "recipient|recipient unknown|unknown local part|unknown local-part|unknown "
                 "destination address|unknown mailbox|mailbox unknown|unknown account|address unknown|"
                 "no such user|no such recipient|no such mailbox|no such address|no such account|no "
                 "such person|no such alias|No mailbox found|no mailbox with|no mailbox here|user not "
                 "found|users not found|recipient not found|Recipients not found|mailbox not found|"
                 "account not found|address not found|user doesn't exist|user does not exist|User not "
                 "exist|user dosn't exist|mailbox does not exist|mailbox doesn't exist|mailbox not "
                 "exist|recipient does not exist|recipient no found|recipient doesn't exist|account "
                 "does not exist|account doesn't exist|address does not exist|address doesn't exist|"
                 "addressee unknown|does not exist here|Bad destination mailbox address|bad "
                 "destination email address|bad destination mailbox|invalid recipient|recipient is "
                 "invalid|recipient invalid|invalid mailbox|invalid user:|invalid user <|Invalid "
                 "final delivery user|illegal user|not our user|not our customer|is not our customer|"
                 "User not known|user is unknown|user <*> unknown|user (*) unknown|not a known user|"
                 "not a valid user|not a valid mailbox|not a valid recipient|is not a known user|"
                 "recipient is not exist|recipient is not valid|can't find alias|unable to find alias|"
                 "no such local user|isn't a valid user|no valid mailbox|has no mailbox|does not have "
                 "an account here|does not have a mailbox|user is not known|not known here|Benutzer "
                 "unbekannt|Empfaenger unbekannt|Empfänger unbekannt|Benutzer nicht bekannt|usuario "
                 "desconocido|destinatario desconocido|destinatario sconosciuto|utente sconosciuto|"
                 "usuario no existe|utente non esiste|onbekende gebruiker|bad recipient|RCPT TO "
                 "address not found|MXIN501 mailbox*unknown|Email address could not be found, or was "
                 "misspelled|no user with that|there is no user|Said user doesn't|unable to verify "
                 "recipient|undeliverable to the mailbox|does not like recipient*unknown|Recipient "
                 "address rejected: User unknown|Recipient address rejected: unknown|Recipient "
                 "address rejected: Unknown user|Recipient address rejected: No such user|Recipient "
                 "address rejected: Invalid|Recipient address rejected: recipient not found|Recipient "
                 "address rejected: Mailbox not found|Recipient address rejected: does not exist|not "
                 "found recipient account|local recipient table|virtual mailbox table|virtual alias table"},
        .title = "The recipient's address does not exist",
        .cause = "The server of {recipient-domain} was reached and answered that it has no mailbox "
                 "{recipient}. The address is misspelt, or the person has left.",
        .steps = {compare_address, fix_master_data, ask_another_way, stop_sending},
        .reference = "RFC 3463 section 3.2",
        .sample = "550 5.1.1 <user@example.co.jp>... User Unknown",
    },
    {
        .id = "recipient-unrouteable-remote",
        .category = Category::recipient_unknown,
        .owner = Owner::you,
        // With the code in the wording: without one it is the sending Exim itself, which may mean the domain.
        .when = {.text = "550*unrouteable address|550*unroutable address|553*unrouteable address"},
        .title = "The recipient's server has no way to deliver to this address",
        .cause = "Exim at the recipient's side found no rule that takes {recipient}: the domain is "
                 "served there, but neither a mailbox nor an alias of that name exists.",
        .steps = {compare_address, fix_master_data, ask_another_way,
                  "Recipient's postmaster: `exim -bt {recipient}` shows why it is not routed"},
        .reference = "RFC 3463 section 3.2",
        .sample = "550 Unrouteable address",
    },
    {
        .id = "recipient-rejected-cisco",
        .category = Category::recipient_unknown,
        .owner = Owner::you,
        .when = {.status = "5.1.x",
                 .text = "Address rejected.|recipient rejected|Recipient refused|"
                         "account not available"},
        .title = "The recipient's mail gateway does not accept the address",
        .cause = "A gateway such as Cisco Email Security checks recipients against the company's "
                 "directory and did not find {recipient} there.",
        .steps = {compare_address, fix_master_data, ask_another_way,
                  "Recipient's postmaster: check the LDAP accept query or the recipient access table of the "
                  "gateway"},
        .reference = "RFC 3463 section 3.2",
        .sample = "550 #5.1.0 Address rejected.",
    },
    {
        .id = "recipient-mailbox-unavailable",
        .category = Category::recipient_unknown,
        .owner = Owner::you,
        .when = {.code = "5", .text = "mailbox unavailable|mailbox not available|mailbox is unavailable"},
        .title = "The recipient's mailbox does not exist or is closed",
        .cause = "This is the standard's own sentence for 'no such mailbox'. Outlook.com, GMX, 1&1 "
                 "and others use it for addresses that never existed and for mailboxes that were "
                 "closed after long disuse.",
        .steps = {compare_address, ask_another_way, fix_master_data, stop_sending},
        .reference = "RFC 5321 section 4.2.3",
        .sample = "550 5.5.0 Requested action not taken: mailbox unavailable",
    },
    {
        .id = "recipient-mailbox-unavailable-temporary",
        .category = Category::remote_system_error,
        .owner = Owner::provider,
        .severity = Severity::warning,
        .when = {.code = "4",
                 .text = "mailbox unavailable|mailbox not available|mailbox temporarily unavailable|"
                         "mailbox is temporarily|mailbox busy"},
        .title = "The recipient's mailbox cannot be used at the moment",
        .cause = "The recipient's server cannot open the mailbox now: it is busy, being moved, or the "
                 "server wants to see a second attempt first. Your relay tries again until the "
                 "message is too old.",
        .steps = {"Wait; nothing needs to change",
                  "If it lasts longer than a few hours, tell the recipient by phone, so that they ask their "
                  "provider"},
        .reference = "RFC 5321 section 4.2.3",
        .sample = "450 Requested mail action not taken: mailbox unavailable",
    },
    {
        .id = "recipient-none-valid",
        .category = Category::recipient_unknown,
        .owner = Owner::you,
        .when = {.text = "no valid recipients|Need RCPT (recipient)|no recipients specified|all recipients "
                         "were rejected|No recipients have been specified|all recipients rejected|no valid "
                         "recipient",
                 .proof = Proof::hint},
        .title = "Every recipient of the message was refused",
        .cause = "This answer only follows from earlier ones: the server had refused each recipient "
                 "before the text of the message was sent.",
        .steps =
            {"Look for the answer to RCPT TO further up in the report or in the relay's log: that is the "
             "cause",
             "IIS: IIS 6.0 Manager > SMTP Virtual Server > Properties > General > Enable logging "
             "shows it in the SMTPSVC log",
             compare_address},
        .reference = "RFC 5321 section 3.3",
        .sample = "554 no valid recipients",
    },
    {
        .id = "recipient-rejected-vague",
        .category = Category::recipient_unknown,
        .owner = Owner::you,
        .when = {.text = "Recipient address rejected|recipient rejected|rejected recipient|invalid address|"
                         "unable to deliver*please check if address is correct|Unknown address error|"
                         "recipient address was rejected|bad address|Please check the recipient|permanent "
                         "failure for one or more recipients|Unable to deliver message to <|user rejected",
                 .proof = Proof::hint},
        .title = "The recipient's server refused the address",
        .cause =
            "The server did not say why it refuses {recipient}. In most cases the address does not exist.",
        .steps = {compare_address, ask_another_way,
                  "Send a plain test message from another account: if that is refused too, it is the address",
                  stop_sending},
        .reference = "RFC 3463 section 3.2",
        .sample = "554 <user@example.org>: Recipient address rejected",
    },

    // Recipient restricted: Microsoft
    {
        .id = "recipient-restricted-group",
        .category = Category::recipient_restricted,
        .owner = Owner::recipient,
        .when = {.text = "RESOLVER.RST.SenderNotAuthenticatedForGroup|Sender not authenticated for group|"
                         "sender was not authenticated when sending to this group|"
                         "Sender was not authenticated for group"},
        .title = "The group takes mail only from inside its organisation",
        .cause = "The distribution group {recipient} accepts only senders who are logged in to the "
                 "same organisation. Mail from a device or a relay without a login counts as mail "
                 "from outside, even when From is a colleague.",
        .steps = {exchange_shell,
                  "Open the group for outside senders: `Set-DistributionGroup {recipient} "
                  "-RequireSenderAuthenticationEnabled $false`",
                  "By mouse: Exchange admin center > Recipients > Groups > the group > Settings > "
                  "Delivery management > Allow messages from people inside and outside my organization",
                  log_in_instead,
                  "If the group belongs to somebody else, send them this bounce; only they can change it"},
        .reference = microsoft_ndr,
        .sample =
            "550 5.7.133 RESOLVER.RST.SenderNotAuthenticatedForGroup; authentication required; Delivery "
            "restriction check failed because the sender was not authenticated when sending to this group",
    },
    {
        .id = "recipient-restricted-group-senders",
        .category = Category::recipient_restricted,
        .owner = Owner::recipient,
        .when = {.text = "RESOLVER.RST.NotAuthorizedToGroup|Sender not in allowed-senders list|"
                         "not in allowed senders list"},
        .title = "The group takes mail only from listed senders",
        .cause = "The owner of the group {recipient} allows certain senders, and {from} is not one of them.",
        .steps =
            {exchange_shell,
             "Add the sender: `Set-DistributionGroup {recipient} -AcceptMessagesOnlyFromSendersOrMembers "
             "(@((Get-DistributionGroup {recipient}).AcceptMessagesOnlyFromSendersOrMembers) + \"{from}\")`",
             "An outside sender must first exist as a contact: `New-MailContact -Name {from} "
             "-ExternalEmailAddress {from}`",
             "If the group belongs to somebody else, ask its owner to add {from}"},
        .reference = microsoft_ndr,
        .sample = "550 5.7.124 RESOLVER.RST.NotAuthorizedToGroup; not authorized",
    },
    {
        .id = "recipient-restricted-mailbox",
        .category = Category::recipient_restricted,
        .owner = Owner::recipient,
        .when = {.text =
                     "RESOLVER.RST.SenderNotAuthenticatedForMailbox|Sender was not authenticated for mailbox|"
                     "sender was not authenticated when sending to this mailbox"},
        .title = "The mailbox takes mail only from inside its organisation",
        .cause = "{recipient} is set to accept only senders who are logged in to the same "
                 "organisation. A relay that does not log in is treated as a stranger.",
        .steps = {exchange_shell,
                  "Lift it: `Set-Mailbox {recipient} -RequireSenderAuthenticationEnabled $false`",
                  log_in_instead, "If the mailbox belongs to somebody else, send them this bounce"},
        .reference = microsoft_ndr,
        .sample = "550 5.7.134 RESOLVER.RST.SenderNotAuthenticatedForMailbox; authentication required",
    },
    {
        .id = "recipient-restricted-public-folder",
        .category = Category::recipient_restricted,
        .owner = Owner::recipient,
        .when = {.text =
                     "STOREDRV.AuthenticationRequiredForPublicFolder|AuthenticationRequiredForPublicFolder|"
                     "Sender was not authenticated for public folder|SenderNotAuthenticatedForPublicFolder|"
                     "not authenticated for public folder"},
        .title = "The public folder takes mail only from inside its organisation",
        .cause =
            "{recipient} is a public folder that accepts only senders logged in to the same organisation.",
        .steps = {exchange_shell,
                  "Lift it: `Set-MailPublicFolder {recipient} -RequireSenderAuthenticationEnabled $false`",
                  "In Outlook, folder properties > Permissions: give Anonymous the right to create items",
                  log_in_instead},
        .reference = microsoft_ndr,
        .sample = "550 5.7.135 Sender was not authenticated for public folder",
    },
    {
        .id = "recipient-restricted-mail-user",
        .category = Category::recipient_restricted,
        .owner = Owner::recipient,
        .when = {.text = "SenderNotAuthenticatedForMailUser|Sender was not authenticated"},
        .title = "The recipient takes mail only from inside its organisation",
        .cause = "{recipient} is a mail user whose settings accept only senders logged in to the same "
                 "organisation.",
        .steps = {exchange_shell,
                  "Lift it: `Set-MailUser {recipient} -RequireSenderAuthenticationEnabled $false`",
                  log_in_instead,
                  "If the recipient belongs to somebody else, send their administrator this bounce"},
        .reference = microsoft_ndr,
        .sample = "550 5.7.136 Sender was not authenticated",
    },
    {
        .id = "recipient-restricted-365-group",
        .category = Category::recipient_restricted,
        .owner = Owner::recipient,
        .when = {.text =
                     "UnifiedGroupAgent|sender isn't a group member or external senders aren't permitted"},
        .title = "The Microsoft 365 group does not let outsiders write to it",
        .cause = "{recipient} is a Microsoft 365 group or team. It accepts mail only from its members "
                 "or from inside the organisation, and your mail came in as mail from outside.",
        .steps = {exchange_shell,
                  "Let outside senders in: `Set-UnifiedGroup {recipient} "
                  "-RequireSenderAuthenticationEnabled:$false`",
                  "By mouse: Microsoft 365 admin center > Teams & groups > the group > Settings > "
                  "Allow external senders to email this group",
                  log_in_instead, "If the group belongs to somebody else, ask its owner"},
        .reference = microsoft_ndr,
        .sample = "550 5.7.193 UnifiedGroupAgent; Delivery failed because the sender isn't a group "
                  "member or external senders aren't permitted to send to this group.",
    },
    {
        .id = "recipient-restricted-auth-required",
        .category = Category::recipient_restricted,
        .owner = Owner::recipient,
        .when = {.text =
                     "RESOLVER.RST.AuthRequired|Sender was not authenticated by organization|"
                     "RESOLVER.RST.SenderNotAuthenticated|group only accepts messages from people in its "
                     "organization|only accepts messages from people inside|only accepts mail from people "
                     "inside|only accepts messages from internal senders"},
        .title = "The recipient takes mail only from inside its organisation",
        .cause =
            "{recipient} accepts only senders who have logged in to the same Exchange organisation. Mail of "
            "devices and of relays without a login arrives as anonymous and is refused.",
        .steps = {exchange_shell,
                  "See what the recipient is: `Get-Recipient {recipient} | Format-List RecipientTypeDetails`",
                  "For a group: `Set-DistributionGroup {recipient} -RequireSenderAuthenticationEnabled "
                  "$false`; for a mailbox: `Set-Mailbox {recipient} "
                  "-RequireSenderAuthenticationEnabled $false`",
                  log_in_instead,
                  "If the recipient belongs to somebody else, send their administrator this bounce"},
        .reference = microsoft_ndr,
        .sample = "550 5.7.1 RESOLVER.RST.AuthRequired; authentication required",
    },
    {
        .id = "recipient-restricted-senders",
        .category = Category::recipient_restricted,
        .owner = Owner::recipient,
        .when = {.text = "RESOLVER.RST.NotAuthorized|RESOLVER.RST.RestrictedToRecipientsPermission|"
                         "RestrictedToRecipientsPermission"},
        .title = "The recipient takes mail only from listed senders",
        .cause =
            "{recipient} has a list of allowed senders, or a list of refused ones, and {from} fell through "
            "it.",
        .steps = {exchange_shell,
                  "Look at the lists: `Get-Mailbox {recipient} | Format-List AcceptMessagesOnlyFrom*,"
                  "RejectMessagesFrom*`",
                  "Add the sender: `Set-Mailbox {recipient} -AcceptMessagesOnlyFromSendersOrMembers "
                  "(@((Get-Mailbox {recipient}).AcceptMessagesOnlyFromSendersOrMembers) + "
                  "\"{from}\")`; for a group use Get-DistributionGroup and Set-DistributionGroup",
                  "If the recipient belongs to somebody else, ask them to allow {from}"},
        .reference = microsoft_ndr,
        .sample = "550 5.7.1 RESOLVER.RST.NotAuthorized; not authorized",
    },
    {
        .id = "recipient-restricted-not-authorized",
        .category = Category::recipient_restricted,
        .owner = Owner::recipient,
        .when = {.status = "5.7.1",
                 .text = "Delivery not authorized, message refused|Delivery not authorized"},
        .title = "You are not allowed to write to this recipient",
        .cause = "The recipient's system keeps a rule about who may write to {recipient}: a closed "
                 "group, a list of allowed senders or a mail flow rule.",
        .steps = {"Ask the recipient or the owner of the group to allow {from}",
                  "If {recipient-domain} is your own Microsoft 365, see which rule it was: Exchange "
                  "admin center > Mail flow > Message trace",
                  log_in_instead},
        .reference = microsoft_ndr,
        .sample = "550 5.7.1 Delivery not authorized, message refused",
    },

    // Recipient restricted: lists, people, other providers
    {
        .id = "recipient-restricted-google-group",
        .category = Category::recipient_restricted,
        .owner = Owner::recipient,
        // Google Groups writes in the language of the sender; only the link is the same in all of them.
        .when =
            {.text =
                 "groups.google.com/support|support.google.com/groups|group you tried to contact*may "
                 "not|may not have permission to post messages to the group|グループにメッセージを投稿する権限がない|التي "
                 "حاولت الاتصال بها غير موجودة|η ομάδα με την οποία επιχειρείτε να επικοινωνήσετε|el "
                 "grupo con el que has intentado ponerte en contacto|گروهی که می‌خواهید با آن ارتباط "
                 "برقرار کنید|група, з якою Ви намагалися зв'язатися|support.google.com/a/*groups"},
        .title = "The Google group does not exist, or you may not write to it",
        .cause =
            "{recipient} is an address of Google Groups. The group was deleted or is misspelt, or it takes "
            "mail only from its members; Google does not tell which.",
        .steps =
            {compare_address,
             "Ask the owner of the group to add {from} as a member, or to let everybody write: Group "
             "settings > General > Who can post > Anyone on the web",
             "Company at Google Workspace: its administrator also has to allow mail from outside for the "
             "group (Admin console > Directory > Groups > the group > Access settings)",
             "Until then write to a person instead of the group"},
        .reference = google_codes,
        .sample =
            "We're writing to let you know that the group you tried to contact (invoices) may not exist, or "
            "you may not have permission to post messages to the group.",
    },
    {
        .id = "recipient-restricted-members-only",
        .category = Category::recipient_restricted,
        .owner = Owner::you,
        .when =
            {.text =
                 "only subscribers may post|only members may post|restricted to members|posting is "
                 "restricted|posting to this list|not allowed to post|not authorized to send mail to "
                 "the|not permitted to post|only list members|members-only|subscribers only|you may "
                 "not have permission to post|not a member of this list|not subscribed to|is not "
                 "allowed to post|not authorized to post|may not exist, or you may not have "
                 "permission|not allowed to send to this list|not allowed to send mail to this list|"
                 "not allowed to mail to this list|not allowed to write to this list|posts by non-members"},
        .title = "The mailing list takes mail only from its members",
        .cause =
            "{recipient} is a mailing list or group, and {from} is not subscribed or may not write to it.",
        .steps = {"Send from an address that is a member of the list, or subscribe {from}",
                  "Or ask the owner of the list to allow {from} as a sender who is not a member",
                  "At Google Groups: Group settings > General > Who can post > Anyone on the web"},
        .sample =
            "550 Sorry, only subscribers may post. If you are a subscriber, please send from the address you "
            "subscribed with (#5.7.2)",
    },
    {
        .id = "recipient-restricted-preferences",
        .category = Category::recipient_restricted,
        .owner = Owner::recipient,
        .when =
            {.text =
                 "recipient is only accepting mail from specific email addresses|Refused due to "
                 "recipient preferences|not accepting mail from this sender|not accepting email from "
                 "this sender|refuse to accept your mail|refused to accept your mail|refuses to "
                 "receive this mail|recipient id refuse to receive mail|user refuse to receive|"
                 "blocked by the recipient|is not accepting any mail|has restricted SMS e-mail|"
                 "recipient does not accept mail|user reject|does not accept mail from|this account "
                 "is protected by|not on the recipient's|only accepts mail from|recipient does not "
                 "want|IS NOT ACCEPTING MAIL FROM THIS SENDER|sender is not in *whitelist|not in my "
                 "whitelist|not on my whitelist|recipient's allow list|recipient's white list|"
                 "recipient's whitelist|Recipient does not accept messages|rejected by user|rejected "
                 "by the user|rejected by recipient preferences|due to user rules|rejected by recipients"},
        .title = "The recipient has chosen not to get mail from you",
        .cause = "{recipient} exists, but its owner accepts only certain senders or has blocked {from}.",
        .steps = {"Ask the recipient by phone to allow {from} or the whole domain {from-domain}",
                  "Stop sending to this address until they agree: insisting costs you reputation",
                  "Use another contact of the same customer in the meantime"},
        .reference = "RFC 3463 section 3.8",
        .sample = "550 5.1.1 RCP-P2 http://postmaster.facebook.com/response_codes?ip=192.0.2.135#rcp "
                  "Refused due to recipient preferences",
    },
    {
        .id = "recipient-restricted-internal",
        .category = Category::recipient_restricted,
        .owner = Owner::recipient,
        .when = {.text = "for internal use only|internal recipients only|internal use only|"
                         "not permitted to receive external|cannot receive external mail|"
                         "not allowed to receive mail from outside|cannot receive mail from the internet|"
                         "not allowed to receive internet|recipient only accepts local|not accept external|"
                         "not authorized to receive|recipient is not allowed to receive|"
                         "only accepts mail from local users|restricted recipient|recipient is restricted"},
        .title = "The address is for internal mail of its organisation only",
        .cause = "{recipient} exists, but mail from the internet may not reach it.",
        .steps = {"Ask the recipient for an address that outsiders may write to",
                  "If it is your own organisation, let the relay log in, so that its mail counts as "
                  "internal, or lift the restriction of the address"},
        .reference = "RFC 3463 section 3.8",
        .sample = "550 5.7.1 <user@example.org>: Recipient address rejected: internal use only",
    },

    // Recipient disabled
    {
        .id = "recipient-disabled-gmail",
        .category = Category::recipient_disabled,
        .owner = Owner::recipient,
        .when = {.text = "account that you tried to reach is disabled|p=DisabledUser|p=InactiveUser|"
                         "account that you tried to reach is inactive|out of storage space and inactive|"
                         "account that you tried to reach has been suspended"},
        .title = "Google has switched off the recipient's account",
        .cause = "The account {recipient} exists at Google, but it is suspended or has been unused "
                 "for so long that it takes no mail.",
        .steps = {ask_another_way,
                  "If {recipient-domain} is a company at Google Workspace, its administrator "
                  "reactivates the account under Directory > Users",
                  stop_sending},
        .reference = google_codes,
        .sample = "550-5.2.1 The email account that you tried to reach is disabled. Learn more at 550 5.2.1 "
                  "https://support.google.com/mail/?p=DisabledUser 000000000000eee.000 - gsmtp",
    },
    {
        .id = "recipient-disabled",
        .category = Category::recipient_disabled,
        .owner = Owner::recipient,
        .when = {.text =
                     "mailbox unavailable*account is disabled|Disabled recipient address|Mailbox cannot "
                     "be accessed|This account has been disabled|disabled or discontinued|This mailbox is "
                     "disabled|mailbox is disabled|mailbox disabled|mailbox has been disabled|mailbox "
                     "currently suspended|mailbox is suspended|mailbox suspended|mailbox is frozen|"
                     "mailbox is inactive|mailbox is locked|mailbox is blocked|mailbox inactive|mailbox "
                     "is not active|mailbox is deactivated|is a deactivated mailbox|deactivated mailbox|"
                     "mailbox unavailable or access denied|mailbox has been suspended|mailbox temporarily "
                     "disabled|account is disabled|account disabled|account has been suspended|account is "
                     "suspended|account suspended|account is inactive|inactive account|account inactive|"
                     "account is locked|account not active|account is not active|account is closed|"
                     "account closed|account expired|account has been closed|account has expired|account "
                     "is expired|account deactivated|account terminated|account has been deactivated|"
                     "account has been locked|account is temporarily suspended|account is temporarily "
                     "disabled|account has been temporarily|user suspended|user is suspended|user "
                     "inactive|user is inactive|inactive user|user disabled|user is disabled|user account "
                     "is disabled|user account disabled|user account is unavailable|user temporarily "
                     "disabled|user is temporarily disabled|recipient is disabled|recipient disabled|"
                     "recipient suspended|recipient is suspended|recipient suspend the service|recipient "
                     "is inactive|inactive recipient|temporarily inactive|Archived recipient|Boite du "
                     "destinataire archivee|address is no longer active|address no longer active|no "
                     "longer accepts mail|no longer accepting mail|address is disabled|address disabled|"
                     "address has been disabled|email address is inactive|e-mail address is inactive|is "
                     "NOT ACCEPTING NEW MAIL|not currently being accepted for this mailbox|due to "
                     "extended inactivity|has been inactive|address has been deactivated|invalid/inactive "
                     "user|dormant mailbox|dormant account|sleeping account|recipient's account is "
                     "disabled|in my badrcptto list|recipient address has been blocked|mailbox is "
                     "administratively disabled"},
        .title = "The recipient's mailbox is switched off",
        .cause = "{recipient} is known at its server, but the mailbox is disabled: unpaid, unused for "
                 "long, closed by its owner, or locked by the provider. Nothing on your side can "
                 "change that.",
        .steps = {ask_another_way,
                  "Tell the recipient that their mailbox refuses mail; their provider or administrator "
                  "can switch it on again",
                  stop_sending},
        .reference = "RFC 3463 section 3.3",
        .sample = "525 5.7.13 Disabled recipient address",
    },
    {
        .id = "recipient-suppressed",
        .category = Category::recipient_disabled,
        .owner = Owner::you,
        .when = {.text =
                     "suppression list|suppressed sending to this address|suppressed recipient|"
                     "address is suppressed|recipient is suppressed|recipient suppressed|on our suppression|"
                     "Bounced Address|previously hard bounced|has previously bounced|"
                     "recent history of bouncing|previously marked as spam"},
        .title = "Your mail service no longer tries this address: earlier mail bounced",
        .cause = "Amazon SES, SendGrid and similar services remember addresses that bounced or "
                 "complained, and drop later mail to them without trying. The answer comes from your "
                 "service, not from the recipient.",
        .steps =
            {"Make sure that {recipient} is right and wants your mail",
             "Take it off the list: Amazon SES: `aws sesv2 delete-suppressed-destination --email-address "
             "{recipient}`; SendGrid: Suppressions > Bounces; others: look for Suppressions",
             "Send one test message; if it bounces again, remove the address from the sending program"},
        .sample =
            "550 5.1.1 Amazon SES has suppressed sending to this address because it has a recent history of "
            "bouncing as an invalid address",
    },

    // Recipient moved
    {
        .id = "recipient-moved",
        .category = Category::recipient_moved,
        .owner = Owner::you,
        .when = {.text =
                     "recipient no longer on server|no longer on server|has been replaced by|user has "
                     "moved|recipient has moved|mailbox has moved|address has changed|has changed his|has "
                     "changed her|has changed their|user not local; please try|user not local, please try|"
                     "address is no longer valid|address no longer in use|address is no longer in use|is "
                     "no longer in service|no longer works here|no longer works for|no longer with the "
                     "company|no longer employed|has left the company|has left the organi|please use the "
                     "new address|new email address is|new e-mail address is|Destination mailbox has "
                     "moved|moved, no forwarding address"},
        .title = "The recipient has another address now",
        .cause = "{recipient} was once right, but the person has moved or left, and mail is not passed on.",
        .steps = {"Read the whole answer: it may name the new address", ask_another_way,
                  "Store the new address in the customer record of the sending program, then send again"},
        .reference = "RFC 3463 section 3.2",
        .sample = "550 5.1.6 recipient no longer on server: user@example.go.jp",
    },

    // Mailbox full
    {
        .id = "mailbox-full-exchange",
        .category = Category::mailbox_full,
        .owner = Owner::recipient,
        .when = {.text = "STOREDRV.Deliver*QuotaExceeded|mailbox full; STOREDRV.Deliver|"
                         "STOREDRV.Deliver: mailbox full|STOREDRV.Deliver*mailbox full|"
                         "STOREDRV.Deliver*ShutoffQuota"},
        .title = "The recipient's Exchange mailbox is full",
        .cause = "{recipient} has reached the size limit of the mailbox. Exchange refuses new mail "
                 "until something is deleted or the limit is raised.",
        .steps = {tell_recipient_full,
                  "Their administrator sees the size with `Get-MailboxStatistics {recipient} | Format-List "
                  "TotalItemSize,TotalDeletedItemSize`",
                  "They can switch on the archive (`Enable-Mailbox {recipient} -Archive`) or raise the limit "
                  "(`Set-Mailbox {recipient} -ProhibitSendReceiveQuota 100GB`, as far as the licence allows)",
                  send_again_when_free},
        .reference = microsoft_ndr,
        .sample = "554 5.2.2 mailbox full; STOREDRV.Deliver.Exception:QuotaExceededException."
                  "MapiExceptionShutoffQuotaExceeded; Failed to process message due to a permanent exception",
    },
    {
        .id = "mailbox-full-exchange-items",
        .category = Category::mailbox_full,
        .owner = Owner::recipient,
        .when = {.text = "MapiExceptionMaxObjsExceeded|mailbox busy; STOREDRV.Deliver"},
        .title = "A folder of the recipient's mailbox holds too many messages",
        .cause = "The folder that should take the mail, usually the inbox, has reached the number of "
                 "items Exchange allows in one folder, about a million.",
        .steps =
            {"Tell the recipient's administrator; the mailbox itself need not be full",
             "They find the folder with `Get-MailboxFolderStatistics {recipient} | Sort-Object ItemsInFolder "
             "-Descending | Select-Object -First 5 FolderPath,ItemsInFolder`",
             "They move or delete old items of that folder, for example with a retention policy",
             send_again_when_free},
        .reference = microsoft_ndr,
        .sample = "554 4.3.2 mailbox busy; STOREDRV.Deliver.Exception:StoragePermanentException."
                  "MapiExceptionMaxObjsExceeded",
    },
    {
        .id = "mailbox-full-gmail",
        .category = Category::mailbox_full,
        .owner = Owner::recipient,
        .when = {.text = "recipient's inbox is out of storage|p=OverQuotaPerm|p=OverQuotaTemp|"
                         "email account that you tried to reach is over quota|"
                         "account that you tried to reach is over quota"},
        .title = "The recipient's Google storage is full",
        .cause = "Gmail, Drive and Photos share one storage, and that of {recipient} is used up. "
                 "Google refuses mail until there is room again.",
        .steps =
            {tell_recipient_full, "They free space or buy more at https://one.google.com/storage",
             "In a company, the Google Workspace administrator sees it under Storage in the Admin console",
             send_again_when_free},
        .reference = google_codes,
        .sample = "552 5.2.2 The recipient's inbox is out of storage space. Please direct the recipient to "
                  "https://support.google.com/mail/?p=OverQuotaPerm 000000000000.00 - gsmtp",
    },
    {
        .id = "mailbox-full",
        .category = Category::mailbox_full,
        .owner = Owner::recipient,
        .when = {.text =
                     "mailbox full|mailbox is full|mailbox too full|mailbox quota|mailbox size limit "
                     "exceeded|mailbox exceeds|mailbox exceeded|mailbox has exceeded|mailbox is over|"
                     "mailbox * over quota|mailbox limit exceeded|mailbox storage|full mailbox|mail box "
                     "full|mail box is full|mailfolder is full|inbox is full|inbox full|account is full|"
                     "account full|account is over quota|account over quota|account is overquota|account "
                     "exceeds the quota|user over quota|user is over quota|user overquota|user is over "
                     "the quota|over quota|overquota|over-quota|over disk quota|over the allowed quota|"
                     "over their quota|exceeded storage allocation|exceeds storage allocation|exceeded "
                     "disk quota|exceeds disk quota|disk quota exceeded|disk quota|exceeded the quota|"
                     "exceeded his quota|exceeded his/her quota|exceeded their quota|user has "
                     "exceeded*storage|user has exceeded*mailbox|user has exceeded*disk|user exceeded "
                     "quota|recipient exceeded*quota|recipient has exceeded*quota|recipient overquota|"
                     "recipient storage|larger than the current system limit or the recipient's mailbox "
                     "is full|quota exceeded for mailbox|quota exceeded (mailbox|Quota exceeded message "
                     "delivery failed|maildir over quota|maildir quota|maildir delivery failed|not enough "
                     "storage space|insufficient storage space|no space left in mailbox|too much mail "
                     "data|out of storage space|storage limit exceeded|storage quota exceeded|Boite du "
                     "destinataire pleine|boite pleine|boîte pleine|Postfach ist voll|Postfach voll|"
                     "Mailbox voll|buzon lleno|buzón lleno|casella piena|casilla llena|Mailspeicher|out "
                     "of disk quota|exceed the quota|would exceed mailbox|would exceed quota|quota would "
                     "be exceeded|reached his quota|reached their quota|reached his storage|reached the "
                     "storage limit|message box is full|messages box is full"},
        .title = "The recipient's mailbox is full",
        .cause = "{recipient} is right, but its mailbox has no room left. With a 4xx answer your "
                 "relay keeps trying for a few days; with a 5xx answer it has given up.",
        .steps = {tell_recipient_full,
                  "Nothing needs to change on your side; the recipient deletes mail or gets a "
                  "larger mailbox from their provider",
                  send_again_when_free,
                  "If it stays full for weeks the mailbox is probably abandoned: ask for another address"},
        .reference = "RFC 3463 section 3.3",
        .sample = "550 5.2.2 <user@example.jp>... Mailbox Full",
    },
    {
        .id = "mailbox-full-quota",
        .category = Category::mailbox_full,
        .owner = Owner::recipient,
        .when = {.status = "x.2.2",
                 .text = "quota exceeded|exceeds quota|exceeded quota|quota exceed|quota full|"
                         "quota reached|quota violation"},
        .title = "The recipient's mailbox has reached its quota",
        .cause =
            "The answer speaks of a quota and of the mailbox: {recipient} has no room left for new mail.",
        .steps = {tell_recipient_full, send_again_when_free,
                  "If it stays full for weeks the mailbox is probably abandoned: ask for another address"},
        .reference = "RFC 3463 section 3.3",
        .sample = "552 5.2.2 Quota exceeded",
    },

    // The recipient's system is at fault, not the address
    {
        .id = "recipient-list-expansion",
        .category = Category::remote_system_error,
        .owner = Owner::recipient,
        .when = {.text = "Mailing list expansion problem|mailing list expansion failed|"
                         "distribution list expansion|list expansion problem"},
        .title = "The recipient's distribution list is broken",
        .cause = "The server could not work out who is in the list {recipient}: a member is broken, "
                 "or the filter of a dynamic list is wrong.",
        .steps = {"Tell the administrator of {recipient-domain}; senders cannot mend it",
                  "Exchange: `Get-DistributionGroupMember {recipient}` shows the members; for a "
                  "dynamic list check the filter with `Get-DynamicDistributionGroup {recipient} | "
                  "Format-List RecipientFilter`",
                  "Write to the members directly in the meantime"},
        .reference = "RFC 3463 section 3.3",
        .sample = "550 5.2.4 Mailing list expansion problem",
    },
    {
        .id = "recipient-forwarding-broken",
        .category = Category::remote_system_error,
        .owner = Owner::recipient,
        .when =
            {.text =
                 "Misconfigured forwarding address|invalid forwarding address|forwarding address is invalid"},
        .title = "The recipient forwards mail to an address that does not work",
        .cause = "{recipient} exists, but its administrator set a forward, and the target of that "
                 "forward is missing or wrong.",
        .steps = {"Tell the administrator of {recipient-domain}: `Get-Mailbox {recipient} | Format-List "
                  "ForwardingAddress,ForwardingSmtpAddress`",
                  "They remove the forward: `Set-Mailbox {recipient} -ForwardingAddress $null "
                  "-ForwardingSmtpAddress $null`",
                  "Send again afterwards"},
        .reference = microsoft_ndr,
        .sample = "550 5.2.14 Misconfigured forwarding address",
    },
};

} // namespace

std::span<const Rule> recipient_rows() {
    return rows;
}

} // namespace relaytool::diagnosis
