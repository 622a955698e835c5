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
    "--sends-via o365,203.0.113.7`";
constexpr std::string_view publish =
    "Put it in place of the present TXT record, where the DNS of {domain} is managed, and check again after the "
    "record's TTL: `relaytool spf check {domain}`";
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
    "{domain} --sends-via o365,203.0.113.7`";
constexpr std::string_view sign_and_enforce =
    "Whatever you choose: sign with DKIM and publish DMARC with p=quarantine or p=reject, so that a pass by SPF alone "
    "is not all that protects the name";
constexpr std::string_view remove_term = "Take {term} out of the record";

constexpr Rule check_row(std::string_view id, Owner owner, Severity severity) {
    return {.id = id,
            .category = Category::spf_fail,
            .owner = owner,
            .severity = severity,
            .when = {.event = Event::check}};
}

constexpr Rule row(Rule rule, std::string_view title, std::string_view cause,
                   std::array<std::string_view, max_steps> steps, std::string_view reference) {
    rule.title = title;
    rule.cause = cause;
    for (std::size_t i = 0; i < steps.size(); ++i)
        rule.steps[i] = steps[i];
    rule.reference = reference;
    return rule;
}

constexpr Rule error(std::string_view id) {
    return check_row(id, Owner::dns_admin, Severity::error);
}
constexpr Rule warning(std::string_view id) {
    return check_row(id, Owner::dns_admin, Severity::warning);
}
constexpr Rule note(std::string_view id) {
    return check_row(id, Owner::dns_admin, Severity::info);
}

constexpr Rule rows[] = {
    // There is no usable record
    row(error("spf-no-domain"), "{domain} does not exist in the DNS",
        "The DNS says that there is no such name (NXDOMAIN). Mail from it is refused by most servers, and nobody can "
        "answer it.",
        {"Look for a typing error in {domain}",
         "Is the registration still paid? See what the registry knows: `whois {domain}`",
         "If it is your own subdomain, publish a TXT record for it first: `relaytool spf suggest {domain} --sends-via "
         "o365`"},
        "RFC 7208 section 4.3"),
    row(error("spf-no-record"), "{domain} has no SPF record",
        "No TXT record of {domain} begins with v=spf1. Receivers cannot tell your servers from a stranger's, so mail "
        "lands in Junk or is refused; Outlook.com, Gmail and Yahoo ask for SPF or DKIM from everybody.",
        {write_for_senders,
         "Publish it as TXT record of {domain}, and check again: `relaytool spf check {domain}`"},
        "RFC 7208 section 3"),
    row(warning("spf-no-record-parked"), "{domain} takes no mail, and does not say that it sends none",
        "The domain has a null MX: it receives nothing. Without an SPF record its name is still free for everybody "
        "to send with.",
        {"Publish this TXT record for {domain}: v=spf1 -all", "And for _dmarc.{domain}: v=DMARC1; p=reject"},
        "RFC 7208 section 10.1.2"),
    row(error("spf-almost-a-record"), "A TXT record of {domain} looks like SPF, but is none",
        "An SPF record begins with v=spf1 and a blank, with nothing in front. What is there begins in another way, so "
        "receivers pass over it as if it were not there.",
        {"Take out what stands in front of v=spf1 (a blank, a quotation mark, a sign you cannot see), and leave one "
         "blank behind it",
         let_it_write, publish},
        "RFC 7208 section 4.5"),
    row(error("spf-two-records"), "{domain} has {count} SPF records; only one is allowed",
        "With more than one record every check is a permanent error, as if there were none: receivers don't choose, "
        "and don't join them.",
        {"Join them: all terms behind one v=spf1, one all at the end. `relaytool spf suggest {domain}` does it",
         "Delete the other TXT records that begin with v=spf1; leave other TXT records alone"},
        "RFC 7208 section 3.2"),
    row(check_row("spf-dns-failure", Owner::dns_admin, Severity::error),
        "The DNS does not answer for {subject}",
        "The look-up ended in a server failure or a time-out: {detail}. Whether there is a record cannot be told. A "
        "receiver who meets the same puts the mail off (temperror) and tries again.",
        {ask_again, other_server,
         "Is it your domain? Then its name servers are broken, or its DNSSEC is: tell whoever manages the DNS"},
        "RFC 7208 section 2.6.6"),

    // Mistakes in the text
    row(error("spf-unknown-mechanism"), "{term} is no term of SPF",
        "The names are all, include, a, mx, ip4, ip6, exists and ptr. One that is none of them makes the whole record "
        "invalid: every check is a permanent error.",
        {correct_term, let_it_write, publish}, "RFC 7208 section 4.6"),
    row(error("spf-missing-argument"), "{term} lacks what should stand behind it",
        "include, exists, ip4 and ip6 need a name or an address behind a colon, redirect and exp one behind an equals "
        "sign; a blank behind the colon cuts it off. The whole record is invalid.",
        {"Write the name or address directly behind {term}, or take the term out", let_it_write, publish},
        "RFC 7208 section 4.6"),
    row(error("spf-bad-name"), "{term} does not name a domain",
        "What stands there cannot be a domain name: its last part must be a top-level domain such as be or com, and "
        "nothing may follow it. The whole record is invalid.",
        {"Write a full domain name, or take {term} out", let_it_write, publish}, "RFC 7208 section 7.1"),
    row(error("spf-bad-address"), "{term} holds no such address",
        "ip4 takes an IPv4 address (four numbers up to 255), ip6 an IPv6 address. No names, ports, ranges with a "
        "hyphen, or stars. The whole record is invalid.",
        {correct_term, "A range is written with the number of fixed bits: ip4:203.0.113.0/24", let_it_write,
         publish},
        "RFC 7208 section 5.6"),
    row(error("spf-bad-prefix"), "{term} has a prefix length that cannot be",
        "Behind the slash stands the number of fixed bits: 0 to 32 for IPv4, 0 to 128 for IPv6, without a zero in "
        "front. The whole record is invalid.",
        {"Correct the number behind the slash in {term}", publish}, "RFC 7208 section 5.6"),
    row(error("spf-bad-character"), "There is a character in {term} that SPF does not allow",
        "Only visible ASCII characters may stand in a record. Word processors and web pages turn - into a long dash, "
        "and blanks and quotation marks into look-alikes. The whole record is invalid.",
        {correct_term,
         "Type the record by hand, or paste what relaytool writes: `relaytool spf suggest {domain}`",
         publish},
        "RFC 7208 section 3.1"),
    row(error("spf-bad-macro"), "{term} holds a macro that does not exist",
        "A percent sign begins a macro, and behind this one stands none that SPF knows; %% is the sign itself. The whole "
        "record is invalid.",
        {remove_term, let_it_write, publish}, "RFC 7208 section 7.1"),
    row(error("spf-extra-argument"), "{term}: all takes nothing behind it",
        "all stands alone. With a colon behind it, the whole record is invalid.",
        {"Write `-all` or `~all`", let_it_write, publish}, "RFC 7208 section 5.1"),
    row(error("spf-modifier-twice"), "{term} stands in the record a second time",
        "redirect and exp may stand in a record once each. The whole record is invalid.",
        {"Take one of the two out", publish}, "RFC 7208 section 6"),

    // Look-ups
    row(error("spf-too-many-lookups"), "The record needs {count} DNS look-ups; 10 are allowed",
        "Receivers stop behind the tenth and call the record a permanent error, so mail fails although its server is "
        "in the record. Each include, a, mx, exists, ptr and redirect counts, those inside an include too; ip4 and "
        "ip6 are free.",
        {"See what each costs: `relaytool spf explain {domain}`. Here: {list}",
         "Take out includes of services that you no longer use; services that send with a domain of their own in the "
         "envelope need no include",
         "Replace a and mx by ip4 and ip6 with the addresses of your own hosts", let_it_write,
         "Give newsletters and programs a subdomain of their own, such as news.{domain}, with its own record"},
        rfc_lookup_limit),
    row(note("spf-near-lookup-limit"), "The record uses {count} of its 10 DNS look-ups",
        "It works, but one more include, or one more inside a provider's record, which you don't control, makes it a "
        "permanent error.",
        {"See what each costs: `relaytool spf explain {domain}`. Here: {list}",
         "Take out what is not used any more"},
        rfc_lookup_limit),
    row(error("spf-void-lookups"), "{count} look-ups of the record find nothing; 2 are allowed",
        "Names in the record lead nowhere. Receivers stop at the third such name and call the record a permanent "
        "error.",
        {"Take out the names that lead nowhere; each is listed as a finding of its own", let_it_write,
         publish},
        rfc_lookup_limit),
    row(note("spf-void-lookups-ipv6"),
        "For senders with an IPv6 address {count} look-ups find nothing; 2 are allowed",
        "The hosts behind a and mx have no IPv6 address. A server that sends over IPv6 gets a permanent error, one "
        "over IPv4 does not.",
        {"If nothing of yours sends over IPv6, nothing needs doing now",
         "Else replace a and mx by ip4 and ip6 with the addresses of your hosts"},
        rfc_lookup_limit),
    row(warning("spf-no-address"), "{term} leads to nothing: {subject} has no address",
        "The term allows nobody, costs a look-up, and counts as one of the two look-ups that may find nothing.",
        {"Correct the name, or take {term} out", let_it_write, publish}, rfc_lookup_limit),
    row(error("spf-too-many-hosts"), "{term} has {count} mail hosts; 10 are allowed",
        "A receiver gives up on an mx term with more than ten hosts: permanent error.",
        {"Write the hosts that send as ip4 and ip6 instead of {term}", publish}, rfc_lookup_limit),
    row(error("spf-include-missing"), "{term}: there is no SPF record at {subject}",
        "The service changed its name, has ended, or the name is misspelt. An include without a record is a permanent "
        "error for every sender that is not matched in front of it.",
        {"Look for a typing error in {subject}; see the service's own page for the name it wants now",
         "Not used any more? Take {term} out: `relaytool spf suggest {domain}`", publish},
        "RFC 7208 section 5.2"),
    row(error("spf-include-broken"), "{term}: the record at {subject} is invalid",
        "The included record has a mistake in it, or there are two of them. For every sender that is not matched in "
        "front of it, yours becomes a permanent error with it.",
        {"See the mistake: `relaytool spf check {target}`", tell_owner}, "RFC 7208 section 5.2"),
    row(warning("spf-include-unknown"), "{term}: the DNS does not answer for {subject}",
        "The look-up ended in a server failure or a time-out. While that lasts, receivers put mail off (temperror).",
        {ask_again, other_server, tell_owner}, "RFC 7208 section 5.2"),
    row(error("spf-loop"), "{term} leads back to {subject}",
        "The record includes itself, directly or through another one. Receivers go round until the tenth look-up and "
        "call it a permanent error.",
        {remove_term, let_it_write, publish}, rfc_lookup_limit),

    // What it says
    row(error("spf-plus-all"), "The record lets the whole Internet send as {domain}",
        "{term} passes every address. Spammers look for such records, and some receivers treat them as spam for that "
        "alone.",
        {"Write `-all`, or `~all` while you are not sure of all your senders", write_for_senders, publish},
        "RFC 7208 section 5.1"),
    row(warning("spf-neutral-all"), "The record ends in {term}: it says nothing about strangers",
        "?all means no opinion: a stranger's mail is treated as if there were no record.",
        {"Write `~all`; after some weeks without complaints `-all`", let_it_write, publish},
        "RFC 7208 section 8.2"),
    row(warning("spf-no-all"), "The record does not end in all",
        "Without all (or redirect) every other sender is neutral, as with ?all. Often the end was cut off when it was "
        "pasted.",
        {"Put `~all` or `-all` at the end", let_it_write, publish}, "RFC 7208 section 4.7"),
    row(warning("spf-after-all"), "Terms behind {subject} are never looked at",
        "A check ends at all. What stands behind it, here {term}, allows nobody.",
        {"Move {subject} to the end of the record", let_it_write, publish}, "RFC 7208 section 5.1"),
    row(warning("spf-redirect-with-all"), "{term} does nothing beside all",
        "redirect counts only when nothing in the record matches, and all always does.",
        {"Take out one of the two: all, when the other domain's record is to count; {term}, when yours is"},
        "RFC 7208 section 6.1"),
    row(warning("spf-ptr"), "{term} should not be used any more",
        "ptr asks the DNS for the name of every address that sends: slow, not reliable, and a burden for the reverse "
        "zones. The standard says not to use it, and some receivers ignore it.",
        {"Replace {term} by the addresses (ip4, ip6) of the servers it is meant for", let_it_write, publish},
        "RFC 7208 section 5.5"),
    row(error("spf-everyone"), "{term} covers every address there is",
        "A prefix length of 0 fixes no bit: the whole Internet may send as {domain}.",
        {"Write the address without /0, or the real length of your block", let_it_write, publish},
        "RFC 7208 section 5.6"),
    row(warning("spf-wide-range"), "{term} lets millions of addresses send as {domain}",
        "The range is far larger than any sender's. Strangers' servers lie in it, and their mail passes as yours.",
        {"Find the address or block that really sends, and write that one", let_it_write, publish},
        "RFC 7208 section 5.6"),
    row(warning("spf-private-address"), "{term} is no address on the Internet",
        "Addresses of private or reserved blocks (10.x, 192.168.x, 172.16-31.x, 127.x …) never reach a receiver: what "
        "is seen there is the public address of your line.",
        {"Find the public address: open a page such as https://ifconfig.me on that network, or ask your provider",
         "Write that one in place of {term}", publish},
        "RFC 6890"),
    row(note("spf-duplicate"), "{term} stands in the record twice",
        "The second does nothing, and costs a look-up if it needs the DNS.", {let_it_write},
        "RFC 7208 section 4.6.2"),
    row(note("spf-contained"), "{term} is needless: {subject} has it already",
        "Every address in it is allowed by another term.", {let_it_write}, "RFC 7208 section 4.6.2"),
    row(error("spf-modifier-typo"), "{term} does nothing: a colon belongs there",
        "With an equals sign it counts as an unknown modifier, which receivers pass over. The senders it was meant to "
        "allow are not allowed.",
        {correct_term, let_it_write, publish}, "RFC 7208 section 6"),
    row(note("spf-unknown-modifier"), "{term} does nothing",
        "It is a modifier that SPF does not know. Receivers pass over it.",
        {"Take it out, unless you know what it is for"}, "RFC 7208 section 6"),
    row(note("spf-broken-explanation"), "{term}: there is no explanation at {subject}",
        "exp names a TXT record with a text for refused mail. There must be exactly one there, in ASCII; else it is "
        "ignored.",
        {"Publish one TXT record at {subject}, or take {term} out"}, "RFC 7208 section 6.2"),

    // Form
    row(note("spf-upper-case"), "The record is written in upper case",
        "That is allowed, and every checker that keeps to the standard reads it. A few home-made ones do not.",
        {"Write v=spf1 and the names of terms in lower case at the next change"}, "RFC 7208 section 4.5"),
    row(note("spf-old-type"), "There is a record of the old type SPF (99) beside the TXT record",
        "That type was given up in 2014. Nobody asks for it any more, and it is forgotten when the TXT record "
        "changes.",
        {"Delete the record of type SPF; the TXT record is the one that counts"}, "RFC 7208 section 3.1"),
    row(note("spf-sender-id"), "There is a Sender ID record (spf2.0) left over",
        "Sender ID was Microsoft's own scheme, given up long ago. It neither helps nor replaces SPF.",
        {"Delete the TXT record that begins with spf2.0"}, "RFC 6686"),
    row(warning("spf-too-long"),
        "The record has {count} octets; beyond 450 answers get too big for one packet",
        "Together with the domain's other TXT records the answer may not fit into the 512 octets that every DNS "
        "server takes. Firewalls that stop larger answers then make mail fail here and there.",
        {"Take out what is not needed: `relaytool spf suggest {domain}`",
         "Move a group of ip4 terms to a record of its own, such as _spf.{domain}, and include that"},
        "RFC 7208 section 3.4"),
    row(error("spf-split-in-word"), "Two terms run into one where the record is split: {term}",
        "A long record stands in the DNS in several strings, which are joined without a blank. One is missing at the "
        "joint, so the two terms became one.",
        {"Put a blank at the end of the string in front of the joint: {subject}",
         "`relaytool spf suggest {domain}` writes the strings as a zone file wants them"},
        "RFC 7208 section 3.3"),
    row(note("spf-tree-cut"), "The tree below this record is too large or too slow to walk to its end",
        "Parts of it were left out. Receivers stop far earlier.",
        {"See how far it goes: `relaytool spf explain {domain}`"}, rfc_lookup_limit),

    // Who else may send
    row(error("spf-microsoft-missing"),
        "The record does not allow Microsoft 365, where {domain} has its mail",
        "Mail for {domain} comes in at Microsoft 365, so its users send from there too. Without "
        "include:spf.protection.outlook.com their mail fails SPF and lands in Junk.",
        {"Add include:spf.protection.outlook.com: `relaytool spf suggest {domain}`", publish,
         "Only if nobody sends through Microsoft 365, not even from Outlook, is the record right as it is"},
        microsoft_spf),
    row(warning("spf-google-missing"),
        "The record does not allow Google Workspace, where {domain} has its mail",
        "Mail for {domain} comes in at Google, so its users send from there too. Without include:_spf.google.com their "
        "mail fails SPF.",
        {"Add include:_spf.google.com: `relaytool spf suggest {domain}`", publish},
        "https://support.google.com/a/answer/33786"),
    row(warning("spf-retired-include"), "{term} has had its day",
        "The service publishes its senders under another name now. The old one may end, or lack addresses.",
        {"Write include:{subject} in its place", let_it_write, publish}, "RFC 7208 section 5.2"),
    row(warning("spf-shared-isp"), "Every customer of {subject} can send as {domain}",
        "{term} allows the mail servers that {subject} shares among all its customers, mostly with any sender "
        "address. Mail that any of them sends as {domain} passes SPF.",
        {send_through_365, use_own_address, sign_and_enforce,
         "Until then the include must stay if software of yours still sends through {subject}: without it that mail "
         "lands in Junk"},
        "RFC 7208 section 11.4"),
    row(warning("spf-shared-hosting"), "Every customer of {subject} can send as {domain}",
        "{term} allows servers that {subject} shares among its customers. A web form or a stolen password of any of "
        "them is enough to send as {domain} and pass SPF.",
        {"Does the web site send mail through {subject}? Let it log in to Microsoft 365 or your own relay instead, and "
         "take {term} out",
         use_own_address, sign_and_enforce},
        "RFC 7208 section 11.4"),
    row(note("spf-shared-bulk"), "{subject} shares its servers among all its customers",
        "With {term} mail of other customers passes SPF for {domain} too, as far as {subject} lets them use the name. "
        "Such services mostly use an envelope domain of their own and sign with DKIM: then the include is needless.",
        {"See in the headers of such a mail: Return-Path names another domain? Then take {term} out",
         "Or give that service a subdomain of its own, such as news.{domain}", sign_and_enforce},
        "RFC 7208 section 11.4"),

    // One check
    row(check_row("spf-check-pass", Owner::nobody, Severity::ok), "{ip} may send as {domain}",
        "The record allows it by {term}.", {}, "RFC 7208 section 8.3"),
    row(check_row("spf-check-pass-shared", Owner::dns_admin, Severity::ok),
        "{ip} may send as {domain}, and so may every other customer of {subject}",
        "The record allows it by {term}: servers that {subject} shares among all its customers.",
        {send_through_365, sign_and_enforce}, "RFC 7208 section 11.4"),
    row(error("spf-check-fail"), "{ip} may not send as {domain}",
        "The record says so: {term} denies it. Receivers refuse such mail or put it in Junk.",
        {"Is it your server? Allow it: `relaytool spf suggest {domain} --keep --sends-via {ip}`",
         "Is it your provider's server? Then let the software send through your smart host (smtp.office365.com, port "
         "587, with a login) instead",
         "Is it nobody you know? Then the record does its work: nothing needs doing"},
        "RFC 7208 section 8.4"),
    row(warning("spf-check-softfail"), "{ip} should not send as {domain}",
        "It is not among the senders, and {term} asks receivers to be suspicious, not to refuse. Mostly such mail lands "
        "in Junk.",
        {"Is it your server? Allow it: `relaytool spf suggest {domain} --keep --sends-via {ip}`",
         "Is it your provider's server? Then let the software send through your smart host (smtp.office365.com, port "
         "587, with a login) instead",
         "Is it nobody you know? Then the record does its work: nothing needs doing"},
        "RFC 7208 section 8.5"),
    row(warning("spf-check-neutral"), "The record says nothing about {ip}",
        "No term matches, or one that has no opinion. Receivers treat the mail as if there were no SPF.",
        {"Is it your server? Allow it: `relaytool spf suggest {domain} --keep --sends-via {ip}`",
         "See what else the record lacks: `relaytool spf check {domain}`"},
        "RFC 7208 section 8.2"),
    row(warning("spf-check-no-record"), "{domain} says nothing about who may send: it has no SPF record",
        "Without a record the result is none: nothing speaks for the mail.",
        {write_for_senders, "See more: `relaytool spf check {domain}`"}, "RFC 7208 section 8.1"),
    row(check_row("spf-check-bad-domain", Owner::you, Severity::warning),
        "{subject} is no domain that SPF could check",
        "A sender's domain needs two labels or more, each of 1 to 63 characters. The result is none.",
        {"Set the HELO name or sender address of the sending program to a full name, such as mail.example.com"},
        "RFC 7208 section 4.3"),
    row(error("spf-check-provider-missing"), "{ip} is a server of {subject}, which {domain} does not allow",
        "The mail left through {subject}, but the record has no include for it ({term} decided). Receivers refuse such "
        "mail or put it in Junk.",
        {"Add {include}: `relaytool spf suggest {domain} --keep --sends-via {provider}`", publish},
        microsoft_spf),
    row(error("spf-check-invalid"), "The SPF record of {domain} is broken, so no sender passes",
        "The check ended in a permanent error at {term}: {detail}. Most receivers treat that as a failure.",
        {"See what is wrong and how to mend it: `relaytool spf check {domain}`"}, "RFC 7208 section 2.6.7"),
    row(check_row("spf-check-dns-failure", Owner::dns_admin, Severity::error),
        "Whether {ip} may send as {domain} could not be found out",
        "The DNS did not answer for {subject}: {detail}. A receiver who meets the same puts the mail off.",
        {ask_again, other_server}, "RFC 7208 section 2.6.6"),
};

} // namespace

std::span<const Rule> spf_rows() {
    return rows;
}

} // namespace relaytool::diagnosis
