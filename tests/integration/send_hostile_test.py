#!/usr/bin/python3
"""`relaytool send` and a server that stalls, drops and lies; and whoever would inject: send_hostile_test.py PROGRAM SOURCE_FOLDER

Whatever comes: it ends in time, with the right exit code, within bounds, and without a secret in what it says."""
import os
import sys
from concurrent.futures import ThreadPoolExecutor

import scripted_smtp
from certificates import Authority
from checks import Checks
from scripted_smtp import DROP, RESET, STALL, ScriptedSmtp
from sending import ENVELOPE, PLAIN, USER, Sender, body_of, expect, fields_of, message, seconds_of
from servers import HOST, free_port

PATIENCE = float(os.environ.get("RELAYTOOL_TEST_PATIENCE", "1"))  # how much slower than usual answers may be

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
    for phase, code in (("banner", b"220"), ("helo", b"250"), ("mail", b"250"), ("rcpt", b"250"), ("data", b"354"), ("dot", b"250")):
        last = code + b" done\r\n"
        line = code + b"-" + b"x" * 60 + b"\r\n"
        yield f"10 MB in {phase}", phase, lambda _, l=line, e=last: scripted_smtp.flood(10_000_000, l, e), (0, 1, 2)
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
            sizes = (len(run.out), len(run.err))
            checks.that(sizes[0] < 200_000 and sizes[1] < 2_000_000, f"{what}: it prints {sizes} octets", run)
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

EVIL = ["a\r\nRCPT TO:<victim@here.test>", "a\nRCPT TO:<victim@here.test>", "a>\r\nDATA\r\n.\r\n", "a\r", "a\n", "\r\n.\r\n",
        "a\r\nBcc: victim@here.test", "a\r\n\r\nbody\r\n.\r\nMAIL FROM:<b@b.test>"]


ADDRESSES = ("--from", "--to", "--cc", "--bcc", "--envelope-from", "--reply-to")
TEXTS = ("--helo", "--subject", "--body", "--header", "--envid", "--notify")


def injection(checks, send, evil):
    for option in ADDRESSES + TEXTS:
        words = {"--from": ("--to", "boss@here.test"), "--to": ("--from", USER)}.get(option, ENVELOPE)
        value = f"{evil}@here.test" if option in ADDRESSES else f"X-Evil: {evil}" if option == "--header" else evil
        what = f"{option} {value!r}"
        with ScriptedSmtp(hello=["scripted.test", "DSN", "8BITMIME"]) as server:
            run = send.plainly(server.server, *words, option, value, message=None, what=what)
            clean(checks, run, server, what, allow_body=option == "--body")


def clean(checks, run, server, what, allow_body=False):
    """Whatever was asked, the server saw one envelope at most, and nobody who was not meant to be."""
    log = [line for line in server.log]
    checks.that(sum(line.upper().startswith(b"MAIL") for line in log) <= 1, f"{what}: one MAIL at most: {log}", run)
    checks.that(not any(b"victim" in line for line in log), f"{what}: no recipient that was not asked for: {log}", run)
    checks.that(len(server.messages) <= 1, f"{what}: one message at most", run)
    rest = server.octets.replace(b"\r\n", b"")
    checks.that(b"\n" not in rest and b"\r" not in rest, f"{what}: no bare CR or LF", run)
    for one in server.messages:
        fields = fields_of(one.data)
        checks.that("bcc" not in fields and "rcpt to" not in fields, f"{what}: no field that was not asked for: {fields}", run)
        checks.that(allow_body or b"victim" not in body_of(one.data), f"{what}: nothing moved into the body", run)


MAIL = b"MAIL FROM:<x@x.test>\r\nRCPT TO:<victim@here.test>\r\n"
BODIES = {
    "bare LF": b"first\n.\n" + MAIL.replace(b"\r", b""),
    "CRLF dot CRLF": b"first\r\n.\r\n" + MAIL,
    "LF dot CRLF": b"first\n.\r\n" + MAIL,
    "CRLF dot LF": b"first\r\n.\n" + MAIL,
    "CR dot CR": b"first\r.\r" + MAIL,
    "CR at the end": b"first\r",
    "NUL": b"first\x00\r\n\x00.\r\n.\x00\r\nlast\r\n",
    "a dot at the start": b".\r\n" + MAIL,
}
PICKUPS = {
    "good": b"x-sender: invoicing@here.test\r\nx-receiver: boss@here.test\r\nFrom: invoicing@here.test\r\nTo: boss@here.test\r\n"
            b"Bcc: hidden@here.test\r\nSubject: x\r\n\r\n.\r\nhello\r\n",
    "a sender with LF": b"x-sender: a>\nRCPT TO:<victim@here.test>\r\nx-receiver: boss@here.test\r\n\r\nhello\r\n",
    "a receiver with >": b"x-sender: a@here.test\r\nx-receiver: boss@here.test> RCPT TO:<victim\r\nSubject: x\r\n\r\nhello\r\n",
    "a receiver with NUL": b"x-sender: a@here.test\r\nx-receiver: bo\x00ss@here.test\r\nSubject: x\r\n\r\nhello\r\n",
}


def smuggled(checks, send, name, extensions):
    what = f"{name} in a body, {extensions}"
    with ScriptedSmtp(hello=["scripted.test", *extensions]) as server:
        run = send.plainly(server.server, *ENVELOPE, message=message(BODIES[name]), what=what)
        mails = [line for line in server.log if line.upper().startswith(b"MAIL")]
        checks.that(len(mails) <= 1 and len(server.messages) <= 1, f"{what}: one message: {server.log}", run)
        checks.that(run.code != 0 or len(server.messages) == 1, f"{what}: good means that it was sent", run)
        if run.code == 0 and "CHUNKING" not in extensions:
            checks.that(b"\n" not in server.octets.replace(b"\r\n", b""), f"{what}: no bare LF goes out", run)
        if name in ("CRLF dot CRLF", "a dot at the start"):
            octets = [one.data for one in server.messages]
            checks.that(octets == [message(BODIES[name])], f"{what}: byte for byte: {octets}", run)


def files(checks, send):
    for name in BODIES:
        for extensions in ([], ["PIPELINING", "8BITMIME"], ["PIPELINING", "8BITMIME", "CHUNKING", "BINARYMIME"]):
            smuggled(checks, send, name, extensions)
    with ScriptedSmtp() as server:
        big = message(b"x\r\n", "X-Big: " + "y" * (1 << 20))
        run = send.plainly(server.server, *ENVELOPE, message=big, what="a header of 1 MB")
        checks.that(run.code in (0, 1, 2) and run.seconds < 10 * PATIENCE, "a header of 1 MB", run)
    for name, octets in PICKUPS.items():
        what = f"pickup: {name}"
        with ScriptedSmtp() as server:
            run = send.plainly(server.server, "--pickup", send.file(f"{name}.txt", octets), message=None, what=what)
            checks.that(name != "good" or run.code == 0, f"{what}: accepted", run)
            recipients = [line for line in server.log if line.upper().startswith(b"RCPT")]
            checks.that(not any(b"victim@" in line for line in recipients), f"{what}: {server.log}", run)
            fields = [field for one in server.messages for field in fields_of(one.data)]
            checks.that(not {"bcc", "x-sender", "x-receiver"} & set(fields), f"{what}: fields of the envelope stay: {fields}", run)


def main():
    program = sys.argv[1]
    checks = Checks(program)
    with Authority() as authority, Sender(checks, authority) as send, ThreadPoolExecutor(16) as pool:
        work = [pool.submit(fault, checks, send, authority, phase, kind) for phase in PHASES for kind in (STALL, DROP, RESET)]
        work += [pool.submit(lie, checks, send, *one) for one in liars()]
        work += [pool.submit(one, checks, send) for one in (no_connection, files)]
        work += [pool.submit(injection, checks, send, evil) for evil in EVIL]
        work.append(pool.submit(starttls_injection, checks, send, authority))
        for one in work:
            one.result()
    checks.finish()


if __name__ == "__main__":
    main()
