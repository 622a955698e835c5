#include "diagnosis/catalogue.hpp"

namespace relaytool::diagnosis {
namespace {

constexpr Rule rows[] = {
    // --- the domain
    // ---------------------------------------------------------------------------------------------
    {
        .id = "domain-not-in-dns",
        .category = Category::host_unknown,
        .owner = Owner::dns_admin,
        .when = {.event = Event::check},
        .title = "{domain} does not exist in the DNS",
        .cause =
            "The name servers say that there is no such name. Nobody can send mail to it, and many servers "
            "refuse mail from it.",
        .steps =
            {"Compare {domain} letter by letter with the domain you mean",
             "Ask your registrar whether it is still registered and paid for",
             "It was registered today? Name servers may take hours; ask again: `relaytool domain check {domain}`"},
        .reference = "RFC 8020 section 2",
    },
    {
        .id = "domain-lookup-failed",
        .category = Category::host_unknown,
        .owner = Owner::you,
        .severity = Severity::warning,
        .when = {.event = Event::check},
        .title = "Could not find out: the look-up of {type} {name} failed",
        .cause =
            "The name server gave no usable answer ({why}). That is not the same as \"there is no such record\": "
            "receivers that get no answer either put mail off.",
        .steps =
            {"Ask again in a minute: `relaytool domain check {domain}`",
             "Ask another server: `relaytool domain check {domain} --nameserver 9.9.9.9`",
             "It fails everywhere: the name servers of {domain} are down, or its DNSSEC is broken; tell whoever "
             "runs them, with this name: `{name}`"},
        .reference = "RFC 2308 section 7",
    },
    // --- MX
    // -----------------------------------------------------------------------------------------------------
    {
        .id = "domain-mx-missing",
        .category = Category::host_unknown,
        .owner = Owner::dns_admin,
        .when = {.event = Event::check},
        .title = "{domain} has no MX record: it can receive no mail",
        .cause =
            "There is neither an MX record nor an address to fall back on. Answers and bounces to addresses at "
            "{domain} are lost, and many servers refuse mail from a domain that cannot be answered.",
        .steps =
            {"Publish the MX record of your mail service for {domain}: `{expected}`",
             "It shall take no mail? Then say so with a null MX, preference 0 and a dot as host: `{domain}. IN MX "
             "0 .`"},
        .reference = "RFC 5321 section 5.1",
    },
    {
        .id = "domain-mx-implicit",
        .category = Category::host_unknown,
        .owner = Owner::dns_admin,
        .severity = Severity::warning,
        .when = {.event = Event::check},
        .title = "{domain} has no MX record; mail goes to its own address {ip}",
        .cause =
            "Without an MX record senders fall back on the address of the name itself. That is mostly a web "
            "server which takes no mail, and some services refuse mail from such a domain.",
        .steps = {"Publish the MX record of your mail service for {domain}: `{expected}`",
                  "It shall take no mail? Publish a null MX: `{domain}. IN MX 0 .`"},
        .reference = "RFC 5321 section 5.1",
    },
    {
        .id = "domain-mx-not-microsoft",
        .category = Category::wrong_region,
        .owner = Owner::dns_admin,
        .when = {.event = Event::check},
        .title = "Mail for {domain} goes to {host}, not to Microsoft 365",
        .cause =
            "You expect Microsoft 365, but no MX record of {domain} leads there. Mail is delivered to the other "
            "server: the mailboxes in Microsoft 365 stay empty.",
        .steps =
            {"Look up the MX that Microsoft wants: Microsoft 365 admin center, Settings, Domains, {domain}, DNS "
             "records; it is usually `{expected}`",
             "Publish it with preference 0, and remove the other MX records",
             "A filter stands in front of Microsoft 365 on purpose? Then check with `relaytool domain check "
             "{domain} --expect o365-direct`"},
        .reference =
            "https://learn.microsoft.com/microsoft-365/enterprise/external-domain-name-system-records",
        .sample = "MX 10 mail.example.net",
    },
    {
        .id = "domain-mx-not-google",
        .category = Category::host_not_accepting,
        .owner = Owner::dns_admin,
        .when = {.event = Event::check},
        .title = "Mail for {domain} goes to {host}, not to Google",
        .cause = "You expect Google Workspace, but no MX record of {domain} leads there.",
        .steps = {"Publish Google's record for {domain}: `{domain}. IN MX 1 smtp.google.com.`",
                  "Remove the other MX records"},
        .reference = "https://support.google.com/a/answer/174125",
    },
    {
        .id = "domain-mx-mixed",
        .category = Category::host_not_accepting,
        .owner = Owner::dns_admin,
        .when = {.event = Event::check},
        .title = "The MX records of {domain} lead to two different mail services",
        .cause =
            "Besides the mail service there is {host}. Senders may choose it, by preference or whenever the "
            "other one does not answer for a moment: such mail ends where nobody looks, or is refused. Spammers "
            "choose it on purpose, to get around the filter.",
        .steps = {"Remove the MX record of the service that you left: `{host}`",
                  "Both are needed (a move, a filter)? Let one of them take everything and pass it on"},
        .reference = "RFC 5321 section 5.1",
        .sample = "MX 0 contoso-com.mail.protection.outlook.com; MX 10 mail.isp.example",
    },
    {
        .id = "domain-mx-retired",
        .category = Category::wrong_region,
        .owner = Owner::dns_admin,
        .when = {.event = Event::check},
        .title = "The MX record {host} is a Microsoft name that is no longer used",
        .cause =
            "Microsoft retired this name. Mail to it is put off with 451 4.4.62 (ATTR35) and in the end comes "
            "back.",
        .steps =
            {"Look up the current MX: Microsoft 365 admin center, Settings, Domains, {domain}, DNS records; it is "
             "usually `{expected}`",
             "Publish it with preference 0 and remove `{host}`"},
        .reference =
            "https://learn.microsoft.com/exchange/troubleshoot/email-delivery/wrong-office-365-region-exo",
        .sample = "MX 10 mail.global.frontbridge.com",
    },
    {
        .id = "domain-mx-other-name",
        .category = Category::wrong_region,
        .owner = Owner::dns_admin,
        .severity = Severity::warning,
        .when = {.event = Event::check},
        .title = "The MX record {host} seems to be made for another domain",
        .cause =
            "Microsoft gives each domain a name of its own, mostly the domain with dashes for its dots. With another "
            "domain's name mail arrives only as long as both are accepted domains of the same Microsoft 365 "
            "organisation.",
        .steps =
            {"Look the name up: Microsoft 365 admin center, Settings, Domains, {domain}, DNS records",
             "It shows `{host}`, or the two domains share an organisation and mail arrives? Then nothing is wrong"},
        .reference =
            "https://learn.microsoft.com/microsoft-365/enterprise/external-domain-name-system-records",
    },
    {
        .id = "domain-mx-several-microsoft",
        .category = Category::wrong_region,
        .owner = Owner::dns_admin,
        .severity = Severity::warning,
        .when = {.event = Event::check},
        .title = "{domain} has {count} MX records of Microsoft 365; one is right",
        .cause =
            "One Microsoft name stands for many servers already. A second one gains nothing, and when one of "
            "them is outdated a part of the mail fails.",
        .steps =
            {"Keep the one that the Microsoft 365 admin center shows under Settings, Domains, {domain}, DNS records",
             "Remove the others"},
        .reference =
            "https://learn.microsoft.com/microsoft-365/enterprise/external-domain-name-system-records",
    },
    {
        .id = "domain-mx-null-with-others",
        .category = Category::host_not_accepting,
        .owner = Owner::dns_admin,
        .when = {.event = Event::check},
        .title = "{domain} says that it takes no mail, and names a mail server",
        .cause =
            "A null MX (a dot as host) must be alone. Some senders refuse to write to {domain} because of it, "
            "others use {host}: it depends on who writes.",
        .steps = {"{domain} takes mail: remove the record `{domain}. IN MX 0 .`",
                  "It takes none: remove the other MX records"},
        .reference = "RFC 7505 section 3",
        .sample = "MX 0 .; MX 10 mail.example.com",
    },
    {
        .id = "domain-mx-null",
        .category = Category::host_not_accepting,
        .owner = Owner::dns_admin,
        .when = {.event = Event::check},
        .title = "{domain} says that it takes no mail (null MX)",
        .cause =
            "You expect a mail service, but the MX record of {domain} is a dot: every sender gives up at once.",
        .steps = {"Replace it by the MX record of your mail service: `{expected}`",
                  "It is meant to be parked? Then check without `--expect`"},
        .reference = "RFC 7505 section 3",
    },
    {
        .id = "domain-mx-null-sends",
        .category = Category::host_not_accepting,
        .owner = Owner::dns_admin,
        .severity = Severity::warning,
        .when = {.event = Event::check},
        .title = "{domain} takes no mail (null MX), but its SPF record names senders",
        .cause =
            "A domain may send without taking mail, but answers and bounces to it are lost, and some receivers "
            "refuse mail from a domain that cannot be answered (550 5.7.27).",
        .steps =
            {"It sends: give it an MX record of a server that takes the answers, instead of `{domain}. IN MX 0 .`",
             "Nothing sends in its name any more? Make sure (DMARC reports tell), before anything is forbidden"},
        .reference = "RFC 7505 section 4.2",
    },
    {
        .id = "domain-mx-around-filter",
        .category = Category::host_not_accepting,
        .owner = Owner::tenant_admin,
        .severity = Severity::warning,
        .when = {.event = Event::check},
        .title = "Mail for {domain} can go around the filter {host}, straight to Microsoft 365",
        .cause =
            "The filter comes first, but an MX record names Microsoft 365 as well. Spammers choose the last MX "
            "on purpose: what they send is never filtered by {host}.",
        .steps =
            {"Remove the MX record of Microsoft 365: `{target}`. The filter knows by itself where to deliver",
             "Let Microsoft 365 take mail from the filter only, with an inbound connector of type Partner for all "
             "domains: `New-InboundConnector -Name Filter -ConnectorType Partner -SenderDomains * "
             "-RestrictDomainsToIPAddresses $true -SenderIPAddresses ADDRESSES`",
             "You left the filter? Then remove its MX record instead: `{host}`"},
        .reference = "https://learn.microsoft.com/exchange/mail-flow-best-practices/"
                     "manage-mail-flow-using-third-party-cloud",
        .sample = "MX 10 mx.filter.example; MX 20 contoso-com.mail.protection.outlook.com",
    },
    {
        .id = "domain-mx-alias",
        .category = Category::host_not_accepting,
        .owner = Owner::dns_admin,
        .severity = Severity::warning,
        .when = {.event = Event::check},
        .title = "The MX record {host} is an alias (CNAME)",
        .cause =
            "The host of an MX record has to be a name with an address, not an alias of {target}. Most senders put "
            "up with it; some refuse, and some servers reject mail from a domain with such an MX.",
        .steps = {"Let the MX record name the host itself: `{target}`",
                  "Or give {host} an address record instead of the CNAME"},
        .reference = "RFC 2181 section 10.3",
    },
    {
        .id = "domain-mx-is-address",
        .category = Category::host_unknown,
        .owner = Owner::dns_admin,
        .when = {.event = Event::check},
        .title = "The MX record holds an IP address ({host}) instead of a name",
        .cause = "An MX record names a host. Senders look the text up as a name, find nothing, and give up.",
        .steps = {"Give the server a name with an address record: `mail.{domain}. IN A {host}`",
                  "Let the MX record name it: `{domain}. IN MX 10 mail.{domain}.`"},
        .reference = "RFC 5321 section 5.1",
        .sample = "MX 10 192.0.2.25",
    },
    {
        .id = "domain-mx-no-address",
        .category = Category::host_unknown,
        .owner = Owner::dns_admin,
        .when = {.event = Event::check},
        .title = "The mail server {host} has no address",
        .cause =
            "The MX record of {domain} names a host that has neither an A nor an AAAA record. No mail gets there.",
        .steps =
            {"Compare {host} letter by letter with what your mail service says; a missing dot at the end of a name "
             "in a zone file appends the domain once more",
             "Correct the MX record, or give {host} its address back",
             "Check: `relaytool domain check {domain}`"},
        .reference = "RFC 5321 section 5.1",
    },
    {
        .id = "domain-mx-private-address",
        .category = Category::host_not_accepting,
        .owner = Owner::dns_admin,
        .when = {.event = Event::check},
        .title = "The mail server {host} has the address {ip}, which nobody outside can reach",
        .cause =
            "The address is private or reserved. Inside your network it may work; senders on the internet get "
            "nowhere.",
        .steps =
            {"Give {host} its public address in the public DNS",
             "You asked an internal name server? Ask a public one: `relaytool domain check {domain} --nameserver "
             "9.9.9.9`"},
        .reference = "RFC 6890 section 2.2.2",
    },
    {
        .id = "domain-mx-ipv6-only",
        .category = Category::host_not_accepting,
        .owner = Owner::dns_admin,
        .severity = Severity::warning,
        .when = {.event = Event::check},
        .title = "The mail servers of {domain} have IPv6 addresses only",
        .cause = "Many senders still have IPv4 only. They cannot reach {host}.",
        .steps = {"Give {host} an A record as well, or add an MX record for a host that has one"},
        .reference = "RFC 3974",
    },
    {
        .id = "domain-mx-double",
        .category = Category::host_not_accepting,
        .owner = Owner::dns_admin,
        .severity = Severity::info,
        .when = {.event = Event::check},
        .title = "{host} stands in the MX records twice",
        .cause = "It does no harm, and no good: the second record is tried at the same server.",
        .steps = {"Remove one of the two"},
        .reference = "RFC 5321 section 5.1",
    },
    // --- SPF
    // ----------------------------------------------------------------------------------------------------
    {
        .id = "domain-spf-service",
        .category = Category::spf_fail,
        .owner = Owner::dns_admin,
        .when = {.event = Event::check},
        .title = "The SPF record of {domain} leaves {value} out",
        .cause =
            "Mail of {domain} is sent by {value}, but its SPF record does not include that service: such mail "
            "fails SPF at every receiver, and is refused or goes to Junk.",
        .steps = {"Add this term in front of `all`: `include:{include}`",
                  "The record then reads: `{expected}`", "Check it: `relaytool spf check {domain}`"},
        .reference = "RFC 7208 section 5.2",
        .sample = "v=spf1 include:_spf.isp.example -all",
    },
    {
        .id = "domain-spf-parked",
        .category = Category::spf_fail,
        .owner = Owner::dns_admin,
        .severity = Severity::warning,
        .when = {.event = Event::check},
        .title = "{domain} takes no mail, but does not say that it sends none",
        .cause = "A domain without mail is a gift for forgers as long as nothing forbids its use.",
        .steps = {"Publish this TXT record, alone, at {domain}: `v=spf1 -all`"},
        .reference = "RFC 7505 section 4.2",
    },
    // --- DKIM
    // ---------------------------------------------------------------------------------------------------
    {
        .id = "domain-dkim-selector-missing",
        .category = Category::dkim_fail,
        .owner = Owner::dns_admin,
        .when = {.event = Event::check},
        .title = "The DKIM key of selector {selector} is not published",
        .cause = "Nothing stands at {name}. Every signature with this selector fails.",
        .steps = {"Take the record from the service that signs, and publish it at `{name}`",
                  "The selector stands in the header of a sent mail, as `s=` in its DKIM-Signature: compare"},
        .reference = "RFC 6376 section 3.6.2.1",
    },
    {
        .id = "domain-dkim-microsoft-missing",
        .category = Category::dkim_fail,
        .owner = Owner::tenant_admin,
        .severity = Severity::warning,
        .when = {.event = Event::check},
        .title = "Microsoft 365 does not sign mail of {domain} with its own name (DKIM)",
        .cause =
            "selector1 and selector2 are not published. Microsoft then signs with the onmicrosoft.com name of your "
            "organisation: that does not count for DMARC, and forwarded mail fails.",
        .steps =
            {"Microsoft Defender portal, Email & collaboration, Policies, Threat policies, Email authentication "
             "settings, DKIM: choose {domain}; it shows two CNAME records",
             "Or in PowerShell: `Get-DkimSigningConfig -Identity {domain} | Format-List "
             "Selector1CNAME,Selector2CNAME`",
             "Publish both as CNAME at `selector1._domainkey.{domain}` and `selector2._domainkey.{domain}`. They end "
             "in onmicrosoft.com, or in dkim.mail.microsoft for newer domains: copy what the portal shows",
             "Then switch signing on: `Set-DkimSigningConfig -Identity {domain} -Enabled $true`"},
        .reference = "https://learn.microsoft.com/defender-office-365/email-authentication-dkim-configure",
    },
    {
        .id = "domain-dkim-microsoft-half",
        .category = Category::dkim_fail,
        .owner = Owner::dns_admin,
        .severity = Severity::warning,
        .when = {.event = Event::check},
        .title = "{selector} is missing: Microsoft needs both DKIM selectors",
        .cause =
            "Microsoft 365 signs with one of the two keys and changes over to the other from time to time. With one record "
            "missing signing cannot be switched on, or signatures fail after the next change.",
        .steps =
            {"Publish this CNAME as well: `{name}. IN CNAME {expected}.`",
             "What Microsoft shows counts; publish that of {selector} at `{name}`: `Get-DkimSigningConfig -Identity "
             "{domain} | Format-List Selector1CNAME,Selector2CNAME`"},
        .reference = "https://learn.microsoft.com/defender-office-365/email-authentication-dkim-configure",
    },
    {
        .id = "domain-dkim-google-missing",
        .category = Category::dkim_fail,
        .owner = Owner::tenant_admin,
        .severity = Severity::warning,
        .when = {.event = Event::check},
        .title = "No DKIM key of Google was found for {domain}",
        .cause =
            "Google's usual selector `google` is not published. Without a key of its own, mail of {domain} carries no "
            "signature that counts for DMARC.",
        .steps =
            {"Google Admin console, Apps, Google Workspace, Gmail, Authenticate email: generate a key of 2048 bits",
             "Publish it as TXT at `google._domainkey.{domain}`, then press Start authentication",
             "You chose another selector? Name it: `relaytool domain check {domain} --selector NAME`"},
        .reference = "https://support.google.com/a/answer/174124",
    },
    {
        .id = "domain-dkim-none-found",
        .category = Category::dkim_fail,
        .owner = Owner::you,
        .severity = Severity::info,
        .when = {.event = Event::check},
        .title = "No DKIM key was found under the usual names",
        .cause = "The DNS does not list selectors: only known names could be tried ({list}).",
        .steps =
            {"Look into the header of a mail that {domain} sent: `s=` in its DKIM-Signature is the selector",
             "Check it: `relaytool domain check {domain} --selector NAME`"},
        .reference = "RFC 6376 section 3.1",
    },
    {
        .id = "domain-dkim-not-rotated",
        .category = Category::dkim_fail,
        .owner = Owner::nobody,
        .severity = Severity::info,
        .when = {.event = Event::check},
        .title = "{selector} has no key yet; Microsoft makes it at the first rotation",
        .cause =
            "The CNAME leads to {target}, where nothing stands yet. Microsoft signs with one selector and "
            "publishes the other key when it changes over: nothing is wrong.",
        .steps =
            {"Nothing needs doing. To make the key now: `Rotate-DkimSigningConfig -KeySize 2048 -Identity {domain}`"},
        .reference = "https://learn.microsoft.com/defender-office-365/email-authentication-dkim-configure",
    },
    {
        .id = "domain-dkim-dangling",
        .category = Category::dkim_fail,
        .owner = Owner::dns_admin,
        .when = {.event = Event::check},
        .title = "The DKIM selector {selector} leads to {target}, where no key stands",
        .cause =
            "The CNAME is there, its target is not. Signatures with this selector fail. Either the name is "
            "mistyped, or the service that signs does not know {domain} any more.",
        .steps = {"Compare the target letter by letter with what the service shows",
                  "Microsoft 365: `Get-DkimSigningConfig -Identity {domain} | Format-List "
                  "Enabled,Status,Selector1CNAME,Selector2CNAME`",
                  "The service is gone? Remove the CNAME: who takes over its target could sign as {domain}"},
        .reference = "RFC 6376 section 3.6.2",
    },
    {
        .id = "domain-dkim-wrong-target",
        .category = Category::dkim_fail,
        .owner = Owner::dns_admin,
        .when = {.event = Event::check},
        .title = "The DKIM selector {selector} leads to the name of another selector or domain",
        .cause =
            "The CNAME leads to {target}. Microsoft's names begin with selector and domain: {expected}. The key behind "
            "another name is not the one that signs mail of {domain}.",
        .steps = {"Copy the right target: `Get-DkimSigningConfig -Identity {domain} | Format-List "
                  "Selector1CNAME,Selector2CNAME`",
                  "Correct the CNAME at `{name}`"},
        .reference = "https://learn.microsoft.com/defender-office-365/email-authentication-dkim-configure",
    },
    {
        .id = "domain-dkim-copied-key",
        .category = Category::dkim_fail,
        .owner = Owner::dns_admin,
        .severity = Severity::warning,
        .when = {.event = Event::check},
        .title = "{selector} is a copy of Microsoft's key instead of a CNAME",
        .cause =
            "Microsoft changes its keys by itself. A TXT copy goes stale then, and every signature fails; Microsoft "
            "does not support it.",
        .steps =
            {"Replace the TXT record at {name} by the CNAME that this shows: `Get-DkimSigningConfig -Identity {domain} "
             "| Format-List Selector1CNAME,Selector2CNAME`",
             "Another service signs with this selector? Then nothing is wrong"},
        .reference = "https://learn.microsoft.com/defender-office-365/email-authentication-dkim-configure",
    },
    {
        .id = "domain-dkim-revoked",
        .category = Category::dkim_fail,
        .owner = Owner::dns_admin,
        .when = {.event = Event::check},
        .title = "The DKIM key of selector {selector} is revoked",
        .cause = "p= is empty: that tells receivers to let every signature with this selector fail.",
        .steps = {"Nothing signs with it any more? Then it is right as it is",
                  "A service still does: take its current key and publish it at `{name}`"},
        .reference = "RFC 6376 section 3.6.1",
        .sample = "v=DKIM1; p=",
    },
    {
        .id = "domain-dkim-testing",
        .category = Category::dkim_fail,
        .owner = Owner::dns_admin,
        .severity = Severity::warning,
        .when = {.event = Event::check},
        .title = "The DKIM key of selector {selector} is marked as a test (t=y)",
        .cause =
            "The flag tells receivers to treat a failing signature like none. Some take it as a reason not to trust "
            "a good one either. It is mostly forgotten after the setup.",
        .steps = {"Remove `y` from `t=` (or the whole tag) in the record at `{name}`"},
        .reference = "RFC 6376 section 3.6.1",
        .sample = "v=DKIM1; t=y; k=rsa; p=...",
    },
    {
        .id = "domain-dkim-short-key",
        .category = Category::dkim_fail,
        .owner = Owner::dns_admin,
        .severity = Severity::warning,
        .when = {.event = Event::check},
        .title = "The DKIM key of selector {selector} has {count} bits; 2048 are recommended",
        .cause = "Keys below 2048 bits still count, but can be broken with effort.",
        .steps =
            {"Let the service that signs make a key of 2048 bits, under a new selector if it can",
             "Microsoft 365: `Rotate-DkimSigningConfig -KeySize 2048 -Identity {domain}`, and again after some days: "
             "each time one of the two keys changes"},
        .reference = "RFC 8301 section 3.2",
    },
    {
        .id = "domain-dkim-too-short-key",
        .category = Category::dkim_fail,
        .owner = Owner::dns_admin,
        .when = {.event = Event::check},
        .title = "The DKIM key of selector {selector} has only {count} bits: receivers do not accept it",
        .cause = "Keys below 1024 bits must not count. Every signature with it fails.",
        .steps = {"Let the service that signs make a key of 2048 bits and publish that"},
        .reference = "RFC 8301 section 3.2",
    },
    {
        .id = "domain-dkim-sha1",
        .category = Category::dkim_fail,
        .owner = Owner::dns_admin,
        .when = {.event = Event::check},
        .title = "The DKIM key of selector {selector} allows SHA-1 only",
        .cause = "`h=sha1` rules out the only hash that still counts. Every signature fails.",
        .steps = {"Remove the tag `h=` from the record at `{name}`"},
        .reference = "RFC 8301 section 3.1",
        .sample = "v=DKIM1; h=sha1; k=rsa; p=...",
    },
    {
        .id = "domain-dkim-broken-key",
        .category = Category::dkim_fail,
        .owner = Owner::dns_admin,
        .when = {.event = Event::check},
        .title = "The DKIM key of selector {selector} cannot be used: {why}",
        .cause =
            "Receivers that look up {name} cannot read a key from it, and every signature fails. Mostly it was cut off "
            "when it was pasted: a TXT record is made of strings of at most 255 characters, and a 2048-bit key needs "
            "two.",
        .steps =
            {"Copy the record again from the service that signs, all of it, without line breaks",
             "The DNS panel takes 255 characters only? Give it two strings in quotes, one behind the other",
             "Check: `relaytool domain check {domain} --selector {selector}`"},
        .reference = "RFC 6376 section 3.6.1",
    },
    {
        .id = "domain-dkim-several-keys",
        .category = Category::dkim_fail,
        .owner = Owner::dns_admin,
        .when = {.event = Event::check},
        .title = "Selector {selector} has {count} DKIM records; there must be one",
        .cause = "With more than one, receivers pick any: signatures pass and fail by chance.",
        .steps = {"Keep the key that signs now, at `{name}`, and remove the others",
                  "Two services sign? Give each its own selector"},
        .reference = "RFC 6376 section 3.6.2.2",
    },
    {
        .id = "domain-dkim-no-version",
        .category = Category::dkim_fail,
        .owner = Owner::dns_admin,
        .severity = Severity::info,
        .when = {.event = Event::check},
        .title = "The DKIM record of selector {selector} does not begin with v=DKIM1",
        .cause = "The tag is recommended, not required: receivers take the key all the same.",
        .steps = {"Put `v=DKIM1;` in front when you touch the record anyway"},
        .reference = "RFC 6376 section 3.6.1",
    },
    {
        .id = "domain-dkim-white-space",
        .category = Category::dkim_fail,
        .owner = Owner::dns_admin,
        .severity = Severity::info,
        .when = {.event = Event::check},
        .title = "The DKIM key of selector {selector} has blanks inside",
        .cause =
            "The standard allows them, some receivers stumble over them. They come from pasting a wrapped text.",
        .steps = {"Remove the blanks from the value of `p=` at `{name}`"},
        .reference = "RFC 6376 section 3.6.1",
    },
    // --- DMARC
    // --------------------------------------------------------------------------------------------------
    {
        .id = "domain-dmarc-missing",
        .category = Category::dmarc_fail,
        .owner = Owner::dns_admin,
        .when = {.event = Event::check},
        .title = "{domain} has no DMARC record",
        .cause =
            "Anybody can write in the name of {domain}, and nobody tells you. Outlook.com, Google and Yahoo ask for a "
            "DMARC record from those who send much mail.",
        .steps =
            {"{name} is an alias (CNAME) of {target}: remove the CNAME first, no other record can stand beside it, or change the record at its target",
             "Publish this TXT record at {name}; it changes nothing for delivery, but brings reports: `{expected}`",
             "Read the reports for some weeks; when all your own mail passes, change to `p=quarantine`, then "
             "`p=reject`"},
        .reference = "RFC 9989 section 4.7",
    },
    {
        .id = "domain-dmarc-several",
        .category = Category::dmarc_fail,
        .owner = Owner::dns_admin,
        .when = {.event = Event::check},
        .title = "{domain} has {count} DMARC records: receivers ignore them all",
        .cause =
            "With more than one none counts: receivers go by the record of the domain above, and where there is none either, there is no policy at all.",
        .steps =
            {"{name} is an alias (CNAME) of {target}: remove the CNAME first, no other record can stand beside it, or change the record at its target",
             "Keep one TXT record that begins with v=DMARC1 at `{name}`, and remove the others. Found: `{found}`"},
        .reference = "RFC 9989 section 4.10",
    },
    {
        .id = "domain-dmarc-ignored",
        .category = Category::dmarc_fail,
        .owner = Owner::dns_admin,
        .when = {.event = Event::check},
        .title = "The DMARC record of {domain} is ignored: {why}",
        .cause =
            "A DMARC record has to begin with v=DMARC1, in exactly these letters, then a semicolon. Receivers take this text for "
            "something else, and {domain} has no policy.",
        .steps =
            {"{name} is an alias (CNAME) of {target}: remove the CNAME first, no other record can stand beside it, or change the record at its target",
             "Correct the TXT record at `{name}`. Found: `{found}`", "It should read: `{expected}`"},
        .reference = "RFC 9989 section 4.7",
        .sample = "p=reject; v=DMARC1",
    },
    {
        .id = "domain-dmarc-misplaced",
        .category = Category::dmarc_fail,
        .owner = Owner::dns_admin,
        .when = {.event = Event::check},
        .title = "The DMARC record of {domain} stands at {host}, where nobody looks",
        .cause =
            "Receivers ask for it at {name} only. Many DNS panels append the domain by themselves: there the name "
            "to enter is _dmarc alone.",
        .steps =
            {"Publish it as TXT record at {name}; reports first, the policy when they look good: `{expected}`",
             "Remove the record at `{host}`"},
        .reference = "RFC 9989 section 4.7",
    },
    {
        .id = "domain-dmarc-no-p",
        .category = Category::dmarc_fail,
        .owner = Owner::dns_admin,
        .severity = Severity::warning,
        .when = {.event = Event::check},
        .title = "The DMARC record of {domain} has no policy (p=)",
        .cause = "Receivers that follow RFC 9989 read it as p=none; older ones ignore the whole record.",
        .steps =
            {"{name} is an alias (CNAME) of {target}: remove the CNAME first, no other record can stand beside it, or change the record at its target",
             "Say it: `{expected}`"},
        .reference = "RFC 9989 section 4.7",
        .sample = "v=DMARC1; rua=mailto:dmarc@example.com",
    },
    {
        .id = "domain-dmarc-bad-policy",
        .category = Category::dmarc_fail,
        .owner = Owner::dns_admin,
        .when = {.event = Event::check},
        .title = "The DMARC record of {domain} has a policy that does not exist: {found}",
        .cause =
            "There are none, quarantine and reject. With a wrong word receivers act as for p=none when the record "
            "asks for reports, and else as if there were no record.",
        .steps =
            {"{name} is an alias (CNAME) of {target}: remove the CNAME first, no other record can stand beside it, or change the record at its target",
             "Correct the tag in the TXT record at `{name}`: one of `none`, `quarantine`, `reject`"},
        .reference = "RFC 9989 section 4.10.1",
        .sample = "v=DMARC1; p=block",
    },
    {
        .id = "domain-dmarc-none",
        .category = Category::dmarc_fail,
        .owner = Owner::dns_admin,
        .severity = Severity::warning,
        .when = {.event = Event::check},
        .title = "DMARC of {domain} only watches (p=none): forged mail is delivered",
        .cause = "p=none is for the time of reading reports. It asks receivers for nothing.",
        .steps =
            {"{name} is an alias (CNAME) of {target}: remove the CNAME first, no other record can stand beside it, or change the record at its target",
             "Read the reports: does all your own mail pass SPF or DKIM with {domain}?",
             "When it does, publish at {name}: `{expected}`", "Some weeks later change it to `p=reject`"},
        .reference = "RFC 9989 section 5.1",
        .sample = "v=DMARC1; p=none; rua=mailto:dmarc@example.com",
    },
    {
        .id = "domain-dmarc-testing",
        .category = Category::dmarc_fail,
        .owner = Owner::dns_admin,
        .severity = Severity::warning,
        .when = {.event = Event::check},
        .title = "DMARC of {domain} is in test mode (t=y): its policy is not applied",
        .cause =
            "The record says {policy}, and asks receivers not to do it yet. Receivers that know only RFC 7489 ignore the "
            "flag and apply the policy: what happens depends on the receiver.",
        .steps = {"The test is over? Remove `t=y` from the TXT record at `{name}`",
                  "It is not? `p=none` is safer: every receiver understands it"},
        .reference = "RFC 9989 section 4.7",
        .sample = "v=DMARC1; p=reject; t=y",
    },
    {
        .id = "domain-dmarc-pct",
        .category = Category::dmarc_fail,
        .owner = Owner::dns_admin,
        .severity = Severity::warning,
        .when = {.event = Event::check},
        .title = "pct={count} in the DMARC record of {domain} is no longer part of DMARC",
        .cause =
            "RFC 9989 removed it: newer receivers ignore it and apply the policy to all mail, older ones to {count} "
            "percent. What happens depends on the receiver.",
        .steps =
            {"{name} is an alias (CNAME) of {target}: remove the CNAME first, no other record can stand beside it, or change the record at its target",
             "Remove `pct` from the TXT record at `{name}`: `{expected}`",
             "You want to try the policy first? Use `p=none`, or add `t=y`, which newer receivers know"},
        .reference = "RFC 9989 appendix A.6",
        .sample = "v=DMARC1; p=reject; pct=0",
    },
    {
        .id = "domain-dmarc-historic",
        .category = Category::dmarc_fail,
        .owner = Owner::dns_admin,
        .severity = Severity::info,
        .when = {.event = Event::check},
        .title = "The DMARC record of {domain} has tags that are no longer used: {list}",
        .cause = "RFC 9989 (May 2026) removed pct, rf and ri. Newer receivers ignore them.",
        .steps = {"Leave them out when you touch the record anyway"},
        .reference = "RFC 9989 section 4.7",
    },
    {
        .id = "domain-dmarc-weak-subdomains",
        .category = Category::dmarc_fail,
        .owner = Owner::dns_admin,
        .severity = Severity::warning,
        .when = {.event = Event::check},
        .title = "Subdomains of {domain} are protected less ({found}) than {domain} itself ({policy})",
        .cause = "Forgers simply write from a subdomain, also from one that does not exist.",
        .steps =
            {"Remove `sp=` and `np=`, so that the policy holds for all",
             "Some subdomain really needs less? Give it a DMARC record of its own, and protect those that do not "
             "exist: `np=reject`"},
        .reference = "RFC 9989 section 4.7",
        .sample = "v=DMARC1; p=reject; sp=none",
    },
    {
        .id = "domain-dmarc-no-reports",
        .category = Category::dmarc_fail,
        .owner = Owner::dns_admin,
        .severity = Severity::info,
        .when = {.event = Event::check},
        .title = "The DMARC record of {domain} asks for no reports (rua=)",
        .cause = "Without reports you see neither forgeries nor your own mail that fails.",
        .steps =
            {"{name} is an alias (CNAME) of {target}: remove the CNAME first, no other record can stand beside it, or change the record at its target",
             "Add an address that somebody (or a service) reads: `{expected}`"},
        .reference = "RFC 9990",
    },
    {
        .id = "domain-dmarc-foreign-reports",
        .category = Category::dmarc_fail,
        .owner = Owner::dns_admin,
        .severity = Severity::warning,
        .when = {.event = Event::check},
        .title = "DMARC reports to {value} are not sent: {host} has not agreed",
        .cause =
            "The address lies outside {domain}. Its owner has to publish a record that allows it; without that "
            "receivers send nothing, so that nobody can be flooded with reports.",
        .steps = {"Ask whoever runs {host} to publish this TXT record at {name}: `v=DMARC1`",
                  "Or use an address within {domain}"},
        .reference = "RFC 9990 section 4",
        .sample = "rua=mailto:reports@example.net",
    },
    {
        .id = "domain-dmarc-bad-report-address",
        .category = Category::dmarc_fail,
        .owner = Owner::dns_admin,
        .severity = Severity::warning,
        .when = {.event = Event::check},
        .title = "The DMARC report address {value} cannot be used",
        .cause =
            "Report addresses are written with mailto: in front, separated by commas. Others get nothing.",
        .steps = {"Correct `{tag}=` in the TXT record at {name}: `mailto:dmarc@{domain}`"},
        .reference = "RFC 9989 section 4.6",
        .sample = "v=DMARC1; p=none; rua=dmarc@example.com",
    },
    {
        .id = "domain-dmarc-size-limit",
        .category = Category::dmarc_fail,
        .owner = Owner::dns_admin,
        .severity = Severity::info,
        .when = {.event = Event::check},
        .title = "The size limit in the DMARC report address {value} is ignored",
        .cause = "`!10m` and the like belong to RFC 7489; newer receivers ignore them.",
        .steps = {"Leave it out when you touch the record anyway"},
        .reference = "RFC 9989 section 4.6",
    },
    {
        .id = "domain-dmarc-odd-tags",
        .category = Category::dmarc_fail,
        .owner = Owner::dns_admin,
        .severity = Severity::warning,
        .when = {.event = Event::check},
        .title = "Parts of the DMARC record of {domain} are ignored: {list}",
        .cause =
            "Unknown tags, wrong values and parts without an equals sign do not count; of a tag that stands there twice "
            "nobody knows which one does.",
        .steps = {"Correct or remove them in the TXT record at `{name}`. Found: `{found}`"},
        .reference = "RFC 9989 section 4.7",
    },
    {
        .id = "domain-dmarc-order",
        .category = Category::dmarc_fail,
        .owner = Owner::dns_admin,
        .severity = Severity::info,
        .when = {.event = Event::check},
        .title = "p= does not follow v=DMARC1 directly in the DMARC record of {domain}",
        .cause = "RFC 9989 allows any order; RFC 7489 did not, and old receivers may ignore the record.",
        .steps = {"Move `p=` right behind `v=DMARC1;`"},
        .reference = "RFC 9989 section 4.7",
    },
    {
        .id = "domain-dmarc-nothing-aligns",
        .category = Category::sender_authentication,
        .owner = Owner::dns_admin,
        .when = {.event = Event::check},
        .title = "DMARC says {policy}, but no mail of {domain} can pass it",
        .cause =
            "A mail passes DMARC when SPF or DKIM passes for the domain in its From. For {domain} there is neither an SPF "
            "record that lets its mail service send, nor a DKIM key that was found: receivers do with your own mail "
            "what the policy says.",
        .steps =
            {"Until it is repaired, ask receivers for nothing: `p=none`",
             "Repair SPF, then DKIM, as said above",
             "The key has a selector that could not be guessed? Name it: `relaytool domain check {domain} --selector "
             "NAME`"},
        .reference = "RFC 9989 section 4.4",
    },
    {
        .id = "domain-dmarc-spf-only",
        .category = Category::sender_authentication,
        .owner = Owner::tenant_admin,
        .severity = Severity::warning,
        .when = {.event = Event::check},
        .title = "DMARC says {policy}, and only SPF can satisfy it: forwarded mail is lost",
        .cause =
            "No DKIM key of {domain} was found. SPF passes only on the direct way; when a recipient forwards your mail, "
            "nothing is left that counts.",
        .steps =
            {"Set up DKIM for {domain}, as said above",
             "It exists under another selector? Name it: `relaytool domain check {domain} --selector NAME`"},
        .reference = "RFC 9989 section 5.1",
    },
    {
        .id = "domain-dmarc-dkim-only",
        .category = Category::sender_authentication,
        .owner = Owner::dns_admin,
        .severity = Severity::info,
        .when = {.event = Event::check},
        .title = "Only DKIM can satisfy DMARC for {domain}",
        .cause =
            "The SPF record does not let the mail service send. As long as every mail is signed that is enough; what is "
            "not signed (a scanner, a bounce) does what the policy says.",
        .steps = {"Repair SPF, as said above"},
        .reference = "RFC 9989 section 4.4",
    },
    {
        .id = "domain-dmarc-strict",
        .category = Category::sender_authentication,
        .owner = Owner::dns_admin,
        .severity = Severity::info,
        .when = {.event = Event::check},
        .title = "DMARC of {domain} wants the exact domain ({list})",
        .cause =
            "With strict alignment a signature or envelope sender of a subdomain (bounces.{domain}, as newsletter "
            "services use) does not count.",
        .steps =
            {"Do all your services use exactly {domain}? Then it is right; else write `r` instead of `s`"},
        .reference = "RFC 9989 section 4.4",
    },
    {
        .id = "domain-dmarc-parked",
        .category = Category::dmarc_fail,
        .owner = Owner::dns_admin,
        .severity = Severity::warning,
        .when = {.event = Event::check},
        .title = "{domain} takes no mail, but DMARC does not forbid its use",
        .cause =
            "A domain without mail can ask receivers to reject everything in its name: nothing of yours gets lost.",
        .steps =
            {"{name} is an alias (CNAME) of {target}: remove the CNAME first, no other record can stand beside it, or change the record at its target",
             "Publish this TXT record at {name}: `v=DMARC1; p=reject`"},
        .reference = "RFC 9989 section 4.7",
    },
    // --- MTA-STS, TLS-RPT
    // ---------------------------------------------------------------------------------------
    {
        .id = "domain-mta-sts-record",
        .category = Category::tls_required,
        .owner = Owner::dns_admin,
        .severity = Severity::warning,
        .when = {.event = Event::check},
        .title = "The MTA-STS record of {domain} is ignored: {why}",
        .cause = "Senders take it as if there were no MTA-STS: your mail may travel unprotected.",
        .steps = {"Publish one TXT record at {name}: `v=STSv1; id=20260101000000`",
                  "Change the id whenever the policy changes: letters and digits, 32 at most"},
        .reference = "RFC 8461 section 3.1",
    },
    {
        .id = "domain-mta-sts-unreachable",
        .category = Category::tls_required,
        .owner = Owner::dns_admin,
        .when = {.event = Event::check},
        .title = "The MTA-STS policy of {domain} cannot be fetched: {why}",
        .cause =
            "The TXT record announces a policy, but senders do not get it. They go on without protection, or with an old "
            "copy of the policy.",
        .steps =
            {"Open `https://mta-sts.{domain}/.well-known/mta-sts.txt` in a browser",
             "The web server needs a certificate for `mta-sts.{domain}`, and has to answer 200 itself: redirects are "
             "not followed",
             "You gave MTA-STS up? Publish mode: none first, and remove the TXT record later"},
        .reference = "RFC 8461 section 3.3",
    },
    {
        .id = "domain-mta-sts-policy",
        .category = Category::tls_required,
        .owner = Owner::dns_admin,
        .when = {.event = Event::check},
        .title = "The MTA-STS policy of {domain} is not valid: {why}",
        .cause = "Senders ignore a policy that they cannot read.",
        .steps =
            {"It needs these lines: `version: STSv1`, `mode: testing` (or enforce), one `mx:` for each MX host, and "
             "`max_age: 604800`",
             "Check it before publishing: `relaytool domain check {domain} --mta-sts-policy mta-sts.txt`"},
        .reference = "RFC 8461 section 3.2",
    },
    {
        .id = "domain-mta-sts-mx",
        .category = Category::tls_certificate,
        .owner = Owner::dns_admin,
        .when = {.event = Event::check},
        .title = "The MTA-STS policy of {domain} leaves out its mail server {host}",
        .cause =
            "Senders that keep to the policy ({policy}) do not deliver to a server that is not in it: in mode enforce mail "
            "stays in their queues (5.4.8, 4.4.8) and comes back in the end.",
        .steps =
            {"Add this line to the policy: `mx: {host}`",
             "Microsoft 365 with DNSSEC: `mx: *.mx.microsoft` covers names of one label only; write the MX host itself",
             "Then change the id in the TXT record at `_mta-sts.{domain}`, or senders keep the old policy"},
        .reference = "RFC 8461 section 4.1",
    },
    {
        .id = "domain-mta-sts-testing",
        .category = Category::tls_required,
        .owner = Owner::dns_admin,
        .severity = Severity::info,
        .when = {.event = Event::check},
        .title = "MTA-STS of {domain} protects nothing yet (mode: {policy})",
        .cause =
            "In mode testing senders report trouble and deliver all the same; in mode none they forget the policy.",
        .steps =
            {"No trouble in the TLS reports for some weeks? Change to `mode: enforce`, and the id in the TXT record"},
        .reference = "RFC 8461 section 5",
    },
    {
        .id = "domain-mta-sts-content-type",
        .category = Category::tls_required,
        .owner = Owner::dns_admin,
        .severity = Severity::info,
        .when = {.event = Event::check},
        .title = "The MTA-STS policy of {domain} comes as {found}, not as text/plain",
        .cause = "Senders should check the media type; some ignore a policy of another type.",
        .steps = {"Let the web server send `Content-Type: text/plain` for the file"},
        .reference = "RFC 8461 section 3.2",
    },
    {
        .id = "domain-mta-sts-short-age",
        .category = Category::tls_required,
        .owner = Owner::dns_admin,
        .severity = Severity::info,
        .when = {.event = Event::check},
        .title = "The MTA-STS policy of {domain} is kept for {count} seconds only",
        .cause =
            "Senders forget it after max_age. Below a day an attacker only has to wait; weeks are usual.",
        .steps = {"Write `max_age: 604800` (a week) or more"},
        .reference = "RFC 8461 section 3.2",
    },
    {
        .id = "domain-tls-rpt-broken",
        .category = Category::tls_required,
        .owner = Owner::dns_admin,
        .severity = Severity::warning,
        .when = {.event = Event::check},
        .title = "The TLS reporting record of {domain} is ignored: {why}",
        .cause = "Senders cannot tell you when they could not use TLS with your server.",
        .steps = {"Publish one TXT record at {name}: `v=TLSRPTv1; rua=mailto:tlsrpt@{domain}`"},
        .reference = "RFC 8460 section 3",
    },
    {
        .id = "domain-tls-rpt-missing",
        .category = Category::tls_required,
        .owner = Owner::dns_admin,
        .severity = Severity::info,
        .when = {.event = Event::check},
        .title = "{domain} uses MTA-STS, but asks for no TLS reports",
        .cause = "When the policy or a certificate goes wrong mail stays away, and nobody tells you.",
        .steps = {"Publish a TXT record at {name}: `v=TLSRPTv1; rua=mailto:tlsrpt@{domain}`"},
        .reference = "RFC 8460 section 3",
    },
    // --- BIMI
    // ---------------------------------------------------------------------------------------------------
    {
        .id = "domain-bimi-broken",
        .category = Category::sender_authentication,
        .owner = Owner::dns_admin,
        .severity = Severity::warning,
        .when = {.event = Event::check},
        .title = "The BIMI record of {domain} cannot be used: {why}",
        .cause = "Mail programs show no logo.",
        .steps = {"Publish one TXT record at {name}, with the https address of an SVG file: `v=BIMI1; "
                  "l=https://www.{domain}/logo.svg; a=`"},
        .reference = "draft-brand-indicators-for-message-identification section 4",
    },
    {
        .id = "domain-bimi-needs-dmarc",
        .category = Category::dmarc_fail,
        .owner = Owner::dns_admin,
        .severity = Severity::info,
        .when = {.event = Event::check},
        .title = "The logo of {domain} (BIMI) is not shown while DMARC asks for nothing",
        .cause = "Mail programs show a logo only when DMARC says quarantine or reject.",
        .steps = {"First bring DMARC to `p=quarantine` or `p=reject`"},
        .reference = "draft-brand-indicators-for-message-identification section 7",
    },
    {
        .id = "domain-bimi-no-certificate",
        .category = Category::sender_authentication,
        .owner = Owner::dns_admin,
        .severity = Severity::info,
        .when = {.event = Event::check},
        .title = "The BIMI record of {domain} names no certificate (a=)",
        .cause = "Some mailbox providers show a logo only with a mark certificate; others need none.",
        .steps = {"Nothing needs doing unless your recipients' provider asks for it"},
        .reference = "draft-brand-indicators-for-message-identification section 4",
    },
    // --- Microsoft 365 names
    // ------------------------------------------------------------------------------------
    {
        .id = "domain-autodiscover-missing",
        .category = Category::host_unknown,
        .owner = Owner::dns_admin,
        .severity = Severity::warning,
        .when = {.event = Event::check},
        .title = "autodiscover.{domain} is missing: Outlook may not find the mailboxes",
        .cause =
            "Outlook and telephones ask this name where a mailbox lives. Without it setting up an account takes longer or "
            "fails.",
        .steps = {"Publish this CNAME: `autodiscover.{domain}. IN CNAME autodiscover.outlook.com.`"},
        .reference =
            "https://learn.microsoft.com/microsoft-365/enterprise/external-domain-name-system-records",
    },
    {
        .id = "domain-autodiscover-elsewhere",
        .category = Category::host_unknown,
        .owner = Owner::dns_admin,
        .severity = Severity::warning,
        .when = {.event = Event::check},
        .title = "autodiscover.{domain} leads to {found}, not to Microsoft 365",
        .cause =
            "Outlook asks that server for the mailboxes: mostly the old Exchange server or the former hosting company. "
            "People get password prompts or an old mailbox.",
        .steps =
            {"All mailboxes are in Microsoft 365: publish `autodiscover.{domain}. IN CNAME autodiscover.outlook.com.`",
             "You run Exchange yourself as well (hybrid)? Then it may point there on purpose"},
        .reference =
            "https://learn.microsoft.com/microsoft-365/enterprise/external-domain-name-system-records",
    },
    {
        .id = "domain-office-record",
        .category = Category::host_unknown,
        .owner = Owner::dns_admin,
        .severity = Severity::warning,
        .when = {.event = Event::check},
        .title = "{name} leads to {found}, not to Microsoft 365",
        .cause =
            "A service of Microsoft 365 looks for this name. What stands there now is another server, mostly one of the "
            "past.",
        .steps = {"You use the service: publish `{name}. IN {type} {expected}.`",
                  "You do not: remove the record"},
        .reference =
            "https://learn.microsoft.com/microsoft-365/enterprise/external-domain-name-system-records",
    },
    {
        .id = "domain-msoid",
        .category = Category::host_unknown,
        .owner = Owner::dns_admin,
        .severity = Severity::info,
        .when = {.event = Event::check},
        .title = "msoid.{domain} is a leftover",
        .cause =
            "Microsoft 365 needs this name only in China (21Vianet); elsewhere it is obsolete and can disturb sign-in of "
            "old programs.",
        .steps = {"Remove the CNAME `msoid.{domain}`, unless the organisation is at 21Vianet"},
        .reference =
            "https://learn.microsoft.com/microsoft-365/enterprise/external-domain-name-system-records",
    },
    // --- DANE
    // ---------------------------------------------------------------------------------------------------
    {
        .id = "domain-dane-unsigned",
        .category = Category::tls_certificate,
        .owner = Owner::dns_admin,
        .severity = Severity::warning,
        .when = {.event = Event::check},
        .title = "The TLSA records of {host} do not count: the zone is not signed (DNSSEC)",
        .cause = "Without DNSSEC anybody could forge them; senders ignore them.",
        .steps = {"Have the zone of {host} signed, or remove the TLSA records at `_25._tcp.{host}`"},
        .reference = "RFC 7672 section 2.2",
    },
    {
        .id = "domain-dane-domain-unsigned",
        .category = Category::tls_certificate,
        .owner = Owner::dns_admin,
        .severity = Severity::info,
        .when = {.event = Event::check},
        .title = "The mail server supports DANE, but {domain} itself is not signed (DNSSEC)",
        .cause =
            "Senders trust the TLSA records of {host} only when the MX record that names it is signed, too.",
        .steps =
            {"Switch DNSSEC on at whoever runs the DNS of {domain}, and give the DS record to the registrar"},
        .reference = "RFC 7672 section 2.2.1",
    },
    {
        .id = "domain-dane-unusable",
        .category = Category::tls_certificate,
        .owner = Owner::dns_admin,
        .severity = Severity::warning,
        .when = {.event = Event::check},
        .title = "None of the TLSA records of {host} can be used for mail",
        .cause =
            "Mail servers know the usages 2 (DANE-TA) and 3 (DANE-EE) only. Those of the web (0 and 1) do not count; "
            "senders then use TLS without checking the certificate.",
        .steps = {"Publish records with usage 3, selector 1, matching 1 (`3 1 1 ...`) at `_25._tcp.{host}`"},
        .reference = "RFC 7672 section 3.1.3",
    },
    // --- sending addresses
    // --------------------------------------------------------------------------------------
    {
        .id = "domain-sender-no-name",
        .category = Category::ptr_missing,
        .owner = Owner::provider,
        .when = {.event = Event::check},
        .title = "The sending address {ip} has no name (PTR record)",
        .cause = "Many receivers refuse mail from an address without a reverse name: Gmail with 550 5.7.25.",
        .steps =
            {"Ask the provider of the line or server (not your DNS provider) to set the reverse name of {ip} to the name "
             "that the server says in HELO: `mail.{domain}`",
             "That name needs an address record that leads back: `mail.{domain}. IN A {ip}`",
             "Or do not send from {ip} directly, but through a smart host"},
        .reference = "RFC 1912 section 2.1",
    },
    {
        .id = "domain-sender-spf",
        .category = Category::spf_fail,
        .owner = Owner::dns_admin,
        .when = {.event = Event::check},
        .title = "SPF of {domain} does not let {ip} send (result: {found})",
        .cause =
            "You say that {ip} sends mail of {domain}. Its SPF record gives another answer than pass: such mail "
            "is refused or goes to Junk, unless a DKIM signature saves it.",
        .steps = {"See what decided: `relaytool spf check {domain} --ip {ip}`",
                  "Let the record be extended: `relaytool spf suggest {domain} --keep --sends-via {ip}`"},
        .reference = "RFC 7208 section 2.6",
    },
    {
        .id = "domain-sender-not-confirmed",
        .category = Category::ptr_missing,
        .owner = Owner::provider,
        .when = {.event = Event::check},
        .title = "The name of the sending address {ip} does not lead back to it ({host})",
        .cause =
            "Anybody can give an address any name; receivers believe it only when the name has that address, too.",
        .steps =
            {"Give {host} the address {ip}, if the name is yours",
             "Else ask the provider of the line to set the reverse name to one of yours: `mail.{domain}`"},
        .reference = "RFC 8601 section 2.7.3",
    },
    {
        .id = "domain-sender-private",
        .category = Category::ptr_missing,
        .owner = Owner::you,
        .severity = Severity::warning,
        .when = {.event = Event::check},
        .title = "{ip} is not a public address: receivers see another one",
        .cause =
            "Behind the router all machines share a public address. That one has to be in SPF and needs a name.",
        .steps =
            {"Find the public address: look at the first Received line of a mail that was sent from there",
             "Check that one: `relaytool domain check {domain} --ip ADDRESS`"},
        .reference = "RFC 6890 section 2.2.2",
    },
};

} // namespace

std::span<const Rule> domain_rows() {
    return rows;
}

} // namespace relaytool::diagnosis
