#!/usr/bin/python3
"""Clients that mean harm, at `relaytool sandbox`: sandbox_hostile_test.py PROGRAM SOURCE_FOLDER

Bare line feeds, smuggled messages, NUL, endless lines, what is said in clear text before TLS, names of files."""
import os
import re
import shutil
import socket
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor

import mail_clients
from checks import CONTROL, Checks
from mail_clients import PASSWORD, USER
from sandbox import Raw, Sandbox, login
from servers import HOST, SKIPPED, free_port, prepare_child

def rules_of_the_dialogue(checks, sandbox):
    for commands, reply in (([b"EHLO x\r\n", b"AUTH LOGIN\r\n"], b"504 5.7.4 "),
                            ([b"Length: 2\r\n"], b"500 5.3.3 Unrecognized command"),
                            ([b"EHLO x\r\n", b"MAIL FROM:<a@b.test>\r\n"], b"451 5.7.3 STARTTLS is required"),
                            ([b"EHLO x\r\n", b"RCPT TO:<a@b.test>\r\n"], b"503 "), ([b"EHLO x\r\n", b"DATA\r\n"], b"503 "),
                            ([b"QUIT\r\n"], b"221 2.0.0 ")):
        with Raw(sandbox.port()) as raw:
            answer = [raw.ask(command) for command in commands][-1]
            checks.that(answer.startswith(reply), f"{commands}: {reply}, not {answer}")
    with Raw(sandbox.port(), sandbox.ca) as raw:
        checks.that(re.match(rb"220 \S+ Microsoft ESMTP MAIL Service ready at ", raw.greeting), f"the banner: {raw.greeting}")
        hello = raw.ask(b"EHLO x\r\n")
        offered = (b"250-SIZE 157286400\r\n250-PIPELINING\r\n250-DSN\r\n250-ENHANCEDSTATUSCODES\r\n250-STARTTLS\r\n250-8BITMIME\r\n"
                   b"250-BINARYMIME\r\n250-CHUNKING\r\n250 SMTPUTF8\r\n")
        checks.that(hello.partition(b"\r\n")[2] == offered, f"EHLO before TLS: {hello}")
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
ENDS = [b"\n.\n", b"\n.\r\n", b"\r\n.\n", b"\r.\r", b"\r\n.\r", b"\r.\r\n", b"\n\n.\r\n", b"\r\n\x00.\r\n",
        b"\r\n.\x00\r\n", b"\n.\r", b"\r\r\n.\r\r\n"]
SMUGGLED = b"MAIL FROM:<boss@here.test>\r\nRCPT TO:<victim@here.test>\r\nDATA\r\nFrom: boss@here.test\r\n\r\nsmuggled\r\n.\r\n"


def smuggling(checks, sandbox, end):
    text = b"From: invoicing@here.test\r\nX-End: " + end.hex().encode() + b"\r\n\r\nfirst" + end + SMUGGLED
    taken = 0
    for server in ("mx", "smtp"):
        with Raw(sandbox.port(server), sandbox.ca) as raw:
            if server == "smtp":
                raw.log_in()
            else:
                raw.ask(b"EHLO x\r\n")
            raw.ask(f"MAIL FROM:<{USER}>\r\n".encode())
            raw.ask(b"RCPT TO:<boss@here.test>\r\n")
            raw.ask(b"DATA\r\n")
            answer = raw.ask(text)  # the dot at its end is the first that counts
            taken += answer.startswith(b"250 ")
            checks.that(re.match(rb"[245]", answer) and answer.count(b"\n") == 1, f"{server}: {end}: one reply: {answer}")
            answer = raw.ask(b"NOOP\r\n")
            checks.that(answer.startswith(b"250 "), f"{server}: {end}: the dialogue goes on: {answer}")
    mails = sandbox.mails(taken, 5 if taken else 0.2)
    checks.that(len(mails) == taken, f"{end}: as many mails as were taken: {len(mails)}, not {taken}")
    for event, octets in mails:
        checks.that(event["to"] == ["boss@here.test"], f"{end}: nobody else gets it: {event}")
        checks.that(octets == text[:-3].replace(b"\r\n.", b"\r\n"), f"{end}: kept as it came: {octets!r}")


# A line, and how the reply to it begins.
LINES = [
    (b"EHLO x\nMAIL FROM:<a@b.test>\r\n", rb"[25]"),
    (b"MAIL FROM:<a\x00b@here.test>\r\n", rb"5"),
    (b"EHLO \x1b[2J\xff\x00\r\n", rb"[25]"),
    (b"NOOP " + b"x" * (1 << 20) + b"\r\n", rb"5"),
    (b"x" * (1 << 20) + b"\r\n", rb"5"),
    (b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03\r\n", rb"5"),
    (b"GET / HTTP/1.1\r\nHost: x\r\n\r\n", rb"[45]"),
    (b"BDAT 99999999999999999999999\r\n", rb"5"),
    (b"BDAT -1 LAST\r\n", rb"5"),
    (b"AUTH LOGIN " + b"A" * (1 << 20) + b"\r\n", rb"5"),
    (b"AUTH XOAUTH2 =\r\n", rb"5"),
    (b"RCPT TO:<" + b"a" * 70000 + b"@b>\r\n", rb"5"),
]


def hostile(checks, sandbox):
    for line, reply in LINES:
        with Raw(sandbox.port("mx")) as raw:
            if not line.startswith((b"EHLO", b"GET")):
                raw.ask(b"EHLO x\r\n")
            answer = raw.ask(line)
            clean = not re.search(rb"[\x00\x1b\x80-\xff]", answer)
            checks.that(clean and re.match(reply, answer), f"{line[:40]}: {answer[:200]}")
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
    checks.that(run.code != 0 or big in [octets for _, octets in mails], "a header of 1 MB, NUL: byte for byte, or refused", run)
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


def terminal(checks, program):
    """What clients say never reaches the terminal as it is."""
    port, mx = free_port(), free_port()
    shown = subprocess.Popen([program, "sandbox", "--port", str(port), "--mx-port", str(mx)], stdout=subprocess.PIPE,
                             stdin=subprocess.DEVNULL, preexec_fn=prepare_child)
    shown.stdout.readline()
    with Raw(mx) as raw:
        for line in (b"EHLO \x1b[2J\r\n", b"MAIL FROM:<\x1b]0;x\x07@here.test>\r\n", b"EHLO x\r\n",
                     b"MAIL FROM:<\"\x1b[31m\"@here.test>\r\n", b"MAIL FROM:<\xc2\x9bx@here.test>\r\n",
                     b"MAIL FROM:<a@here.test>\r\n", b"RCPT TO:<b@here.test>\r\n", b"DATA\r\n",
                     b"Subject: \x1b[2J \xc2\x9b\r\n\r\nx\r\n.\r\n", b"QUIT\r\n"):
            raw.ask(line)
    shown.terminate()
    out = shown.stdout.read()
    shown.stdout.close()
    checks.that(shown.wait(10) == 0 and b"a@here.test" in out, f"it tells of the mail: {out!r}")
    checks.that(not CONTROL.search(out.replace(b"\t", b" ")), f"no control characters on the terminal: {out!r}")


def main():
    checks = Checks(sys.argv[1])
    if not shutil.which("curl"):
        print("not installed: curl (scripts/install-packages test)")
        sys.exit(SKIPPED)
    with ThreadPoolExecutor(2) as pool:
        for one in [pool.submit(work, checks, sys.argv[1]) for work in (enemies, terminal)]:
            one.result()
    checks.finish()


if __name__ == "__main__":
    main()
