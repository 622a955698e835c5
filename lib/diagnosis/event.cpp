#include "diagnosis/catalogue.hpp"

namespace relaytool::diagnosis {
namespace {

constexpr Rule rows[] = {
    {
        .id = "delayed",
        .category = Category::delayed,
        .owner = Owner::nobody,
        .severity = Severity::warning,
        .when = {.event = Event::delay},
        .title = "Not delivered yet; the server is still trying",
        .cause =
            "This is only a warning. {relay} has not got rid of the message for {recipient} so far and "
            "tries again by itself, usually for one to five days. It did not say what stands in the way.",
        .steps =
            {"Do not send the message again: the recipient would get it twice",
             "If nothing arrives within some hours, see what the server waits for. IIS: look for "
             "OutboundConnectionResponse in `C:\\Windows\\System32\\LogFiles\\SMTPSVC1`; Postfix: `mailq`; "
             "Exchange: `Get-Queue | Format-List Identity,MessageCount,LastError`",
             "All recipients wait: the smart host or the line is the trouble, `Test-NetConnection "
             "smtp.office365.com -Port 587`",
             "Only this one waits: look up their server, `Resolve-DnsName {recipient-domain} -Type MX`, "
             "and tell the recipient by telephone",
             "Is it urgent? Send the content another way now"},
        .reference = "RFC 3464 section 2.3.3",
    },
    {
        .id = "delivered",
        .category = Category::delivered,
        .owner = Owner::nobody,
        .severity = Severity::ok,
        .when = {.event = Event::success},
        .title = "Delivered, or handed on without an error",
        .cause =
            "This report is good news: the message for {recipient} was delivered, expanded to a list, or "
            "passed to a server that sends no reports of its own.",
        .steps =
            {"Nothing needs doing",
             "If the recipient still misses the message: they should look in the junk folder and in the "
             "quarantine of their mail filter",
             "Reports of success come only when the sender asked for them; the program or Outlook can stop "
             "asking"},
        .reference = "RFC 3464 section 2.3.3",
    },
    {
        .id = "auto-reply",
        .category = Category::auto_reply,
        .owner = Owner::nobody,
        .severity = Severity::info,
        .when = {.event = Event::auto_reply},
        .title = "An automatic answer: your message arrived",
        .cause = "The recipient's mailbox answered by itself, for example because its owner is away. Nothing "
                 "failed.",
        .steps = {"Nothing needs doing; read the text for a stand-in or a new address",
                  "To have fewer of them, let the sending program add the header field `Auto-Submitted: "
                  "auto-generated`"},
        .reference = "RFC 3834 section 2",
    },
    {
        .id = "complaint",
        .category = Category::complaint,
        .owner = Owner::you,
        .severity = Severity::warning,
        .when = {.event = Event::complaint},
        .title = "A recipient reported your message as spam",
        .cause =
            "The message was delivered, and somebody pressed the junk button. Their provider passes that "
            "on to the sender's side. Many such reports lead to blocks.",
        .steps =
            {"Take that recipient off the mailing list at once; if the address is hidden, the returned "
             "message shows which mailing it was",
             "Give mass mailings a working unsubscribe link and the field List-Unsubscribe",
             "You sent no such message? Then an account or server of yours is misused: change its password "
             "and look at what it sent",
             "Invoices and reminders: name your company in sender and subject, so that nobody takes them "
             "for spam"},
        .reference = "RFC 5965",
    },
    {
        .id = "not-a-bounce",
        .category = Category::not_a_bounce,
        .owner = Owner::nobody,
        .severity = Severity::info,
        .when = {.event = Event::ordinary_mail},
        .title = "An ordinary message, not a report about a failure",
        .cause = "The file holds no delivery report: no failed recipient and no answer of a mail server. A "
                 "read receipt counts as an ordinary message, too.",
        .steps =
            {"Nothing needs doing, unless you expected a report here: then ask for the report itself, as an "
             "attachment (.eml)",
             "In BadMail the reason stands in the file of the same name that ends in .BDR: `relaytool "
             "diagnose` reads the two together"},
    },
    {
        .id = "unknown",
        .category = Category::unknown,
        .owner = Owner::you,
        .when = {},
        .title = "Not delivered, for a reason this report does not tell",
        .cause =
            "The words are not in the catalogue and there is no code that explains them. What the server "
            "said is shown unchanged.",
        .steps =
            {"Read the server's own words: an address, a link or a number in them often tells enough",
             "See which server said it: {relay} wrote the report, {host} gave the answer. The answer decides",
             "Look in the log of the sending server at that time. IIS: "
             "`C:\\Windows\\System32\\LogFiles\\SMTPSVC1` (General > Enable logging); Postfix: "
             "/var/log/mail.log; Microsoft 365: Exchange admin center > Mail flow > Message trace",
             "Send one plain line to the same address from another account: if that arrives, it is about "
             "the sender or the content",
             "Ask the postmaster of the server that answered (postmaster@{recipient-domain}): quote the "
             "words, the queue id, date, time with zone, sender, recipient and your IP address"},
        .reference = "RFC 3464 section 2.3",
    },
};

} // namespace

std::span<const Rule> event_rows() {
    return rows;
}

} // namespace relaytool::diagnosis
