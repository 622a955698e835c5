#!/usr/bin/python3
"""The servers of the other tests, tried with clients that everybody trusts: mail_servers_test.py PROGRAM SOURCE_FOLDER

What a server of ours does wrong must not be taken for a fault of relaytool."""
import contextlib
import socket
import sys
import time
from concurrent.futures import ThreadPoolExecutor

import mail_clients
import mail_servers
import scripted_smtp
from certificates import Authority
from checks import Checks
from mail_clients import MESSAGE, PASSWORD, USER, Delivery
from scripted_smtp import DROP, RESET, STALL, ScriptedSmtp
from servers import HOST, SKIPPED

# What each says to somebody else's address, to a relay, to an unknown recipient, to a wrong password, to too much.
REFUSALS = {
    mail_servers.Postfix: (b"553 5.7.1", b"554 5.7.1", b"550 5.1.1", b"535 5.7.8", b"552 5.3.4"),
    mail_servers.OpenSmtpd: (b"550 ", b"550 Invalid recipient", b"524 5.2.4", b"535 ", b"552 "),
    mail_servers.Exim: (b"550 invoicing@here.test is not permitted", b"550 relay not permitted", b"550 ", b"535 ", b"552 "),
}
PHASES = {"banner": 21, "helo": 22, "starttls": 29, "helo2": 32, "auth": 28, "mail": 23, "rcpt": 24, "data": 25, "dot": 26}


def delivered(checks, server, name, tls):
    for client, deliver in mail_clients.CLIENTS.items():
        one = Delivery(server.tls_port if tls == "implicit" else server.port, MESSAGE, "somebody@else.test", tls=tls)
        if tls != "off":
            one = one._replace(sender=USER, ca=server.ca, user=USER, password=PASSWORD,
                               mechanism="plain" if tls == "implicit" else "login")
        run = deliver(one)
        mail = server.mail("boss")
        what = f"{client} to {name}, TLS {tls}"
        checks.that(run.code == 0 and len(mail) == 1, f"{what}: delivered", run)
        sent = MESSAGE if client != "swaks" else MESSAGE + b"\r\n"  # it adds an empty line
        checks.that(mail and mail[0].rstrip(b"\r\n").endswith(sent.rstrip(b"\r\n")), f"{what}: byte for byte: {mail}")


def refused(checks, server, name, expected):
    good = Delivery(server.port, MESSAGE, tls="starttls", ca=server.ca, user=USER, password=PASSWORD)
    plain = Delivery(server.port, MESSAGE)
    cases = [("not its address", good._replace(sender="scanner@here.test"), expected[0]),
             ("relay", plain._replace(sender="a@b.test", recipients=("x@else.test",)), expected[1]),
             ("unknown", plain._replace(sender="a@b.test", recipients=("nobody@here.test",)), expected[2]),
             ("password", good._replace(password="wrong"), expected[3]),
             ("size", good._replace(message=MESSAGE + b"y" * 70 + (b"z" * 70 + b"\r\n") * 5000), expected[4])]
    for what, one, reply in cases:
        if one.tls != "off" and not server.tls_works:
            continue
        run = mail_clients.swaks(one)
        checks.that(run.code != 0 and reply in run.out, f"{name}: {what}: {reply}", run)
    for client, deliver in mail_clients.CLIENTS.items():
        if server.tls_works:
            run = deliver(good._replace(ca=server.other_ca))
            checks.that(run.code != 0, f"{name}: {client} does not trust another authority", run)
    checks.that(not server.mail("boss", 1, 0.3), f"{name}: nothing of that was delivered")


def real(checks, kind, authority, other, expected):
    with kind(authority.good) as server:
        server.ca, server.other_ca = authority.ca, other.ca
        for tls in ("off", "starttls", "implicit") if server.tls_works else ("off",):
            delivered(checks, server, kind.__name__, tls)
        refused(checks, server, kind.__name__, expected)


def scripted(checks, authority):
    with ScriptedSmtp(certificate=authority.good, users={USER: PASSWORD}, auth="PLAIN LOGIN CRAM-MD5") as server:
        number = 0
        for client, deliver in mail_clients.CLIENTS.items():
            for mechanism in ("plain", "login", "cram-md5"):
                one = Delivery(server.port, MESSAGE, tls="starttls", ca=authority.ca, user=USER, password=PASSWORD,
                               mechanism=mechanism)
                run = deliver(one)
                number += 1
                what = f"scripted: {client} {mechanism}"
                if checks.that(run.code == 0 and len(server.messages) == number, what, run):
                    checks.that(server.messages[-1].data.rstrip() == MESSAGE.rstrip(), f"{what}: byte for byte", run)
                run = deliver(one._replace(password="wrong"))
                checks.that(run.code != 0, f"scripted: {client} {mechanism} with a wrong password", run)
    with ScriptedSmtp(certificate=authority.good, implicit=True) as server:
        run = mail_clients.curl(Delivery(server.port, MESSAGE, tls="implicit", ca=authority.ca))
        checks.that(run.code == 0 and len(server.messages) == 1, "scripted: TLS from the start", run)
    for name in ("expired", "self_signed", "wrong_name"):
        with ScriptedSmtp(certificate=getattr(authority, name)) as server:
            run = mail_clients.curl(Delivery(server.port, MESSAGE, tls="starttls", ca=authority.ca))
            checks.that(run.code == 60, f"scripted: curl refuses the certificate: {name}", run)


def fault(checks, authority, phase, kind):
    with ScriptedSmtp({phase: kind}, certificate=authority.good) as server:
        # Only a stall is worth running out of patience soon: a busy machine may need a second for any other reply.
        run = mail_clients.swaks(Delivery(server.port, MESSAGE, tls="starttls", user=USER, password=PASSWORD), "--timeout",
                                 "1" if kind == STALL else "4")
        what = f"scripted: {kind} in {phase}"
        checks.that(run.code in (PHASES[phase], 6, 29), f"{what}: swaks says {PHASES[phase]}", run)
        checks.that(run.seconds >= 0.9 if kind == STALL else run.seconds < 5, f"{what}: {run.seconds} s", run)


def odd_replies(checks):
    """That the octets asked for are those which go out."""
    faults = {"helo": lambda _: scripted_smtp.flood(10_000_000), "noop": lambda _: scripted_smtp.trickle(b"250 \x00\xff\n"),
              "mail": [b"250 half", 0.05, b" and half\r\n"]}
    with ScriptedSmtp(faults) as server, socket.create_connection((HOST, server.port), timeout=10) as channel, \
            channel.makefile("rb") as lines:
        checks.that(lines.readline().startswith(b"220 "), "scripted: a banner")
        channel.sendall(b"EHLO x\r\n")
        octets = 0
        while (line := lines.readline()) != b"250 done\r\n":
            octets += len(line)
        checks.that(octets > 9_900_000, f"scripted: a long reply: {octets}")
        channel.sendall(b"NOOP\r\nMAIL FROM:<>\r\n")
        checks.that(lines.readline() == b"250 \x00\xff\n", "scripted: odd octets")
        checks.that(lines.readline() == b"250 half and half\r\n", "scripted: in parts")
    with scripted_smtp.full_backlog() as address, socket.socket() as channel:
        host, _, port = address.partition(":")
        channel.settimeout(0.5)
        start = time.monotonic()
        with contextlib.suppress(OSError):
            channel.connect((host, int(port)))
        checks.that(time.monotonic() - start > 0.4, "a full backlog stalls")


def sinks(checks):
    with mail_servers.SmtpSink(dump=True) as sink:
        run = mail_clients.curl(Delivery(sink.port, MESSAGE))
        checks.that(run.code == 0, "smtp-sink takes a message", run)
        kept = sink.kept()
        checks.that(len(kept) == 1 and MESSAGE.replace(b"\r\n", b"\n") in kept[0], f"smtp-sink keeps it: {kept}")


def main():
    checks = Checks(sys.argv[1])
    if mail_clients.absent():
        print(f"not installed: {', '.join(mail_clients.absent())} (scripts/install-packages test)")
        sys.exit(SKIPPED)
    with Authority() as authority, Authority() as other, ThreadPoolExecutor(24) as pool:
        work = [pool.submit(scripted, checks, authority), pool.submit(odd_replies, checks)]
        work += [pool.submit(fault, checks, authority, phase, kind) for phase in PHASES for kind in (STALL, DROP, RESET)]
        if reason := mail_servers.missing():
            print(f"Postfix, OpenSMTPD and Exim are left out: {reason}")
        else:
            work.append(pool.submit(sinks, checks))
            work += [pool.submit(real, checks, kind, authority, other, replies) for kind, replies in REFUSALS.items()]
        for one in work:
            one.result()
    checks.finish()


if __name__ == "__main__":
    main()
