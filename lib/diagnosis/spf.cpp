#include "diagnosis/catalogue.hpp"

namespace relaytool::diagnosis {
namespace {

constexpr std::string_view rfc_lookup_limit = "RFC 7208 section 4.6.4";
constexpr std::string_view microsoft_spf =
    "https://learn.microsoft.com/defender-office-365/email-authentication-spf-configure";

// Steps that several rows share.
constexpr std::string_view let_it_write =
    "Let relaytool write the corrected record: `relaytool spf suggest {domain}`";
constexpr std::string_view write_for_senders =
    "List everything that sends for {domain} and let relaytool write the record: `relaytool spf suggest {domain} "
    "--sends-via o365,ADDRESS`";
constexpr std::string_view publish =
    "Put it in place of the TXT record that begins with v=spf1 (leave the others alone), where the DNS of {domain} is "
    "managed, and check again after the record's TTL: `relaytool spf check {domain}`";
constexpr std::string_view tell_owner =
    "The record belongs to somebody else: tell whoever runs {subject}, and take the term out until it is mended";
constexpr std::string_view correct_term = "Correct {term} to: {correction}";
constexpr std::string_view ask_again = "Ask again in some minutes: `relaytool spf check {domain}`";
constexpr std::string_view other_server =
    "Ask another DNS server: `relaytool spf check {domain} --nameserver 9.9.9.9`";
constexpr std::string_view send_through_365 =
    "Better: let the software send through Microsoft 365 (smart host smtp.office365.com, port 587, TLS, with a "
    "login); then DKIM signs as {domain}, and {term} can leave the record";
constexpr std::string_view use_own_address =
    "Or send through a relay with a fixed address of your own, and allow that one alone: `relaytool spf suggest "
    "{domain} --sends-via o365,ADDRESS`";
constexpr std::string_view sign_and_enforce =
    "Know the limit: while {term} passes, their mail passes DMARC as {domain} too, whatever its policy says. Only taking "
    "the include out closes that";
constexpr std::string_view use_smart_host =
    "Is it your provider's server? Then let the software send through your mail service with a login instead (Microsoft "
    "365: smart host smtp.office365.com, port 587)";
constexpr std::string_view remove_term = "Take {term} out of the record";

constexpr Rule rows[] = {
    // There is no usable record
    {
        .id = "spf-no-domain",
        .category = Category::spf_fail,
        .owner = Owner::dns_admin,
        .when = {.event = Event::check},
        .title = "{domain} does not exist in the DNS",
        .cause =
            "The DNS says that there is no such name (NXDOMAIN). Mail from it is refused by most servers, and nobody can "
            "answer it.",
        .steps =
            {"Look for a typing error in {domain}",
             "Is the registration still paid? See what the registry knows: `whois {domain}`",
             "If it is your own subdomain, publish a TXT record for it first: `relaytool spf suggest {domain} --sends-via "
             "o365`"},
        .reference = "RFC 7208 section 4.3",
    },
    {
        .id = "spf-no-record",
        .category = Category::spf_fail,
        .owner = Owner::dns_admin,
        .when = {.event = Event::check},
        .title = "{domain} has no SPF record",
        .cause =
            "No TXT record of {domain} begins with v=spf1. Receivers cannot tell your servers from a stranger's, so mail "
            "lands in Junk or is refused; Outlook.com, Gmail and Yahoo ask for SPF or DKIM from everybody.",
        .steps = {write_for_senders,
                  "Publish it as TXT record of {domain}, and check again: `relaytool spf check {domain}`"},
        .reference = "RFC 7208 section 3",
    },
    {
        .id = "spf-no-record-parked",
        .category = Category::spf_fail,
        .owner = Owner::dns_admin,
        .severity = Severity::warning,
        .when = {.event = Event::check},
        .title = "{domain} takes no mail, and does not say that it sends none",
        .cause =
            "The domain has a null MX: it receives nothing. Without an SPF record its name is still free for everybody "
            "to send with.",
        .steps = {"Publish this TXT record for {domain}: v=spf1 -all",
                  "And for _dmarc.{domain}: v=DMARC1; p=reject"},
        .reference = "RFC 7208 section 10.1.2",
    },
    {
        .id = "spf-almost-a-record",
        .category = Category::spf_fail,
        .owner = Owner::dns_admin,
        .when = {.event = Event::check},
        .title = "A TXT record of {domain} looks like SPF, but is none",
        .cause =
            "An SPF record begins with v=spf1 and a blank, with nothing in front. What is there begins in another way, so "
            "receivers pass over it as if it were not there.",
        .steps =
            {"Take out what stands in front of v=spf1 (a blank, a quotation mark, a sign you cannot see), and leave one "
             "blank behind it",
             let_it_write, publish},
        .reference = "RFC 7208 section 4.5",
    },
    {
        .id = "spf-two-records",
        .category = Category::spf_fail,
        .owner = Owner::dns_admin,
        .when = {.event = Event::check},
        .title = "{domain} has {count} SPF records; only one is allowed",
        .cause =
            "With more than one record every check is a permanent error, as if there were none: receivers don't choose, "
            "and don't join them.",
        .steps =
            {"Join them: all terms behind one v=spf1, one all at the end. `relaytool spf suggest {domain}` does it",
             "Delete the other TXT records that begin with v=spf1; leave other TXT records alone"},
        .reference = "RFC 7208 section 3.2",
    },
    {
        .id = "spf-dns-failure",
        .category = Category::spf_fail,
        .owner = Owner::dns_admin,
        .when = {.event = Event::check},
        .title = "The DNS does not answer for {subject}: {detail}",
        .cause =
            "The look-up did not end in an answer: {detail}. Whether there is a record cannot be told. A "
            "receiver who meets the same puts the mail off (temperror) and tries again.",
        .steps =
            {ask_again, other_server,
             "Connection refused, or no route? Then it is your own DNS server or network. Else the name servers of the domain "
             "are broken, or its DNSSEC is: tell whoever manages them"},
        .reference = "RFC 7208 section 2.6.6",
    },

    // Mistakes in the text
    {
        .id = "spf-unknown-mechanism",
        .category = Category::spf_fail,
        .owner = Owner::dns_admin,
        .when = {.event = Event::check},
        .title = "{term} is no term of SPF",
        .cause =
            "The names are all, include, a, mx, ip4, ip6, exists and ptr. One that is none of them makes the whole record "
            "invalid: every check is a permanent error.",
        .steps = {correct_term, let_it_write, publish},
        .reference = "RFC 7208 section 4.6",
    },
    {
        .id = "spf-missing-argument",
        .category = Category::spf_fail,
        .owner = Owner::dns_admin,
        .when = {.event = Event::check},
        .title = "{term} lacks what should stand behind it",
        .cause =
            "include, exists, ip4 and ip6 need a name or an address behind a colon, redirect and exp one behind an equals "
            "sign; a blank behind the colon cuts it off. The whole record is invalid.",
        .steps = {"Write the name or address directly behind {term}, or take the term out", let_it_write,
                  publish},
        .reference = "RFC 7208 section 4.6",
    },
    {
        .id = "spf-bad-name",
        .category = Category::spf_fail,
        .owner = Owner::dns_admin,
        .when = {.event = Event::check},
        .title = "{term} does not name a domain",
        .cause =
            "What stands there cannot be a domain name: its last part must be a top-level domain such as be or com, and "
            "nothing may follow it. The whole record is invalid.",
        .steps = {"Write a full domain name, or take {term} out", let_it_write, publish},
        .reference = "RFC 7208 section 7.1",
    },
    {
        .id = "spf-bad-address",
        .category = Category::spf_fail,
        .owner = Owner::dns_admin,
        .when = {.event = Event::check},
        .title = "{term} holds no such address",
        .cause =
            "ip4 takes an IPv4 address (four numbers up to 255), ip6 an IPv6 address. No names, ports, ranges with a "
            "hyphen, or stars. The whole record is invalid.",
        .steps = {correct_term, "A range is written with the number of fixed bits: ip4:203.0.113.0/24",
                  let_it_write, publish},
        .reference = "RFC 7208 section 5.6",
    },
    {
        .id = "spf-bad-prefix",
        .category = Category::spf_fail,
        .owner = Owner::dns_admin,
        .when = {.event = Event::check},
        .title = "{term} has a prefix length that cannot be",
        .cause =
            "Behind the slash stands the number of fixed bits: 0 to 32 for IPv4, 0 to 128 for IPv6, without a zero in "
            "front. The whole record is invalid.",
        .steps = {"Correct the number behind the slash in {term}", publish},
        .reference = "RFC 7208 section 5.6",
    },
    {
        .id = "spf-bad-character",
        .category = Category::spf_fail,
        .owner = Owner::dns_admin,
        .when = {.event = Event::check},
        .title = "There is a character in {term} that SPF does not allow",
        .cause =
            "Only visible ASCII characters may stand in a record. Word processors and web pages turn - into a long dash, "
            "and blanks and quotation marks into look-alikes. The whole record is invalid.",
        .steps = {correct_term,
                  "Type the record by hand, or paste what relaytool writes: `relaytool spf suggest {domain}`",
                  publish},
        .reference = "RFC 7208 section 3.1",
    },
    {
        .id = "spf-bad-macro",
        .category = Category::spf_fail,
        .owner = Owner::dns_admin,
        .when = {.event = Event::check},
        .title = "{term} holds a macro that does not exist",
        .cause =
            "A percent sign begins a macro, and behind this one stands none that SPF knows; %% is the sign itself. The whole "
            "record is invalid.",
        .steps = {remove_term, let_it_write, publish},
        .reference = "RFC 7208 section 7.1",
    },
    {
        .id = "spf-extra-argument",
        .category = Category::spf_fail,
        .owner = Owner::dns_admin,
        .when = {.event = Event::check},
        .title = "{term}: all takes nothing behind it",
        .cause = "all stands alone. With a colon behind it, the whole record is invalid.",
        .steps = {"Write `-all` or `~all`", let_it_write, publish},
        .reference = "RFC 7208 section 5.1",
    },
    {
        .id = "spf-modifier-twice",
        .category = Category::spf_fail,
        .owner = Owner::dns_admin,
        .when = {.event = Event::check},
        .title = "{term} stands in the record a second time",
        .cause = "redirect and exp may stand in a record once each. The whole record is invalid.",
        .steps = {"Take one of the two out", publish},
        .reference = "RFC 7208 section 6",
    },

    // Look-ups
    {
        .id = "spf-too-many-lookups",
        .category = Category::spf_fail,
        .owner = Owner::dns_admin,
        .when = {.event = Event::check},
        .title = "The record needs {count} DNS look-ups; 10 are allowed",
        .cause =
            "Receivers stop behind the tenth and call the record a permanent error, so mail fails although its server is "
            "in the record. Each include, a, mx, exists, ptr and redirect counts, those inside an include too; ip4 and "
            "ip6 are free.",
        .steps =
            {"See what each costs: `relaytool spf explain {domain}`. Here: {list}",
             "Take out includes of services that you no longer use; services that send with a domain of their own in the "
             "envelope need no include",
             "Replace a and mx by ip4 and ip6 with the addresses of your own hosts", let_it_write,
             "Give newsletters and programs a subdomain of their own, such as news.{domain}, with its own record"},
        .reference = rfc_lookup_limit,
    },
    {
        .id = "spf-near-lookup-limit",
        .category = Category::spf_fail,
        .owner = Owner::dns_admin,
        .severity = Severity::info,
        .when = {.event = Event::check},
        .title = "The record uses {count} of its 10 DNS look-ups",
        .cause =
            "It works, but one more include, or one more inside a provider's record, which you don't control, makes it a "
            "permanent error.",
        .steps = {"See what each costs: `relaytool spf explain {domain}`. Here: {list}",
                  "Take out what is not used any more"},
        .reference = rfc_lookup_limit,
    },
    {
        .id = "spf-void-lookups",
        .category = Category::spf_fail,
        .owner = Owner::dns_admin,
        .when = {.event = Event::check},
        .title = "{count} look-ups of the record find nothing; 2 are allowed",
        .cause =
            "Names in the record lead nowhere. Receivers stop at the third such name and call the record a permanent "
            "error.",
        .steps = {"Take out the names that lead nowhere; each is listed as a finding of its own",
                  let_it_write, publish},
        .reference = rfc_lookup_limit,
    },
    {
        .id = "spf-void-lookups-ipv6",
        .category = Category::spf_fail,
        .owner = Owner::dns_admin,
        .severity = Severity::info,
        .when = {.event = Event::check},
        .title = "For senders with an IPv6 address {count} look-ups find nothing; 2 are allowed",
        .cause =
            "The hosts behind a and mx have no IPv6 address. A server that sends over IPv6 gets a permanent error, one "
            "over IPv4 does not.",
        .steps = {"If nothing of yours sends over IPv6, nothing needs doing now",
                  "Else replace a and mx by ip4 and ip6 with the addresses of your hosts"},
        .reference = rfc_lookup_limit,
    },
    {
        .id = "spf-no-address",
        .category = Category::spf_fail,
        .owner = Owner::dns_admin,
        .severity = Severity::warning,
        .when = {.event = Event::check},
        .title = "{term} leads to nothing: {subject} has no address",
        .cause =
            "The term allows nobody, costs a look-up, and counts as one of the two look-ups that may find nothing.",
        .steps = {"Correct the name, or take {term} out", let_it_write, publish},
        .reference = rfc_lookup_limit,
    },
    {
        .id = "spf-too-many-hosts",
        .category = Category::spf_fail,
        .owner = Owner::dns_admin,
        .when = {.event = Event::check},
        .title = "{term} has {count} mail hosts; 10 are allowed",
        .cause = "A receiver gives up on an mx term with more than ten hosts: permanent error.",
        .steps = {"Write the hosts that send as ip4 and ip6 instead of {term}", publish},
        .reference = rfc_lookup_limit,
    },
    {
        .id = "spf-include-missing",
        .category = Category::spf_fail,
        .owner = Owner::dns_admin,
        .when = {.event = Event::check},
        .title = "{term}: there is no SPF record at {subject}",
        .cause =
            "The service changed its name, has ended, or the name is misspelt. An include without a record is a permanent "
            "error for every sender that is not matched in front of it.",
        .steps =
            {"Look for a typing error in {subject}; see the service's own page for the name it wants now",
             "Not used any more? Take {term} out: `relaytool spf suggest {domain}`", publish},
        .reference = "RFC 7208 section 5.2",
    },
    {
        .id = "spf-include-broken",
        .category = Category::spf_fail,
        .owner = Owner::dns_admin,
        .when = {.event = Event::check},
        .title = "{term}: the record at {subject} is invalid",
        .cause =
            "The included record has a mistake in it, or there are two of them. For every sender that is not matched in "
            "front of it, yours becomes a permanent error with it.",
        .steps = {"See the mistake: `relaytool spf check {target}`", tell_owner},
        .reference = "RFC 7208 section 5.2",
    },
    {
        .id = "spf-include-unknown",
        .category = Category::spf_fail,
        .owner = Owner::dns_admin,
        .severity = Severity::warning,
        .when = {.event = Event::check},
        .title = "{term}: the DNS does not answer for {subject}",
        .cause =
            "The look-up ended in a server failure or a time-out. While that lasts, receivers put mail off (temperror).",
        .steps = {ask_again, other_server, tell_owner},
        .reference = "RFC 7208 section 5.2",
    },
    {
        .id = "spf-loop",
        .category = Category::spf_fail,
        .owner = Owner::dns_admin,
        .when = {.event = Event::check},
        .title = "{term} leads back to {subject}",
        .cause =
            "The record includes itself, directly or through another one. Receivers go round until the tenth look-up and "
            "call it a permanent error.",
        .steps = {remove_term, let_it_write, publish},
        .reference = rfc_lookup_limit,
    },

    // What it says
    {
        .id = "spf-plus-all",
        .category = Category::spf_fail,
        .owner = Owner::dns_admin,
        .when = {.event = Event::check},
        .title = "The record lets the whole Internet send as {domain}",
        .cause =
            "{term} passes every address. Spammers look for such records, and some receivers treat them as spam for that "
            "alone.",
        .steps = {"Write `-all`, or `~all` while you are not sure of all your senders", write_for_senders,
                  publish},
        .reference = "RFC 7208 section 5.1",
    },
    {
        .id = "spf-neutral-all",
        .category = Category::spf_fail,
        .owner = Owner::dns_admin,
        .severity = Severity::warning,
        .when = {.event = Event::check},
        .title = "The record ends in {term}: it says nothing about strangers",
        .cause = "?all means no opinion: a stranger's mail is treated as if there were no record.",
        .steps = {"Write `~all`; after some weeks without complaints `-all`", let_it_write, publish},
        .reference = "RFC 7208 section 8.2",
    },
    {
        .id = "spf-no-all",
        .category = Category::spf_fail,
        .owner = Owner::dns_admin,
        .severity = Severity::warning,
        .when = {.event = Event::check},
        .title = "The record does not end in all",
        .cause =
            "Without all (or redirect) every other sender is neutral, as with ?all. Often the end was cut off when it was "
            "pasted.",
        .steps = {"Put `~all` or `-all` at the end", let_it_write, publish},
        .reference = "RFC 7208 section 4.7",
    },
    {
        .id = "spf-after-all",
        .category = Category::spf_fail,
        .owner = Owner::dns_admin,
        .severity = Severity::warning,
        .when = {.event = Event::check},
        .title = "Terms behind {subject} are never looked at",
        .cause = "A check ends at all. What stands behind it, here {term}, allows nobody.",
        .steps = {"Move {subject} to the end of the record", let_it_write, publish},
        .reference = "RFC 7208 section 5.1",
    },
    {
        .id = "spf-redirect-with-all",
        .category = Category::spf_fail,
        .owner = Owner::dns_admin,
        .severity = Severity::warning,
        .when = {.event = Event::check},
        .title = "{term} does nothing beside all",
        .cause = "redirect counts only when nothing in the record matches, and all always does.",
        .steps =
            {"Take out one of the two: all, when the other domain's record is to count; {term}, when yours is"},
        .reference = "RFC 7208 section 6.1",
    },
    {
        .id = "spf-ptr",
        .category = Category::spf_fail,
        .owner = Owner::dns_admin,
        .severity = Severity::warning,
        .when = {.event = Event::check},
        .title = "{term} should not be used any more",
        .cause =
            "ptr asks the DNS for the name of every address that sends: slow, not reliable, and a burden for the reverse "
            "zones. The standard says not to use it, and some receivers ignore it.",
        .steps = {"Replace {term} by the addresses (ip4, ip6) of the servers it is meant for", let_it_write,
                  publish},
        .reference = "RFC 7208 section 5.5",
    },
    {
        .id = "spf-everyone",
        .category = Category::spf_fail,
        .owner = Owner::dns_admin,
        .when = {.event = Event::check},
        .title = "{term} covers every address there is",
        .cause = "A prefix length of 0 fixes no bit: the whole Internet may send as {domain}.",
        .steps = {"Write the address without /0, or the real length of your block", let_it_write, publish},
        .reference = "RFC 7208 section 5.6",
    },
    {
        .id = "spf-wide-range",
        .category = Category::spf_fail,
        .owner = Owner::dns_admin,
        .severity = Severity::warning,
        .when = {.event = Event::check},
        .title = "{term} lets millions of addresses send as {domain}",
        .cause =
            "The range is far larger than any sender's. Strangers' servers lie in it, and their mail passes as yours.",
        .steps = {"Find the address or block that really sends, and write that one", let_it_write, publish},
        .reference = "RFC 7208 section 5.6",
    },
    {
        .id = "spf-private-address",
        .category = Category::spf_fail,
        .owner = Owner::dns_admin,
        .severity = Severity::warning,
        .when = {.event = Event::check},
        .title = "{term} is no address on the Internet",
        .cause =
            "Addresses of private or reserved blocks (10.x, 192.168.x, 172.16-31.x, 127.x …) never reach a receiver: what "
            "is seen there is the public address of your line.",
        .steps =
            {"Find the public address: open a page such as https://ifconfig.me on that network, or ask your provider",
             "Write that one in place of {term}", publish},
        .reference = "RFC 6890",
    },
    {
        .id = "spf-duplicate",
        .category = Category::spf_fail,
        .owner = Owner::dns_admin,
        .severity = Severity::info,
        .when = {.event = Event::check},
        .title = "{term} stands in the record twice",
        .cause = "The second does nothing, and costs a look-up if it needs the DNS.",
        .steps = {let_it_write},
        .reference = "RFC 7208 section 4.6.2",
    },
    {
        .id = "spf-contained",
        .category = Category::spf_fail,
        .owner = Owner::dns_admin,
        .severity = Severity::info,
        .when = {.event = Event::check},
        .title = "{term} is needless: {subject} has it already",
        .cause = "Every address in it is allowed by another term.",
        .steps = {let_it_write},
        .reference = "RFC 7208 section 4.6.2",
    },
    {
        .id = "spf-modifier-typo",
        .category = Category::spf_fail,
        .owner = Owner::dns_admin,
        .when = {.event = Event::check},
        .title = "{term} does nothing: a colon belongs there",
        .cause =
            "With an equals sign it counts as an unknown modifier, which receivers pass over. The senders it was meant to "
            "allow are not allowed.",
        .steps = {correct_term, let_it_write, publish},
        .reference = "RFC 7208 section 6",
    },
    {
        .id = "spf-unknown-modifier",
        .category = Category::spf_fail,
        .owner = Owner::dns_admin,
        .severity = Severity::info,
        .when = {.event = Event::check},
        .title = "{term} does nothing",
        .cause = "It is a modifier that SPF does not know. Receivers pass over it.",
        .steps = {"Take it out, unless you know what it is for"},
        .reference = "RFC 7208 section 6",
    },
    {
        .id = "spf-broken-explanation",
        .category = Category::spf_fail,
        .owner = Owner::dns_admin,
        .severity = Severity::info,
        .when = {.event = Event::check},
        .title = "{term}: there is no explanation at {subject}",
        .cause =
            "exp names a TXT record with a text for refused mail. There must be exactly one there, in ASCII; else it is "
            "ignored.",
        .steps = {"Publish one TXT record at {subject}, or take {term} out"},
        .reference = "RFC 7208 section 6.2",
    },

    // Form
    {
        .id = "spf-upper-case",
        .category = Category::spf_fail,
        .owner = Owner::dns_admin,
        .severity = Severity::info,
        .when = {.event = Event::check},
        .title = "The record is written in upper case",
        .cause =
            "That is allowed, and every checker that keeps to the standard reads it. A few home-made ones do not.",
        .steps = {"Write v=spf1 and the names of terms in lower case at the next change"},
        .reference = "RFC 7208 section 4.5",
    },
    {
        .id = "spf-old-type",
        .category = Category::spf_fail,
        .owner = Owner::dns_admin,
        .severity = Severity::info,
        .when = {.event = Event::check},
        .title = "There is a record of the old type SPF (99) beside the TXT record",
        .cause =
            "That type was given up in 2014. Nobody asks for it any more, and it is forgotten when the TXT record "
            "changes.",
        .steps = {"Delete the record of type SPF; the TXT record is the one that counts"},
        .reference = "RFC 7208 section 3.1",
    },
    {
        .id = "spf-sender-id",
        .category = Category::spf_fail,
        .owner = Owner::dns_admin,
        .severity = Severity::info,
        .when = {.event = Event::check},
        .title = "There is a Sender ID record (spf2.0) left over",
        .cause =
            "Sender ID was Microsoft's own scheme, given up long ago. It neither helps nor replaces SPF.",
        .steps = {"Delete the TXT record that begins with spf2.0"},
        .reference = "RFC 6686",
    },
    {
        .id = "spf-too-long",
        .category = Category::spf_fail,
        .owner = Owner::dns_admin,
        .severity = Severity::warning,
        .when = {.event = Event::check},
        .title = "The record has {count} octets; beyond 450 answers get too big for one packet",
        .cause =
            "Together with the domain's other TXT records the answer may not fit into the 512 octets that every DNS "
            "server takes. Firewalls that stop larger answers then make mail fail here and there.",
        .steps =
            {"Take out what is not needed: `relaytool spf suggest {domain}`",
             "Move a group of ip4 terms to a record of its own, such as _spf.{domain}, and include that"},
        .reference = "RFC 7208 section 3.4",
    },
    {
        .id = "spf-split-in-word",
        .category = Category::spf_fail,
        .owner = Owner::dns_admin,
        .when = {.event = Event::check},
        .title = "Two terms run into one where the record is split: {term}",
        .cause =
            "A long record stands in the DNS in several strings, which are joined without a blank. One is missing at the "
            "joint, so the two terms became one.",
        .steps = {"Put a blank at the end of the string in front of the joint: {subject}",
                  "`relaytool spf suggest {domain}` writes the strings as a zone file wants them"},
        .reference = "RFC 7208 section 3.3",
    },
    {
        .id = "spf-tree-cut",
        .category = Category::spf_fail,
        .owner = Owner::dns_admin,
        .severity = Severity::info,
        .when = {.event = Event::check},
        .title = "The tree below this record is too large or too slow to walk to its end",
        .cause = "Parts of it were left out. Receivers stop far earlier.",
        .steps = {"See how far it goes: `relaytool spf explain {domain}`"},
        .reference = rfc_lookup_limit,
    },

    // Who else may send
    {
        .id = "spf-microsoft-missing",
        .category = Category::spf_fail,
        .owner = Owner::dns_admin,
        .when = {.event = Event::check},
        .title = "The record does not allow Microsoft 365, where {domain} has its mail",
        .cause = "Mail for {domain} comes in at Microsoft 365, so its users send from there too. Without "
                 "include:spf.protection.outlook.com their mail fails SPF and lands in Junk.",
        .steps =
            {"Add include:spf.protection.outlook.com: `relaytool spf suggest {domain}`", publish,
             "Only if nobody sends through Microsoft 365, not even from Outlook, is the record right as it is"},
        .reference = microsoft_spf,
    },
    {
        .id = "spf-google-missing",
        .category = Category::spf_fail,
        .owner = Owner::dns_admin,
        .severity = Severity::warning,
        .when = {.event = Event::check},
        .title = "The record does not allow Google Workspace, where {domain} has its mail",
        .cause =
            "Mail for {domain} comes in at Google, so its users send from there too. Without include:_spf.google.com their "
            "mail fails SPF.",
        .steps = {"Add include:_spf.google.com: `relaytool spf suggest {domain}`", publish},
        .reference = "https://support.google.com/a/answer/33786",
    },
    {
        .id = "spf-retired-include",
        .category = Category::spf_fail,
        .owner = Owner::dns_admin,
        .severity = Severity::warning,
        .when = {.event = Event::check},
        .title = "{term} has had its day",
        .cause =
            "The service publishes its senders under another name now. The old one may end, or lack addresses.",
        .steps = {"Write include:{subject} in its place", let_it_write, publish},
        .reference = "RFC 7208 section 5.2",
    },
    {
        .id = "spf-shared-isp",
        .category = Category::spf_fail,
        .owner = Owner::dns_admin,
        .severity = Severity::warning,
        .when = {.event = Event::check},
        .title = "Every customer of {subject} can send as {domain}",
        .cause =
            "{term} allows the mail servers that {subject} shares among all its customers, mostly with any sender "
            "address. Mail that any of them sends as {domain} passes SPF.",
        .steps =
            {send_through_365, use_own_address, sign_and_enforce,
             "Until then the include must stay if software of yours still sends through {subject}: without it that mail "
             "lands in Junk"},
        .reference = "RFC 7208 section 11.4",
    },
    {
        .id = "spf-shared-hosting",
        .category = Category::spf_fail,
        .owner = Owner::dns_admin,
        .severity = Severity::warning,
        .when = {.event = Event::check},
        .title = "Every customer of {subject} can send as {domain}",
        .cause =
            "{term} allows servers that {subject} shares among its customers. A web form or a stolen password of any of "
            "them is enough to send as {domain} and pass SPF.",
        .steps =
            {"Does the web site send mail through {subject}? Let it log in to Microsoft 365 or your own relay instead, and "
             "take {term} out",
             use_own_address, sign_and_enforce},
        .reference = "RFC 7208 section 11.4",
    },
    {
        .id = "spf-shared-bulk",
        .category = Category::spf_fail,
        .owner = Owner::dns_admin,
        .severity = Severity::info,
        .when = {.event = Event::check},
        .title = "{subject} shares its servers among all its customers",
        .cause =
            "With {term} mail of other customers passes SPF for {domain} too, as far as {subject} lets them use the name. "
            "Such services mostly use an envelope domain of their own and sign with DKIM: then the include is needless.",
        .steps = {"See in the headers of such a mail: Return-Path names another domain? Then take {term} out",
                  "Or give that service a subdomain of its own, such as news.{domain}", sign_and_enforce},
        .reference = "RFC 7208 section 11.4",
    },

    // One check
    {
        .id = "spf-check-pass",
        .category = Category::spf_fail,
        .owner = Owner::nobody,
        .severity = Severity::ok,
        .when = {.event = Event::check},
        .title = "{ip} may send as {domain}",
        .cause = "The record allows it by {term}.",
        .reference = "RFC 7208 section 8.3",
    },
    {
        .id = "spf-check-pass-shared",
        .category = Category::spf_fail,
        .owner = Owner::dns_admin,
        .severity = Severity::ok,
        .when = {.event = Event::check},
        .title = "{ip} may send as {domain}, and so may every other customer of {subject}",
        .cause = "The record allows it by {term}: servers that {subject} shares among all its customers.",
        .steps = {send_through_365, sign_and_enforce},
        .reference = "RFC 7208 section 11.4",
    },
    {
        .id = "spf-check-fail",
        .category = Category::spf_fail,
        .owner = Owner::dns_admin,
        .when = {.event = Event::check},
        .title = "{ip} may not send as {domain}",
        .cause = "The record says so: {term} denies it. Receivers refuse such mail or put it in Junk.",
        .steps = {"Is it your server? Allow it: `relaytool spf suggest {domain} --keep --sends-via {ip}`",
                  use_smart_host,
                  "Is it nobody you know? Then the record does its work: nothing needs doing"},
        .reference = "RFC 7208 section 8.4",
    },
    {
        .id = "spf-check-softfail",
        .category = Category::spf_fail,
        .owner = Owner::dns_admin,
        .severity = Severity::warning,
        .when = {.event = Event::check},
        .title = "{ip} should not send as {domain}",
        .cause =
            "It is not among the senders, and {term} asks receivers to be suspicious, not to refuse. Mostly such mail lands "
            "in Junk.",
        .steps = {"Is it your server? Allow it: `relaytool spf suggest {domain} --keep --sends-via {ip}`",
                  use_smart_host,
                  "Is it nobody you know? Then the record does its work: nothing needs doing"},
        .reference = "RFC 7208 section 8.5",
    },
    {
        .id = "spf-check-neutral",
        .category = Category::spf_fail,
        .owner = Owner::dns_admin,
        .severity = Severity::warning,
        .when = {.event = Event::check},
        .title = "The record says nothing about {ip}",
        .cause =
            "No term matches, or one that has no opinion. Receivers treat the mail as if there were no SPF.",
        .steps = {"Is it your server? Allow it: `relaytool spf suggest {domain} --keep --sends-via {ip}`",
                  "See what else the record lacks: `relaytool spf check {domain}`"},
        .reference = "RFC 7208 section 8.2",
    },
    {
        .id = "spf-check-no-record",
        .category = Category::spf_fail,
        .owner = Owner::dns_admin,
        .severity = Severity::warning,
        .when = {.event = Event::check},
        .title = "{domain} says nothing about who may send: it has no SPF record",
        .cause = "Without a record the result is none: nothing speaks for the mail.",
        .steps = {write_for_senders, "See more: `relaytool spf check {domain}`"},
        .reference = "RFC 7208 section 8.1",
    },
    {
        .id = "spf-check-bad-domain",
        .category = Category::spf_fail,
        .owner = Owner::you,
        .severity = Severity::warning,
        .when = {.event = Event::check},
        .title = "{subject} is no domain that SPF could check",
        .cause =
            "A sender's domain needs two labels or more, each of 1 to 63 characters. The result is none.",
        .steps =
            {"Set the HELO name or sender address of the sending program to a full name, such as mail.example.com"},
        .reference = "RFC 7208 section 4.3",
    },
    {
        .id = "spf-check-provider-missing",
        .category = Category::spf_fail,
        .owner = Owner::dns_admin,
        .when = {.event = Event::check},
        .title = "{ip} is a server of {subject}, which {domain} does not allow",
        .cause =
            "The mail left through {subject}, but the record has no include for it ({term} decided). Receivers refuse such "
            "mail or put it in Junk.",
        .steps = {"Add {include}: `relaytool spf suggest {domain} --keep --sends-via {provider}`", publish},
        .reference = microsoft_spf,
    },
    {
        .id = "spf-check-invalid",
        .category = Category::spf_fail,
        .owner = Owner::dns_admin,
        .when = {.event = Event::check},
        .title = "The SPF record of {domain} is broken: this check ends in an error",
        .cause =
            "The check ended in a permanent error at {term}: {detail}. Most receivers treat that as a failure.",
        .steps = {"See what is wrong and how to mend it: `relaytool spf check {domain}`"},
        .reference = "RFC 7208 section 2.6.7",
    },
    {
        .id = "spf-check-dns-failure",
        .category = Category::spf_fail,
        .owner = Owner::dns_admin,
        .when = {.event = Event::check},
        .title = "Whether {ip} may send as {domain} could not be found out",
        .cause =
            "The DNS did not answer for {subject}: {detail}. A receiver who meets the same puts the mail off.",
        .steps = {ask_again, other_server},
        .reference = "RFC 7208 section 2.6.6",
    },
};

} // namespace

std::span<const Rule> spf_rows() {
    return rows;
}

} // namespace relaytool::diagnosis
