#!/usr/bin/python3
"""swaks, msmtp and curl as clients of `relaytool sandbox`: sandbox_test.py PROGRAM SOURCE_FOLDER

What Office 365 takes, it takes, octet by octet; what it refuses, it refuses in the same words at the same step."""
import socket
import sys
from concurrent.futures import ThreadPoolExecutor

import mail_clients
from checks import Checks
from mail_clients import MESSAGE, PASSWORD, USER, Delivery
from sandbox import Sandbox, login
from servers import HOST, SKIPPED, free_port

SWAKS = {"connect": 21, "starttls": 29, "auth": 28, "mail": 23, "rcpt": 24, "dot": 26}

# Name, server, step, and how the reply begins: what is known of smtp.office365.com and its MX, whatever the rows of the
# sandbox say.
REFUSALS = """
service-not-active         smtp connect 421 4.3.2 Service not active
wrong-password             smtp auth    535 5.7.139 Authentication unsuccessful, the user credentials were incorrect.
basic-auth-disabled        smtp auth    535 5.7.139 Authentication unsuccessful, basic authentication is disabled.
smtp-auth-disabled-tenant  smtp auth    535 5.7.139 Authentication unsuccessful, SmtpClientAuthentication is disabled for the Ten
smtp-auth-disabled-mailbox smtp auth    535 5.7.139 Authentication unsuccessful, SmtpClientAuthentication is disabled for the Mail
security-defaults          smtp auth    535 5.7.139 Authentication unsuccessful, user is locked by your organization's security
basic-auth-retired         smtp auth    550 5.7.30 Basic authentication is not supported for Client Submission.
bad-token                  smtp auth    535 5.7.3 Authentication unsuccessful
malformed-token            smtp auth    501 5.5.124 Invalid XOAUTH2 auth data
auth-temporary             smtp auth    451 4.7.0 Temporary server error. Please try again later. PRX4
auth-service-not-active    smtp auth    421 4.3.2 Service not active
auth-mechanism             smtp auth    504 5.7.4 Unrecognized authentication type
starttls-required          smtp mail    451 5.7.3 STARTTLS is required to send mail
not-authenticated          smtp mail    530 5.7.57 Client not authenticated to send mail.
message-too-big            smtp mail    552 5.3.4 Message size exceeds fixed maximum message size
bad-recipient              smtp rcpt    501 5.1.3 Invalid address
sendas-denied              smtp dot     554 5.2.252 SendAsDenied;
sendas-denied-2018         smtp dot     554 5.2.0 STOREDRV.Submission.Exception:SendAsDeniedException.MapiExceptionSendAsDenied;
sendas-denied-on-premises  smtp dot     550 5.7.60 SMTP; Client does not have permissions to send as this sender
sendas-denied-2010         smtp dot     550 5.7.1 Client does not have permissions to send as this sender
too-many-connections       smtp dot     432 4.3.2 Concurrent connections limit exceeded.
too-many-threads           smtp dot     432 4.3.2 STOREDRV.ClientSubmit; sender thread limit exceeded
recipient-quota            smtp dot     554 5.2.0 STOREDRV.Submission.Exception:SubmissionQuotaExceededException
spam                       smtp dot     554 5.2.0 STOREDRV.Submission.Exception:OutboundSpamException;
bad-outbound-sender        smtp dot     550 5.1.8 Access denied, bad outbound sender
mailbox-full               smtp dot     554 5.2.2 mailbox full; STOREDRV.Submission.Exception:QuotaExceededException
temporary                  smtp dot     451 4.3.111 Temporary server error. Please try again later MRH1
relay-not-attributed       mx   rcpt    550 5.7.64 TenantAttribution; Relay Access Denied
recipient-unknown          mx   rcpt    550 5.4.1 Recipient address rejected: Access denied
banned-ip                  mx   rcpt    550 5.7.606 Access denied, banned sending IP [127.0.0.1].
busy                       mx   mail    451 4.7.500 Server busy
rate-limited               mx   mail    451 4.7.651 The mail server [127.0.0.1] has been temporarily rate limited
"""


def accepted(checks, program):
    with Sandbox(program, "--user", f"{USER}:{PASSWORD}", "--token", "T0ken-abc", "--domain", "here.test") as sandbox:
        for name, deliver in mail_clients.CLIENTS.items():
            for what, one in (("login", login(sandbox)), ("MX", Delivery(sandbox.port("mx"), MESSAGE)),
                              ("MX, TLS", Delivery(sandbox.port("mx"), MESSAGE, tls="starttls", ca=sandbox.ca)),
                              ("two recipients", login(sandbox, recipients=("boss@here.test", "scanner@here.test")))):
                run = deliver(one)
                mails = sandbox.mails()
                checks.that(run.code == 0 and len(mails) == 1, f"{name}: {what}: accepted: {len(mails)}", run)
                for event, octets in mails:
                    sent = MESSAGE if name != "swaks" else MESSAGE + b"\r\n"  # its own empty line
                    checks.that(octets == sent, f"{name}: {what}: byte for byte: {octets!r}", run)
                    envelope = (event["from"], tuple(event["to"]), event["login"] or "")
                    checks.that(envelope == (one.sender, one.recipients, one.user), f"{name}: {what}: the envelope: {event}")
        run = mail_clients.curl(login(sandbox)._replace(user=""), "--user", USER, "--oauth2-bearer", "T0ken-abc")
        checks.that(run.code == 0 and len(sandbox.mails()) == 1, "curl: XOAUTH2: accepted", run)
        run = mail_clients.curl(login(sandbox)._replace(user=""), "--user", USER, "--oauth2-bearer", "T0ken-abx")
        checks.that(run.code != 0 and b"535 5.7.3 Authentication unsuccessful" in run.err, "curl: XOAUTH2: another token", run)
        refusals_without_names(checks, sandbox)


def refusals_without_names(checks, sandbox):
    """What Office 365 refuses by itself."""
    denied = b"554 5.2.252 SendAsDenied; invoicing@here.test not allowed to send as ceo@here.test"
    cases = [
        ("a wrong password", login(sandbox, password="wrong"),
         b"535 5.7.139 Authentication unsuccessful, the user credentials were incorrect."),
        ("no TLS", Delivery(sandbox.port(), MESSAGE), b"451 5.7.3 STARTTLS is required to send mail"),
        ("no login", Delivery(sandbox.port(), MESSAGE, tls="starttls", ca=sandbox.ca),
         b"530 5.7.57 Client not authenticated to send mail."),
        ("another sender", login(sandbox, sender="ceo@here.test"), denied),
        ("another From", login(sandbox, message=MESSAGE.replace(b"<invoicing@", b"<ceo@")), denied),
        ("relaying", Delivery(sandbox.port("mx"), MESSAGE, recipients=("x@else.test",)),
         b"554 5.7.1 <x@else.test>: Relay access denied")]
    for what, one, reply in cases:
        for name, deliver in mail_clients.CLIENTS.items():
            run = deliver(one)
            # A reply line of that length is too much for msmtp.
            said = reply if name != "msmtp" or b"SendAsDenied" not in reply else b"the server sent an invalid reply"
            checks.that(run.code != 0 and said in run.out + run.err, f"{name}: {what}: {said.decode()}", run)


def refused(checks, sandboxes, row):
    name, server, step, reply = row.split(None, 3)
    sandbox = sandboxes.get(name, sandboxes[""])
    for client, deliver in mail_clients.CLIENTS.items():
        one = Delivery(sandbox.port("mx"), MESSAGE) if server == "mx" else login(sandbox)
        if step == "auth" and name not in sandboxes:
            one = one._replace(user=f"{name}@here.test")
        elif step == "rcpt":
            one = one._replace(recipients=(f"{name}@here.test",))
        elif step != "connect":
            one = one._replace(sender=f"{name}@here.test", message=MESSAGE.replace(b"<invoicing@", f"<{name}@".encode()))
        run = deliver(one)
        # A reply line of that length is too much for msmtp.
        said = reply if client != "msmtp" or name != "sendas-denied" else "the server sent an invalid reply"
        checks.that(run.code != 0 and said.encode() in run.out + run.err, f"{client}: {name}: {said}", run)
        if client == "swaks":
            checks.that(run.code == SWAKS[step], f"{client}: {name}: refused at {step}: exit {SWAKS[step]}", run)


def all_refused(checks, program):
    rows = REFUSALS.strip().splitlines()
    with Sandbox(program, "--user", f"{USER}:{PASSWORD}") as sandbox, \
            Sandbox(program, "--fail", "service-not-active") as dead, Sandbox(program, "--fail", "auth-mechanism") as other, \
            ThreadPoolExecutor(3) as pool:  # Office 365 takes three connections of a login
        sandboxes = {"": sandbox, "service-not-active": dead, "auth-mechanism": other}
        for one in [pool.submit(refused, checks, sandboxes, row) for row in rows]:
            one.result()
        checks.that(not sandbox.mails(1, 0.2), "nothing of what was refused was kept")
        help_text = checks.run("sandbox", "--help").out.decode()
        for row in rows:
            checks.that(row.split()[0] in help_text, f"--help lists {row.split()[0]}")









def faults(checks, program):
    for words, code, what in ((["--bad-cert", "expired"], 60, b"expired"), (["--bad-cert", "name"], 60, b"subject"),
                              (["--bad-cert", "self-signed"], 60, b"self"), (["--tls-max", "1.1"], 35, b"")):
        with Sandbox(program, "--user", f"{USER}:{PASSWORD}", *words) as sandbox:
            run = mail_clients.curl(login(sandbox))
            checks.that(run.code == code and what in run.err, f"{words}: curl says {code} {what}", run)
            if words[0] == "--tls-max":
                run = mail_clients.curl(login(sandbox), "--ciphers", "DEFAULT@SECLEVEL=0", "--tlsv1.0")
                said = b"421 4.7.66 TLS 1.0 and 1.1 are not supported."
                checks.that(run.code != 0 and said in run.err, "old TLS is refused in words", run)


def fault(checks, program, kind, step):
    with Sandbox(program, "--user", f"{USER}:{PASSWORD}", kind, step) as sandbox:
        run = mail_clients.swaks(login(sandbox), "--timeout", "1")
        checks.that(run.code == {"helo": 22, "data": 25, **SWAKS}[step] or run.code == 6, f"{kind} {step}: swaks", run)
        checks.that(run.seconds > 0.9 if kind == "--stall-after" else run.seconds < 6, f"{kind} {step}: {run.seconds} s", run)
        checks.that(step == "dot" or not sandbox.mails(1, 0.1), f"{kind} {step}: nothing was accepted")


def usage(checks):
    run = checks.run("sandbox", "--port", "0", "--bind", "0.0.0.0")
    checks.that(run.code == 64 and b"--allow-remote" in run.err, "beyond loopback only when asked for", run)
    with socket.socket() as taken:
        taken.bind((HOST, 0))
        taken.listen()
        run = checks.run("sandbox", "--port", str(taken.getsockname()[1]), "--mx-port", str(free_port()))
        checks.that(run.code == 2 and str(taken.getsockname()[1]).encode() in run.err, "a port that is taken is named", run)



def main():
    program = sys.argv[1]
    checks = Checks(program)
    if mail_clients.absent():
        print(f"not installed: {', '.join(mail_clients.absent())} (scripts/install-packages test)")
        sys.exit(SKIPPED)
    with ThreadPoolExecutor(8) as pool:
        work = [pool.submit(one, checks, program) for one in (accepted, all_refused, faults)]
        work.append(pool.submit(usage, checks))
        work += [pool.submit(fault, checks, program, kind, step) for kind in ("--drop-after", "--stall-after")
                 for step in ("connect", "helo", "starttls", "auth", "mail", "rcpt", "data", "dot")]
        for one in work:
            one.result()
    checks.finish()


if __name__ == "__main__":
    main()
