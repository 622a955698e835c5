#include "diagnosis/catalogue.hpp"

namespace relaytool::diagnosis {
namespace {

constexpr std::string_view documentation = "docs/man/relaytool-probe.1";

constexpr Rule rows[] = {
    {
        .id = "probe-address-literal",
        .category = Category::host_unknown,
        .owner = Owner::you,
        .severity = Severity::warning,
        .when = {.event = Event::check},
        .title = "{ip} belongs to {name}: use its name, not its address",
        .cause =
            "Operators of that size change their addresses without notice, and their certificates are made "
            "for names. What works with this address today stops one day.",
        .steps =
            {"In the program or relay, set the smart host to the name: smtp.office365.com for Microsoft 365, "
             "smtp.gmail.com for Google"},
        .reference =
            "https://learn.microsoft.com/exchange/mail-flow-best-practices/"
            "how-to-set-up-a-multifunction-device-or-application-to-send-email-using-microsoft-365-or-office-365",
    },
    {
        .id = "probe-some-addresses",
        .category = Category::connection_failed,
        .owner = Owner::you,
        .severity = Severity::warning,
        .when = {.event = Event::check},
        .title = "{count} of the {number} addresses of {host} do not answer",
        .cause = "A program that happens to take one of them waits, or fails, now and then: {list}.",
        .steps =
            {"Is it the IPv6 addresses only? Then this network has IPv6 that leads nowhere: repair it, or let the "
             "program use IPv4 (`-4` tries that here)",
             "Is {host} your own server? Take the dead address out of the DNS, or start the service there",
             "Else ask for the firewall rule of each address: some rules list old ones"},
        .reference = "RFC 5321 section 5.1",
    },
    {
        .id = "probe-port-25-blocked",
        .category = Category::connection_failed,
        .owner = Owner::you,
        .when = {.event = Event::check},
        .title = "Port 25 is blocked between here and {host}; port {after} answers",
        .cause =
            "Most providers and clouds let no customer out on port 25, so that infected machines send no "
            "spam. The same server answers on port {after}, so neither its name nor the server is the cause.",
        .steps =
            {"With a login, use port {after}: `relaytool probe {host}:{after}`",
             "Without a login (direct send, connector) it has to be port 25: ask your provider to open it for your "
             "fixed address, or your own firewall's administrator",
             "A cloud machine (Azure, AWS, Google) mostly cannot get it opened: relay through port 587"},
        .reference = "RFC 6409 section 3.1",
    },
    {
        .id = "probe-other-port",
        .category = Category::connection_failed,
        .owner = Owner::you,
        .when = {.event = Event::check},
        .title = "{host} does not answer on port {number}, but does on port {after}",
        .cause =
            "The connection to port {number} failed ({why}). The server itself is there: the port is wrong, or a "
            "firewall lets only some through.",
        .steps = {"Try the port that answers: `relaytool probe {host}:{after}`",
                  "It has to be {number}? Then whoever runs the firewall, here or there, has to open it"},
        .reference = "RFC 8314 section 3.3",
    },
    {
        .id = "probe-other-operator",
        .category = Category::connection_failed,
        .owner = Owner::provider,
        .when = {.event = Event::check},
        .title = "Somebody else answers for {host}: {name}",
        .cause =
            "The connection was made to {host}, and what greets there is another mail server. A provider or "
            "firewall on the way takes such connections over (a transparent proxy), or a hosts file or DNS "
            "server sends the name elsewhere. A login typed there is read by strangers.",
        .steps = {"Send no password over it until this is settled",
                  "Try port 587 with STARTTLS: proxies mostly sit on port 25",
                  "Look for the name in the hosts file, and ask another DNS server: `relaytool probe {host} "
                  "--nameserver 9.9.9.9`",
                  "Ask the provider, or the firewall's administrator, to switch mail interception off"},
        .reference = "RFC 5321 section 4.2",
    },
    {
        .id = "probe-host-unknown",
        .category = Category::host_unknown,
        .owner = Owner::you,
        .when = {.event = Event::check},
        .title = "There is no server of the name {host}",
        .cause =
            "Neither the DNS nor this machine knows an address for it ({why}). The name of the smart host is "
            "misspelt, was given up, or is known inside another network only.",
        .steps =
            {"Compare the name letter by letter with what the provider states: smtp.office365.com, "
             "smtp.gmail.com",
             "A name of your own network? Ask its DNS server: `relaytool probe {host} --nameserver ADDRESS`",
             "A domain, and not a server? `relaytool probe --mx {host}` finds its mail server"},
        .reference = "RFC 5321 section 5.1",
    },
    {
        .id = "probe-no-exchanger",
        .category = Category::host_unknown,
        .owner = Owner::you,
        .when = {.event = Event::check},
        .title = "No mail server of {host} was found",
        .cause = "Its MX records lead nowhere, or could not be read: {why}.",
        .steps = {"Compare the domain letter by letter, and look at all of it: `relaytool domain {host}`",
                  "Another DNS server may know more: `--nameserver 9.9.9.9`"},
        .reference = "RFC 5321 section 5.1",
    },
    {
        .id = "probe-alias-circle",
        .category = Category::host_unknown,
        .owner = Owner::you,
        .when = {.event = Event::check},
        .title = "The name {host} leads back to itself in the DNS",
        .cause = "Its CNAME records point at each other and never at an address ({why}).",
        .steps = {"Whoever runs the zone has to let the last CNAME point at a name with an A or AAAA record"},
        .reference = "RFC 1034 section 3.6.2",
    },
    {
        .id = "probe-ehlo-refused",
        .category = Category::protocol_error,
        .owner = Owner::you,
        .severity = Severity::warning,
        .when = {.event = Event::check},
        .title = "{host} refuses EHLO",
        .cause =
            "It answered: {found}. Without EHLO there is no encryption, no login and no report on delivery: the "
            "server is decades old, or a firewall with SMTP inspection does not let EHLO through.",
        .steps =
            {"A firewall between? Switch its SMTP inspection off. Cisco ASA: `no inspect esmtp`; Cisco PIX: "
             "`no fixup protocol smtp 25`",
             "Your own server? Replace it, or switch on ESMTP; programs that log in need another server until "
             "then"},
        .reference = "RFC 5321 section 3.2",
    },
    {
        .id = "probe-auth-in-clear",
        .category = Category::tls_required,
        .owner = Owner::you,
        .severity = Severity::warning,
        .when = {.event = Event::check},
        .title = "{host} takes passwords before the connection is encrypted",
        .cause =
            "It offers a login ({list}) in clear. A program that is not set to TLS sends its password readable "
            "for everybody on the way, and nobody notices.",
        .steps =
            {"Your own server? Offer AUTH inside TLS only. Postfix: `postconf -e smtpd_tls_auth_only=yes`; IIS: "
             "IIS 6.0 Manager > SMTP Virtual Server > Properties > Access > Authentication > Requires TLS encryption",
             "Not yours? Set your programs to STARTTLS or TLS, never to 'if available'"},
        .reference = "RFC 4954 section 4, RFC 8314 section 3",
    },
    {
        .id = "probe-starttls-stripped",
        .category = Category::tls_required,
        .owner = Owner::you,
        .when = {.event = Event::check},
        .title = "Something on the way takes STARTTLS away from {host}",
        .cause =
            "What arrives here offers no encryption ({list}). The large operators always do, and no server "
            "writes X's into its list: a firewall's SMTP inspection (Cisco 'fixup' or ESMTP inspection, antivirus with mail "
            "scanning) changes the answer.",
        .steps =
            {"Switch SMTP inspection off for outgoing mail. Cisco ASA: `policy-map global_policy`, `class "
             "inspection_default`, `no inspect esmtp`",
             "Antivirus or security suite on this machine? Switch its mail shield off and probe again",
             "Try from another network, a mobile phone's for instance: when STARTTLS is there, it is this network"},
        .reference = "RFC 3207 section 6",
    },
    {
        .id = "probe-tls-only-old",
        .category = Category::tls_version,
        .owner = Owner::you,
        .when = {.event = Event::check},
        .title = "{host} speaks only old versions of TLS: {list}",
        .cause =
            "Programs of today want TLS 1.2 or newer and find nothing in common. RFC 8996 has withdrawn 1.0 "
            "and 1.1.",
        .steps =
            {"Your own server? Install its updates and switch TLS 1.2 on. Windows Server 2008 R2 and 2012 need the "
             "SCHANNEL registry keys for TLS 1.2, as client and as server",
             "Not yours? Its operator has to. Until then, and only inside your own network: `--min-tls 1.0`"},
        .reference = "RFC 8996",
    },
    {
        .id = "probe-tls-old-versions",
        .category = Category::tls_version,
        .owner = Owner::nobody,
        .severity = Severity::info,
        .when = {.event = Event::check},
        .title = "{host} still takes old versions of TLS beside the new ones: {list}",
        .cause =
            "That helps old scanners and programs to get through, and does no harm to those that speak TLS 1.2. "
            "Audits complain about it.",
        .steps =
            {"Your own server, and nothing old connects to it? Switch 1.0 and 1.1 off. Postfix: `postconf -e "
             "smtpd_tls_mandatory_protocols='>=TLSv1.2'`"},
        .reference = "RFC 8996",
    },
    {
        .id = "probe-certificate-swapped",
        .category = Category::tls_certificate,
        .owner = Owner::you,
        .when = {.event = Event::check},
        .title = "The certificate that arrives is not that of {host}",
        .cause =
            "Large operators always have good certificates. What came is: {found}. Something on the way opens the "
            "encryption and closes it again with a certificate of its own: a firewall with TLS inspection, antivirus, or "
            "somebody who wants the password.",
        .steps =
            {"Look at the issuer above: does it bear the name of your firewall or antivirus? Exclude mail (ports 587, "
             "25, 465) from its TLS inspection",
             "Send no password over it until this is settled",
             "The machine's list of authorities may be too old to know the real one (Windows Server 2008, old "
             "Linux): install its updates, then probe again"},
        .reference = "RFC 8314 section 4.1",
    },
    {
        .id = "probe-certificate-unverified",
        .category = Category::tls_certificate,
        .owner = Owner::you,
        .severity = Severity::warning,
        .when = {.event = Event::check},
        .title = "The certificate of {host} proves nothing",
        .cause =
            "It was not demanded here, so the walk went on: {why}. Programs that check certificates, as they should "
            "when they log in, do not get through.",
        .steps =
            {"Your own server? Give it a certificate of a public authority for the name that clients use, with the "
             "intermediate certificates",
             "A private authority? Name it: `--ca-file FILE`"},
        .reference = "RFC 7817 section 3",
    },
    {
        .id = "probe-certificate-soon",
        .category = Category::tls_certificate,
        .owner = Owner::you,
        .severity = Severity::warning,
        .when = {.event = Event::check},
        .title = "The certificate of {host} ends in {count} days, on {value}",
        .cause = "From that day on, programs that check it refuse to send.",
        .steps = {"Your own server? Renew the certificate now, and see why it was not renewed by itself",
                  "Not yours? Most operators renew in time: look again in a few days"},
        .reference = "RFC 5280 section 4.1.2.5",
    },
    {
        .id = "probe-send-as-late",
        .category = Category::send_as_denied,
        .owner = Owner::nobody,
        .severity = Severity::info,
        .when = {.event = Event::check},
        .title = "Whether {name} may send as {from} shows only with a message",
        .cause =
            "Microsoft 365 takes every sender at MAIL FROM and compares it with the login when the whole message "
            "is there. Nothing was sent, so this is not known yet.",
        .steps = {"Add `--send-as-test`: it sends one small message from {from} to {name}"},
        .reference = documentation,
    },
    {
        .id = "probe-plan-basic-auth",
        .category = Category::basic_auth_retired,
        .owner = Owner::tenant_admin,
        .severity = Severity::info,
        .when = {.event = Event::check},
        .title = "The password works today; Microsoft plans to retire it",
        .cause =
            "Microsoft's plan of {value}: {policy}. It is a plan, and has been put off before; nothing newer was "
            "found up to {after}. What this tenant does, this probe has just tried.",
        .steps =
            {"Find out what else logs in with a password: Exchange admin centre > Reports > Mail flow > SMTP AUTH "
             "clients",
             "Prepare the change to OAuth: `relaytool login --user <login>`, then `relaytool probe o365 --user "
             "<login> --auth XOAUTH2`",
             "A program that knows passwords only needs a relay between that logs in with OAuth"},
        .reference = "https://techcommunity.microsoft.com/blog/exchange/4489835",
    },
    {
        .id = "probe-open-relay",
        .category = Category::relay_denied,
        .owner = Owner::you,
        .when = {.event = Event::check},
        .title = "{host} relays mail for anybody",
        .cause =
            "Without a login it accepted a recipient that is not its own, from a sender that is not its own: {list}. "
            "From inside your network that may be wanted; from the Internet spammers find it within hours, and its "
            "address lands on every block list.",
        .steps =
            {"Probe once more from outside, over a mobile phone: refused there? Then it trusts this network only, and "
             "all is well",
             "IIS: IIS 6.0 Manager > SMTP Virtual Server > Properties > Access > Relay: only the list below, with the "
             "addresses of your programs",
             "Postfix: `postconf -e 'smtpd_relay_restrictions=permit_mynetworks, permit_sasl_authenticated, "
             "reject_unauth_destination'`, and `postconf mynetworks` for whom it trusts"},
        .reference = "RFC 5321 section 3.6.2",
    },
    {
        .id = "probe-vrfy",
        .category = Category::policy_reject,
        .owner = Owner::you,
        .severity = Severity::warning,
        .when = {.event = Event::check},
        .title = "{host} tells strangers which mailboxes exist",
        .cause =
            "It answered VRFY for a mailbox that cannot exist with a refusal, so an accepted one exists. Spammers "
            "collect addresses that way.",
        .steps = {"Your own server? Answer 252 to all. Postfix: `postconf -e disable_vrfy_command=yes`"},
        .reference = "RFC 5321 section 7.3",
    },
    {
        .id = "probe-expn",
        .category = Category::policy_reject,
        .owner = Owner::you,
        .severity = Severity::warning,
        .when = {.event = Event::check},
        .title = "{host} tells strangers who is behind an address",
        .cause = "It answered EXPN with the members of a list.",
        .steps = {"Your own server? Switch EXPN off. Exim: leave acl_smtp_expn empty; Sendmail: `O "
                  "PrivacyOptions=noexpn,novrfy`"},
        .reference = "RFC 5321 section 7.3",
    },
    {
        .id = "probe-bare-line-feed",
        .category = Category::protocol_error,
        .owner = Owner::you,
        .severity = Severity::info,
        .when = {.event = Event::check},
        .title = "{host} takes a bare line feed for the end of a command",
        .cause =
            "RFC 5321 wants CR LF. That alone is harmless and helps sloppy programs; a server that ends messages in "
            "the same way can be made to take one message for two.",
        .steps =
            {"See whether messages end like that, too: add `--from` and `--to`; a server that is not fooled gets no "
             "message"},
        .reference = "RFC 5321 section 2.3.8",
    },
    {
        .id = "probe-smuggling",
        .category = Category::protocol_error,
        .owner = Owner::you,
        .when = {.event = Event::check},
        .title = "{host} can be fooled into taking one message for two (SMTP smuggling)",
        .cause =
            "It took LF . LF for the end of a message, and accepted our test message. What stands behind it in a "
            "stranger's message becomes a message of its own, with a forged sender that passes SPF.",
        .steps = {"Update the server. Postfix 3.9 and its patched older versions: `postconf -e "
                  "smtpd_forbid_bare_newline=normalize`",
                  "Exim: 4.97.1 or newer; Sendmail: 8.18 or newer",
                  "Remove the test message from the mailbox of the first --to"},
        .reference = "RFC 5321 sections 2.3.8 and 4.1.1.4, CVE-2023-51764",
    },
};

} // namespace

std::span<const Rule> probing_rows() {
    return rows;
}

} // namespace relaytool::diagnosis
