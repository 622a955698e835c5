#include "diagnosis/catalogue.hpp"

namespace relaytool::diagnosis {
namespace {

// Steps that several rows share.
constexpr std::string_view restart = "Restart the service: `Restart-Service SMTPSVC`";
constexpr std::string_view smart_host =
    "Check the smart host: IIS 6.0 Manager > SMTP Virtual Server > Properties > Delivery > Advanced: for "
    "Microsoft 365 with a login the name smtp.office365.com, never an IP address";
constexpr std::string_view port_and_tls = "Delivery > Outbound Connections: TCP port 587; Delivery > "
                                          "Outbound Security: Basic authentication and TLS encryption";
constexpr std::string_view test_port =
    "Try the way by hand on {relay}: `Test-NetConnection smtp.office365.com -Port 587`";
constexpr std::string_view test_port_here =
    "Try the way by hand on that server: `Test-NetConnection smtp.office365.com -Port 587`";
constexpr std::string_view see_log =
    "Read the SMTP log in C:\\Windows\\System32\\LogFiles\\SMTPSVC1: the lines OutboundConnectionResponse "
    "hold what the other server said (switch logging on under General > Enable logging)";
constexpr std::string_view send_again = "When it is cured, move the .BAD file of the original mail, if it is "
                                        "one, into the Pickup folder to send it again";

constexpr Rule rows[] = {
    // Codes of the .BDR file and of X-DSNContext
    {
        .id = "iis-ndr-undeliverable",
        .category = Category::ndr_undeliverable,
        .owner = Owner::you,
        .when = {.text = "This message is a delivery status notification that cannot be "
                         "delivered|0xC00402C7|Badmailed Messages (NDR of DSN)",
                 .local_error = 0xC00402C7},
        .title = "The failure report could not be returned to the sender either",
        .cause =
            "IIS could not deliver a mail, wrote a failure report about it, and could not get rid of that "
            "report: the sender address does not exist, or the smart host refuses reports because their "
            "sender is empty. So the report landed in BadMail. The true cause stands inside the .BAD file.",
        .steps =
            {"Read the .BAD file of the same name: `relaytool diagnose <name>.BAD`; cure what it says first",
             "Give the sending program a sender address that exists and is read by somebody",
             "Have a copy of all failure reports sent to yourself: IIS 6.0 Manager > SMTP Virtual Server > "
             "Properties > Messages > Send copy of Non-Delivery Report to",
             "A smart host with a login often refuses such reports, because their sender is not the login: "
             "then watch the BadMail folder instead of the sender's mailbox"},
        .sample = "Unable to deliver this message because the follow error was encountered: \"This message "
                  "is a delivery status notification that cannot be delivered.\".\nThe specific error code "
                  "was 0xC00402C7.",
    },
    {
        .id = "iis-pickup-file-invalid",
        .category = Category::pickup_file_invalid,
        .owner = Owner::you,
        .when = {.text = "Error is processing file in pickup directory|processing file in pickup "
                         "directory|0xC00402CE|Badmailed Messages (Bad Pickup File)",
                 .local_error = 0xC00402CE},
        .title = "IIS could not make a mail of the file in the Pickup folder",
        .cause = "The text file has no usable From line, or its beginning is not a mail header. IIS moves "
                 "such a file to BadMail unsent. On Exchange 2007 and newer the file stays in the Pickup "
                 "folder and is renamed to .bad.",
        .steps = {"Open the .BAD file in an editor: it must begin with the lines `From: name@example.com`, "
                  "`To: name@example.com`, `Subject: …`, then one empty line, then the text",
                  "Only one address in From, and no blank line before or between the header lines",
                  "Set sender and envelope apart if needed: the very first lines `x-sender: {from}` and "
                  "`x-receiver: {recipient}`",
                  "Save as plain text (ANSI or UTF-8 without BOM) with CRLF line ends",
                  "Let the program write the file elsewhere on the same drive and then move it into Pickup, "
                  "so that IIS never sees half a file",
                  "Move the corrected file into Pickup again"},
        .sample = "Error is processing file in pickup directory. The specific error code was 0xC00402CE.",
    },
    {
        .id = "iis-pickup-no-recipients",
        .category = Category::pickup_file_invalid,
        .owner = Owner::you,
        .when = {.text = "Badmailed Messages (No Recipients)|the message has no recipients|message contains "
                         "no recipients"},
        .title = "The mail names no recipient",
        .cause = "IIS took the file or mail, but found nobody to deliver it to: no To, Cc or Bcc line and no "
                 "x-receiver line, or an empty one.",
        .steps =
            {"Open the .BAD file and look for the To line",
             "Correct the customer record or form in the sending program: the mail address is missing there",
             "Several recipients: one `x-receiver:` line for each, before all other lines",
             "Move the corrected file into Pickup again"},
        .sample = "Badmailed Messages (No Recipients) 3",
    },
    {
        .id = "iis-connection-failed",
        .category = Category::connection_failed,
        .owner = Owner::you,
        .when = {.text = "due to being unable to connect successfully to the destination mail "
                         "server|0xC00402D1|- C00402D1|X-DSNContext*C00402D1",
                 .local_error = 0xC00402D1},
        .title = "IIS could not get through to the next mail server",
        .cause = "No connection to the smart host came about that carried the mail: wrong name or "
                 "port, a firewall, or TLS that does not fit. IIS tries again until the mail is too "
                 "old (two days unless set otherwise) and only then reports a failure; a report of a "
                 "delay means that it is still trying.",
        .steps = {test_port, smart_host, port_and_tls, "Many providers block port 25 outwards: use 587",
                  "TLS: Windows 2008 R2 and 2012 need TLS 1.2 switched on in SCHANNEL; an expired "
                  "certificate on a smart host of your own stops it too",
                  see_log,
                  "If the mail still waits, let the queue try at once: `Restart-Service SMTPSVC`; if "
                  "IIS has given up, send it again"},
        .sample = "Unable to deliver message to the following recipients, due to being unable to connect "
                  "successfully to the destination mail server.",
    },
    {
        .id = "iis-recipient-refused",
        .category = Category::recipient_unknown,
        .owner = Owner::you,
        .when = {.text = "0x80040546|- 80040546", .local_error = 0x80040546},
        .title = "Your own IIS or Exchange refused the recipient",
        .cause =
            "{relay} itself did not find the recipient; the mail never left it. The domain of {recipient} is "
            "set up there as a local domain, but the address is not, or the address is misspelt.",
        .steps = {"Compare {recipient} letter by letter with what you were given",
                  "IIS 6.0 Manager > SMTP Virtual Server > Domains: {recipient-domain} must not be listed as "
                  "Local (Alias or Default) unless its mail stays on this server",
                  "If it should go on to another server, delete it there or add it as a remote domain with "
                  "its smart host",
                  restart},
        .sample = "X-DSNContext: 335a7efd - 4481 - 00000001 - 80040546",
    },
    {
        .id = "iis-dns-error",
        .category = Category::host_unknown,
        .owner = Owner::you,
        .when = {.text = "An internal DNS error caused a failure to find the remote server|0xC00402E7",
                 .local_error = 0xC00402E7},
        .title = "IIS got no answer from DNS for the next mail server",
        .cause = "The DNS server set on this computer did not answer, or does not answer over TCP, which the "
                 "SMTP service uses by default.",
        .steps = {"`nslookup smtp.office365.com` on {relay}: no answer means the DNS server in the network "
                  "settings is wrong or down",
                  "The same over TCP: `nslookup -vc smtp.office365.com`; if only that fails, open TCP port "
                  "53 to the DNS server or use another one",
                  smart_host, restart},
        .reference = "http://support.microsoft.com/kb/263237",
        .sample = "Message delivery to the remote domain 'example.com' failed. An internal DNS error caused "
                  "a failure to find the remote server.",
    },

    // Sentences of the report and of the event log
    {
        .id = "iis-mail-loop",
        .category = Category::mail_loop,
        .owner = Owner::you,
        .when = {.text =
                     "forwarded more than the maximum allowed times|Badmailed Messages (Hop Count Exceeded)"},
        .title = "The mail ran in circles until IIS stopped it",
        .cause = "IIS counts the servers a mail has passed and stops at 15 unless set otherwise. So many are "
                 "almost always the same two servers handing it to each other.",
        .steps = {"Look at the Received lines of the returned mail: the servers that repeat are the circle",
                  "The smart host of IIS must not be a server that sends mail for {recipient-domain} back to "
                  "IIS: Delivery > Advanced > Smart host",
                  "If that other server is to keep the mail, make {recipient-domain} an accepted, local "
                  "domain there",
                  "The computer's own name or address as smart host makes the same circle",
                  "Only if the way really is that long: Delivery > Advanced > Maximum hop count"},
        .sample = "Unable to deliver message to the following recipients, because the message was forwarded "
                  "more than the maximum allowed times. This could indicate a mail loop.",
    },
    {
        .id = "iis-auth-rejected",
        .category = Category::auth_mechanism_unsupported,
        .owner = Owner::you,
        .when = {.text = "remote SMTP service rejected AUTH negotiation|rejected AUTH negotiation"},
        .title = "The smart host does not take the kind of login that IIS is set to",
        .cause = "Under Outbound Security IIS is told to log in, but the server it talks to offers no such "
                 "login there: Integrated Windows Authentication outside your own network, a login without "
                 "TLS, or a login at a server that wants none.",
        .steps = {"IIS 6.0 Manager > SMTP Virtual Server > Properties > Delivery > Outbound Security: for "
                  "Microsoft 365 choose Basic authentication and tick TLS encryption",
                  "A smart host that knows you by your IP address: choose Anonymous access there", smart_host,
                  port_and_tls,
                  "If the smart host takes only OAuth, IIS cannot log in there: put a relay in between "
                  "that can do OAuth (XOAUTH2)",
                  see_log, restart},
        .reference = "KB 329636",
        .sample = "Message delivery to the remote domain 'smtp.office365.com' failed for the following "
                  "reason: The remote SMTP service rejected AUTH negotiation.",
    },
    {
        .id = "iis-connection-dropped",
        .category = Category::connection_failed,
        .owner = Owner::you,
        .when = {.text = "Message delivery to the remote domain*connection was dropped by the remote "
                         "host|Message delivery to the host*connection was dropped by the remote host"},
        .title = "The other mail server hung up on IIS",
        .cause = "The connection came about, and the other server then closed it without a word. Mostly TLS "
                 "did not work out, a firewall looks into the connection, or the server could not cope with "
                 "something IIS sends.",
        .steps = {see_log,
                  "If the log ends after STARTTLS: switch on TLS 1.2 in SCHANNEL (Windows 2008 R2, 2012), or "
                  "tick or untick TLS encryption under Outbound Security as the other side wants it",
                  "Switch off SMTP inspection in the firewall or virus scanner",
                  "Old servers on the other side stumble over 8BITMIME: `cscript adsutil.vbs set "
                  "smtpsvc/1/SmtpInboundCommandSupportOptions 3503297`, then restart the service",
                  restart},
        .reference = "http://support.microsoft.com/kb/286673",
        .sample = "Message delivery to the remote domain 'example.com' failed. The connection was dropped by "
                  "the remote host.",
    },
    {
        .id = "iis-delivery-event",
        .category = Category::connection_failed,
        .owner = Owner::you,
        .severity = Severity::warning,
        .when = {.text = "Message delivery to the remote domain*failed|Message delivery to the host*failed",
                 .proof = Proof::hint},
        .title = "IIS could not deliver to the next mail server",
        .cause = "The event log says that a delivery failed. IIS keeps the mail in its queue and "
                 "tries again until it is too old (two days unless set otherwise); the reason stands "
                 "at the end of the event or in the SMTP log.",
        .steps = {see_log, test_port, smart_host, port_and_tls, restart},
        .sample = "Message delivery to the host '192.0.2.25' failed while delivering to the remote domain "
                  "'example.com' for the following reason:",
    },
    {
        .id = "iis-port-in-use",
        .category = Category::connection_failed,
        .owner = Owner::you,
        .when = {.text = "service could not bind instance|could not bind instance"},
        .title = "The SMTP service cannot start: its port is taken",
        .cause = "Another program on this computer already listens on port 25: Exchange, a virus scanner, or "
                 "a second SMTP virtual server. Until it gives way nobody can hand mail to IIS.",
        .steps = {"See who has the port: `Get-Process -Id (Get-NetTCPConnection -LocalPort 25 -State "
                  "Listen).OwningProcess`",
                  "Stop that program, or give IIS another address or port: IIS 6.0 Manager > SMTP Virtual "
                  "Server > Properties > General > Advanced",
                  "Then start it and keep it started after reboots: `Set-Service SMTPSVC -StartupType "
                  "Automatic; Start-Service SMTPSVC`",
                  "If the port changed, change it in the programs that send too"},
        .reference = "KB 228475",
        .sample = "The service could not bind instance 1. The data is the error code.",
    },
    {
        .id = "iis-badmail-general",
        .category = Category::remote_system_error,
        .owner = Owner::you,
        .when = {.text = "Badmailed Messages (General Failure)|Badmailed Messages (Triggered via Event)"},
        .title = "IIS could not deliver mails and counted them under BadMail",
        .cause =
            "The counter only says how many there are. What happened to each mail stands in its own files.",
        .steps = {"Read the whole folder: `relaytool diagnose C:\\inetpub\\mailroot\\Badmail`",
                  "Triggered via Event: an add-on of the SMTP service (spam filter, disclaimer) threw the "
                  "mail out; look into its log",
                  see_log, send_again},
        .sample = "Badmailed Messages (General Failure) 12",
    },

    // What IIS answers to those who hand it mail
    {
        .id = "iis-relay-denied",
        .category = Category::relay_denied,
        .owner = Owner::you,
        .when = {.text = "Unable to relay for"},
        .title = "The relay does not let {client} send to addresses outside",
        .cause = "IIS (or an old Exchange) passes mail on to other domains only for computers on its relay "
                 "list or after a login. The computer or program that handed in this mail is not on it.",
        .steps = {"On the relay: IIS 6.0 Manager > SMTP Virtual Server > Properties > Access > Relay: choose "
                  "\"Only the list below\" and Add the IP address of the sending computer (127.0.0.1 too, if "
                  "the program runs on the server itself)",
                  "Never choose \"All except the list below\" on a server that can be reached from outside: "
                  "that makes an open relay",
                  "The address to add is the one IIS sees: the first column (c-ip) in its log under "
                  "C:\\Windows\\System32\\LogFiles\\SMTPSVC1",
                  "Or let the program log in: Access > Authentication: Basic, and in Access > Relay tick "
                  "\"Allow all computers which successfully authenticate to relay\"",
                  restart,
                  "If the relay is not yours, ask its administrator to do this, or use your own provider's "
                  "smart host"},
        .reference = "KB 230309",
        .sample = "550 5.7.1 Unable to relay for user@example.com",
    },
    {
        .id = "iis-pickup-directory-unknown",
        .category = Category::pickup_file_invalid,
        .owner = Owner::you,
        .when = {.text = "Cannot get IIS pickup directory"},
        .title = "The .NET program could not find the Pickup folder of IIS",
        .cause = "The program is set to drop mail into the IIS Pickup folder (PickupDirectoryFromIis). .NET "
                 "says this when the SMTP service is missing or stopped, or when the program's account may "
                 "not read the IIS metabase.",
        .steps = {"Is the service there and running? `Get-Service SMTPSVC`, then `Start-Service SMTPSVC`",
                  "Install the parts it reads: `Install-WindowsFeature SMTP-Server, Web-Metabase`",
                  "Simplest cure: name the folder in the program instead: "
                  "deliveryMethod=\"SpecifiedPickupDirectory\", "
                  "pickupDirectoryLocation=\"C:\\inetpub\\mailroot\\Pickup\"",
                  "Give the program's account the right to write there: `icacls "
                  "C:\\inetpub\\mailroot\\Pickup /grant \"IIS_IUSRS:(OI)(CI)M\"`",
                  "Windows Server 2025 has no SMTP service any more: send by SMTP to a relay instead"},
        .sample = "System.Net.Mail.SmtpException: Cannot get IIS pickup directory.",
    },

    // What our own reading of a pickup file finds (pickup_findings.cpp)
    {
        .id = "pickup-file-too-big",
        .category = Category::message_too_big,
        .owner = Owner::you,
        .when = {.event = Event::check},
        .title = "The pickup file is larger than any mail server takes",
        .cause =
            "{detail}. Office 365 takes at most 150 MB of a mail if its administrator raised the limit, most "
            "servers take 10 to 35 MB, and attachments grow by a third on the way.",
        .steps =
            {"Put a link to the document into the mail instead of the document",
             "A header that long is mostly a list of recipients: one `x-receiver:` line for each instead, and "
             "several files"},
        .reference = "RFC 1870",
    },
    {
        .id = "pickup-file-no-text",
        .category = Category::pickup_file_invalid,
        .owner = Owner::you,
        .when = {.event = Event::check},
        .title = "The pickup file is no text",
        .cause =
            "There are zero octets in it. Mail is text: what is not has to be an attachment in base64. Mostly "
            "the wrong file was given, or a program was interrupted while it wrote the file.",
        .steps = {"Open the file in an editor: it must begin with the lines `From: name@example.com`, "
                  "`To: name@example.com`, `Subject: …`, then one empty line, then the text",
                  "Let `relaytool send --attach FILE` make the mail, if FILE was to be an attachment"},
        .reference = "RFC 5322 section 2.3",
    },
    {
        .id = "pickup-recipient-invalid",
        .category = Category::recipient_unknown,
        .owner = Owner::you,
        .when = {.event = Event::check},
        .title = "A recipient in the pickup file is no mail address",
        .cause =
            "Where an address should be, the file has: {value}. Nobody can be reached there, and blanks or "
            "angle brackets in an address could be taken for commands.",
        .steps =
            {"Correct it in the file: To, Cc, Bcc or `x-receiver:` hold addresses like name@example.com",
             "A name with a comma in it stands in quotes: `\"Doe, John\" <john@example.com>`",
             "The program that writes the file takes the address from a customer record: correct it there"},
        .reference = "RFC 5321 section 4.1.2",
    },
    {
        .id = "pickup-too-many-recipients",
        .category = Category::sending_limit,
        .owner = Owner::you,
        .when = {.event = Event::check},
        .title = "The pickup file names more than {limit} recipients",
        .cause =
            "Office 365 takes at most 1000 recipients of one mail by default, other servers as few as 100.",
        .steps = {"Write several files with fewer recipients each",
                  "A mail to that many people belongs to a mailing service or a distribution group"},
        .reference = "RFC 5321 section 4.5.3.1.8",
    },

    // What became of a file in the Pickup folder (send --drop)
    {
        .id = "pickup-handed-on",
        .category = Category::delivered,
        .owner = Owner::nobody,
        .severity = Severity::ok,
        .when = {.event = Event::check},
        .title = "IIS took the mail and handed it to the next mail server",
        .cause =
            "The file left Pickup, nothing of it waits in Queue, and nothing came back into BadMail. What the "
            "next server does with the mail it tells only in the mailbox of the sender.",
        .steps = {"Look into the recipient's mailbox, Junk too",
                  "It does not arrive? Look for a failure report in the sender's mailbox and give it to "
                  "`relaytool diagnose`"},
    },
    {
        .id = "pickup-not-taken",
        .category = Category::host_not_accepting,
        .owner = Owner::you,
        .when = {.event = Event::check},
        .title = "Nobody took the file out of the Pickup folder",
        .cause =
            "The file {name} still lies in {value} after {number} seconds; IIS takes files within a second or "
            "two. The SMTP service is stopped, it may not delete files there, or it watches another folder.",
        .steps =
            {"Is the service running? `Get-Service SMTPSVC`, then `Start-Service SMTPSVC`; keep it so after "
             "reboots: `Set-Service SMTPSVC -StartupType Automatic`",
             "The service runs, but the virtual server may be stopped: IIS 6.0 Manager > SMTP Virtual Server > "
             "Start",
             "Does it watch this folder? `([ADSI]\"IIS://localhost/smtpsvc/1\").PickupDirectory`",
             "SYSTEM needs Full Control of all of MailRoot: `icacls C:\\inetpub\\mailroot /grant "
             "\"SYSTEM:(OI)(CI)F\"`",
             "A read-only file, or one that another program holds open (virus scanner, backup), stays: take "
             "the attribute away, leave the folder out of the scan",
             "Exchange takes files from Pickup only when their name ends in .eml",
             "Remove the file, or it will be sent when the service starts"},
        .reference = "KB Q260985",
    },
    {
        .id = "pickup-still-queued",
        .category = Category::delayed,
        .owner = Owner::you,
        .severity = Severity::warning,
        .when = {.event = Event::check},
        .title = "IIS took the mail, but it still waits in the queue",
        .cause =
            "It has been in {value} for {number} seconds. IIS could not hand it to the next mail server yet: no "
            "connection, a login or TLS that does not work, or a temporary refusal. It tries again after 15, "
            "30, 60 and 240 minutes, and gives up after two days.",
        .steps = {test_port_here, smart_host, port_and_tls, see_log,
                  "Let the queue try at once: `Restart-Service SMTPSVC`",
                  "Go on watching with a longer `--wait`, or look into BadMail later: `relaytool diagnose "
                  "C:\\inetpub\\mailroot\\Badmail`"},
    },
    {
        .id = "pickup-queue-unknown",
        .category = Category::delayed,
        .owner = Owner::you,
        .severity = Severity::info,
        .when = {.event = Event::check},
        .title = "The file was taken from Pickup; what became of it cannot be seen",
        .cause =
            "There is no Queue folder beside {value} that this program may look into, so it cannot tell a mail "
            "that was handed on from one that waits or was refused.",
        .steps = {"Name the folder that holds Pickup, Queue and BadMail: `--mailroot DIR`",
                  "Run it as an account that may read these folders"},
    },
};

} // namespace

std::span<const Rule> iis_rows() {
    return rows;
}

} // namespace relaytool::diagnosis
