#!/usr/bin/python3
"""relaytool probe against servers that hang up, fall silent, lie or are somebody else: it always ends, and names the step.

probe_hostile_test.py PROGRAM SOURCE_FOLDER"""
import os
import sys
from concurrent.futures import ThreadPoolExecutor

import proxies
import scripted_smtp
from certificates import Authority
from checks import Checks
from probing import Prober, expect, found, ids, steps
from scripted_smtp import DROP, RESET, STALL, ScriptedSmtp
from sending import USER

PATIENCE = float(os.environ.get("RELAYTOOL_TEST_PATIENCE", "1"))  # how much slower than usual answers may be
TIMEOUT = f"{min(PATIENCE, 3.0):g}s"
# The phase of the server, and the step that breaks.
STEPS = {"banner": "banner", "helo": "ehlo", "starttls": "starttls", "tls": "tls", "helo2": "ehlo-tls", "auth": "auth",
         "mail": "mail", "rcpt": "rcpt"}
ENVELOPE = ("--from", USER, "--to", "boss@here.test")


def fault(checks, probe, authority, phase, kind):
    with ScriptedSmtp({phase: kind}, certificate=authority.good) as server:
        what = f"{kind} in {phase}"
        run = probe(server.port, *probe.login(), *ENVELOPE, timeout=TIMEOUT if kind == STALL else "10s", what=what)
        # Who hangs up instead of answering leaves the answer open.
        expect(checks, run, what, 2 if phase in ("mail", "rcpt") else 1, STEPS[phase])
        order = list(steps(run))
        behind = order[order.index(STEPS[phase]) + 1:order.index("send-as") + 1]
        checks.that(all(steps(run)[step] == "skipped" for step in behind), f"{what}: nothing behind it is said to be good", run)
        checks.that("connection-failed" in found(run).values() or phase == "tls", f"{what}: {found(run)}", run)
        checks.that(run.seconds < 8 * PATIENCE, f"{what}: {run.seconds:.1f} s", run)


def no_message(checks, probe, authority):
    """Whatever the server is told, it gets no message, and no RCPT that was not asked for."""
    with ScriptedSmtp(certificate=authority.good) as server:
        run = probe(server.port, *probe.login(), *ENVELOPE, "--from", "other@here.test", what="no message")
        expect(checks, run, "no message", 0)
        checks.that(not server.messages and not any(line.upper().startswith((b"DATA", b"BDAT")) for line in server.log),
                    "no message was sent", run)
        rcpt = {line for line in server.log if line.startswith(b"RCPT")}
        checks.that(rcpt == {b"RCPT TO:<boss@here.test>"}, f"no other recipient was tried: {rcpt}", run)
        checks.that(server.log.count(b"RSET") >= 2, "each envelope is taken back", run)


def liars():
    """Name, phase and reply."""
    for phase, code in (("banner", b"220"), ("helo", b"250"), ("mail", b"250"), ("rcpt", b"250")):
        line = code + b"-" + b"x" * 60 + b"\r\n"
        yield f"10 MB in {phase}", phase, lambda _, l=line, e=code + b" done\r\n": scripted_smtp.flood(10_000_000, l, e)
        yield f"no end in {phase}", phase, lambda _, code=code: scripted_smtp.endless(code + b"-more\r\n")
        yield f"no end, slowly, in {phase}", phase, lambda _, code=code: scripted_smtp.slowly_endless(code + b"-more\r\n")
        yield f"a line without end in {phase}", phase, lambda _: scripted_smtp.endless(b"x" * 100)
        yield f"binary in {phase}", phase, bytes(range(256)) * 10 + b"\r\n"
        yield f"NUL in {phase}", phase, code + b" a\x00b\x1b[2J\xc2\x9b31m\r\n"
        yield f"words in {phase}", phase, b"what do you want?\r\n"
        yield f"999 in {phase}", phase, b"999 what?\r\n"
        yield f"two codes in {phase}", phase, b"250-one\r\n550 two\r\n"
        yield f"an empty line in {phase}", phase, b"\r\n"
        yield f"421 in {phase}", phase, [b"421 4.3.2 Service not active\r\n", DROP]
        yield f"550 in {phase}", phase, b"550 5.7.1 no\r\n"
        yield f"451 in {phase}", phase, b"451 4.3.0 later\r\n"
    yield "HTTP", "banner", b"HTTP/1.1 400 Bad Request\r\n\r\n"
    yield "SSH", "banner", b"SSH-2.0-OpenSSH_9.2\r\n"
    yield "AUTH without end", "helo", b"250-x\r\n" + b"250-AUTH " + b"PLAIN " * 100000 + b"\r\n250 OK\r\n"


GOOD = {"10 MB", "NUL", "AUTH"}  # odd, but an answer


def lie(checks, probe, what, phase, reply):
    for form in ("--json", ""):
        with ScriptedSmtp({phase: reply}) as server:
            run = probe(server.port, "--tls", "off", *ENVELOPE, "--deep", form=form, timeout=TIMEOUT, what=what)
            checks.that(run.code in (0, 1, 2), f"{what}: it ends well", run)
            checks.that(run.seconds < 20 * PATIENCE, f"{what}: {run.seconds:.1f} s", run)
            checks.that(len(run.out) < 1_000_000 and len(run.err) < 2_000_000, f"{what}: {len(run.out), len(run.err)} octets", run)
            if form and not any(what.startswith(good) for good in GOOD):
                checks.that(run.code != 0 and run.json.get("findings"), f"{what}: not good, and it says why", run)


def connections(checks, probe, authority):
    run = probe(proxies.nobody(), what="nobody listens")
    expect(checks, run, "nobody listens", 1, "connect", "connection-refused-named", "connection-failed")
    run = probe("no-such-host.invalid:587", what="no such host")
    checks.that(run.code in (1, 2) and steps(run)["resolve"] in ("problem", "unknown"), "no such host", run)
    with scripted_smtp.full_backlog() as address:
        run = probe(address, timeout="1s", what="TCP stalls")
        expect(checks, run, "TCP stalls", 1, "connect", "connection-timed-out", "connection-failed")
        checks.that(run.seconds < 8 * PATIENCE, f"TCP stalls: {run.seconds:.1f} s", run)
    with ScriptedSmtp(certificate=authority.good, implicit=True) as server:
        run = probe(server.port, timeout=TIMEOUT, what="a server that waits for TLS")
        expect(checks, run, "a server that waits for TLS", 1, "banner")
    with ScriptedSmtp({"tls": [0.2, b"this is no TLS\r\n"]}, certificate=authority.good) as server:
        run = probe(server.port, what="a handshake that is none")
        expect(checks, run, "a handshake that is none", 1, "tls", "tls-handshake-failed")
    zone = probe.file("zone", "$ORIGIN two.test.\n$TTL 60\n@ SOA ns h 1 3600 600 86400 60\nmail A 127.0.0.1\nmail A 127.0.0.7\n"
                      "alias CNAME mail\n")
    with ScriptedSmtp(certificate=authority.good) as server:
        run = probe(f"alias.two.test:{server.port}", "--zone", zone, "--insecure", what="one address refuses")
        expect(checks, run, "one address refuses", 0)
        checks.that("probe-some-addresses" in ids(run), f"one address refuses: {ids(run)}", run)
        checks.that(run.json["resolution"]["aliases"] == ["mail.two.test"], "the alias is shown", run)


def somebody_else(checks, probe, authority, other):
    """The name is Office 365's, and what answers is not: a proxy of the provider, a firewall that reads along or strips."""
    zone = probe.file("office", "$ORIGIN office365.com.\n$TTL 60\n@ SOA ns h 1 3600 600 86400 60\nsmtp A 127.0.0.1\n")
    words = ("--zone", zone, *probe.login())
    with ScriptedSmtp({"banner": b"220 mx7.some-provider.test ESMTP Postfix\r\n"}) as server:
        run = probe(f"smtp.office365.com:{server.port}", *words, what="a transparent proxy")
        checks.that(run.code == 1 and "probe-other-operator" in ids(run), f"a transparent proxy: {ids(run)}", run)
        checks.that("some-provider" in str(run.json.get("findings")), "a transparent proxy: whose it is", run)
        checks.that("probe-starttls-stripped" in ids(run), f"a proxy without STARTTLS: {ids(run)}", run)
        checks.that(not any(line.startswith(b"AUTH") for line in server.log), "a transparent proxy gets no login", run)
    for what, certificate in (("self-signed", authority.self_signed), ("of an unknown authority", other.good)):
        with ScriptedSmtp({"banner": b"220 AB1.outlook.office365.com Microsoft ESMTP MAIL Service ready\r\n"},
                          certificate=certificate) as server:
            run = probe(f"smtp.office365.com:{server.port}", *words, what=f"a swapped certificate, {what}")
            expect(checks, run, f"a swapped certificate, {what}", 1, "certificate", "probe-certificate-swapped", "tls-certificate")
            checks.that(not any(line.startswith(b"AUTH") for line in server.log), "a reader on the way gets no login", run)


def main():
    checks = Checks(sys.argv[1])
    with Authority() as authority, Authority() as other, Prober(checks, authority) as probe, ThreadPoolExecutor(8) as pool:
        work = [pool.submit(fault, checks, probe, authority, phase, kind) for phase in STEPS for kind in (STALL, DROP, RESET)]
        work += [pool.submit(lie, checks, probe, *row) for row in liars()]
        work += [pool.submit(part, checks, probe, authority) for part in (no_message, connections)]
        work.append(pool.submit(somebody_else, checks, probe, authority, other))
        for one in work:
            one.result()
    checks.finish()


if __name__ == "__main__":
    main()
