#!/usr/bin/python3
"""`relaytool send` to Postfix, OpenSMTPD and Exim: send_test.py PROGRAM SOURCE_FOLDER

And what they do not do to a scripted server: every certificate, every login, every step, every kind of message."""
import base64
import os
import ssl
import sys
from concurrent.futures import ThreadPoolExecutor

import mail_servers
from certificates import Authority
from checks import Checks
from scripted_smtp import DROP, STALL, ScriptedSmtp
from sending import ENVELOPE, PASSWORD, PLAIN, TOKEN, USER, Sender, expect, fields_of, findings, message

PATIENCE = float(os.environ.get("RELAYTOOL_TEST_PATIENCE", "1"))  # how much slower than usual answers may be
EIGHT_BIT = ("Content-Type: text/plain; charset=utf-8", "Content-Transfer-Encoding: 8bit")
MESSAGES = {
    "plain": PLAIN,
    "dots": message(b".\r\n..\r\n...\r\n.a\r\n\r\n.\r\n.\r\n"),
    "only a dot": message(b"."),
    "no end of line": message(b"the end"),
    "empty": message(b""),
    "long lines": message(b"x" * 998 + b"\r\n" + b"." * 998 + b"\r\n"),
    "8 bit": message("caf\u00e9 \u20ac \U0001f353\r\n".encode() + bytes(range(0xA0, 0x100)) + b"\r\n", *EIGHT_BIT),
    "spaces": message(b"  \r\n\ttab \t\r\n \r\nFrom here\r\n>From there\r\n\r\n\r\n"),
    "many lines": message(b"".join(b"%d\r\n" % number for number in range(20000))),
    "folded": message(b"x\r\n", "X-Folded: one\r\n two\r\n\tthree", "X-Empty:"),
}


def at_end(octets):
    """With one line end at the end: what SMTP cannot carry."""
    return octets if octets.endswith(b"\r\n") else octets + b"\r\n"


def tail_of(mail):
    return [octets[-300:] for octets in mail]


# Real servers

def arrives(checks, send, server, name):
    modes = {"starttls": server.server, "implicit": server.tls_server} if server.tls_works else {"off": server.server}
    for tls, place in modes.items():
        for what, octets in MESSAGES.items():
            what = f"{name}, {tls}, {what}"
            sender = USER if server.tls_works else "a@else.test"
            run = send(place, "--from", sender, "--to", "boss@here.test", message=octets, tls=tls, login=tls != "off", what=what)
            expect(checks, run, what, 0, "accepted")
            checks.that(bool(run.json.get("queue_id")) and run.json["queue_id"] in server.log(), f"{what}: its name there", run)
            mail = server.mail("boss")
            checks.that(len(mail) == 1 and mail[0].endswith(at_end(octets)), f"{what}: byte for byte: {tail_of(mail)}", run)


def real_refusals(checks, send, server, name, other):
    everybody = ("--to", "boss@here.test", "--to", "nobody@here.test", "--to", "scanner@here.test")
    login = server.tls_works
    tls = "starttls" if login else "off"
    sender = USER if login else "a@else.test"
    run = send(server.server, "--from", sender, *everybody, tls=tls, login=login, what=f"{name}: partly")
    # OpenSMTPD says "Mailing list expansion problem" of an unknown virtual user.
    unknown = "recipient-unknown" if name != "OpenSmtpd" else None
    expect(checks, run, f"{name}: one recipient of three refused", 1, "partly", category=unknown)
    fates = {one["address"]: one["outcome"] for one in run.json.get("recipients", [])}
    checks.that(fates == {"boss@here.test": "accepted", "nobody@here.test": "refused", "scanner@here.test": "accepted"},
                f"{name}: each recipient by itself: {fates}", run)
    checks.that(len(server.mail("boss")) == 1 and len(server.mail("scanner")) == 1, f"{name}: the other two get it", run)
    run = send(server.server, "--from", "a@b.test", "--to", "x@else.test", tls="off", login=False, what=f"{name}: relay")
    expect(checks, run, f"{name}: relaying", 1, "refused", category="relay-denied" if name != "OpenSmtpd" else None)
    if not login:
        run = send(server.server, *ENVELOPE, what=f"{name}: TLS that is broken")
        expect(checks, run, f"{name}: TLS that is broken", 1, "not-sent", "tls-handshake-failed")
        return
    run = send(server.server, "--from", "scanner@here.test", "--to", "boss@here.test", what=f"{name}: not its sender")
    expect(checks, run, f"{name}: a sender that the login does not own", 1, "refused", category="send-as-denied")
    run = send(server.server, *ENVELOPE, "--user", USER, "--password-file", send.wrong, login=False, what=f"{name}: password")
    expect(checks, run, f"{name}: a wrong password", 1, "refused", category="auth-failed")
    run = send(server.server, *ENVELOPE, message=message(b"z" * 70 + b"\r\n" + b"y\r\n" * 150000), what=f"{name}: size")
    expect(checks, run, f"{name}: too big", 1, category="message-too-big")
    run = send(server.server, *ENVELOPE, "--ca-file", other.ca, ca=False, what=f"{name}: authority")
    expect(checks, run, f"{name}: an authority that nobody trusts", 1, "not-sent", "tls-certificate-untrusted")
    run = send(server.server, *ENVELOPE, "--subject", "caf\u00e9", "--body", "\u20ac", message=None, what=f"{name}: composed")
    expect(checks, run, f"{name}: composed", 0, "accepted")
    mail = server.mail("boss")
    whole = len(mail) == 1 and {"from", "to", "subject", "date", "message-id"} <= set(fields_of(mail[0]))
    checks.that(whole, f"{name}: composed: {mail}", run)


def real(checks, send, kind, authority, other):
    with kind(authority.good) as server:
        arrives(checks, send, server, kind.__name__)
        real_refusals(checks, send, server, kind.__name__, other)


# Certificates, TLS, logins


def says_nothing_more(checks, server, what):
    """To a server that may be anybody."""
    checks.that(not any(line.startswith((b"AUTH", b"MAIL")) for line in server.log), f"{what}: it says nothing more: {server.log}")

def certificates(checks, send, authority):
    for name, finding in (("expired", "tls-certificate-expired"), ("self_signed", "tls-certificate-untrusted"),
                          ("wrong_name", "tls-certificate-name")):
        for implicit in (False, True):
            with ScriptedSmtp(certificate=getattr(authority, name), implicit=implicit) as server:
                tls = "implicit" if implicit else "starttls"
                what = f"certificate {name}, {tls}"
                expect(checks, send(server.server, *ENVELOPE, tls=tls, what=what), what, 1, "not-sent", finding)
                says_nothing_more(checks, server, what)
                run = send(server.server, *ENVELOPE, "--insecure", tls=tls, what=f"{what}, --insecure")
                expect(checks, run, f"{what}, --insecure", 0, "accepted")
                checks.that(run.json.get("tls", {}).get("verified") is False, f"{what}, --insecure: said", run)
    with ScriptedSmtp(certificate=authority.good) as server:
        run = send(server.server, *ENVELOPE, what="a good certificate")
        expect(checks, run, "a good certificate", 0, "accepted")
        checks.that(run.json["tls"]["verified"] is True and "good.test" in run.json["tls"]["subject"], "its facts", run)
        run = send(server.server, *ENVELOPE, ca=False, what="an unknown authority")
        expect(checks, run, "an unknown authority", 1, "not-sent", "tls-certificate-untrusted")
        run = send(server.server, *ENVELOPE, tls="implicit", what="TLS where SMTP is")
        expect(checks, run, "TLS from the start where it is not", 1, "not-sent", "tls-port-mixed-up")
    with ScriptedSmtp(certificate=authority.good, implicit=True) as server:
        run = send(server.server, *ENVELOPE, timeout="1s", what="SMTP where TLS is")
        checks.that(run.code in (1, 2) and run.seconds < 5 * PATIENCE, "STARTTLS where TLS is from the start", run)
    with ScriptedSmtp() as server:
        run = send(server.server, *ENVELOPE, what="no TLS")
        expect(checks, run, "no TLS on offer", 1, "not-sent", "tls-not-offered")
        says_nothing_more(checks, server, "no TLS")
        run = send(server.server, *ENVELOPE, tls="opportunistic", login=False, what="no TLS, opportunistic")
        expect(checks, run, "no TLS, opportunistic", 0, "accepted")
        run = send(server.server, *ENVELOPE, tls="opportunistic", what="no TLS, a login")
        expect(checks, run, "a login is not shown to everybody", 1, "not-sent", "send-login-without-tls")
        checks.that(not any(line.startswith(b"AUTH") for line in server.log), f"no login in clear text: {server.log}")
    with ScriptedSmtp(certificate=authority.good, client_ca=authority.ca) as server:
        own = ("--cert", authority.client.certificate, "--key", authority.client.key)
        run = send(server.server, *ENVELOPE, *own, what="a certificate of the client")
        expect(checks, run, "a certificate of the client", 0, "accepted")
        run = send(server.server, *ENVELOPE, what="no certificate of the client")
        checks.that(run.code in (1, 2) and run.json.get("outcome") == "not-sent", "a server that wants a certificate", run)
    with ScriptedSmtp(certificate=authority.good, tls_versions=(ssl.TLSVersion.TLSv1, ssl.TLSVersion.TLSv1_1)) as server:
        run = send(server.server, *ENVELOPE, what="TLS 1.1")
        expect(checks, run, "TLS 1.1 only", 1, "not-sent")


def logins(checks, send, authority):
    for mechanism in ("PLAIN", "LOGIN", "CRAM-MD5", "XOAUTH2", "OAUTHBEARER"):
        is_token = mechanism in ("XOAUTH2", "OAUTHBEARER")
        good = ("--user", USER, "--token-file", send.token) if is_token else ("--user", USER, "--password-file", send.password)
        with ScriptedSmtp(certificate=authority.good, auth=mechanism, users={USER: TOKEN if is_token else PASSWORD}) as server:
            # CRAM-MD5 is weaker than PLAIN under TLS: only for those who ask for it.
            for words in ((), ("--auth", mechanism)) if mechanism != "CRAM-MD5" else (("--auth", mechanism),):
                what = f"{mechanism} {words}"
                expect(checks, send(server.server, *ENVELOPE, *good, *words, login=False, what=what), what, 0, "accepted")
            bad = ("--user", USER, "--token-file" if is_token else "--password-file", send.wrong)
            run = send(server.server, *ENVELOPE, *bad, "--auth", mechanism, login=False, what=f"{mechanism}, wrong")
            expect(checks, run, f"{mechanism}, a wrong secret", 1, "refused", category="auth-failed")
    with ScriptedSmtp(certificate=authority.good, auth="") as server:
        expect(checks, send(server.server, *ENVELOPE, what="no AUTH"), "no AUTH on offer", 1, "not-sent", "auth-not-offered")
        checks.that(not server.messages, "without the login that was asked for nothing is sent")
    with ScriptedSmtp(certificate=authority.good, auth="GSSAPI") as server:
        expect(checks, send(server.server, *ENVELOPE, what="GSSAPI"), "only GSSAPI on offer", 1, "not-sent", "send-mechanism")
    # A server that says what it heard.
    blob = base64.b64encode(f"\0{USER}\0{PASSWORD}".encode())
    words = [PASSWORD.encode(), base64.b64encode(PASSWORD.encode()), blob]
    echoes = {"password": b"535 5.7.8 no: " + b" ".join(words) + b"\r\n"}
    for form in ("--json", ""):
        with ScriptedSmtp(echoes, certificate=authority.good) as server:
            run = send(server.server, *ENVELOPE, form=form, what=f"a server that repeats the password {form}")
            checks.that(run.code == 1, "a server that repeats the password", run)
    with ScriptedSmtp({"mail": b"550 5.7.1 " + b" ".join(words) + b"\r\n"}, certificate=authority.good) as server:
        run = send(server.server, *ENVELOPE, what="a server that repeats it later")
        expect(checks, run, "a server that repeats it later", 1, "refused")


# The dialogue itself

STEPS = {"connect": None, "helo": b"EHLO", "tls": b"EHLO", "auth": b"AUTH", "mail": b"MAIL", "rcpt": b"RCPT", "data": b"DATA"}


def dialogue(checks, send, authority):
    for step, last in STEPS.items():
        with ScriptedSmtp(certificate=authority.good, auth="PLAIN") as server:
            what = f"--quit-after {step}"
            run = send(server.server, *ENVELOPE, "--quit-after", step, what=what)
            expect(checks, run, what, 0, "stopped")
            verbs = [line.split(b" ")[0].upper() for line in server.log]
            verbs = [verb for verb in verbs if verb not in (b"QUIT", b"RSET", b"")]
            checks.that((verbs[-1] if verbs else None) == last, f"{what}: the last command is {last}: {server.log}", run)
            checks.that(not server.messages, f"{what}: nothing is sent", run)
    for what, octets in MESSAGES.items():
        for hello in (["scripted.test"], ["scripted.test", "8BITMIME", "PIPELINING"],
                      ["scripted.test", "8BITMIME", "CHUNKING", "PIPELINING"]):
            with ScriptedSmtp(hello=hello) as server:
                run = send.plainly(server.server, *ENVELOPE, message=octets, what=f"{what}, {hello}")
                expect(checks, run, f"{what}, {hello}", 0, "accepted")
                data = server.messages[0].data if server.messages else b""
                if what == "8 bit" and len(hello) == 1:
                    checks.that(max(data, default=0) < 128, f"{what}: 7 bit where nothing else is offered", run)
                else:
                    checks.that(data == at_end(octets), f"{what}, {hello}: byte for byte: {data[-300:]}", run)
    replies = {b"nobody": b"550 5.1.1 unknown\r\n", b"full": b"452 4.2.2 full\r\n", b"boss": b"250 2.1.5 ok\r\n"}
    with ScriptedSmtp({"rcpt": lambda line: next(reply for name, reply in replies.items() if name in line)}) as server:
        refused = ("--to", "nobody@here.test", "--to", "full@here.test")
        run = send.plainly(server.server, *ENVELOPE, *refused, what="three fates")
        expect(checks, run, "three fates", 1, "partly")
        codes = [(one.get("reply") or {}).get("code") for one in run.json.get("recipients", [])]
        checks.that(codes[1:] == [550, 452], f"each has its reply: {codes}", run)
        run = send.plainly(server.server, "--from", USER, *refused, what="no recipient left")
        expect(checks, run, "no recipient left", 1, "refused")
        checks.that(len(server.messages) == 1, "no recipient left: no message", run)


# Many messages


def many(checks, send):
    shots = ("--count", "300", "--parallel", "3", "--size", "4096")
    for hello in (["scripted.test"], ["scripted.test", "PIPELINING", "8BITMIME"]):
        with ScriptedSmtp(hello=hello) as server:
            run = send.plainly(server.server, *ENVELOPE, *shots, message=None, what=f"300 messages, {hello}")
            checks.that(run.code == 0 and run.json.get("accepted") == 300, f"300 messages, {hello}: all accepted", run)
            ids = {line for one in server.messages for line in one.data.split(b"\r\n") if line.lower().startswith(b"message-id:")}
            checks.that(len(server.messages) == 300 and len(ids) == 300, f"300 messages of {len(ids)} names: {hello}", run)
            checks.that(server.connections == 3, f"300 messages over three connections, not {server.connections}", run)
            checks.that(all(4000 < len(one.data) <= 4096 for one in server.messages), "each as large as asked for", run)
    with ScriptedSmtp({"dot": b"451 4.7.500 Server busy. Please try again later\r\n"}) as server:
        run = send.plainly(server.server, *ENVELOPE, *shots, message=None, what="300 refusals")
        checks.that(run.code == 1 and run.json.get("refused") == 300, "300 refusals: each counted", run)
        checks.that(findings(run).keys() and run.json["findings"][0].get("times") == 300, "300 refusals: one cause", run)
    for kind in (DROP, STALL):
        left = iter(range(20))
        with ScriptedSmtp({"dot": lambda _, left=left, kind=kind: kind if next(left, None) is None else b"250 ok\r\n"}) as server:
            run = send.plainly(server.server, *ENVELOPE, *shots, message=None, timeout="1s", what=f"{kind} among many")
            checks.that(run.code == 2 and run.json.get("accepted") == 20, f"{kind} among many: what was accepted is", run)
            checks.that(run.json.get("unanswered") == 280 and bool(findings(run)), f"{kind} among many: and the rest not", run)
            checks.that(run.seconds < 10, f"{kind} among many: in time", run)
    run = send.plainly("192.0.2.1:25", *ENVELOPE, "--count", "101", message=None, what="somebody else's server")
    checks.that(run.code == 64 and b"--i-own-this-server" in run.err, "no load for somebody else's server", run)


def main():
    program = sys.argv[1]
    checks = Checks(program)
    with Authority() as authority, Authority() as other, Sender(checks, authority) as send, ThreadPoolExecutor(8) as pool:
        work = [pool.submit(one, checks, send, authority) for one in (certificates, logins, dialogue)]
        work.append(pool.submit(many, checks, send))
        if reason := mail_servers.missing():
            print(f"Postfix, OpenSMTPD and Exim are left out: {reason}")
        else:
            work += [pool.submit(real, checks, send, kind, authority, other)
                     for kind in (mail_servers.Postfix, mail_servers.OpenSmtpd, mail_servers.Exim)]
        for one in work:
            one.result()
    checks.finish()


if __name__ == "__main__":
    main()
