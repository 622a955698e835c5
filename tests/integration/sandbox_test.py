#!/usr/bin/python3
"""swaks, msmtp and curl, and clients that mean harm, as clients of `relaytool sandbox`: sandbox_test.py PROGRAM SOURCE_FOLDER"""
import os
import re
import socket
import ssl
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor

import mail_clients
from checks import CONTROL, Checks
from mail_clients import Delivery
from sandbox import Sandbox
from servers import HOST, SKIPPED, free_port

USER, PASSWORD = "invoicing@here.test", "s3cret-Straw=berry"
MESSAGE = ("From: Invoicing <invoicing@here.test>\r\nTo: boss@here.test\r\nSubject: test\r\nMessage-ID: <1@here.test>\r\n"
           "Date: Thu, 5 Nov 2026 10:00:00 +0000\r\nMIME-Version: 1.0\r\nContent-Type: text/plain; charset=utf-8\r\n"
           "Content-Transfer-Encoding: 8bit\r\n\r\n"
           ".\r\n..\r\n.a line with a dot\r\nfrom caf\u00e9 \u20ac\r\n" + "x" * 998 + "\r\n\r\n\ttab and trailing space \r\n.\r\nlast\r\n").encode()
SWAKS = {"connect": 21, "starttls": 29, "auth": 28, "mail": 23, "rcpt": 24, "dot": 26}

# Name, server, step, and how the reply begins: what is known of smtp.office365.com and its MX, whatever the sandbox's own rows say.
REFUSALS = """
service-not-active         smtp connect 421 4.3.2 Service not active
wrong-password             smtp auth    535 5.7.139 Authentication unsuccessful, the user credentials were incorrect.
basic-auth-disabled        smtp auth    535 5.7.139 Authentication unsuccessful, basic authentication is disabled.
smtp-auth-disabled-tenant  smtp auth    535 5.7.139 Authentication unsuccessful, SmtpClientAuthentication is disabled for the Tenant.
smtp-auth-disabled-mailbox smtp auth    535 5.7.139 Authentication unsuccessful, SmtpClientAuthentication is disabled for the Mailbox.
security-defaults          smtp auth    535 5.7.139 Authentication unsuccessful, user is locked by your organization's security defaults policy.
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
rate-limited               mx   mail    451 4.7.651 The mail server [127.0.0.1] has been temporarily rate limited due to IP reputation
"""


def login(sandbox, **more):
    return Delivery(sandbox.port(), MESSAGE, tls="starttls", ca=sandbox.ca, user=USER, password=PASSWORD)._replace(**more)


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
                    checks.that((event["from"], tuple(event["to"]), event["login"] or "") == (one.sender, one.recipients, one.user),
                                f"{name}: {what}: the envelope: {event}")
        run = mail_clients.curl(login(sandbox)._replace(user=""), "--user", USER, "--oauth2-bearer", "T0ken-abc")
        checks.that(run.code == 0 and len(sandbox.mails()) == 1, "curl: XOAUTH2: accepted", run)
        run = mail_clients.curl(login(sandbox)._replace(user=""), "--user", USER, "--oauth2-bearer", "T0ken-abx")
        checks.that(run.code != 0 and b"535 5.7.3 Authentication unsuccessful" in run.err, "curl: XOAUTH2: another token", run)
        refusals_without_names(checks, sandbox)


def refusals_without_names(checks, sandbox):
    """What Office 365 refuses by itself."""
    cases = [
        ("a wrong password", login(sandbox, password="wrong"), b"535 5.7.139 Authentication unsuccessful, the user credentials were incorrect."),
        ("no TLS", Delivery(sandbox.port(), MESSAGE), b"451 5.7.3 STARTTLS is required to send mail"),
        ("no login", Delivery(sandbox.port(), MESSAGE, tls="starttls", ca=sandbox.ca), b"530 5.7.57 Client not authenticated to send mail."),
        ("another sender", login(sandbox, sender="ceo@here.test"), b"554 5.2.252 SendAsDenied; invoicing@here.test not allowed to send as ceo@here.test"),
        ("another From", login(sandbox, message=MESSAGE.replace(b"<invoicing@", b"<ceo@")), b"554 5.2.252 SendAsDenied; invoicing@here.test not allowed to send as ceo@here.test"),
        ("relaying", Delivery(sandbox.port("mx"), MESSAGE, recipients=("x@else.test",)), b"554 5.7.1 <x@else.test>: Relay access denied")]
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


class Raw:
    """A client that sends what the test says."""

    def __init__(self, port, ca=None):
        self.port, self.ca = port, ca

    def __enter__(self):
        self.channel = socket.create_connection((HOST, self.port), timeout=10)
        self.greeting = self.reply()
        return self

    def __exit__(self, *_):
        self.channel.close()

    def reply(self):
        """One reply; what there was when the connection ends."""
        data = b""
        while not re.search(rb"(^|\n)[0-9]{3} [^\n]*\n$", data):
            try:
                more = self.channel.recv(65536)
            except (OSError, ssl.SSLError):
                return data
            if not more:
                return data
            data += more
        return data

    def ask(self, octets):
        try:
            self.channel.sendall(octets)
        except OSError:
            pass
        return self.reply()

    def secure(self, behind=b""):
        self.ask(b"EHLO client.test\r\n")
        answer = self.ask(b"STARTTLS\r\n" + behind)
        if answer.startswith(b"220"):
            self.channel = ssl.create_default_context(cafile=self.ca).wrap_socket(self.channel, server_hostname="localhost")
        return answer

    def log_in(self, behind=b""):
        import base64
        self.secure(behind)
        self.ask(b"EHLO client.test\r\n")
        self.ask(b"AUTH LOGIN\r\n")
        self.ask(base64.b64encode(USER.encode()) + b"\r\n")
        return self.ask(base64.b64encode(PASSWORD.encode()) + b"\r\n")


def rules_of_the_dialogue(checks, sandbox):
    for commands, reply in (([b"EHLO x\r\n", b"AUTH LOGIN\r\n"], b"504 5.7.4 "), ([b"Length: 2\r\n"], b"500 5.3.3 Unrecognized command"),
                            ([b"EHLO x\r\n", b"MAIL FROM:<a@b.test>\r\n"], b"451 5.7.3 STARTTLS is required"),
                            ([b"EHLO x\r\n", b"RCPT TO:<a@b.test>\r\n"], b"503 "), ([b"EHLO x\r\n", b"DATA\r\n"], b"503 "),
                            ([b"QUIT\r\n"], b"221 2.0.0 ")):
        with Raw(sandbox.port()) as raw:
            answer = [raw.ask(command) for command in commands][-1]
            checks.that(answer.startswith(reply), f"{commands}: {reply}, not {answer}")
    with Raw(sandbox.port(), sandbox.ca) as raw:
        checks.that(re.match(rb"220 \S+ Microsoft ESMTP MAIL Service ready at ", raw.greeting), f"the banner: {raw.greeting}")
        hello = raw.ask(b"EHLO x\r\n")
        checks.that(re.sub(rb"^.*?\r\n", b"", hello, 1) == b"250-SIZE 157286400\r\n250-PIPELINING\r\n250-DSN\r\n250-ENHANCEDSTATUSCODES\r\n"
                    b"250-STARTTLS\r\n250-8BITMIME\r\n250-BINARYMIME\r\n250-CHUNKING\r\n250 SMTPUTF8\r\n", f"EHLO before TLS: {hello}")
        raw.secure()
        hello = raw.ask(b"EHLO x\r\n")
        answer = raw.ask(b"AUTH PLAIN AGEAYg==\r\n")
        checks.that(answer.startswith(b"504 5.7.4 Unrecognized authentication type"), f"PLAIN: {answer}")
        checks.that(b"250-AUTH LOGIN XOAUTH2\r\n" in hello and b"STARTTLS" not in hello, f"EHLO after TLS: {hello}")
        checks.that(raw.ask(b"STARTTLS\r\n").startswith(b"503 5.5.2 "), "a second STARTTLS")
        answer = raw.ask(b"AUTH LOGIN b2xpdmVy\r\n")
        checks.that(answer == b"334 UGFzc3dvcmQ6\r\n", f"LOGIN with the name at once: {answer}")
        raw.ask(b"d3Jvbmc=\r\n")
        answer = raw.ask(b"MAIL FROM:<a@b.test>\r\n")
        checks.that(answer.startswith(b"530 5.7.57 Client not authenticated to send mail. Error: 535 5.7.139 "),
                    f"MAIL after a login that failed: {answer}")


# How a message might be made to end early: what is sent instead of CR LF dot CR LF.
ENDS = [b"\n.\n", b"\n.\r\n", b"\r\n.\n", b"\r.\r", b"\r\n.\r", b"\r.\r\n", b"\n\n.\r\n", b"\r\n\x00.\r\n", b"\r\n.\x00\r\n", b"\n.\r", b"\r\r\n.\r\r\n"]
SMUGGLED = b"MAIL FROM:<boss@here.test>\r\nRCPT TO:<victim@here.test>\r\nDATA\r\nFrom: boss@here.test\r\n\r\nsmuggled\r\n.\r\n"


def smuggling(checks, sandbox, end):
    for server in ("mx", "smtp"):
        with Raw(sandbox.port(server), sandbox.ca) as raw:
            if server == "smtp":
                raw.log_in()
            else:
                raw.ask(b"EHLO x\r\n")
            raw.ask(f"MAIL FROM:<{USER}>\r\n".encode())
            raw.ask(b"RCPT TO:<boss@here.test>\r\n")
            raw.ask(b"DATA\r\n")
            text = b"From: invoicing@here.test\r\nX-End: " + end.hex().encode() + b"\r\n\r\nfirst" + end + SMUGGLED
            answer = raw.ask(text)  # the dot at its end is the first that counts
            checks.that(re.match(rb"[245]", answer) and answer.count(b"\n") == 1, f"{server}: {end}: one reply: {answer}")
            checks.that(raw.ask(b"NOOP\r\n").startswith((b"250", b"")), f"{server}: {end}: goes on")
    mails = [(event, octets) for event, octets in sandbox.mails(2, 2) if end.hex().encode() + b"\r" in octets]
    for event, octets in mails:
        checks.that(event["to"] == ["boss@here.test"], f"{end}: nobody else gets it: {event}")
        checks.that(octets.replace(b"\r\n.", b"\r\n").rstrip(b".\r\n") == text.replace(b"\r\n.", b"\r\n").rstrip(b".\r\n"),
                    f"{end}: kept as it came: {octets!r}")


def hostile(checks, sandbox):
    for line, reply in ((b"EHLO x\nMAIL FROM:<a@b.test>\r\n", rb"[25]"), (b"MAIL FROM:<a\x00b@here.test>\r\n", rb"5"), (b"EHLO \x1b[2J\xff\x00\r\n", rb"[25]"),
                        (b"NOOP " + b"x" * (1 << 20) + b"\r\n", rb"5"), (b"x" * (1 << 20) + b"\r\n", rb"5"), (b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03\r\n", rb"5"),
                        (b"GET / HTTP/1.1\r\nHost: x\r\n\r\n", rb"[45]"), (b"BDAT 99999999999999999999999\r\n", rb"5"), (b"BDAT -1 LAST\r\n", rb"5"),
                        (b"AUTH LOGIN " + b"A" * (1 << 20) + b"\r\n", rb"5"), (b"AUTH XOAUTH2 =\r\n", rb"5"), (b"RCPT TO:<" + b"a" * 70000 + b"@b>\r\n", rb"5")):
        with Raw(sandbox.port("mx")) as raw:
            if not line.startswith((b"EHLO", b"GET")):
                raw.ask(b"EHLO x\r\n")
            answer = raw.ask(line)
            checks.that(re.match(reply, answer) and not re.search(rb"[\x00\x1b\x80-\xff]", answer), f"{line[:40]}: {answer[:200]}")
    with Raw(sandbox.port("mx")) as raw:
        raw.ask(b"EHLO x\r\n")
        answer = raw.ask(b"EHLO y\nMAIL FROM:<a@here.test>\nRCPT TO:<b@here.test>\nDATA\nFrom: a\n\nx\n.\n")
        checks.that(b"354" not in answer, f"commands with bare LF bring no mail: {answer}")
    with Raw(sandbox.port(), sandbox.ca) as raw:
        answer = raw.log_in(behind=b"EHLO injected.test\r\nMAIL FROM:<injected@here.test>\r\n")
        checks.that(answer.startswith(b"235 "), f"what came behind STARTTLS in clear text is thrown away: {answer}")
    big = b"From: invoicing@here.test\r\nX-Big: " + b"y" * (1 << 20) + b"\r\n\r\nwith \x00 and \xff\r\n"
    run = mail_clients.curl(login(sandbox, message=big))
    mails = sandbox.mails()
    checks.that(run.code != 0 or [octets for _, octets in mails if octets == big], "a header of 1 MB and NUL: byte for byte, or refused", run)
    with Raw(sandbox.port("mx")) as raw:
        raw.ask(b"EHLO x\r\n")
        raw.ask(b"MAIL FROM:<../../../../tmp/x@here.test>\r\n")
        raw.ask(b"RCPT TO:<\"../../boss\"@here.test>\r\n")
        raw.ask(b"DATA\r\n")
        raw.ask(b"Message-ID: <../../../x>\r\nSubject: ../x\r\n\r\n.\r\n")
        for event, _ in sandbox.mails():
            checks.that(os.path.dirname(event["file"]) == f"{sandbox.folder.name}/mails", f"no path from a stranger: {event}")
    before = sandbox.memory()
    with Raw(sandbox.port("mx")) as raw:  # a line that never ends
        try:
            for _ in range(200):
                raw.channel.sendall(b"z" * (1 << 20))
        except OSError:
            pass
        checks.that(sandbox.memory() - before < 64 << 20, f"a command of 200 MB: {sandbox.memory() - before} octets more")


def enemies(checks, program):
    with Sandbox(program, "--user", f"{USER}:{PASSWORD}") as sandbox:
        rules_of_the_dialogue(checks, sandbox)
        for end in ENDS:
            smuggling(checks, sandbox, end)
        hostile(checks, sandbox)
        run = mail_clients.curl(login(sandbox))
        checks.that(run.code == 0, "after all that it still takes mail", run)
        idle = [socket.create_connection((HOST, sandbox.port())) for _ in range(50)]
        run = mail_clients.curl(login(sandbox))
        checks.that(run.code == 0, "with 50 idle clients it still takes mail", run)
        for channel in idle:
            channel.close()
    checks.that(sandbox.code == 0, f"it ends well: {sandbox.code}")
    checks.that(not os.path.exists(sandbox.ca), "its authority is gone with it")


def faults(checks, program):
    for words, code, what in ((["--bad-cert", "expired"], 60, b"expired"), (["--bad-cert", "name"], 60, b"subject"), (["--bad-cert", "self-signed"], 60, b"self"),
                              (["--tls-max", "1.1"], 35, b"")):
        with Sandbox(program, "--user", f"{USER}:{PASSWORD}", *words) as sandbox:
            run = mail_clients.curl(login(sandbox))
            checks.that(run.code == code and what in run.err, f"{words}: curl says {code} {what}", run)
            if words[0] == "--tls-max":
                run = mail_clients.curl(login(sandbox), "--ciphers", "DEFAULT@SECLEVEL=0", "--tlsv1.0")
                checks.that(run.code != 0 and b"421 4.7.66 TLS 1.0 and 1.1 are not supported." in run.err, "old TLS is refused in words", run)


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


def terminal(checks, program):
    """What clients say never reaches the terminal as it is."""
    port, mx = free_port(), free_port()
    shown = subprocess.Popen([program, "sandbox", "--port", str(port), "--mx-port", str(mx)], stdout=subprocess.PIPE, stdin=subprocess.DEVNULL)
    shown.stdout.readline()
    with Raw(mx) as raw:
        for line in (b"EHLO \x1b[2J\r\n", b"MAIL FROM:<\x1b]0;x\x07@here.test>\r\n", b"MAIL FROM:<\"\x1b[31m\"@here.test>\r\n", b"EHLO x\r\n",
                     b"MAIL FROM:<\xc2\x9bx@here.test>\r\n", b"MAIL FROM:<a@here.test>\r\n", b"RCPT TO:<b@here.test>\r\n", b"DATA\r\n",
                     b"Subject: \x1b[2J \xc2\x9b\r\n\r\nx\r\n.\r\n", b"QUIT\r\n"):
            raw.ask(line)
    shown.terminate()
    out = shown.stdout.read()
    shown.stdout.close()
    checks.that(shown.wait(10) == 0 and b"a@here.test" in out, f"it tells of the mail: {out!r}")
    checks.that(not CONTROL.search(out.replace(b"\t", b" ")), f"no control characters on the terminal: {out!r}")


def main():
    program = sys.argv[1]
    checks = Checks(program)
    if mail_clients.absent():
        print(f"not installed: {', '.join(mail_clients.absent())} (scripts/install-packages test)")
        sys.exit(SKIPPED)
    with ThreadPoolExecutor(8) as pool:
        work = [pool.submit(one, checks, program) for one in (accepted, all_refused, enemies, faults, terminal)]
        work.append(pool.submit(usage, checks))
        work += [pool.submit(fault, checks, program, kind, step) for kind in ("--drop-after", "--stall-after")
                 for step in ("connect", "helo", "starttls", "auth", "mail", "rcpt", "data", "dot")]
        for one in work:
            one.result()
    checks.finish()


if __name__ == "__main__":
    main()
