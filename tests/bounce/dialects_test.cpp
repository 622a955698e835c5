#include "base/utf8.hpp"
#include "bounce/bounce.hpp"
#include "support/catch.hpp"

#include <string>
#include <string_view>
#include <vector>

using relaytool::bounce::Bounce;
using relaytool::bounce::read;
using relaytool::bounce::Recipient;
using relaytool::bounce::to_string;
using namespace std::string_literals;

// The mails are ours: the words that a program writes into every report, around invented people.
namespace {

struct Told {
    const char* address;
    int code;          ///< of the reply, 0 for none
    const char* words; ///< in reply or notice
};

struct Row {
    const char* name;
    const char* mail;
    const char* format;
    const char* kind;
    std::vector<Told> told;
};

const std::vector<Row>& rows() {
    static const std::vector<Row> all{
        {"activehunter",
         R"(From: MAILER-DAEMON@example.net
Subject: FAILURE NOTICE : invoice
X-AHMAILID: 20240101T000000+0000-1

  ----- The following addresses had permanent fatal errors -----

>>> anna@example.com <anna@example.com>

  ----- Transcript of session follows -----
550 no mailbox of that name (#5.1.1)
)",
         "activehunter",
         "bounce",
         {{"anna@example.com", 550, "no mailbox of that name"}}},
        {"amazonses event",
         R"(From: alerts <no-reply@sns.amazonaws.com>
Subject: AWS Notification Message

{"notificationType":"Bounce","bounce":{"bounceType":"Permanent","bouncedRecipients":[
{"emailAddress":"anna@example.com","action":"failed","status":"5.1.1","diagnosticCode":"smtp; 550 5.1.1 gone"},
{"diagnosticCode":"smtp; 552 5.2.2 caf\u00e9 full","emailAddress":"bert@example.com"}]},
"mail":{"source":"shop@contoso.com","destination":["anna@example.com"],"commonHeaders":{"subject":"Offer"}}}

--
If you wish to stop receiving notifications
)",
         "amazonses",
         "bounce",
         {{"anna@example.com", 550, "5.1.1 gone"}, {"bert@example.com", 552, "caf\xC3\xA9 full"}}},
        {"amazonses event inside the JSON of SNS",
         R"(From: no-reply@sns.amazonaws.com
Subject: AWS Notification Message

{ "Type" : "Notification",
  "Message" : "{\"notificationType\":\"Delivery\",\"delivery\":{\"recipients\":[\"anna@example.com\"],\"smtpResponse\":\"250 2.6.0 received\"}}",
  "Timestamp" : "2024-01-01T00:00:00.000Z" }
)",
         "amazonses",
         "success",
         {{"anna@example.com", 250, "received"}}},
        {"amazonses complaint",
         R"(From: no-reply@sns.amazonaws.com
Subject: AWS Notification Message

{"notificationType":"Complaint","complaint":{"complainedRecipients":[{"emailAddress":"anna@example.com"}],
"complaintFeedbackType":"abuse"},"mail":{"source":"shop@contoso.com"}}
)",
         "arf",
         "complaint",
         {{"anna@example.com", 0, ""}}},
        {"amazonworkmail",
         R"(From: MAILER-DAEMON@eu-west-1.amazonses.com
Subject: Delivery Status Notification (Failure)
X-Mailer: Amazon WorkMail

An error occurred while trying to deliver the mail to the following recipients:
anna@example.com

Technical report:

Reporting-MTA: dsn; smtp.example.net

Action: failed
Final-Recipient: rfc822; anna@example.com
Diagnostic-Code: smtp; 550 5.2.2 <anna@example.com> over quota
Status: 5.2.2
)",
         "amazonworkmail",
         "bounce",
         {{"anna@example.com", 550, "over quota"}}},
        {"barracuda",
         R"(From: MAILER-DAEMON@example.net
Subject: **Message you sent blocked by our bulk email filter**

Your message to: anna@example.com
was blocked by our Spam Firewall. The email you sent has NOT BEEN DELIVERED:

Subject: Offer
)",
         "barracuda",
         "bounce",
         {{"anna@example.com", 0, "blocked by our Spam Firewall"}}},
        {"bigfoot",
         R"(From: Mail Delivery Subsystem <MAILER-DAEMON@bigfoot.com>
Subject: Returned mail

   ----- The following addresses had permanent fatal errors -----
<anna@example.com>

   ----- Transcript of session follows -----
>>> RCPT TO:<anna@example.com>
<<< 553 Invalid recipient anna@example.com
)",
         "bigfoot",
         "bounce",
         {{"anna@example.com", 553, "Invalid recipient"}}},
        {"biglobe",
         R"(From: postmaster@biglobe.ne.jp
Subject: Returned mail

   ----- The following addresses had delivery problems -----

<anna@example.com>

   ----- Non-delivered information -----
The number of messages in recipient's mailbox exceeded the local limit.
)",
         "biglobe",
         "bounce",
         {{"anna@example.com", 0, "exceeded the local limit"}}},
        {"courier",
         R"(From: postmaster@example.net
Subject: NOTICE: mail delivery status.

This is a delivery status notification from mx.example.net,
running the Courier mail server, version 0.73.

                           UNDELIVERABLE MAIL

Your message to the following recipients cannot be delivered:

<anna@example.com>:
    mx.example.com [192.0.2.1]:
>>> RCPT TO:<anna@example.com>
<<< 550-5.1.1 nobody of that name
<<< 550 5.1.1 lives here

<bert@example.org>:
<<< No such domain.

---------------------------------------------------------------------------

If your message was also sent to additional recipients, their delivery
status is not included in this report.
)",
         "courier",
         "bounce",
         {{"anna@example.com", 550, "550-5.1.1 nobody of that name\n550 5.1.1 lives here"},
          {"bert@example.org", 0, "No such domain."}}},
        {"domino",
         R"(From: Postmaster@example.net
Subject: DELIVERY FAILURE: User anna (anna@example.com) not listed in Domino Directory

Your message

  Subject: Offer

was not delivered to:

  anna@example.com

because:

  User anna (anna@example.com) not listed in
  Domino Directory

)",
         "domino",
         "bounce",
         {{"anna@example.com", 0, "not listed in Domino Directory"}}},
        {"notes",
         R"(From: postmaster@example.net
Subject: Undeliverable message

------- Failure Reasons  --------

User not listed in public Name & Address Book
anna@example.com
bert@example.com

No route to that domain
carl@example.org

------- Returned Message --------

Received: from relay.example.net
)",
         "notes",
         "bounce",
         {{"anna@example.com", 0, "public Name & Address Book"},
          {"bert@example.com", 0, "public Name & Address Book"},
          {"carl@example.org", 0, "No route"}}},
        {"dragonfly",
         R"(From: MAILER-DAEMON <>
Subject: Mail delivery failed

This is the DragonFly Mail Agent v0.13 at host.example.net.

There was an error delivering your mail to <anna@example.com>.

mx.example.com [192.0.2.1] did not like our RCPT TO:
550-5.7.1 not from
550 5.7.1 that address

Message headers follow.

Received: from root
)",
         "dragonfly",
         "bounce",
         {{"anna@example.com", 550, "5.7.1 that address"}}},
        {"einsundeins",
         R"(From: "Mail Delivery System" <mailer-daemon@kundenserver.de>
Subject: Mail delivery failed: returning message to sender

This message was created automatically by mail delivery software.

A message that you sent could not be delivered to one or more of
its recipients. This is a permanent error. The following address
failed:

<anna@example.com>:
SMTP error from remote server for RCPT TO command, host: mx.example.com (192.0.2.1) reason: 550
5.1.1 nobody of that name

--- The header of the original message is following. ---

Received: from relay
)",
         "einsundeins",
         "bounce",
         {{"anna@example.com", 550, "nobody of that name"}}},
        {"ezweb",
         R"(From: Postmaster@ezweb.ne.jp
Subject: Mail System Error - Returned Mail

The user(s) account is temporarily over quota.

<anna@ezweb.ne.jp>
<bert@ezweb.ne.jp>
)",
         "ezweb",
         "bounce",
         {{"anna@ezweb.ne.jp", 0, "over quota"}, {"bert@ezweb.ne.jp", 0, "over quota"}}},
        {"ezweb with a dialogue",
         R"(From: Postmaster@ezweb.ne.jp
Subject: Mail System Error - Returned Mail

Each of the following recipients was rejected by a remote
mail server.

    Recipient: <anna@ezweb.ne.jp>
    >>> RCPT TO:<anna@ezweb.ne.jp>
    <<< 550 <anna@ezweb.ne.jp>: unknown here
    Recipient: <bert@ezweb.ne.jp>
    >>> RCPT TO:<bert@ezweb.ne.jp>
    <<< 552 full
)",
         "ezweb",
         "bounce",
         {{"anna@ezweb.ne.jp", 550, "unknown here"}, {"bert@ezweb.ne.jp", 552, "full"}}},
        {"kddi",
         R"(From: no-reply@app.example.net
Subject: Mail

Your mail sent on: Mon, 1 Jan 2024 00:00:00 +0900
     Could not be delivered to: <anna@example.com>
     As their mailbox is full.
)",
         "kddi",
         "bounce",
         {{"anna@example.com", 0, "mailbox is full"}}},
        {"facebook",
         R"(From: Facebook <mailer-daemon@mx.facebook.com>
Subject: Sorry, your message could not be delivered
MIME-Version: 1.0
Content-Type: multipart/report; boundary=b

--b

This message was created automatically by Facebook.

The person you are writing to takes no mail.

--b
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.example.net

Final-Recipient: rfc822; anna@facebook.com
Action: failed
Status: 5.1.1
Diagnostic-Code: smtp; 550 5.1.1 RCP-P2 refused

--b--
)",
         "facebook",
         "bounce",
         {{"anna@facebook.com", 550, "RCP-P2 refused"}}},
        {"fml",
         R"(From: news-admin@example.net
Subject: Loop Alert: Duplicated Message-ID (news ML)
X-MLServer: fml [fml 4.0.3 release]

Duplicated Message-ID in <news@example.net>.

Original mail as follows:

   From owner-news@example.net
)",
         "fml",
         "bounce",
         {{"news@example.net", 0, "Duplicated Message-ID"}}},
        {"gmail",
         R"(From: Mail Delivery Subsystem <mailer-daemon@googlemail.com>
Subject: Delivery Status Notification (Failure)
X-Failed-Recipients: anna@example.com

Delivery to the following recipient failed permanently:

     anna@example.com

Technical details of permanent failure:
Google tried to deliver your message, but it was rejected by the server for the recipient domain example.com by mx.example.com. [192.0.2.1].

The error that the other server returned was:
550 5.2.2 <anna@example.com> over quota

----- Original message -----

Received: by 192.0.2.9
)",
         "gmail",
         "bounce",
         {{"anna@example.com", 550, "over quota"}}},
        {"gmail delay",
         R"(From: Mail Delivery Subsystem <mailer-daemon@googlemail.com>
Subject: Delivery Status Notification (Delay)

THIS IS A WARNING MESSAGE ONLY.

Delivery to the following recipient has been delayed:

     anna@example.com

Message will be retried for 2 more day(s)

----- Original message -----
)",
         "gmail",
         "delay",
         {{"anna@example.com", 0, "retried for 2 more day(s)"}}},
        {"googlegroups",
         R"(From: Mail Delivery Subsystem <mailer-daemon@googlemail.com>
Subject: Delivery Status Notification (Failure)
Auto-Submitted: auto-replied
X-Failed-Recipients: team@googlegroups.com

Hello sender@contoso.com,

The group (team) may not exist, or you may not post to it:

 * You may have to join it.

More at https://groups.google.com/support/

Google Groups

----- Original message -----
)",
         "googlegroups",
         "bounce",
         {{"team@googlegroups.com", 0, "may not post to it"}}},
        {"imailserver",
         R"(From: "Postmaster" <postmaster@example.net>
Subject: Undeliverable Mail
X-Mailer: <SMTP32 v8.12>

Unknown user: anna@example.com
Delivery failed 20 attempts: bert@example.org

Original message follows.

To: carl@example.com
)",
         "imailserver",
         "bounce",
         {{"anna@example.com", 0, "Unknown user"}, {"bert@example.org", 0, "Delivery failed 20 attempts"}}},
        {"imailserver with a response",
         R"(From: "Postmaster" <postmaster@example.net>
Subject: Undeliverable Mail
X-Mailer: <SMTP32 v9.23>

undeliverable to anna@example.com

Body of message generated response:
550-REJECTED
550 listed at example.org
)",
         "imailserver",
         "bounce",
         {{"anna@example.com", 550, "550 listed at example.org"}}},
        {"mailenable",
         R"(From: Postmaster <postmaster@example.net>
Subject: Message Delivery Failure

MailEnable: Message Delivery Failure.

The following recipient(s) could not be reached:

	Recipient: [SMTP:anna@example.com]
	Reason: Remote SMTP Server Returned: 550 unknown user

	Recipient: [SMTP:bert@example.org]
	Reason: The domain does not exist.

Message headers follow:

Received: from relay
)",
         "mailenable",
         "bounce",
         {{"anna@example.com", 550, "unknown user"}, {"bert@example.org", 0, "The domain does not exist."}}},
        {"hmailserver",
         R"(From: mailer-daemon@example.net
Subject: Message undeliverable: Offer

Your message did not reach some or all of the intended recipients.

   Sent: Mon, 1 Jan 2024 00:00:00 +0000
   Subject: Offer

The following recipient(s) could not be reached:

anna@example.com
   Error Type: SMTP
   Remote server (192.0.2.1) issued an error.
   hMailServer sent: RCPT TO:<anna@example.com>
   Remote server replied: 550 5.1.1 nobody of that name

hMailServer
)",
         "hmailserver",
         "bounce",
         {{"anna@example.com", 550, "nobody of that name"}}},
        {"mailfoundry",
         R"(From: MAILER-DAEMON@example.net
Subject: Message delivery has failed

Unable to deliver message to: <anna@example.com>
Delivery failed for the following reason:
Server mx.example.com[192.0.2.1] failed with: 550 <anna@example.com> not here

This has been a permanent failure.  No further delivery attempts will be made.
)",
         "mailfoundry",
         "bounce",
         {{"anna@example.com", 550, "not here"}}},
        {"mailmarshal",
         R"(From: postmaster@example.net
Subject: Undeliverable Mail: "Offer"

Your message:
   From:    sender@contoso.com
   Subject: Offer

Could not be delivered because of

550 5.1.1 nobody of that name

The following recipients were affected:
    anna@example.com
    bert@example.com

Additional Information
======================
Original Sender:    <sender@contoso.com>
)",
         "mailmarshal",
         "bounce",
         {{"anna@example.com", 550, "nobody of that name"},
          {"bert@example.com", 550, "nobody of that name"}}},
        {"mailru",
         R"(From: mailer-daemon@corp.mail.ru
Subject: Mail failure.
X-Failed-Recipients: anna@example.com

Letter of Mail.Ru:

  anna@example.com
    a sentence in another language

**********************

This message was created automatically by mail delivery software.

A message that you sent could not be delivered to one or more of its
recipients. This is a permanent error. The following address(es) failed:

  anna@example.com
    SMTP error from remote mail server after RCPT TO:<anna@example.com>:
    host mx.example.com [192.0.2.1]: 550 5.1.1 nobody of that name

------ This is a copy of the message, including all the headers. ------
)",
         "mailru",
         "bounce",
         {{"anna@example.com", 550, "nobody of that name"}}},
        {"mcafee",
         R"(From: <MAILER-DAEMON@example.net>
Subject: Delivery Status

    --- The following addresses had delivery problems ---

<anna@example.com>   (Unknown user anna@example.com)
<bert@example.com>   (5.2.2 over quota)
)",
         "mcafee",
         "bounce",
         {{"anna@example.com", 0, "Unknown user"}, {"bert@example.com", 0, "over quota"}}},
        {"messagelabs",
         R"(From: MAILER-DAEMON@messagelabs.com
Subject: Mail Delivery Failure

<anna@example.com>:
550 5.1.1 nobody of that name
)",
         "messagelabs",
         "bounce",
         {{"anna@example.com", 550, "nobody of that name"}}},
        {"messagingserver",
         R"(From: postmaster@example.net
Subject: Delivery Notification: Delivery has failed

This report relates to a message you sent with the following header fields:

  To: anna@example.com

Your message cannot be delivered to the following recipients:

  Recipient address: anna@example.com
  Reason: Remote SMTP server has rejected address
  Diagnostic code: smtp;550 5.1.1 nobody
   of that name
  Remote system: dns;mx.example.com (TCP|192.0.2.9|34321|192.0.2.1|25)

  Recipient address: bert@example.org
  Reason: Illegal host/domain name found
)",
         "messagingserver",
         "bounce",
         {{"anna@example.com", 550, "nobody of that name"},
          {"bert@example.org", 0, "Illegal host/domain name found"}}},
        {"mfilter",
         R"(From: POSTMASTER <postmaster@example.net>
Subject: failure notice
X-Mailer: m-FILTER

anna@example.com

-------server message
550 5.1.1 nobody of that name

-------SMTP command
RCPT TO

-------original message
Received: from relay
)",
         "mfilter",
         "bounce",
         {{"anna@example.com", 550, "nobody of that name"}}},
        {"mimecast",
         R"(From: "postmaster" <postmaster@example.net>
Subject: [Postmaster] Email Delivery Failure

An email that you attempted to send to the following address could not be delivered:
-- anna@example.com

The problem appears to be :
-- Recipient email address is possibly incorrect

Additional information follows :
-- 5.4.1 Recipient address rejected: Access denied

This condition occurred after 1 attempt(s) to deliver over
a period of 0 hour(s).
)",
         "mimecast",
         "bounce",
         {{"anna@example.com", 0, "5.4.1 Recipient address rejected"}}},
        {"mxlogic",
         R"(From: Mail Delivery System <MAILER-DAEMON@relay.example.net>
Subject: Mail delivery failed
X-MX-Bounce: mta/src/queue/bounce

This message was created automatically by mail delivery software.

A message that you have sent could not be delivered to one or more
recipients.  This is a permanent error.  The following address failed:

  <anna@example.com>: 550 5.1.1 nobody of that name

Included is a copy of the message header:
-----------------------------------------
Received: from relay
)",
         "mxlogic",
         "bounce",
         {{"anna@example.com", 550, "nobody of that name"}}},
        {"opensmtpd",
         R"(From: Mailer Daemon <MAILER-DAEMON@example.net>
Subject: Delivery status notification: error

    Hi!

    This is the MAILER-DAEMON, please DO NOT REPLY to this email.

    An error has occurred while attempting to deliver a message for
    the following list of recipients:

anna@example.com: 550 5.1.1 nobody of that name
bert@example.org: Domain does not exist

    Below is a copy of the original message:

Received: from relay
)",
         "opensmtpd",
         "bounce",
         {{"anna@example.com", 550, "nobody of that name"},
          {"bert@example.org", 0, "Domain does not exist"}}},
        {"opensmtpd delay",
         R"(From: Mailer Daemon <MAILER-DAEMON@example.net>
Subject: Delivery status notification: delayed

    This is the MAILER-DAEMON, please DO NOT REPLY to this email.

    A message is delayed for more than 4 hours for the following
    list of recipients:

anna@example.com: 421 4.7.0 later

    Please note that this is only a temporary failure report.
    The message is kept in the queue for up to 7 days.

    Below is a copy of the original message:
)",
         "opensmtpd",
         "delay",
         {{"anna@example.com", 421, "later"}}},
        {"outlook",
         R"(From: postmaster@mail.hotmail.com
Subject: Delivery Status Notification (Failure)

This is an automatically generated Delivery Status Notification.

Delivery to the following recipients failed.

       anna@example.com

)",
         "outlook",
         "bounce",
         {{"anna@example.com", 0, ""}}},
        {"powermta",
         R"(From: postmaster@example.net
Subject: Delivery report

Hello, this is the mail server on example.net.

I am sending you this message to inform you on the delivery status of a
message you previously sent.

<anna@example.com> delivery failed; will not continue trying
)",
         "powermta",
         "bounce",
         {{"anna@example.com", 0, "will not continue trying"}}},
        {"qmail",
         R"(From: MAILER-DAEMON@example.net
Subject: failure notice

Hi. This is the qmail-send program at example.net.
I'm afraid I wasn't able to deliver your message to the following addresses.
This is a permanent error; I've given up. Sorry it didn't work out.

<anna@example.com>:
192.0.2.1 does not like recipient.
Remote host said: 450-4.2.2 her mailbox
450 4.2.2 is full
Giving up on 192.0.2.1.
I'm not going to try again; this message has been in the queue too long.

<bert@example.org>:
Sorry, I couldn't find any host named example.org. (#5.1.2)

--- Below this line is a copy of the message.

Return-Path: <sender@contoso.com>
)",
         "qmail",
         "bounce",
         {{"anna@example.com", 450, "450 4.2.2 is full"},
          {"bert@example.org", 0, "any host named example.org"}}},
        {"qmail of a gateway",
         R"(From: MAILER-DAEMON@example.net
Subject: failed delivery

Message from  example.net.
Unable to deliver message to the following address(es).

<anna@example.com>:
This account is over quota.

--- Original message follows.

Return-Path: <sender@contoso.com>
)",
         "qmail",
         "bounce",
         {{"anna@example.com", 0, "This account is over quota."}}},
        {"receivingses",
         R"(From: postmaster@example.net
Subject: Delivery Status Notification (Failure)
X-SES-Outgoing: 2024.01.01-192.0.2.1
MIME-Version: 1.0
Content-Type: multipart/report; boundary=b

--b

This message could not be delivered.

--b
Content-Type: message/delivery-status

Reporting-MTA: dns; smtp.example.net

Final-Recipient: rfc822; anna@example.com
Action: failed
Status: 5.3.4
Diagnostic-Code: smtp; 552 5.3.4 Message too large

--b--
)",
         "receivingses",
         "bounce",
         {{"anna@example.com", 552, "too large"}}},
        {"sendgrid",
         R"(From: MAILER-DAEMON@example.net
Subject: Undelivered Mail

This is an automatically generated message from SendGrid.

I'm sorry to have to tell you that your message was not able to be delivered to one of its intended recipients.

If you require assistance with this, please contact SendGrid support.

<anna@example.com>: 550 5.1.1 nobody of that name
)",
         "sendgrid",
         "bounce",
         {{"anna@example.com", 550, "nobody of that name"}}},
        {"sendmail",
         R"(From: Mail Delivery Subsystem <MAILER-DAEMON@example.net>
Subject: Returned mail: see transcript for details

The original message was received at Mon, 1 Jan 2024 00:00:00 GMT
from relay.example.net [192.0.2.9]

   ----- The following addresses had permanent fatal errors -----
<anna@example.com>
    (reason: 550-5.1.1 nobody)
<bert@example.org>
    (reason: 552 5.2.2 over quota)
"|/usr/local/bin/filter"
    (reason: 255)
    (expanded from: <carl@example.net>)

   ----- Transcript of session follows -----
... while talking to mx.example.com.:
>>> RCPT To:<anna@example.com>
<<< 550-5.1.1 nobody
<<< 550 5.1.1 of that name
550 5.1.1 <anna@example.com>... User unknown
<<< 503 5.0.0 Need RCPT (recipient)
... while talking to mx.example.org.:
>>> DATA
<<< 552 5.2.2 over quota
552 5.2.2 <bert@example.org>... over quota
cannot write: no space left
554 5.3.0 unknown mailer error 255

   ----- Unsent message follows -----
Received: from relay
)",
         "sendmail",
         "bounce",
         {{"anna@example.com", 550, "550 5.1.1 of that name"},
          {"bert@example.org", 552, "over quota"},
          {"carl@example.net", 554, "no space left"}}},
        {"v5sendmail",
         R"(From: Mail Delivery Subsystem <MAILER-DAEMON@example.net>
Subject: Returned mail: User unknown

   ----- Transcript of session follows -----
While talking to mx.example.com:
>>> MAIL From:<sender@contoso.com>
<<< 501 <sender@contoso.com>... your relay is open
554 <anna@example.com>... Remote protocol error
550 example.org (smtp)... 550 Host unknown
554 <bert@example.org>... 550 Host unknown (Authoritative answer from name server)
While talking to mx.example.net:
>>> RCPT To:<carl@example.net>
<<< 550 <carl@example.net>, never heard of
550 <carl@example.net>... User unknown
250 <dora@example.net>... Sent

   ----- Unsent message follows -----
Received: by relay; Mon, 1 Jan 1996 00:00:00 GMT
)",
         "v5sendmail",
         "bounce",
         {{"anna@example.com", 501, "your relay is open"},
          {"bert@example.org", 550, "Host unknown"},
          {"carl@example.net", 550, "never heard of"}}},
        {"surfcontrol",
         R"(From: <MAILER-DAEMON@example.net>
Subject: Offer
X-Mailer: SurfControl E-mail Filter

Your message could not be sent.
A transcript of the attempts to send the message follows.
The number of attempts made: 1
Addressed To: anna@example.com

Mon 1 Jan 2024 00:00:00 +0000
Failed to send to identified host,
anna@example.com: [192.0.2.1], 550 nobody of that name
--- Message non-deliverable.
)",
         "surfcontrol",
         "bounce",
         {{"anna@example.com", 550, "nobody of that name"}}},
        {"trendmicro with a dialogue",
         R"(From: "InterScan MSS" <postmaster@example.net>
Subject: Mail could not be delivered

...

Sent <<< RCPT TO:<anna@example.com>
Received >>> 550 5.1.1 nobody of that name

...
)",
         "trendmicro",
         "bounce",
         {{"anna@example.com", 550, "nobody of that name"}}},
        {"trendmicro with a sentence",
         R"(From: postmaster@example.net ("InterScan Notification")
Subject: Mail could not be delivered

****** Message from InterScan Messaging Security Suite ******

The following mail could not be delivered.
Reason:  Unable to deliver message to <anna@example.com> (and other recipients in the same domain).

************************     End of message     **********************
)",
         "trendmicro",
         "bounce",
         {{"anna@example.com", 0, "other recipients in the same domain"}}},
        {"verizon",
         R"(From: post_master@vtext.com
Subject: Undeliverable Message

Error: No valid recipients for this MM

  Original Message:
  RCPT TO: 5550100@vtext.com
)",
         "verizon",
         "bounce",
         {{"5550100@vtext.com", 0, "No valid recipients for this MM"}}},
        {"yahoo",
         R"(From: MAILER-DAEMON@yahoo.com
Subject: Failure Notice

Sorry, we were unable to deliver your message to the following address.

<anna@example.com>:
Remote host said:
554 not from this address
 [RCPT_TO]

--- Below this line is a copy of the message.

Received: from relay
)",
         "yahoo",
         "bounce",
         {{"anna@example.com", 554, "not from this address"}}},
        {"yandex",
         R"(From: mailer-daemon@yandex.ru
Subject: Undelivered

This is the mail system at host yandex.ru.

I'm sorry to have to inform you that your message could not
be delivered to one or more recipients. It's attached below.

Please, do not reply to this message.

<anna@example.com>: host mx.example.com[192.0.2.1] said: 550 5.1.1
    nobody of that name (in reply to RCPT TO command)
)",
         "yandex",
         "bounce",
         {{"anna@example.com", 550, "nobody of that name"}}},
        {"zoho",
         R"(From: mailer-daemon@mail.zoho.com
Subject: Undelivered Mail Returned to Sender

This message was created automatically by mail delivery software.

anna@example.com Invalid Address, ERROR_CODE :550, ERROR_CODE :5.1.1 nobody of that name
[Status: Error, Address: <bert@example.org>, ResponseCode 421, , Host not reachable.]
)",
         "zoho",
         "bounce",
         {{"anna@example.com", 550, "nobody of that name"}, {"bert@example.org", 421, "Host not reachable"}}},
        {"james",
         R"(From: postmaster@example.net
Subject: Re:Offer

Hi. This is the James mail server at example.net.
I'm afraid I wasn't able to deliver your message to the following addresses.
This is a permanent error; I've given up. Sorry it didn't work out. Below
I include the list of recipients and the reason why I was unable to deliver
your message.

Failed recipient(s):
anna@example.com

Error message:
550 5.1.1 nobody of that name

)",
         "james",
         "bounce",
         {{"anna@example.com", 550, "nobody of that name"}}},
        {"james, older",
         R"(From: postmaster@example.net
Subject: [BOUNCE]

Message details:
  Subject: Offer
  MAIL FROM: sender@contoso.com
  RCPT TO: anna@example.com
  From: sender@contoso.com
  To: anna@example.com

  Error message below:
550 - nobody of that name

)",
         "james",
         "bounce",
         {{"anna@example.com", 550, "nobody of that name"}}},
        {"mdaemon",
         R"(From: MDaemon@example.net
Subject: Permanent Delivery Failure

The attached message had PERMANENT fatal delivery errors!

Failed address: anna@example.com

--- Session Transcript ---
 Mon 2024-01-01 00:00:00: <-- 220 mx.example.com ESMTP
 Mon 2024-01-01 00:00:00: --> RCPT To:<anna@example.com>
 Mon 2024-01-01 00:00:00: <-- 550 5.1.1 nobody of that name
 Mon 2024-01-01 00:00:00: --> QUIT
--- End Transcript ---
)",
         "mdaemon",
         "bounce",
         {{"anna@example.com", 550, "nobody of that name"}}},
        {"icloud",
         R"(From: Mail Delivery System <mailer-daemon@icloud.com>
Subject: Undelivered Mail
MIME-Version: 1.0
Content-Type: multipart/report; boundary=b

--b
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.example.net

Final-Recipient: rfc822; anna@example.com
Action: failed
Status: 5.1.1
Diagnostic-Code: smtp; 550 5.1.1 nobody of that name

--b--
)",
         "icloud",
         "bounce",
         {{"anna@example.com", 550, "nobody of that name"}}},
        {"aol",
         R"(From: Postmaster <Postmaster@AOL.com>
Subject: Undeliverable: Offer
MIME-Version: 1.0
Content-Type: multipart/report; boundary=b

--b
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.example.net

Final-Recipient: rfc822; anna@example.com
Action: failed
Status: 5.2.2
Diagnostic-Code: smtp; 550 5.2.2 over quota

--b--
)",
         "aol",
         "bounce",
         {{"anna@example.com", 550, "over quota"}}},
        {"ironport",
         R"(From: MAILER-DAEMON@example.net
Subject: Delivery Status Notification (Failure)

The following message to <anna@example.com> was undeliverable.
The reason for the problem:
5.1.0 - Unknown address error 550-'5.1.1 nobody of that name'
)",
         "ironport",
         "bounce",
         {{"anna@example.com", 550, "nobody of that name"}}},
        {"delivery-errors",
         R"(From: "Mail Deliver System" <MAILER-DAEMON@example.net>
Subject: Returned Mail: User unknown

The original message was received at Mon, 1 Jan 2024 00:00:00 +0000
from sender@contoso.com

---The following addresses had delivery errors---

anna@example.com [User unknown]
bert@example.com [Mailbox full]

A line of the original.
)",
         "delivery-errors",
         "bounce",
         {{"anna@example.com", 0, "User unknown"}, {"bert@example.com", 0, "Mailbox full"}}},
        {"step-report",
         R"(From: postmaster@example.net
Subject: Delivery failure

NOTICE: Delivery Failure.

Your delivery to the following address has been failed.
------------------------------------------------------

Delivery failed: anna@example.com
192.0.2.1 failed after I sent the message.
Remote host said[Response Message]: 554 5.4.14 Hop count exceeded
STEP: DATA SEND

)",
         "step-report",
         "bounce",
         {{"anna@example.com", 554, "Hop count exceeded"}}},
        {"permanently-failed",
         R"(From: Mail Delivery System <>
Subject: Delivery status notification

      This is an automatically generated Delivery Status Notification.

Delivery to the following recipients failed permanently:

   * anna@example.com

============================================================
SMTP:RCPT host 192.0.2.1: 553 5.3.0 nobody of that name
)",
         "permanently-failed",
         "bounce",
         {{"anna@example.com", 553, "nobody of that name"}}},
        {"error-count",
         R"(From: mailer-daemon
Subject: There was an error sending your mail

We had trouble delivering your message. Full details follow:

Subject: 'Offer'

2 error(s):

SMTP Server <mx.example.com> rejected recipient <anna@example.com> (Error following RCPT command). It responded as follows: [550 5.1.1 nobody [of that name]]
SMTP Server <mx.example.org> rejected recipient <bert@example.org> (Error following RCPT command). It responded as follows: [552 full]
)",
         "error-count",
         "bounce",
         {{"anna@example.com", 550, "nobody [of that name]"}, {"bert@example.org", 552, "full"}}},
        {"exim",
         R"(From: Mail Delivery System <Mailer-Daemon@example.net>
Subject: Mail delivery failed: returning message to sender
Auto-Submitted: auto-replied
X-Failed-Recipients: anna@example.com, bert@example.org

This message was created automatically by mail delivery software.

A message that you sent could not be delivered to one or more of its
recipients. This is a permanent error. The following address(es) failed:

  anna@example.com
    host mx.example.com [192.0.2.1]
    SMTP error from remote mail server after RCPT TO:<anna@example.com>:
    550-5.1.1 nobody
    550 5.1.1 of that name
  bert@example.org
    (ultimately generated from carl@example.net)
    all relevant MX records point to non-existent hosts

------ This is a copy of the message, including all the headers. ------

Return-path: <sender@contoso.com>
)",
         "exim",
         "bounce",
         {{"anna@example.com", 550, "550 5.1.1 of that name"},
          {"bert@example.org", 0, "non-existent hosts"}}},
        {"exim, a pipe",
         R"(From: Mail Delivery System <Mailer-Daemon@example.net>
Subject: Mail delivery failed: returning message to sender
X-Failed-Recipients: anna@example.net

This message was created automatically by mail delivery software.

A message that you sent could not be delivered to one or more of its
recipients. This is a permanent error. The following address(es) failed:

  pipe to |/usr/bin/filter
    generated from anna@example.net
    Child process of address_pipe transport returned 69
)",
         "exim",
         "bounce",
         {{"anna@example.net", 0, "Child process of address_pipe"}}},
        {"exim delay",
         R"(From: Mail Delivery System <Mailer-Daemon@example.net>
Subject: Warning: message 1aBcDe-000001-Xy delayed 24 hours

This message was created automatically by mail delivery software.
A message that you sent has not yet been delivered to one or more of its
recipients after more than 24 hours on the queue on example.net.

The message identifier is:     1aBcDe-000001-Xy

The address to which the message has not yet been delivered is:

  anna@example.com
    Delay reason: Connection timed out

No action is required on your part. Delivery attempts will continue for
some time.
)",
         "exim",
         "delay",
         {{"anna@example.com", 0, "Connection timed out"}}},
        {"postfix",
         R"(From: MAILER-DAEMON@example.net (Mail Delivery System)
Subject: Undelivered Mail Returned to Sender

This is the mail system at host relay.example.net.

                   The mail system

<anna@example.com>: host mx.example.com[192.0.2.1] said: 550-5.1.1 nobody
    550 5.1.1 of that name (in reply to RCPT TO command)

<bert@example.org>: Host or domain name not found. Name service error for
    name=example.org type=A: Host not found
)",
         "postfix",
         "bounce",
         {{"anna@example.com", 550, "of that name"}, {"bert@example.org", 0, "type=A: Host not found"}}},
        {"exchange-2003",
         R"(From: System Administrator <postmaster@example.net>
Subject: Undeliverable: Offer

Your message

  To:      anna@example.com
  Subject: Offer

did not reach the following recipient(s):

anna@example.com on Mon, 1 Jan 2024 00:00:00 -0000
    The recipient name is not recognized
	The MTS-ID of the original message is: c=us;a= ;p=contoso
;l=MAIL0000000000000000000
    MSEXCH:IMS:CONTOSO:EAST:MAIL 0 (000C05A6) Unknown Recipient
)",
         "exchange-2003",
         "bounce",
         {{"anna@example.com", 0, "The recipient name is not recognized MSEXCH"}}},
        {"exchange",
         R"(From: <postmaster@example.net>
Subject: Undeliverable: Offer

Delivery has failed to these recipients or groups:

anna@example.com<mailto:anna@example.com>
The address was not found.

Diagnostic information for administrators:

Generating server: mail.example.net

anna@example.com
Remote Server returned '550 5.1.10 RESOLVER.ADR.RecipientNotFound; not found'

Original message headers:

Received: from relay
)",
         "exchange",
         "bounce",
         {{"anna@example.com", 550, "RecipientNotFound; not found'"}}},
        {"unrecognised",
         R"(From: MAILER-DAEMON@example.net
Subject: Undeliverable

I could not pass on your letter. Failed recipient: anna@example.com
The server answered:
550 5.1.1 nobody of that name
)",
         "unrecognised",
         "bounce",
         {{"anna@example.com", 550, "nobody of that name"}}},
        {"a report that was forwarded",
         R"(From: Anna <anna@contoso.com>
Subject: Fwd: failure notice

Look at this:

> Hi. This is the qmail-send program at example.net.
> I'm afraid I wasn't able to deliver your message to the following addresses.
>
> <bert@example.com>:
> Remote host said: 550 nobody of that name
>
> --- Below this line is a copy of the message.
)",
         "qmail",
         "bounce",
         {{"bert@example.com", 550, "nobody of that name"}}},
        {"an unsubscription by Apple Mail",
         R"(From: anna@icloud.com
Subject: unsubscribe
Auto-Submitted: auto-replied
X-Apple-Unsubscribe: true

Apple Mail sent this email to unsubscribe.
)",
         "arf",
         "complaint",
         {{"anna@icloud.com", 0, ""}}},
    };
    return all;
}

std::string words_of(const Recipient& recipient) {
    return recipient.reply.text + '\n' + recipient.notice;
}

void check(const Row& row, const Bounce& bounce) {
    CHECK(bounce.format == row.format);
    CHECK(to_string(bounce.kind) == row.kind);
    REQUIRE(bounce.recipients.size() == row.told.size());
    for (std::size_t i = 0; i < row.told.size(); ++i) {
        const Recipient& recipient = bounce.recipients[i];
        CHECK(recipient.address == row.told[i].address);
        CHECK(recipient.reply.code == row.told[i].code);
        CHECK_THAT(words_of(recipient), Catch::Matchers::Contains(row.told[i].words));
    }
}

std::string with_crlf(std::string_view text) {
    std::string out;
    for (const char c : text) {
        if (c == '\n') out += '\r';
        out += c;
    }
    return out;
}

} // namespace

TEST_CASE("every dialect is read") {
    for (const Row& row : rows()) {
        DYNAMIC_SECTION(row.name << " with LF") {
            check(row, read(row.mail));
        }
        DYNAMIC_SECTION(row.name << " with CRLF") {
            check(row, read(with_crlf(row.mail)));
        }
    }
}

TEST_CASE("a report cut anywhere is read without harm") {
    for (const Row& row : rows()) {
        const std::string_view mail = row.mail;
        for (std::size_t size = 0; size < mail.size(); size += 7)
            CHECK(read(mail.substr(0, size)).recipients.size() <= row.told.size() + 2);
    }
}

TEST_CASE("a recipient's words hold nothing of the next one, nor of the original") {
    for (const Row& row : rows()) {
        const Bounce bounce = read(row.mail);
        for (const Recipient& recipient : bounce.recipients) {
            INFO(row.name);
            CHECK(words_of(recipient).find("Received:") == std::string::npos);
            CHECK(words_of(recipient).find("Return-P") == std::string::npos);
            for (const Recipient& other : bounce.recipients)
                if (other.address != recipient.address)
                    CHECK(words_of(recipient).find(other.address) == std::string::npos);
        }
    }
}

TEST_CASE("the last dialogue with qmail becomes stage, host and reply") {
    const Bounce bounce = read("From: MAILER-DAEMON@example.net\nSubject: failure notice\n\n"
                               "Hi. This is the qmail-send program at example.net.\n\n"
                               "<anna@example.com>:\nConnected to 192.0.2.1 but sender was rejected.\n"
                               "Remote host said: 421 4.7.0 later\n"
                               "I'm not going to try again; this message has been in the queue too long.\n");
    REQUIRE(bounce.recipients.size() == 1);
    const Recipient& recipient = bounce.recipients.front();
    CHECK(recipient.reply.text == "421 4.7.0 later");
    CHECK(recipient.reply.host == "192.0.2.1");
    CHECK(recipient.stage == relaytool::smtp::Stage::mail_from);
    CHECK(recipient.notice == "I'm not going to try again; this message has been in the queue too long.");
}

TEST_CASE("a text that is cut short ends with a whole character") {
    for (
        const std::string_view head :
        {"From: mailer-daemon@googlemail.com\nSubject: x\n\nDelivery to the following recipient failed:\n\n"
         "anna@example.com\n\nTechnical details of permanent failure:\n",
         "From: Facebook <mailer-daemon@mx.facebook.com>\nSubject: x\n\nThis message was created automatically by Facebook.\n\n",
         "From: mailer-daemon@googlemail.com\nSubject: x\nX-Failed-Recipients: a@example.com\n\n** Message not delivered **\n"}) {
        for (const std::string_view lead : {"", "x", "xx"}) {
            std::string mail = std::string(head) + std::string(lead);
            for (int i = 0; i < 5000; ++i)
                mail += "\xE2\x82\xAC";
            const Bounce bounce = read(mail);
            CHECK(relaytool::encoding::is_utf8(bounce.notice));
            for (const Recipient& recipient : bounce.recipients)
                CHECK(relaytool::encoding::is_utf8(words_of(recipient)));
        }
    }
}

TEST_CASE("what is no report is none") {
    struct Plain {
        const char* name;
        const char* mail;
        const char* kind;
    };
    const Plain plains[] = {
        {"a letter", "From: anna@example.com\nSubject: Lunch\n\nbert@example.org:\ncould you come?\n",
         "not-a-bounce"},
        {"a newsletter on parcels",
         "From: shop@example.com\nSubject: Delivery status of your order\nList-Unsubscribe: <mailto:out@example.com>\n\n"
         "We were unable to hand over your parcel.\n\nhelp@example.com\n",
         "not-a-bounce"},
        {"a newsletter on vacations",
         "From: shop@example.com\nSubject: Vacation: last seats\nList-Unsubscribe: <mailto:out@example.com>\n\nBook now.\n",
         "not-a-bounce"},
        {"mail that passed MX Logic",
         "From: anna@example.com\nSubject: Lunch\nX-MXL-NoteHash: 00ff\n\nAt noon?\n", "not-a-bounce"},
        {"mail by Amazon WorkMail",
         "From: anna@example.com\nSubject: Lunch\nX-Mailer: Amazon WorkMail\n\nAt noon?\n", "not-a-bounce"},
        {"an automatic answer",
         "From: anna@example.com\nSubject: Automatic reply: Offer\nAuto-Submitted: auto-replied\n\nI am away.\n",
         "auto-reply"},
        {"an automatic answer of Apple",
         "From: anna@example.com\nSubject: Auto reply: Offer\nX-Apple-Action: VACATION\n\nAway.\n",
         "auto-reply"},
    };
    for (const Plain& plain : plains) {
        INFO(plain.name);
        CHECK(to_string(read(plain.mail).kind) == plain.kind);
    }
}

TEST_CASE("hostile mails") {
    const std::string head = "From: MAILER-DAEMON@example.net\nSubject: failure notice\n\n"
                             "Hi. This is the qmail-send program at example.net.\n";
    SECTION("nothing") {
        CHECK(read("").recipients.empty());
    }
    SECTION("only a header") {
        CHECK(read("From: MAILER-DAEMON@example.net\nSubject: Undeliverable\n").recipients.empty());
    }
    SECTION("a header of each dialect without its text") {
        for (const Row& row : rows()) {
            const std::string_view mail = row.mail;
            read(mail.substr(0, mail.find("\n\n") + 2));
        }
    }
    SECTION("one line of a megabyte") {
        for (const char c : {'a', '@', '<', '>', '"', '{', '[', ' ', '4', '.'})
            CHECK(read(head + std::string(1 << 20, c)).recipients.size() <= 1);
    }
    SECTION("many addresses") {
        std::string mail = head;
        for (int i = 0; i < 20000; ++i)
            mail += "<a" + std::to_string(i) + "@example.com>:\n550 no\n\n";
        CHECK(read(mail).recipients.size() <= 5000);
    }
    SECTION("a dialogue without end") {
        std::string mail = "From: MAILER-DAEMON@example.net\nSubject: Returned mail\n\n"
                           "   ----- Transcript of session follows -----\n";
        for (int i = 0; i < 20000; ++i)
            mail += ">>> RCPT To:<a" + std::to_string(i) + "@example.com>\n<<< 550-no\n";
        CHECK(read(mail).recipients.size() <= 5000);
    }
    SECTION("JSON that is none") {
        const std::string sns = "From: no-reply@sns.amazonaws.com\nSubject: AWS Notification Message\n\n";
        for (const std::string& json :
             {R"({"notificationType)"s,
              R"({"notificationType":"Bounce","bouncedRecipients":[{"emailAddress":"a@b)"s,
              R"({"notificationType":"Bounce\)"s, R"({"notificationType":"\u12"})"s,
              R"({"notificationType":"\ud800\u0041"})"s, "{\"notificationType\":" + std::string(100000, '['),
              "{\"notificationType\":" + std::string(100000, '\\')})
            read(sns + json);
    }
}
