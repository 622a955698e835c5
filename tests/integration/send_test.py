#!/usr/bin/python3
"""`relaytool send` to Postfix, OpenSMTPD and Exim, and to a server that stalls, drops and lies: send_test.py PROGRAM SOURCE_FOLDER"""
import base64
import os
import ssl
import sys
from concurrent.futures import ThreadPoolExecutor

import mail_servers
import scripted_smtp
from certificates import Authority
from checks import Checks
from scripted_smtp import DROP, RESET, STALL, ScriptedSmtp
from sending import PASSWORD, PLAIN, TOKEN, USER, Sender, body_of, fields_of, findings, message, seconds_of
from servers import HOST, free_port

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
ENVELOPE = ("--from", USER, "--to", "boss@here.test")


def at_end(octets):
    """With one line end at the end: what SMTP cannot carry."""
    return octets if octets.endswith(b"\r\n") else octets + b"\r\n"


def expect(checks, run, what, code, outcome=None, finding=None, category=None):
    checks.that(run.code == code, f"{what}: exit {code}, not {run.code}", run)
    if outcome:
        checks.that(run.json.get("outcome") == outcome, f"{what}: {outcome}, not {run.json.get('outcome')}", run)
    if finding:
        checks.that(finding in findings(run), f"{what}: {finding}, not {findings(run)}", run)
    if category:
        checks.that(category in findings(run).values(), f"{what}: {category}, not {findings(run)}", run)
    if code != 0 and outcome:
        checks.that(bool(findings(run)), f"{what}: it says why", run)


# Real servers

def arrives(checks, send, server, name):
    modes = {"starttls": server.server, "implicit": server.tls_server} if server.tls_works else {"off": server.server}
    for tls, place in modes.items():
        for what, octets in MESSAGES.items():
            what = f"{name}, {tls}, {what}"
            sender = USER if server.tls_works else "a@else.test"
            run = send(place, "--from", sender, "--to", "boss@here.test", message=octets, tls=tls, login=server.tls_works, what=what)
            expect(checks, run, what, 0, "accepted")
            checks.that(bool(run.json.get("queue_id")) and run.json["queue_id"] in server.log(), f"{what}: its name there", run)
            mail = server.mail("boss")
            checks.that(len(mail) == 1 and mail[0].endswith(at_end(octets)), f"{what}: byte for byte: {mail and mail[0][-300:]}", run)


def real_refusals(checks, send, server, name, other):
    everybody = ("--to", "boss@here.test", "--to", "nobody@here.test", "--to", "scanner@here.test")
    login = server.tls_works
    tls = "starttls" if login else "off"
    run = send(server.server, "--from", USER if login else "a@else.test", *everybody, tls=tls, login=login, what=f"{name}: partly")
    expect(checks, run, f"{name}: one recipient of three refused", 1, "partly", category="recipient-unknown")
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
    run = send(server.server, "--from", USER, "--to", "boss@here.test", "--subject", "caf\u00e9", "--body", "\u20ac", message=None, what=f"{name}: composed")
    expect(checks, run, f"{name}: composed", 0, "accepted")
    mail = server.mail("boss")
    checks.that(len(mail) == 1 and {"from", "to", "subject", "date", "message-id"} <= set(fields_of(mail[0])), f"{name}: composed: {mail}", run)


def real(checks, send, kind, authority, other):
    with kind(authority.good) as server:
        arrives(checks, send, server, kind.__name__)
        real_refusals(checks, send, server, kind.__name__, other)


# Certificates, TLS, logins

def certificates(checks, send, authority):
    for name, finding in (("expired", "tls-certificate-expired"), ("self_signed", "tls-certificate-untrusted"), ("wrong_name", "tls-certificate-name")):
        for implicit in (False, True):
            with ScriptedSmtp(certificate=getattr(authority, name), implicit=implicit) as server:
                tls = "implicit" if implicit else "starttls"
                what = f"certificate {name}, {tls}"
                expect(checks, send(server.server, *ENVELOPE, tls=tls, what=what), what, 1, "not-sent", finding)
                checks.that(not any(line.startswith((b"AUTH", b"MAIL")) for line in server.log), f"{what}: it says nothing more: {server.log}")
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
        expect(checks, run, "TLS from the start where it is not", 1, "not-sent", "tls-handshake-failed")
    with ScriptedSmtp(certificate=authority.good, implicit=True) as server:
        run = send(server.server, *ENVELOPE, "--timeout", "1s", what="SMTP where TLS is")
        checks.that(run.code in (1, 2) and run.seconds < 5 * PATIENCE, "STARTTLS where TLS is from the start", run)
    with ScriptedSmtp() as server:
        run = send(server.server, *ENVELOPE, what="no TLS")
        expect(checks, run, "no TLS on offer", 1, "not-sent", "tls-not-offered")
        checks.that(not any(line.startswith((b"AUTH", b"MAIL")) for line in server.log), f"no TLS: it says nothing more: {server.log}")
        run = send(server.server, *ENVELOPE, tls="opportunistic", login=False, what="no TLS, opportunistic")
        expect(checks, run, "no TLS, opportunistic", 0, "accepted")
        run = send(server.server, *ENVELOPE, tls="opportunistic", what="no TLS, a login")
        expect(checks, run, "a login is not shown to everybody", 1, "not-sent", "send-login-without-tls")
        checks.that(not any(line.startswith(b"AUTH") for line in server.log), f"no login in clear text: {server.log}")
    with ScriptedSmtp(certificate=authority.good, client_ca=authority.ca) as server:
        run = send(server.server, *ENVELOPE, "--cert", authority.client.certificate, "--key", authority.client.key, what="a certificate of the client")
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
            for words in ((), ("--auth", mechanism)):
                what = f"{mechanism} {words}"
                expect(checks, send(server.server, *ENVELOPE, *good, *words, login=False, what=what), what, 0, "accepted")
            bad = ("--user", USER, "--token-file" if is_token else "--password-file", send.wrong)
            run = send(server.server, *ENVELOPE, *bad, login=False, what=f"{mechanism}, wrong")
            expect(checks, run, f"{mechanism}, a wrong secret", 1, "refused", category="auth-failed")
    with ScriptedSmtp(certificate=authority.good, auth="") as server:
        expect(checks, send(server.server, *ENVELOPE, what="no AUTH"), "no AUTH on offer", 1, "not-sent", "auth-not-offered")
        checks.that(not server.messages, "without the login that was asked for nothing is sent")
    with ScriptedSmtp(certificate=authority.good, auth="GSSAPI") as server:
        expect(checks, send(server.server, *ENVELOPE, what="GSSAPI"), "only GSSAPI on offer", 1, "not-sent", "send-mechanism")
    # A server that says what it heard.
    blob = base64.b64encode(f"\0{USER}\0{PASSWORD}".encode())
    echoes = {"password": b"535 5.7.8 no: " + PASSWORD.encode() + b" " + base64.b64encode(PASSWORD.encode()) + b" " + blob + b"\r\n"}
    for form in ("--json", ""):
        with ScriptedSmtp(echoes, certificate=authority.good) as server:
            run = send(server.server, *ENVELOPE, form=form, what=f"a server that repeats the password {form}")
            checks.that(run.code == 1, "a server that repeats the password", run)
    with ScriptedSmtp({"mail": lambda line: b"550 5.7.1 " + blob + b" " + PASSWORD.encode() + b"\r\n"}, certificate=authority.good) as server:
        expect(checks, send(server.server, *ENVELOPE, what="a server that repeats it later"), "a server that repeats it later", 1, "refused")


# A server that fails

PHASES = ["banner", "helo", "starttls", "tls", "helo2", "auth", "mail", "rcpt", "data", "body", "dot", "quit"]


def fault(checks, send, authority, phase, kind):
    octets = message(b"0123456789\r\n" * 800000) if phase == "body" else PLAIN
    with ScriptedSmtp({phase: kind}, certificate=authority.good, hello=["scripted.test", "PIPELINING", "8BITMIME"]) as server:
        what = f"{kind} in {phase}"
        run = send(server.server, *ENVELOPE, "--timeout", "1s", message=octets, what=what)
        if phase == "quit":
            expect(checks, run, what, 0, "accepted")
        else:
            # Once the message is at the server, or may be, nobody knows.
            expect(checks, run, what, 2, "unknown" if phase == "dot" else "not-sent")
        least = 0.9 if kind == STALL and phase != "quit" else 0
        checks.that(least <= run.seconds < (6 if octets is not PLAIN else 4) * PATIENCE, f"{what}: {seconds_of(run)} s", run)


def no_connection(checks, send):
    run = send(f"{HOST}:{free_port()}", *ENVELOPE, tls="off", login=False, what="nobody listens")
    expect(checks, run, "nobody listens", 2, "not-sent", category="connection-failed")
    with scripted_smtp.full_backlog() as address:
        run = send(address, *ENVELOPE, "--timeout", "1s", tls="off", login=False, what="TCP stalls")
        expect(checks, run, "TCP stalls", 2, "not-sent", category="connection-failed")
        checks.that(run.seconds < 4 * PATIENCE, f"TCP stalls: {seconds_of(run)} s", run)
    run = send("no-such-host.invalid:587", *ENVELOPE, tls="off", login=False, what="no such host")
    expect(checks, run, "no such host", 2, "not-sent")


def liars():
    """Name, phase, reply, and the exit codes that will do."""
    flood = lambda last: lambda _: scripted_smtp.flood(10_000_000, last=last)
    for phase, last in (("banner", b"220 done\r\n"), ("helo", b"250 done\r\n"), ("mail", b"250 done\r\n"), ("rcpt", b"250 done\r\n"), ("data", b"354 done\r\n"), ("dot", b"250 done\r\n")):
        code = last[:3]
        yield f"10 MB in {phase}", phase, lambda _, last=last, code=code: scripted_smtp.flood(10_000_000, code + b"-" + b"x" * 60 + b"\r\n", last), (0, 1, 2)
        yield f"a line of 10 MB in {phase}", phase, [code + b" " + b"x" * 10_000_000 + b"\r\n"], (0, 1, 2)
        yield f"no end in {phase}", phase, lambda _, code=code: scripted_smtp.endless(code + b"-more\r\n"), (1, 2)
        yield f"no end, slowly, in {phase}", phase, lambda _, code=code: scripted_smtp.slowly_endless(code + b"-more\r\n"), (1, 2)
        yield f"a line without end in {phase}", phase, lambda _, code=code: scripted_smtp.endless(b"x" * 100), (1, 2)
        yield f"octet by octet in {phase}", phase, lambda _, last=last: scripted_smtp.trickle(last), (0,)
        yield f"binary in {phase}", phase, bytes(range(256)) * 10 + b"\r\n", (1, 2)
        yield f"NUL in {phase}", phase, code + b" a\x00b\x1b[2J\xc2\x9b31m\r\n", (0, 1, 2)
        yield f"bare LF in {phase}", phase, last.replace(b"\r", b""), (0, 1, 2)
        yield f"words in {phase}", phase, b"what do you want?\r\n", (1, 2)
        yield f"999 in {phase}", phase, b"999 what?\r\n", (1, 2)
        yield f"000 in {phase}", phase, b"000 what?\r\n", (1, 2)
        yield f"two codes in {phase}", phase, b"250-one\r\n550 two\r\n", (0, 1, 2)
        yield f"an empty line in {phase}", phase, b"\r\n", (1, 2)
        yield f"421 in {phase}", phase, [b"421 4.3.2 Service not active\r\n", DROP], (1, 2)
        yield f"550 in {phase}", phase, b"550 5.7.1 no\r\n", (1,)
        yield f"451 in {phase}", phase, b"451 4.3.0 later\r\n", (1, 2)
    yield "354 to MAIL", "mail", b"354 go on\r\n", (1, 2)
    yield "250 to DATA", "data", b"250 ok\r\n", (1, 2)
    yield "HTTP", "banner", b"HTTP/1.1 400 Bad Request\r\n\r\n", (1, 2)
    yield "SSH", "banner", b"SSH-2.0-OpenSSH_9.2\r\n", (1, 2)
    yield "AUTH without end", "helo", b"250-x\r\n" + b"250-AUTH " + b"PLAIN " * 100000 + b"\r\n250 OK\r\n", (0, 1, 2)


def lie(checks, send, what, phase, reply, codes):
    for form in ("--json", ""):
        with ScriptedSmtp({phase: reply}) as server:
            run = send(server.server, *ENVELOPE, "--timeout", "1s", tls="off", login=False, form=form, what=what)
            checks.that(run.code in codes, f"{what}: exit {codes}", run)
            checks.that(run.seconds < 15 * PATIENCE, f"{what}: {seconds_of(run)} s", run)
            checks.that(len(run.out) < 200_000 and len(run.err) < 2_000_000, f"{what}: {len(run.out)} and {len(run.err)} octets", run)
            if run.code == 0:
                checks.that(len(server.messages) == 1, f"{what}: good means that it was sent", run)


def starttls_injection(checks, send, authority):
    """What was said in clear text behind the reply to STARTTLS must not pass for what is said under TLS."""
    for injected in (b"250-evil.test\r\n250 AUTH PLAIN\r\n", b"250 evil.test\r\n"):
        with ScriptedSmtp({"starttls": b"220 go\r\n" + injected}, certificate=authority.good) as server:
            run = send(server.server, *ENVELOPE, what="injection behind STARTTLS")
            checks.that(b"evil.test" not in str(run.json.get("server")).encode(), "what came in clear text does not count", run)
            checks.that(run.code in (0, 1, 2) and (run.code != 0 or server.messages), "injection behind STARTTLS", run)


# A user, or a stranger's file, that means harm

EVIL = ["a\r\nRCPT TO:<victim@here.test>", "a\nRCPT TO:<victim@here.test>", "a>\r\nDATA\r\n.\r\n", "a\r", "a\n", "\r\n.\r\n", "a\r\nBcc: victim@here.test",
        "a\r\n\r\nbody\r\n.\r\nMAIL FROM:<b@b.test>"]


def injection(checks, send):
    for evil in EVIL:
        for option, words in (("--from", ["--to", "boss@here.test"]), ("--to", ["--from", USER]), ("--cc", list(ENVELOPE)), ("--bcc", list(ENVELOPE)), ("--helo", list(ENVELOPE)),
                              ("--subject", list(ENVELOPE)), ("--body", list(ENVELOPE)), ("--header", list(ENVELOPE)), ("--envelope-from", list(ENVELOPE)),
                              ("--envid", list(ENVELOPE)), ("--notify", list(ENVELOPE)), ("--reply-to", list(ENVELOPE))):
            address = option in ("--from", "--to", "--cc", "--bcc", "--envelope-from", "--reply-to")
            value = f"{evil}@here.test" if address else f"X-Evil: {evil}" if option == "--header" else evil
            what = f"{option} {value!r}"
            with ScriptedSmtp() as server:
                run = send(server.server, *words, option, value, message=None, tls="off", login=False, what=what)
                clean(checks, run, server, what, allow_body=option == "--body")


def clean(checks, run, server, what, allow_body=False):
    """Whatever was asked, the server saw one envelope at most, and nobody who was not meant to be."""
    log = [line for line in server.log]
    checks.that(sum(line.upper().startswith(b"MAIL") for line in log) <= 1, f"{what}: one MAIL at most: {log}", run)
    checks.that(not any(b"victim" in line for line in log), f"{what}: no recipient that was not asked for: {log}", run)
    checks.that(len(server.messages) <= 1, f"{what}: one message at most", run)
    checks.that(b"\n" not in server.octets.replace(b"\r\n", b"") and b"\r" not in server.octets.replace(b"\r\n", b""), f"{what}: no bare CR or LF", run)
    for one in server.messages:
        fields = fields_of(one.data)
        checks.that("bcc" not in fields and "rcpt to" not in fields, f"{what}: no field that was not asked for: {fields}", run)
        checks.that(allow_body or b"victim" not in body_of(one.data), f"{what}: nothing moved into the body", run)


def smuggled_files(checks, send):
    bodies = {"bare LF": b"first\n.\nMAIL FROM:<x@x.test>\nRCPT TO:<victim@here.test>\n", "CRLF dot CRLF": b"first\r\n.\r\nMAIL FROM:<x@x.test>\r\nRCPT TO:<victim@here.test>\r\n",
              "LF dot CRLF": b"first\n.\r\nMAIL FROM:<x@x.test>\r\n", "CRLF dot LF": b"first\r\n.\nMAIL FROM:<x@x.test>\r\n", "CR dot CR": b"first\r.\rMAIL FROM:<x@x.test>\r\n",
              "CR at the end": b"first\r", "NUL": b"first\x00\r\n\x00.\r\n.\x00\r\nlast\r\n", "a dot at the start": b".\r\nMAIL FROM:<x@x.test>\r\n"}
    for name, body in bodies.items():
        for chunking in (False, True):
            what = f"{name} in a body{', CHUNKING' if chunking else ''}"
            with ScriptedSmtp(hello=["scripted.test", "PIPELINING", "8BITMIME", *(["CHUNKING", "BINARYMIME"] if chunking else [])]) as server:
                run = send(server.server, *ENVELOPE, message=message(body), tls="off", login=False, what=what)
                log = server.log
                checks.that(sum(line.upper().startswith(b"MAIL") for line in log) <= 1 and len(server.messages) <= 1, f"{what}: one message: {log}", run)
                checks.that(run.code in (0, 1, 2, 64), f"{what}", run)
                if run.code == 0 and not chunking:
                    checks.that(b"\n" not in server.octets.replace(b"\r\n", b""), f"{what}: no bare LF goes out", run)
                if run.code == 0 and name in ("CRLF dot CRLF", "a dot at the start"):
                    checks.that(server.messages and server.messages[0].data == message(body), f"{what}: byte for byte: {server.messages}", run)
    with ScriptedSmtp() as server:
        big = message(b"x\r\n", "X-Big: " + "y" * (1 << 20))
        run = send(server.server, *ENVELOPE, message=big, tls="off", login=False, what="a header of 1 MB")
        checks.that(run.code in (0, 1, 2) and run.seconds < 10 * PATIENCE, "a header of 1 MB", run)
    pickups = {"good": (b"x-sender: invoicing@here.test\r\nx-receiver: boss@here.test\r\nFrom: invoicing@here.test\r\nTo: boss@here.test\r\nBcc: hidden@here.test\r\nSubject: x\r\n\r\n.\r\nhello\r\n", 0),
               "a sender with LF": (b"x-sender: a>\nRCPT TO:<victim@here.test>\r\nx-receiver: boss@here.test\r\n\r\nhello\r\n", None),
               "a receiver with >": (b"x-sender: a@here.test\r\nx-receiver: boss@here.test> RCPT TO:<victim\r\nSubject: x\r\n\r\nhello\r\n", None),
               "a receiver with NUL": (b"x-sender: a@here.test\r\nx-receiver: bo\x00ss@here.test\r\nSubject: x\r\n\r\nhello\r\n", None)}
    for name, (octets, code) in pickups.items():
        with ScriptedSmtp() as server:
            run = send(server.server, "--pickup", send.file(f"{name}.txt", octets), message=None, tls="off", login=False, what=f"pickup: {name}")
            checks.that(code is None or run.code == code, f"pickup: {name}: exit {code}", run)
            checks.that(not any(line.upper().startswith(b"RCPT") and b"victim@" in line for line in server.log), f"pickup: {name}: {server.log}", run)
            checks.that(all("bcc" not in fields_of(one.data) and not [name for name in fields_of(one.data) if name.startswith("x-sender")] for one in server.messages),
                        f"pickup: {name}: neither Bcc nor x-sender go out", run)


# The dialogue itself

STEPS = {"connect": None, "helo": b"EHLO", "tls": b"EHLO", "auth": b"AUTH", "mail": b"MAIL", "rcpt": b"RCPT", "data": b"DATA"}


def dialogue(checks, send, authority):
    for step, last in STEPS.items():
        with ScriptedSmtp(certificate=authority.good, auth="PLAIN") as server:
            what = f"--quit-after {step}"
            run = send(server.server, *ENVELOPE, "--quit-after", step, what=what)
            expect(checks, run, what, 0, "stopped")
            verbs = [line.split()[0].upper() for line in server.log if line.split() and line.split()[0].upper() not in (b"QUIT", b"RSET")]
            checks.that((verbs[-1] if verbs else None) == last, f"{what}: the last command is {last}: {server.log}", run)
            checks.that(not server.messages, f"{what}: nothing is sent", run)
    for what, octets in MESSAGES.items():
        for hello in (["scripted.test"], ["scripted.test", "8BITMIME", "PIPELINING"], ["scripted.test", "8BITMIME", "CHUNKING", "PIPELINING"]):
            with ScriptedSmtp(hello=hello) as server:
                run = send(server.server, *ENVELOPE, message=octets, tls="off", login=False, what=f"{what}, {hello}")
                expect(checks, run, f"{what}, {hello}", 0, "accepted")
                data = server.messages[0].data if server.messages else b""
                if what == "8 bit" and len(hello) == 1:
                    checks.that(max(data, default=0) < 128, f"{what}: 7 bit where nothing else is offered", run)
                else:
                    checks.that(data == at_end(octets), f"{what}, {hello}: byte for byte: {data[-300:]}", run)
    with ScriptedSmtp({"rcpt": lambda line: b"550 5.1.1 unknown\r\n" if b"nobody" in line else b"452 4.2.2 full\r\n" if b"full" in line else b"250 ok\r\n"}) as server:
        run = send(server.server, "--from", USER, "--to", "boss@here.test", "--to", "nobody@here.test", "--to", "full@here.test", tls="off", login=False, what="three fates")
        expect(checks, run, "three fates", 1, "partly")
        replies = [(one.get("reply") or {}).get("code") for one in run.json.get("recipients", [])]
        checks.that(replies[1:] == [550, 452], f"each has its reply: {replies}", run)
        run = send(server.server, "--from", USER, "--to", "nobody@here.test", "--to", "full@here.test", tls="off", login=False, what="no recipient left")
        expect(checks, run, "no recipient left", 1, "refused")
        checks.that(len(server.messages) == 1, "no recipient left: no message", run)


def main():
    program = sys.argv[1]
    checks = Checks(program)
    with Authority() as authority, Authority() as other, Sender(checks, authority) as send, ThreadPoolExecutor(16) as pool:
        work = []
        if reason := mail_servers.missing():
            print(f"Postfix, OpenSMTPD and Exim are left out: {reason}")
        else:
            work += [pool.submit(real, checks, send, kind, authority, other) for kind in (mail_servers.Postfix, mail_servers.OpenSmtpd, mail_servers.Exim)]
        work += [pool.submit(fault, checks, send, authority, phase, kind) for phase in PHASES for kind in (STALL, DROP, RESET)]
        work += [pool.submit(lie, checks, send, *one) for one in liars()]
        work += [pool.submit(one, checks, send, authority) for one in (certificates, logins, starttls_injection, dialogue)]
        work += [pool.submit(one, checks, send) for one in (no_connection, injection, smuggled_files)]
        for one in work:
            one.result()
    checks.finish()


if __name__ == "__main__":
    main()
