#include "diagnosis/catalogue.hpp"

namespace relaytool::diagnosis {
namespace {

constexpr std::string_view microsoft_ndr =
    "https://learn.microsoft.com/exchange/troubleshoot/email-delivery/ndr/non-delivery-reports-in-exchange-online";

// Steps that several rows share.
constexpr std::string_view compare_domain =
    "Compare {recipient-domain} letter by letter with the recipient's web site or an earlier mail from them";
constexpr std::string_view look_up_mx =
    "Look the domain up: `Resolve-DnsName {recipient-domain} -Type MX`. Linux: `dig {recipient-domain} MX`";
constexpr std::string_view look_up_elsewhere =
    "Ask another name server, to tell a local fault from theirs: `Resolve-DnsName {recipient-domain} -Type "
    "MX -Server 1.1.1.1`";
constexpr std::string_view fix_address_data =
    "Correct the address where the sending program keeps it (customer record, scanner address book) and "
    "send again";
constexpr std::string_view tell_recipient_otherwise =
    "Tell the recipient by telephone or another mail address: only they can have it repaired";
constexpr std::string_view keeps_trying =
    "Unless the report says that the server gave up, nothing is lost: it keeps the "
    "message and tries again";
constexpr std::string_view test_port =
    "From the server that sends: `Test-NetConnection {host} -Port {port}`. To a smart host: "
    "`Test-NetConnection smtp.office365.com -Port 587`";
constexpr std::string_view check_firewall =
    "If it fails from there but works elsewhere: the firewall, the virus scanner or the internet provider "
    "closes the port; many providers close 25 on office lines";
constexpr std::string_view use_587 =
    "Send through a smart host on port 587 instead. IIS: IIS 6.0 Manager > SMTP Virtual Server > "
    "Properties > Delivery > Outbound Connections > TCP port";
constexpr std::string_view check_smart_host =
    "If {host} is your smart host: check its name in IIS 6.0 Manager > SMTP Virtual Server > Properties > "
    "Delivery > Advanced > Smart host. Postfix: `postconf relayhost`";
constexpr std::string_view resend_later =
    "When the cause is gone, send the message again: this copy was given up";
constexpr std::string_view show_certificate =
    "See what the server presents: `openssl s_client -starttls smtp -connect {host}:{port} -servername {host} "
    "-showcerts`";
constexpr std::string_view tell_postmaster_certificate =
    "Send the verbatim reply to the administrator of {recipient-domain}: the certificate on their server "
    "has to be replaced, nothing on your side";
constexpr std::string_view enable_tls12 =
    "Switch TLS 1.2 on in Windows: `New-ItemProperty -Force -Path "
    "'HKLM:\\SYSTEM\\CurrentControlSet\\Control\\SecurityProviders\\SCHANNEL\\Protocols\\TLS 1.2\\Client' "
    "-Name Enabled -Value 1 -PropertyType DWord` (create the key first with `New-Item -Force -Path …` "
    "where it is missing), the same with `DisabledByDefault` = 0, then restart the server";
constexpr std::string_view switch_off_inspection =
    "Switch off SMTP or TLS inspection for this server in the firewall and in the virus scanner: it breaks "
    "the encryption";
constexpr std::string_view iis_tls_tick =
    "IIS: IIS 6.0 Manager > SMTP Virtual Server > Properties > Delivery > Outbound Security > tick TLS "
    "encryption";
constexpr std::string_view postfix_tls =
    "Postfix: `postconf -e smtp_tls_security_level=may && postfix reload`";
constexpr std::string_view ask_their_postmaster =
    "Send the verbatim reply, with its date and time, to postmaster@{recipient-domain}";

constexpr Rule rows[] = {
    // The name cannot be found
    {
        .id = "host-unknown-microsoft",
        .category = Category::host_unknown,
        .owner = Owner::you,
        .when = {.text = "DNS domain*does not exist|InfoDomainNonexistent|SMTPSEND.DNS.NonExistentDomain|"
                         "nonexistent domain|DNS query failed*InfoDomainNonexistent"},
        .title = "The domain {recipient-domain} does not exist",
        .cause = "Exchange asked the domain name system for the recipient's domain and learned that there "
                 "is no such name. Mostly the address is misspelt; sometimes the domain was given up.",
        .steps = {compare_domain, look_up_mx, fix_address_data,
                  "If it exists for the rest of the world but not for your own Exchange server, check that "
                  "server's DNS addresses: `Get-DnsClientServerAddress`"},
        .reference = microsoft_ndr,
        .sample = "550 5.4.310 DNS domain example.invalid does not exist [Message=InfoDomainNonexistent]",
    },
    {
        .id = "host-unknown-no-records",
        .category = Category::host_unknown,
        .owner = Owner::recipient,
        .when = {.text =
                     "InfoNoRecords|No MX or A records|no mx record found for|No MX found for|No MX record "
                     "for|couldn't find a mail exchanger or IP address|no mail exchanger found|domain has "
                     "no mail exchangers|no data known|no MX or A record|DNS query failed*InfoNoRecords|no "
                     "MX or A for domain"},
        .title = "The domain {recipient-domain} names no mail server",
        .cause = "The domain is registered, but its DNS holds no MX record (and no address to fall back "
                 "on), so nobody can deliver mail to it. Either the domain in the address is wrong, or its "
                 "owner broke the DNS zone.",
        .steps = {compare_domain, look_up_mx, fix_address_data, tell_recipient_otherwise},
        .reference = "RFC 5321 section 5.1",
        .sample = "550 5.4.312 Message expired, DNS query failed(InfoNoRecords)",
    },
    {
        .id = "host-unknown-dns-query-failed",
        .category = Category::host_unknown,
        .owner = Owner::recipient,
        .when = {.text = "DNS query failed|SMTPSEND.DNS.|DNS query error"},
        .title = "The name servers of {recipient-domain} gave no usable answer",
        .cause = "Exchange tried to look up the mail server of the recipient's domain and failed. The words "
                 "in brackets say how: ServerFailure is a name server (or DNSSEC) that is broken, "
                 "InfoDomainNonexistent and InfoNoRecords mean that there is nothing to be found.",
        .steps = {look_up_mx, look_up_elsewhere, compare_domain, tell_recipient_otherwise,
                  "If it concerns every domain and the server is your own, repair its DNS settings: "
                  "`Get-DnsClientServerAddress`, then `Resolve-DnsName microsoft.com -Type MX`"},
        .reference = microsoft_ndr,
        .sample = "450 4.4.312 DNS query failed [Message=ServerFailure]",
    },
    {
        .id = "host-unknown-routing",
        .category = Category::host_unknown,
        .owner = Owner::you,
        .when = {.status = "x.4.4",
                 .text = "Invalid arguments|unable to route|no route found|Unable to resolve route"},
        .title = "The sending server found no way to the recipient's domain",
        .cause = "The server knows neither a DNS answer nor a connector that leads to {recipient-domain}.",
        .steps = {compare_domain, look_up_mx,
                  "Own Exchange: `Get-SendConnector | Format-List Name,AddressSpaces,SmartHosts,Enabled` "
                  "must show a connector that covers the domain",
                  "Own Exchange: `Get-TransportService | Format-List InternalDNS*,ExternalDNS*` must point "
                  "to name servers that answer"},
        .reference = "RFC 3463 section 3.5",
        .sample = "550 5.4.4 Invalid arguments",
    },
    {
        .id = "host-unknown-try-again",
        .category = Category::host_unknown,
        .owner = Owner::you,
        .severity = Severity::warning,
        .when = {.text =
                     "Host not found, try again|Name service error for*try again|host name lookup failure|"
                     "malformed or unexpected name server reply|malformed name server reply|Temporary "
                     "failure in MX lookup|host lookup did not complete|responded with code SERVFAIL|bad "
                     "DNS lookup error code|Temporary DNS failure|temporary DNS error|DNS temporary "
                     "failure|DNS lookup timed out|temporary name server failure|Unable to lookup DNS|DNS "
                     "timeout|DNS server returned general failure|transient DNS"},
        .title = "No name server answered for {recipient-domain}",
        .cause = "The sending server asked for the recipient's mail server and got no answer, or a broken "
                 "one. It is either your own name server, or those of the recipient's domain.",
        .steps = {keeps_trying, look_up_mx, look_up_elsewhere,
                  "Fails with your server only: repair its DNS (`Get-DnsClientServerAddress`; Linux: "
                  "/etc/resolv.conf) and make sure that port 53 is open for UDP and TCP",
                  "Fails everywhere: the recipient's domain is broken; tell them by telephone"},
        .reference = "RFC 5321 section 5.1",
        .sample = "Name service error for domain example.com: Host not found, try again",
    },
    {
        .id = "host-unknown-qmail-cname",
        .category = Category::host_unknown,
        .owner = Owner::provider,
        .severity = Severity::warning,
        .when = {.text = "CNAME lookup failed|CNAME_lookup_failed"},
        .title = "The sending qmail server could not look up {recipient-domain}",
        .cause = "Old qmail servers ask for every record of a domain and stumble over answers longer than "
                 "512 bytes, or over name servers that refuse the question. The domain itself is usually "
                 "fine.",
        .steps =
            {look_up_mx,
             "Administrator of the qmail server: use netqmail, or set up a local caching name server "
             "that answers in full",
             "Until then enter a fixed route in control/smtproutes: `{recipient-domain}:name-of-its-MX`"},
        .reference = "RFC 5321 section 5.1",
        .sample = "CNAME lookup failed temporarily. (#4.4.3)",
    },
    {
        .id = "sender-verify-no-host",
        .category = Category::sender_rejected,
        .owner = Owner::dns_admin,
        .when = {.text =
                     "Verification failed for*point to non-existent hosts*Sender verify failed|"
                     "Verification failed for*missing the proper dns entries*Sender verify failed|"
                     "Verification failed for*Unrouteable address*Sender verify failed|Verification failed "
                     "for*host lookup did not complete*Sender verify"},
        .title = "The recipient's server finds no mail server for your own domain",
        .cause = "Before it accepts a message, the server checks that {from} could receive an answer. The "
                 "MX of the sender's domain leads nowhere, so the message is refused.",
        .steps = {"Look your own domain up: `Resolve-DnsName {from-domain} -Type MX`",
                  "The MX has to name a host with an A or AAAA record, not "
                  "an IP address and not a name that no longer exists; "
                  "correct it where the domain's DNS is kept",
                  "If the program sends with a made-up domain (scanner.local and the like), give it a "
                  "real sender address"},
        .reference = "RFC 5321 section 2.3.5",
        .sample = "550-Verification failed for <scan@contoso.com>\n550-all relevant MX records point to "
                  "non-existent hosts\n550 Sender verify failed",
    },
    {
        .id = "host-unknown-mx-leads-nowhere",
        .category = Category::host_unknown,
        .owner = Owner::recipient,
        .when = {.text = "MX records point to non-existent hosts|all host address lookups failed|MX record "
                         "points to a non-existent host|MX points to non-existent|missing the proper dns "
                         "entries|account or domain may not exist"},
        .title = "The MX of {recipient-domain} leads to a server that does not exist",
        .cause = "The recipient's domain exists, but the mail server named in its DNS has no address.",
        .steps = {compare_domain, look_up_mx,
                  "Then look up each name that came back: `Resolve-DnsName <mx-name>`; one without an "
                  "address is the fault",
                  tell_recipient_otherwise},
        .reference = "RFC 5321 section 5.1",
        .sample = "all relevant MX records point to non-existent hosts or (invalidly) to IP addresses",
    },
    {
        .id = "host-unknown-recipient-domain",
        .category = Category::host_unknown,
        .owner = Owner::you,
        .when = {.text = "Recipient address rejected: Domain not found|Recipient address rejected: Unknown "
                         "domain|recipient domain must exist|recipient domain does not exist|recipient's "
                         "domain does not exist|mail domain mentioned in email address is unknown|Recipient "
                         "address rejected: Domain does not exist|recipient domain not found|destination "
                         "domain does not exist|invalid recipient domain|unable to verify recipient domain|"
                         "domain of recipient*does not exist"},
        .title = "The server in between finds no domain {recipient-domain}",
        .cause = "The relay or smart host checked the recipient's domain before it took the message, and "
                 "the domain name system does not know it.",
        .steps = {compare_domain, look_up_mx, fix_address_data},
        .reference = "RFC 5321 section 3.6",
        .sample = "450 4.1.2 <user@example.comn>: Recipient address rejected: Domain not found",
    },
    {
        .id = "host-unknown-resolver-down",
        .category = Category::host_unknown,
        .owner = Owner::you,
        .when = {.text = "Temporary failure in name resolution|EAI_AGAIN|temporary error during hostname "
                         "resolution|Resolving timed out|This is usually a temporary error during hostname "
                         "resolution"},
        .title = "Your own server cannot ask any name server",
        .cause = "The program could not turn a host name into an address because its name server did not "
                 "answer at all. No other machine was reached yet.",
        .steps = {"Windows: `Get-DnsClientServerAddress` shows which servers are asked; `Resolve-DnsName "
                  "smtp.office365.com` must answer",
                  "Linux or a container: look at /etc/resolv.conf, then `getent hosts smtp.office365.com`",
                  "Open port 53 (UDP and TCP) to the name server in the firewall",
                  "Scanner or machine: enter a name server in its network settings, and the right gateway"},
        .sample = "getaddrinfo: Temporary failure in name resolution",
    },
    {
        .id = "host-unknown-local-program",
        .category = Category::host_unknown,
        .owner = Owner::you,
        .when = {.text =
                     "ENOTFOUND|getaddrinfo|Name or service not known|nodename nor servname provided|Could "
                     "not resolve host|Couldn't resolve host|No such host is known|no such host|remote "
                     "name could not be resolved|UnknownHostException|Unknown SMTP host|No address "
                     "associated with hostname|WSAHOST_NOT_FOUND|Socket error # 11001|Socket error code "
                     "11001|Winsock error code: 11001|could not resolve proxy|No address associated with "
                     "name|Could not connect to SMTP host*UnknownHost|Connection could not be established "
                     "with host*getaddrinfo|SMTP connect() failed*getaddrinfo|Unable to connect*No such "
                     "host is known"},
        .title = "The program does not find the mail server it was told to use",
        .cause = "The name of the SMTP server in the program's settings does not lead to an address. It is "
                 "misspelt, has a blank or a port number in it, or the machine asks the wrong name server.",
        .steps = {"Read the server name in the program's settings: only the name, no https://, no blank, "
                  "the port in its own field",
                  "Microsoft 365 is `smtp.office365.com`, port 587; the old regional names are gone",
                  "From the same machine: `Resolve-DnsName smtp.office365.com` (Linux: `getent hosts "
                  "smtp.office365.com`)",
                  "If that fails as well: correct the machine's name server, `Get-DnsClientServerAddress`"},
        .sample = "getaddrinfo ENOTFOUND smtp.office356.com",
    },
    {
        .id = "host-unknown-google",
        .category = Category::host_unknown,
        .owner = Owner::you,
        .when = {.text = "responded with code NXDOMAIN|Domain name not found|because the domain*couldn't be "
                         "found|DNS Error:*NXDOMAIN"},
        .title = "The domain {recipient-domain} does not exist",
        .cause = "Google looked for the recipient's domain and was told that there is no such name. Most "
                 "often one letter is wrong (.comn, gmial.com).",
        .steps = {compare_domain, look_up_mx, fix_address_data},
        .reference = "RFC 5321 section 5.1",
        .sample = "DNS Error: 80335577 DNS type 'mx' lookup of example.jp responded with code NXDOMAIN "
                  "Domain name not found: example.jp",
    },
    {
        .id = "host-unknown",
        .category = Category::host_unknown,
        .owner = Owner::you,
        .when = {.text =
                     "Host or domain name not found|Name service error for name=*Host not found|Host "
                     "unknown|Name server: host not found|Name server*no such host|couldn't find any host "
                     "named|couldn't find any host by that name|DNS lookup failure|No such domain|Illegal "
                     "host/domain name found|domain is not reachable|Domain does not exist|Unrouteable "
                     "mail domain|DNS records for the destination computer could not be found|No route "
                     "found to domain|No route found to server|could not find a gateway for|unrouteable "
                     "domain|unroutable domain|Domain name could not be found|couldn't find the domain|"
                     "destination domain could not be found|Host unknown (Authoritative answer from name "
                     "server)|Unable to resolve host|DNS hard error|hard DNS error|Domain Lookup Failed|"
                     "Hostname lookup failed|Name service error for"},
        .title = "No mail server is known under the name in the address",
        .cause = "The sending server asked the domain name system and learned that the name does not exist, "
                 "or has no mail server. Usually the recipient's domain is misspelt or given up; if every "
                 "message fails, it is the name of your own smart host.",
        .steps = {compare_domain, look_up_mx, fix_address_data, check_smart_host,
                  "If the domain answers from other machines, correct the name servers that the relay asks: "
                  "`Get-DnsClientServerAddress` (Linux: /etc/resolv.conf)"},
        .reference = "RFC 5321 section 5.1",
        .sample = "Host or domain name not found. Name service error for name=neko.example.jp type=AAAA: "
                  "Host not found",
    },
    {
        .id = "host-unknown-unrouteable",
        .category = Category::host_unknown,
        .owner = Owner::you,
        .when = {.text = "Unrouteable address|Unroutable address|host not found|unknown host|unknown domain|"
                         "invalid domain|DNS failure|DNS error|domain not found|domain could not be found|"
                         "non-existent domain|hostname not found|host could not be found|bad host name|bad "
                         "destination host|bad destination system|undefined host|unable to resolve|domain "
                         "isn't valid|could not be resolved|No MX record",
                 .proof = Proof::hint},
        .title = "The server knows no way to the recipient's domain",
        .cause = "The words are general: the domain in the address cannot be found, or the server that "
                 "answered does not know what to do with the address.",
        .steps = {compare_domain, look_up_mx, fix_address_data,
                  "If the domain is right, ask the administrator of the server that answered; Exim: `exim "
                  "-bt {recipient}` shows its decision"},
        .reference = "RFC 3463 section 3.5",
        .sample = "Unrouteable address",
    },

    // The host is there but takes no mail
    {
        .id = "host-null-mx",
        .category = Category::host_not_accepting,
        .owner = Owner::you,
        .when = {.text =
                     "Null MX|nullMX|indicated no SMTP service|host/domain does not accept mail|host does "
                     "not accept mail|domain does not accept mail|doesn't receive email according to the "
                     "administrator|Name server: .: host not found|mail receiving disabled|does not accept "
                     "mail (|domain does not accept email|does not accept any mail|does not accept any "
                     "email|domain doesn't accept email|domain is not configured to receive|is a null MX"},
        .title = "The domain {recipient-domain} takes no mail at all",
        .cause = "The owner of the domain has declared in DNS (null MX) or on the server that no mail is "
                 "received there. Every address in it is dead.",
        .steps = {compare_domain,
                  "See the declaration: `Resolve-DnsName {recipient-domain} -Type MX` (a single dot means "
                  "no mail)",
                  "Ask the recipient for their real mail address: often another ending (.be instead of .com)",
                  fix_address_data},
        .reference = "RFC 7505 section 3",
        .sample = "DNS Error: 24275403 DNS type 'mx' lookup of libsisimai.org responded with code NOERROR "
                  "The domain libsisimai.org doesn't receive email according to the administrator: returned "
                  "Null MX",
    },
    {
        .id = "recipient-disabled-tenant",
        .category = Category::recipient_disabled,
        .owner = Owner::recipient,
        .when = {.text =
                     "hosted tenant which has no mail-enabled subscriptions|no mail-enabled subscription"},
        .title = "The recipient's Microsoft 365 has no mail licence any more",
        .cause = "The domain belongs to an organisation in Microsoft 365 none of whose subscriptions "
                 "contains mailboxes: the licences ran out, or mail was moved elsewhere and the domain left "
                 "behind.",
        .steps = {tell_recipient_otherwise,
                  "Their administrator: renew a subscription with Exchange Online, or remove the domain "
                  "from the organisation (Microsoft 365 admin center > Settings > Domains) when mail lives "
                  "elsewhere",
                  "If it is your own domain, the same applies to you: check the licences, and that the MX "
                  "points to the server that holds the mailboxes"},
        .reference = microsoft_ndr,
        .sample = "454 4.4.4 Mail received as unauthenticated, incoming to a recipient domain configured in "
                  "a hosted tenant which has no mail-enabled subscriptions. ATTR5",
    },
    {
        .id = "host-not-accepting-temporary",
        .category = Category::host_not_accepting,
        .owner = Owner::provider,
        .severity = Severity::warning,
        .when = {.code = "4",
                 .text =
                     "System not accepting network messages|not accepting network messages|not accepting "
                     "connections|no SMTP service|mail service is currently unavailable|Service not active|"
                     "server is not accepting|host is not accepting|system is not accepting"},
        .title = "The receiving server takes no mail at the moment",
        .cause = "The server answers, but has stopped accepting messages: maintenance, restart, or too "
                 "little space or memory. It is expected to come back.",
        .steps = {keeps_trying,
                  "If {host} is your own Exchange: `Get-ServerComponentState -Identity {host}`, and take it "
                  "out of maintenance with `Set-ServerComponentState -Identity {host} -Component "
                  "ServerWideOffline -State Active -Requester Maintenance`",
                  "If it lasts longer than some hours, tell the recipient by telephone"},
        .reference = "RFC 3463 section 3.4",
        .sample = "421 4.3.2 System not accepting network messages",
    },
    {
        .id = "host-not-accepting-service",
        .category = Category::host_not_accepting,
        .owner = Owner::provider,
        .severity = Severity::warning,
        .when = {.code = "421", .text = "Service not available"},
        .title = "The receiving server offers no mail service at the moment",
        .cause = "The server answers and says that it does not take mail just now: it is being restarted or "
                 "maintained, or has too much to do.",
        .steps = {keeps_trying,
                  "If {host} is your own Exchange: `Get-ServerComponentState -Identity {host}` must say "
                  "Active for ServerWideOffline, HubTransport and FrontendTransport",
                  "If it lasts longer than some hours, tell the recipient by telephone"},
        .reference = "RFC 5321 section 4.2.3",
        .sample = "421 Service not available, closing transmission channel",
    },
    {
        .id = "host-not-accepting",
        .category = Category::host_not_accepting,
        .owner = Owner::recipient,
        .when = {.text =
                     "System not accepting network messages|not accepting network messages|server does not "
                     "accept mail|host never accepts mail|no SMTP service here|Destination seem to reject "
                     "all mails|does not accept incoming mail|does not accept inbound mail|no mail service "
                     "here|server is not accepting|mail server disabled|No mail accepted|host is not "
                     "accepting|system is not accepting|domain is not accepting"},
        .title = "The server of {recipient-domain} accepts no mail",
        .cause = "The machine that the recipient's DNS names answers, and says that it does not take mail: "
                 "it was retired, switched to sending only, or the MX is out of date.",
        .steps = {compare_domain, look_up_mx, tell_recipient_otherwise,
                  "Their administrator: correct the MX record, or switch receiving on again"},
        .reference = "RFC 7504 section 3",
        .sample = "521 5.3.2 <user@example.net>: Recipient address rejected: System not accepting network "
                  "messages",
    },

    // Encryption: required, not offered, too old
    {
        .id = "tls-not-offered-dane",
        .category = Category::tls_required,
        .owner = Owner::recipient,
        .when = {.text = "starttls-not-supported|Destination mail server must support TLS"},
        .title = "The recipient's server promises encryption but does not offer it",
        .cause = "The DNS of {recipient-domain} (DANE, MTA-STS) demands TLS, and its mail server did not "
                 "offer STARTTLS or failed in it. The sending server must not deliver in the clear.",
        .steps = {"See it for yourself: `openssl s_client -starttls smtp -connect {host}:{port}`",
                  ask_their_postmaster,
                  "Their administrator: switch STARTTLS on (and take SMTP inspection off the firewall in "
                  "front of it), or remove the TLSA record",
                  keeps_trying},
        .reference = microsoft_ndr,
        .sample = "450 4.7.321 starttls-not-supported: Destination mail server must support TLS to receive "
                  "mail.",
    },
    {
        .id = "tls-unavailable-for-now",
        .category = Category::remote_system_error,
        .owner = Owner::provider,
        .severity = Severity::warning,
        .when = {.text = "TLS not available due to temporary reason|TLS not available due to local problem"},
        .title = "{host} offers encryption, but cannot start it at the moment",
        .cause =
            "The server has STARTTLS in its list, and refused when it was to begin: a certificate or key "
            "that cannot be read, or too little memory there.",
        .steps =
            {keeps_trying,
             "If {host} is yours: look into its log for the certificate and key it could not load. Postfix: "
             "`postconf smtpd_tls_cert_file smtpd_tls_key_file`",
             "Do not turn encryption off for it: a password would go out in the clear"},
        .reference = "RFC 3207 section 4",
        .sample = "454 4.7.0 TLS not available due to local problem",
    },
    {
        .id = "tls-not-offered",
        .category = Category::tls_required,
        .owner = Owner::you,
        .when = {.text = "TLS is required, but was not offered|TLS is required but was not offered|"
                         "STARTTLS is required but|TLS required but not supported|did not offer TLS "
                         "support|did not offer STARTTLS|TLS is required, but*unavailable|STARTTLS "
                         "extension not supported by server|Server does not support secure connections|"
                         "does not support STARTTLS|STARTTLS not supported|STARTTLS not available|TLS not "
                         "available|TLS is not available|TLS currently not available|TLS currently "
                         "unavailable|STARTTLS temporarily|not offered STARTTLS|no TLS offered|server "
                         "doesn't support TLS|server does not support TLS|TLS not supported|requested SSL "
                         "level failed|requires TLS but*does not|TLS required but not|TLS session is "
                         "required, but"},
        .title = "Encryption is demanded, but {host} does not offer it",
        .cause = "The sending side is set to encrypt or not to send at all, and the server at the other end "
                 "did not offer STARTTLS: wrong port, a server without a certificate, or a firewall that "
                 "removes the offer.",
        .steps = {"Look at the offer: `openssl s_client -starttls smtp -connect {host}:587` (use the port "
                  "that is configured)",
                  "Check port and kind: 587 and 25 begin in the clear and use STARTTLS, 465 is encrypted "
                  "from the first byte",
                  switch_off_inspection,
                  "If {host} is your own relay, give it a certificate. IIS: put one with the server's name "
                  "into the computer's store, then IIS 6.0 Manager > SMTP Virtual Server > Properties > "
                  "Access",
                  "For an internal relay that never leaves the house, TLS may be left off in the sending "
                  "program"},
        .reference = "RFC 3207 section 4",
        .sample = "TLS is required, but was not offered by host mx.example.net[192.0.2.1]",
    },
    {
        .id = "tls-required-requiretls",
        .category = Category::tls_required,
        .owner = Owner::recipient,
        .when = {.text = "REQUIRETLS"},
        .title = "The message must travel encrypted; the next server cannot promise it",
        .cause = "The sender marked the message with REQUIRETLS: every server on its way has to use TLS and "
                 "support that mark. The server of {recipient-domain} does not.",
        .steps = {"Send the message without that mark, if its content allows",
                  "Or ask the recipient for an address at a server that supports it"},
        .reference = "RFC 8689",
        .sample = "550 5.7.30 REQUIRETLS support required",
    },
    {
        .id = "tls-version-too-old",
        .category = Category::tls_version,
        .owner = Owner::you,
        .when = {.text =
                     "TLS 1.2 is required|requires TLS 1.2|TLS 1.0 is not supported|TLS version*not "
                     "supported|weak TLS version|TLS version is too old|deprecated TLS version|insecure TLS"},
        .title = "Your program or relay speaks only an outdated TLS",
        .cause = "The server wants TLS 1.2 or later, and the connection came with TLS 1.0 or 1.1. Old "
                 "Windows (2008 R2, 2012), old .NET programs and old scanners do that.",
        .steps = {enable_tls12,
                  ".NET programs: `New-ItemProperty -Force -Path 'HKLM:\\SOFTWARE\\Microsoft\\.NETFramework\\"
                  "v4.0.30319' -Name SchUseStrongCrypto -Value 1 -PropertyType DWord`, and the same below "
                  "WOW6432Node",
                  "Scanner: install the newest firmware and choose TLS 1.2 in its mail settings",
                  "What cannot be updated: let it send to a relay in the house (Postfix, newer Windows) "
                  "which goes on with TLS 1.2",
                  "Stopgap at Microsoft 365: `Set-TransportConfig -AllowLegacyTLSClients $true` and the "
                  "host smtp-legacy.office365.com"},
        .reference = "RFC 8996",
        .sample = "550 5.7.10 TLS 1.2 is required",
    },
    {
        .id = "tls-version-socket-error",
        .category = Category::tls_version,
        .owner = Owner::you,
        .when = {.text = "Connection dropped due to SocketError*TLS|TLS*Connection dropped due to "
                         "SocketError|STARTTLS*Connection dropped due to SocketError"},
        .title = "The encrypted connection broke, most likely over an outdated TLS",
        .cause = "Exchange reports the end of the connection during the start of encryption. On Windows "
                 "Server 2008 R2 and 2012 the reason is that TLS 1.2 is not switched on.",
        .steps = {enable_tls12,
                  "Do the same under TLS 1.2\\Server when the machine also receives mail over TLS",
                  switch_off_inspection,
                  "Windows Server 2003 cannot speak TLS 1.2: put a newer relay in front of it"},
        .reference = microsoft_ndr,
        .sample = "421 4.4.2 Connection dropped due to SocketError; TLS negotiation failed",
    },
    {
        .id = "connection-failed-socket-error",
        .category = Category::connection_failed,
        .owner = Owner::you,
        .severity = Severity::warning,
        .when = {.text = "Connection dropped due to SocketError"},
        .title = "The connection to the next server broke off",
        .cause =
            "Exchange reports that the connection ended in the middle. A firewall that looks into mail is "
            "a usual reason, and so is a Windows Server 2008 R2 or 2012 without TLS 1.2, whose encryption "
            "never gets going.",
        .steps = {keeps_trying, test_port, switch_off_inspection, enable_tls12},
        .reference = microsoft_ndr,
        .sample = "421 4.4.2 Connection dropped due to SocketError",
    },
    {
        .id = "connection-failed-cdo",
        .category = Category::connection_failed,
        .owner = Owner::you,
        .when = {.text = "0x80040213|80040213|-2147220973|0x800CCC0E|800CCC0E"},
        .title = "The program could not connect to its mail server",
        .cause =
            "CDO (80040213) and Outlook (800CCC0E) report with this number that no connection came about: "
            "wrong server name or port, or a firewall. CDO also fails like this at port 587, because it "
            "knows no STARTTLS.",
        .steps = {"Compare server name and port in the program with what the provider says",
                  "From the computer that sends: `Test-NetConnection smtp.office365.com -Port 587`",
                  check_firewall,
                  "Old programs that use CDO: let them send to a relay in your own network (port 25, no "
                  "encryption), which sends on with TLS"},
        .sample = "CDO.Message.1 error '80040213'",
    },
    {
        .id = "program-not-accepted",
        .category = Category::unknown,
        .owner = Owner::you,
        .when = {.text = "0x80040211|80040211|-2147220975|0x800CCC6F|800CCC6F"},
        .title = "The mail server did not take the message; its own words are missing here",
        .cause = "CDO (80040211) and Outlook (800CCC6F) report with this number that the server refused the "
                 "message. The reason stands only in the server's reply.",
        .steps = {"Look for the server's reply behind 'The server response was' or in the program's log, and "
                  "explain it: `relaytool explain \"<the reply>\"`",
                  "Usual reasons: no login, a sender address that the login may not use, a refused recipient",
                  "Look into the log of the server at that time"},
        .sample =
            "The message could not be sent to the SMTP server. The transport error code was 0x80040211.",
    },
    {
        .id = "tls-port-mixed-up",
        .category = Category::tls_version,
        .owner = Owner::you,
        .when = {.text =
                     "wrong version number|unknown protocol|packet length too long|unexpected packet "
                     "format|record layer failure|Unrecognized SSL message, plaintext connection|first "
                     "record does not look like a TLS handshake|record overflow|received an unexpected EOF "
                     "or 0 bytes from the transport stream"},
        .title = "Encryption starts at the wrong moment: port and kind of TLS do not fit",
        .cause =
            "One side already spoke TLS while the other still spoke plain text. Port 465 is encrypted "
            "from the first byte (SSL/TLS); 587 and 25 begin in the clear and switch over with STARTTLS.",
        .steps = {"In the program's settings combine port 587 with STARTTLS (nodemailer: `secure: false`; "
                  "PHPMailer: `tls`; MailKit: `SecureSocketOptions.StartTls`)",
                  "Or port 465 with SSL/TLS, where the server offers it; smtp.office365.com does not",
                  ".NET's SmtpClient knows only STARTTLS: use port 587, never 465",
                  "Try it by hand: `openssl s_client -starttls smtp -connect smtp.office365.com:587`"},
        .reference = "RFC 8314 section 3",
        .sample = "error:1408F10B:SSL routines:ssl3_get_record:wrong version number",
    },
    {
        .id = "tls-handshake-failed",
        .category = Category::tls_version,
        .owner = Owner::you,
        .when = {.text =
                     "handshake failure|TLS handshake failed|SSL handshake failed|handshake failed|TLS "
                     "negotiation failed|TLS session setup failed|alert protocol version|unsupported "
                     "protocol|no shared cipher|no protocols available|version too low|do not possess a "
                     "common algorithm|A call to SSPI failed|Could not create SSL/TLS secure channel|"
                     "SSL_connect failed|STARTTLS failed|failed to start TLS|Cannot start TLS|Error during "
                     "TLS|TLS connection failed|SSL_accept|SSLHandshakeException|No appropriate protocol|"
                     "Authentication failed because the remote party|SSL_ERROR_SYSCALL|dh key too small|"
                     "inappropriate fallback|unsafe legacy renegotiation|TLS error on connection|SSL "
                     "connect error|SSL negotiation failed|Failed to establish TLS|TLS protocol error|"
                     "AuthenticationException: A call to SSPI failed"},
        .title = "The two servers found no common encryption",
        .cause = "STARTTLS was offered, but its start failed: the two sides share no TLS version or cipher, "
                 "or a firewall took part in the conversation.",
        .steps = {"See which versions the other side takes: `openssl s_client -starttls smtp -connect "
                  "{host}:{port} -tls1_2`",
                  enable_tls12,
                  "Programs in Java or OpenSSL: update the program; old ones know neither TLS 1.2 nor "
                  "today's ciphers",
                  switch_off_inspection},
        .reference = "RFC 3207 section 4.1",
        .sample = "Cannot start TLS: handshake failure",
    },
    {
        .id = "tls-required",
        .category = Category::tls_required,
        .owner = Owner::you,
        .when = {.text =
                     "need to use STARTTLS|must use TLS|TLS encryption required|TLS encryption is required|"
                     "TLS required|TLS is required|Encryption required|encryption is required|requires "
                     "encryption|session must be encrypted|A TLS session is required|secure connection "
                     "required|Encrypted connection required|SSL required"},
        .title = "{host} takes mail only over an encrypted connection",
        .cause = "The sending side went on without STARTTLS: encryption is switched off there, failed (an "
                 "outdated TLS version), or was hidden by a firewall.",
        .steps = {iis_tls_tick, postfix_tls,
                  "Other programs: switch STARTTLS on and use port 587 (hMailServer: Settings > Protocols > "
                  "SMTP > Delivery of e-mail > Connection security STARTTLS)",
                  "Windows Server 2012 and older: TLS 1.2 has to be switched on as well, see "
                  "SCHANNEL\\Protocols in the registry",
                  switch_off_inspection,
                  "Own Exchange in between: the send connector needs `Set-SendConnector -Identity <name> "
                  "-RequireTLS $true`"},
        .reference = "RFC 3207 section 4",
        .sample = "550 5.7.1 Encryption required by recipient domain",
    },

    // Certificates
    {
        .id = "tls-certificate-mta-sts",
        .category = Category::tls_certificate,
        .owner = Owner::recipient,
        .when = {.text = "Remote certificate failed MTA-STS validation|certificate failed MTA-STS|"
                         "sts-webpki-invalid|sts-policy"},
        .title = "The recipient's certificate breaks their own MTA-STS policy",
        .cause = "{recipient-domain} publishes a policy that its mail servers have a valid certificate. The "
                 "one that was shown is expired, for another name, or from an authority nobody trusts.",
        .steps = {tell_postmaster_certificate, show_certificate,
                  "Their policy stands at https://mta-sts.{recipient-domain}/.well-known/mta-sts.txt",
                  keeps_trying},
        .reference = "RFC 8461 section 4",
        .sample = "450 4.7.5 Remote certificate failed MTA-STS validation. Reason: <validityStatus>",
    },
    {
        .id = "tls-mta-sts-mx",
        .category = Category::tls_certificate,
        .owner = Owner::recipient,
        .when = {.text = "failed MTA-STS validation|MTA-STS policy|MTA-STS validation"},
        .title = "The recipient's MX is not listed in their own MTA-STS policy",
        .cause = "{recipient-domain} changed its mail server in DNS, but its MTA-STS policy file still "
                 "names the former ones, so a careful sender must not deliver.",
        .steps = {ask_their_postmaster,
                  "Their administrator: add the new name to the mx: lines of "
                  "https://mta-sts.{recipient-domain}/.well-known/mta-sts.txt and change the id in the TXT "
                  "record _mta-sts.{recipient-domain}",
                  "If {recipient-domain} is yours, for example after a move to a name in mx.microsoft, that "
                  "is your task",
                  keeps_trying},
        .reference = "RFC 8461 section 4.1",
        .sample = "450 4.4.8 MX hosts of 'contoso.com' failed MTA-STS validation",
    },
    {
        .id = "tls-certificate-dane",
        .category = Category::tls_certificate,
        .owner = Owner::recipient,
        .when = {.text = "tlsa-invalid|failed DANE validation|DANE validation|certificate-host-mismatch|"
                         "certificate-expired: |Remote certificate MUST have a common name|Destination mail "
                         "server's certificate is expired|no matching TLSA|TLSA lookup|TLSA record|DANE TLS "
                         "authentication"},
        .title = "The recipient's certificate does not fit their DANE record",
        .cause = "{recipient-domain} publishes with DANE (a TLSA record) which certificate its mail server "
                 "has. The one that was shown is another, expired, or for another name: usually it was "
                 "renewed and the record forgotten.",
        .steps = {tell_postmaster_certificate, show_certificate,
                  "Their administrator: `dig _25._tcp.{host} TLSA` must fit the certificate; correct the "
                  "record or the certificate",
                  keeps_trying},
        .reference = "RFC 7672 section 3",
        .sample = "450 4.7.323 tlsa-invalid: The domain failed DANE validation.",
    },
    {
        .id = "tls-dnssec-invalid",
        .category = Category::tls_certificate,
        .owner = Owner::recipient,
        .when = {.text = "dnssec-invalid|invalid DNSSEC records|DNSSEC validation|DNSSEC failure"},
        .title = "The signed DNS of {recipient-domain} cannot be verified",
        .cause = "The domain's DNS records are signed (DNSSEC), but the signatures do not check out: "
                 "expired, or the key at the registry is an old one. Careful senders then refuse to deliver.",
        .steps = {"Compare `dig {recipient-domain} MX` with `dig +cd {recipient-domain} MX`: an answer only "
                  "with +cd proves the fault",
                  tell_recipient_otherwise,
                  "Their administrator: renew the signatures, or correct the DS record at the registrar",
                  keeps_trying},
        .reference = "RFC 7672 section 2.1",
        .sample = "450 4.7.324 dnssec-invalid: Destination domain returned invalid DNSSEC records",
    },
    {
        .id = "tls-certificate-untrusted-connector",
        .category = Category::tls_certificate,
        .owner = Owner::tenant_admin,
        .when = {.text = "Failed to establish appropriate TLS channel|UntrustedRoot: Access Denied"},
        .title = "Exchange refuses the certificate that the connector uses",
        .cause =
            "The certificate of one of the two Exchange servers comes from an authority that the other "
            "does not trust. Often two certificates fit the connector's name and the wrong one is taken.",
        .steps = {"`Get-ExchangeCertificate | Format-List Thumbprint,Subject,Issuer,NotAfter,Services`: "
                  "remove the expired or self-made one, or renew it",
                  "Name the right one on the connector: `Set-SendConnector -Identity <name> "
                  "-TlsCertificateName \"<I>issuer<S>subject\"`",
                  "Install the authority's intermediate certificates in the computer's store, then "
                  "`Restart-Service MSExchangeTransport`"},
        .reference = microsoft_ndr,
        .sample = "454 4.7.0 Failed to establish appropriate TLS channel: UntrustedRoot: Access Denied.",
    },
    {
        .id = "tls-certificate-connector-name",
        .category = Category::tls_certificate,
        .owner = Owner::you,
        .when = {.code = "4", .text = "TlsCertificateName"},
        .title = "Your Exchange does not find the certificate that its connector names",
        .cause =
            "The send connector says with TlsCertificateName which certificate to use, and the server has "
            "none of that name: mostly it was renewed by another authority. Mail waits until that is mended.",
        .steps =
            {"See what is there: `Get-ExchangeCertificate | Format-List Thumbprint,Subject,Issuer,NotAfter`",
             "Name the new one: `Set-SendConnector -Identity <name> -TlsCertificateName "
             "\"<I>issuer<S>subject\"`",
             "Then let the queue try again: `Get-Queue | Retry-Queue`"},
        .reference = microsoft_ndr,
        .sample =
            "454 4.7.5 The certificate specified in TlsCertificateName of the SendConnector could not be "
            "found.",
    },
    {
        .id = "tls-certificate-untrusted-root",
        .category = Category::tls_certificate,
        .owner = Owner::recipient,
        .when = {.text = "Cannot connect to remote server*UntrustedRoot|Message=UntrustedRoot|UntrustedRoot"},
        .title = "The receiving server's certificate comes from an authority nobody trusts",
        .cause = "An outbound connector of Microsoft 365 demands a trusted certificate. The destination "
                 "shows one that is self-made, or leaves out the intermediate certificates.",
        .steps = {show_certificate,
                  "Administrator of {host}: install a certificate of a public authority together with its "
                  "intermediate certificates",
                  "If {host} is your own server behind a connector and that is not possible: "
                  "`Set-OutboundConnector -Identity <name> -TlsSettings EncryptionOnly`"},
        .reference = microsoft_ndr,
        .sample = "450 4.4.317 Cannot connect to remote server [Message=UntrustedRoot]",
    },
    {
        .id = "tls-certificate-expired",
        .category = Category::tls_certificate,
        .owner = Owner::provider,
        .when = {.text =
                     "certificate has expired|certificate is expired|CERT_HAS_EXPIRED|certificate expired|"
                     "NotTimeValid|certificate is not yet valid|CertificateExpiredException|certificate "
                     "has expired or is not yet valid|SEC_E_CERT_EXPIRED|Server certificate expired|SSL "
                     "certificate problem: certificate has expired|SSL certificate problem*expired|"
                     "certificate verify failed*expired|remote certificate is invalid*NotTimeValid"},
        .title = "The certificate of {host} has expired",
        .cause = "The server still shows a certificate whose time is over. If it happens with every server, "
                 "the clock of your own machine is wrong.",
        .steps =
            {"Check the clock of the sending machine first: `Get-Date`",
             "See the dates: `openssl s_client -starttls smtp -connect {host}:{port} </dev/null | openssl "
             "x509 -noout -dates -subject`",
             "Administrator of {host}: renew the certificate and restart the mail service",
             "If {host} is your own relay, that is you: renew it in the computer's certificate store"},
        .reference = "RFC 5280 section 4.1.2.5",
        .sample = "SSL certificate problem: certificate has expired",
    },
    {
        .id = "tls-certificate-name",
        .category = Category::tls_certificate,
        .owner = Owner::you,
        .when = {.text =
                     "does not match certificate|ERR_TLS_CERT_ALTNAME_INVALID|"
                     "RemoteCertificateNameMismatch|hostname mismatch|certificate name mismatch|no "
                     "alternative certificate subject name|does not match target host name|certificate "
                     "subject name*does not match|doesn't match any of the subject alternative names|No "
                     "subject alternative|certificate is not valid for*name|CN_MISMATCH|common name "
                     "doesn't match|Server certificate not verified|SEC_E_WRONG_PRINCIPAL|target principal "
                     "name is incorrect|x509: certificate is valid for|certificate is not valid for|"
                     "certificate verify failed*Hostname mismatch|SSL certificate problem*does not match|"
                     "remote certificate is invalid*RemoteCertificateNameMismatch|certificate is "
                     "invalid*NameMismatch"},
        .title = "The certificate belongs to another name than the one that was dialled",
        .cause = "The program connected to one name (or an IP address), and the server showed a certificate "
                 "for another. Mostly the server was entered by IP address or by a name of your own.",
        .steps =
            {"Enter the server by the name in its certificate: `smtp.office365.com`, never an IP address",
             "See the names it is good for: `openssl s_client -starttls smtp -connect {host}:{port} "
             "</dev/null | openssl x509 -noout -subject -ext subjectAltName`",
             "Own relay: get a certificate for the name that the programs use", switch_off_inspection},
        .reference = "RFC 7817 section 3",
        .sample = "Hostname/IP does not match certificate's altnames: Host: 192.0.2.1. is not in the cert's "
                  "list",
    },
    {
        .id = "tls-certificate-untrusted",
        .category = Category::tls_certificate,
        .owner = Owner::you,
        .when = {.text = "certificate verify failed|unable to get local issuer certificate|self-signed "
                         "certificate|self signed certificate|unable to verify the first certificate|"
                         "UNABLE_TO_VERIFY_LEAF_SIGNATURE|DEPTH_ZERO_SELF_SIGNED_CERT|Server certificate "
                         "not trusted|RemoteCertificateChainErrors|PKIX path building failed|SSL "
                         "certificate problem|certificate signed by unknown authority|certificate "
                         "verification failed|remote certificate is invalid|remote certificate was "
                         "rejected|issued by an authority that is not trusted|untrusted issuer|"
                         "SEC_E_UNTRUSTED_ROOT|certificate is not trusted|certificate not trusted|"
                         "certificate was not trusted|CERTIFICATE_VERIFY_FAILED|alert unknown ca|alert bad "
                         "certificate|peer certificate cannot be authenticated|certificate has been "
                         "revoked|certificate is revoked"},
        .title = "The certificate of {host} is not trusted",
        .cause = "The sending program does not know who issued the server's certificate: it is self-made, "
                 "its intermediate certificate is missing, or the program's own list of authorities is old. "
                 "A virus scanner or firewall that opens TLS also causes this.",
        .steps = {show_certificate,
                  "Issuer is your virus scanner or firewall: take SMTP (25, 465, 587) out of its TLS "
                  "inspection",
                  "Public server such as smtp.office365.com: update Windows, Java or the program, which "
                  "brings new root certificates",
                  "Own relay with a self-made certificate: import it on the sending machine, "
                  "`Import-Certificate -FilePath relay.cer -CertStoreLocation Cert:\\LocalMachine\\Root`, "
                  "or buy one",
                  "Do not switch the check off for servers outside the house: the password would go to "
                  "anybody"},
        .reference = "RFC 5280 section 6",
        .sample = "SSL certificate problem: unable to get local issuer certificate",
    },

    // No connection, or one that broke
    {
        .id = "connection-refused-named",
        .category = Category::connection_failed,
        .owner = Owner::you,
        .when = {.text =
                     "Socket error code 10061|Winsock error code: 10061|actively refused|ECONNREFUSED|"
                     "WSAECONNREFUSED|Socket error # 10061|connect to*: Connection refused|Connection "
                     "refused [Message|dial tcp*connection refused|connect: connection refused|Deferred: "
                     "Connection refused|Message expired, connection refused|java.net.ConnectException: "
                     "Connection refused|Errno 111|Errno 10061|Connection refused (111)|port 25: "
                     "Connection refused|Failed to connect*Connection refused|unable to connect*Connection "
                     "refused|open connection*Connection refused|connection could be made because the "
                     "target machine actively refused it|Unable to connect*actively refused|Could not "
                     "connect to SMTP host*Connection refused|Connection could not be established with "
                     "host*Connection refused|Failed to connect to*port*Connection refused"},
        .title = "{host} refused the connection",
        .cause = "The machine was reached, but nothing listens on that port, or a firewall turns the "
                 "connection away. No mail server spoke yet.",
        .steps = {test_port,
                  "Check name and port in the settings of the program or relay: 587 for a smart "
                  "host, 25 between servers",
                  "If {host} is your own relay: is the service running, `Get-Service SMTPSVC`, and is the "
                  "program allowed to reach it?",
                  check_firewall,
                  "If it is the recipient's server and it also refuses others, tell them by telephone",
                  use_587},
        .reference = microsoft_ndr,
        .sample = "450 4.4.316 Connection refused [Message=Socket error code 10061]",
    },
    {
        .id = "connection-refused-by-answer",
        .category = Category::ip_blocked,
        .owner = Owner::recipient,
        // With the code in the wording: without one it is the sending side that found a closed port.
        .when = {.code = "5",
                 .text =
                     "550*Connection refused|554*Connection refused|521*Connection refused|553*Connection "
                     "refused|refused connection from|refuses connections from"},
        .title = "{host} answered, but does not want to talk to your server",
        .cause = "The connection was made and the mail server itself turned it away with a lasting no. It "
                 "decides by the address you come from: a block list, a local rule, or a line that should "
                 "not run a mail server.",
        .steps = {"Find the public address you send from; the reply often names it in brackets: {ip}",
                  "Look it up at `https://check.spamhaus.org` and have it removed where it is listed",
                  "Its reverse name has to exist and lead back to it: `Resolve-DnsName {ip}`",
                  ask_their_postmaster, use_587},
        .reference = "RFC 5321 section 3.1",
        .sample = "554 Connection refused",
    },
    {
        .id = "connection-refused",
        .category = Category::connection_failed,
        .owner = Owner::you,
        .when = {.code = "4",
                 .status = "x.4.x",
                 .text = "Connection refused|refused the connection|connect refused"},
        .title = "The receiving server refused the connection",
        .cause = "The machine was reached, but nothing listens on that port, or a firewall turns the "
                 "connection away. No mail server spoke yet.",
        .steps = {test_port, look_up_mx, check_firewall,
                  "If it is the recipient's server and it also refuses others, tell them by telephone",
                  keeps_trying},
        .reference = "RFC 3463 section 3.5",
        .sample = "4.4.1 mx.example.net: Connection refused",
    },
    {
        .id = "connection-timed-out",
        .category = Category::connection_failed,
        .owner = Owner::you,
        .when = {.text =
                     "Connection timed out|Operation timed out|ETIMEDOUT|Socket error code 10060|Winsock "
                     "error code: 10060|Socket error # 10060|WSAETIMEDOUT|did not properly respond after a "
                     "period of time|connect timed out|Connection timeout|connection attempt timed out|i/o "
                     "timeout|timed out during user open|The operation has timed out|"
                     "SocketTimeoutException|Connection time-out|connection to*timed out|Connection has "
                     "timed out|timed out connecting|Errno 110|Errno 10060|semaphore timeout period|timed "
                     "out after*with 0 bytes received|Host timed out|SMTP timeout|connect()*timed out|"
                     "Could not connect*timed out|Could not connect to SMTP host*timed out|Failed to "
                     "connect to*port*timed out|Unable to connect to the remote server*timed out|"
                     "Connection could not be established with host*timed out"},
        .title = "{host} did not answer: the connection timed out",
        .cause = "The sending server knocked and nothing came back. A firewall on the way swallows the "
                 "packets, the address is out of date, or the machine is down. Internet providers often "
                 "close port 25.",
        .steps = {test_port, check_firewall, look_up_mx, use_587, check_smart_host,
                  "If only this recipient is concerned and the others arrive, their server is down: tell "
                  "them by telephone",
                  resend_later},
        .reference = "RFC 5321 section 4.5.4.1",
        .sample = "connect to bukkoji.example.org[192.0.2.1]:25: Connection timed out",
    },
    {
        .id = "connection-unreachable",
        .category = Category::connection_failed,
        .owner = Owner::you,
        .when = {.text = "Network is unreachable|No route to host|ENETUNREACH|EHOSTUNREACH|Host is "
                         "unreachable|Host unreachable|unreachable network|unreachable host|Winsock error "
                         "code: 10051|Winsock error code: 10065|Socket error code 10051|Socket error code "
                         "10065|address is unreachable|Network unreachable|network is down|Cannot assign "
                         "requested address"},
        .title = "There is no network path to {host}",
        .cause = "Your server knows no route to that address. Often the other side was tried over IPv6 "
                 "while your line has only IPv4; or the gateway is wrong or down.",
        .steps =
            {"`Test-NetConnection {host} -Port {port} -InformationLevel Detailed` shows which address is "
             "tried",
             "IPv6 without a line for it. Postfix: `postconf -e inet_protocols=ipv4` and "
             "`systemctl restart postfix`; Windows: prefer IPv4",
             "Check the gateway and the line: `Test-NetConnection 1.1.1.1 -Port 53`",
             "If all other destinations work, the recipient's network is down: tell them by telephone"},
        .reference = "RFC 5321 section 4.5.4.1",
        .sample = "connect to mx.example.net[2001:db8::25]:25: Network is unreachable",
    },
    {
        .id = "connection-lost-conversation",
        .category = Category::connection_failed,
        .owner = Owner::you,
        .when = {.text = "lost connection with|conversation with*timed out|lost connection while|timed out "
                         "while receiving|timed out while sending|timeout while waiting|Timeout waiting "
                         "for|Greeting never received|read timeout|Read timed out|Timeout - closing "
                         "connection|idle timeout|SMTP time-out|timed out waiting for|Idle too long|Data "
                         "timeout|Command timeout|session timed out|closing connection due to timeout|Read "
                         "error from|lost input channel|server did not respond|no response from|Remote "
                         "host is not responding|Connection expired|Timed out waiting|Error: timeout "
                         "exceeded|timeout after DATA|timeout after END-OF-MESSAGE|timeout after RCPT|"
                         "timeout after MAIL|timeout after EHLO"},
        .title = "The conversation with {host} broke off",
        .cause = "The connection stood, then one side stopped answering or hung up. Typical causes are a "
                 "firewall or virus scanner that inspects mail, a large message on a slow line, wrong "
                 "packet sizes (VPN, MTU), or an overloaded server.",
        .steps = {"Does a message of one line pass where a large one fails? Then it is the size, the line "
                  "or the MTU: `ping {host} -f -l 1472` must be answered (Windows)",
                  switch_off_inspection,
                  "Give the sending side more time. IIS: IIS 6.0 Manager > SMTP Virtual Server > Properties "
                  "> Delivery > Outbound Connections > Time-out",
                  keeps_trying,
                  "If it always stops at the same command and only with this recipient, send them the "
                  "report: their server hangs up"},
        .reference = "RFC 5321 section 4.5.3.2",
        .sample = "lost connection with mx.example.net[192.0.2.1] while sending end of data -- message may "
                  "be sent more than once",
    },
    {
        .id = "connection-dropped",
        .category = Category::connection_failed,
        .owner = Owner::you,
        .when = {.text =
                     "Connection dropped|connection reset|ECONNRESET|Connection was closed abruptly|"
                     "SuspiciousRemoteServerError|closed the connection unexpectedly|Connection "
                     "unexpectedly closed|Connection closed unexpectedly|remote host closed connection|"
                     "remote server closed connection|closed connection in response|closed connection "
                     "after|forcibly closed|Socket error code 10054|Winsock error code: 10054|Socket error "
                     "# 10054|socket hang up|unexpected EOF|Unexpected end of file|Broken pipe|EPIPE|"
                     "Connection died|connection was dropped by the remote host|Connection closed by "
                     "remote|Connection closed by foreign host|Connection aborted|Software caused "
                     "connection abort|connected but connection died|Server closed connection|"
                     "SMTPServerDisconnected|Remote end closed|The server disconnected|dropped connection|"
                     "connection was terminated|An existing connection was|established connection was "
                     "aborted|Unexpected connection response|Unexpected socket close|Bad connection|"
                     "connection lost"},
        .title = "{host} dropped the connection",
        .cause = "The other side, or a firewall between, cut the line without an answer. It happens when "
                 "encryption fails, when a filter dislikes the sender and does not say so, or when a limit "
                 "of connections is reached.",
        .steps =
            {"Talk to it by hand and see where it stops: `openssl s_client -starttls smtp -connect "
             "{host}:{port}`",
             "Stops at STARTTLS: TLS 1.2 is missing on one side, see SCHANNEL\\Protocols in the registry",
             "Stops at once: your address may be blocked there, or port 25 is filtered on your line",
             switch_off_inspection, keeps_trying},
        .reference = "RFC 5321 section 3.8",
        .sample = "421 4.4.2 Connection dropped",
    },
    {
        .id = "connection-google",
        .category = Category::connection_failed,
        .owner = Owner::recipient,
        .when = {.text = "did not accept our requests to connect|recipient server did not accept*connect|"
                         "support.google.com/mail/answer/7720|p=TimeoutError"},
        .title = "Google could not connect to the recipient's server",
        .cause = "Gmail tried for days, and the mail server of {recipient-domain} did not take the "
                 "connection: it is down, its MX is out of date, or it filters Google's addresses.",
        .steps = {compare_domain, look_up_mx, tell_recipient_otherwise,
                  "Their administrator: port 25 has to be open from the internet to the host in the MX"},
        .reference = "https://support.google.com/mail/answer/7720",
        .sample = "The recipient server did not accept our requests to connect. Learn more at "
                  "https://support.google.com/mail/answer/7720 [neko1.nyaan.jp 192.0.2.222: timed out]",
    },
    {
        .id = "connection-not-established",
        .category = Category::connection_failed,
        .owner = Owner::you,
        .when = {.text =
                     "wasn't able to establish an SMTP connection|Cannot connect to remote server|Failed "
                     "to connect. Winsock error|Unable to connect to the remote server|unable to connect "
                     "to remote server|Could not connect to SMTP host|SMTP connect() failed|Could not "
                     "connect to SMTP|Connection could not be established with host|Couldn't connect to "
                     "server|Failed to connect to server|Failed to connect to*port|could not connect to "
                     "host|Network error on destination MXs|unable to connect to SMTP server|Could not "
                     "connect and send the mail to|Cannot connect to SMTP server|Couldn't connect to host|"
                     "unable to establish connection|Could not open connection to|Unable to open "
                     "connection|Failed to connect to the server|ECONNECTION|TCP connect failed|no "
                     "connection could be made|couldn't connect to|mail server unreachable|Could not "
                     "establish connection|unable to connect to the destination mail server|no MXs for "
                     "this domain could be reached"},
        .title = "No connection to {host} came about",
        .cause = "The sending program or server tried to reach the next mail server and did not get "
                 "through. It does not say how it failed.",
        .steps = {test_port, check_smart_host, check_firewall, look_up_mx, use_587, resend_later},
        .reference = "RFC 5321 section 4.5.4.1",
        .sample = "Sorry, I wasn't able to establish an SMTP connection. (#4.4.1)",
    },
    {
        .id = "connection-vague",
        .category = Category::connection_failed,
        .owner = Owner::you,
        .when = {.text =
                     "Unable to connect|failed to connect|Connection failed|connection error|network error|"
                     "Connection refused|refused the connection|Failure sending mail|all hosts*have been "
                     "failing for a long time|retry time not reached|network failure|connection problem|"
                     "connect failed|connect error|timed out|socket error|connection closed|could not "
                     "connect",
                 .proof = Proof::hint},
        .title = "The connection to the next server failed",
        .cause = "The sending side reports trouble with the connection, in general words. The exact reason "
                 "may stand in its log.",
        .steps = {test_port, check_firewall, look_up_mx, check_smart_host,
                  ".NET programs: read the inner exception, it names the cause"},
        .reference = "RFC 3463 section 3.5",
        .sample =
            "all hosts for 'example.org' have been failing for a long time (and retry time not reached)",
    },

    // Still trying
    {
        .id = "delayed-notice",
        .category = Category::delayed,
        .owner = Owner::nobody,
        .severity = Severity::warning,
        .when = {.status = "4.4.x", .text = "Message delayed|delivery delayed|delayed delivery"},
        .title = "Not delivered yet; the server is still trying",
        .cause = "This is only a warning: the message waits in the queue and is tried again by itself.",
        .steps = {"Do not send the message again: the recipient would get it twice",
                  "If it lasts longer than some hours, look for the reason: Exchange `Get-Queue | "
                  "Format-List Identity,LastError`; Postfix `mailq`; IIS: OutboundConnectionResponse in its "
                  "log",
                  test_port, look_up_mx},
        .reference = "RFC 3464 section 2.3.3",
        .sample = "4.4.7 Message delayed",
    },

    // Given up after days
    {
        .id = "expired-queue",
        .category = Category::expired,
        .owner = Owner::recipient,
        .when = {.text = "QUEUE.Expired|Envelope expired|message expired after sitting in queue|exceeded max "
                         "time without delivery"},
        .title = "The message waited in the queue until its time was over",
        .cause =
            "The time for delivery that the sending server allows ran out before the next server took the "
            "message. The reason for each attempt stands in its log or further down in the report.",
        .steps = {"Look for the last 4xx reply in the report or the log: that is the cause, `relaytool "
                  "explain` reads it",
                  look_up_mx, test_port, check_smart_host,
                  "When the cause is gone, send the message again, unless the report says that the server "
                  "still keeps it"},
        .reference = microsoft_ndr,
        .sample = "550 4.4.7 QUEUE.Expired; message expired",
    },
    {
        .id = "expired-microsoft",
        .category = Category::expired,
        .owner = Owner::recipient,
        .when = {.status = "x.4.300", .text = "Message expired"},
        .title = "Microsoft 365 could not deliver the message in time",
        .cause = "Microsoft 365 tried for a day, and the recipient's server (or your own server behind a "
                 "connector) did not take the message.",
        .steps = {"Read the rest of the report: the last answer of the other server follows the code",
                  "See each attempt: `Get-MessageTraceV2 -RecipientAddress {recipient}`, or Exchange admin "
                  "center > Mail flow > Message trace",
                  look_up_mx,
                  "Mail to your own server through a connector: check its smart host, "
                  "`Get-OutboundConnector | Format-List Name,SmartHosts,Enabled`",
                  resend_later},
        .reference = microsoft_ndr,
        .sample = "550 5.4.300 Message expired",
    },
    {
        .id = "expired",
        .category = Category::expired,
        .owner = Owner::recipient,
        .when = {.text =
                     "message expired|delivery time expired|delivery expired|retry timeout exceeded|"
                     "Message was undeliverable within|undeliverable within|could not be delivered within|"
                     "could not be delivered for|was not delivered within|Could not deliver for the last|"
                     "message has been in the queue too long|in the queue too long|queued too long|unable "
                     "to deliver message after multiple retries|after multiple retries|Message timed out|"
                     "Delivery timed out|delivery timeout|Delivery time-out|was not reachable within the "
                     "allowed queue period|retry limit exceeded|retries exhausted|Maximum retries|too "
                     "many retries|retry time limit|exceeded the maximum time|has been delayed for too "
                     "long|not been collected after|lifetime of the message expired|expired in queue|"
                     "Giving up after|message has expired|unable to deliver in|Message will be deleted "
                     "from queue|tried to deliver*days|Delivery failed*attempts|delivery attempts failed",
                 .proof = Proof::hint},
        .title = "The sending server gave up after trying for a long time",
        .cause = "The message stayed in the queue until its time was over, because the next server could "
                 "not be reached or put it off again and again. This is the end of the story, not the "
                 "reason for it.",
        .steps = {"Look for the last answer of the other server in the report, or in the relay's log: that "
                  "is the cause",
                  look_up_mx, test_port, check_smart_host, tell_recipient_otherwise, resend_later},
        .reference = "RFC 5321 section 4.5.4.1",
        .sample = "Message was undeliverable within 4 days",
    },

    // Going round in circles
    {
        .id = "mail-loop-microsoft",
        .category = Category::mail_loop,
        .owner = Owner::tenant_admin,
        .when = {.text = "Hop count exceeded - possible mail loop|ATTR34"},
        .title = "The message went round in circles in Exchange",
        .cause = "Two mail systems keep handing the message to each other: an accepted domain that is set "
                 "to Internal relay without a server behind it, a connector that sends it back, or a "
                 "forwarding that returns.",
        .steps = {"Look at the Received: lines of the returned message: two host names that alternate are "
                  "the circle",
                  "`Get-AcceptedDomain | Format-List DomainName,DomainType`: a domain whose mailboxes are "
                  "all in Microsoft 365 has to be Authoritative",
                  "`Get-OutboundConnector | Format-List Name,RecipientDomains,SmartHosts,Enabled`: no "
                  "connector may lead the domain back to where it came from",
                  "MX and smart host: neither may point to the server that just sent the message",
                  "Mailbox forwarding: `Get-Mailbox {recipient} | Format-List "
                  "ForwardingAddress,ForwardingSmtpAddress`"},
        .reference = microsoft_ndr,
        .sample = "554 5.4.14 Hop count exceeded - possible mail loop ATTR34",
    },
    {
        .id = "mail-loop-rules",
        .category = Category::mail_loop,
        .owner = Owner::tenant_admin,
        .when = {.text = "Agent generated message depth exceeded|message depth exceeded"},
        .title = "Rules in Exchange keep producing new messages",
        .cause = "A mail flow rule, a journal rule or a group inside a group creates a message that sets "
                 "off the next one.",
        .steps = {"`Get-TransportRule | Format-List Name,State,Priority,Description`: look for rules that "
                  "copy, redirect or add recipients",
                  "Give the rule an exception (for example a header it sets itself), or turn it off: "
                  "`Disable-TransportRule -Identity <name>`",
                  "Look for groups that contain each other"},
        .reference = microsoft_ndr,
        .sample = "550 5.4.11 Agent generated message depth exceeded",
    },
    {
        .id = "mail-loop-to-itself",
        .category = Category::mail_loop,
        .owner = Owner::recipient,
        .when = {.text =
                     "loops back to myself|lowest numbered MX record points to local host|MxLoopback|"
                     "lowest-numbered MX record points to local host|MX list for*points back|although I'm "
                     "listed as a best-preference MX|loop was found in the mail exchanger|would create a "
                     "mail loop|mailer loops back|name loops back|mail loops back to me"},
        .title = "The server is the MX of the domain, but does not know it",
        .cause = "DNS sends mail for {recipient-domain} to the very server that is delivering it, and that "
                 "server does not count the domain among its own: it would talk to itself.",
        .steps = {look_up_mx,
                  "If the domain belongs on that server, add it there. Postfix: mydestination, "
                  "virtual_mailbox_domains or relay_domains; IIS: SMTP Virtual Server > Domains; qmail: "
                  "control/locals or virtualdomains",
                  "If it does not, correct the MX record of {recipient-domain}",
                  "A private network address or the name localhost in the MX has the same effect",
                  ask_their_postmaster},
        .reference = "RFC 5321 section 5.1",
        .sample = "mail for example.org loops back to myself",
    },
    {
        .id = "list-duplicate-message-id",
        .category = Category::remote_system_error,
        .owner = Owner::you,
        .when = {.text = "Duplicated Message-ID|Duplicate Message-ID|Loop Alert:"},
        .title = "The mailing list has seen this Message-ID before",
        .cause = "Mailing list programs remember the Message-ID of each mail to stop circles. This one came "
                 "a second time: the list mails itself, or the sending program gives several mails the same "
                 "number.",
        .steps = {"Compare the Message-ID: line with an earlier mail of the same program: it has to be "
                  "different each time",
                  "If it is the same, leave the field out of the pickup file: the relay adds its own",
                  "If it is different, the list's administrator should look for a member address that leads "
                  "back to the list"},
        .reference = "RFC 5322 section 3.6.4",
        .sample = "Duplicated Message-ID in <neko@example.co.jp>.",
    },
    {
        .id = "mail-loop",
        .category = Category::mail_loop,
        .owner = Owner::recipient,
        .when = {.text = "too many hops|mail forwarding loop|hop count exceeded|routing loop|message "
                         "is looping|message looping|mail loop|loop detected|mail is looping|already "
                         "has my Delivered-To|suspected mail loop|Too many \"Received\"|Too many "
                         "received headers|too many Received lines|maximum hop count|maximum "
                         "forwarding loop count|forwarding loop|hop limit|aliasing/forwarding loop "
                         "broken|exceeded maximum hops|Delivered-To loop|loop counter|looping mail|"
                         "message loop|email loop|too many forwards|exceeds maximum hop"},
        .title = "The message went round in circles and was stopped",
        .cause = "Two servers or two forwardings hand the message to each other until one of them counts "
                 "too many stations. Mostly the recipient's address is forwarded to one that forwards back.",
        .steps = {"Look at the Received: lines of the returned message: two host names that alternate are "
                  "the circle",
                  "If one of them is yours: check forwardings, aliases and the smart host there",
                  "Otherwise it is the recipient's side: tell them which two hosts alternate",
                  ask_their_postmaster, "Use another address of the recipient meanwhile"},
        .reference = "RFC 5321 section 6.3",
        .sample = "554 5.4.6 Too many hops",
    },

    // The other system has a fault
    {
        .id = "remote-full-disk",
        .category = Category::remote_system_full,
        .owner = Owner::provider,
        .severity = Severity::warning,
        .when = {.text = "insufficient system storage|insufficient disk space|no space left on device|disk "
                         "full|disk is full|mail system full|not enough disk space|out of disk space|low on "
                         "disk|lack of disk space|file system full|filesystem full|system storage exceeded|"
                         "server is full|server storage full|not enough space on|low disk space|insufficient "
                         "queue space|storage full on server|out of storage on server|message store is full"},
        .title = "The disk of {host} is full",
        .cause = "The server has no room left for incoming mail. It is the whole machine, not one mailbox, "
                 "so everybody's mail to it waits.",
        .steps = {"If {host} is your own relay: free space on the drive with the mail queue. IIS: "
                  "`Get-ChildItem C:\\inetpub\\mailroot\\BadMail | Measure-Object Length -Sum`, then delete "
                  "what was dealt with",
                  "Postfix takes nothing while less than queue_minfree (or 1.5 times message_size_limit) is "
                  "free: `df -h /var/spool/postfix`",
                  "Otherwise it is theirs: tell the recipient by telephone", keeps_trying},
        .reference = "RFC 3463 section 3.4",
        .sample = "452 4.3.1 Insufficient system storage",
    },
    {
        .id = "remote-error-resources",
        .category = Category::remote_system_error,
        .owner = Owner::provider,
        .severity = Severity::warning,
        .when = {.text =
                     "Insufficient system resources|insufficient system resource|insufficient resources|"
                     "not enough system resources|not enough memory|out of memory|Cannot allocate memory|"
                     "resources temporarily unavailable|Resource temporarily unavailable|resource shortage|"
                     "too little memory|insufficient memory|back pressure|System resources"},
        .title = "The receiving server is short of memory or disk",
        .cause = "The server protects itself: until memory and disk are free again it takes no messages. "
                 "Exchange calls this back pressure.",
        .steps = {keeps_trying,
                  "If it is your own Exchange: event 15004 to 15007 of MSExchangeTransport names the "
                  "resource; free space on the drive of the queue database, or add memory",
                  "Otherwise only their administrator can help; after a few hours tell the recipient"},
        .reference = "RFC 3463 section 3.4",
        .sample = "452 4.3.1 Insufficient system resources",
    },
    {
        .id = "remote-error-microsoft-temporary",
        .category = Category::remote_system_error,
        .owner = Owner::provider,
        .severity = Severity::warning,
        .when = {.text = "Temporary server error. Please try again later|ATTR17|ATTR18|PRX2|PRX3|PRX4|PRX5|"
                         "PRX6|PFA agent busy|StorageTransientException|Message failed to be replicated|No "
                         "healthy secondary server|Mailbox server is offline|"
                         "STOREDRV.Deliver*TransientException|MapiExceptionMdbOffline|recipient deferred "
                         "because there is no Mdb"},
        .title = "Microsoft's mail system has a passing fault",
        .cause = "A part of Exchange behind the server that answered was busy or unreachable. Nothing in "
                 "your message or settings causes it; on an own Exchange server it is usually DNS.",
        .steps = {keeps_trying,
                  "If it lasts: Microsoft 365 admin center > Health > Service health shows "
                  "known incidents",
                  "Own Exchange (PRX codes): every network adapter has to use internal DNS servers only, and "
                  "the server has to resolve its own name: `Resolve-DnsName $env:COMPUTERNAME`",
                  "Then `Restart-Service MSExchangeFrontEndTransport,MSExchangeTransport`"},
        .reference = microsoft_ndr,
        .sample = "451 4.7.0 Temporary server error. Please try again later. PRX5",
    },
    {
        .id = "remote-error-exchange-poison",
        .category = Category::remote_system_error,
        .owner = Owner::recipient,
        .when = {.text =
                     "Too many related errors|Missing or bad StoreDriver MDB properties|bad StoreDriver MDB"},
        .title = "The recipient's Exchange server failed on this message",
        .cause = "Exchange set the message aside because its services stumbled over it, or because the "
                 "recipient is not visible in the address book policy that applies.",
        .steps = {"Send it again as plain text without the attachment: if it arrives, the content is the "
                  "cause",
                  "Their administrator: `Get-Message -Queue <server>\\Poison` lists messages set aside",
                  "With address book policies: the recipient has to be in the address list of the policy",
                  ask_their_postmaster},
        .reference = microsoft_ndr,
        .sample = "550 5.3.0 Too many related errors",
    },
    {
        .id = "remote-error-exchange-moderation",
        .category = Category::remote_system_error,
        .owner = Owner::tenant_admin,
        .when = {.text = "APPROVAL.InvalidExpiry|Cannot read expiry policy"},
        .title = "The mailbox behind message approval in Exchange is damaged",
        .cause = "Mail to this recipient waits for a moderator, and Exchange keeps it in an arbitration "
                 "mailbox whose retention policy it cannot read.",
        .steps = {"Look at it: `Get-Mailbox -Arbitration | Format-List Name,RetentionPolicy,Database`",
                  "Give it the default policy again: `Set-Mailbox -Arbitration -Identity <name> "
                  "-RetentionPolicy ArbitrationMailbox`",
                  "Until then switch moderation off: `Set-DistributionGroup {recipient} -ModerationEnabled "
                  "$false` (mailbox: `Set-Mailbox`)"},
        .reference = microsoft_ndr,
        .sample = "550 5.6.0 APPROVAL.InvalidExpiry; Cannot read expiry policy.",
    },
    {
        .id = "auth-failed-between-exchange-servers",
        .category = Category::auth_failed,
        .owner = Owner::you,
        .when = {.text = "Cannot achieve Exchange Server authentication|Exchange Server authentication"},
        .title = "Two Exchange servers do not recognise each other",
        .cause = "Between servers of one organisation Exchange logs in by Kerberos. A firewall that removes "
                 "the commands, a wrong clock, or a receive connector without Exchange Server "
                 "authentication prevents it.",
        .steps = {"`Get-ReceiveConnector -Server <receiving server> | Format-List "
                  "Identity,Bindings,RemoteIPRanges,AuthMechanism`: the connector that answers the other "
                  "server needs ExchangeServer in AuthMechanism",
                  "A connector made for devices must not list the addresses of the other Exchange servers "
                  "in RemoteIPRanges",
                  "Compare the clocks: `w32tm /query /status`; five minutes of difference are too much",
                  switch_off_inspection},
        .reference = microsoft_ndr,
        .sample = "550 5.7.3 Cannot achieve Exchange Server authentication",
    },
    {
        .id = "auth-failed-exchange-not-authorized",
        .category = Category::auth_failed,
        .owner = Owner::you,
        .when = {.status = "5.7.3", .text = "Not Authorized"},
        .title = "The Exchange server does not accept the login of the sending server",
        .cause = "The other side logged in, or tried to, and has no right to submit mail on this connector.",
        .steps = {"`Get-ReceiveConnector | Format-List "
                  "Identity,RemoteIPRanges,PermissionGroups,AuthMechanism` on the server that answered",
                  "For another Exchange server: PermissionGroups needs ExchangeServers; for a device with a "
                  "login: ExchangeUsers",
                  "Enter user name and password anew on the sending side"},
        .reference = microsoft_ndr,
        .sample = "550 5.7.3 Not Authorized",
    },
    {
        .id = "remote-error-program",
        .category = Category::remote_system_error,
        .owner = Owner::recipient,
        .when = {.text =
                     "unknown mailer error|Command died with status|Command output:|Command failed: |"
                     "mailer error|Command time limit exceeded|can't create user output file|can't create "
                     "output|died with signal|Child process of|generated during the delivery attempt|local "
                     "delivery failed|procmail: |maildrop: |X-Unix; |Insufficient permission|Unable to run "
                     "script|delivery program failed|delivery agent failed|bin/procmail*exit|"
                     "bin/maildrop*exit|pipe to*failed"},
        .title = "A program at the recipient's side failed on the message",
        .cause = "The message reached the recipient's server, which hands mail for this address to a "
                 "program (a filter, a ticket system, a script). That program broke off.",
        .steps = {"If the program is yours: run it by hand with the message as input and look at its exit "
                  "code; 75 means try again, everything else bounces",
                  "Check what it needs: database, disk space, rights of the account it runs under",
                  "Otherwise send the report to the recipient's administrator: the text names the program",
                  ask_their_postmaster},
        .reference = "RFC 3463 section 3.4",
        .sample = "554 5.3.0 unknown mailer error 255",
    },
    {
        .id = "remote-error-configuration",
        .category = Category::remote_system_error,
        .owner = Owner::recipient,
        .when = {.text =
                     "local configuration error|mail system configuration error|system config error|server "
                     "configuration error|server configuration problem|remote server is misconfigured|"
                     "System incorrectly configured|server is misconfigured|mail server misconfigur|Could "
                     "not load DRD|mail system misconfig|alias database unavailable|Temporary lookup "
                     "failure|MTA configuration|alias expansion error|User lookup failure on server|"
                     "configuration error on"},
        .title = "{host} is badly set up and cannot take the message",
        .cause = "The server found a mistake in its own configuration or could not read its own tables "
                 "(database, directory). Your message is not the reason.",
        .steps = {"If {host} is your own: its log names the setting. Postfix: `postfix check` and `grep -iE "
                  "'fatal|error|warning' /var/log/mail.log`",
                  "Own Exchange: two servers must not share one fully-qualified domain name, "
                  "`Get-ReceiveConnector | Format-List Identity,Fqdn`",
                  "Otherwise send them the verbatim reply: only their administrator can repair it",
                  "A table that cannot be read is often back within the hour; try once more then"},
        .reference = "RFC 3463 section 3.4",
        .sample = "554 5.3.5 Local configuration error",
    },
    {
        .id = "remote-error-temporary",
        .category = Category::remote_system_error,
        .owner = Owner::provider,
        .severity = Severity::warning,
        .when = {.code = "4",
                 .text =
                     "Internal server error|Internal error|internal system error|system error|Local error "
                     "in processing|Upstream error|queue file write error|Service currently unavailable|"
                     "temporary system problem|temporary system failure|temporary server failure|"
                     "interrupted system call|technical difficulties|Unexpected failure|error while being "
                     "processed|service is unavailable|database error|backend error|MTA is not available|"
                     "server is shutting down|shutting down|due to a recipient error|content filter is "
                     "not available|Mail service not available|milter*unavailable|temporary local problem|"
                     "temporary local error|server temporarily unavailable|system temporarily unavailable"},
        .title = "The receiving server has a passing fault",
        .cause = "The server met an error of its own and asks to be tried again later. Your message and "
                 "settings are not the reason.",
        .steps = {keeps_trying, "After a few hours without success, tell the recipient by telephone",
                  "If {host} is your own server, read its log at the time of the reply"},
        .reference = "RFC 5321 section 4.2.3",
        .sample = "421 4.3.0 Upstream error, please check "
                  "https://developers.cloudflare.com/email-routing/postmaster for possible reasons why. "
                  "RsrUEMk60942",
    },
    {
        .id = "remote-error",
        .category = Category::remote_system_error,
        .owner = Owner::recipient,
        .when = {.code = "5",
                 .text =
                     "Internal server error|Internal error|internal system error|System error|Local error "
                     "in processing|Service currently unavailable|queue file write error|it encountered "
                     "an error while being processed|interrupted system call|database error|system "
                     "failure|system problem|Unexpected failure|technical difficulties|backend error|"
                     "error reading data|error while processing"},
        .title = "The receiving server failed on the message by a fault of its own",
        .cause = "The recipient's server ran into an error and gave the message back instead of asking for "
                 "another attempt. It does not say that you or the address are wrong.",
        .steps = {"Send the message once more after an hour",
                  "Send a short plain message to the same address: if that arrives, the fault lies in how "
                  "their server handles the content",
                  ask_their_postmaster,
                  "If {host} is your own server, read its log at the time of the reply"},
        .reference = "RFC 3463 section 3.4",
        .sample = "554 5.3.0 <user@example.net>: Recipient address rejected: Internal system error.",
    },
    {
        .id = "remote-error-vague",
        .category = Category::remote_system_error,
        .owner = Owner::recipient,
        .when = {.text =
                     "Transaction failed|Service unavailable|Service not available|system error|temporary "
                     "failure|try again later|try later|temporary error|Temporary problem|internal error|"
                     "server error|could not be processed|temporary local problem|unexpected error|mail "
                     "system error|general failure|unknown error|an error occurred|software error|"
                     "hardware error|local error|local problem|temporarily unavailable|transient error|"
                     "configuration error|configuration problem|lookup failure|system failure|cannot "
                     "process|processing error|try again shortly|try again in|retry later|come back later|"
                     "Service temporarily unavailable|Service refuse",
                 .proof = Proof::hint},
        .title = "The receiving server reports a fault of its own, in general words",
        .cause = "The reply names neither the address nor the sender nor the content as the reason. Some "
                 "servers use such words for a refusal they do not want to explain.",
        .steps = {"Read the server's own words above: a number, a link or a name in it often leads to "
                  "the real reason",
                  "A reply that begins with 4 will be tried again by itself; one that begins with 5 will not",
                  "Send a short plain message to the same address: if it arrives, the content of the first "
                  "one was refused",
                  ask_their_postmaster},
        .reference = "RFC 5321 section 4.2.3",
        .sample = "554 Transaction failed",
    },
    {
        .id = "wrapper-next-hop",
        .category = Category::unknown,
        .owner = Owner::you,
        .when = {.text =
                     "Primary target IP address responded with|Proxy session setup failed on Frontend|"
                     "refused to talk to me|Remote server returned an error|communicating with primary "
                     "target IP|The recipient's mail server returned|remote server responded|The response "
                     "from the remote server was|was rejected by the server for the recipient",
                 .proof = Proof::hint},
        .title = "Another server gave the real answer, which is missing here",
        .cause = "This sentence only introduces what the next server said. The answer that decides follows "
                 "it, in quotes or behind an arrow, and was cut off.",
        .steps = {"Get the whole line from the report or the log, and run `relaytool explain \"<the whole "
                  "line>\"`",
                  "Exchange: `Get-Queue | Format-List Identity,LastError` shows it in full",
                  "IIS: look for OutboundConnectionResponse in `C:\\Windows\\System32\\LogFiles\\SMTPSVC1`"},
        .sample = "Primary target IP address responded with:",
    },
};

} // namespace

std::span<const Rule> transport_rows() {
    return rows;
}

} // namespace relaytool::diagnosis
